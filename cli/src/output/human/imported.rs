//! What an import did.

use crate::error::CliError;
use crate::outcome::Imported;
use crate::output::style::Role;
use crate::output::ui::Ui;

/// Most places that are told.
const PROBLEMS_SHOWN: usize = 10;

/// Writes it.
pub(super) fn render(ui: &mut Ui, imported: &Imported) -> Result<(), CliError> {
    let total = imported.created + imported.changed + imported.unchanged;
    let word = if imported.dry_run { "Would import" } else { "Imported" };
    let role = if imported.dry_run { Role::Soon } else { Role::Good };
    let tasks = if total == 1 { "1 task".to_owned() } else { format!("{total} tasks") };
    let parts = [(imported.created, "new"), (imported.changed, "changed"), (imported.unchanged, "the same already")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    let paint = ui.paint();
    let besides = imported.besides.told();
    let besides = besides.strip_prefix(", ").map_or_else(String::new, |besides| format!("; with {besides}"));
    ui.words(&format!("{} {tasks}{parts}{besides}", paint.apply(role, word)), 2)?;
    left_out(ui, imported)?;
    match imported.operations.len() {
        _ if imported.dry_run => ui.note("nothing was changed: this was a dry run"),
        0 => Ok(()),
        1 => ui.line(&paint.apply(Role::Faint, "  undo: tasks undo")),
        several => ui.line(&paint.apply(Role::Faint, &format!("  undo: tasks undo {several}"))),
    }
}

/// Warns of what was left out.
pub(in crate::output) fn left_out(ui: &mut Ui, imported: &Imported) -> Result<(), CliError> {
    for problem in imported.problems.iter().take(PROBLEMS_SHOWN) {
        let place = problem.place;
        ui.warn(&format!("line {}, column {}: {}", place.line, place.column, problem.message))?;
    }
    let shown = imported.problems.len().min(PROBLEMS_SHOWN) as u64;
    if imported.failed > shown {
        ui.warn(&format!("and {} more were left out", imported.failed - shown))?;
    }
    if !imported.unknown.is_empty() {
        let keys: Vec<String> = imported.unknown.iter().map(|key| format!("`{key}`")).collect();
        ui.warn(&format!("what this build does not know was left out: {}", keys.join(", ")))?;
    }
    Ok(())
}
