//! The cells of a task in a table.

use super::reminders;
use crate::columns::Column;
use crate::output::dates;
use crate::output::label;
use crate::output::style::Role;
use crate::output::table::{Cell, Piece, Plain, Row};
use crate::output::text::clean;
use std::fmt::Write as _;
use tasks_domain::when::{Now, When};
use tasks_proto::v1;

/// The mark of what comes again.
const AGAIN: &str = "↻";

/// How a row shows its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateForm {
    /// With the day.
    Full,
    /// Under a heading that names the day: the time only, and how far it is only for today.
    TimeToday,
    /// The same for another day.
    TimeOther,
}

/// The row of a task in the usual columns.
pub(super) fn row(task: &v1::Task, form: DateForm, now: Now) -> Row {
    Column::USUAL.iter().map(|column| cell(*column, task, form, now)).collect()
}

/// The row of a task in these columns.
pub(super) fn row_of(columns: &[Column], task: &v1::Task, now: Now) -> Row {
    columns.iter().map(|column| cell(*column, task, DateForm::Full, now)).collect()
}

fn cell(column: Column, task: &v1::Task, form: DateForm, now: Now) -> Cell {
    let date = |when: Option<&v1::When>, role: Role| {
        Cell::of(dates::read(when).map(|when| dates::full(when, now)).unwrap_or_default(), role)
    };
    let instant = |ms: i64| Cell::of(dates::instant_or_nothing(ms, now), Role::Faint);
    match column {
        Column::Id => Cell::of(label::of_task(task), Role::Id),
        Column::Title => Cell::of(clean(&task.title), if is_ended(task) { Role::Faint } else { Role::Plain }),
        Column::Due => due(task, form, now),
        Column::Relative => relative(task, form, now),
        Column::State => state(task),
        Column::Priority => priority(task),
        Column::Labels => Cell(labels(task).into_iter().chain(reminder(task, now)).collect()),
        Column::Project => Cell(project(task).into_iter().collect()),
        Column::Tags => Cell(tags(task).collect()),
        Column::Urgency => Cell::of(format!("{:.1}", task.urgency), Role::Plain),
        Column::Estimate => Cell::of(dates::length(task.estimate_seconds), Role::Plain),
        Column::Progress => Cell::of(progress(task), Role::Plain),
        Column::Start => date(task.start.as_ref(), Role::Plain),
        Column::End => date(task.end.as_ref(), Role::Plain),
        Column::Wait => date(task.wait.as_ref(), Role::Faint),
        Column::Created => instant(task.created_at_unix_ms),
        Column::Modified => instant(task.modified_at_unix_ms),
        Column::Started => instant(task.started_at_unix_ms),
        Column::Done => instant(task.done_at_unix_ms),
        Column::Deleted => instant(task.deleted_at_unix_ms),
        Column::Notes => Cell::of(clean(task.notes.lines().next().unwrap_or_default()), Role::Faint),
        Column::Letters => Cell::of(label::letters_of_task(&task.id), Role::Faint),
    }
}

fn is_ended(task: &v1::Task) -> bool {
    matches!(task.status(), v1::Status::Done | v1::Status::Deleted)
}

fn due_role(task: &v1::Task, due: When, now: Now) -> Role {
    if is_ended(task) { Role::Faint } else { dates::role(due, now) }
}

fn due(task: &v1::Task, form: DateForm, now: Now) -> Cell {
    let Some(due) = dates::read(task.due.as_ref()) else { return Cell::default() };
    let text = match form {
        DateForm::Full => dates::full(due, now),
        DateForm::TimeToday | DateForm::TimeOther => under_its_day(task, due, now),
    };
    let role = due_role(task, due, now);
    if task.rule.is_empty() {
        return Cell::of(text, role);
    }
    let mark = Piece { text: AGAIN.to_owned(), role: Role::Faint };
    Cell([Piece { text, role }, mark].into_iter().filter(|piece| !piece.text.is_empty()).collect())
}

/// The time of day; for a period its other end as well.
fn under_its_day(task: &v1::Task, due: When, now: Now) -> String {
    let time = dates::time_of(due, now);
    let zone = now.zone();
    if let When::Date(due) = due {
        let day = |when: Option<&v1::When>| dates::read(when).map(|when| when.date_in(zone));
        let name = |day| dates::day(day, now.today());
        return match (day(task.start.as_ref()), day(task.end.as_ref())) {
            (_, Some(end)) if end > due => format!("to {}", name(end)),
            (Some(start), _) if start < due && start <= now.today() => format!("since {}", name(start)),
            (Some(start), _) if start < due => format!("from {}", name(start)),
            _ => time,
        };
    }
    match dates::read(task.end.as_ref()) {
        Some(end @ When::At(_)) if !time.is_empty() && end.date_in(now.zone()) == due.date_in(now.zone()) => {
            let end = dates::time_of(end, now);
            if end == time { time } else { format!("{time}–{end}") }
        }
        _ => time,
    }
}

