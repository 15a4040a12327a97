//! What a person set: flags go before `TASKS_*` variables, those before the file, that before the defaults.
//!
//! [`SETTINGS`] is the one table of what there is; [`Config`] has the values in the types that the program uses. To add a
//! setting: a field of [`Config`] with its default, and a row of the table.

mod change;
mod channels;
mod file;
mod setting;
mod table;
mod value;

pub use change::{changed, removed, written};
pub use channels::ChannelSettings;
pub(crate) use channels::place;
pub use setting::{Kind, Scope, Setting};
pub use table::SETTINGS;

use crate::columns::Column;
use crate::error::CliError;
use crate::host::Env;
use crate::order::Sort;
use chrono_tz::Tz;
use std::io::Read as _;
use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};
use tasks_domain::error::ErrorKind;
use tasks_domain::settings::LanguageSettings;

/// Longest settings file that is read, in bytes.
const BYTES_MAX: u64 = 1024 * 1024;

/// The values of all settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Where the person is; the machine's zone when nobody said.
    pub zone: Option<Tz>,
    /// POSIX locale; that of the environment when nobody said.
    pub locale: Option<String>,
    /// What words mean.
    pub language: LanguageSettings,
    /// Most tasks of a list; 0 for all.
    pub list_limit: u32,
    /// Order of a list.
    pub list_sort: Sort,
    /// The columns of a list on a terminal; empty for the usual ones.
    pub list_columns: Vec<Column>,
    /// Days ahead that the agenda shows.
    pub agenda_days: u32,
    /// When to use colours.
    pub color: ColorWhen,
    /// Which colours.
    pub theme: Theme,
    /// When names and numbers are links that a terminal opens.
    pub hyperlinks: Hyperlinks,
    /// What long answers are shown with.
    pub pager: Pager,
    /// Whether dates say how far away they are.
    pub relative_dates: bool,
    /// The editor's command; `$VISUAL` or `$EDITOR` when nobody said.
    pub editor: Option<String>,
    /// How long before its due time a task reminds, in words; `None` for not at all.
    pub reminder: Option<String>,
    /// How reminders reach the person.
    pub channels: ChannelSettings,
    /// The view, or the filter, that listings are narrowed to.
    pub context: Option<String>,
    /// Where values came from that are not defaults, in no order.
    pub origins: Vec<(&'static str, Origin)>,
    /// What is wrong with the file without making it unreadable, one line each.
    pub warnings: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            zone: None,
            locale: None,
            language: LanguageSettings::default(),
            list_limit: 50,
            list_sort: Sort::Due,
            list_columns: Vec::new(),
            agenda_days: 7,
            color: ColorWhen::Auto,
            theme: Theme::Auto,
            hyperlinks: Hyperlinks::Auto,
            pager: Pager::Auto,
            relative_dates: true,
            editor: None,
            reminder: None,
            channels: ChannelSettings::default(),
            context: None,
            origins: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// Which colours are used.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those that are readable on dark and on light grounds
    #[default]
    Auto,
    /// For a dark ground
    Dark,
    /// For a light ground
    Light,
    /// Bold and faint only, no colours
    None,
}

/// When to write links that terminals open.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hyperlinks {
    /// On terminals that are known to show them
    #[default]
    Auto,
    /// Also into files and pipes
    Always,
    /// Nowhere
    Never,
}

/// When to paint.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorWhen {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Also into files and pipes
    Always,
    /// Nowhere
    Never,
}

/// What answers longer than the screen are shown with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Pager {
    /// `$PAGER`, else less where it is installed.
    #[default]
    Auto,
    /// Nothing.
    Never,
    /// This command.
    Command(String),
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The file, in that line (from 1).
    File {
        /// Which line, from 1.
        line: usize,
    },
    /// That variable of the environment.
    Variable(&'static str),
}

impl Config {
    /// The settings of this environment. A file that is not there sets nothing.
    ///
    /// Fails with kind `Refused` where the file is broken, and with kind `Usage` where a variable is.
    pub fn load(env: &Env) -> Result<Self, CliError> {
        let mut config = Self::default();
        if let Some(path) = path(env)
            && let Some(text) = text(&path)?
        {
            file::apply(&mut config, &text, &path)?;
        }
        for setting in SETTINGS {
            if let Some(text) = env.text(setting.variable) {
                (setting.apply)(&mut config, text.trim()).map_err(|reason| {
                    CliError::usage(
                        format!("`{}` in {} is not {reason}", file::cut(&text), setting.variable),
                        format!("use {}, or unset {}", setting.allowed(), setting.variable),
                    )
                })?;
                config.remember(setting.name, Origin::Variable(setting.variable));
            }
        }
        Ok(config)
    }

