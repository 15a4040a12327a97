//! Months drawn as calendars, and what is due in them.

use super::cells::labels;
use crate::error::CliError;
use crate::outcome::Calendar;
use crate::output::style::{Paint, Role};
use crate::output::text::{clean, cut, pad, width};
use crate::output::ui::Ui;
use crate::output::wrap::shown_width;
use crate::output::{dates, label, table};
use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use std::collections::HashMap;
use tasks_domain::when::Now;
use tasks_proto::convert::when::date_from_wire;
use tasks_proto::v1;

/// Columns of a day.
const DAY: usize = 4;
/// Columns of a week's number.
const WEEK: usize = 4;
/// Between the month and its list.
const GAP: usize = 3;
/// Narrowest list that stands beside its month.
const BESIDE_MIN: usize = 36;

/// Days by their dates.
type ByDate<'a> = HashMap<NaiveDate, &'a v1::CalendarDay>;

/// Writes it.
pub(super) fn render(ui: &mut Ui, calendar: &Calendar, now: Now) -> Result<(), CliError> {
    let days: ByDate<'_> = calendar.days.iter().filter_map(|day| Some((date_of(day)?, day))).collect();
    let Some(screen) = ui.columns() else { return plain(ui, calendar, now) };
    let mut first = calendar.first;
    while first <= calendar.last {
        if first > calendar.first {
            ui.line("")?;
        }
        let last = last_of_month(first);
        month(ui, calendar, &days, (first, last), screen, now)?;
        let Some(next) = last.succ_opt() else { break };
        first = next;
    }
    Ok(())
}

fn month(
    ui: &mut Ui,
    calendar: &Calendar,
    days: &ByDate<'_>,
    (first, last): (NaiveDate, NaiveDate),
    screen: usize,
    now: Now,
) -> Result<(), CliError> {
    let left = drawn(ui, calendar, days, (first, last), now);
    let wide = if calendar.weeks { 7 * DAY + WEEK } else { 7 * DAY };
    let is_beside = screen >= wide + GAP + BESIDE_MIN;
    let room = if is_beside { screen - wide - GAP } else { screen };
    let right = listed(ui, days, (first, last), room, now);
    if !is_beside {
        left.iter().try_for_each(|line| ui.line(line))?;
        if !right.is_empty() {
            ui.line("")?;
        }
        return right.iter().try_for_each(|line| ui.line(line));
    }
    for at in 0..left.len().max(right.len()) {
        let cell = left.get(at).map_or("", String::as_str);
        let blanks = " ".repeat((wide + GAP).saturating_sub(shown_width(cell)));
        ui.line(&format!("{cell}{blanks}{}", right.get(at).map_or("", String::as_str)))?;
    }
    Ok(())
}

