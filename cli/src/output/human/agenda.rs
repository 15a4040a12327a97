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
    let others = agenda.open_tasks.saturating_sub(agenda.tasks.len() as u64);
    match others {
        _ if agenda.more_overdue => Ok(()),
        0 => Ok(()),
        1 => ui.note("1 more task is later or has no date: tasks list"),
        others => ui.note(&format!("{others} more tasks are later or have no date: tasks list")),
    }
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
    let nothing = match agenda.days {
        0 => "Nothing is due today.".to_owned(),
        1 => "Nothing is due today or tomorrow.".to_owned(),
        days => format!("Nothing is due in the next {days} days."),
    };
    match agenda.open_tasks {
        _ if agenda.narrowed => ui.words(&nothing, 0),
        0 => ui.words("No tasks. Add one: tasks add \"buy milk tomorrow 5pm\"", 0),
        1 => ui.words(&format!("{nothing} 1 task is later or has no date: tasks list"), 0),
        others => ui.words(&format!("{nothing} {others} tasks are later or have no date: tasks list"), 0),
    }
}
