//! Reading the text of a rule: RRULE of RFC 5545, alone or with EXDATE lines, and SKIP of RFC 7529.

use super::problem::{PER_DAY_MAX, RuleProblem};
use super::problem::{RuleError, Span};
use super::rule::{ByDay, End, Frequency, Moment, MonthEnd, Part, Rule, weekday_letters};
use crate::limits::{EXDATES_MAX, RULE_BYTES_MAX};
use crate::when::{parse_zone, resolve};
use chrono::{NaiveDate, NaiveDateTime, Utc, Weekday};
use chrono_tz::Tz;
use std::str::FromStr;

/// A rule as somebody wrote it, with the places of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    rule: Rule,
    exdates: Vec<Moment>,
    text: String,
    spans: Vec<(Part, Span)>,
}

impl RuleText {
    /// Reads `FREQ=WEEKLY;BYDAY=MO`, with or without `RRULE:` before it, and lines of `EXDATE:…` beside it.
    ///
    /// The rule is valid by itself. Whether it ever occurs depends on its start: see [`super::Schedule::new`].
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let whole = |problem| fail(text, Span::whole(text), problem);
        if text.len() > RULE_BYTES_MAX + EXDATES_MAX * 20 {
            return Err(whole(RuleProblem::TooLong));
        }
        let mut reader = Reader { text, rule: None, spans: Vec::new(), exdates: Vec::new() };
        let mut start = 0;
        for line in text.split('\n') {
            let trimmed = line.trim();
            let at = start + line.find(trimmed).unwrap_or(0);
            reader.line(Span::new(at, at + trimmed.len()))?;
            start += line.len() + 1;
        }
        let rule = reader.rule.ok_or_else(|| whole(RuleProblem::Empty))?;
        let read = Self { rule, exdates: reader.exdates, text: text.to_owned(), spans: reader.spans };
        read.check()?;
        Ok(read)
    }

    /// The rule.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// The dates that are left out.
    pub fn exdates(&self) -> &[Moment] {
        &self.exdates
    }

    /// The same with what another policy makes of short months.
    #[must_use]
    pub fn with_month_end(mut self, month_end: MonthEnd) -> Self {
        self.rule = self.rule.with_month_end(month_end);
        self
    }

    /// The error that points at a part; at all of the text when the part is not there.
    pub(super) fn error(&self, part: Option<Part>, problem: RuleProblem) -> RuleError {
        let place = self.spans.iter().find(|(one, _)| Some(*one) == part);
        fail(&self.text, place.map_or(Span::whole(&self.text), |(_, span)| *span), problem)
    }

    /// What RFC 5545 says about parts that do not go together, and how often is too often.
    fn check(&self) -> Result<(), RuleError> {
        use Frequency::{Daily, Monthly, Weekly, Yearly};
        let rule = &self.rule;
        let frequency = rule.frequency;
        let with = |part| self.error(Some(part), RuleProblem::NotWithFrequency { part, frequency });
        if !rule.weeks.is_empty() && frequency != Yearly {
            return Err(with(Part::ByWeekNo));
        }
        if !rule.year_days.is_empty() && matches!(frequency, Monthly | Weekly | Daily) {
            return Err(with(Part::ByYearDay));
        }
        if !rule.month_days.is_empty() && frequency == Weekly {
            return Err(with(Part::ByMonthDay));
        }
        let numbered = rule.days.iter().find(|day| day.nth.is_some());
        if let Some(day) = numbered.filter(|_| !matches!(frequency, Yearly | Monthly) || !rule.weeks.is_empty()) {
            let by_week = !rule.weeks.is_empty();
            let problem = RuleProblem::NumberedWeekday { value: day.to_string(), frequency, by_week };
            return Err(self.error(Some(Part::ByDay), problem));
        }
        let choices = [Part::ByMonth, Part::ByWeekNo, Part::ByYearDay, Part::ByMonthDay, Part::ByDay];
        let choices = choices.into_iter().chain([Part::ByHour, Part::ByMinute, Part::BySecond]);
        if !rule.set_positions.is_empty() && !choices.into_iter().any(|part| self.has(part)) {
            return Err(self.error(Some(Part::BySetPos), RuleProblem::SetPositionAlone));
        }
        let (per_day, part) = per_day(rule);
        if per_day > u64::from(PER_DAY_MAX) {
            return Err(self.error(Some(part), RuleProblem::TooOften { part, per_day }));
        }
        Ok(())
    }

    fn has(&self, part: Part) -> bool {
        self.spans.iter().any(|(one, _)| *one == part)
    }
}