/// The month as a calendar: its name, the days of the week, the weeks.
fn drawn(
    ui: &Ui,
    calendar: &Calendar,
    days: &ByDate<'_>,
    (first, last): (NaiveDate, NaiveDate),
    now: Now,
) -> Vec<String> {
    let paint = ui.paint();
    let name = first.format("%B %Y").to_string();
    let before = if calendar.weeks { WEEK } else { 0 };
    let middle = before + (7 * DAY).saturating_sub(name.len()) / 2;
    let mut lines = vec![format!("{}{}", " ".repeat(middle), paint.apply(Role::Heading, &name))];
    let mut weekday = calendar.week_start;
    let mut names = " ".repeat(before);
    for _ in 0..7 {
        names.push_str(&format!(" {} ", &weekday.to_string()[..2]));
        weekday = weekday.succ();
    }
    lines.push(paint.apply(Role::Faint, names.trim_end()));
    let mut line = String::new();
    for date in first.iter_days().take_while(|date| *date <= last) {
        let column = column_of(date, calendar.week_start);
        if line.is_empty() {
            if calendar.weeks {
                // The week of ISO 8601 is that of its Thursday, whatever day it begins with here.
                let thursday = column_of_day(Weekday::Thu, calendar.week_start);
                let back = Days::new(column.saturating_sub(thursday) as u64);
                let thursday = date + Days::new(thursday.saturating_sub(column) as u64) - back;
                line.push_str(&paint.apply(Role::Faint, &format!("W{:02} ", thursday.iso_week().week())));
            }
            line.push_str(&" ".repeat(column * DAY));
        }
        line.push_str(&day_cell(date, days.get(&date).copied(), ui, now));
        if column == 6 || date == last {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
    }
    lines
}

/// Four columns: the number, and a mark when something is due. Today is told apart also where there are no colours.
fn day_cell(date: NaiveDate, day: Option<&v1::CalendarDay>, ui: &Ui, now: Now) -> String {
    let paint = ui.paint();
    let dot = if ui.draws_unicode() { "•" } else { "*" };
    let (mark, role) = match day {
        Some(day) if day.overdue > 0 => (dot, Role::Overdue),
        Some(day) if day.open > 0 => (dot, Role::Soon),
        _ => (" ", Role::Plain),
    };
    let number = format!("{:>2}", date.day());
    if date != now.today() {
        let number_role = if mark == " " && date < now.today() { Role::Faint } else { Role::Plain };
        return format!(" {}{}", paint.apply(number_role, &number), paint.apply(role, mark));
    }
    if paint.is_on() {
        return format!(" {}{}", paint.apply(Role::Here, &number), paint.apply(role, mark));
    }
    // The bracket gives way to the mark.
    format!("[{number}{}", if mark == " " { "]" } else { mark })
}

/// The month's tasks: a line each, the day before the first of it.
fn listed(ui: &Ui, days: &ByDate<'_>, (first, last): (NaiveDate, NaiveDate), room: usize, now: Now) -> Vec<String> {
    let paint = ui.paint();
    let mut lines = Vec::new();
    let with_tasks =
        || first.iter_days().take_while(|date| *date <= last).filter_map(|date| Some((date, *days.get(&date)?)));
    let tasks = || with_tasks().flat_map(|(_, day)| &day.tasks);
    let ids = tasks().map(|task| width(&label::of_task(task))).max().unwrap_or(0);
    let times = tasks().map(|task| width(&time(task, now))).max().unwrap_or(0);
    for (date, day) in with_tasks() {
        for (at, task) in day.tasks.iter().enumerate() {
            let day_name = if at == 0 { date.format("%a %e").to_string() } else { String::new() };
            let is_overdue = task.states().any(|state| state == v1::DerivedState::Overdue);
            let role = match () {
                () if is_overdue => Role::Overdue,
                () if date == now.today() => Role::Soon,
                () => Role::Faint,
            };
            let time = if times == 0 { String::new() } else { format!("{}  ", pad(&time(task, now), times)) };
            let id = paint.apply(Role::Id, &format!("{:>ids$}", label::of_task(task)));
            let used = 6 + 2 + width(&time) + ids + 2;
            let title = clean(&task.title);
            let shown = cut(&title, room.saturating_sub(used).max(8));
            let mut line = format!(
                "{}  {time}{id}  {}",
                begin(&day_name, role, paint),
                paint.apply_linked(Role::Plain, &shown, &title)
            );
            let mut left = room.saturating_sub(used + width(&shown));
            for piece in labels(task) {
                let Some(rest) = left.checked_sub(width(&piece.text) + 2) else { break };
                left = rest;
                line.push_str(&format!("  {}", paint.apply(piece.role, &piece.text)));
            }
            lines.push(line);
        }
        let more = day.open.saturating_sub(u32::try_from(day.tasks.len()).unwrap_or(u32::MAX));
        if more > 0 {
            let filter = format!("due:{date}");
            let indent = if room < 48 { "  " } else { "        " };
            lines.push(paint.apply(Role::Faint, &format!("{indent}and {more} more: tasks list {filter}")));
        }
    }
    if lines.is_empty() {
        lines.push(paint.apply(Role::Faint, "nothing is due"));
    }
    lines
}

/// The name of a day in its column.
fn begin(name: &str, role: Role, paint: Paint) -> String {
    format!("{}{}", paint.apply(role, name), " ".repeat(6_usize.saturating_sub(width(name))))
}

fn time(task: &v1::Task, now: Now) -> String {
    dates::read(task.due.as_ref()).map(|due| dates::time_of(due, now)).unwrap_or_default()
}

/// A line a task: date, time, number, title; `-` stands for nothing.
fn plain(ui: &mut Ui, calendar: &Calendar, now: Now) -> Result<(), CliError> {
    let mut rows: Vec<[String; 4]> = Vec::new();
    for day in &calendar.days {
        let date = date_of(day).map(|date| date.to_string()).unwrap_or_default();
        for task in &day.tasks {
            let time = time(task, now);
            let time = if time.is_empty() { "-".to_owned() } else { time };
            rows.push([date.clone(), time, label::of_task(task), clean(&task.title).into_owned()]);
        }
    }
    table::plain(&rows).iter().try_for_each(|line| ui.line(line))?;
    let untold: u64 = calendar.days.iter().map(|day| u64::from(day.open).saturating_sub(day.tasks.len() as u64)).sum();
    if untold > 0 {
        ui.note(&format!("{untold} more on full days: tasks list due:DATE"))?;
    }
    if rows.is_empty() { ui.note("nothing is due") } else { Ok(()) }
}

fn date_of(day: &v1::CalendarDay) -> Option<NaiveDate> {
    date_from_wire(day.date.as_ref()?).ok()
}

fn last_of_month(first: NaiveDate) -> NaiveDate {
    first.iter_days().take_while(|date| date.month() == first.month()).last().unwrap_or(first)
}

/// Which day of the week it is, counted from the one that begins it.
fn column_of(date: NaiveDate, week_start: Weekday) -> usize {
    column_of_day(date.weekday(), week_start)
}

fn column_of_day(day: Weekday, week_start: Weekday) -> usize {
    (day.num_days_from_monday() + 7 - week_start.num_days_from_monday()) as usize % 7
}
