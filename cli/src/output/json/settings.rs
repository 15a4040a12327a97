//! Settings.

use super::VERSION;
use crate::outcome::SettingsReport;
use crate::settings::{Config, Origin, Setting};
use serde::Serialize;

/// Settings, and what became of one.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct SettingsDoc<'a> {
    version: u32,
    /// Path of the settings file, whether or not it is there.
    file: String,
    settings: Vec<SettingDoc>,
    /// Null when nothing was to be changed.
    change: Option<ChangeDoc<'a>>,
    /// For people, one line each.
    warnings: &'a [String],
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SettingDoc {
    name: &'static str,
    /// As text, whatever its kind.
    value: String,
    default: String,
    /// `default`, `file` or `variable`.
    source: &'static str,
    /// Line of the file, from 1; null when the value is not from there.
    line: Option<usize>,
    /// The variable of the environment that goes before the file.
    variable: &'static str,
    /// `account` or `local`.
    scope: &'static str,
    /// `choice`, `number`, `flag`, `time`, `day and time`, `zone` or `text`.
    kind: &'static str,
    /// What may be set, for people.
    allowed: String,
    meaning: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ChangeDoc<'a> {
    name: &'static str,
    /// What the file said; null for nothing.
    before: Option<&'a str>,
    after: Option<&'a str>,
    /// Nothing was done: this is what would be.
    dry_run: bool,
}

impl<'a> SettingsDoc<'a> {
    /// The document of a report.
    pub(super) fn of(report: &'a SettingsReport) -> Self {
        let change = report.change.as_ref().map(|change| ChangeDoc {
            name: change.name,
            before: change.before.as_deref(),
            after: change.after.as_deref(),
            dry_run: change.dry_run,
        });
        Self {
            version: VERSION,
            file: report.path.display().to_string(),
            settings: report.shown.iter().map(|setting| setting_doc(setting, &report.config)).collect(),
            change,
            warnings: &report.config.warnings,
        }
    }
}

fn setting_doc(setting: &Setting, config: &Config) -> SettingDoc {
    let (source, line) = match config.origin(setting) {
        None => ("default", None),
        Some(Origin::File { line }) => ("file", Some(*line)),
        Some(Origin::Variable(_)) => ("variable", None),
    };
    SettingDoc {
        name: setting.name,
        value: (setting.show)(config),
        default: (setting.show)(&Config::default()),
        source,
        line,
        variable: setting.variable,
        scope: setting.scope.as_str(),
        kind: setting.kind_word(),
        allowed: setting.allowed(),
        meaning: setting.meaning,
    }
}
