//! The tasks that a sentence names: by number, by "it", by words, or all that are so.

use super::{Deed, asked};
use crate::error::EngineError;
use crate::lookup;
use crate::request::{Caller, Selection, Targets, TextReading};
use crate::store::{Class, StoreRead, Stretch};
use crate::{log, reference, select, targets};
use std::ops::ControlFlow;
use tasks_domain::command::Step;
use tasks_domain::dialogue::{CHOICES_MAX, Named, State};
use tasks_domain::error::Error;
use tasks_domain::filter::Filter;
use tasks_domain::id::TaskId;
use tasks_domain::naming::{self, Meant, Name, Nameable, decide};
use tasks_domain::operation::Reason;
use tasks_domain::task::{Status, Task};
use tasks_domain::text::{Project, Tag};
use tasks_domain::when::Now;
use tasks_language::{Reading, SpanKind, read_pick, step_asked};

/// How far back the command lies that "it" is about, in entries of the log.
const BACK_MAX: usize = 20;
/// What was talked about last.
const IT: &[&str] =
    &["it", "that", "this", "that one", "this one", "the last one", "last one", "last task", "that task", "this task"];

/// The same of several.
const THEM: &[&str] =
    &["them", "those", "these", "they", "all of them", "all of those", "both", "both of them", "the rest"];

/// What was found.
pub(super) enum Found {
    /// These are meant.
    Tasks {
        ids: Vec<TaskId>,
        /// A filter found them.
        by_filter: bool,
        /// Others that could have been meant, were it not for these.
        others: Vec<TaskId>,
    },
    /// One of these is meant.
    Several(Vec<TaskId>),
}

impl Found {
    /// These, without doubt.
    pub(super) fn these(ids: Vec<TaskId>) -> Self {
        Self::Tasks { ids, by_filter: false, others: Vec::new() }
    }
}

/// Whether the words are a word for what was spoken of.
pub(super) fn is_it(target: &str) -> bool {
    let target = target.trim();
    IT.iter().chain(THEM).any(|it| it.eq_ignore_ascii_case(target))
}

/// "make it" of "make it weekly", "repeat that": the name without the verb.
pub(super) fn without_verb(title: &str) -> &str {
    let verbs = ["make ", "repeat ", "set ", "let ", "have "];
    let title = title.trim();
    verbs
        .iter()
        .find_map(|verb| title.get(..verb.len())?.eq_ignore_ascii_case(verb).then(|| title[verb.len()..].trim()))
        .unwrap_or(title)
}

/// Whether the title of something new is no title, but a word for what was spoken of: "remind me about it".
pub(super) fn is_spoken_of(title: &str, state: &State) -> bool {
    let name = without_verb(title);
    is_it(name) || read_pick(name).is_some_and(|pick| pick.of(&state.listed).is_some())
}

/// The tasks that are meant.
pub(super) fn tasks(
    tx: &dyn StoreRead,
    kept: &TextReading,
    caller: &Caller,
    deed: Deed,
    state: &State,
) -> Result<Found, EngineError> {
    let reading = &kept.reading;
    let target = reading.target.as_deref().unwrap_or_default().trim().trim_end_matches(['.', '!', '?', ',']);
    let says_which = reading.due.is_some() || reading.project.is_some() || !reading.tags.is_empty();
    if target.is_empty() && !says_which {
        return Err(Error::NoTaskNamed.into());
    }
    let says = |words: &[&str]| words.iter().any(|it| it.eq_ignore_ascii_case(target));
    // "all of them" are those of the list, when only one was spoken of since.
    let row = if state.topic.len() < 2 && state.listed.len() > 1 { &state.listed } else { &state.topic };
    if says(THEM) && !row.is_empty() {
        return Ok(Found::these(row.clone()));
    }
    // A number is a task's own, whatever was listed; and all are all there are.
    let number = target.strip_prefix("task ").unwrap_or(target).trim_start_matches(['#']);
    let number = number.trim_start_matches("number ").trim();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if !target.is_empty()
        && !is_number
        && !says(&["all"])
        && let Some(ids) = read_pick(target).and_then(|pick| pick.of(&state.listed))
    {
        return Ok(Found::these(ids));
    }
    // "mark the first as done" under a list: the day of that name was not listed.
    if target.is_empty()
        && let Some(ids) = listed_first(kept, state)
    {
        return Ok(Found::these(ids));
    }
    if target.is_empty() || asked::says_all(target) {
        return all(tx, kept, caller, deed);
    }
    if says(IT) || says(THEM) {
        return match state.topic.as_slice() {
            [] => it(tx, reopens(kept, caller)),
            [one] => Ok(Found::these(vec![*one])),
            several => Ok(Found::Several(several.iter().copied().take(CHOICES_MAX).collect())),
        };
    }
    if is_number {
        return Ok(Found::these(vec![reference::task(tx, number)?]));
    }
    by_words(tx, target, kept, caller, state)
}

