//! What to do next, projects and tags.

use super::VERSION;
use super::task::TaskDoc;
use crate::outcome::{Labels, Next};
use serde::Serialize;
use tasks_proto::v1;

/// The most pressing tasks.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct NextDoc<'a> {
    version: u32,
    /// Most pressing first.
    tasks: Vec<TaskDoc<'a>>,
    /// Whether more tasks could be done now.
    more: bool,
    /// With `--why`: what the urgency of each task is the sum of, in the same order; empty without.
    why: Vec<WhyDoc<'a>>,
}

/// What one task's urgency is made of.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct WhyDoc<'a> {
    /// The task's.
    id: String,
    urgency: f64,
    terms: Vec<TermDoc<'a>>,
}

/// One term of the sum.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TermDoc<'a> {
    /// due, priority, started, age, tags, project, blocked or waiting.
    cause: &'a str,
    /// Below 0 for what takes away.
    value: f64,
}

/// What a search found.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct FoundDoc<'a> {
    version: u32,
    /// Best first; open ones before done ones.
    tasks: Vec<TaskDoc<'a>>,
    /// Whether more tasks fit.
    more: bool,
    /// Why each task was found, in the same order.
    fits: Vec<FitDoc<'a>>,
    /// Words that are nowhere as they were typed.
    taken_for: Vec<TakenForDoc<'a>>,
}

/// How well one task fits, and where.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct FitDoc<'a> {
    /// The task's.
    id: String,
    /// The better the greater; comparable within one answer.
    score: f64,
    /// Places in the title.
    title: Vec<StretchDoc>,
    /// A line of the notes, or a part of it, when a word is only there.
    excerpt: Option<&'a str>,
    /// Places in the excerpt.
    excerpt_spans: Vec<StretchDoc>,
}

/// A stretch of a text: bytes, the end excluded.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct StretchDoc {
    start: u32,
    end: u32,
}

/// A word and what it was taken for.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TakenForDoc<'a> {
    typed: &'a str,
    word: &'a str,
}

impl<'a> FoundDoc<'a> {
    pub(super) fn of(found: &'a v1::SearchTasksResponse) -> Self {
        let tasks = || found.tasks.iter().filter_map(|found| Some((found.task.as_ref()?, found)));
        let spans =
            |spans: &[v1::TextSpan]| spans.iter().map(|span| StretchDoc { start: span.start, end: span.end }).collect();
        let fit = |(task, found): (&v1::Task, &'a v1::FoundTask)| FitDoc {
            id: crate::output::label::letters_of_task(&task.id),
            score: found.score,
            title: spans(&found.title),
            excerpt: Some(found.excerpt.as_str()).filter(|excerpt| !excerpt.is_empty()),
            excerpt_spans: spans(&found.excerpt_spans),
        };
        let taken = |taken: &'a v1::TakenFor| TakenForDoc { typed: &taken.typed, word: &taken.word };
        Self {
            version: VERSION,
            tasks: tasks().map(|(task, _)| TaskDoc::of(task)).collect(),
            more: found.more,
            fits: tasks().map(fit).collect(),
            taken_for: found.taken_for.iter().map(taken).collect(),
        }
    }
}

/// Projects.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ProjectsDoc<'a> {
    version: u32,
    /// The parts of a project follow it.
    projects: Vec<ProjectDoc<'a>>,
}

/// A project with its counts.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ProjectDoc<'a> {
    /// The whole name, as `home/garden`.
    name: &'a str,
    /// Tasks of exactly this project.
    own: CountsDoc,
    /// The same with those of its parts.
    total: CountsDoc,
}

/// Tags.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TagsDoc<'a> {
    version: u32,
    tags: Vec<TagDoc<'a>>,
}

/// A tag with its counts.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TagDoc<'a> {
    name: &'a str,
    total: CountsDoc,
}

/// How many tasks of each sort.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct CountsDoc {
    /// Open or started, the overdue ones among them.
    open: u64,
    overdue: u64,
    done: u64,
}

impl CountsDoc {
    fn of(counts: Option<v1::LabelCounts>) -> Self {
        let counts = counts.unwrap_or_default();
        Self { open: counts.open, overdue: counts.overdue, done: counts.done }
    }
}

impl<'a> NextDoc<'a> {
    pub(super) fn of(next: &'a Next) -> Self {
        let tasks = || next.tasks.iter().filter_map(|next| Some((next.task.as_ref()?, &next.terms)));
        let term = |term: &'a v1::UrgencyTerm| TermDoc { cause: &term.cause, value: term.value };
        let why = tasks().filter(|_| next.why).map(|(task, terms)| WhyDoc {
            id: crate::output::label::letters_of_task(&task.id),
            urgency: task.urgency,
            terms: terms.iter().map(term).collect(),
        });
        Self {
            version: VERSION,
            tasks: tasks().map(|(task, _)| TaskDoc::of(task)).collect(),
            more: next.more,
            why: why.collect(),
        }
    }
}

impl<'a> ProjectsDoc<'a> {
    pub(super) fn of(projects: &'a Labels<v1::ProjectCount>) -> Self {
        Self { version: VERSION, projects: projects.labels.iter().map(ProjectDoc::of).collect() }
    }
}

impl<'a> ProjectDoc<'a> {
    pub(super) fn of(project: &'a v1::ProjectCount) -> Self {
        let (own, total) = (CountsDoc::of(project.own), CountsDoc::of(project.total));
        Self { name: &project.name, own, total }
    }
}

impl<'a> TagDoc<'a> {
    pub(super) fn of(tag: &'a v1::TagCount) -> Self {
        Self { name: &tag.name, total: CountsDoc::of(tag.counts) }
    }
}

impl<'a> TagsDoc<'a> {
    pub(super) fn of(tags: &'a Labels<v1::TagCount>) -> Self {
        Self { version: VERSION, tags: tags.labels.iter().map(TagDoc::of).collect() }
    }
}
