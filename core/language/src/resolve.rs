//! A date and a time, as they were said, to what they mean on the clock of the person.

use crate::calendar::plus_days;
use crate::found::{Clock, ClockFound, DateFound, Days, Half};
use crate::lexicon::Part;
use crate::line::Line;
use crate::settings::DayParts;
use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use tasks_domain::when::{LocalTime, When};

/// What a date and a time mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meant {
    pub due: Option<When>,
    pub start: Option<When>,
    pub end: Option<When>,
}

/// What the date and the time of one line mean together.
pub(crate) fn meant(line: &Line, date: Option<&DateFound>, clock: Option<&ClockFound>) -> Meant {
    match (date, clock) {
        (Some(date), None) => day_meant(line, date),
        (Some(DateFound { days: Days::Moment(time), .. }), Some(_)) => {
            Meant { due: Some(When::At(*time)), ..Meant::default() }
        }
        (_, Some(clock)) => time_meant(line, date, clock),
        (None, None) => Meant::default(),
    }
}

fn day_meant(line: &Line, date: &DateFound) -> Meant {
    let (first, last, due_last) = match date.days {
        Days::Moment(time) => return Meant { due: Some(When::At(time)), ..Meant::default() },
        Days::Wrong(_) => return Meant::default(),
        Days::Range { first, last, due_last } => (first, last, due_last),
    };
    if let Some(time) = date.time {
        let time = LocalTime::new(first.and_time(time), line.context.now.zone());
        return Meant { due: Some(When::At(time)), ..Meant::default() };
    }
    if first == last {
        return Meant { due: Some(When::Date(first)), ..Meant::default() };
    }
    // "this week" has begun: what is left of it ends on its last day.
    let due = if due_last || first < line.today { last } else { first };
    Meant { due: Some(When::Date(due)), start: Some(When::Date(first)), end: Some(When::Date(last)) }
}

fn time_meant(line: &Line, date: Option<&DateFound>, said: &ClockFound) -> Meant {
    let now = line.context.now;
    let zone = said.zone.unwrap_or(now.zone());
    let local = LocalTime::at(now.instant(), zone).local();
    let day = date.and_then(DateFound::first);
    let parts = &line.context.settings.day_parts;
    let minutes = match said.clock {
        Some(clock) => minutes(clock, said.part, day, local),
        None => said.part.map_or(0, |part| i64::from(part_time(part, parts).num_seconds_from_midnight() / 60)),
    };
    let second = said.clock.map_or(0, |clock| i64::from(clock.second));
    let at = |day: NaiveDate, minutes: i64| {
        let midnight = day.and_time(NaiveTime::MIN);
        midnight.checked_add_signed(Duration::minutes(minutes)).unwrap_or(midnight)
    };
    let mut from = at(day.unwrap_or(local.date()), minutes);
    let early = said.part == Some(Part::Night) && minutes < 360;
    if from < local && day.is_none() && (!said.today || early) {
        from = at(plus_days(local.date(), 1), minutes);
    } else if let Some(day) = day.filter(|_| early && said.clock.is_some()) {
        // "friday night at 1" is the night that begins on friday.
        from = at(plus_days(day, 1), minutes);
    }
    let begins = from + Duration::seconds(second);
    let start = When::At(LocalTime::new(begins, zone));
    let Some(until) = said.until else { return Meant { due: Some(start), ..Meant::default() } };
    let end = end_of(until, from);
    Meant { due: Some(start), start: Some(start), end: Some(When::At(LocalTime::new(end, zone))) }
}

/// The first time after `from` that the clock shows `until`.
pub(crate) fn end_of(until: Clock, from: NaiveDateTime) -> NaiveDateTime {
    let midnight = from.date().and_time(NaiveTime::MIN);
    let half_day = Duration::hours(12);
    let mut end = midnight + Duration::minutes(i64::from(until.minutes));
    if matches!(until.half, Half::Guess(_) | Half::Written) && end <= from {
        end += half_day;
    }
    while end <= from {
        end += half_day * 2;
    }
    end + Duration::seconds(i64::from(until.second))
}

/// Minutes since midnight, once the half of the day is decided.
pub(crate) fn minutes(clock: Clock, part: Option<Part>, day: Option<NaiveDate>, local: NaiveDateTime) -> i64 {
    let said = i64::from(clock.minutes);
    let (early, late) = (said, said + 720);
    let afternoon = match (clock.half, part) {
        (Half::Known, _) | (Half::Written, None) => return early,
        (Half::Guess(12), Some(Part::Night)) => return 1440 + said,
        // "tonight at 3" is the small hours.
        (Half::Guess(1..=4), Some(Part::Night))
        | (_, Some(Part::Morning | Part::FirstThing | Part::EarlyMorning | Part::MidMorning))
        | (Half::Written, Some(Part::Lunch)) => false,
        (Half::Written, Some(_)) => early < 720,
        (Half::Guess(hour), Some(Part::Lunch)) => hour != 11 && hour != 10,
        (Half::Guess(7..=11), None) => {
            // Whichever is ahead next today; on another day the morning.
            let now = i64::from(local.num_seconds_from_midnight() / 60);
            let today = day.is_none_or(|day| day == local.date());
            today && early <= now && late > now
        }
        (Half::Guess(_), _) => true,
    };
    if afternoon { late } else { early }
}

/// The clock time that stands for a part of the day.
pub(crate) fn part_time(part: Part, parts: &DayParts) -> NaiveTime {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
    match part {
        Part::EarlyMorning => hour(6),
        Part::MidMorning => hour(10),
        Part::Morning | Part::FirstThing => parts.morning,
        Part::Lunch => parts.noon,
        Part::EarlyAfternoon => hour(13),
        Part::MidAfternoon => hour(14),
        Part::LateAfternoon => hour(17),
        Part::EarlyEvening => hour(18),
        Part::LateEvening => hour(22),
        Part::Afternoon => parts.afternoon,
        Part::Evening => parts.evening,
        Part::Night => parts.tonight,
    }
}
