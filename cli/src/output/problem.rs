//! Errors for people: what is wrong, where, and what to do.

use super::style::{Paint, Role};
use super::text::{clean, cut, cut_left, width};
use super::wrap::wrap;
use tasks_proto::error::Failure;

/// Most columns of the text that are shown around a place, and the least.
const EXCERPT: usize = 76;
const EXCERPT_MIN: usize = 16;
/// Columns that stand before it, and one that stays free behind it.
const MARGIN: usize = 3;

/// `error: …`, the place if there is one, `hint: …`.
pub(super) fn text(failure: &Failure, paint: Paint, columns: Option<usize>) -> String {
    let line = failure.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    let message = format!("{} {}{}", paint.apply(Role::Error, "error:"), line, clean(&failure.message));
    let mut out = wrap(&message, columns, "error: ".len()) + "\n";
    if let Some((text, span)) = failure.place.as_ref().filter(|(text, _)| !text.trim().is_empty()) {
        // On a screen it fits on a line, or the carets would stand under another.
        let room = columns.map_or(EXCERPT, |columns| columns.saturating_sub(MARGIN).clamp(EXCERPT_MIN, EXCERPT));
        out.push_str(&pointed(text, span.start, span.end, room, paint));
    }
    if let Some(hint) = &failure.hint {
        let hint = format!("{} {}", paint.apply(Role::Hint, "hint:"), clean(hint));
        out.push_str(&wrap(&hint, columns, "hint: ".len()));
        out.push('\n');
    }
    out
}

/// The text with carets under a place in it, in at most so many columns; nothing when the place is not one of the text.
fn pointed(text: &str, start: usize, end: usize, columns: usize, paint: Paint) -> String {
    let parts = (|| Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?)))();
    let Some((before, wrong, after)) = parts else { return String::new() };
    let (before, wrong, after) = (clean(before), clean(wrong), clean(after));
    // What is wrong must be in sight, however long the text before it is.
    let room = columns / 2;
    let before =
        if width(&before) > room { format!("…{}", cut_left(&before, room - 1)) } else { before.into_owned() };
    let wrong = cut(&wrong, columns - width(&before));
    let after = cut(&after, columns.saturating_sub(width(&before) + width(&wrong)));
    let carets = "^".repeat(width(&wrong).max(1));
    format!("  {before}{wrong}{after}\n  {}{}\n", " ".repeat(width(&before)), paint.apply(Role::Error, &carets))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tasks_domain::error::{ErrorKind, Span};

    fn shown(text: &str, span: Span) -> String {
        let mut failure = Failure::new(ErrorKind::Refused, "25:00 is not a time of day");
        failure.place = Some((text.to_owned(), span));
        super::text(&failure, Paint::none(), None)
    }

    #[test]
    fn the_place_is_under_the_text() {
        assert_eq!(
            shown("friday 25:00", Span::new(7, 12)),
            "error: 25:00 is not a time of day\n  friday 25:00\n         ^^^^^\n"
        );
    }

    #[test]
    fn wide_and_hostile_texts_keep_the_carets_in_place() {
        assert_eq!(
            shown("日本\x1b[1m 25:00 x", Span::new(11, 16)),
            "error: 25:00 is not a time of day\n  日本␛[1m 25:00 x\n           ^^^^^\n"
        );
        // A place that is none, as from another build, shows no text.
        assert_eq!(shown("日本", Span::new(1, 2)), "error: 25:00 is not a time of day\n");
    }

    #[test]
    fn a_long_text_is_shown_around_the_place() {
        let text = format!("{}25:00 {}", "a ".repeat(200), "b ".repeat(200));
        let shown = shown(&text, Span::new(400, 405));
        assert!(shown.lines().all(|line| width(line) <= EXCERPT + 4), "{shown}");
        assert!(shown.contains("25:00 b"), "{shown}");
        let mut failure = Failure::new(ErrorKind::Refused, "no");
        failure.place = Some((text, Span::new(400, 405)));
        let narrow = super::text(&failure, Paint::none(), Some(40));
        assert!(narrow.lines().all(|line| width(line) < 40) && narrow.contains("25:00 b"), "{narrow}");
    }

    #[test]
    fn nothing_has_no_place_to_point_at() {
        assert_eq!(shown(" ", Span::new(0, 1)), "error: 25:00 is not a time of day\n");
    }
}
