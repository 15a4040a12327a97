//! Saved views: filters with a name, the person's own, kept as registers of one entity so that they sync and can be undone.

use crate::error::{Error, Span};
use crate::field::{self, NULL, VIEW};
use crate::register::{Change, EntityId, Kind, Register, Registers};
use crate::sort::SortOrder;
use crate::stamp::Stamp;
use crate::text::Tag;
use serde::{Deserialize, Serialize};

/// Where settings that belong to the person are kept: the one entity of its kind.
pub const SETTINGS: EntityId = EntityId { kind: Kind::SETTINGS, id: [0; 16] };
/// Most views of a person: they are all read to list them.
pub const VIEWS_MAX: usize = 1_000;
/// Longest filter of a view, in bytes.
pub const FILTER_BYTES_MAX: usize = 4_096;

/// A filter with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// As it was spelt; compared in lower case.
    pub name: String,
    /// As it was typed.
    pub filter: String,
    /// Its order; `None` for the usual one.
    pub order: Option<SortOrder>,
}

#[derive(Serialize, Deserialize)]
struct Value {
    filter: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sort: Option<String>,
}

impl SavedView {
    /// A view of that name, which follows the rules of tags: one word without quotes, brackets or commas.
    pub fn new(name: &str, filter: &str, order: Option<SortOrder>) -> Result<Self, Error> {
        let bad = || Error::BadName { what: "view", text: name.to_owned(), span: Span::whole(name) };
        let tag = Tag::parse(name).map_err(|_| bad())?;
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        if tag.as_str() != name || name.starts_with('-') || !name.chars().all(plain) {
            return Err(bad());
        }
        if filter.len() > FILTER_BYTES_MAX {
            let (text, span) = (filter.to_owned(), Span::new(FILTER_BYTES_MAX, filter.len()));
            return Err(Error::BadFilter {
                text,
                span,
                reason: format!("a view has {FILTER_BYTES_MAX} bytes at most"),
                hint: "save its parts as views, and join them: view:a or view:b".to_owned(),
            });
        }
        Ok(Self { name: name.to_owned(), filter: filter.to_owned(), order })
    }

    /// The form in which two spellings of one name are equal.
    pub fn folded(&self) -> String {
        self.name.to_lowercase()
    }

    /// Whether a register may hold this value under that key: that of a view under its name.
    pub(crate) fn is_possible(key: &[u8], value: &[u8]) -> bool {
        let Some(value) = field::decode_value::<Value>(value) else { return false };
        let view = Self::new(&value.name, &value.filter, None);
        view.is_ok_and(|view| view.folded().as_bytes() == key)
    }

    /// The view of a register; `None` when it was removed, or a newer build wrote what this one cannot read.
    fn read(register: &Register) -> Option<Self> {
        let value: Value = field::decode(Some(register))?;
        let order = value.sort.as_deref().and_then(SortOrder::from_word);
        Some(Self { name: value.name, filter: value.filter, order })
    }
}

/// The view of that name.
pub fn find(registers: &Registers, name: &str) -> Option<SavedView> {
    SavedView::read(registers.get(VIEW, name.to_lowercase().as_bytes())?)
}

/// All views, by name.
pub fn all(registers: &Registers) -> Vec<SavedView> {
    registers.members(VIEW).filter_map(|(_, register)| SavedView::read(register)).collect()
}

/// What saving a view changes: nothing when it is saved like that already.
pub fn save(registers: &Registers, view: &SavedView, stamp: Stamp) -> Result<Option<Change>, Error> {
    let before = find(registers, &view.name);
    if before.as_ref() == Some(view) {
        return Ok(None);
    }
    let views = all(registers).len();
    if before.is_none() && views >= VIEWS_MAX {
        return Err(Error::TooManyChanges { changes: views + 1, max: VIEWS_MAX });
    }
    let sort = view.order.map(|order| order.word().to_owned());
    let value = Value { filter: view.filter.clone(), name: view.name.clone(), sort };
    Ok(Some(change(&view.folded(), field::encode(&value), stamp)))
}

/// What removing a view changes.
pub fn remove(registers: &Registers, name: &str, stamp: Stamp) -> Result<(SavedView, Change), Error> {
    let view = find(registers, name).ok_or_else(|| no_such(registers, name))?;
    let change = change(&view.folded(), NULL.to_vec(), stamp);
    Ok((view, change))
}

/// That there is no view of that name, and which there are.
pub fn no_such(registers: &Registers, name: &str) -> Error {
    let known = all(registers).into_iter().map(|view| view.name).collect();
    Error::NoSuchView { name: name.to_owned(), known, place: None }
}

fn change(folded: &str, value: Vec<u8>, stamp: Stamp) -> Change {
    Change { entity: SETTINGS, field: VIEW, key: folded.as_bytes().to_vec(), value, stamp }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DeviceId;
    use crate::stamp::Hlc;

    fn stamp(n: u64) -> Stamp {
        Stamp { hlc: Hlc::from_bits(n), device: DeviceId::from_bytes([1; 16]) }
    }

    fn view(name: &str, filter: &str) -> SavedView {
        SavedView::new(name, filter, Some(SortOrder::Urgency)).unwrap()
    }

    #[test]
    fn a_view_is_saved_found_in_any_case_and_removed() {
        let mut registers = Registers::default();
        registers.merge(&save(&registers, &view("Work", "project:work"), stamp(1)).unwrap().unwrap());
        assert_eq!(find(&registers, "WORK"), Some(view("Work", "project:work")));
        assert_eq!(save(&registers, &view("Work", "project:work"), stamp(2)).unwrap(), None);
        registers.merge(&save(&registers, &view("work", "+work"), stamp(2)).unwrap().unwrap());
        assert_eq!(all(&registers), [view("work", "+work")]);
        let (removed, change) = remove(&registers, "wOrk", stamp(3)).unwrap();
        assert_eq!(removed.filter, "+work");
        registers.merge(&change);
        assert_eq!(all(&registers), []);
        assert!(matches!(remove(&registers, "work", stamp(4)), Err(Error::NoSuchView { .. })));
    }

    #[test]
    fn names_are_single_plain_words() {
        for name in ["", "two words", "a:b", "(x)", "#x", "+x", "-x", "a\"b", "a/b", &"x".repeat(2_000)] {
            assert!(SavedView::new(name, "", None).is_err(), "{name}");
        }
        assert!(SavedView::new("häuslich-2", "", None).is_ok());
        assert!(SavedView::new("big", &"x".repeat(FILTER_BYTES_MAX + 1), None).is_err());
    }

    #[test]
    fn what_a_newer_build_wrote_is_no_view_and_stays() {
        let mut registers = Registers::default();
        let newer = Change { value: b"{\"newer\":1}".to_vec(), ..change("x", Vec::new(), stamp(1)) };
        registers.merge(&newer);
        assert_eq!(find(&registers, "x"), None);
        assert_eq!(registers.get(VIEW, b"x").unwrap().value, newer.value);
    }
}
