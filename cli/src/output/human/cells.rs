//! The cells of a task in a table.

use crate::output::dates;
use crate::output::label;
use crate::output::style::Role;
use crate::output::table::{Cell, Piece, Row};
use crate::output::text::clean;
use tasks_domain::when::Now;
use tasks_proto::v1;

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

/// The row of a task.
pub(super) fn row(task: &v1::Task, form: DateForm, now: Now) -> Row {
    let due = dates::read(task.due.as_ref());
    let role = due.map_or(Role::Plain, |due| dates::role(due, now));
    let ended = matches!(task.status(), v1::Status::Done | v1::Status::Deleted);
    let role = if ended { Role::Faint } else { role };
    let date = due.map(|due| match form {
        DateForm::Full => dates::full(due, now),
        DateForm::TimeToday | DateForm::TimeOther => dates::time_of(due, now),
    });
    let relative = due.map(|due| match form {
        DateForm::Full => dates::relative(due, now),
        DateForm::TimeToday if !dates::time_of(due, now).is_empty() => dates::relative(due, now),
        DateForm::TimeToday | DateForm::TimeOther => String::new(),
    });
    let title_role = match task.status() {
        v1::Status::Done | v1::Status::Deleted => Role::Faint,
        _ => Role::Plain,
    };
    [
        Cell::of(label::of_task(task), Role::Id),
        Cell::of(clean(&task.title), title_role),
        Cell::of(date.unwrap_or_default(), role),
        Cell::of(relative.unwrap_or_default(), if role == Role::Overdue { role } else { Role::Faint }),
        state(task),
        priority(task),
        Cell(labels(task)),
    ]
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

/// What is special about where the task stands.
fn state(task: &v1::Task) -> Cell {
    let has = |state| task.states().any(|one| one == state);
    match task.status() {
        v1::Status::Started => Cell::of("started", Role::Started),
        v1::Status::Done => Cell::of("done", Role::Good),
        v1::Status::Deleted => Cell::of("deleted", Role::Faint),
        _ if has(v1::DerivedState::Waiting) => Cell::of("waiting", Role::Faint),
        _ if has(v1::DerivedState::Blocked) => Cell::of("blocked", Role::Faint),
        _ => Cell::default(),
    }
}

/// Project and tags.
pub(super) fn labels(task: &v1::Task) -> Vec<Piece> {
    let project =
        (!task.project.is_empty()).then(|| Piece { text: format!("@{}", clean(&task.project)), role: Role::Project });
    let tags = task.tags.iter().map(|tag| Piece { text: format!("#{}", clean(tag)), role: Role::Tag });
    project.into_iter().chain(tags).collect()
}

/// One line of words for pipes: every word but the title, which is last, has no blanks, and `-` stands for nothing.
pub(super) fn plain(task: &v1::Task, now: Now) -> [String; 7] {
    let word = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let tags: Vec<String> = task.tags.iter().map(|tag| clean(tag).into_owned()).collect();
    let status = match task.status() {
        v1::Status::Unspecified => "unknown",
        v1::Status::Open if task.states().any(|one| one == v1::DerivedState::Waiting) => "waiting",
        v1::Status::Open if task.states().any(|one| one == v1::DerivedState::Blocked) => "blocked",
        v1::Status::Open => "open",
        v1::Status::Started => "started",
        v1::Status::Done => "done",
        v1::Status::Deleted => "deleted",
    };
    [
        label::of_task(task),
        word(dates::read(task.due.as_ref()).map(|due| dates::iso(due, now)).unwrap_or_default()),
        dates::priority_word(task.priority()).to_owned(),
        status.to_owned(),
        word(clean(&task.project).into_owned()),
        word(tags.join(",")),
        clean(&task.title).into_owned(),
    ]
}
