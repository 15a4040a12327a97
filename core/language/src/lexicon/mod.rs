//! The vocabulary: what each word can mean. Tables per language, English first; one more language is one more pair of tables.

mod english;
mod meaning;
mod phrases;
mod typo;
mod zones;

pub(crate) use meaning::{Again, Holiday, Key, Kinds, Meaning, Part, Phrase, Unit};
pub(crate) use zones::zone_of;

use meaning::Sense;
use std::sync::LazyLock;

/// Longest spelling that is looked up, in bytes; longer words have no meaning to us.
const LONGEST: usize = 16;
/// Slots of the hash table: a power of two, more than twice the number of spellings.
const SLOTS: usize = 2048;

/// Which meaning a word has: an index into the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WordId(u16);

impl WordId {
    /// A word without meaning.
    pub(crate) const UNKNOWN: Self = Self(0);
}

/// A phrase as words and single marks.
struct PhraseRow {
    first: WordId,
    parts: Vec<&'static str>,
    means: Phrase,
}

/// The vocabulary, ready to be looked up in.
pub(crate) struct Lexicon {
    /// Meaning 0 is that of unknown words.
    meanings: Vec<Meaning>,
    spellings: Vec<&'static str>,
    slots: Vec<u16>,
    /// By their first words, of those with the same the longest first.
    phrases: Vec<PhraseRow>,
    /// Where the phrases of a word begin, by its id; one more for the end.
    phrases_from: Vec<u16>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

/// The vocabulary of all languages.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn build() -> Self {
        let mut lexicon = Self {
            meanings: vec![Meaning::NONE],
            spellings: vec![""],
            slots: vec![0; SLOTS],
            phrases: Vec::new(),
            phrases_from: Vec::new(),
        };
        for (words, sense) in english::WORDS {
            for word in words.split_ascii_whitespace() {
                lexicon.add(word, *sense);
            }
        }
        for (index, (words, _)) in zones::ZONES.iter().enumerate() {
            for word in words.split_ascii_whitespace() {
                lexicon.add(word, Sense::Zone(index as u8));
            }
        }
        for (text, means) in phrases::PHRASES {
            let parts = phrase_parts(text);
            let first = lexicon.add(parts.first().copied().unwrap_or_default(), Sense::OpensPhrase);
            lexicon.phrases.push(PhraseRow { first, parts, means: *means });
        }
        lexicon.phrases.sort_by_key(|row| (row.first.0, std::cmp::Reverse(row.parts.len())));
        let before = |id: usize| lexicon.phrases.partition_point(|row| usize::from(row.first.0) < id) as u16;
        lexicon.phrases_from = (0..=lexicon.meanings.len()).map(before).collect();
        lexicon
    }

    fn add(&mut self, word: &'static str, sense: Sense) -> WordId {
        let slot = self.slot(word.as_bytes());
        if self.slots[slot] == 0 {
            self.slots[slot] = self.meanings.len() as u16;
            self.meanings.push(Meaning::NONE);
            self.spellings.push(word);
        }
        let id = self.slots[slot];
        let meaning = &mut self.meanings[usize::from(id)];
        *meaning = meaning.and(sense);
        WordId(id)
    }

    /// The slot that holds the lower-case `word`, or the free one where it belongs.
    fn slot(&self, word: &[u8]) -> usize {
        let hash =
            word.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
        let mut slot = (hash ^ (hash >> 32)) as usize % SLOTS;
        while self.slots[slot] != 0 && self.spellings[usize::from(self.slots[slot])].as_bytes() != word {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }

    /// What `word` means, in any case; [`WordId::UNKNOWN`] when it is not a word of ours.
    pub(crate) fn find(&self, word: &str) -> WordId {
        let mut lower = [0_u8; LONGEST];
        match lower_case(word, &mut lower) {
            Some(word) => WordId(self.slots[self.slot(word)]),
            None => WordId::UNKNOWN,
        }
    }

    /// The calendar word that `word` is one slip away from; [`WordId::UNKNOWN`] when it is a word of its own.
    pub(crate) fn find_misspelt(&self, word: &str) -> WordId {
        let mut lower = [0_u8; LONGEST];
        let meant = lower_case(word, &mut lower).and_then(typo::meant_by);
        meant.map_or(WordId::UNKNOWN, |word| WordId(self.slots[self.slot(word.as_bytes())]))
    }

    /// The meaning behind an id.
    pub(crate) fn meaning(&self, id: WordId) -> &Meaning {
        &self.meanings[usize::from(id.0)]
    }

    /// The phrases that begin with this word, longest first.
    pub(crate) fn phrases(&self, first: WordId) -> impl Iterator<Item = (&[&'static str], Phrase)> {
        let at = |id: usize| self.phrases_from.get(id).map_or(0, |from| usize::from(*from));
        let rows = self.phrases.get(at(first.0.into())..at(usize::from(first.0) + 1)).unwrap_or_default();
        rows.iter().map(|row| (row.parts.as_slice(), row.means))
    }
}

fn phrase_parts(text: &'static str) -> Vec<&'static str> {
    let pieces = text.split(' ').flat_map(|word| word.split_inclusive('-'));
    let cut = |piece: &'static str| {
        // A hyphen, and an apostrophe behind the last letter, are tokens of their own.
        let word = piece.trim_end_matches(['-', '\'']);
        [word, &piece[word.len()..]]
    };
    pieces.flat_map(cut).filter(|p| !p.is_empty()).collect()
}

/// `word` in ASCII lower case, with a straight apostrophe; `None` when it is too long to be looked up.
fn lower_case<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b [u8]> {
    if word.len() > LONGEST {
        return None;
    }
    for (to, from) in buffer.iter_mut().zip(word.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    Some(&buffer[..word.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn every_word_joins_in_one_way_only() {
        let mut keys: HashMap<&str, Key> = HashMap::new();
        for (words, sense) in english::WORDS {
            let Sense::Key(key) = sense else { continue };
            for word in words.split_ascii_whitespace() {
                assert!(keys.insert(word, *key).is_none(), "{word} has two keys");
            }
        }
    }

    #[test]
    fn words_are_found_in_any_case_and_strangers_are_not() {
        let friday = |word| lexicon().meaning(lexicon().find(word)).weekday;
        assert_eq!(friday("FRIDAY"), Some(chrono::Weekday::Fri));
        assert_eq!(friday("milk"), None);
        assert_eq!(lexicon().find("a-very-long-word-of-nobody"), WordId::UNKNOWN);
    }

    #[test]
    fn the_table_has_room() {
        assert!(lexicon().meanings.len() * 2 < SLOTS);
    }
}
