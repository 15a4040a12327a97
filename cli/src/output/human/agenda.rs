//! The agenda: overdue, today, and the days ahead.

use super::cells::{DateForm, row};
use crate::error::CliError;
use crate::outcome::Agenda;
use crate::output::dates;
use crate::output::style::Role;
use crate::output::table::{Layout, Row};
use crate::output::ui::Ui;
use tasks_domain::when::Now;
use tasks_proto::v1;

/// Rows under one heading.
struct Section {
    title: String,
    rows: Vec<Row>,
    more: bool,
}

/// Writes it.
pub(super) fn render(ui: &mut Ui, agenda: &Agenda, now: Now) -> Result<(), CliError> {
    if agenda.tasks.is_empty() {
        return empty(ui, agenda);
    }
    let sections = sections(agenda, now);
    let layout = Layout::of(sections.iter().flat_map(|section| &section.rows), ui);
    let paint = ui.paint();
    for section in &sections {
        let role = if section.title == OVERDUE { Role::Urgent } else { Role::Heading };
        ui.line(&paint.apply(role, &section.title))?;
        for row in &section.rows {
            ui.line(&layout.line(row, paint))?;
        }
        if section.more {
            ui.line(&paint.apply(Role::Faint, "    … more: tasks list is:overdue"))?;
        }
    }
    if agenda.more {
        return ui.note("there is more in these days: tasks list");
    }
    if agenda.more_overdue {
        return Ok(());
    }
    match others(agenda) {
        Some(0) => Ok(()),
        Some(1) => ui.note("1 more task is later or has no date: tasks list"),
        Some(others) => ui.note(&format!("{others} more tasks are later or have no date: tasks list")),
        None => ui.note("many more tasks are later or have no date: tasks list"),
    }
}

/// How many open tasks are not shown; `None` for too many to count.
fn others(agenda: &Agenda) -> Option<u64> {
    Some(agenda.open_tasks?.saturating_sub(agenda.tasks.len() as u64))
}

const OVERDUE: &str = "Overdue";

fn sections(agenda: &Agenda, now: Now) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for task in &agenda.tasks {
        let (title, form) = place(task, now);
        let row = row(task, form, now);
        match sections.iter_mut().find(|section| section.title == title) {
            Some(section) => section.rows.push(row),
            None => sections.push(Section { title, rows: vec![row], more: false }),
        }
    }
    if let Some(overdue) = sections.iter_mut().find(|section| section.title == OVERDUE) {
        overdue.more = agenda.more_overdue;
    }
    // Overdue ones may come between others: a time of this morning, behind a task that is due all day.
    sections.sort_by_key(|section| section.title != OVERDUE);
    sections
}

/// The heading that a task stands under, and how its date is shown there.
fn place(task: &v1::Task, now: Now) -> (String, DateForm) {
    let due = dates::read(task.due.as_ref());
    if task.states().any(|state| state == v1::DerivedState::Overdue) {
        return (OVERDUE.to_owned(), DateForm::Full);
    }
    let Some(due) = due else { return ("No date".to_owned(), DateForm::Full) };
    let date = due.date_in(now.zone()).max(now.today());
    let form = if date == now.today() { DateForm::TimeToday } else { DateForm::TimeOther };
    (dates::day_title(date, now.today()), form)
}

fn empty(ui: &mut Ui, agenda: &Agenda) -> Result<(), CliError> {
    let days = agenda.days;
    let ahead = match days {
        0 => "today".to_owned(),
        1 => "today or tomorrow".to_owned(),
        days => format!("in the next {days} days"),
    };
    if agenda.narrowed {
        return ui.words(&format!("Nothing is due {ahead}."), 0);
    }
    let others = match others(agenda) {
        Some(0) => return ui.words("No tasks. Add one: tasks add \"buy milk tomorrow 5pm\"", 0),
        Some(1) => "1 task is later or has no date".to_owned(),
        Some(others) => format!("{others} tasks are later or have no date"),
        None => "Many tasks are later or have no date".to_owned(),
    };
    ui.words(&format!("Nothing is due {ahead}. {others}: tasks list"), 0)
}
