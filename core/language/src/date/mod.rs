//! Days: the table of rules and the words that need no rule of their own.

mod month;
mod numeric;
mod week;

pub(crate) use numeric::numeric_behind;
pub(crate) use week::{period_around, week_behind};

use crate::calendar::{holiday, month_last, plus_days, plus_months, week_first, weekday_in_week};
use crate::found::{DateFound, Days, Strength};
use crate::lexicon::{Holiday, Key, Kinds, Phrase, Unit};
use crate::line::Line;
use crate::number::full_year;
use chrono::{Datelike as _, Duration, NaiveDate};
use tasks_domain::when::LocalTime;

/// A day and its month in figures, without a year: "3/14".
pub(crate) fn figures(line: &Line, at: usize) -> Option<DateFound> {
    let slash = line.digits(at).is_some() && line.is_mark(at + 1, '/') && line.digits(at + 2).is_some();
    numeric::numeric(line, at).filter(|found| slash && found.end == at + 3 && matches!(found.days, Days::Range { .. }))
}

/// A way in which a day can be said.
struct Rule {
    /// What it can begin with.
    starts: Kinds,
    read: fn(&Line, usize) -> Option<DateFound>,
}

const fn rule(starts: Kinds, read: fn(&Line, usize) -> Option<DateFound>) -> Rule {
    Rule { starts, read }
}

const NUMBERS: Kinds = Kinds::NUMBER.or(Kinds::ORDINAL).or(Kinds::QUANTITY);

/// All ways; of those that fit at one place the longest is taken, then the first in the table.
const RULES: &[Rule] = &[
    rule(Kinds::NUMBER, numeric::numeric),
    rule(Kinds::NUMBER, month::year_month_day),
    rule(NUMBERS.or(Kinds::WHICH), month::day_month),
    rule(Kinds::MONTH, month::month_day),
    rule(NUMBERS.or(Kinds::WHICH), month::nth_of),
    rule(NUMBERS.or(Kinds::WHICH), month::the_nth),
    rule(Kinds::WEEKDAY, week::weekday),
    rule(Kinds::WEEKDAY.or(Kinds::UNIT).or(Kinds::WHICH).or(NUMBERS), week::beside),
    rule(Kinds::WHICH, week::which),
    rule(Kinds::UNIT, week::after_next),
    rule(Kinds::UNIT, week::numbered_week),
    rule(Kinds::UNIT.or(Kinds::WHICH), week::bare_period),
    rule(Kinds::DAY, day_word),
    rule(Kinds::NUMBER, texted),
    rule(Kinds::EDGE.or(Kinds::PHRASE).or(Kinds::WHICH), edge),
    rule(Kinds::EDGE, now),
    rule(Kinds::PHRASE.or(Kinds::WHICH), phrase),
];

/// The date that begins here, if any.
pub(crate) fn date(line: &Line, at: usize) -> Option<DateFound> {
    let kinds = line.kinds(at);
    let mut best: Option<DateFound> = None;
    for rule in RULES.iter().filter(|rule| rule.starts.has(kinds)) {
        if let Some(found) = (rule.read)(line, at)
            && best.is_none_or(|best| (found.end, best.strength) > (best.end, found.strength))
        {
            best = Some(found);
        }
    }
    best
}

/// "today", "tomorrow".
fn day_word(line: &Line, at: usize) -> Option<DateFound> {
    let word = line.word(at);
    let days = word.day?;
    // "tomorrow week"
    let week = days >= 0 && line.unit(at + 1) == Some(Unit::Week) && at + 2 >= line.len();
    let days = i64::from(days) + if week { 7 } else { 0 };
    let strength = if days < 0 || word.ordinary { Strength::Whole } else { Strength::Sure };
    Some(DateFound::new(at + 1 + usize::from(week), Days::day(plus_days(line.today, days)), strength))
}