/// What an ordinal that was read as a day of the month picks from the list that was shown.
fn listed_first(kept: &TextReading, state: &State) -> Option<Vec<TaskId>> {
    let mut dates = kept.reading.spans.iter().filter(|span| span.kind == SpanKind::Date);
    let (date, None) = (dates.next()?, dates.next()) else { return None };
    let words = kept.text.get(date.span.start..date.span.end)?;
    let is_ordinal = words.to_lowercase().starts_with("the ") && !words.contains(|c: char| c.is_ascii_digit());
    read_pick(words).filter(|_| is_ordinal)?.of(&state.listed)
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
    Ok(Found::Tasks { ids: targets::tasks(tx, &targets, caller, step)?, by_filter: true, others: Vec::new() })
}

/// Whether a task is asked for that is done, to be reopened.
fn reopens(kept: &TextReading, caller: &Caller) -> bool {
    step_asked(&kept.text, &caller.language()).is_some_and(|(step, _)| step == Step::Reopen)
}

/// What the newest command of a person was about, of what is open, or of what is done.
fn it(tx: &dyn StoreRead, done: bool) -> Result<Found, EngineError> {
    for entry in log::list(tx, log::LogList { limit: BACK_MAX, ..log::LogList::default() })? {
        let own = matches!(entry.header.reason, Reason::User) && !entry.undone;
        let Some((_, operation)) = tx.operation(entry.header.id)?.filter(|_| own) else { continue };
        let mut live = Vec::new();
        for id in log::touched(tx, &operation)? {
            let wanted = |task: &Task| if done { task.status() == Status::Done } else { task.status().is_live() };
            if lookup::task(tx, id)?.is_some_and(|task| task.exists && wanted(&task)) {
                live.push(id);
            }
        }
        match live.len() {
            0 => {}
            1 => return Ok(Found::these(live)),
            _ => {
                live.truncate(CHOICES_MAX);
                return Ok(Found::Several(live));
            }
        }
    }
    Err(Error::NoTaskNamed.into())
}

/// The name in words that speak of a task: "milk" of "the milk one".
pub(super) fn called(words: &str) -> &str {
    let mut words = words.trim().trim_end_matches(['.', '!', '?', ',']);
    let cut = |text: &str, noun: &str| {
        text.len()
            .checked_sub(noun.len())
            .filter(|at| text.get(*at..).is_some_and(|end| end.eq_ignore_ascii_case(noun)))
    };
    if let Some(at) = [" one", " ones", " task", " tasks"].iter().find_map(|noun| cut(words, noun)) {
        words = words[..at].trim();
    }
    let lead = ["the ", "that ", "my "]
        .iter()
        .find(|lead| words.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead)));
    lead.map_or(words, |lead| words[lead.len()..].trim())
}

