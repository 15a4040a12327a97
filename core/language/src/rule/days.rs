//! The days of a rule: "mon, wed and fri", "2nd and last friday of the month", "on the 1st and 15th", "aug 30", "start of".

use super::said::{Edge, Freq, Said};
use super::set::{Months, Nths, Weekdays};
use crate::date::figures;
use crate::found::Days;
use crate::lexicon::{Key, Phrase, Unit};
use crate::line::Line;
use crate::number::{DayStyle, day_of_month, from_either_end, full_year};
use chrono::Datelike as _;

/// Most things one list names.
const LIST_MAX: usize = 12;

/// The place behind what joins two things of a list: ",", "and", "&", "/", "+".
fn joint(line: &Line, at: usize) -> usize {
    let next = line.skip(line.skip_mark(at, ','), Key::And);
    if next > at {
        return next;
    }
    at + usize::from(matches!(line.mark(at), Some('&' | '/' | '+')))
}

/// "weekday", "working days": Monday to Friday; whether several were said, and the place behind.
pub(super) fn workdays(line: &Line, at: usize) -> Option<(bool, usize)> {
    let end = line.workday(at)?;
    Some((line.spelling(end - 1).ends_with(['s', 'S']), end))
}

/// One weekday, a range of them, or all of a kind; whether several of it were said, and the place behind.
fn weekday_item(line: &Line, at: usize) -> Option<(Weekdays, usize, bool)> {
    if let Some((several, end)) = workdays(line, at) {
        return Some((Weekdays::WORKDAYS, end, several));
    }
    let word = line.word(at);
    if word.unit == Some(Unit::Weekend) {
        return Some((Weekdays::WEEKEND, at + 1, word.plural));
    }
    let first = word.weekday?;
    let stop = line.is_mark(at + 1, '.') && line.glued(at + 1) && at + 2 < line.len() && line.spelling(at).len() < 6;
    let end = at + 1 + usize::from(stop);
    let through = matches!(line.mark(end), Some('-' | '–')) || matches!(line.key(end), Some(Key::To | Key::Until));
    if let Some(last) = line.word(end + 1).weekday.filter(|_| through) {
        return Some((Weekdays::range(first, last), end + 2, word.plural || line.word(end + 1).plural));
    }
    Some((Weekdays::of(first), end, word.plural))
}

/// "mon, wed and fri", "mon wed fri", "monday to friday"; whether several of one were said ("mondays").
pub(super) fn weekday_list(line: &Line, at: usize) -> Option<(Weekdays, usize, bool)> {
    let (mut days, mut end, mut several) = weekday_item(line, at)?;
    for _ in 1..LIST_MAX {
        let Some((more, after, plural)) = weekday_item(line, joint(line, end)) else { break };
        (days, end, several) = (days.or(more), after, several || plural);
    }
    Some((days, end, several))
}

/// Weekdays beside what says how often, or several of one, which says it itself: "on mondays", "tue", "weekends".
pub(super) fn weekdays(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let from = line.is(at, Key::From);
    let introduced = from || matches!(line.key(at), Some(Key::On | Key::At | Key::For | Key::Of));
    let at = line.skip(at + usize::from(introduced), Key::The);
    let (days, end, several) = weekday_list(line, at)?;
    // "from monday" says when it begins.
    let range = from && (days.len() < 2 || line.word(at).weekday.is_none());
    let daily = said.freq == Some(Freq::Daily) && said.again && days.len() == 1;
    if range || daily && !introduced {
        return None;
    }
    if several && !said.again && !introduced && days == Weekdays::WEEKEND && line.goes_on(end) {
        return None;
    }
    said.weekdays = said.weekdays.or(days);
    said.again |= several;
    Some(end)
}

/// "first", "last", "2nd to the last", "3rd last": which one, and the place behind. `digits`: "15" is the 15th.
fn numbered_item(line: &Line, at: usize, digits: bool) -> Option<(i32, usize)> {
    let at = line.skip(at, Key::The);
    from_either_end(line, at).or_else(|| {
        let (n, style, end) = day_of_month(line, at).filter(|_| digits)?;
        (style == DayStyle::Digits).then_some((n.cast_signed(), end))
    })
}