/// The most occurrences of one day, and the part that makes them so many.
fn per_day(rule: &Rule) -> (u64, Part) {
    let many = |values: &[u8], all: u64| if values.is_empty() { all } else { values.len() as u64 };
    let one = |values: &[u8]| many(values, 1);
    let interval = u64::from(rule.interval);
    let (hours, minutes, seconds) = (many(&rule.hours, 24), many(&rule.minutes, 60), many(&rule.seconds, 60));
    let per_day = match rule.frequency {
        Frequency::Hourly => hours.min(24_u64.div_ceil(interval)) * one(&rule.minutes) * one(&rule.seconds),
        Frequency::Minutely => {
            (hours * minutes.min(60_u64.div_ceil(interval))).min(1_440_u64.div_ceil(interval)) * one(&rule.seconds)
        }
        Frequency::Secondly => {
            (hours * minutes * seconds.min(60_u64.div_ceil(interval))).min(86_400_u64.div_ceil(interval))
        }
        _ => one(&rule.hours) * one(&rule.minutes) * one(&rule.seconds),
    };
    let part = if rule.frequency >= Frequency::Minutely {
        Part::Freq
    } else if rule.seconds.len() > 1 {
        Part::BySecond
    } else if rule.minutes.len() > 1 {
        Part::ByMinute
    } else {
        Part::ByHour
    };
    (per_day, part)
}

fn fail(text: &str, span: Span, problem: RuleProblem) -> RuleError {
    RuleError { text: text.to_owned(), span, problem }
}

struct Reader<'a> {
    text: &'a str,
    rule: Option<Rule>,
    spans: Vec<(Part, Span)>,
    exdates: Vec<Moment>,
}

