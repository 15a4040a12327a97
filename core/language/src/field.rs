//! Fields with their values as other programs and our own filters write them: `wait:monday`. Those that a text can say are markers,
//! dates and rules; of the others it is told which flag sets them, instead of reading a date out of their middle.

use crate::line::Line;
use crate::reading::{ReadSpan, Warning, WarningKind};
use crate::token::Kind;
use tasks_domain::error::Span;

/// How many such fields are told of.
const TOLD_MAX: usize = 8;

/// What no text says, and the flag that does.
const FLAGS: [(&str, &str); 15] = [
    ("after", "--after"),
    ("dep", "--after"),
    ("depends", "--after"),
    ("end", "--due"),
    ("est", "--estimate"),
    ("estimate", "--estimate"),
    ("note", "--notes"),
    ("notes", "--notes"),
    ("parent", "--parent"),
    ("remind", "--remind"),
    ("reminder", "--remind"),
    ("sched", "--wait"),
    ("scheduled", "--wait"),
    ("start", "--due"),
    ("wait", "--wait"),
];

/// What a text says in this form where the value can be read, and the flag.
const READ: [(&str, &str); 12] = [
    ("due", "--due"),
    ("pri", "--priority"),
    ("priority", "--priority"),
    ("pro", "--project"),
    ("proj", "--project"),
    ("project", "--project"),
    ("recur", "--repeat \"every"),
    ("recurs", "--repeat \"every"),
    ("repeat", "--repeat \"every"),
    ("tag", "--tag"),
    ("tags", "--tag"),
    ("until", "--repeat \"every week until"),
];

/// The place behind a field that no text says, which begins here, and what to tell of it.
pub(crate) fn kept(line: &Line, at: usize) -> Option<(usize, Warning)> {
    let flag = named(line, at, &FLAGS)?;
    let end = behind(line, at);
    Some((end, warning(line.text, line.bytes(at, end), flag)))
}

/// Whether a field of one of these names begins here, with its value glued to it.
pub(crate) fn is_named(line: &Line, at: usize, names: &[&str]) -> bool {
    has_value(line, at) && names.iter().any(|name| line.spelling(at).eq_ignore_ascii_case(name))
}

/// The fields that a text could say, had their values been read; not those of which `told` tells already.
pub(crate) fn unread(line: &Line, spans: &[ReadSpan], told: &[Warning]) -> Vec<Warning> {
    let mut left = Vec::new();
    let mut at = 0;
    while at < line.len() && left.len() < TOLD_MAX {
        let flag = if line.glued(at) { None } else { named(line, at, &READ) };
        let Some(flag) = flag else {
            at += 1;
            continue;
        };
        let end = behind(line, at);
        let span = line.bytes(at, end);
        let mut known = spans.iter().map(|read| read.span).chain(told.iter().map(|warning| warning.span));
        if !known.any(|other| other.start < span.end && span.start < other.end) {
            left.push(warning(line.text, span, flag));
        }
        at = end;
    }
    left
}

fn warning(text: &str, span: Span, flag: &'static str) -> Warning {
    let field = &text[span.start..span.end];
    let value = field.split_once(':').map_or("", |(_, value)| value);
    let close = if flag.contains('"') { "\"" } else { "" };
    let flag = format!("{flag} {value}{close}");
    Warning { span, message: format!("a text cannot say {field}"), kind: WarningKind::Flag(flag) }
}

fn named(line: &Line, at: usize, names: &[(&str, &'static str)]) -> Option<&'static str> {
    let name = has_value(line, at).then(|| line.spelling(at))?;
    names.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, flag)| *flag)
}

/// Whether a word, a colon and a value stand here without a blank: neither "wait: it rains" nor a quote.
fn has_value(line: &Line, at: usize) -> bool {
    matches!(line.token(at).kind, Kind::Word(_))
        && line.is_free(at)
        && line.is_mark(at + 1, ':')
        && line.glued(at + 1)
        && line.glued(at + 2)
        && !line.is_mark(at + 2, '/')
}

/// The place behind the run without white space that begins here.
fn behind(line: &Line, at: usize) -> usize {
    (at + 1..line.len()).find(|next| !line.glued(*next)).unwrap_or(line.len())
}
