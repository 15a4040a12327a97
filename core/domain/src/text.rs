//! Texts of a task: title, notes, tags and projects, each valid by construction.
//!
//! All are kept in Unicode NFC. Tags and projects are compared in lower case and shown as they were first spelt.

use crate::error::{Error, Span};
pub use crate::limits::{NAME_CHARS_MAX, NOTES_BYTES_MAX, TITLE_CHARS_MAX};
use std::fmt;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

fn nfc(text: &str) -> String {
    if text.is_ascii() || is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text itself.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_type!(
    /// One line that says what to do: 1 to [`TITLE_CHARS_MAX`] characters, no white space at the ends.
    ///
    /// Control characters stay as typed (nothing typed is dropped); whoever prints a title makes them harmless.
    Title
);
text_type!(
    /// Markdown of at most [`NOTES_BYTES_MAX`] bytes, never empty.
    Notes
);
text_type!(
    /// A label, without its `#` or `+`.
    Tag
);
text_type!(
    /// What a task belongs to; parts are separated by `/`, as in `home/garden`.
    Project
);

impl Title {
    /// Reads a title: line breaks become spaces, white space at the ends goes.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let line = nfc(text.trim());
        let line = if line.bytes().any(|byte| matches!(byte, b'\n' | b'\r' | b'\t')) {
            line.replace(['\n', '\r', '\t'], " ")
        } else {
            line
        };
        // No text has more characters than bytes.
        let chars = if line.len() <= TITLE_CHARS_MAX { line.len() } else { line.chars().count() };
        match chars {
            0 => Err(Error::EmptyTitle),
            1..=TITLE_CHARS_MAX => Ok(Self(line)),
            _ => Err(Error::TitleTooLong { chars }),
        }
    }
}

impl Notes {
    /// Reads notes; only white space is the same as no notes.
    pub fn parse(text: &str) -> Result<Option<Self>, Error> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        if text.len() > NOTES_BYTES_MAX {
            return Err(Error::NotesTooLong { bytes: text.len() });
        }
        Ok(Some(Self(nfc(text.trim_end()))))
    }
}

impl Tag {
    /// Reads a tag: letters, digits and marks, no white space; a leading `#` or `+` is taken off.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let name = text.strip_prefix(['#', '+']).unwrap_or(text);
        if is_name(name) && !name.contains('/') {
            Ok(Self(nfc(name)))
        } else {
            Err(Error::BadName { what: "tag", text: text.to_owned(), span: Span::whole(text) })
        }
    }

    /// The form in which two spellings of one tag are equal.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl Project {
    /// Reads a project's name; a leading `@` is taken off.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let name = text.strip_prefix('@').unwrap_or(text);
        if !name.is_empty() && name.split('/').all(is_name) {
            Ok(Self(nfc(name)))
        } else {
            Err(Error::BadName { what: "project", text: text.to_owned(), span: Span::whole(text) })
        }
    }

    /// The form in which two spellings of one project are equal.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }

    /// Whether this is `other` or a part of it: `home/garden` is within `home`.
    pub fn is_within(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.folded(), other.folded());
        mine.strip_prefix(&theirs).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    // Nearly all are, and every listing reads thousands.
    if !text.is_empty() && text.len() <= NAME_CHARS_MAX && text.bytes().all(is_plain) {
        return true;
    }
    let allowed = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '(' | ')' | ',' | '#' | '@');
    !text.is_empty() && text.chars().count() <= NAME_CHARS_MAX && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_trimmed_line_in_nfc() {
        assert_eq!(Title::parse("  buy\nmilk ").unwrap().as_str(), "buy milk");
        assert_eq!(Title::parse("cafe\u{301}").unwrap().as_str(), "café");
    }

    #[test]
    fn an_empty_or_endless_title_is_refused() {
        assert!(matches!(Title::parse(" \n "), Err(Error::EmptyTitle)));
        assert!(Title::parse(&"ä".repeat(TITLE_CHARS_MAX)).is_ok());
        assert!(matches!(Title::parse(&"ä".repeat(1_001)), Err(Error::TitleTooLong { chars: 1_001 })));
    }

    #[test]
    fn tags_compare_in_lower_case_and_keep_their_spelling() {
        let tag = Tag::parse("+Family").unwrap();
        assert_eq!((tag.as_str(), tag.folded().as_str()), ("Family", "family"));
        assert!(Tag::parse("two words").is_err() && Tag::parse("#").is_err());
    }

    #[test]
    fn a_sub_project_is_within_its_parent_only() {
        let project = |name: &str| Project::parse(name).unwrap();
        assert!(project("Home/garden").is_within(&project("@home")));
        assert!(!project("homework").is_within(&project("home")));
        assert!(Project::parse("home//x").is_err());
    }
}
