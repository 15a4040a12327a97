//! When the reminders of a line come, once it is known when the task is due.

use super::Ask;
use crate::calendar::plus_days;
use crate::found::{ClockFound, DateFound, Days, Half, Strength};
use crate::line::Line;
use crate::reading::Reminder;
use crate::resolve::meant;
use chrono::{Duration, NaiveDate, NaiveTime};
use tasks_domain::when::{LocalTime, When};

impl Ask {
    pub(super) fn meant(&self, line: &Line, due: Option<When>) -> Option<Reminder> {
        let zone = line.context.now.zone();
        let hour = line.context.settings.reminder_hour;
        match self {
            Self::Before(length) => Some(Reminder::Before(length.duration())),
            Self::WhenDue => match due {
                Some(When::At(_)) => Some(Reminder::Before(line.context.settings.reminder_lead)),
                _ => None,
            },
            Self::DaysBefore(days, time) => {
                let day = plus_days(due?.date(), -days);
                on_day(line, day, time).map(|at| of_day(at, due))
            }
            Self::At(Some(date), None) => match meant(line, Some(date), None).due? {
                When::Date(day) => Some(Reminder::At(LocalTime::new(day.and_time(hour), zone))),
                When::At(time) => Some(Reminder::At(time)),
            },
            Self::At(None, Some(time)) if !time.today => match due {
                None => at_moment(line, None, Some(time)),
                Some(due) => {
                    let found = on_day(line, due.date(), time)?;
                    Some(of_day(not_after(found, due, time), Some(due)))
                }
            },
            Self::At(date, time) => at_moment(line, date.as_ref(), time.as_ref()),
        }
    }
}

/// A time that was said of the day that the task is due.
fn of_day(at: LocalTime, due: Option<When>) -> Reminder {
    match due {
        Some(due) => Reminder::OnDay { days_before: (due.date() - at.local().date()).num_days(), at },
        None => Reminder::At(at),
    }
}

fn at_moment(line: &Line, date: Option<&DateFound>, time: Option<&ClockFound>) -> Option<Reminder> {
    match meant(line, date, time).due? {
        When::At(time) => Some(Reminder::At(time)),
        When::Date(day) => {
            let zone = line.context.now.zone();
            Some(Reminder::At(LocalTime::new(day.and_time(NaiveTime::MIN), zone)))
        }
    }
}

fn on_day(line: &Line, day: NaiveDate, time: &ClockFound) -> Option<LocalTime> {
    let day = DateFound::new(0, Days::day(day), Strength::Sure);
    match meant(line, Some(&day), Some(time)).due? {
        When::At(time) => Some(time),
        When::Date(_) => None,
    }
}

/// A reminder whose half of the day was guessed comes before what it reminds of.
fn not_after(found: LocalTime, due: When, time: &ClockFound) -> LocalTime {
    let guessed = time.clock.is_some_and(|clock| matches!(clock.half, Half::Guess(_)));
    match due {
        When::At(due) if guessed && found.local() > due.local() => {
            let earlier = LocalTime::new(found.local() - Duration::hours(12), found.zone());
            if earlier.local() <= due.local() { earlier } else { found }
        }
        _ => found,
    }
}
