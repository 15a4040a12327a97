//! From a word to a field, how it compares, and the value.

use super::Comparison;
use super::term::{Field, field};

/// A word that is a field with its value.
pub(super) struct Split<'a> {
    pub(super) name: &'a str,
    pub(super) comparison: Comparison,
    /// `.not:`
    pub(super) negated: bool,
    pub(super) how: How,
    pub(super) value: &'a str,
    /// A suffix that says no comparison of this field.
    pub(super) unknown: Option<&'a str>,
}

/// What is asked of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// That it compares so.
    Compares,
    /// That it is set, or not: `due.any:`.
    IsSet(bool),
    /// That the text has the value anywhere in it.
    Contains,
    /// That the text begins with it.
    Begins,
    /// That the text ends with it.
    Ends,
}

/// What stands behind the dot; with it, whether that is turned around. `None` for what says nothing.
fn suffix_of(suffix: &str) -> Option<(How, Comparison, bool)> {
    let compares = |comparison| Some((How::Compares, comparison, false));
    match suffix {
        "is" | "equals" | "word" => compares(Comparison::Is),
        "before" | "under" | "below" => compares(Comparison::Before),
        "by" => compares(Comparison::UpTo),
        "after" | "over" | "above" => compares(Comparison::After),
        "from" => compares(Comparison::From),
        "not" | "isnt" | "noword" => Some((How::Compares, Comparison::Is, true)),
        "any" => Some((How::IsSet(true), Comparison::Is, false)),
        "none" => Some((How::IsSet(false), Comparison::Is, false)),
        "contains" | "has" => Some((How::Contains, Comparison::Is, false)),
        "hasnt" => Some((How::Contains, Comparison::Is, true)),
        "startswith" | "left" => Some((How::Begins, Comparison::Is, false)),
        "endswith" | "right" => Some((How::Ends, Comparison::Is, false)),
        _ => None,
    }
}

/// The suffixes that a field takes, for people.
pub(super) fn suffixes_of(field: Field) -> &'static str {
    if field.is_text() {
        ".contains, .startswith, .endswith, .is or .not"
    } else {
        ".before, .by, .after, .from, .is or .not"
    }
}

/// `field.before:value` and its relatives; `None` for a word that is none of them, as a time or a link.
pub(super) fn split_field(word: &str) -> Option<Split<'_>> {
    let at = word.find([':', '<', '>', '='])?;
    let (name, rest) = word.split_at(at);
    let signs = [
        ("<=", Comparison::UpTo),
        (">=", Comparison::From),
        ("<", Comparison::Before),
        (">", Comparison::After),
        (":", Comparison::Is),
        ("=", Comparison::Is),
    ];
    let (value, comparison) = signs.into_iter().find_map(|(sign, is)| Some((rest.strip_prefix(sign)?, is)))?;
    if value.starts_with("//") || !name.starts_with(char::is_alphabetic) {
        return None;
    }
    let (name, suffix) = name.split_once('.').map_or((name, None), |(name, suffix)| (name, Some(suffix)));
    let is_name = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if !is_name {
        return None;
    }
    let plain = Split { name, comparison, negated: false, how: How::Compares, value, unknown: None };
    let Some(suffix) = suffix else { return Some(plain) };
    let known = field(&name.to_lowercase());
    match suffix_of(&suffix.to_lowercase()) {
        // As in `example.org:8080`, unless it begins with a field.
        None => known.is_some().then_some(Split { unknown: Some(suffix), ..plain }),
        Some((How::Contains | How::Begins | How::Ends, ..)) if known.is_some_and(|field| !field.is_text()) => {
            Some(Split { unknown: Some(suffix), ..plain })
        }
        Some((how, comparison, negated)) => Some(Split { comparison, negated, how, ..plain }),
    }
}
