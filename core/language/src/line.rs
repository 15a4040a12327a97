//! A text cut into tokens, with the questions that rules ask about a place in it.

use crate::lexicon::{Again, Key, Kinds, Lexicon, Meaning, Phrase, Unit, lexicon};
use crate::settings::Context;
use crate::token::{Access, Kind, Token, tokenize};
use chrono::{NaiveDate, NaiveDateTime};
use tasks_domain::error::Span;

/// The text being read. Places are indexes of tokens; one behind the end is answered like a mark that nothing matches.
pub(crate) struct Line<'a> {
    /// What was typed.
    pub text: &'a str,
    /// Present, zone, settings.
    pub context: &'a Context,
    /// The person's calendar date.
    pub today: NaiveDate,
    /// The text must be a date as a whole, so that "week" is one.
    pub only: bool,
    /// What the person's clock shows.
    pub local: NaiveDateTime,
    tokens: Vec<Token>,
    lexicon: &'static Lexicon,
    /// How many tokens were looked at: the work that reading is.
    #[cfg(test)]
    pub looks: std::cell::Cell<usize>,
}

impl<'a> Line<'a> {
    /// Cuts `text` into tokens.
    pub(crate) fn new(text: &'a str, context: &'a Context) -> Self {
        let lexicon = lexicon();
        let local = context.now.local();
        Self {
            text,
            context,
            only: false,
            today: local.date(),
            local,
            tokens: tokenize(text, lexicon),
            lexicon,
            #[cfg(test)]
            looks: std::cell::Cell::new(0),
        }
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at this place.
    pub(crate) fn token(&self, at: usize) -> &Token {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
        self.tokens.get(at).unwrap_or(&Token::NONE)
    }

    /// Keeps rules off these tokens.
    pub(crate) fn close(&mut self, from: usize, to: usize, access: Access) {
        let to = to.min(self.tokens.len());
        for token in &mut self.tokens[from.min(to)..to] {
            token.access = access;
        }
    }

    /// Whether rules may read the token.
    pub(crate) fn is_free(&self, at: usize) -> bool {
        self.token(at).access == Access::Free
    }

    /// Whether the token stays in the title whatever else is read.
    pub(crate) fn keeps_title(&self, at: usize) -> bool {
        at < self.len() && self.token(at).access == Access::Protected
    }

    /// The text of the token.
    pub(crate) fn spelling(&self, at: usize) -> &'a str {
        let span = self.token(at).span();
        &self.text[span.start..span.end]
    }

    /// Bytes from the beginning of token `from` to the end of the one before `to`.
    pub(crate) fn bytes(&self, from: usize, to: usize) -> Span {
        Span::new(self.token(from).span().start, self.token(to.saturating_sub(1).max(from)).span().end)
    }

