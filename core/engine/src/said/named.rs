//! The tasks that a sentence names: by number, by "it", by words, or all that are so.

use super::{Deed, asked};
use crate::error::EngineError;
use crate::lookup;
use crate::request::{Caller, Selection, Targets, TextReading};
use crate::store::{Class, StoreRead, Stretch};
use crate::{log, reference, select, targets};
use std::ops::ControlFlow;
use tasks_domain::command::Step;
use tasks_domain::error::Error;
use tasks_domain::filter::Filter;
use tasks_domain::id::TaskId;
use tasks_domain::naming::{Meant, Name, Nameable, decide};
use tasks_domain::operation::Reason;
use tasks_domain::task::Task;
use tasks_domain::text::{Project, Tag};
use tasks_language::Reading;

/// Most tasks to choose from.
const CHOICES_MAX: usize = 9;
/// How far back the command lies that "it" is about, in entries of the log.
const BACK_MAX: usize = 20;
/// What was talked about last.
const IT: &[&str] = &[
    "it",
    "that",
    "this",
    "that one",
    "this one",
    "the last one",
    "last one",
    "last task",
    "that task",
    "this task",
    "them",
    "those",
    "these",
];

/// What was found.
pub(super) enum Found {
    /// These are meant; whether a filter found them.
    Tasks(Vec<TaskId>, bool),
    /// One of these is meant.
    Several(Vec<TaskId>),
}

/// The tasks that are meant.
pub(super) fn tasks(tx: &dyn StoreRead, kept: &TextReading, caller: &Caller, deed: Deed) -> Result<Found, EngineError> {
    let reading = &kept.reading;
    let target = reading.target.as_deref().unwrap_or_default().trim().trim_end_matches(['.', '!', '?', ',']);
    let says_which = reading.due.is_some() || reading.project.is_some() || !reading.tags.is_empty();
    if target.is_empty() && !says_which {
        return Err(Error::NoTaskNamed.into());
    }
    if target.is_empty() || asked::says_all(target) {
        return all(tx, kept, caller, deed);
    }
    if IT.iter().any(|it| it.eq_ignore_ascii_case(target)) {
        return it(tx);
    }
    let number = target.trim_start_matches(['#']).trim_start_matches("number ").trim();
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Found::Tasks(vec![reference::task(tx, number)?], false));
    }
    by_words(tx, target, reading, caller)
}

/// "everything due today", "all completed tasks".
fn all(tx: &dyn StoreRead, kept: &TextReading, caller: &Caller, deed: Deed) -> Result<Found, EngineError> {
    let words = asked::filter(&kept.text, &kept.reading, &caller.language());
    let filter = if words.is_empty() {
        vec!["status:open".to_owned(), "or".to_owned(), "status:started".to_owned()]
    } else {
        words
    };
    let step = match deed {
        Deed::Done => Some(Step::Done),
        Deed::Delete => Some(Step::Delete),
        Deed::Add | Deed::Edit => None,
    };
    let targets = Targets { references: Vec::new(), selection: Selection { filter, ..Selection::default() } };
    Ok(Found::Tasks(targets::tasks(tx, &targets, caller, step)?, true))
}

/// What the newest command of a person was about.
fn it(tx: &dyn StoreRead) -> Result<Found, EngineError> {
    for entry in log::list(tx, log::LogList { limit: BACK_MAX, ..log::LogList::default() })? {
        let own = matches!(entry.header.reason, Reason::User) && !entry.undone;
        let Some((_, operation)) = tx.operation(entry.header.id)?.filter(|_| own) else { continue };
        let mut live = Vec::new();
        for id in log::touched(tx, &operation)? {
            if lookup::task(tx, id)?.is_some_and(|task| task.exists && task.status().is_live()) {
                live.push(id);
            }
        }
        match live.len() {
            0 => {}
            1 => return Ok(Found::Tasks(live, false)),
            _ => {
                live.truncate(CHOICES_MAX);
                return Ok(Found::Several(live));
            }
        }
    }
    Err(Error::NoTaskNamed.into())
}

/// Of the open tasks the one that is called so. A date, project or tag that was said decides between them.
fn by_words(tx: &dyn StoreRead, target: &str, reading: &Reading, caller: &Caller) -> Result<Found, EngineError> {
    let name = Name::of(target);
    let (mut like, mut so) = (Vec::new(), Vec::new());
    let open = Filter::And(Vec::new());
    select::stretch(tx, &Stretch::all(Class::Live), &open, caller.now, &mut |found| {
        let task = &found.task;
        let labels: Vec<&str> =
            task.project.iter().map(Project::as_str).chain(task.tags.iter().map(Tag::as_str)).collect();
        let likeness = name.likeness(&Nameable { title: &task.title, labels: &labels });
        if likeness > 0.0 {
            like.push((task.id, likeness, task.modified_at));
            if is_so(task, reading) {
                so.push((task.id, likeness, task.modified_at));
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let meant = match decide(so) {
        Meant::Nobody => decide(like),
        meant => meant,
    };
    match meant {
        Meant::One(id) => Ok(Found::Tasks(vec![id], false)),
        Meant::Several(mut ids) => {
            ids.truncate(CHOICES_MAX);
            Ok(Found::Several(ids))
        }
        Meant::Nobody => Err(Error::NoTaskCalled { words: target.to_owned() }.into()),
    }
}

fn is_so(task: &Task, reading: &Reading) -> bool {
    let due = reading.due.is_none_or(|due| task.due.is_some_and(|of| of.date() == due.date()));
    let project = reading.project.as_ref().is_none_or(|project| {
        task.project.as_ref().is_some_and(|of| of.as_str().eq_ignore_ascii_case(project.as_str()))
    });
    let tags = reading.tags.iter().all(|tag| task.tags.iter().any(|of| of.folded() == tag.folded()));
    due && project && tags
}
