//! Several tasks named in one word: `1,3,5-7` and `qvz,4`.
//!
//! A range is two numbers with a `-` between them, in either order, and means the open tasks whose numbers lie in it: numbers that no
//! open task has are passed over, as nobody means those. What is named alone must be there. Printed ids are letters, so that none of
//! them can be a range.

/// One part of such a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part<'a> {
    /// One task, by its number or the letters of its id.
    One(&'a str),
    /// The open tasks with these numbers, both ends included, the lower first.
    Range(u32, u32),
}

/// The parts of a word in their order; of a word that is no list of them: the word alone.
pub fn parts(word: &str) -> Vec<Part<'_>> {
    let named: Vec<&str> = word.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if named.is_empty() {
        return vec![Part::One(word)];
    }
    named.into_iter().map(|part| range(part).map_or(Part::One(part), |(low, high)| Part::Range(low, high))).collect()
}

/// Whether a word can name more than one task.
pub fn names_several(word: &str) -> bool {
    parts(word).len() > 1 || has_range(word)
}

/// Whether only a look at the tasks tells how many a word names.
pub fn has_range(word: &str) -> bool {
    parts(word).iter().any(|part| matches!(part, Part::Range(..)))
}

/// Whether a word names tasks by numbers only, as `3` and `1,3,5-7`.
pub fn is_numbers(word: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    parts(word).iter().all(|part| match part {
        Part::One(text) => is_number(text),
        Part::Range(..) => true,
    })
}

/// Where the part that is being typed begins: behind the last comma, or behind the `-` of a range that has no end yet.
pub fn last_part_at(word: &str) -> usize {
    let part = word.rfind(',').map_or(0, |at| at + 1);
    let begins = |at: usize| at > 0 && word[part..part + at].bytes().all(|byte| byte.is_ascii_digit());
    word[part..].find('-').filter(|at| begins(*at)).map_or(part, |at| part + at + 1)
}

fn range(part: &str) -> Option<(u32, u32)> {
    let (from, to) = part.split_once('-')?;
    // `u32` takes a sign, which here begins a flag.
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    let (from, to): (u32, u32) = (number(from)?, number(to)?);
    Some((from.min(to), from.max(to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_list_of_numbers_ids_and_ranges() {
        use Part::{One, Range};
        for (word, wanted) in [
            ("3", vec![One("3")]),
            ("qvz", vec![One("qvz")]),
            ("1-5", vec![Range(1, 5)]),
            ("5-1", vec![Range(1, 5)]),
            ("7-7", vec![Range(7, 7)]),
            ("1,3,5-7", vec![One("1"), One("3"), Range(5, 7)]),
            ("qvz,4,", vec![One("qvz"), One("4")]),
            ("", vec![One("")]),
            (",", vec![One(",")]),
            ("-5", vec![One("-5")]),
            ("5-", vec![One("5-")]),
            ("1-+5", vec![One("1-+5")]),
            ("1-2-3", vec![One("1-2-3")]),
            ("qv-zx", vec![One("qv-zx")]),
            ("1-99999999999", vec![One("1-99999999999")]),
        ] {
            assert_eq!(parts(word), wanted, "{word}");
        }
        assert!(is_numbers("3") && is_numbers("1,3-5") && !is_numbers("qv,3") && !is_numbers("") && !is_numbers("5pm"));
        assert!(names_several("1-2") && names_several("1,2") && !names_several("12") && !names_several("1,"));
        assert!(has_range("1,2-3") && !has_range("1,2"));
    }

    #[test]
    fn what_is_typed_last_of_a_list_is_known() {
        for (word, at) in [("", 0), ("12", 0), ("1,", 2), ("1,qv", 2), ("1-", 2), ("1,3-5", 4), ("-1", 0), ("qv-", 0)] {
            assert_eq!(last_part_at(word), at, "{word}");
        }
    }
}
