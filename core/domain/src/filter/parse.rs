//! From the words of a filter to a condition, with the place of every mistake.

use super::Filter;
use super::hint::{BOTH_SIDES, QUOTE, SHELL_QUOTES};
use super::term::{Values, term};
use crate::error::{Error, Span};

/// How deep parentheses and `not` may nest: far beyond what people write, well within any stack.
const DEPTH_MAX: usize = 64;

/// The most words of a value that is not quoted: `due.before:the day after tomorrow`.
const PHRASE_WORDS_MAX: usize = 4;

/// Words that are no part of a value.
const OPERATORS: [&str; 5] = ["(", ")", "and", "or", "not"];

/// Reads a filter from words as they were typed, one argument each. No words: every task.
///
/// Places in errors are in the words joined by blanks.
pub fn parse(words: &[String], values: &dyn Values) -> Result<Filter, Error> {
    let text = words.join(" ");
    let tokens = tokens(&text)?;
    if tokens.is_empty() {
        return Ok(Filter::And(Vec::new()));
    }
    let mut parser = Parser { text: &text, tokens: &tokens, at: 0, values, depth: 0 };
    let filter = parser.or()?;
    match parser.peek() {
        None => Ok(filter),
        Some(token) => Err(bad(&text, token.span, format!("`{}` closes nothing", token.text), QUOTE)),
    }
}

/// That `text` cannot be read at `span`, why, and what to write instead.
pub(super) fn bad(text: &str, span: Span, reason: impl Into<String>, hint: impl Into<String>) -> Error {
    Error::BadFilter { text: text.to_owned(), span, reason: reason.into(), hint: hint.into() }
}

pub(super) struct Token {
    /// Without the quotes.
    pub(super) text: String,
    pub(super) span: Span,
    /// Began with a quote: never an operator or a field.
    pub(super) quoted: bool,
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
            if open.is_none()
                && c == '/'
                && (out.is_empty() || out.ends_with([':', '=']))
                && let Some(close) = closing_slash(text, at)
            {
                // Whatever is between the slashes belongs to the pattern: blanks, quotes, parentheses.
                out.push_str(&text[at..=close]);
                end = close + 1;
                while chars.next_if(|(at, _)| *at < end).is_some() {}
                continue;
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
            return Err(bad(text, Span::new(quote, text.len()), "the quote is not closed", SHELL_QUOTES));
        }
        tokens.push(Token { text: out, span: Span::new(start, end), quoted: first == '"' });
    }
    Ok(tokens)
}

/// The slash that ends the pattern which begins at this one: the next that no backslash stands before, if the word ends there.
fn closing_slash(text: &str, open: usize) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text[open + 1..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '/' => {
                let close = open + 1 + at;
                let ends = text[close + 1..].chars().next().is_none_or(|next| next.is_whitespace() || next == ')');
                return Some(close).filter(|_| ends && at > 0);
            }
            _ => {}
        }
    }
    None
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    values: &'a dyn Values,
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
            return Err(bad(
                self.text,
                Span::new(end, end),
                "the filter ends where a condition is missing",
                BOTH_SIDES,
            ));
        };
        if self.depth >= DEPTH_MAX {
            return Err(bad(self.text, token.span, "the filter is nested too deeply", "say it with fewer parentheses"));
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
                Err(bad(
                    self.text,
                    token.span,
                    "the parenthesis is not closed",
                    "close it with `)`; one to be searched for is quoted: tasks list '\"(draft)\"'",
                ))
            };
        }
        if ["or", "and", ")"].iter().any(|word| self.is_next(word)) {
            return Err(bad(
                self.text,
                token.span,
                format!("a condition is missing before `{}`", token.text),
                BOTH_SIDES,
            ));
        }
        self.at += 1;
        term(self.text, token, self.values).or_else(|error| self.phrase(token).ok_or(error))
    }

    /// The term that begins with `first` and goes on in the next words, as in `due:next week`: the longest of them
    /// that can be read.
    fn phrase(&mut self, first: &Token) -> Option<Filter> {
        if first.quoted || !first.text.contains([':', '<', '>', '=']) {
            return None;
        }
        let words = self.tokens[self.at..].iter().take(PHRASE_WORDS_MAX - 1);
        let plain = words.take_while(|token| !token.quoted && !OPERATORS.contains(&token.text.as_str()));
        let ends: Vec<usize> = plain.map(|token| token.span.end).collect();
        for (more, end) in ends.into_iter().enumerate().rev() {
            let span = Span::new(first.span.start, end);
            let token = Token { text: self.text[span.start..end].to_owned(), span, quoted: false };
            if let Ok(filter) = term(self.text, &token, self.values) {
                self.at += more + 1;
                return Some(filter);
            }
        }
        None
    }
}
