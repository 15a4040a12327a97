//! How commands of `tasks on` went.

use crate::attempt::Attempt;
use crate::error::CliError;
use crate::output::label;
use crate::output::text::clean;
use crate::output::ui::Ui;
use std::path::Path;

/// Hands on what the command wrote, and says it when it failed.
pub(in crate::output) fn attempt(ui: &mut Ui, attempt: &Attempt, log: &Path) -> Result<(), CliError> {
    ui.write(&String::from_utf8_lossy(attempt.ran.out()))?;
    ui.flush()?;
    if !attempt.ran.err().is_empty() {
        ui.complain(&String::from_utf8_lossy(attempt.ran.err()));
    }
    failure(ui, attempt, log)
}

/// Says it when the command failed.
pub(in crate::output) fn failure(ui: &mut Ui, attempt: &Attempt, log: &Path) -> Result<(), CliError> {
    if attempt.ran.worked() || attempt.ran.was_interrupted() {
        return Ok(());
    }
    let name = attempt.event.r#type.strip_prefix("task.").unwrap_or(&attempt.event.r#type);
    let task = match &attempt.event.task {
        Some(task) => format!("{} {}", label::of_task(task), clean(&task.title)),
        None => label::short_letters(&attempt.event.task_id),
    };
    let next = match (attempt.again_in, attempt.of) {
        (Some(pause), of) => format!("try {} of {of}, the next in {} s", attempt.number, pause.as_secs()),
        (None, 1) => format!("see {}", log.display()),
        (None, of) => format!("try {of} of {of}; see {}", log.display()),
    };
    ui.warn(&format!("the command for {name} {task}: {}; {next}", attempt.ran))
}
