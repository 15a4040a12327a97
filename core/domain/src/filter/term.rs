//! One term of a filter: a word, a marker, or a field with its value.

use super::foreign;
use super::hint::{self, nearest};
use super::looked::{Looked, Pattern, TextOf};
use super::parse::{Token, bad};
use super::split::{How, Split, split_field, suffixes_of};
use super::state::{state, unset};
use super::{Comparison, DateField, Filter, Moments, Optional, Reference};
use crate::error::{Error, Span};
use crate::numbers::{self, Part};
use crate::priority::Priority;
use crate::text::{Project, Tag};
use crate::words::{Phrase, fold};
use chrono::Duration;

/// Reads the values that people write in words; the language engine does, in the engine.
pub trait Values {
    /// The first and last moment that a text means. `past`: it can only lie behind, so that `friday` is the last one.
    fn when(&self, text: &str, past: bool) -> Result<Moments, Error>;
    /// A length of time.
    fn duration(&self, text: &str) -> Result<Duration, Error>;
    /// What the saved view of that name means.
    fn view(&self, name: &str) -> Result<Filter, Error>;
}

/// What a term can be about.
#[derive(Clone, Copy)]
pub(super) enum Field {
    Project,
    Tag,
    Title,
    Notes,
    State,
    Priority,
    Urgency,
    Estimate,
    Date(DateField),
    Id,
    Parent,
    After,
    Rule,
    Has,
    View,
}

/// The names of fields as people write them; several can be one field. For completion, too.
pub const FIELDS: [&str; 38] = [
    "project",
    "pro",
    "tag",
    "tags",
    "title",
    "notes",
    "note",
    "status",
    "is",
    "priority",
    "pri",
    "urgency",
    "estimate",
    "est",
    "due",
    "wait",
    "start",
    "scheduled",
    "sched",
    "end",
    "created",
    "entry",
    "modified",
    "started",
    "done",
    "completed",
    "id",
    "number",
    "uuid",
    "parent",
    "after",
    "depends",
    "rule",
    "recur",
    "has",
    "no",
    "description",
    "view",
];

pub(super) fn field(name: &str) -> Option<Field> {
    Some(match name {
        "project" | "pro" => Field::Project,
        "tag" | "tags" => Field::Tag,
        "title" | "description" => Field::Title,
        "notes" | "note" => Field::Notes,
        "status" | "is" => Field::State,
        "priority" | "pri" => Field::Priority,
        "urgency" => Field::Urgency,
        "estimate" | "est" => Field::Estimate,
        "due" => Field::Date(DateField::Due),
        "wait" => Field::Date(DateField::Wait),
        "start" | "scheduled" | "sched" => Field::Date(DateField::Start),
        "end" => Field::Date(DateField::End),
        "created" | "entry" => Field::Date(DateField::Created),
        "modified" => Field::Date(DateField::Modified),
        "started" => Field::Date(DateField::Started),
        "done" | "completed" => Field::Date(DateField::Done),
        "id" | "number" | "uuid" => Field::Id,
        "parent" => Field::Parent,
        "after" | "depends" => Field::After,
        "rule" | "recur" => Field::Rule,
        "has" | "no" => Field::Has,
        "view" => Field::View,
        _ => return None,
    })
}

impl Field {
    /// As what it can be unset.
    pub(super) fn optional(self) -> Option<Optional> {
        Some(match self {
            Self::Project => Optional::Project,
            Self::Tag => Optional::Tag,
            Self::Notes => Optional::Notes,
            Self::Priority => Optional::Priority,
            Self::Estimate => Optional::Estimate,
            Self::Date(field) => Optional::Date(field),
            Self::Parent => Optional::Parent,
            Self::After => Optional::After,
            Self::Rule => Optional::Rule,
            Self::Title | Self::State | Self::Urgency | Self::Id | Self::Has | Self::View => return None,
        })
    }

    /// Whether it is a text, of which a part can be looked for.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Title | Self::Notes | Self::Project | Self::Tag)
    }

    fn text(self) -> TextOf {
        match self {
            Self::Title => TextOf::Title,
            Self::Notes => TextOf::Notes,
            Self::Project => TextOf::Project,
            Self::Tag => TextOf::Tag,
            _ => TextOf::Task,
        }
    }

    /// Whether its values have an order.
    fn has_order(self) -> bool {
        matches!(self, Self::Priority | Self::Urgency | Self::Estimate | Self::Date(_))
    }
}

