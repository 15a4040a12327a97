//! What is looked for in texts other than by words: parts of them, their beginnings and ends, regular expressions.

use crate::error::Span;
use crate::words::fold;
use regex::{Regex, RegexBuilder};
use std::fmt;

/// Longest pattern, in bytes: people type them.
const PATTERN_BYTES_MAX: usize = 1_000;
/// Most bytes that a compiled pattern takes: `(a{1000}){1000}` is short, and would be huge.
const COMPILED_BYTES_MAX: usize = 1 << 20;

/// Which text of a task is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOf {
    /// Title, notes, project or a tag: one of them.
    Task,
    /// The title.
    Title,
    /// The notes.
    Notes,
    /// The project.
    Project,
    /// A tag.
    Tag,
}

/// What is looked for in a text. Nothing but a pattern that says otherwise minds case; patterns mind accents.
#[derive(Clone, Debug, PartialEq)]
pub enum Looked {
    /// It is in it, also within a word.
    Within(String),
    /// It begins with it.
    Begins(String),
    /// It ends with it.
    Ends(String),
    /// The pattern fits somewhere.
    Fits(Pattern),
}

impl Looked {
    /// Whether a text has it.
    pub fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Within(part) => fold(text).contains(part),
            Self::Begins(part) => fold(text).starts_with(part),
            Self::Ends(part) => fold(text).ends_with(part),
            Self::Fits(pattern) => pattern.regex.is_match(text),
        }
    }
}

/// A regular expression. It takes time that is linear in the text, whatever it is.
#[derive(Clone)]
pub struct Pattern {
    source: String,
    regex: Regex,
}

impl Pattern {
    /// Reads what stands between the slashes; what is wrong in it, and where.
    pub(super) fn parse(source: &str) -> Result<Self, (String, Span)> {
        if source.len() > PATTERN_BYTES_MAX {
            let reason = format!("the pattern has {} bytes, more than {PATTERN_BYTES_MAX}", source.len());
            return Err((reason, Span::whole(source)));
        }
        // The parser tells the place, which the compiler does not.
        regex_syntax::Parser::new().parse(source).map_err(|error| wrong(source, &error))?;
        let built = RegexBuilder::new(source).case_insensitive(true).size_limit(COMPILED_BYTES_MAX).build();
        match built {
            Ok(regex) => Ok(Self { source: source.to_owned(), regex }),
            Err(regex::Error::CompiledTooBig(_)) => {
                Err(("the pattern would take too much memory: repeat less".to_owned(), Span::whole(source)))
            }
            Err(_) => Err(("the pattern cannot be read".to_owned(), Span::whole(source))),
        }
    }
}

/// What the parser says, in a few words and with its place.
fn wrong(source: &str, error: &regex_syntax::Error) -> (String, Span) {
    let (kind, span) = match error {
        regex_syntax::Error::Parse(error) => (error.kind().to_string(), *error.span()),
        regex_syntax::Error::Translate(error) => (error.kind().to_string(), *error.span()),
        _ => return ("the pattern cannot be read".to_owned(), Span::whole(source)),
    };
    let (start, end) = (span.start.offset.min(source.len()), span.end.offset.min(source.len()));
    let span = if start < end { Span::new(start, end) } else { Span::whole(source) };
    (format!("the pattern cannot be read: {kind}"), span)
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.source)
    }
}
