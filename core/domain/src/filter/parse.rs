//! From the words of a filter to a condition, with the place of every mistake.

use super::{Comparison, Filter, State};
use crate::error::{Error, Span};
use crate::priority::Priority;
use crate::task::Status;
use crate::text::{Project, Tag};
use chrono::NaiveDate;

/// The days a text means, first and last.
pub type DateRange = (NaiveDate, NaiveDate);

/// Reads dates in filters; the language engine does, in the engine.
pub type ReadDates<'a> = dyn Fn(&str) -> Result<DateRange, Error> + 'a;

/// How deep parentheses and `not` may nest: far beyond what people write, well within any stack.
const DEPTH_MAX: usize = 64;

/// Reads a filter from words as they were typed, one argument each. No words: every task.
///
/// Places in errors are in the words joined by blanks.
pub fn parse(words: &[String], dates: &ReadDates<'_>) -> Result<Filter, Error> {
    let text = words.join(" ");
    let tokens = tokens(&text)?;
    if tokens.is_empty() {
        return Ok(Filter::And(Vec::new()));
    }
    let mut parser = Parser { text: &text, tokens: &tokens, at: 0, dates, depth: 0 };
    let filter = parser.or()?;
    match parser.peek() {
        None => Ok(filter),
        Some(token) => Err(bad(&text, token.span, format!("`{}` opens nothing that this could close", token.text))),
    }
}

fn bad(text: &str, span: Span, reason: impl Into<String>) -> Error {
    Error::BadFilter { text: text.to_owned(), span, reason: reason.into() }
}

struct Token {
    /// Without the quotes.
    text: String,
    span: Span,
    /// Began with a quote: never an operator or a field.
    quoted: bool,
}

fn tokens(text: &str) -> Result<Vec<Token>, Error> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some(&(start, first)) = chars.peek() {
        if first.is_whitespace() {
            chars.next();
            continue;
        }
        if matches!(first, '(' | ')') {
            chars.next();
            tokens.push(Token { text: first.to_string(), span: Span::new(start, start + 1), quoted: false });
            continue;
        }
        let (mut out, mut open, mut end) = (String::new(), None, start);
        while let Some(&(at, c)) = chars.peek() {
            if open.is_none() && (c.is_whitespace() || matches!(c, '(' | ')')) {
                break;
            }
            chars.next();
            end = at + c.len_utf8();
            if c == '"' {
                open = if open.is_none() { Some(at) } else { None };
            } else {
                out.push(c);
            }
        }
        if let Some(quote) = open {
            return Err(bad(text, Span::new(quote, text.len()), "the quote is not closed"));
        }
        tokens.push(Token { text: out, span: Span::new(start, end), quoted: first == '"' });
    }
    Ok(tokens)
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    dates: &'a ReadDates<'a>,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn is_next(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| !token.quoted && token.text.eq_ignore_ascii_case(word))
    }

    fn take(&mut self, word: &str) -> bool {
        let taken = self.is_next(word);
        self.at += usize::from(taken);
        taken
    }

    fn or(&mut self) -> Result<Filter, Error> {
        let mut any = vec![self.and()?];
        while self.take("or") {
            any.push(self.and()?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Filter::Or(any) })
    }

    fn and(&mut self) -> Result<Filter, Error> {
        let mut all = vec![self.not()?];
        loop {
            let said = self.take("and");
            if !said && (self.peek().is_none() || self.is_next("or") || self.is_next(")")) {
                break;
            }
            all.push(self.not()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Filter::And(all) })
    }

    fn not(&mut self) -> Result<Filter, Error> {
        let Some(token) = self.peek() else {
            let end = self.text.len();
            return Err(bad(self.text, Span::new(end, end), "the filter ends where a condition is missing"));
        };
        if self.depth >= DEPTH_MAX {
            return Err(bad(self.text, token.span, "the filter is nested too deeply"));
        }
        self.depth += 1;
        let filter = self.not_or_group(token);
        self.depth -= 1;
        filter
    }

    fn not_or_group(&mut self, token: &'a Token) -> Result<Filter, Error> {
        if self.take("not") {
            return Ok(Filter::Not(Box::new(self.not()?)));
        }
        if self.take("(") {
            let inner = self.or()?;
            return if self.take(")") {
                Ok(inner)
            } else {
                Err(bad(self.text, token.span, "the parenthesis is not closed"))
            };
        }
        if ["or", "and", ")"].iter().any(|word| self.is_next(word)) {
            return Err(bad(self.text, token.span, format!("a condition is missing before `{}`", token.text)));
        }
        self.at += 1;
        self.term(token)
    }

    fn term(&self, token: &Token) -> Result<Filter, Error> {
        let word = token.text.as_str();
        let here = |error: Error| self.place(&error, token, 0);
        if token.quoted {
            return Ok(Filter::Words(word.to_lowercase()));
        }
        if word.len() > 1 {
            if word.starts_with('@') {
                return Project::parse(word).map(Filter::Project).map_err(here);
            }
            if word.starts_with(['+', '#']) {
                return Tag::parse(word).map(|tag| Filter::Tag(tag.folded())).map_err(here);
            }
            if let Some(tag) = word.strip_prefix('-').filter(|rest| !rest.starts_with('-')) {
                let tag = Tag::parse(tag).map_err(here)?;
                return Ok(Filter::Not(Box::new(Filter::Tag(tag.folded()))));
            }
        }
        match split_field(word) {
            Some((name, comparison, value)) => self.field(token, name, comparison, value),
            None => Ok(Filter::Words(word.to_lowercase())),
        }
    }

    fn field(&self, token: &Token, name: &str, comparison: Comparison, value: &str) -> Result<Filter, Error> {
        // The value is the end of the token, so its place is known from there (quotes end the token too).
        let value_at = token.span.end - token.span.start - value.len().min(token.span.end - token.span.start);
        let here = |error: Error| self.place(&error, token, value_at);
        let none = value.eq_ignore_ascii_case("none") || value.is_empty();
        match name.to_lowercase().as_str() {
            "project" | "pro" if none => Ok(Filter::NoProject),
            "project" | "pro" => Project::parse(value).map(Filter::Project).map_err(here),
            "tag" | "tags" if none => Ok(Filter::NoTag),
            "tag" | "tags" => Tag::parse(value).map(|tag| Filter::Tag(tag.folded())).map_err(here),
            "priority" | "pri" => Priority::parse(value).map(|p| Filter::Priority(comparison, p)).map_err(here),
            "due" if none => Ok(Filter::NoDue),
            "due" if value.eq_ignore_ascii_case("any") => Ok(Filter::Not(Box::new(Filter::NoDue))),
            "due" => {
                let (first, last) = (self.dates)(value).map_err(here)?;
                Ok(Filter::Due(comparison, first, last))
            }
            "status" | "is" => state(value).ok_or_else(|| {
                let span = Span::new(token.span.start + value_at, token.span.end);
                let reason =
                    format!("`{value}` is not a state: open, started, done, deleted, waiting, blocked, overdue or all");
                bad(self.text, span, reason)
            }),
            _ => {
                let span = Span::new(token.span.start, token.span.start + name.len());
                Err(Error::UnknownField { name: name.to_owned(), text: self.text.to_owned(), span })
            }
        }
    }

    /// Moves the place of an error about a part of `token` into the whole text.
    fn place(&self, error: &Error, token: &Token, offset: usize) -> Error {
        let inner = error.place().map_or(Span::new(0, 0), |(_, span)| span);
        let start = token.span.start + offset;
        let span = Span::new((start + inner.start).min(token.span.end), (start + inner.end).min(token.span.end));
        match error {
            // Well-formed and still impossible: the same refusal as in a flag.
            Error::ImpossibleDate { reason, .. } => {
                Error::ImpossibleDate { text: self.text.to_owned(), span, reason: reason.clone() }
            }
            _ => bad(self.text, span, error.to_string()),
        }
    }
}