fn relative(task: &v1::Task, form: DateForm, now: Now) -> Cell {
    let Some(due) = dates::read(task.due.as_ref()) else { return Cell::default() };
    let text = match form {
        DateForm::Full => dates::relative(due, now),
        DateForm::TimeToday if !dates::time_of(due, now).is_empty() => dates::relative(due, now),
        DateForm::TimeToday | DateForm::TimeOther => String::new(),
    };
    let role = due_role(task, due, now);
    Cell::of(text, if role == Role::Overdue { role } else { Role::Faint })
}

/// "2/5" for a task with parts; empty for others.
fn progress(task: &v1::Task) -> String {
    match task.children_total {
        0 => String::new(),
        total => format!("{}/{total}", task.children_done),
    }
}

/// The priority, when it is not the default.
fn priority(task: &v1::Task) -> Cell {
    let word = dates::priority_word(task.priority());
    match task.priority() {
        v1::Priority::Unspecified | v1::Priority::Medium => Cell::default(),
        v1::Priority::Urgent => Cell::of(word, Role::Urgent),
        v1::Priority::High => Cell::of(word, Role::High),
        v1::Priority::Low => Cell::of(word, Role::Faint),
    }
}

/// What is special about where the task stands, and how much of its parts is done.
fn state(task: &v1::Task) -> Cell {
    let has = |state| task.states().any(|one| one == state);
    let (word, role) = match task.status() {
        v1::Status::Started => ("started", Role::Started),
        v1::Status::Done => ("done", Role::Good),
        v1::Status::Deleted => ("deleted", Role::Faint),
        _ if has(v1::DerivedState::Waiting) => ("waiting", Role::Faint),
        _ if has(v1::DerivedState::Blocked) => ("blocked", Role::Faint),
        _ => ("", Role::Plain),
    };
    let pieces = [(word.to_owned(), role), (progress(task), Role::Faint)];
    Cell(pieces.into_iter().filter(|(text, _)| !text.is_empty()).map(|(text, role)| Piece { text, role }).collect())
}

/// Project and tags.
pub(super) fn labels(task: &v1::Task) -> Vec<Piece> {
    project(task).into_iter().chain(tags(task)).collect()
}

/// When the next reminder comes.
fn reminder(task: &v1::Task, now: Now) -> Option<Piece> {
    reminders::mark(task, now).map(|text| Piece { text, role: Role::Faint })
}

fn project(task: &v1::Task) -> Option<Piece> {
    (!task.project.is_empty()).then(|| Piece { text: format!("@{}", clean(&task.project)), role: Role::Project })
}

fn tags(task: &v1::Task) -> impl Iterator<Item = Piece> + '_ {
    task.tags.iter().map(|tag| Piece { text: format!("#{}", clean(tag)), role: Role::Tag })
}

/// The same with their signs apart.
fn label_words(task: &v1::Task) -> impl Iterator<Item = (&'static str, &str)> {
    let project = Some(task.project.as_str()).filter(|project| !project.is_empty()).map(|project| ("@", project));
    project.into_iter().chain(task.tags.iter().map(|tag| ("#", tag.as_str())))
}

/// Tasks in words for pipes: every one but title, notes and labels has no blanks, and `-` stands for nothing.
pub(super) fn table<'a>(columns: &[Column], tasks: impl Iterator<Item = &'a v1::Task>, now: Now) -> Plain {
    let mut table = Plain::new(columns.len());
    add(&mut table, columns, tasks, now);
    table
}

/// Adds tasks to such a table.
pub(super) fn add<'a>(table: &mut Plain, columns: &[Column], tasks: impl Iterator<Item = &'a v1::Task>, now: Now) {
    for task in tasks {
        for column in columns {
            table.cell(|out| {
                let before = out.len();
                write_plain(out, *column, task, now);
                if out.len() == before {
                    out.push('-');
                }
            });
        }
    }
}

/// The words of one task in that form.
pub(super) fn plain(columns: &[Column], task: &v1::Task, now: Now) -> Vec<String> {
    let word = |column: &Column| {
        let mut out = String::new();
        write_plain(&mut out, *column, task, now);
        if out.is_empty() { "-".to_owned() } else { out }
    };
    columns.iter().map(word).collect()
}

