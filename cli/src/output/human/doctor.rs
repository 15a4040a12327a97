//! What `tasks doctor` found.

use crate::doctor::State;
use crate::error::CliError;
use crate::outcome::Report;
use crate::output::style::Role;
use crate::output::text::{clean, width};
use crate::output::ui::Ui;

/// Writes the report.
pub(super) fn render(ui: &mut Ui, report: &Report) -> Result<(), CliError> {
    let paint = ui.paint();
    let widest = report.checks.iter().map(|check| width(check.name)).max().unwrap_or(0);
    let states = State::Problem.as_str().len();
    let indent = states + 2 + widest + 2;
    // Where there is no room beside the names, words begin below them.
    let indent = if ui.columns().is_some_and(|columns| columns < indent + 30) { 2 } else { indent };
    for check in &report.checks {
        let (word, role) = match check.state {
            _ if check.fixed.is_some() => ("fixed", Role::Good),
            State::Ok => ("ok", Role::Faint),
            State::Warning => ("warning", Role::Warning),
            State::Problem => ("problem", Role::Error),
        };
        let blanks = |text: &str, columns: usize| " ".repeat(columns.saturating_sub(width(text)) + 2);
        let head =
            format!("{}{}{}{}", paint.apply(role, word), blanks(word, states), check.name, blanks(check.name, widest));
        ui.words(&format!("{head}{}", clean(&check.message)), indent)?;
        let below = check.fixed.as_ref().map(|done| (done.as_str(), Role::Good));
        let below = below.or_else(|| Some((check.hint.as_str(), Role::Faint)).filter(|(hint, _)| !hint.is_empty()));
        if let Some((text, role)) = below {
            let text = paint.apply(role, &clean(text));
            ui.words(&format!("{}{text}", " ".repeat(indent)), indent)?;
        }
    }
    let count = |state: State| report.checks.iter().filter(|check| check.state == state).count();
    let (problems, warnings) = (count(State::Problem), count(State::Warning));
    let fixable = report.checks.iter().any(crate::doctor::Check::can_fix);
    let what = |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    let mut said = match (problems, warnings) {
        (0, 0) => "everything is as it should be".to_owned(),
        (0, warnings) => what(warnings, "warning"),
        (problems, 0) => what(problems, "problem"),
        (problems, warnings) => format!("{}, {}", what(problems, "problem"), what(warnings, "warning")),
    };
    if fixable {
        said.push_str("; tasks doctor --fix mends some of it");
    }
    ui.note(&said)
}