fn state(value: &str) -> Option<Filter> {
    Some(match value.to_lowercase().as_str() {
        "open" | "todo" => Filter::State(State::Status(Status::Open)),
        "started" | "active" => Filter::State(State::Status(Status::Started)),
        "done" | "completed" => Filter::State(State::Status(Status::Done)),
        "deleted" | "trash" => Filter::State(State::Status(Status::Deleted)),
        "waiting" => Filter::State(State::Waiting),
        "blocked" => Filter::State(State::Blocked),
        "overdue" => Filter::State(State::Overdue),
        "live" | "pending" => Filter::State(State::Live),
        "all" | "any" => {
            Filter::Or(Status::ALL.into_iter().map(|status| Filter::State(State::Status(status))).collect())
        }
        _ => return None,
    })
}

/// `field.before:value` and its relatives; `None` for a word that is none of them, as a time or a link.
fn split_field(word: &str) -> Option<(&str, Comparison, &str)> {
    let at = word.find([':', '<', '>', '='])?;
    let (name, rest) = word.split_at(at);
    let (comparison, value) = if let Some(value) = rest.strip_prefix("<=") {
        (Comparison::UpTo, value)
    } else if let Some(value) = rest.strip_prefix(">=") {
        (Comparison::From, value)
    } else if let Some(value) = rest.strip_prefix('<') {
        (Comparison::Before, value)
    } else if let Some(value) = rest.strip_prefix('>') {
        (Comparison::After, value)
    } else {
        (Comparison::Is, rest.strip_prefix([':', '='])?)
    };
    if value.starts_with("//") || !name.starts_with(char::is_alphabetic) {
        return None;
    }
    let (name, comparison) = match name.split_once('.') {
        Some((name, "before")) => (name, Comparison::Before),
        Some((name, "by")) => (name, Comparison::UpTo),
        Some((name, "after")) => (name, Comparison::After),
        Some((name, "from")) => (name, Comparison::From),
        _ => (name, comparison),
    };
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    is_name.then_some((name, comparison, value))
}