impl Reader<'_> {
    fn fail<T>(&self, span: Span, problem: RuleProblem) -> Result<T, RuleError> {
        Err(fail(self.text, span, problem))
    }

    /// One line without white space at its ends; an empty one says nothing.
    fn line(&mut self, span: Span) -> Result<(), RuleError> {
        let line = &self.text[span.start..span.end];
        let Some((head, body)) = line.split_once(':') else {
            return if line.is_empty() { Ok(()) } else { self.rule_line(span) };
        };
        let body = Span::new(span.end - body.len(), span.end);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        match name.to_ascii_uppercase().as_str() {
            "RRULE" if parameters.is_empty() => self.rule_line(body),
            "EXDATE" => self.exdate_line(parameters, span, body),
            _ => self.fail(span, RuleProblem::UnknownLine { name: head.to_owned() }),
        }
    }

    fn exdate_line(&mut self, parameters: &str, line: Span, body: Span) -> Result<(), RuleError> {
        let mut zone: Option<Tz> = None;
        for parameter in parameters.split(';').filter(|one| !one.is_empty()) {
            match parameter.split_once('=') {
                Some((name, value)) if name.eq_ignore_ascii_case("TZID") => {
                    let unknown = || fail(self.text, line, RuleProblem::UnknownZone { name: value.to_owned() });
                    zone = Some(parse_zone(value).map_err(|_| unknown())?);
                }
                Some((name, _)) if name.eq_ignore_ascii_case("VALUE") => {}
                _ => return self.fail(line, RuleProblem::NotAPart { text: parameter.to_owned() }),
            }
        }
        for span in pieces(self.text, body, ',') {
            let moment = self.moment(span)?;
            self.exdates.push(match (moment, zone) {
                (Moment::Local(local), Some(zone)) => Moment::Utc(resolve(local, zone).with_timezone(&Utc)),
                (moment, _) => moment,
            });
        }
        if self.exdates.len() > EXDATES_MAX {
            return self.fail(line, RuleProblem::TooManyExdates);
        }
        Ok(())
    }

    fn rule_line(&mut self, line: Span) -> Result<(), RuleError> {
        if self.rule.is_some() {
            return self.fail(line, RuleProblem::Twice { part: Part::Freq });
        }
        if line.end - line.start > RULE_BYTES_MAX {
            return self.fail(line, RuleProblem::TooLong);
        }
        let mut rule = Rule::of(Frequency::Daily);
        // A semicolon at the end is common, and harmless.
        for span in pieces(self.text, line, ';').filter(|span| span.start < span.end || span.end < line.end) {
            self.part(&mut rule, span)?;
        }
        if !self.spans.iter().any(|(part, _)| *part == Part::Freq) {
            return self.fail(line, RuleProblem::NoFrequency);
        }
        // The policy is kept only where the rest of the rule has a use for it.
        let month_end = rule.month_end;
        self.rule = Some(rule.with_month_end(month_end));
        Ok(())
    }

    fn part(&mut self, rule: &mut Rule, span: Span) -> Result<(), RuleError> {
        let text = &self.text[span.start..span.end];
        let Some((name, _)) = text.split_once('=') else {
            return self.fail(span, RuleProblem::NotAPart { text: text.to_owned() });
        };
        let Some(part) = Part::ALL.into_iter().find(|part| part.as_str().eq_ignore_ascii_case(name)) else {
            return self.fail(span, RuleProblem::UnknownPart { name: name.to_owned() });
        };
        if self.spans.iter().any(|(one, _)| *one == part) {
            return self.fail(span, RuleProblem::Twice { part });
        }
        self.spans.push((part, span));
        self.value(rule, part, Span::new(span.start + name.len() + 1, span.end))
    }

    fn value(&self, rule: &mut Rule, part: Part, at: Span) -> Result<(), RuleError> {
        match part {
            Part::Rscale => self.one_of(part, at, &["GREGORIAN"], "GREGORIAN").map(drop)?,
            Part::Freq => {
                let names = Frequency::ALL.map(Frequency::as_str);
                let allowed = "YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY";
                rule.frequency = Frequency::ALL[self.one_of(part, at, &names, allowed)?];
            }
            Part::Interval => rule.interval = self.number(part, at, 1..=u32::MAX, "a number from 1 to 4294967295")?,
            Part::Count => {
                let count = self.number(part, at, 1..=u32::MAX, "a number from 1 to 4294967295")?;
                self.end(rule, at, End::Count(count))?;
            }
            Part::Until => self.end(rule, at, End::Until(self.moment(at)?))?,
            Part::Wkst => rule.week_start = WEEKDAYS[self.weekday(part, at)?],
            Part::Skip => {
                let word = self.one_of(part, at, &["OMIT", "BACKWARD", "FORWARD"], "OMIT, BACKWARD")?;
                if word == 2 {
                    return self.fail(at, RuleProblem::SkipForward);
                }
                rule.month_end = if word == 1 { MonthEnd::Clamp } else { MonthEnd::Skip };
            }
            Part::BySecond => rule.seconds = self.list(part, at, 0..=59, "0 to 59")?,
            Part::ByMinute => rule.minutes = self.list(part, at, 0..=59, "0 to 59")?,
            Part::ByHour => rule.hours = self.list(part, at, 0..=23, "0 to 23")?,
            Part::ByMonth => rule.months = self.list(part, at, 1..=12, "1 to 12")?,
            Part::ByMonthDay => rule.month_days = self.signed_list(part, at, 31, "1 to 31, -31 to -1")?,
            Part::ByYearDay => rule.year_days = self.signed_list(part, at, 366, "1 to 366, -366 to -1")?,
            Part::ByWeekNo => rule.weeks = self.signed_list(part, at, 53, "1 to 53, -53 to -1")?,
            Part::BySetPos => rule.set_positions = self.signed_list(part, at, 366, "1 to 366, -366 to -1")?,
            Part::ByDay => rule.days = self.by_days(at)?,
        }
        Ok(())
    }

    fn end(&self, rule: &mut Rule, at: Span, end: End) -> Result<(), RuleError> {
        if rule.end != End::Never {
            return self.fail(at, RuleProblem::TwoEnds);
        }
        rule.end = end;
        Ok(())
    }

    fn bad<T>(&self, part: Part, at: Span, allowed: &'static str) -> Result<T, RuleError> {
        let (name, value) = (part.as_str(), self.text[at.start..at.end].to_owned());
        self.fail(at, RuleProblem::BadValue { name, value, allowed })
    }

    /// Which of these words it is.
    fn one_of(&self, part: Part, at: Span, words: &[&str], allowed: &'static str) -> Result<usize, RuleError> {
        let text = &self.text[at.start..at.end];
        let found = words.iter().position(|word| word.eq_ignore_ascii_case(text));
        found.map_or_else(|| self.bad(part, at, allowed), Ok)
    }

    fn weekday(&self, part: Part, at: Span) -> Result<usize, RuleError> {
        self.one_of(part, at, &WEEKDAYS.map(weekday_letters), "MO, TU, WE, TH, FR, SA, SU")
    }

    fn number<T: FromStr + PartialOrd>(
        &self,
        part: Part,
        at: Span,
        range: std::ops::RangeInclusive<T>,
        allowed: &'static str,
    ) -> Result<T, RuleError> {
        let text = &self.text[at.start..at.end];
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let number = text.parse().ok().filter(|number| range.contains(number));
        number
            .filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
            .map_or_else(|| self.bad(part, at, allowed), Ok)
    }

    fn list(
        &self,
        part: Part,
        at: Span,
        range: std::ops::RangeInclusive<u8>,
        allowed: &'static str,
    ) -> Result<Vec<u8>, RuleError> {
        let numbers = pieces(self.text, at, ',').map(|piece| self.number(part, piece, range.clone(), allowed));
        sorted(numbers)
    }

    fn signed_list<T: TryFrom<i16> + Ord + Default>(
        &self,
        part: Part,
        at: Span,
        most: i16,
        allowed: &'static str,
    ) -> Result<Vec<T>, RuleError> {
        let numbers = pieces(self.text, at, ',').map(|piece| {
            let number: i16 = self.number(part, piece, -most..=most, allowed)?;
            match T::try_from(number) {
                Ok(value) if number != 0 => Ok(value),
                _ => self.bad(part, piece, allowed),
            }
        });
        // From the beginning first, then from the end: 1, 15, -1.
        let mut numbers = sorted(numbers)?;
        let from_end = numbers.partition_point(|number| *number < T::default());
        numbers.rotate_left(from_end);
        Ok(numbers)
    }

    fn by_days(&self, at: Span) -> Result<Vec<ByDay>, RuleError> {
        let allowed = "MO, TU, WE, TH, FR, SA, SU, also numbered: 1MO, -1FR";
        let mut days = Vec::new();
        for piece in pieces(self.text, at, ',') {
            let text = &self.text[piece.start..piece.end];
            let letters = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at));
            let Some(letters) = letters else { return self.bad(Part::ByDay, piece, allowed) };
            let weekday = self.weekday(Part::ByDay, Span::new(piece.start + letters, piece.end));
            let weekday = weekday.or_else(|_| self.bad(Part::ByDay, piece, allowed))?;
            let nth = match &text[..letters] {
                "" => None,
                _ => Some(self.number(
                    Part::ByDay,
                    Span::new(piece.start, piece.start + letters),
                    -53..=53,
                    "-53 to -1, 1 to 53",
                )?),
            };
            if nth == Some(0) {
                return self.bad(Part::ByDay, piece, allowed);
            }
            days.push(ByDay { nth, weekday: WEEKDAYS[weekday] });
        }
        days.sort_by_key(|day| (day.nth.map(|nth| (nth < 0, nth)), day.weekday.num_days_from_monday()));
        days.dedup();
        Ok(days)
    }

    fn moment(&self, at: Span) -> Result<Moment, RuleError> {
        let text = &self.text[at.start..at.end];
        let time = text.strip_suffix(['Z', 'z']).unwrap_or(text);
        let is_shaped = |text: &str, time_at: usize| {
            text.bytes()
                .enumerate()
                .all(|(index, byte)| byte.is_ascii_digit() || (index == time_at && byte.eq_ignore_ascii_case(&b'T')))
        };
        let moment = match (text.len(), time.len()) {
            (8, 8) if is_shaped(text, 8) => NaiveDate::parse_from_str(text, "%Y%m%d").ok().map(Moment::Date),
            (length, 15) if is_shaped(time, 8) => {
                let local = NaiveDateTime::parse_from_str(&time.to_ascii_uppercase(), "%Y%m%dT%H%M%S").ok();
                // A leap second would not fit what clocks here show.
                let local = local.filter(|local| chrono::Timelike::nanosecond(local) == 0);
                local.map(|local| if length == 15 { Moment::Local(local) } else { Moment::Utc(local.and_utc()) })
            }
            _ => None,
        };
        moment.map_or_else(|| self.fail(at, RuleProblem::BadDate { value: text.to_owned() }), Ok)
    }
}

const WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// The places of the pieces between separators.
fn pieces(text: &str, span: Span, separator: char) -> impl Iterator<Item = Span> {
    let mut start = span.start;
    text[span.start..span.end].split(separator).map(move |piece| {
        let at = start;
        start += piece.len() + separator.len_utf8();
        Span::new(at, at + piece.len())
    })
}

fn sorted<T: Ord>(values: impl Iterator<Item = Result<T, RuleError>>) -> Result<Vec<T>, RuleError> {
    let mut values = values.collect::<Result<Vec<T>, RuleError>>()?;
    values.sort_unstable();
    values.dedup();
    Ok(values)
}
