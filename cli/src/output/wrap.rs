//! Breaking lines of words between words, where the screen ends.

use super::text::width;

/// The text in lines of at most `columns`, those behind the first with `indent` blanks. A longer word stays whole and where it is: it
/// may be a path that somebody wants to copy. Without `columns` nothing is broken. Colours take no room.
pub(crate) fn wrap(text: &str, columns: Option<usize>, indent: usize) -> String {
    let Some(columns) = columns.filter(|columns| shown_width(text) > *columns) else { return text.to_owned() };
    // On a very narrow screen the room is for the words.
    let indent = if indent * 2 > columns { 2 } else { indent };
    let (mut out, mut used, mut has_words) = (String::new(), 0, false);
    for piece in text.split_inclusive(' ') {
        let word = piece.trim_end_matches(' ');
        let wide = shown_width(word);
        if has_words && wide > 0 && used + wide > columns {
            // A long word behind others has a line of its own with fewer blanks, if that helps it.
            let least = if used > indent { indent.min(2) } else { indent };
            if let Some(indent) = [indent, least].into_iter().find(|indent| indent + wide <= columns) {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                used = indent;
            }
        }
        has_words |= wide > 0;
        out.push_str(piece);
        used += wide + piece.len() - word.len();
    }
    out
}

/// Columns of a text that may be painted and have links.
pub(super) fn shown_width(text: &str) -> usize {
    let (mut columns, mut rest) = (0, text);
    while let Some(at) = rest.find('\x1b') {
        columns += width(&rest[..at]);
        let sequence = &rest[at..];
        // A link ends with ESC \, a colour with m; nothing else of ours begins with an escape.
        let end = match sequence.strip_prefix("\x1b]") {
            Some(link) => link.find("\x1b\\").map(|end| end + "\x1b]".len() + "\x1b\\".len()),
            None => sequence.find('m').map(|end| end + 1),
        };
        rest = &sequence[end.unwrap_or(sequence.len())..];
    }
    columns + width(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("error: one two three", Some(14), 7), "error: one two\n       three");
        assert_eq!(wrap("error: one two three", Some(20), 7), "error: one two three");
        assert_eq!(wrap("error: one two three", None, 7), "error: one two three");
    }

    #[test]
    fn a_long_word_stays_whole_and_colours_take_no_room() {
        assert_eq!(wrap("note  see /a/long/path", Some(14), 6), "note  see\n  /a/long/path");
        assert_eq!(wrap("note  /a/long/path", Some(14), 6), "note  /a/long/path");
        assert_eq!(wrap("see /a/very/long/path now", Some(10), 2), "see /a/very/long/path\n  now");
        assert_eq!(wrap("\x1b[1mred\x1b[0m blue", Some(8), 2), "\x1b[1mred\x1b[0m blue");
        assert_eq!(shown_width("a \x1b]8;;https://a.example\x1b\\link\x1b]8;;\x1b\\ \x1b[1;38;5;30m日\x1b[0m"), 9);
    }

    #[test]
    fn blanks_at_the_beginning_are_no_word() {
        assert_eq!(wrap("    wide-word", Some(8), 4), "    wide-word");
    }
}