/// Reads one term of `text`.
pub(super) fn term(text: &str, token: &Token, values: &dyn Values) -> Result<Filter, Error> {
    let word = token.text.as_str();
    let here = |error: Error| place(text, &error, token, 0);
    if token.quoted {
        return Ok(Filter::Words(Phrase::new(word)));
    }
    if let Some(source) = between_slashes(word) {
        return pattern(text, token, source, 1).map(|fits| Filter::Text(TextOf::Task, fits));
    }
    if word.len() > 1 {
        if word.starts_with('@') {
            return Project::parse(word).map(Filter::Project).map_err(here);
        }
        let (name, off) = match word.as_bytes() {
            [b'+' | b'#', ..] => (Some(word), false),
            [b'-', b'-', ..] => (None, false),
            [b'-', ..] => (Some(&word[1..]), true),
            _ => (None, false),
        };
        if let Some(name) = name {
            let stands_for = foreign::virtual_tag(&word[1..], values);
            let filter = stands_for.unwrap_or_else(|| Tag::parse(name).map(|tag| Filter::Tag(tag.folded())));
            return filter.map(|filter| if off { not(filter) } else { filter }).map_err(here);
        }
    }
    if let Some(filter) = foreign::priority(word) {
        return Ok(filter);
    }
    if foreign::is_setting(word) {
        let reason = format!(
            "`{word}` is no part of a filter: settings are changed by tasks config set, or TASKS_NAME=value for once"
        );
        return Err(bad(text, token.span, reason, "tasks help filters has what there is"));
    }
    let Some(split) = split_field(word) else { return Ok(Filter::Words(Phrase::new(word))) };
    let lower = split.name.to_lowercase();
    let Some(field) = field(&lower) else {
        let span = Span::new(token.span.start, token.span.start + split.name.len());
        if let Some(flag) = foreign::flag(&lower, split.value) {
            let reason = format!("`{}` is no part of a filter", split.name);
            return Err(Error::SaidByFlag { text: text.to_owned(), span, reason, flag });
        }
        if let Some(reason) = foreign::instead(&lower, split.value) {
            return Err(bad(text, span, reason, "fields are listed by tasks list --help"));
        }
        let nearest = nearest(&lower, &FIELDS);
        return Err(Error::UnknownField { name: split.name.to_owned(), nearest, text: text.to_owned(), span });
    };
    if let Some(suffix) = split.unknown {
        let start = token.span.start + split.name.len() + 1;
        let reason = format!("`.{suffix}` compares nothing");
        let hint = if field.is_text() {
            format!("as in {lower}.contains:word; there are {}", suffixes_of(field))
        } else {
            hint::suffix(&lower, suffix)
        };
        return Err(bad(text, Span::new(start, start + suffix.len()), reason, hint));
    }
    let filter = valued(text, token, field, &split, values)?;
    Ok(if split.negated == (lower == "has") { filter } else { not(filter) })
}

fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

/// A regular expression as people write it: `/rent|buy/`.
fn between_slashes(text: &str) -> Option<&str> {
    text.strip_prefix('/')?.strip_suffix('/').filter(|source| !source.is_empty())
}

/// Reads the pattern that stands in the token from this byte on.
fn pattern(text: &str, token: &Token, source: &str, from: usize) -> Result<Looked, Error> {
    Pattern::parse(source).map(Looked::Fits).map_err(|(reason, span)| {
        let start = token.span.start + from;
        bad(
            text,
            Span::new(start + span.start, start + span.end),
            reason,
            "patterns are those of sed -E and grep -E, as /^(buy|get) milk/",
        )
    })
}

/// What a part of a text must be like, where that is asked for.
fn part(split: &Split<'_>) -> Option<Looked> {
    match split.how {
        How::Contains => Some(Looked::Within(fold(split.value))),
        How::Begins => Some(Looked::Begins(fold(split.value))),
        How::Ends => Some(Looked::Ends(fold(split.value))),
        How::Compares | How::IsSet(_) => None,
    }
}

/// The tasks of a list of numbers, ranges and letters.
fn several(value: &str) -> Option<Filter> {
    let one_of = |part: Part<'_>| match part {
        Part::One(one) => Reference::parse(one).map(Filter::Id),
        Part::Range(low, high) => Some(Filter::Numbered(low, high)),
    };
    let mut all: Vec<Filter> = numbers::parts(value).into_iter().map(one_of).collect::<Option<_>>()?;
    Some(if all.len() == 1 { all.remove(0) } else { Filter::Or(all) })
}

