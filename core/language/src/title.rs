//! What is left for the title once the spans are taken out.

use crate::reading::ReadSpan;

/// Punctuation that means nothing at the place where something was cut out.
const DANGLING: [char; 6] = [',', ';', ':', '-', '–', '—'];

/// Lets spans grow over punctuation that would dangle at the cut, so that the title needs no further care and the spans still
/// cover all that is not title.
pub(crate) fn tidy(text: &str, spans: &mut [ReadSpan]) {
    for i in 0..spans.len() {
        let from = if i == 0 { 0 } else { spans[i - 1].span.end };
        let to = spans.get(i + 1).map_or(text.len(), |next| next.span.start);
        let span = &mut spans[i].span;
        span.start = before(text, from, span.start);
        span.end = behind(text, span.end, to);
        let open = text[from..span.start].chars().next_back();
        let close = text[span.end..to].chars().next();
        if matches!((open, close), (Some('('), Some(')')) | (Some('['), Some(']'))) {
            span.start -= 1;
            span.end += 1;
        }
    }
}

fn before(text: &str, from: usize, start: usize) -> usize {
    let left = text[from..start].trim_end();
    let kept = left.trim_end_matches(DANGLING);
    // "a well-" ends in a hyphen of its own only when it was not cut right behind it.
    let dangles = kept.len() < left.len();
    if dangles { from + kept.len() } else { start }
}

fn behind(text: &str, end: usize, to: usize) -> usize {
    let right = &text[end..to];
    let rest = right.trim_start();
    let kept = rest.trim_start_matches(DANGLING);
    let mut at = to - kept.len();
    // A full stop ends the sentence that was cut out.
    let stop = kept.strip_prefix('.').filter(|after| after.is_empty() || after.starts_with(char::is_whitespace));
    if stop.is_some() && rest.len() == right.len() {
        at += 1;
    }
    // "-5 degrees" and ".gitignore" begin something.
    let begins = text[at..to].starts_with(|c: char| !c.is_whitespace());
    if at == to - rest.len() || begins { end } else { at }
}

/// The text without the spans, white space collapsed; `None` when nothing is left.
pub(crate) fn title(text: &str, spans: &[ReadSpan]) -> Option<String> {
    let mut title = String::with_capacity(text.len());
    let mut from = 0;
    for index in 0..=spans.len() {
        let (to, next) = spans.get(index).map_or((text.len(), text.len()), |s| (s.span.start, s.span.end));
        let piece = &text[from..to];
        let glued = piece.starts_with(['?', '!', '.', ')', ']', '"', '”']);
        for (n, word) in piece.split_whitespace().enumerate() {
            if !title.is_empty() && (n > 0 || !glued) {
                title.push(' ');
            }
            title.push_str(word);
        }
        from = next;
    }
    (!title.is_empty()).then_some(title)
}
