//! Settings, as a settings file would have them.

use crate::error::CliError;
use crate::outcome::{SettingChange, SettingsReport};
use crate::output::style::Role;
use crate::output::text::{clean, width};
use crate::output::ui::Ui;
use crate::settings::{Config, Origin, Setting};

/// Writes the report.
pub(super) fn render(ui: &mut Ui, report: &SettingsReport) -> Result<(), CliError> {
    if report.path_only {
        return ui.line(&clean(&report.path.display().to_string()));
    }
    if report.values_only {
        return report.shown.iter().try_for_each(|setting| ui.line(&clean(&(setting.show)(&report.config))));
    }
    if let Some(change) = &report.change {
        return changed(ui, report, change);
    }
    if report.shown.is_empty() {
        return ui.note("nothing is set: every setting has its default");
    }
    let lines: Vec<String> = report.shown.iter().map(|setting| line(setting, &report.config)).collect();
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let paint = ui.paint();
    for (setting, line) in report.shown.iter().zip(lines) {
        if report.long {
            let words = format!("# {}: {} ({})", setting.meaning, setting.allowed(), setting.variable);
            let wrapped = crate::output::wrap::wrap(&words, ui.columns(), 0).replace('\n', "\n# ");
            ui.line("")?;
            ui.line(&paint.apply(Role::Faint, &wrapped))?;
        }
        let origin = origin(setting, report);
        let role = if report.config.origin(setting).is_some() { Role::Good } else { Role::Faint };
        let fits = ui.columns().is_none_or(|columns| widest + 2 + width(&origin) + 2 <= columns);
        if fits {
            let blanks = " ".repeat(widest - width(&line) + 2);
            ui.line(&format!("{line}{blanks}{}", paint.apply(role, &format!("# {origin}"))))?;
        } else {
            ui.line(&line)?;
            ui.line(&paint.apply(role, &format!("  # {origin}")))?;
        }
    }
    Ok(())
}

fn line(setting: &Setting, config: &Config) -> String {
    clean(&setting.line(&(setting.show)(config))).into_owned()
}

/// Where a value comes from, and what it would be otherwise.
fn origin(setting: &Setting, report: &SettingsReport) -> String {
    let default = || {
        let text = setting.literal(&(setting.show)(&Config::default()));
        format!("default {text}")
    };
    match report.config.origin(setting) {
        None => "default".to_owned(),
        Some(Origin::Variable(name)) => format!("{name}, {}", default()),
        Some(Origin::File { line }) => {
            let name = report.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            format!("{name}:{line}, {}", default())
        }
    }
}

fn changed(ui: &mut Ui, report: &SettingsReport, change: &SettingChange) -> Result<(), CliError> {
    let Some(setting) = report.shown.first() else { return Ok(()) };
    let path = report.path.display().to_string();
    if change.before == change.after {
        let value = change.after.as_ref().map_or("not set".to_owned(), |value| setting.literal(value));
        return ui.words(&format!("{} is {value} already in {path}", change.name), 2);
    }
    let verb = match (change.dry_run, &change.after) {
        (false, Some(_)) => "Set",
        (true, Some(_)) => "Would set",
        (false, None) => "Unset",
        (true, None) => "Would unset",
    };
    let what = change.after.as_ref().map_or(change.name.to_owned(), |value| setting.line(value));
    let was = change.before.as_ref().map(|value| format!(" (was {})", setting.literal(value))).unwrap_or_default();
    ui.words(&format!("{} {what}{was} in {path}", ui.paint().apply(Role::Good, verb)), 2)?;
    report.config.warnings.iter().try_for_each(|warning| ui.warn(warning))?;
    if let Some(Origin::Variable(name)) = report.config.origin(setting) {
        ui.warn(&format!("{name} is set in the environment and goes before the file"))?;
    }
    if change.dry_run {
        return Ok(());
    }
    ui.note(&match &change.before {
        Some(value) => format!("undo: tasks config set {} {}", change.name, crate::argv::quoted(value)),
        None => format!("undo: tasks config unset {}", change.name),
    })
}