fn valued(text: &str, token: &Token, field: Field, split: &Split<'_>, values: &dyn Values) -> Result<Filter, Error> {
    let (comparison, value) = (split.comparison, split.value);
    // The value is the end of the token, so its place is known from there (quotes end the token too).
    let length = token.span.end - token.span.start;
    let value_at = length - value.len().min(length);
    let here = |error: Error| place(text, &error, token, value_at);
    let name = split.name.to_lowercase();
    let advised = |error: Error, hint: String| match here(error) {
        Error::BadFilter { text, span, reason, .. } => Error::BadFilter { text, span, reason, hint },
        error => error,
    };
    let place = Span::new(token.span.start + value_at, token.span.end);
    let wrong = |reason: String| bad(text, place, reason, hint::field(&name));
    let is_set = match split.how {
        How::IsSet(_) if field.optional().is_none() || !value.is_empty() => {
            let reason = format!("`{}` is always set, or has a value here", split.name);
            return Err(bad(text, token.span, reason, hint::field(&name)));
        }
        How::IsSet(set) => Some(set),
        _ if value.is_empty() || value.eq_ignore_ascii_case("none") => Some(false),
        _ if value.eq_ignore_ascii_case("any") => Some(true),
        _ => None,
    };
    if let Some((unset, set)) = field.optional().zip(is_set) {
        return Ok(if set { not(Filter::Unset(unset)) } else { Filter::Unset(unset) });
    }
    if value.is_empty() {
        return Err(bad(text, token.span, format!("`{}` needs a value", split.name), hint::field(&name)));
    }
    if comparison != Comparison::Is && !field.has_order() {
        let hint = format!("write {name}:{value}; due, priority, urgency and estimate have one, as in priority>=high");
        return Err(bad(text, token.span, format!("`{}` has no order", split.name), hint));
    }
    if let Some(source) = between_slashes(value).filter(|_| field.is_text()) {
        return pattern(text, token, source, value_at + 1).map(|fits| Filter::Text(field.text(), fits));
    }
    if let Some(part) = part(split) {
        return Ok(Filter::Text(field.text(), part));
    }
    let reference =
        || Reference::parse(value).ok_or_else(|| wrong(format!("`{value}` is neither a number nor letters of an id")));
    Ok(match field {
        Field::Project => Filter::Project(Project::parse(value).map_err(here)?),
        Field::Tag => Filter::Tag(Tag::parse(value).map_err(here)?.folded()),
        Field::Title => Filter::Title(Phrase::new(value)),
        Field::Notes => Filter::Notes(Phrase::new(value)),
        Field::State => state(value).ok_or_else(|| bad(text, place, hint::no_state(value), hint::states(value)))?,
        Field::Priority => {
            let priority = Priority::parse(value).map_err(|error| advised(error, hint::priority(value)))?;
            Filter::Priority(comparison, priority)
        }
        Field::Urgency => {
            let number: f64 = value.parse().map_err(|_| wrong(format!("`{value}` is not a number")))?;
            Filter::Urgency(comparison, number)
        }
        Field::Estimate => {
            let advice =
                || format!("as in {name}>30min or {name}<=2h; lengths of words in quotes: '{name}:\"2 hours\"'");
            let length = values.duration(value).map_err(|error| advised(error, advice()))?;
            Filter::Estimate(comparison, length)
        }
        Field::Date(field) => {
            let when = values.when(value, field.is_past());
            Filter::Date(field, comparison, when.map_err(|error| advised(error, hint::date(&name)))?)
        }
        Field::Id if numbers::names_several(value) => {
            several(value).ok_or_else(|| wrong(format!("`{value}` are not numbers or letters of ids")))?
        }
        Field::Id => Filter::Id(reference()?),
        Field::Parent => Filter::Parent(reference()?),
        Field::After => Filter::After(reference()?),
        Field::Rule => {
            let none =
                || wrong(format!("`{value}` names no rule: use rule:3 for that of task 3, rule:any or rule:none"));
            Filter::Rule(Reference::parse(value).ok_or_else(none)?)
        }
        Field::Has => unset(value).ok_or_else(|| wrong(hint::nothing_to_have(value)))?,
        Field::View => values.view(value).map_err(here)?,
    })
}

/// Moves the place of an error about a part of `token` into the whole text.
fn place(text: &str, error: &Error, token: &Token, offset: usize) -> Error {
    let inner = error.place().map_or(Span::new(0, 0), |(_, span)| span);
    let start = token.span.start + offset;
    let span = Span::new((start + inner.start).min(token.span.end), (start + inner.end).min(token.span.end));
    match error {
        // Well-formed and still impossible: the same refusal as in a flag.
        Error::ImpossibleDate { reason, .. } => {
            Error::ImpossibleDate { text: text.to_owned(), span, reason: reason.clone() }
        }
        Error::NoSuchView { name, known, .. } => {
            let place = Some((text.to_owned(), Span::new(start, token.span.end)));
            Error::NoSuchView { name: name.clone(), known: known.clone(), place }
        }
        // About another text, with a place in that.
        Error::Inside { .. } | Error::ViewCycle { .. } | Error::TooManyViews { .. } => error.clone(),
        _ => bad(text, span, error.to_string(), hint::of(error)),
    }
}