    /// Where the value of a setting comes from; `None` for its default.
    pub fn origin(&self, setting: &Setting) -> Option<&Origin> {
        self.origins.iter().find(|(name, _)| *name == setting.name).map(|(_, origin)| origin)
    }

    fn remember(&mut self, name: &'static str, origin: Origin) {
        self.origins.retain(|(known, _)| *known != name);
        self.origins.push((name, origin));
    }
}

/// The settings file of this environment, whether or not it is there; `None` where no folder is known.
pub fn path(env: &Env) -> Option<PathBuf> {
    tasks_daemon::places::config_file(env.lookup())
}

/// What the file holds; `None` when there is none.
///
/// Fails with kind `NotAllowed` where it may not be read, as that of somebody else, and with kind `Refused` where it is none.
pub fn text(path: &Path) -> Result<Option<String>, CliError> {
    let failed = |kind: ErrorKind, why: &dyn std::fmt::Display, hint: &str| {
        CliError::hinted(kind, format!("cannot read the settings {}: {why}", path.display()), hint)
    };
    match read(path) {
        Ok(Some(text)) => Ok(Some(text)),
        Ok(None) => {
            let why = format!("they are longer than {} KiB", BYTES_MAX / 1024);
            Err(failed(ErrorKind::Refused, &why, "this is something else than settings: move it away"))
        }
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            let hint = "run tasks as the one whose they are, or set TASKS_HOME to a folder of yours";
            Err(failed(ErrorKind::NotAllowed, &error, hint))
        }
        Err(error) => {
            Err(failed(ErrorKind::Refused, &error, "see that it is a text file you may read, or move it away"))
        }
    }
}

/// The text of a file, `None` when it is too long. What is no file but can be read, as `/dev/null`, is read too, but none that
/// waits for somebody to write.
fn read(path: &Path) -> std::io::Result<Option<String>> {
    let found = std::fs::metadata(path)?.file_type();
    if found.is_fifo() {
        return Err(std::io::Error::other("this is a pipe"));
    }
    let mut text = String::new();
    std::fs::File::open(path)?.take(BYTES_MAX + 1).read_to_string(&mut text)?;
    Ok(Some(text).filter(|text| text.len() as u64 <= BYTES_MAX))
}

/// What is wrong with a text, in its order, and what it sets all the same.
pub fn survey(text: &str, path: &Path) -> (Config, Vec<CliError>) {
    let mut config = Config::default();
    let wrong = file::survey(&mut config, text, path);
    (config, wrong)
}

/// Whether a text could be a settings file.
pub fn check(text: &str, path: &Path) -> Result<Config, CliError> {
    let mut config = Config::default();
    file::apply(&mut config, text, path)?;
    Ok(config)
}

/// The setting of that name.
pub fn find(name: &str) -> Result<&'static Setting, CliError> {
    SETTINGS.iter().find(|setting| setting.name == name).ok_or_else(|| {
        let near = file::nearest(name).map(|near| format!("did you mean `{near}`? "));
        CliError::usage(
            format!("there is no setting `{}`", file::cut(name)),
            format!("{}tasks config lists all", near.unwrap_or_default()),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_variables_are_told_apart_and_the_readme_has_them_all() {
        let readme = include_str!("../../../README.md");
        for (at, setting) in SETTINGS.iter().enumerate() {
            let default = (setting.show)(&Config::default());
            let row = format!("| `{}` | `{default}` | {}", setting.name, setting.meaning);
            assert!(readme.contains(&row), "README.md lacks {row}");
            let others = &SETTINGS[at + 1..];
            assert!(others.iter().all(|other| other.name != setting.name && other.variable != setting.variable));
            let usual = format!("TASKS_{}", setting.name.replace('.', "_").to_uppercase());
            assert!(setting.variable == usual || setting.name == "zone", "{}", setting.variable);
        }
    }

    #[test]
    fn a_variable_goes_before_the_file_and_a_wrong_one_is_named() {
        let config = Config::load(&Env::of([("TASKS_LIST_LIMIT", " 7 "), ("TASKS_HOME", "/nonexistent")])).unwrap();
        assert_eq!(config.list_limit, 7);
        assert_eq!(config.origins, [("list.limit", Origin::Variable("TASKS_LIST_LIMIT"))]);
        let wrong = Env::of([("TASKS_OUTPUT_THEME", "purple"), ("TASKS_HOME", "/nonexistent")]);
        let Err(CliError::Failure(failure)) = Config::load(&wrong) else { panic!("taken") };
        assert_eq!(
            (failure.kind, failure.hint.as_deref()),
            (ErrorKind::Usage, Some("use auto, dark, light, none, or unset TASKS_OUTPUT_THEME"))
        );
    }
}