fn write_plain(out: &mut String, column: Column, task: &v1::Task, now: Now) {
    let mut say = |text: &str| out.push_str(text);
    let date = |when: Option<&v1::When>| dates::read(when).map(|when| dates::iso(when, now)).unwrap_or_default();
    let instant = |ms: i64| dates::iso_instant(ms, now);
    match column {
        // Without a text of its own: a long list has a number in every line.
        Column::Id if task.number > 0 => _ = write!(out, "{}", task.number),
        Column::Id => say(&label::of_task(task)),
        Column::Title => say(&clean(&task.title)),
        Column::Due => say(&date(task.due.as_ref())),
        Column::Relative => {
            let due = dates::read(task.due.as_ref());
            say(&due.map(|due| dates::relative(due, now).replace(' ', "_")).unwrap_or_default());
        }
        Column::State => say(status_word(task)),
        Column::Priority => say(dates::priority_word(task.priority())),
        Column::Labels => {
            for (at, (sign, name)) in label_words(task).enumerate() {
                say(if at == 0 { "" } else { " " });
                say(sign);
                say(&clean(name));
            }
        }
        Column::Project => say(&clean(&task.project)),
        Column::Tags => {
            for (at, tag) in task.tags.iter().enumerate() {
                say(if at == 0 { "" } else { "," });
                say(&clean(tag));
            }
        }
        Column::Urgency => say(&format!("{:.1}", task.urgency)),
        Column::Estimate if task.estimate_seconds == 0 => {}
        Column::Estimate => {
            say(&chrono::Duration::try_seconds(task.estimate_seconds).map(dates::iso_length).unwrap_or_default());
        }
        Column::Progress => say(&progress(task)),
        Column::Start => say(&date(task.start.as_ref())),
        Column::End => say(&date(task.end.as_ref())),
        Column::Wait => say(&date(task.wait.as_ref())),
        Column::Created => say(&instant(task.created_at_unix_ms)),
        Column::Modified => say(&instant(task.modified_at_unix_ms)),
        Column::Started => say(&instant(task.started_at_unix_ms)),
        Column::Done => say(&instant(task.done_at_unix_ms)),
        Column::Deleted => say(&instant(task.deleted_at_unix_ms)),
        Column::Notes => say(&clean(task.notes.lines().next().unwrap_or_default())),
        Column::Letters => say(&label::letters_of_task(&task.id)),
    }
}

fn status_word(task: &v1::Task) -> &'static str {
    let has = |state| task.states().any(|one| one == state);
    match task.status() {
        v1::Status::Unspecified => "unknown",
        v1::Status::Open if has(v1::DerivedState::Waiting) => "waiting",
        v1::Status::Open if has(v1::DerivedState::Blocked) => "blocked",
        v1::Status::Open => "open",
        v1::Status::Started => "started",
        v1::Status::Done => "done",
        v1::Status::Deleted => "deleted",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tasks_domain::id::TaskId;
    use tasks_domain::priority::Priority;
    use tasks_domain::register::Registers;
    use tasks_domain::shown::{Progress, Shown};
    use tasks_domain::task::{DerivedState, Status, Task};
    use tasks_domain::text::{Project, Tag};
    use tasks_domain::when::Zone;
    use tasks_proto::convert::task::{into_basic_wire, into_wire};

    #[test]
    fn the_basic_view_has_all_that_the_lines_of_a_pipe_say() {
        let now = Now::from_unix_ms(1_795_338_000_000, Zone::Europe__Berlin).unwrap();
        let empty = Task::read(TaskId::from_bytes([7; 16]), &Registers::default());
        let task = |progress, deleted_at| Task {
            title: "pay rent".to_owned(),
            due: Some(When::Date(now.today())),
            priority: Some(Priority::High),
            project: Project::parse("home").ok(),
            tags: vec![Tag::parse("money").unwrap(), Tag::parse("bank").unwrap()],
            progress,
            deleted_at,
            ..empty.clone()
        };
        let shown = |task, number, states| Shown {
            task,
            number,
            short_id: number.is_none().then(|| "kx".to_owned()),
            states,
            urgency: 3.0,
            progress: Progress::default(),
            reminders: Vec::new(),
        };
        for shown in [
            shown(task(Status::Open, None), Some(3), vec![DerivedState::Waiting]),
            shown(task(Status::Open, None), Some(3), vec![DerivedState::Blocked, DerivedState::Overdue]),
            shown(task(Status::Started, None), Some(4), Vec::new()),
            shown(task(Status::Done, None), None, Vec::new()),
            shown(task(Status::Open, Some(5)), None, Vec::new()),
        ] {
            let whole = plain(&Column::PLAIN, &into_wire(shown.clone()), now);
            assert_eq!(plain(&Column::PLAIN, &into_basic_wire(shown), now), whole);
            assert!(!whole.contains(&"-".to_owned()), "every column says something: {whole:?}");
        }
    }
}
