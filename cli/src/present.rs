//! The caller's present: now, zone and locale. The one place of the program that asks the clock.

use crate::error::CliError;
use crate::host::Env;
use crate::settings::Config;
use chrono::{DateTime, NaiveTime};
use chrono_tz::Tz;
use tasks_domain::error::ErrorKind;
use tasks_domain::settings::LanguageSettings;
use tasks_domain::when::{LocalTime, Now, When, parse_zone};
use tasks_engine::clock::{Clock as _, SystemClock};
use tasks_proto::convert::caller;
use tasks_proto::v1;

/// When and where the person is, and how its country writes dates.
#[derive(Clone, Debug)]
pub struct Present {
    /// Instant and zone.
    pub now: Now,
    /// POSIX locale, as `en_US.UTF-8`; `C` when nobody said.
    pub locale: String,
    /// What the person set of how words are read.
    pub language: LanguageSettings,
    /// What was wrong with the environment, one line each.
    pub warnings: Vec<String>,
    /// Whether `now` lies behind, and what was there then is asked for.
    pub past: bool,
}

impl Present {
    /// From the settings and `TASKS_NOW`, else `TZ` and the locale variables, else from the machine.
    pub fn of(env: &Env, config: &Config) -> Result<Self, CliError> {
        let mut warnings = config.warnings.clone();
        let zone = config.zone.unwrap_or_else(|| zone(env, &mut warnings));
        let unix_ms = match env.text("TASKS_NOW") {
            Some(text) => read_instant("TASKS_NOW", &text)?,
            None => SystemClock::default().now_unix_ms(),
        };
        let now = Now::from_unix_ms(unix_ms, zone).ok_or_else(|| {
            CliError::usage("the clock is outside the calendar", "set the machine's date, or TASKS_NOW")
        })?;
        let said = || ["LC_ALL", "LC_TIME", "LANG"].into_iter().find_map(|name| env.text(name));
        let locale = config.locale.clone().or_else(said).unwrap_or_else(|| "C".to_owned());
        Ok(Self { now, locale, language: config.language.clone(), warnings, past: false })
    }

    /// The same later: what it is now, by the machine's clock.
    #[must_use]
    pub fn again(&self) -> Self {
        let now = Now::from_unix_ms(SystemClock::default().now_unix_ms(), self.now.zone()).unwrap_or(self.now);
        Self { now, ..self.clone() }
    }

    /// The same now, with nothing that was wrong told twice.
    pub fn afresh(&self, env: &Env, config: &Config) -> Result<Self, CliError> {
        Ok(Self { warnings: Vec::new(), ..Self::of(env, config)? })
    }

    /// As requests carry it.
    pub fn caller(&self) -> v1::Caller {
        v1::Caller { past: self.past, ..caller::to_wire(self.now, &self.locale, &self.language) }
    }

    /// Goes back to the moment that a text means; of a day or several it is the end.
    pub fn go_back(&mut self, text: &str) -> Result<(), CliError> {
        let reading = tasks_language::read_past(text, &self.reading_context())?;
        let zone = self.now.zone();
        let instant = match reading.due {
            When::At(time) => time.instant(),
            When::Date(_) => {
                let next = reading.span_days.1.succ_opt().unwrap_or(reading.span_days.1);
                let midnight = LocalTime::new(next.and_time(NaiveTime::MIN), zone).instant();
                // A day that is not over yet ends now.
                let begun = reading.span_days.0 <= self.now.today();
                if begun { (midnight - chrono::Duration::seconds(1)).min(self.now.instant()) } else { midnight }
            }
        };
        if instant > self.now.instant() {
            let hint = "name a moment that lies behind: \"2 hours ago\", yesterday, 2026-11-01";
            return Err(CliError::hinted(ErrorKind::Refused, format!("`{text}` in --at has not come yet"), hint));
        }
        (self.now, self.past) = (Now::new(instant, zone), true);
        Ok(())
    }

