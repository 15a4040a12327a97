//! Failures on the wire: a gRPC status with an [`v1::ErrorDetail`] in its metadata, and back.

use crate::v1;
use prost::Message as _;
use tasks_domain::error::{Error, ErrorKind, Span};
use tonic::metadata::{MetadataMap, MetadataValue};
use tonic::{Code, Status};

/// Metadata key of the encoded detail.
const DETAIL_HEADER: &str = "tasks-error-bin";

/// A failure as it crosses a process boundary: what is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// What sort it is.
    pub kind: ErrorKind,
    /// One line, lower case, without a full stop.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// The text that is wrong and the place in it.
    pub place: Option<(String, Span)>,
    /// For a program, as [`crate::build::DAEMON_OUTDATED`]; mostly empty.
    pub reason: String,
    /// Which of several texts is wrong, from 1.
    pub line: Option<u32>,
}

impl Failure {
    /// A failure that is not about a text.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None, place: None, reason: String::new(), line: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with a reason for programs.
    #[must_use]
    pub fn with_reason(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.reason);
        self
    }

    /// Whether the daemon refused because a newer build asked.
    pub fn is_daemon_outdated(&self) -> bool {
        self.reason == crate::build::DAEMON_OUTDATED
    }
}

/// Longest message and hint, in characters: what they quote can be of any length, a status on the wire cannot.
const WORDS_MAX: usize = 300;

/// A text with its middle left out where it is too long: how it begins and ends says what it is about.
fn bounded(text: String) -> String {
    let chars = text.chars().count();
    if chars <= WORDS_MAX {
        return text;
    }
    let part = |from: usize, to: usize| text.chars().skip(from).take(to - from).collect::<String>();
    format!("{}…{}", part(0, WORDS_MAX / 2), part(chars - WORDS_MAX / 2 + 1, chars))
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            kind: error.kind(),
            message: bounded(error.to_string()),
            hint: error.hint().map(bounded),
            place: error.place().map(|(text, span)| (text.to_owned(), span)),
            reason: String::new(),
            line: None,
        }
    }
}

/// Longest text that is sent back for a place, in bytes; a place in a longer one is told without the text.
const PLACE_TEXT_MAX: usize = 2_000;

impl From<Failure> for v1::ErrorDetail {
    fn from(failure: Failure) -> Self {
        let (text, span) = match failure.place {
            Some((text, span)) if text.len() <= PLACE_TEXT_MAX => (text, span),
            _ => (String::new(), Span::new(0, 0)),
        };
        Self {
            kind: wire_kind(failure.kind) as i32,
            message: bounded(failure.message),
            hint: bounded(failure.hint.unwrap_or_default()),
            text,
            span_start: span.start as u32,
            span_end: span.end as u32,
            reason: failure.reason,
            line: failure.line.unwrap_or(0),
        }
    }
}

impl From<v1::ErrorDetail> for Failure {
    fn from(detail: v1::ErrorDetail) -> Self {
        let span = Span::new(detail.span_start as usize, detail.span_end as usize);
        Self {
            kind: domain_kind(detail.kind()),
            message: detail.message,
            hint: Some(detail.hint).filter(|hint| !hint.is_empty()),
            place: Some((detail.text, span)).filter(|(text, _)| !text.is_empty()),
            reason: detail.reason,
            line: Some(detail.line).filter(|line| *line > 0),
        }
    }
}

impl From<Failure> for Status {
    fn from(failure: Failure) -> Self {
        let (kind, message) = (failure.kind, bounded(failure.message.clone()));
        let mut metadata = MetadataMap::new();
        let detail = v1::ErrorDetail::from(failure).encode_to_vec();
        metadata.insert_bin(DETAIL_HEADER, MetadataValue::from_bytes(&detail));
        Self::with_metadata(code(kind), message, metadata)
    }
}

impl From<Status> for Failure {
    fn from(status: Status) -> Self {
        let detail = status
            .metadata()
            .get_bin(DETAIL_HEADER)
            .and_then(|value| value.to_bytes().ok())
            .and_then(|bytes| v1::ErrorDetail::decode(bytes).ok());
        detail.map_or_else(|| Self::new(kind_of_code(status.code()), status.message()), Self::from)
    }
}

