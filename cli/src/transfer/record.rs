//! Records (see `tasks_domain::record`) in files: rules, reminders, rows of the ledger and saved views, under the names of their fields.

use super::json::id_of;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::borrow::Cow;
use tasks_domain::record;
use tasks_proto::v1;

/// What a member of a set begins with that is no text.
const HEX: &str = "0x";

/// A record as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordIn<'a> {
    #[serde(borrow)]
    record: Cow<'a, str>,
    #[serde(borrow)]
    id: Cow<'a, str>,
    fields: Map<String, Value>,
    #[serde(borrow, default)]
    touched: Vec<Cow<'a, str>>,
}

impl RecordIn<'_> {
    /// As requests carry it; else what is wrong.
    pub(super) fn wire(self) -> Result<v1::Record, String> {
        let kind = record::kind(&self.record)
            .ok_or_else(|| format!("`record`: `{}` is none of settings, rule, reminder, delivery", self.record))?;
        let mut fields = Vec::with_capacity(self.fields.len());
        for (name, value) in self.fields {
            let (word, member) = name.split_once('/').unwrap_or((&name, ""));
            let field = record::field(kind, word).ok_or_else(|| format!("a {} has no field `{word}`", self.record))?;
            let key = bytes_of(member).ok_or_else(|| format!("`{name}` has a broken member"))?;
            let value = serde_json::to_vec(&value).map_err(|error| format!("`{name}`: {error}"))?;
            fields.push(v1::RecordField { field: field.0, key, value });
        }
        let touched = self.touched.iter().map(|id| id_of(id, "touched")).collect::<Result<_, _>>()?;
        Ok(v1::Record { kind: kind.0, id: id_of(&self.id, "id")?, fields, touched })
    }
}

fn bytes_of(member: &str) -> Option<Vec<u8>> {
    let Some(digits) = member.strip_prefix(HEX) else { return Some(member.as_bytes().to_vec()) };
    let digits = digits.as_bytes();
    let pair = |pair: &[u8]| {
        let text = std::str::from_utf8(pair).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u8::from_str_radix(text, 16).ok()
    };
    digits.len().is_multiple_of(2).then(|| digits.chunks(2).map(pair).collect()).flatten()
}

/// The name of a field, with the member of a set.
pub fn name_of(kind: tasks_domain::register::Kind, field: &v1::RecordField) -> String {
    let name = record::name(kind, tasks_domain::register::FieldId(field.field));
    if field.key.is_empty() {
        return name;
    }
    let text = std::str::from_utf8(&field.key).ok();
    match text.filter(|text| !text.starts_with(HEX) && !text.chars().any(char::is_control)) {
        Some(text) => format!("{name}/{text}"),
        None => field.key.iter().fold(format!("{name}/{HEX}"), |name, byte| format!("{name}{byte:02x}")),
    }
}

/// How many there are of what people know by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Besides {
    rules: u64,
    reminders: u64,
    views: u64,
}

impl Besides {
    /// Counts one more.
    pub fn count(&mut self, record: &v1::Record) {
        use tasks_domain::register::Kind;
        match Kind(record.kind) {
            Kind::RULE => self.rules += 1,
            Kind::REMINDER => self.reminders += 1,
            Kind::SETTINGS => self.views += record.fields.len() as u64,
            _ => {}
        }
    }

    /// `, 1 rule, 2 reminders`; empty when there is none.
    pub fn told(self) -> String {
        let parts = [(self.rules, "rule"), (self.reminders, "reminder"), (self.views, "view")];
        let part = |(count, word): (u64, &str)| format!(", {count} {word}{}", if count == 1 { "" } else { "s" });
        parts.into_iter().filter(|(count, _)| *count > 0).map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_sets_are_named_as_text_or_by_their_digits() {
        use tasks_domain::register::Kind;
        for key in [&b"sent"[..], b"h\xc3\xa4us", b"a/b", b"\x00\xff\x07", b"0xyz"] {
            let field = v1::RecordField { field: 404, key: key.to_vec(), value: Vec::new() };
            let name = name_of(Kind::DELIVERY, &field);
            let (word, member) = name.split_once('/').unwrap();
            assert_eq!((word, bytes_of(member).as_deref()), ("state", Some(key)), "{name}");
        }
        assert_eq!(bytes_of("0x0"), None);
        assert_eq!(bytes_of("0x+1"), None);
    }
}
