//! What commands about views, contexts and settings answer with.

use crate::settings::{Config, Origin, Setting};
use std::path::PathBuf;
use tasks_proto::v1;

/// Saved views, and what became of one.
#[derive(Debug)]
pub struct ViewsReport {
    /// The views.
    pub views: Vec<v1::View>,
    /// One was asked for.
    pub one: bool,
    /// What was changed.
    pub change: Option<ViewChange>,
}

/// What became of a view.
#[derive(Debug)]
pub struct ViewChange {
    /// As it was named.
    pub name: String,
    /// What the daemon answered.
    pub result: v1::ViewResult,
}

/// What lists are narrowed to.
#[derive(Debug)]
pub struct ContextReport {
    /// As it was set; `None` for nothing.
    pub context: Option<String>,
    /// The view that it names, when it does.
    pub name: Option<String>,
    /// The filter; `None` also when the view is not there.
    pub filter: Option<String>,
    /// Where it is set.
    pub origin: Option<Origin>,
    /// What was set in the file before, when it was to be changed.
    pub before: Option<String>,
    /// Nothing was done.
    pub dry_run: bool,
}

/// Settings, and what became of one.
#[derive(Debug)]
pub struct SettingsReport {
    /// The file; need not be there.
    pub path: PathBuf,
    /// The settings that the answer is about.
    pub shown: Vec<&'static Setting>,
    /// All values.
    pub config: Config,
    /// What was changed.
    pub change: Option<SettingChange>,
    /// With what each one means and may be.
    pub long: bool,
    /// Only values, for scripts.
    pub values_only: bool,
    /// Only where the file is.
    pub path_only: bool,
}

impl SettingsReport {
    /// An answer about these.
    pub fn of(path: PathBuf, shown: Vec<&'static Setting>, config: Config) -> Self {
        Self { path, shown, config, change: None, long: false, values_only: false, path_only: false }
    }
}

/// What was changed in the settings file.
#[derive(Debug)]
pub struct SettingChange {
    /// Which setting.
    pub name: &'static str,
    /// What the file said.
    pub before: Option<String>,
    /// What it says now.
    pub after: Option<String>,
    /// Nothing was done.
    pub dry_run: bool,
}