fn wire_kind(kind: ErrorKind) -> v1::ErrorKind {
    match kind {
        ErrorKind::Failed => v1::ErrorKind::Failed,
        ErrorKind::Usage => v1::ErrorKind::Usage,
        ErrorKind::NotFound => v1::ErrorKind::NotFound,
        ErrorKind::Ambiguous => v1::ErrorKind::Ambiguous,
        ErrorKind::Refused => v1::ErrorKind::Refused,
        ErrorKind::NotAllowed => v1::ErrorKind::NotAllowed,
        ErrorKind::Unavailable => v1::ErrorKind::Unavailable,
        ErrorKind::TimedOut => v1::ErrorKind::TimedOut,
    }
}

fn domain_kind(kind: v1::ErrorKind) -> ErrorKind {
    match kind {
        v1::ErrorKind::Unspecified | v1::ErrorKind::Failed => ErrorKind::Failed,
        v1::ErrorKind::Usage => ErrorKind::Usage,
        v1::ErrorKind::NotFound => ErrorKind::NotFound,
        v1::ErrorKind::Ambiguous => ErrorKind::Ambiguous,
        v1::ErrorKind::Refused => ErrorKind::Refused,
        v1::ErrorKind::NotAllowed => ErrorKind::NotAllowed,
        v1::ErrorKind::Unavailable => ErrorKind::Unavailable,
        v1::ErrorKind::TimedOut => ErrorKind::TimedOut,
    }
}

fn code(kind: ErrorKind) -> Code {
    match kind {
        ErrorKind::Failed => Code::Internal,
        ErrorKind::Usage | ErrorKind::Refused => Code::InvalidArgument,
        ErrorKind::NotFound => Code::NotFound,
        ErrorKind::Ambiguous => Code::FailedPrecondition,
        ErrorKind::NotAllowed => Code::PermissionDenied,
        ErrorKind::Unavailable => Code::Unavailable,
        ErrorKind::TimedOut => Code::DeadlineExceeded,
    }
}

/// For a status that is not ours: made by tonic, or by a proxy.
fn kind_of_code(code: Code) -> ErrorKind {
    match code {
        Code::InvalidArgument | Code::OutOfRange => ErrorKind::Refused,
        Code::NotFound => ErrorKind::NotFound,
        Code::PermissionDenied | Code::Unauthenticated => ErrorKind::NotAllowed,
        Code::Unavailable | Code::Cancelled | Code::Unimplemented => ErrorKind::Unavailable,
        Code::DeadlineExceeded => ErrorKind::TimedOut,
        _ => ErrorKind::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_survives_the_wire_whole() {
        for kind in ErrorKind::ALL {
            let failure = Failure {
                place: Some(("friday 25:00".to_owned(), Span::new(7, 12))),
                line: Some(3),
                ..Failure::new(kind, "25:00 is not a time of day").with_hint("hours run from 0 to 24").with_reason("x")
            };
            assert_eq!(Failure::from(Status::from(failure.clone())), failure);
        }
    }

    #[test]
    fn what_a_failure_quotes_cannot_make_it_too_long_for_the_wire() {
        let text = "日本 ".repeat(100_000);
        let error = Error::UnreadableDate { span: Span::whole(&text), text };
        let failure = Failure::from(error);
        let (begin, end) = ("`日本 日本", "日本 ` is not a date or time I understand");
        assert!(failure.message.starts_with(begin) && failure.message.ends_with(end), "{}", failure.message);
        let long = Failure::new(ErrorKind::Failed, "x".repeat(100_000)).with_hint("y".repeat(100_000));
        for failure in [failure, long] {
            let status = Status::from(failure);
            // In percent-encoding three bytes a byte; in base 64 four for three.
            let detail = status.metadata().get_bin(DETAIL_HEADER).map_or(0, |value| value.as_encoded_bytes().len());
            assert!(status.message().len() * 3 + detail < 12_000, "{} and {detail}", status.message().len());
        }
    }

    #[test]
    fn a_foreign_status_becomes_a_failure_of_its_kind() {
        assert_eq!(Failure::from(Status::unavailable("gone")).kind, ErrorKind::Unavailable);
        assert_eq!(Failure::from(Status::deadline_exceeded("slow")).kind, ErrorKind::TimedOut);
    }
}
