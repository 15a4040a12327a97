//! Projects and tags with how many tasks they have.

use crate::id::TaskId;
use crate::task::Task;
use crate::when::Now;
use std::collections::BTreeMap;

/// How many tasks of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelCounts {
    /// Open or started.
    pub open: u64,
    /// Of those, past their due.
    pub overdue: u64,
    /// Done.
    pub done: u64,
}

impl LabelCounts {
    fn of(task: &Task, now: Now) -> Self {
        Self {
            open: u64::from(task.status().is_live()),
            overdue: u64::from(task.is_overdue(now)),
            done: u64::from(task.done_at.is_some()),
        }
    }

    fn add(&mut self, other: Self) {
        self.open += other.open;
        self.overdue += other.overdue;
        self.done += other.done;
    }
}

/// A project with the tasks that belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectCount {
    /// The whole name, each part as first spelt.
    pub name: String,
    /// Tasks of exactly this project.
    pub own: LabelCounts,
    /// The same with those of its parts.
    pub total: LabelCounts,
}

/// A tag with the tasks that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagCount {
    /// As first spelt.
    pub name: String,
    /// Tasks that have it.
    pub counts: LabelCounts,
}

#[derive(Clone, Debug)]
struct Label {
    /// How the oldest task spells it; ids are ordered by when they were made.
    spelt: (TaskId, String),
    own: LabelCounts,
    total: LabelCounts,
}

/// Counts projects and tags of tasks.
#[derive(Clone, Debug)]
pub struct Labels {
    now: Now,
    /// By the folded parts, so that the parts of a project follow it.
    projects: BTreeMap<Vec<String>, Label>,
    tags: BTreeMap<String, Label>,
}

impl Labels {
    /// Nothing counted yet.
    pub fn new(now: Now) -> Self {
        Self { now, projects: BTreeMap::new(), tags: BTreeMap::new() }
    }

    /// Counts one task.
    pub fn count(&mut self, task: &Task) {
        let counts = LabelCounts::of(task, self.now);
        for tag in &task.tags {
            label(&mut self.tags, tag.folded(), task.id, tag.as_str()).own.add(counts);
        }
        let Some(project) = &task.project else { return };
        let parts: Vec<&str> = project.as_str().split('/').collect();
        let folded: Vec<String> = parts.iter().map(|part| part.to_lowercase()).collect();
        for depth in 1..=parts.len() {
            let label = label(&mut self.projects, folded[..depth].to_vec(), task.id, parts[depth - 1]);
            label.total.add(counts);
            if depth == parts.len() {
                label.own.add(counts);
            }
        }
    }

    /// Every project, its parts after it, those too that only have parts.
    pub fn projects(&self) -> Vec<ProjectCount> {
        let name = |folded: &[String]| {
            let parts = (1..=folded.len()).map(|depth| self.projects[&folded[..depth]].spelt.1.as_str());
            parts.collect::<Vec<_>>().join("/")
        };
        let count = |(folded, label): (&Vec<String>, &Label)| ProjectCount {
            name: name(folded),
            own: label.own,
            total: label.total,
        };
        self.projects.iter().map(count).collect()
    }

    /// Every tag, by name.
    pub fn tags(&self) -> Vec<TagCount> {
        self.tags.values().map(|label| TagCount { name: label.spelt.1.clone(), counts: label.own }).collect()
    }
}

fn label<'a, K: Ord>(labels: &'a mut BTreeMap<K, Label>, key: K, task: TaskId, spelt: &str) -> &'a mut Label {
    let label = labels.entry(key).or_insert_with(|| Label {
        spelt: (task, spelt.to_owned()),
        own: LabelCounts::default(),
        total: LabelCounts::default(),
    });
    if task < label.spelt.0 {
        label.spelt = (task, spelt.to_owned());
    }
    label
}
