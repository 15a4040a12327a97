//! The program and its daemon.

use super::facts::{LABELLED, line};
use crate::error::CliError;
use crate::outcome::{Said, StatusReport};
use crate::output::style::Role;
use crate::output::ui::Ui;
use crate::output::{dates, label};
use tasks_domain::when::Now;

/// Letters of the device's id that are shown.
const LETTERS_SHOWN: usize = 12;

/// Writes the report.
pub(super) fn render(ui: &mut Ui, report: &StatusReport, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let mut facts: Vec<(&str, String)> = vec![("tasks", report.build.clone())];
    match &report.daemon {
        Some(daemon) => {
            let since = dates::ago(daemon.started_at_unix_ms, now).replace("now", "just now");
            let state = paint.apply(Role::Good, "running");
            facts.push(("daemon", format!("{state}, process {}, started {since}", daemon.pid)));
            if daemon.build != report.build {
                facts.push(("", format!("of build {}: tasks daemon restart", daemon.build)));
            }
            facts.push(("open", format!("{} {}", daemon.open_tasks, plural(daemon.open_tasks, "task", "tasks"))));
            facts.push((
                "log",
                format!("{} {}", daemon.operations, plural(daemon.operations, "operation", "operations")),
            ));
            let device: String = label::letters_of_operation(&daemon.device).chars().take(LETTERS_SHOWN).collect();
            facts.push(("device", device));
        }
        None => facts.push(("daemon", "not running; the first command that needs it starts it".to_owned())),
    }
    let size = report.daemon.as_ref().map(|daemon| format!(" ({})", size(daemon.database_bytes))).unwrap_or_default();
    facts.push(("database", format!("{}{size}", report.database)));
    facts.push(("settings", report.config.clone()));
    facts.push(("logfile", report.log.clone()));
    facts.push(("socket", report.socket.clone()));
    facts.push(("now", format!("{} in {}, locale {}", report.now, report.zone, report.locale)));
    for (name, value) in facts {
        ui.words(&line(name, &value, paint), LABELLED)?;
    }
    let warnings = report.daemon.iter().flat_map(|daemon| &daemon.warnings);
    warnings.into_iter().try_for_each(|warning| ui.warn(warning))
}

/// Writes a few words.
pub(super) fn said(ui: &mut Ui, said: &Said) -> Result<(), CliError> {
    let pid = if said.pid > 0 { format!(" (process {})", said.pid) } else { String::new() };
    let file = if said.file.is_empty() { String::new() } else { format!(": {}", said.file) };
    ui.words(&format!("{}{pid}{file}", said.words), 0)?;
    if said.hint.is_empty() { Ok(()) } else { ui.note(&said.hint) }
}

fn plural<'a>(count: u64, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MiB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}
