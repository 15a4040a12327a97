//! Words of texts, as people look for them: what a word is, and when two are the same. Filters, search and stores' indexes all
//! go by this module, so that they agree.
//!
//! A word is a run of letters and digits. Where a script has no blanks between words (Chinese, Japanese, Thai and others) every
//! character is one, and so is every emoji. Words are compared folded: lower case, without accents, so `Cafe` is `café`.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The words of a text with their places: byte offsets, the end excluded.
pub fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = chars.next()?;
            let end = |at: usize, c: char| at + c.len_utf8();
            let mut last = end(start, first);
            if stands_alone(first) {
                // A mark belongs to the character before it.
                while let Some((at, mark)) = chars.next_if(|(_, c)| is_combining_mark(*c) || is_joiner(*c)) {
                    last = end(at, mark);
                }
                return Some((start, last));
            }
            if is_letter(first) {
                while let Some((at, c)) = chars.next_if(|(_, c)| is_letter(*c) && !stands_alone(*c)) {
                    last = end(at, c);
                }
                return Some((start, last));
            }
        }
    })
}

/// The words of a text, folded.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    spans(text).map(|(start, end)| fold(&text[start..end]))
}

/// The form in which two spellings of one word are equal: lower case, without accents and marks.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !is_combining_mark(*c) && !is_joiner(*c)).flat_map(char::to_lowercase).collect()
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

/// Joins emoji to one, or chooses how they look.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Kana, bopomofo and Han; then symbols and emoji.
const ALONE: [(u32, u32); 11] = [
    (0x3041, 0x30FF),
    (0x3105, 0x312F),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
    (0x2190, 0x27BF),
    (0x2900, 0x2BFF),
    (0x1F000, 0x1F3FA),
    (0x1F400, 0x1FAFF),
];

/// Whether a character is a word of its own.
fn stands_alone(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    match c as u32 {
        // Thai, Lao, Tibetan, Myanmar, Khmer: letters without blanks between words.
        0x0E00..=0x0EFF | 0x0F40..=0x0FBC | 0x1000..=0x109F | 0x1780..=0x17DC => c.is_alphabetic(),
        code => ALONE.iter().any(|(first, last)| (*first..=*last).contains(&code)),
    }
}

/// Words as they were typed to be looked for: they must follow one another, and the last may go on.
///
/// `mil` finds `Milk`, `ilk` does not; `"mom about"` finds `Call Mom about it`. A text without any word, as `!!`, is looked for
/// as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    words: Vec<String>,
    /// The text in lower case, for one without words.
    plain: String,
}

impl Phrase {
    /// What `text` looks for.
    pub fn new(text: &str) -> Self {
        Self { words: words(text).collect(), plain: text.trim().to_lowercase() }
    }

    /// Its words, folded; the last stands for all that begin with it.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether a text has it.
    pub fn is_in(&self, text: &str) -> bool {
        self.place_in(text).is_some()
    }

    /// Where a text first has it: byte offsets, the end excluded.
    pub fn place_in(&self, text: &str) -> Option<(usize, usize)> {
        let Some((first, rest)) = self.words.split_first() else {
            let lower = text.to_lowercase();
            // Lower case can have other lengths; the place is then all of the text.
            let start = lower.find(&self.plain)?;
            let end = start + self.plain.len();
            let fits = lower.len() == text.len() && text.is_char_boundary(start) && text.is_char_boundary(end);
            return Some(if fits { (start, end) } else { (0, text.len()) });
        };
        for place in spans(text) {
            let is_first = if rest.is_empty() { begins(text, place, first) } else { equals(text, place, first) };
            if !is_first {
                continue;
            }
            if rest.is_empty() {
                return Some((place.0, place.1));
            }
            let following: Vec<_> = spans(&text[place.1..]).take(rest.len()).collect();
            let all = following.len() == rest.len()
                && rest.iter().zip(&following).enumerate().all(|(at, (word, (start, end)))| {
                    let place = (place.1 + start, place.1 + end);
                    if at + 1 == rest.len() { begins(text, place, word) } else { equals(text, place, word) }
                });
            if all {
                return Some((place.0, place.1 + following.last().map_or(0, |(_, end)| *end)));
            }
        }
        None
    }
}

fn begins(text: &str, (start, end): (usize, usize), word: &str) -> bool {
    let found = &text[start..end];
    if found.is_ascii() {
        return found.len() >= word.len() && found.as_bytes()[..word.len()].eq_ignore_ascii_case(word.as_bytes());
    }
    fold(found).starts_with(word)
}

fn equals(text: &str, (start, end): (usize, usize), word: &str) -> bool {
    let found = &text[start..end];
    if found.is_ascii() { found.eq_ignore_ascii_case(word) } else { fold(found) == word }
}

/// How many slips of the finger lie between two words: letters left out, added, replaced or swapped with their neighbour; `None`
/// when they are more than `most`.
pub fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(x != y);
            let mut fewest = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                fewest = fewest.min(before[j - 1] + 1);
            }
            row.push(fewest);
        }
        if row.iter().all(|slips| *slips > most) {
            return None;
        }
        (before, last) = (last, row);
    }
    last.last().copied().filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        words(text).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits_without_case_and_accents() {
        assert_eq!(all("Call Mom, at 5pm!"), ["call", "mom", "at", "5pm"]);
        assert_eq!(all("Café e\u{301}tude ÄRGER"), ["cafe", "etude", "arger"]);
        assert_eq!(all("foo_bar home/garden #t7"), ["foo", "bar", "home", "garden", "t7"]);
        assert_eq!(all(" -- !! "), Vec::<String>::new());
    }

    #[test]
    fn characters_of_scripts_without_blanks_and_emoji_are_words() {
        assert_eq!(all("牛乳を買う"), ["牛", "乳", "を", "買", "う"]);
        assert_eq!(all("buy🎉 👍🏽now"), ["buy", "🎉", "👍", "now"]);
        assert!(Phrase::new("買う").is_in("牛乳を買う") && !Phrase::new("牛を").is_in("牛乳を買う"));
    }

    #[test]
    fn a_phrase_is_found_where_its_words_begin() {
        let has = |phrase: &str, text: &str| Phrase::new(phrase).is_in(text);
        assert!(has("mil", "Buy Milk") && !has("ilk", "Buy Milk"));
        assert!(has("mom ab", "call Mom, about it") && !has("mo about", "call mom about"));
        assert!(has("cafe", "Café") && has("CAFÉ", "cafe"));
        assert!(has("!!", "now!!") && !has("!!", "now!"));
        assert!(has("e-mail", "write E-Mails"));
        assert_eq!(Phrase::new("mom ab").place_in("call mom about"), Some((5, 14)));
        assert_eq!(Phrase::new("a b").place_in("a a b"), Some((2, 5)));
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!(distance("milk", "imlk", 2), Some(1));
        assert_eq!(distance("milk", "mlik", 1), Some(1));
        assert_eq!(distance("milk", "silky", 2), Some(2));
        assert_eq!(distance("milk", "bread", 2), None);
        assert_eq!(distance("", "ab", 2), Some(2));
    }
}
