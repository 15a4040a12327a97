//! Orders of a listing.

use crate::id::TaskId;
use crate::task::Task;
use crate::when::Now;
use std::cmp::Reverse;

/// What a listing is ordered by. Every order ends with age, so that it is total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortOrder {
    /// By due (none last), then priority, then age.
    #[default]
    Due,
    /// Most important first.
    Priority,
    /// By title.
    Title,
    /// By project, tasks without one last.
    Project,
    /// Oldest first.
    Created,
    /// Latest change first.
    Modified,
    /// Most pressing first.
    Urgency,
    /// By short number, tasks without one last.
    Number,
}

impl SortOrder {
    /// All orders.
    pub const ALL: [Self; 8] = [
        Self::Due,
        Self::Priority,
        Self::Title,
        Self::Project,
        Self::Created,
        Self::Modified,
        Self::Urgency,
        Self::Number,
    ];

    /// The word for it in what is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Priority => "priority",
            Self::Title => "title",
            Self::Project => "project",
            Self::Created => "created",
            Self::Modified => "modified",
            Self::Urgency => "urgency",
            Self::Number => "number",
        }
    }

    /// The order of a word; `None` for one that this build does not know.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.word() == word)
    }
}

/// What one task is ordered by: small, so that the keys of very many tasks fit in memory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey(By, Box<[By]>, DueKey);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Number(i64),
    Text(Box<str>),
    TextDown(Reverse<Box<str>>),
    /// What the order is by is not there; whichever way it goes, that is last.
    Last,
}

impl By {
    /// The other way round.
    fn down(self) -> Self {
        match self {
            // No key is the least number there is.
            Self::Number(number) => Self::Number(-number),
            Self::Text(text) => Self::TextDown(Reverse(text)),
            other => other,
        }
    }
}

/// An order among several, of which each decides where those before it do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortTerm {
    /// By what.
    pub order: SortOrder,
    /// The other way round than that order goes.
    pub reverse: bool,
}

impl SortKey {
    /// The key of a task where several orders decide one after the other; what none of them decides is by due.
    pub fn of_several(terms: &[SortTerm], task: &Task, number: Option<u32>, now: Now, blocked: bool) -> Self {
        let mut all = terms.iter().map(|term| {
            let by = by(term.order, task, number, now, blocked);
            if term.reverse { by.down() } else { by }
        });
        let first = all.next().unwrap_or(By::Number(0));
        Self(first, all.collect(), due_key(task))
    }
}

impl SortKey {
    /// The key of a task in this order. `number` is its short one, `blocked` counts for its urgency.
    pub fn of(order: SortOrder, task: &Task, number: Option<u32>, now: Now, blocked: bool) -> Self {
        match order {
            // The rest of the key is that order.
            SortOrder::Due => Self(By::Number(0), Box::default(), due_key(task)),
            SortOrder::Created => Self(By::Number(task.created_at), Box::default(), (0, Reverse(0), task.id)),
            _ => Self(by(order, task, number, now, blocked), Box::default(), due_key(task)),
        }
    }

    /// The task it is the key of.
    pub fn id(&self) -> TaskId {
        self.2.2
    }
}

fn by(order: SortOrder, task: &Task, number: Option<u32>, now: Now, blocked: bool) -> By {
    match order {
        SortOrder::Due => task.due.map_or(By::Last, |due| By::Number(due.sort_key())),
        SortOrder::Priority => By::Number(-i64::from(task.priority().rank())),
        SortOrder::Title => By::Text(task.title.to_lowercase().into()),
        SortOrder::Project => task.project.as_ref().map_or(By::Last, |project| By::Text(project.folded().into())),
        SortOrder::Created => By::Number(task.created_at),
        SortOrder::Modified => By::Number(-task.modified_at),
        // Two digits, as it is rounded.
        SortOrder::Urgency => By::Number(-(task.urgency(now, blocked) * 100.0).round() as i64),
        SortOrder::Number => number.map_or(By::Last, |number| By::Number(i64::from(number))),
    }
}

/// Due, priority, age.
type DueKey = (i64, Reverse<u8>, TaskId);

/// The key of the default order; stores keep an index by its first two parts.
fn due_key(task: &Task) -> DueKey {
    (due_sort(task), Reverse(task.priority().rank()), task.id)
}

/// Seconds of the wall clock at which a task is due, [`i64::MAX`] without a due.
pub fn due_sort(task: &Task) -> i64 {
    task.due.map_or(i64::MAX, |due| due.sort_key())
}