fn numbered_list(line: &Line, at: usize, digits: bool) -> Option<(Nths, usize)> {
    // "3/14" is one day.
    if figures(line, at).is_some() {
        return None;
    }
    let (n, mut end) = numbered_item(line, at, digits)?;
    let mut nths = Nths::of(n);
    for _ in 1..LIST_MAX {
        let next = joint(line, end);
        let Some((n, after)) = numbered_item(line, next, digits).filter(|_| next > end) else { break };
        (nths, end) = (nths.with(n), after);
    }
    (!nths.is_empty()).then_some((nths, end))
}

/// Numbers and what they count: "2nd and last fri", "first weekday", "15th and last day". `every` stood before.
pub(super) fn numbers(line: &Line, at: usize, said: &mut Said, every: bool) -> Option<usize> {
    let introduced = matches!(line.key(at.wrapping_sub(1)), Some(Key::On | Key::The)) || line.is(at, Key::The);
    let (nths, pos) = numbered_list(line, at, introduced && !every && said.again)?;
    let of_follows = |end: usize| matches!(line.key(end), Some(Key::Of | Key::In));
    let noun = if line.is(pos, Key::Times) && line.is(pos + 1, Key::Of) { pos + 2 } else { pos };
    if let Some((_, end)) = workdays(line, noun) {
        said.weekdays = Weekdays::WORKDAYS;
        said.positions = nths;
        return Some(end);
    }
    if let Some((days, end, several)) = weekday_list(line, noun) {
        said.again |= several;
        if noun > pos && days.len() > 1 {
            (said.weekdays, said.positions) = (days, nths);
        } else {
            said.push_nth(nths, days).then_some(())?;
        }
        return Some(end);
    }
    let single = nths.iter().next().filter(|n| nths.len() == 1 && *n > 0).map(i32::cast_unsigned);
    match line.unit(noun).filter(|unit| *unit != Unit::Second) {
        Some(Unit::Day) => {
            let end = noun + 1;
            if said.freq == Some(Freq::Weekly) && !of_follows(end) {
                let day = Said::nth_of_week(single?, line.context.settings.week_start)?;
                said.weekdays = said.weekdays.or(Weekdays::of(day));
            } else if every && !of_follows(end) && single.is_some() {
                said.each(Unit::Day, single?);
            } else {
                said.month_days = said.month_days.or(nths);
            }
            Some(end)
        }
        Some(unit) if every => {
            said.each(unit, single?);
            Some(noun + 1)
        }
        Some(_) => None,
        None => {
            // "on 4 july"
            if line.word(pos).month.is_some() {
                return None;
            }
            let monthly = matches!(said.freq, Some(Freq::Monthly | Freq::Yearly));
            let meant = every || introduced || monthly || of_follows(pos);
            if !meant || line.goes_on(pos) && !of_follows(pos) {
                return None;
            }
            said.month_days = said.month_days.or(nths);
            Some(pos)
        }
    }
}

/// Numbered days beside what says how often: "on the 4th", "the 2nd friday", "on day 20 and 30".
pub(super) fn numbered(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let start = line.skip(line.skip(at, Key::On), Key::In);
    // "day 1 of every month"
    let of_every = |end: usize| line.is(end, Key::Of) && matches!(line.key(end + 1), Some(Key::Every | Key::Each));
    if line.unit(start) == Some(Unit::Day) && (said.again || start > at || of_every(start + 2)) {
        let (nths, end) = numbered_list(line, start + 1, true)?;
        said.month_days = said.month_days.or(nths);
        return Some(end);
    }
    numbers(line, start, said, false)
}

