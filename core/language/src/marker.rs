//! Marks that people learn: `!high`, `p1`, `#tag`, `+tag`, `@project`, `project:x/y`, `// notes`; and the same as other programs write
//! them: `priority:H`, `tags:a,b`.

use crate::field;
use crate::lexicon::Key;
use crate::line::Line;
use crate::reading::{SpanKind, Warning, WarningKind};
use crate::token::Access;
use std::collections::HashSet;
use tasks_domain::error::Span;
use tasks_domain::priority::Priority;
use tasks_domain::text::{Project, Tag};

/// How many of those that stay in the title are told of.
const LEFT_MAX: usize = 8;

/// What the markers of a line say, and where they stand.
#[derive(Debug, Default)]
pub(crate) struct Markers {
    pub priority: Option<Priority>,
    pub tags: Vec<Tag>,
    pub project: Option<Project>,
    /// Where the notes begin, behind the slashes.
    pub notes: Option<usize>,
    pub spans: Vec<(SpanKind, Span)>,
    /// What stays in the title: a second priority or project, and fields that no text says.
    pub left: Vec<Warning>,
}

impl Markers {
    /// Keeps these tokens in the title, and tells of it; the place behind them.
    fn leave(&mut self, line: &mut Line, (from, to): (usize, usize), warning: Warning) -> usize {
        if self.left.len() < LEFT_MAX {
            self.left.push(warning);
        }
        line.close(from, to, Access::Protected);
        to
    }
}

/// One marker that was recognised.
enum Marker {
    Priority(Priority),
    Tags(Vec<Tag>),
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
            at = match field::kept(line, at).filter(|_| starts) {
                Some((end, warning)) => found.leave(line, (at, end), warning),
                None => at + 1,
            };
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
                at = found.leave(line, (at, next), Warning { span, message, kind: WarningKind::Twice });
                continue;
            }
            Marker::Tags(tags) => {
                found.tags.extend(tags.into_iter().filter(|tag| names.insert(tag.folded())));
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
                Some((Marker::Tags(vec![Tag::parse(name).ok()?]), end))
            }
            '@' => project(line, next),
            '/' if line.is_mark(next, '/') => Some((Marker::Notes, line.token(next).span().end)),
            _ => None,
        };
    }
    if field::is_named(line, at, &["project", "proj", "pro"]) {
        return project(line, next + 1);
    }
    if field::is_named(line, at, &["priority", "pri"]) {
        return priority(line, next + 1);
    }
    if field::is_named(line, at, &["tag", "tags"]) {
        return tags(line, next + 1);
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

/// Names with a comma between two, up to white space.
fn tags(line: &Line, at: usize) -> Option<(Marker, usize)> {
    let start = line.token(at).span().start;
    let rest = &line.text[start..];
    let names = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
    let names = names.trim_end_matches(['.', ',', ':', '!', '?']);
    let tags = names.split(',').map(|name| Tag::parse(name).ok()).collect::<Option<Vec<_>>>()?;
    Some((Marker::Tags(tags), start + names.len()))
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
