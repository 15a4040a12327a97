//! Lines from standard input that may be of any length and any bytes.

use crate::error::CliError;
use std::io::{self, BufRead};
use tasks_domain::error::{Error, ErrorKind};
use tasks_proto::error::Failure;

/// Longest line that is read, in bytes: the longest notes with the longest title, and some room.
pub(super) const LINE_BYTES_MAX: usize = 300 * 1024;

/// The lines of an input, one by one. The end of a line, `\n` or `\r\n`, is not part of it.
pub(super) struct Lines<R> {
    input: R,
    number: usize,
    drained: bool,
    messages: bool,
}

/// What a line of any length turned out to be.
enum Raw {
    Line(Vec<u8>),
    TooLong { chars: usize, bytes: usize },
}

impl<R: BufRead> Lines<R> {
    /// The lines of `input`.
    pub(super) fn of(input: R) -> Self {
        Self { input, number: 0, drained: true, messages: false }
    }

    /// The same of messages: what is too long for any line is too long for a message.
    pub(super) fn of_messages(self) -> Self {
        Self { messages: true, ..self }
    }

    /// The number of the last line, from 1.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// Whether the next line may take its time: nothing more has arrived.
    pub(super) fn is_drained(&self) -> bool {
        self.drained
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<String>, CliError> {
        let raw = read_line(&mut self.input)
            .map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot read standard input: {error}")))?;
        let Some((raw, drained)) = raw else { return Ok(None) };
        self.drained = drained;
        self.number += 1;
        match raw {
            Raw::Line(bytes) => self.text(bytes).map(Some),
            Raw::TooLong { bytes, .. } if self.messages => Err(self.wrong(Error::MessageTooLong { bytes }.into())),
            Raw::TooLong { chars, .. } => Err(self.wrong(
                Failure::new(
                    ErrorKind::Refused,
                    format!("the title has {chars} characters, more than {}", tasks_domain::text::TITLE_CHARS_MAX),
                )
                .with_hint(
                    "nothing was added; keep a title to one line and put the rest into notes: \"title // notes\"",
                ),
            )),
        }
    }

    /// An error about the last line.
    fn wrong(&self, failure: Failure) -> CliError {
        Failure { line: u32::try_from(self.number).ok(), ..failure }.into()
    }

    fn text(&self, mut bytes: Vec<u8>) -> Result<String, CliError> {
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        // Files that begin with a byte order mark are common; it is no part of what somebody wants to do.
        if self.number == 1 && bytes.starts_with("\u{feff}".as_bytes()) {
            bytes.drain(..'\u{feff}'.len_utf8());
        }
        String::from_utf8(bytes).map_err(|error| {
            let message = format!("this is not valid UTF-8 (byte {})", error.utf8_error().valid_up_to() + 1);
            let hint = "convert the input, as with iconv -f latin1 -t utf-8";
            self.wrong(Failure::new(ErrorKind::Refused, message).with_hint(hint))
        })
    }
}

/// Reads up to the end of a line, keeping no more than [`LINE_BYTES_MAX`] of it; with it, whether nothing behind it has arrived.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<(Raw, bool)>> {
    let (mut line, mut chars, mut bytes, mut seen, mut drained) = (Vec::new(), 0, 0, false, true);
    loop {
        let part = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if part.is_empty() {
            break;
        }
        seen = true;
        let end = part.iter().position(|byte| *byte == b'\n');
        let piece = &part[..end.unwrap_or(part.len())];
        // Every byte of UTF-8 but the continuing ones begins a character.
        chars += piece.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        bytes += piece.len();
        let room = (LINE_BYTES_MAX + 1).saturating_sub(line.len());
        line.extend_from_slice(&piece[..piece.len().min(room)]);
        let used = end.map_or(piece.len(), |at| at + 1);
        drained = used == part.len();
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    if !seen {
        return Ok(None);
    }
    let raw = if line.len() > LINE_BYTES_MAX { Raw::TooLong { chars, bytes } } else { Raw::Line(line) };
    Ok(Some((raw, drained)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &[u8]) -> Result<Vec<String>, String> {
        let mut lines = Lines::of(input);
        let mut out = Vec::new();
        loop {
            match lines.next() {
                Ok(Some(line)) => out.push(line),
                Ok(None) => return Ok(out),
                Err(CliError::Failure(failure)) => return Err(format!("{:?}: {}", failure.line, failure.message)),
                Err(CliError::ClosedPipe | CliError::Stopped(_)) => return Err("closed".into()),
            }
        }
    }

    #[test]
    fn lines_end_as_on_any_system_and_the_last_needs_no_end() {
        assert_eq!(all("\u{feff}a\r\n\nb".as_bytes()).unwrap(), ["a", "", "b"]);
        assert!(all(b"").unwrap().is_empty());
    }

    #[test]
    fn a_line_that_is_not_utf8_is_named() {
        assert_eq!(all(b"ok\ncaf\xe9\n").unwrap_err(), "Some(2): this is not valid UTF-8 (byte 4)");
    }

    #[test]
    fn an_endless_line_is_refused_with_its_length() {
        let input = format!("ok\n{}\n", "ä".repeat(LINE_BYTES_MAX));
        assert_eq!(all(input.as_bytes()).unwrap_err(), "Some(2): the title has 307200 characters, more than 1000");
        assert_eq!(all("x".repeat(LINE_BYTES_MAX).as_bytes()).unwrap()[0].len(), LINE_BYTES_MAX);
    }
}
