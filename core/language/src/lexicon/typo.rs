//! Slips of the finger in calendar words: one letter too many, missing, wrong, or two swapped.

use super::english::PROPER;

/// Words worth recognising when misspelt: long enough that one slip rarely makes another word.
const TARGETS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "august",
    "september",
    "october",
    "november",
    "december",
    "tomorrow",
    "tonight",
    "yesterday",
    "morning",
    "afternoon",
    "evening",
    "weekend",
    "midnight",
];

/// The target that the lower-case `word` is one slip away from.
pub(super) fn meant_by(word: &[u8]) -> Option<&'static str> {
    if !(5..=10).contains(&word.len()) {
        return None;
    }
    let near = |target: &&&str| target.as_bytes()[0] == word[0] && one_slip(word, target.as_bytes());
    let target = TARGETS.iter().find(near)?;
    let proper = PROPER.iter().any(|p| p.as_bytes() == word);
    (!proper).then_some(target)
}

fn one_slip(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short, long) = (&short[same..], &long[same..]);
    match long.len() - short.len() {
        0 if short.is_empty() => false,
        0 => {
            let swapped = short.len() > 1 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..];
            swapped || short[1..] == long[1..]
        }
        1 => *short == long[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_read_and_two_are_not() {
        for (word, want) in [
            ("wendesday", Some("wednesday")),
            ("thrusday", Some("thursday")),
            ("modnay", Some("monday")),
            ("feburary", Some("february")),
            ("tomorow", Some("tomorrow")),
            ("sundae", None),
            ("mourning", None),
            ("augusta", None),
            ("money", None),
            ("sunny", None),
        ] {
            assert_eq!(meant_by(word.as_bytes()), want, "{word}");
        }
    }
}
