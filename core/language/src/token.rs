//! Text into words, numbers and marks, with their places; nothing is copied.

use crate::lexicon::{Lexicon, WordId};
use tasks_domain::error::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A run of letters, apostrophes inside included.
    Word(WordId),
    /// A run of ASCII digits and its value, at most `u32::MAX`.
    Number(u32),
    /// One character that is neither.
    Mark(char),
}

/// Whether rules may read a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// They may.
    Free,
    /// Never read, and part of the title: quotes, addresses.
    Protected,
    /// A marker was read here, so that it is no part of the title.
    Taken,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub kind: Kind,
    start: u32,
    end: u32,
    /// No white space between the token before and this one. False for the first.
    pub glued: bool,
    /// A word that begins with a capital letter.
    pub capital: bool,
    /// Whether rules may read it.
    pub access: Access,
    /// A misspelt word that was taken for the one it looks like.
    pub misspelt: bool,
}

impl Token {
    /// Stands behind the last token, so that looking ahead needs no special case.
    pub(crate) const NONE: Self = Self {
        kind: Kind::Mark('\0'),
        start: 0,
        end: 0,
        glued: false,
        capital: false,
        access: Access::Protected,
        misspelt: false,
    };

    /// Byte offsets in the text.
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// How many digits a number was written with.
    pub(crate) fn digits(&self) -> u32 {
        self.end - self.start
    }
}

/// How many bytes of a text are read, some forty times the longest title: longer texts can only be refused, unless what is long are
/// notes, in which nothing is read either.
const BYTES_MAX: usize = 64 * 1024;

/// Cuts `text` into tokens, up to [`BYTES_MAX`].
pub(crate) fn tokenize(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 4);
    let bytes = text.as_bytes();
    let (mut at, mut behind) = (0, usize::MAX);
    while at < bytes.len().min(BYTES_MAX) {
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = if first.is_ascii_digit() {
            number(rest)
        } else if first.is_alphabetic() {
            (Kind::Word(WordId::UNKNOWN), word_length(rest))
        } else {
            (Kind::Mark(first), first.len_utf8())
        };
        let mut token = Token {
            kind,
            start: at as u32,
            end: (at + length) as u32,
            glued: behind == at,
            capital: first.is_uppercase(),
            access: Access::Free,
            misspelt: false,
        };
        if matches!(kind, Kind::Word(_)) {
            let word = &rest[..length];
            let mut id = lexicon.find(word);
            if id == WordId::UNKNOWN {
                id = lexicon.find_misspelt(word);
                token.misspelt = id != WordId::UNKNOWN;
            }
            token.kind = Kind::Word(id);
        }
        tokens.push(token);
        at += length;
        behind = at;
    }
    protect_quotes(text, &mut tokens);
    protect_whole_runs(&mut tokens);
    tokens
}

fn number(rest: &str) -> (Kind, usize) {
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let value = rest.bytes().take(length).fold(0_u32, |v, d| v.saturating_mul(10).saturating_add(u32::from(d - b'0')));
    (Kind::Number(value), length)
}

/// Length of the word that `rest` begins with; an apostrophe between two letters belongs to it ("o'clock").
fn word_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let mut ahead = rest[at..].chars();
        let Some(c) = ahead.next() else { break };
        let joins = matches!(c, '\'' | '’') && ahead.next().is_some_and(char::is_alphabetic);
        // Marks that combine with the letter before are part of the word.
        if !(c.is_alphabetic() || joins || ('\u{300}'..='\u{36f}').contains(&c)) {
            break;
        }
        at += c.len_utf8();
    }
    at
}

/// Marks what stands between quotes. A quote opens at the beginning of a word and closes at its end; one that is never closed
/// is no quote.
fn protect_quotes(text: &str, tokens: &mut [Token]) {
    let closing = |open: char| match open {
        '"' | '\'' | '`' => Some(open),
        '“' | '„' => Some('”'),
        '‘' => Some('’'),
        '«' => Some('»'),
        _ => None,
    };
    // Quotes of which no closing one is left, so that a text of opening quotes stays linear.
    let mut hopeless: Vec<char> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let next = at + 1;
        let Kind::Mark(open) = tokens[at].kind else {
            at = next;
            continue;
        };
        let begins = !tokens[at].glued && tokens.get(next).is_some_and(|t| t.glued);
        let Some(close) = closing(open).filter(|close| begins && !hopeless.contains(close)) else {
            at = next;
            continue;
        };
        let ends = |i: usize| {
            let after =
                tokens.get(i + 1).is_none_or(|t| !t.glued || !matches!(t.kind, Kind::Word(_) | Kind::Number(_)));
            tokens[i].kind == Kind::Mark(close) && tokens[i].glued && after
        };
        if let Some(end) = (next..tokens.len()).find(|i| ends(*i)) {
            protect(&mut tokens[at..=end]);
            at = end + 1;
        } else {
            hopeless.push(close);
            at = next;
        }
    }
    debug_assert!(tokens.iter().all(|t| text.is_char_boundary(t.end as usize)));
}

fn protect(tokens: &mut [Token]) {
    for token in tokens {
        token.access = Access::Protected;
    }
}

/// Marks addresses and settings, which are runs without white space that hold "://", an "@" between two words, or a "=" behind one:
/// "mode=daily" is no rule.
fn protect_whole_runs(tokens: &mut [Token]) {
    let mut from = 0;
    while from < tokens.len() {
        let glued = tokens[from + 1..].iter().take_while(|t| t.glued).count();
        let run = &mut tokens[from..=from + glued];
        let word = |token: &Token| matches!(token.kind, Kind::Word(_) | Kind::Number(_));
        let is_whole = run.windows(3).any(|w| match [w[0].kind, w[1].kind, w[2].kind] {
            [Kind::Mark(':'), Kind::Mark('/'), Kind::Mark('/')] | [Kind::Word(_), Kind::Mark('='), _] => true,
            [_, Kind::Mark('@'), Kind::Word(_)] => word(&w[0]),
            _ => false,
        });
        if is_whole {
            protect(run);
        }
        from += glued + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::lexicon;

    fn pieces(text: &str) -> Vec<&str> {
        let of = |t: &Token| &text[t.span().start..t.span().end];
        tokenize(text, lexicon()).iter().map(of).collect()
    }

    #[test]
    fn words_numbers_and_marks_are_told_apart() {
        assert_eq!(pieces("call Zoë at 17h30!"), ["call", "Zoë", "at", "17", "h", "30", "!"]);
        assert_eq!(pieces("6 o'clock, mum's 2026-12-24"), ["6", "o'clock", ",", "mum's", "2026", "-", "12", "-", "24"]);
    }

    #[test]
    fn what_stands_in_quotes_is_protected() {
        let quoted = |text: &str| tokenize(text, lexicon()).iter().filter(|t| t.access == Access::Protected).count();
        assert_eq!(quoted("read \"the monday\" today"), 4);
        assert_eq!(quoted("read 'Monday' today"), 3);
        assert_eq!(quoted("the kids' room's \"thing"), 0);
    }
}
