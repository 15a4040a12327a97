//! `RUN`: one try of a command of `tasks on`, one a line.

use super::{VERSION, document};
use crate::attempt::Attempt;
use crate::error::CliError;
use crate::output::label;
use crate::output::ui::Ui;
use serde::Serialize;

/// One try of one event.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RunDoc<'a> {
    version: u32,
    /// Of the event.
    cursor: &'a str,
    /// Of the event: 32 letters.
    event: String,
    r#type: &'a str,
    task_id: String,
    /// Which try, from 1.
    attempt: u32,
    /// Of how many.
    attempts: u32,
    /// Null unless the command ended by itself.
    exit_code: Option<i32>,
    /// The signal that ended it, when that was not `tasks on`.
    signal: Option<i32>,
    timed_out: bool,
    /// `tasks on` ended, and the command with it: it is run again the next time.
    interrupted: bool,
    /// Why it could not be started.
    error: Option<String>,
    seconds: f64,
    /// Until the next try; null when there is none.
    again_in_seconds: Option<u64>,
    /// The first 64 KiB of what it wrote.
    stdout: String,
    stderr: String,
}

/// Writes it at once.
pub(in crate::output) fn attempt(ui: &mut Ui, attempt: &Attempt) -> Result<(), CliError> {
    let ran = &attempt.ran;
    let doc = RunDoc {
        version: VERSION,
        cursor: &attempt.cursor,
        event: label::letters_of_operation(&attempt.event.id),
        r#type: &attempt.event.r#type,
        task_id: label::letters_of_task(&attempt.event.task_id),
        attempt: attempt.number,
        attempts: attempt.of,
        exit_code: ran.exit_code(),
        signal: ran.signal(),
        timed_out: ran.timed_out(),
        interrupted: ran.was_interrupted(),
        error: ran.error(),
        seconds: attempt.took.as_secs_f64(),
        again_in_seconds: attempt.again_in.map(|pause| pause.as_secs()),
        stdout: String::from_utf8_lossy(ran.out()).into_owned(),
        stderr: String::from_utf8_lossy(ran.err()).into_owned(),
    };
    document(ui, &doc)?;
    ui.flush()
}
