//! Numbers, in digits and in words.

use crate::lexicon::Key;
use crate::line::Line;

/// A whole number in digits or words ("five", "twenty-one", "two thousand and thirty two"), and the place behind it.
pub(crate) fn cardinal(line: &Line, at: usize) -> Option<(u32, usize)> {
    match line.digits(at) {
        Some(value) => Some((value, at + 1)),
        None => in_words(line, at),
    }
}

/// A whole number in words, under ten thousand.
fn in_words(line: &Line, at: usize) -> Option<(u32, usize)> {
    let (mut value, mut end) = tens(line, at)?;
    for scale in [1000, 100] {
        let word = |i| line.word(i).cardinal.map(u32::from);
        if value >= 100 && scale == 100 || word(end) != Some(scale) {
            continue;
        }
        value *= scale;
        end += 1;
        let next = line.skip(end, Key::And);
        if let Some((more, after)) = tens(line, next) {
            let (more, after) = match word(after) {
                Some(100) if more < 10 => (more * 100, after + 1),
                _ => (more, after),
            };
            (value, end) = (value + more, after);
        }
    }
    Some((value, end))
}

/// "five", "twenty", "twenty-one", "twenty one": under a hundred.
pub(crate) fn tens(line: &Line, at: usize) -> Option<(u32, usize)> {
    let value = u32::from(line.word(at).cardinal.filter(|v| *v < 100)?);
    if value >= 20 {
        let next = after_hyphen(line, at + 1);
        if let Some(ones) = line.word(next).cardinal.filter(|v| (1..10).contains(v)) {
            return Some((value + u32::from(ones), next + 1));
        }
    }
    Some((value, at + 1))
}

/// Which one: "3rd", "third", "twenty-first", and the place behind it.
pub(crate) fn ordinal(line: &Line, at: usize) -> Option<(u32, usize)> {
    if let Some(value) = line.digits(at) {
        // "24th-26th"
        let range = at > 1 && line.is_mark(at - 1, '-') && line.is(at - 2, Key::SuffixNth);
        let suffix = line.is(at + 1, Key::SuffixNth) && line.glued(at + 1) && (range || !line.torn(at));
        return suffix.then_some((value, at + 2));
    }
    let word = line.word(at);
    if let Some(value) = word.ordinal {
        return Some((u32::from(value), at + 1));
    }
    let value = word.cardinal.filter(|v| (20..100).contains(v))?;
    let next = after_hyphen(line, at + 1);
    let ones = line.word(next).ordinal.filter(|v| *v < 10)?;
    Some((u32::from(value) + u32::from(ones), next + 1))
}

/// Which one, negative from the end: "3rd", "last", "second last", "2nd to the last"; and the place behind it.
pub(crate) fn from_either_end(line: &Line, at: usize) -> Option<(i32, usize)> {
    if line.is(at, Key::Last) {
        return Some((-1, at + 1));
    }
    let is = |at: usize, word: &str| line.is_free(at) && line.spelling(at).eq_ignore_ascii_case(word);
    if is(at, "penultimate") {
        return Some((-2, at + 1));
    }
    // "next to last"
    if line.is(at, Key::Next) && line.is(at + 1, Key::To) && line.is(line.skip(at + 2, Key::The), Key::Last) {
        return Some((-2, line.skip(at + 2, Key::The) + 1));
    }
    let (n, end) = ordinal(line, at)?;
    let n = n.cast_signed();
    let last = line.skip(line.skip(end, Key::To), Key::The);
    Some(if line.is(last, Key::Last) { (-n, last + 1) } else { (n, end) })
}

/// How a day of the month was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayStyle {
    /// "1st", "first".
    Ordinal,
    /// "12".
    Digits,
    /// "twelve".
    Words,
}

/// A day of the month, 1 to 99 (the caller says what is possible), and the place behind it. Not the hour of "5pm" or "5:30",
/// not the count of "5 days".
pub(crate) fn day_of_month(line: &Line, at: usize) -> Option<(u32, DayStyle, usize)> {
    if let Some((value, end)) = ordinal(line, at) {
        return (1..=99).contains(&value).then_some((value, DayStyle::Ordinal, end));
    }
    if let Some(value) = line.digits(at) {
        let token = line.token(at);
        let fits = token.digits() <= 2 && value >= 1 && !line.torn_from_figure(at) && !counts_something(line, at + 1);
        return fits.then_some((value, DayStyle::Digits, at + 1));
    }
    let (value, end) = tens(line, at)?;
    ((1..=31).contains(&value) && !counts_something(line, end)).then_some((value, DayStyle::Words, end))
}

/// Whether the number that ends before `end` is an hour, an amount, or the beginning of a longer figure.
fn counts_something(line: &Line, end: usize) -> bool {
    let glued = line.glued(end);
    if let Some(mark) = line.mark(end) {
        let figure = line.glued(end + 1) && line.digits(end + 1).is_some();
        return match mark {
            ':' => glued && figure,
            '.' => glued && figure && line.token(end + 1).digits() < 4,
            '%' | '°' | '$' | '€' | '£' => true,
            _ => false,
        };
    }
    let word = line.word(end);
    let hour = matches!(word.key, Some(Key::Am | Key::Pm | Key::Oclock | Key::Ish | Key::SuffixNth));
    let hour = hour || matches!(line.spelling(end), "a" | "p" | "A" | "P") && (glued || line.is_mark(end + 1, '.'));
    // "the 2 second rule" aside, seconds are rarely counted and often ordinals.
    let unit = word.unit.is_some() && word.month.is_none() && (glued || !word.ordinary);
    let letters = glued && line.digits(end).is_none() && !line.spelling(end).is_empty() && word.month.is_none();
    hour || unit || letters
}

fn after_hyphen(line: &Line, at: usize) -> usize {
    if line.is_mark(at, '-') && line.glued(at) && line.glued(at + 1) { at + 1 } else { at }
}

/// A year of four digits or two ("15", "'15": 2000 to 2069, else 1900s), or in words, and the place behind it.
pub(crate) fn year(line: &Line, at: usize) -> Option<(i32, usize)> {
    if let Some((value, end)) = full_year(line, at) {
        return Some((value, end));
    }
    let at = if line.is_mark(at, '\'') && line.glued(at + 1) { at + 1 } else { at };
    let value = line.digits(at).filter(|_| line.token(at).digits() == 2)?;
    (!counts_something(line, at + 1)).then(|| (short_year(value), at + 1))
}

/// A year of four digits, or in words from one thousand on.
pub(crate) fn full_year(line: &Line, at: usize) -> Option<(i32, usize)> {
    // "twenty twenty-six", "nineteen eighty four"
    let pair = line.word(at).cardinal.filter(|century| matches!(century, 19 | 20)).zip(tens(line, at + 1));
    if let Some((century, (more, end))) = pair.filter(|(_, (more, _))| (20..100).contains(more)) {
        return Some((i32::from(century) * 100 + more.cast_signed(), end));
    }
    let (value, end) = cardinal(line, at)?;
    let digits = line.digits(at).is_some();
    let fits = if digits { line.token(at).digits() == 4 && !counts_something(line, end) } else { value >= 1000 };
    (fits && (1000..=9999).contains(&value)).then(|| (value.cast_signed(), end))
}

/// The year that two digits stand for.
pub(crate) fn short_year(two: u32) -> i32 {
    let two = (two % 100).cast_signed();
    if two < 70 { 2000 + two } else { 1900 + two }
}