/// "start of", "at the end", "beginning of" what comes again.
pub(super) fn edge(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let introduced = matches!(line.key(at), Some(Key::At | Key::On | Key::By | Key::In));
    let pos = line.skip(at + usize::from(introduced), Key::The);
    let (key, end) = match line.phrase(pos) {
        Some((Phrase::SameAs(key @ Key::Eom), end)) => (key, end),
        _ => (line.key(pos)?, pos + 1),
    };
    let edge = match key {
        Key::Start => Edge::Start,
        Key::Mid => Edge::Middle,
        Key::End | Key::Eom => Edge::End,
        _ => return None,
    };
    let known = said.freq.is_some_and(|freq| freq >= Freq::Weekly) && (introduced || key == Key::Eom);
    if !(known || line.is(end, Key::Of)) {
        return None;
    }
    said.edge = Some(edge);
    Some(end)
}

/// The days or months of a year: "aug 30", "9 june", "the 1st of march", "jan, apr and jul".
pub(super) fn month_list(line: &Line, at: usize) -> Option<(Months, Nths, usize)> {
    if let Some((days, end)) = numbered_list(line, at, true) {
        let month_at = line.skip(end, Key::Of);
        let month = line.word(month_at).month?;
        return Some((Months::default().with(u32::from(month)), days, month_at + 1));
    }
    let mut months = Months::default().with(u32::from(line.word(at).month?));
    let mut end = at + 1;
    let stop = line.is_mark(end, '.') && line.glued(end) && line.digits(end + 1).is_some();
    let days_at = line.skip(end + usize::from(stop), Key::The);
    if let Some((days, after)) = numbered_list(line, days_at, true) {
        return Some((months, days, after));
    }
    for _ in 1..LIST_MAX {
        let next = joint(line, end);
        let Some(month) = line.word(next).month.filter(|_| next > end) else { break };
        (months, end) = (months.with(u32::from(month)), next + 1);
    }
    Some((months, Nths::default(), end))
}

/// A day and its month beside what says how often: "every year on march 1", "june 9 every year".
pub(super) fn month_and_day(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    let start = line.skip(line.skip(at, Key::On), Key::The);
    // "annually on 3/14"
    if let Some(found) = figures(line, start).filter(|_| said.again) {
        let Days::Range { first, .. } = found.days else { return None };
        said.months = said.months.or(Months::default().with(first.month()));
        said.month_days = said.month_days.with(first.day().cast_signed());
        said.month_and_day = true;
        return Some(found.end);
    }
    let (months, days, end) = month_list(line, start).filter(|(_, days, _)| !days.is_empty())?;
    // With its year it is one day, on which the rule may begin.
    if full_year(line, line.skip_mark(end, ',')).is_some() {
        return None;
    }
    said.months = said.months.or(months);
    said.month_days = said.month_days.or(days);
    said.month_and_day = true;
    Some(end)
}

/// Months in which it comes, and the stretch that numbers count in: "in november", "of the month".
pub(super) fn within(line: &Line, at: usize, said: &mut Said) -> Option<usize> {
    if !matches!(line.key(at), Some(Key::Of | Key::In)) {
        return None;
    }
    let the = line.skip(at + 1, Key::The);
    let the = the + usize::from(line.word(the).article);
    if let Some((months, days, end)) = month_list(line, the).filter(|(_, days, _)| days.is_empty()) {
        debug_assert!(days.is_empty());
        said.months = said.months.or(months);
        return Some(end);
    }
    let unit = line.unit(the).filter(|_| the > at + 1)?;
    // "every day of the week"
    if unit == Unit::Week && said.freq == Some(Freq::Daily) {
        return Some(the + 1);
    }
    if !said.names_days() {
        return None;
    }
    // "the 2nd and 4th friday of the month" are of every month.
    said.again |= said.nth_days().iter().any(|numbered| numbered.nths.len() > 1) || said.month_days.len() > 1;
    let freq = match unit {
        Unit::Week => Freq::Weekly,
        Unit::Month => Freq::Monthly,
        Unit::Year => Freq::Yearly,
        _ => return None,
    };
    if said.freq.is_none_or(|said| said < freq) {
        said.freq = Some(freq);
    }
    Some(the + 1)
}