/// "2morrow", "2moro", "2mrw".
fn texted(line: &Line, at: usize) -> Option<DateFound> {
    let rest = ["morrow", "moro", "mro", "mrw"];
    let said = line.digits(at) == Some(2) && line.glued(at + 1) && !line.torn(at);
    let word = line.spelling(at + 1);
    (said && rest.iter().any(|rest| word.eq_ignore_ascii_case(rest)))
        .then(|| DateFound::new(at + 2, Days::day(plus_days(line.today, 1)), Strength::Sure))
}

/// "now".
fn now(line: &Line, at: usize) -> Option<DateFound> {
    line.is(at, Key::Now).then(|| DateFound::new(at + 1, moment(line, Duration::zero()), Strength::Loose))
}

fn moment(line: &Line, later: Duration) -> Days {
    let now = line.context.now;
    let instant = now.instant().checked_add_signed(later).unwrap_or(now.instant());
    Days::Moment(LocalTime::at(instant, now.zone()))
}

/// Phrases of the phrase table that are days, with "next" or "this" before a holiday.
fn phrase(line: &Line, at: usize) -> Option<DateFound> {
    let the = line.skip(at, Key::The);
    let chosen = matches!(line.key(the), Some(Key::This | Key::Next | Key::Coming));
    let start = if chosen { the + 1 } else { at };
    let (means, end) = line.phrase(start)?;
    match means {
        Phrase::Minutes(minutes) => {
            let strength = if minutes == 0 { Strength::Loose } else { Strength::Sure };
            Some(DateFound::new(end, moment(line, Duration::minutes(i64::from(minutes))), strength))
        }
        Phrase::Days(days) => {
            let strength = if days < 0 { Strength::Whole } else { Strength::Sure };
            Some(DateFound::new(end, Days::day(plus_days(line.today, i64::from(days))), strength))
        }
        Phrase::Holiday(day) => named_day(line, day, end, chosen),
        Phrase::SameAs(_) | Phrase::Part(_) | Phrase::Again(_) | Phrase::Protected => None,
    }
}

fn named_day(line: &Line, day: Holiday, end: usize, chosen: bool) -> Option<DateFound> {
    let of = line.skip(line.skip_mark(end, ','), Key::Of);
    if let Some((year, end)) = full_year(line, of).or_else(|| month::relative_year(line, of)) {
        return Some(DateFound::new(end, Days::day(holiday(year, day)?), Strength::Loose));
    }
    let year = line.today.year();
    let date = (year..=year + 1).filter_map(|y| holiday(y, day)).find(|date| *date >= line.today)?;
    let strength = if chosen { Strength::Sure } else { Strength::NeedsIntro };
    Some(DateFound::new(end, Days::day(date), strength))
}

/// The end or the beginning of a period: "eow", "eom", "end of next month", "start of december".
fn edge(line: &Line, at: usize) -> Option<DateFound> {
    let at = line.skip(at, Key::The);
    let (key, end) = match line.phrase(at) {
        Some((Phrase::SameAs(key), end)) => (key, end),
        _ => (line.key(at)?, at + 1),
    };
    if let Some((first, last, end)) = quarter(line, at) {
        return Some(DateFound::new(end, Days::period(first, last), Strength::NeedsIntro));
    }
    let (today, settings) = (line.today, &line.context.settings);
    match key {
        Key::Eow => {
            let (weekday, time) = settings.day_parts.eow;
            let friday = weekday_in_week(week_first(today, settings.week_start), weekday);
            let over = friday.and_time(time) < line.local;
            let friday = plus_days(friday, if over { 7 } else { 0 });
            Some(DateFound { time: Some(time), ..DateFound::new(end, Days::day(friday), Strength::Sure) })
        }
        Key::Eom => Some(DateFound::new(end, Days::day(month_last(today)), Strength::Sure)),
        Key::Eoy => {
            Some(DateFound::new(end, Days::day(NaiveDate::from_ymd_opt(today.year(), 12, 31)?), Strength::Sure))
        }
        Key::End | Key::Start => {
            let about = line.skip(end + 1, Key::About);
            let (first, last, end) = period(line, line.is(end, Key::Of).then_some(about)?)?;
            let date = if key == Key::End { last } else { ahead(line, first, (first, last)) };
            Some(DateFound::new(end, Days::day(date), Strength::Sure))
        }
        Key::Mid => {
            let of = line.is(end, Key::Of);
            let at = if of || line.is_mark(end, '-') && line.glued(end) { end + 1 } else { end };
            // "mid level" is no date.
            let chosen =
                matches!(line.key(at), Some(Key::Next | Key::This | Key::Coming)) && line.unit(at + 1).is_some();
            let week = line.unit(at) == Some(Unit::Week);
            let named = of || line.word(at).month.is_some() || chosen || week;
            let (first, last, end) = period(line, named.then_some(at)?)?;
            // The middle of every month is its 15th, of a week Wednesday.
            let half = match (last - first).num_days() {
                27..=30 => 14,
                days => (days - 1).max(0) / 2,
            };
            Some(DateFound::new(end, Days::day(ahead(line, plus_days(first, half), (first, last))), Strength::Sure))
        }
        _ => None,
    }
}