/// The open task that these words name, and no other.
pub(super) fn only(tx: &dyn StoreRead, words: &str, now: Now) -> Result<Named, EngineError> {
    let name = Name::of(words);
    let mut like = Vec::new();
    select::stretch(tx, &Stretch::all(Class::Live), &Filter::And(Vec::new()), now, &mut |found| {
        let likeness = name.likeness(&nameable(&found.task, &labels(&found.task)));
        like.push((found.task.id, likeness, found.task.modified_at));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(match decide(like) {
        Meant::Nobody => Named::Nobody,
        Meant::One(id) => Named::One(id),
        Meant::Several(ids) => Named::Several(ids),
    })
}

/// What a task's labels are.
pub(super) fn labels(task: &Task) -> Vec<&str> {
    task.project.iter().map(Project::as_str).chain(task.tags.iter().map(Tag::as_str)).collect()
}

/// What can be named of it.
pub(super) fn nameable<'a>(task: &'a Task, labels: &'a [&'a str]) -> Nameable<'a> {
    Nameable { title: &task.title, labels }
}

/// Of the open tasks (of the done ones, to reopen one) that which is called so. A date, project or tag that was said decides between them.
/// Of several that fit as well, the one that was spoken of is meant.
fn by_words(
    tx: &dyn StoreRead,
    target: &str,
    kept: &TextReading,
    caller: &Caller,
    state: &State,
) -> Result<Found, EngineError> {
    let reading = &kept.reading;
    let name = Name::of(target);
    let (mut like, mut so) = (Vec::new(), Vec::new());
    let open = Filter::And(Vec::new());
    let class = if reopens(kept, caller) { Class::Done } else { Class::Live };
    select::stretch(tx, &Stretch::all(class), &open, caller.now, &mut |found| {
        let task = &found.task;
        let likeness = name.likeness(&nameable(task, &labels(task)));
        if likeness > 0.0 {
            like.push((task.id, likeness, task.modified_at));
            if is_so(task, reading) {
                so.push((task.id, likeness, task.modified_at));
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let all = like_enough(&like);
    let meant = match decide(so) {
        Meant::Nobody => decide(like),
        meant => meant,
    };
    let only = |id: TaskId, among: &[TaskId]| {
        let others = among.iter().copied().filter(|other| *other != id).take(CHOICES_MAX).collect();
        Found::Tasks { ids: vec![id], by_filter: false, others }
    };
    match meant {
        Meant::One(id) => Ok(only(id, &all)),
        Meant::Several(mut ids) => {
            let spoken_of = |among: &[TaskId]| {
                let mut of: Vec<TaskId> = ids.iter().copied().filter(|id| among.contains(id)).collect();
                if of.len() == 1 { of.pop() } else { None }
            };
            if let Some(id) = spoken_of(&state.topic).or_else(|| spoken_of(&state.listed)) {
                return Ok(only(id, &ids));
            }
            ids.truncate(CHOICES_MAX);
            Ok(Found::Several(ids))
        }
        Meant::Nobody => Err(Error::NoTaskCalled { words: target.to_owned() }.into()),
    }
}

/// All that could be meant, the likeliest first.
fn like_enough(like: &[(TaskId, f32, i64)]) -> Vec<TaskId> {
    let mut like: Vec<_> = like.iter().filter(|(_, likeness, _)| *likeness >= naming::MEANT).collect();
    like.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.2.cmp(&a.2)));
    like.iter().map(|(id, ..)| *id).collect()
}

fn is_so(task: &Task, reading: &Reading) -> bool {
    let due = reading.due.is_none_or(|due| task.due.is_some_and(|of| of.date() == due.date()));
    let project = reading.project.as_ref().is_none_or(|project| {
        task.project.as_ref().is_some_and(|of| of.as_str().eq_ignore_ascii_case(project.as_str()))
    });
    let tags = reading.tags.iter().all(|tag| task.tags.iter().any(|of| of.folded() == tag.folded()));
    due && project && tags
}
