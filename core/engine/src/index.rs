//! What stores keep beside a task, so that it can be found: made from the task, here only.

use crate::store::{Class, Link, TaskIndex};
use tasks_domain::filter::terms;
use tasks_domain::id::TaskId;
use tasks_domain::sort::due_sort;
use tasks_domain::task::{Status, Task};

/// The index of a task that was `before`; as of a new one without.
pub fn of(before: Option<&Task>, after: &Task) -> TaskIndex {
    let (old, new) = (before.map(links).unwrap_or_default(), links(after));
    TaskIndex {
        class: class(after),
        due_sort: due_sort(after),
        priority_rank: after.priority().rank(),
        unlinked: old.iter().filter(|link| !new.contains(link)).copied().collect(),
        linked: new.iter().filter(|link| !old.contains(link)).copied().collect(),
        terms: (!before.is_some_and(|before| reads_alike(before, after))).then(|| terms(after)),
    }
}

fn reads_alike(a: &Task, b: &Task) -> bool {
    (&a.title, &a.notes, &a.project, &a.tags) == (&b.title, &b.notes, &b.project, &b.tags)
}

fn links(task: &Task) -> Vec<(Link, TaskId)> {
    let parent = task.parent.map(|id| (Link::Parent, id));
    let rule = task.rule.map(|id| (Link::Rule, Link::target(id)));
    let open = task.rule.filter(|_| class(task) == Class::Live).map(|id| (Link::OpenOf, Link::target(id)));
    let after = task.after.iter().map(|id| (Link::After, *id));
    parent.into_iter().chain(rule).chain(open).chain(after).collect()
}

/// Which listing a task belongs to.
pub(crate) fn class(task: &Task) -> Class {
    if !task.exists || task.is_emptied() {
        return Class::Gone;
    }
    match task.status() {
        Status::Open | Status::Started => Class::Live,
        Status::Done => Class::Done,
        Status::Deleted => Class::Trash,
    }
}
