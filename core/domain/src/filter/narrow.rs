//! Where a filter's matches can be at all, for stores: always a superset, so that only [`Filter::matches`] decides.

use super::{Comparison, DateField, Filter, State};
use crate::task::{Status, Task};
use crate::text::{Project, Tag};
use crate::when::Now;
use crate::words::{Phrase, words};
use chrono::NaiveDate;

/// What a store's index of terms must find in a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// This term.
    Term(String),
    /// A term that begins like this.
    Prefix(String),
    /// All of them.
    All(Vec<Need>),
    /// One of them.
    Any(Vec<Need>),
}

/// A shorter beginning fits so many words that looking them all up costs more than it spares.
const PREFIX_MIN: usize = 2;

/// Longer words are found by their beginning of so many characters.
const TERM_CHARS_MAX: usize = 64;

/// The terms by which a task is found, with a blank between two: its words, `#tag` for each tag, `@project` for its project and
/// all that this is a part of. None is longer than some hundred bytes, and none has a blank in it.
pub fn terms(task: &Task) -> String {
    let mut terms = String::new();
    let mut add = |term: &str| {
        if !terms.is_empty() {
            terms.push(' ');
        }
        terms.push_str(cut(term));
    };
    let texts = [Some(task.title.as_str()), task.notes.as_deref(), task.project.as_ref().map(Project::as_str)];
    for text in texts.into_iter().flatten().chain(task.tags.iter().map(Tag::as_str)) {
        words(text).for_each(|word| add(&word));
    }
    task.tags.iter().for_each(|tag| add(&tag_term(&tag.folded())));
    if let Some(project) = &task.project {
        let term = project_term(project);
        let ends = term.match_indices('/').map(|(at, _)| at).chain([term.len()]);
        ends.for_each(|end| add(&term[..end]));
    }
    terms
}

fn cut(term: &str) -> &str {
    let end = term.char_indices().nth(TERM_CHARS_MAX).map_or(term.len(), |(at, _)| at);
    &term[..end]
}

fn tag_term(folded: &str) -> String {
    format!("#{folded}")
}

fn project_term(project: &Project) -> String {
    format!("@{}", project.folded())
}

fn phrase_need(phrase: &Phrase) -> Option<Need> {
    let (last, whole) = phrase.words().split_last()?;
    let mut all: Vec<Need> = whole.iter().map(|word| Need::Term(cut(word).to_owned())).collect();
    if last.chars().count() >= PREFIX_MIN || !last.is_ascii() {
        all.push(Need::Prefix(cut(last).to_owned()));
    }
    match all.len() {
        0 => None,
        1 => all.pop(),
        _ => Some(Need::All(all)),
    }
}

impl Filter {
    /// What its matches have in an index of [`terms`]; `None` when that tells nothing.
    pub fn need(&self) -> Option<Need> {
        match self {
            Self::And(all) => {
                let mut needs: Vec<Need> = all.iter().filter_map(Self::need).collect();
                if needs.len() < 2 { needs.pop() } else { Some(Need::All(needs)) }
            }
            Self::Or(any) if !any.is_empty() => Some(Need::Any(any.iter().map(Self::need).collect::<Option<_>>()?)),
            Self::Words(phrase) | Self::Title(phrase) | Self::Notes(phrase) => phrase_need(phrase),
            Self::Project(project) => Some(Need::Term(cut(&project_term(project)).to_owned())),
            Self::Tag(folded) => Some(Need::Term(cut(&tag_term(folded)).to_owned())),
            _ => None,
        }
    }

    /// The first and last day, for the caller, on which its matches can be due; `None` for no bound. With any bound only tasks
    /// that are due at all match.
    pub fn due_days(&self, now: Now) -> (Option<NaiveDate>, Option<NaiveDate>) {
        match self {
            Self::And(all) => {
                let bounds = all.iter().map(|filter| filter.due_days(now));
                bounds.fold((None, None), |(from, until), (first, last)| (from.max(first), least(until, last)))
            }
            Self::Or(any) if !any.is_empty() => {
                let bounds: Vec<_> = any.iter().map(|filter| filter.due_days(now)).collect();
                // One without a bound leaves all of them without.
                let from = bounds.iter().map(|(first, _)| *first).min().flatten();
                let until = bounds.iter().map(|(_, last)| *last).collect::<Option<Vec<_>>>();
                (from, until.and_then(|days| days.into_iter().max()))
            }
            Self::Date(DateField::Due, comparison, (first, last)) => {
                let (first, last) = (first.date_in(now.zone()), last.date_in(now.zone()));
                match comparison {
                    Comparison::Is => (Some(first), Some(last)),
                    Comparison::Before => (None, Some(first)),
                    Comparison::UpTo => (None, Some(last)),
                    Comparison::After => (Some(last), None),
                    Comparison::From => (Some(first), None),
                }
            }
            Self::State(State::Overdue) => (None, Some(now.today())),
            Self::State(State::Today) => (Some(now.today()), Some(now.today())),
            _ => (None, None),
        }
    }

    /// The statuses its matches can have, as far as the filter alone tells; a store need not look at others.
    ///
    /// A filter that says nothing about status or waiting means live tasks that are not hidden: [`Filter::with_default`].
    pub fn statuses(&self) -> Vec<Status> {
        Status::ALL.into_iter().filter(|status| self.can_be(*status)).collect()
    }

    fn can_be(&self, status: Status) -> bool {
        match self {
            Self::And(all) => all.iter().all(|filter| filter.can_be(status)),
            Self::Or(any) => any.iter().any(|filter| filter.can_be(status)),
            Self::State(State::Status(wanted)) => *wanted == status,
            Self::State(State::Today | State::Parent | State::Child | State::Recurring) => true,
            Self::State(_) | Self::Urgency(..) | Self::Numbered(..) => status.is_live(),
            Self::Date(DateField::Done, ..) => !status.is_live(),
            Self::Not(inner) => match inner.as_ref() {
                Self::State(State::Status(unwanted)) => *unwanted != status,
                Self::State(State::Live) => !status.is_live(),
                _ => true,
            },
            _ => true,
        }
    }
}

fn least(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    a.into_iter().chain(b).min()
}
