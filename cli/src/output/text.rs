//! Foreign text made harmless for terminals, its width on the screen, and cutting it to a width.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr;

/// What stands for the part that was cut off.
const ELLIPSIS: char = '…';

/// One line of text with everything a terminal would obey made visible: controls as their pictures (␛), C1 controls,
/// line separators and what turns the direction of writing as their code points (‹U+202E›).
pub fn clean(text: &str) -> Cow<'_, str> {
    // Nearly all text is plain ASCII, which is seen byte by byte.
    let plain = text.bytes().all(|byte| (b' '..0x7f).contains(&byte));
    if plain || !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            // The control pictures stand in the order of the controls.
            '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
            '\u{7f}' => out.push('\u{2421}'),
            _ if is_harmful(c) => out.push_str(&format!("‹U+{:04X}›", u32::from(c))),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Several lines, each harmless; tabs become blanks.
pub fn clean_lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| clean(&line.replace('\t', "    ")).into_owned())
}

fn is_harmful(c: char) -> bool {
    // Embeddings, overrides and isolates; the plain marks U+200E and U+200F move nothing but neighbours and are in honest use.
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Columns the text takes on a terminal: the sum of its signs, where an accent belongs to its letter and a family of joined emoji is
/// one sign, two columns wide.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// The text, or its beginning with `…`, in at most `columns`. Never parts a sign.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let (mut end, mut used) = (0, 0);
    for (at, sign) in text.grapheme_indices(true) {
        used += sign.width();
        if used > room {
            break;
        }
        end = at + sign.len();
    }
    Cow::Owned(format!("{}{ELLIPSIS}", text[..end].trim_end()))
}

/// The end of a text in at most `columns`.
pub fn cut_left(text: &str, columns: usize) -> &str {
    let mut room = columns;
    let mut start = text.len();
    for (at, sign) in text.grapheme_indices(true).rev() {
        match room.checked_sub(sign.width()) {
            Some(left) => room = left,
            None => break,
        }
        start = at;
    }
    &text[start..]
}

/// The text with blanks up to `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        assert_eq!(clean("a\x1b[31mred\x07\n\x7f"), "a␛[31mred␇␊␡");
        assert_eq!(clean("\u{9b}31m \u{202e}evil\u{2069}"), "‹U+009B›31m ‹U+202E›evil‹U+2069›");
        assert!(matches!(clean("Grüße 👨‍👩‍👧 日本"), Cow::Borrowed(_)));
    }

    #[test]
    fn wide_signs_count_as_terminals_count_them() {
        for (text, columns) in [
            ("abc", 3),
            ("日本", 4),
            ("👍", 2),
            ("👍🏽", 2),
            ("👨\u{200d}👩\u{200d}👧", 2),
            ("🇩🇪", 2),
            ("❤\u{fe0f}", 2),
            ("e\u{301}", 1),
            ("שלום", 4),
            // Two letters that some fonts join; terminals give each its column.
            ("لا", 2),
            ("a\u{200e}b", 2),
            ("한국", 4),
            ("ｱｲ", 2),
        ] {
            assert_eq!(width(text), columns, "{text}");
        }
        assert_eq!(pad("日本", 6), "日本  ");
    }

    #[test]
    fn a_cut_text_never_takes_more_than_its_columns() {
        assert_eq!(cut("buy milk", 8), "buy milk");
        assert_eq!(cut("buy milk", 5), "buy…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("👨\u{200d}👩\u{200d}👧 family", 3), "👨\u{200d}👩\u{200d}👧…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!((cut("abc", 1).as_ref(), cut("abc", 0).as_ref()), ("…", ""));
        for columns in 0..12 {
            for sample in ["👨‍👩‍👧 family", "e\u{301}e\u{301}e\u{301}", "日本語のタスク", "🇩🇪🇫🇷🇪🇸"]
            {
                assert!(width(&cut(sample, columns)) <= columns, "{sample} in {columns}");
            }
        }
    }
}
