//! Marks that people learn: `!high`, `p1`, `#tag`, `+tag`, `@project`, `project:x/y`, `// notes`.

use crate::lexicon::Key;
use crate::line::Line;
use crate::reading::{SpanKind, Warning};
use crate::token::Access;
use std::collections::HashSet;
use tasks_domain::error::Span;
use tasks_domain::priority::Priority;
use tasks_domain::text::{Project, Tag};

/// How many second values are told of.
const REPEATED_MAX: usize = 8;

/// What the markers of a line say, and where they stand.
#[derive(Debug, Default)]
pub(crate) struct Markers {
    pub priority: Option<Priority>,
    pub tags: Vec<Tag>,
    pub project: Option<Project>,
    /// Where the notes begin, behind the slashes.
    pub notes: Option<usize>,
    pub spans: Vec<(SpanKind, Span)>,
    /// A second priority or project, which stays in the title.
    pub repeated: Vec<Warning>,
}

/// One marker that was recognised.
enum Marker {
    Priority(Priority),
    Tag(Tag),
    Project(Project),
    Notes,
}

/// Reads all markers and keeps the other rules off them. Notes close the rest of the line.
pub(crate) fn markers(line: &mut Line) -> Markers {
    let mut found = Markers::default();
    let mut names = HashSet::new();
    let (mut at, mut behind) = (0, None);
    while at < line.len() {
        let starts = !line.glued(at) || behind == Some(at) || at > 0 && matches!(line.mark(at - 1), Some('(' | '['));
        let Some((marker, end)) = marker(line, at).filter(|_| starts) else {
            at += 1;
            continue;
        };
        let span = Span::new(line.token(at).span().start, end);
        let next = (at..line.len()).find(|i| line.token(*i).span().start >= end).unwrap_or(line.len());
        // "lamps @is done": the words behind the mark are the command.
        if (at..next).any(|i| line.token(i).access == Access::Taken) {
            at = next;
            continue;
        }
        let kind = match marker {
            Marker::Priority(priority) if found.priority.is_none() => {
                found.priority = Some(priority);
                SpanKind::Priority
            }
            Marker::Project(project) if found.project.is_none() => {
                found.project = Some(project);
                SpanKind::Project
            }
            Marker::Priority(_) | Marker::Project(_) => {
                let what = if matches!(marker, Marker::Priority(_)) { "priority" } else { "project" };
                let message = format!("{} is a second {what}, and a task has one", &line.text[span.start..span.end]);
                if found.repeated.len() < REPEATED_MAX {
                    found.repeated.push(Warning { span, message, twice: true });
                }
                line.close(at, next, Access::Protected);
                at = next;
                continue;
            }
            Marker::Tag(tag) => {
                if names.insert(tag.folded()) {
                    found.tags.push(tag);
                }
                SpanKind::Tag
            }
            Marker::Notes => {
                found.notes = Some(end);
                found.spans.push((SpanKind::Notes, Span::new(span.start, line.text.trim_end().len().max(end))));
                line.close(at, line.len(), Access::Taken);
                break;
            }
        };
        found.spans.push((kind, span));
        line.close(at, next, Access::Taken);
        (at, behind) = (next, Some(next));
    }
    found
}

/// The place of the slashes that begin the notes, or of the end.
pub(crate) fn notes_at(line: &Line) -> usize {
    let notes =
        |at: &usize| line.is_mark(*at, '/') && !line.glued(*at) && line.is_mark(at + 1, '/') && line.glued(at + 1);
    (0..line.len()).find(notes).unwrap_or(line.len())
}

/// The marker at this token and the byte behind it.
fn marker(line: &Line, at: usize) -> Option<(Marker, usize)> {
    let next = at + 1;
    if let Some(mark) = line.mark(at) {
        if !line.glued(next) {
            return None;
        }
        return match mark {
            '!' => priority(line, next),
            '#' | '+' => {
                let (name, end) = name_at(line, next, mark)?;
                Some((Marker::Tag(Tag::parse(name).ok()?), end))
            }
            '@' => project(line, next),
            '/' if line.is_mark(next, '/') => Some((Marker::Notes, line.token(next).span().end)),
            _ => None,
        };
    }
    if line.is(at, Key::Project) && line.is_mark(next, ':') && line.glued(next) && line.glued(next + 1) {
        return project(line, next + 1);
    }
    // "p1" to "p4"
    let coded = line.glued(next) && line.spelling(at).eq_ignore_ascii_case("p") && line.token(next).digits() == 1;
    if coded && (1..=4).contains(&line.digits(next)?) && ends(line, next) {
        let span = line.bytes(at, next + 1);
        let priority = Priority::parse(&line.text[span.start..span.end]).ok()?;
        return Some((Marker::Priority(priority), span.end));
    }
    None
}

/// Whether nothing but white space or punctuation follows the token.
fn ends(line: &Line, at: usize) -> bool {
    let next = at + 1;
    next >= line.len()
        || !line.glued(next)
        || matches!(line.mark(next), Some(',' | '.' | ';' | ')' | ']' | '!' | '?')) && !line.glued(next + 1)
}

fn priority(line: &Line, at: usize) -> Option<(Marker, usize)> {
    // "!!" and "!=" are no priorities, "!5" is no code.
    let word = line.spelling(at);
    let plausible = word.len() <= 6 && word.bytes().all(|b| b.is_ascii_alphanumeric()) && ends(line, at);
    let priority = plausible.then(|| Priority::parse(word).ok())??;
    Some((Marker::Priority(priority), line.token(at).span().end))
}

fn project(line: &Line, at: usize) -> Option<(Marker, usize)> {
    let (name, end) = name_at(line, at, '@')?;
    let name = name.trim_end_matches('/');
    // "friday @noon"
    if matches!(line.key(at), Some(Key::Noon | Key::Midnight)) && name.len() == line.spelling(at).len() {
        return None;
    }
    Some((Marker::Project(Project::parse(name).ok()?), end - (end - line.token(at).span().start - name.len())))
}

/// The name that begins at this token, up to white space or a character that no name has; not a number ("#1", "+49").
fn name_at<'a>(line: &Line<'a>, at: usize, mark: char) -> Option<(&'a str, usize)> {
    let start = line.token(at).span().start;
    let rest = &line.text[start..];
    if !rest.starts_with(char::is_alphanumeric) || mark != '#' && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let stop = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '"' | '(' | ')' | ',' | ';' | '#' | '@' | '[' | ']')
    };
    let name = &rest[..rest.find(stop).unwrap_or(rest.len())];
    let name = name.trim_end_matches(['.', ':', '!', '?', '\'']);
    let only_digits = name.bytes().all(|b| b.is_ascii_digit());
    (!name.is_empty() && !only_digits).then_some((name, start + name.len()))
}