    /// What the word here can mean.
    pub(crate) fn word(&self, at: usize) -> &'static Meaning {
        match self.token(at) {
            Token { kind: Kind::Word(id), access: Access::Free, .. } => self.lexicon.meaning(*id),
            _ => &Meaning::NONE,
        }
    }

    /// Which kinds of things can begin here.
    pub(crate) fn kinds(&self, at: usize) -> Kinds {
        match self.token(at) {
            Token { access: Access::Protected | Access::Taken, .. } => Kinds::NOTHING,
            Token { kind: Kind::Number(_), .. } => Kinds::NUMBER,
            Token { kind: Kind::Word(id), .. } => self.lexicon.meaning(*id).kinds,
            Token { kind: Kind::Mark('@' | '~' | '+'), .. } => Kinds::JOIN,
            Token { kind: Kind::Mark('¼' | '½' | '¾'), .. } => Kinds::QUANTITY,
            Token { kind: Kind::Mark(_), .. } => Kinds::NOTHING,
        }
    }

    /// How the word here joins others.
    pub(crate) fn key(&self, at: usize) -> Option<Key> {
        self.word(at).key
    }

    /// Whether the word here joins others in this way.
    pub(crate) fn is(&self, at: usize, key: Key) -> bool {
        self.key(at) == Some(key)
    }

    /// The unit of time named here.
    pub(crate) fn unit(&self, at: usize) -> Option<Unit> {
        self.word(at).unit
    }

    /// The number written here in digits.
    pub(crate) fn digits(&self, at: usize) -> Option<u32> {
        match self.token(at) {
            Token { kind: Kind::Number(value), access: Access::Free, .. } => Some(*value),
            _ => None,
        }
    }

    /// The mark here.
    pub(crate) fn mark(&self, at: usize) -> Option<char> {
        match self.token(at) {
            Token { kind: Kind::Mark(mark), access: Access::Free, .. } => Some(*mark),
            _ => None,
        }
    }

    /// Whether this mark stands here.
    pub(crate) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.mark(at) == Some(mark)
    }

    /// Whether there is no white space before this token.
    pub(crate) fn glued(&self, at: usize) -> bool {
        self.token(at).glued
    }

    /// The place behind the word with this key, or `at` itself when another stands here.
    pub(crate) fn skip(&self, at: usize, key: Key) -> usize {
        at + usize::from(self.is(at, key))
    }

    /// The place behind this mark, or `at` itself when another stands here.
    pub(crate) fn skip_mark(&self, at: usize, mark: char) -> usize {
        at + usize::from(self.is_mark(at, mark))
    }

    /// The longest phrase of the phrase table here, and the place behind it.
    pub(crate) fn phrase(&self, at: usize) -> Option<(Phrase, usize)> {
        let Token { kind: Kind::Word(id), access: Access::Free, .. } = self.token(at) else { return None };
        if !self.lexicon.meaning(*id).kinds.has(Kinds::PHRASE) {
            return None;
        }
        let fits = |parts: &[&str]| {
            let mut places = parts.iter().enumerate().skip(1);
            places.all(|(n, part)| self.is_free(at + n) && same_word(self.spelling(at + n), part))
        };
        self.lexicon.phrases(*id).find(|(parts, _)| fits(parts)).map(|(parts, means)| (means, at + parts.len()))
    }

    /// The place behind "weekday", "working days" and the like: Monday to Friday.
    pub(crate) fn workday(&self, at: usize) -> Option<usize> {
        match self.phrase(at) {
            Some((Phrase::Again(Again::Workdays), end)) => Some(end),
            _ => (self.word(at).again == Some(Again::Workdays)).then_some(at + 1),
        }
    }

    /// Whether a word or number that is not part of any date goes on right behind `end`, so that what was read would be the
    /// beginning of something else: "sat | nav", "the 1st | amendment", "3 | copies".
    pub(crate) fn goes_on(&self, end: usize) -> bool {
        match self.token(end) {
            Token { access: Access::Protected | Access::Taken, .. } => false,
            Token { kind: Kind::Number(_), .. } | Token { kind: Kind::Word(_), glued: true, .. } => true,
            Token { kind: Kind::Mark(mark), glued, .. } => {
                let joins = matches!(mark, '-' | '/' | '.' | ':' | '\'' | '’' | '%' | '_' | '&');
                joins && *glued && self.token(end + 1).glued && !matches!(self.token(end + 1).kind, Kind::Mark(_))
            }
            Token { kind: Kind::Word(_), .. } => !self.word(end).kinds.has(Kinds::JOIN.or(Kinds::TIMELY)),
        }
    }

    /// The first place from `from` on, before `end`, that says something itself instead of introducing it.
    pub(crate) fn after_words(&self, from: usize, end: usize) -> usize {
        let says = |at: &usize| self.digits(*at).is_some() || self.word(*at).month.is_some();
        (from..end).find(says).unwrap_or(from)
    }

    /// Whether more words follow the number at `at`, however it is written.
    pub(crate) fn goes_on_after_number(&self, at: usize) -> bool {
        let suffix = self.is(at + 1, Key::SuffixNth) && self.glued(at + 1);
        self.goes_on(at + 1 + usize::from(suffix))
    }

    /// Whether the number at `at` is the end of a figure such as "1.15" or "v15", or an amount of money.
    pub(crate) fn torn_from_figure(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(&Token::NONE, |b| self.token(b));
        match before.kind {
            Kind::Mark('$' | '€' | '£' | '¥' | '#') => true,
            // "Oct.23" is a date.
            Kind::Mark('.') => self.glued(at) && !(at > 1 && self.word(at - 2).month.is_some()),
            Kind::Mark(':' | '+' | '*' | '=' | '_') | Kind::Number(_) => self.glued(at),
            // "Dec31" is a date, "v31" is not.
            Kind::Word(_) => self.glued(at) && self.word(at - 1).month.is_none(),
            Kind::Mark(_) => false,
        }
    }

    /// Whether the number at `at` is torn out of something longer on its left: "v1.2", "$12", "192.168".
    pub(crate) fn torn(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(&Token::NONE, |b| self.token(b));
        match before.kind {
            Kind::Mark('$' | '€' | '£' | '¥' | '#') => true,
            Kind::Mark('(' | '[' | '"' | '~' | ',' | ';' | '@' | '\0') => false,
            // "due:2026-12-24"
            Kind::Mark(':') if at > 1 && matches!(self.key(at - 2), Some(Key::Due | Key::Until)) => false,
            // "05/31/2024.14:15"
            Kind::Mark('.') if at > 2 && self.is_mark(at + 1, ':') && matches!(self.mark(at - 3), Some('-' | '/')) => {
                false
            }
            Kind::Mark(_) | Kind::Word(_) | Kind::Number(_) => self.glued(at),
        }
    }
}

/// Whether a word of the text is a word of the phrase table: any case, any apostrophe.
fn same_word(typed: &str, word: &str) -> bool {
    typed.eq_ignore_ascii_case(word) || typed.contains('’') && typed.replace('’', "'").eq_ignore_ascii_case(word)
}