    /// The first moment that a text about the past means, in Unix milliseconds; of a day its midnight.
    pub fn first_moment(&self, text: &str) -> Result<i64, CliError> {
        let reading = tasks_language::read_past(text, &self.reading_context())?;
        let first = match reading.start.unwrap_or(reading.due) {
            When::At(time) => time,
            When::Date(_) => LocalTime::new(reading.span_days.0.and_time(NaiveTime::MIN), self.now.zone()),
        };
        Ok(first.instant().timestamp_millis())
    }

    /// What texts are read with in this process, the same as in the daemon.
    pub fn reading_context(&self) -> tasks_language::Context {
        let settings = tasks_language::Settings::of(&self.locale, self.now.zone(), &self.language);
        tasks_language::Context { now: self.now, settings }
    }
}

/// Reads an instant somebody gave instead of the clock; `what` names the flag or variable.
pub fn read_instant(what: &str, text: &str) -> Result<i64, CliError> {
    DateTime::parse_from_rfc3339(text).map(|instant| instant.timestamp_millis()).map_err(|_| {
        CliError::usage(format!("`{text}` in {what} is not an RFC 3339 time"), "write it as 2026-11-22T10:00:00+01:00")
    })
}

/// Reads a zone somebody gave; `what` names the flag or variable.
pub fn read_zone(what: &str, text: &str) -> Result<Tz, CliError> {
    parse_zone(text).map_err(|_| {
        CliError::usage(
            format!("`{text}` in {what} is not a time zone"),
            "name a zone of the IANA database, as Europe/Berlin",
        )
    })
}

fn zone(env: &Env, warnings: &mut Vec<String>) -> Tz {
    // POSIX: an empty TZ is UTC, a leading colon means "a name that the system knows".
    match env.os("TZ").and_then(|value| value.into_string().ok()) {
        Some(name) if name.is_empty() => return Tz::UTC,
        Some(name) => {
            let name = name.strip_prefix(':').unwrap_or(&name);
            let name = name.split_once("zoneinfo/").map_or(name, |(_, zone)| zone);
            if let Ok(zone) = parse_zone(name) {
                return zone;
            }
            // Programs that set their own rules in TZ exist; the person's dates must not fail for it.
            let zone = zone_of_machine();
            warnings.push(format!("TZ=`{name}` is not a zone of the IANA database; times are read in {zone}"));
            return zone;
        }
        None => {}
    }
    zone_of_machine()
}

/// The zone that the machine is set to; UTC where it does not say.
pub fn zone_of_machine() -> Tz {
    iana_time_zone::get_timezone().ok().and_then(|name| parse_zone(&name).ok()).unwrap_or(Tz::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn present(env: &Env) -> Result<Present, CliError> {
        Present::of(env, &Config::load(env)?)
    }

    #[test]
    fn the_environment_can_fix_the_present() {
        let env = Env::of([
            ("TASKS_NOW", "2026-11-22T10:00:00+01:00"),
            ("TASKS_TZ", "Europe/Berlin"),
            ("LANG", "de_DE.UTF-8"),
        ]);
        let present = present(&env).unwrap();
        assert_eq!(present.now.local().to_string(), "2026-11-22 10:00:00");
        assert_eq!(present.locale, "de_DE.UTF-8");
    }

    #[test]
    fn a_wrong_variable_of_ours_is_an_error_and_a_foreign_one_a_warning() {
        assert!(present(&Env::of([("TASKS_NOW", "yesterday")])).is_err());
        assert!(present(&Env::of([("TASKS_TZ", "Mars/Olympus")])).is_err());
        let present = present(&Env::of([("TZ", "<+03>-3")])).unwrap();
        assert_eq!(present.warnings.len(), 1);
    }

    #[test]
    fn tz_is_read_as_posix_says() {
        let zone = |value| present(&Env::of([("TZ", value)])).unwrap().now.zone();
        assert_eq!(zone(""), Tz::UTC);
        assert_eq!(zone(":Asia/Kathmandu"), Tz::Asia__Kathmandu);
        assert_eq!(zone("/usr/share/zoneinfo/Europe/Paris"), Tz::Europe__Paris);
    }
}