/// The day, or when it has passed in the month or week that is now, the same of the next one.
fn ahead(line: &Line, day: NaiveDate, (first, last): (NaiveDate, NaiveDate)) -> NaiveDate {
    if day >= line.today || !(first..=last).contains(&line.today) {
        return day;
    }
    match (last - first).num_days() {
        6 => plus_days(day, 7),
        27..=30 => plus_months(day, 1),
        89..=91 => plus_months(day, 3),
        _ => day,
    }
}

/// "Q1", "q2 2027": its first and last day, and the place behind it.
fn quarter(line: &Line, at: usize) -> Option<(NaiveDate, NaiveDate, usize)> {
    let number =
        line.digits(at + 1).filter(|n| line.is(at, Key::QuarterMark) && line.glued(at + 1) && (1..=4).contains(n))?;
    if line.glued(at + 2) && line.mark(at + 2).is_none() && at + 2 < line.len() {
        return None;
    }
    let days = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, number * 3 - 2, 1)?;
        Some((first, plus_days(plus_months(first, 3), -1)))
    };
    let of = line.skip(line.skip_mark(at + 2, ','), Key::Of);
    if let Some((year, end)) = full_year(line, of).or_else(|| month::relative_year(line, of)) {
        return days(year).map(|(first, last)| (first, last, end));
    }
    let year = line.today.year();
    let (first, last) = (year..=year + 1).filter_map(days).find(|(_, last)| *last >= line.today)?;
    Some((first, last, at + 2))
}

/// A period that has an end and a beginning, and the place behind it.
fn period(line: &Line, at: usize) -> Option<(NaiveDate, NaiveDate, usize)> {
    if let Some(quarter) = quarter(line, at) {
        return Some(quarter);
    }
    // "the end of the quarter", "the middle of the month", "midweek"
    let the = line.skip(at, Key::The);
    if let Some(unit) = line.unit(the).filter(|unit| *unit >= Unit::Week && *unit != Unit::Fortnight) {
        let (first, last) = period_around(line, unit, 0)?;
        return Some((first, last, the + 1));
    }
    let steps = match line.key(at) {
        Some(Key::Next | Key::Coming) => 1,
        Some(Key::This) => 0,
        _ if full_year(line, at).is_some() => {
            let (year, end) = full_year(line, at)?;
            let year = |month, day| NaiveDate::from_ymd_opt(year, month, day);
            return Some((year(1, 1)?, year(12, 31)?, end));
        }
        _ => {
            let the = line.skip(at, Key::The);
            let first = month::coming_month(line, u32::from(line.word(the).month?))?;
            let first = match full_year(line, the + 1) {
                Some((year, end)) => return first.with_year(year).map(|first| (first, month_last(first), end)),
                None => first,
            };
            return Some((first, plus_days(plus_months(first, 1), -1), the + 1));
        }
    };
    let unit = line.unit(at + 1).filter(|unit| *unit != Unit::Day)?;
    let (first, last) = period_around(line, unit, steps)?;
    Some((first, last, at + 2))
}
