//! Texts that are nothing but a rule, as flags and `tasks repeat` take them; and what a rule that was read comes to from a start on.

use crate::reading::{Anchor, Reading, SpanKind};
use crate::settings::Context;
use chrono::{Duration, NaiveTime, Timelike as _};
use tasks_domain::error::{Error, Span};
use tasks_domain::recurrence::{MonthEnd, RuleProblem, RuleText, Schedule};
use tasks_domain::when::{LocalTime, Now, When};

/// A rule, and what its words say about when it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleReading {
    /// The rule.
    pub text: RuleText,
    /// Its first occurrence from now on; `None` for an RRULE, which says none.
    pub first: Option<When>,
    /// What it counts from.
    pub anchor: Anchor,
    /// It was said in words, which take the last day of short months; an RRULE is exact.
    pub is_words: bool,
}

/// Reads an RRULE of RFC 5545 (with EXDATE lines if need be), or words: "every 2nd tuesday", "every 3 days after completion".
///
/// Fails with [`Error::BadRule`] for an RRULE that cannot be, and [`Error::UnreadableRule`] for words that say none, or more than a
/// rule.
pub fn read_rule(text: &str, context: &Context) -> Result<RuleReading, Error> {
    if text.contains('=') {
        let text = RuleText::parse(text)?;
        return Ok(RuleReading { text, first: None, anchor: Anchor::Calendar, is_words: false });
    }
    let unreadable = || Error::UnreadableRule { text: text.to_owned(), span: Span::whole(text) };
    let mut reading = crate::parse(text, context);
    if reading.rrule.is_none() && !text.trim_start().to_lowercase().starts_with("every") {
        // "monday", "2nd tuesday", "3 days": as they are said behind "repeat".
        reading = crate::parse(&format!("every {text}"), context);
    }
    if reading.title.is_some() {
        return Err(unreadable());
    }
    RuleReading::of(&reading, text)?.ok_or_else(unreadable)
}

/// Whether a text is an RRULE of RFC 5545 and nothing else, rather than words.
pub fn is_rrule(text: &str) -> bool {
    let text = text.trim_start();
    let begins = |with: &str| text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    begins("RRULE:") || begins("FREQ=")
}

impl RuleReading {
    /// The rule of a text that was read; `None` when it says none. Fails with [`Error::TooOften`], which points into `text`.
    pub fn of(reading: &Reading, text: &str) -> Result<Option<Self>, Error> {
        let Some(rule) = &reading.rrule else { return Ok(None) };
        let rule = RuleText::parse(rule).map_err(|error| match error.problem {
            RuleProblem::TooOften { per_day, .. } => {
                let words = reading.spans.iter().find(|span| span.kind == SpanKind::Rrule);
                let span = words.map(|words| words.span).filter(|span| text.get(span.start..span.end).is_some());
                Error::TooOften { text: text.to_owned(), span: span.unwrap_or(Span::whole(text)), per_day }
            }
            _ => error.into(),
        })?;
        Ok(Some(Self {
            text: rule.with_month_end(MonthEnd::Clamp),
            first: reading.due,
            anchor: reading.anchor.unwrap_or_default(),
            is_words: true,
        }))
    }

    /// Where it begins: at `start` where that is said, at the time of day that its words say; else with its first occurrence; else
    /// today, or at the next full hour for a rule that has times of its own.
    pub fn begin(&self, start: Option<When>, now: Now) -> When {
        let is_timed = self.text.rule().timed_part().is_some();
        let begin = match (start, self.first) {
            (Some(When::Date(date)), Some(When::At(time))) => {
                When::At(LocalTime::new(date.and_time(time.local().time()), now.zone()))
            }
            (Some(start), _) => start,
            (None, Some(first)) => first,
            (None, None) if is_timed => {
                let hour = now.local().with_minute(0).and_then(|hour| hour.with_second(0)).unwrap_or(now.local());
                When::At(LocalTime::new(hour + Duration::hours(1), now.zone()))
            }
            (None, None) => When::Date(now.today()),
        };
        match begin {
            // A day from its beginning, for a rule that has times of its own.
            When::Date(date) if is_timed => When::At(LocalTime::new(date.and_time(NaiveTime::MIN), now.zone())),
            begin => begin,
        }
    }

    /// The schedule from then on. Refused when it never occurs.
    pub fn schedule(&self, start: Option<When>, now: Now) -> Result<Schedule, Error> {
        let mut schedule = Schedule::new(&self.text, self.begin(start, now))?;
        schedule.anchor = self.anchor;
        Ok(schedule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use chrono_tz::Tz;

    fn context() -> Context {
        let instant = "2026-11-22T09:00:00Z".parse().unwrap();
        Context { now: Now::new(instant, Tz::Europe__Berlin), settings: Settings::default() }
    }

    fn first(text: &str, start: Option<&str>) -> String {
        let start = start.map(|start| crate::read_when(start, &context()).unwrap().due);
        let schedule = read_rule(text, &context()).unwrap().schedule(start, context().now).unwrap();
        schedule.series().first().unwrap().to_string()
    }

    #[test]
    fn a_rule_begins_where_it_is_said_at_the_time_it_says() {
        assert_eq!(first("every friday at 9", None), "2026-11-27T09:00:00");
        assert_eq!(first("friday at 9", Some("2026-12-10")), "2026-12-11T09:00:00");
        assert_eq!(first("FREQ=DAILY", None), "2026-11-22");
        assert_eq!(first("FREQ=DAILY;BYHOUR=9,15", None), "2026-11-22T15:00:00");
        assert_eq!(first("FREQ=DAILY;BYHOUR=9", Some("2026-12-01")), "2026-12-01T09:00:00");
    }

    #[test]
    fn what_is_no_rule_or_more_than_one_is_refused() {
        for text in ["", "soon", "water the plants every day", "friday or so"] {
            assert!(matches!(read_rule(text, &context()), Err(Error::UnreadableRule { .. })), "{text}");
        }
        assert!(matches!(read_rule("FREQ=SECONDLY", &context()), Err(Error::BadRule { .. })));
    }

    #[test]
    fn what_comes_too_often_to_be_meant_is_refused_where_it_is_said() {
        for (text, words, often) in [
            ("every second", "every second", 86_400),
            ("every 10 seconds", "every 10 seconds", 8_640),
            ("every 5 minutes until friday", "every 5 minutes until friday", 288),
        ] {
            let Err(Error::TooOften { text, span, per_day }) = read_rule(text, &context()) else { panic!("{text}") };
            assert_eq!((&text[span.start..span.end], per_day), (words, often));
        }
    }
}
