//! `tasks config`.

use crate::ctx::Ctx;
use crate::editor::{self, Draft};
use crate::error::CliError;
use crate::outcome::{Outcome, SettingChange, SettingsReport};
use crate::settings::{self, Config, SETTINGS, Setting};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use tasks_domain::error::ErrorKind;

const EXAMPLES: &str = "\
Examples:
  tasks config                                   what is set, and where
  tasks config list --long                       with what each setting means
  tasks config set language.week_start sunday
  tasks config unset language.week_start
  tasks config edit                              the whole file in your editor

A flag goes before a variable, that before the file, the file before the default. The variable of list.limit is TASKS_LIST_LIMIT,
and so on; that of zone is TASKS_TZ.";

/// See and change settings
///
/// Without a command: all settings, as a settings file would have them, and where each value comes from.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What to do with the settings.
#[derive(clap::Subcommand, Debug)]
enum Verb {
    /// All settings with their values, and where each comes from
    List {
        /// With what each one means and may be
        #[arg(long)]
        long: bool,
    },
    /// The value of one setting
    Get {
        /// As tasks config list has it
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Set a value in the file; comments and everything else in it stay
    Set {
        /// As tasks config list has it
        #[arg(value_name = "NAME")]
        name: String,
        /// The new value
        #[arg(value_name = "VALUE", allow_hyphen_values = true)]
        value: String,
        /// Show what it would do, and do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Take a value out of the file: the default holds again
    Unset {
        /// As tasks config list has it
        #[arg(value_name = "NAME")]
        name: String,
        /// Show what it would do, and do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Change the file in your editor; a broken one is not taken
    Edit,
    /// Where the file is
    Path,
}

impl Args {
    /// Whether it can only work with settings that are whole.
    pub(crate) fn needs_settings(&self) -> bool {
        !matches!(self.verb, Some(Verb::Edit | Verb::Path | Verb::Set { .. } | Verb::Unset { .. }))
    }
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let path = path(ctx)?;
    let report = |shown: Vec<&'static Setting>, config: Config| SettingsReport::of(path.clone(), shown, config);
    Ok(Outcome::Settings(Box::new(match &args.verb {
        None => report(SETTINGS.iter().collect(), ctx.config.clone()),
        Some(Verb::List { long }) => {
            SettingsReport { long: *long, ..report(SETTINGS.iter().collect(), ctx.config.clone()) }
        }
        Some(Verb::Get { name }) => {
            SettingsReport { values_only: true, ..report(vec![settings::find(name)?], ctx.config.clone()) }
        }
        Some(Verb::Path) => SettingsReport { path_only: true, ..report(Vec::new(), Config::default()) },
        Some(Verb::Set { name, value, dry_run }) => change(ctx, &path, name, Some(value), *dry_run)?,
        Some(Verb::Unset { name, dry_run }) => change(ctx, &path, name, None, *dry_run)?,
        Some(Verb::Edit) => edit(ctx, &path)?,
    })))
}

/// The settings file.
pub(super) fn path(ctx: &Ctx) -> Result<PathBuf, CliError> {
    settings::path(&ctx.env).ok_or_else(|| {
        CliError::hinted(
            ErrorKind::Failed,
            "there is no home folder to keep settings in",
            "set HOME, or TASKS_HOME to the folder that shall hold everything",
        )
    })
}

/// Sets a value in the file, or takes it out; what was and is then, also when a variable goes before it.
pub(super) fn change(
    ctx: &Ctx,
    path: &Path,
    name: &str,
    value: Option<&str>,
    dry_run: bool,
) -> Result<SettingsReport, CliError> {
    let setting = settings::find(name)?;
    let text = settings::text(path)?.unwrap_or_default();
    // A wrong value is shown as it is written.
    let in_file = |text: &str| {
        let (config, _) = settings::survey(text, path);
        config.origin(setting).map_or_else(|| settings::written(text, setting), |_| Some((setting.show)(&config)))
    };
    let before = in_file(&text);
    let new = match value {
        Some(value) => Some(settings::changed(&text, path, setting, value)?),
        None => settings::removed(&text, path, setting)?,
    };
    let after = in_file(new.as_deref().unwrap_or(&text));
    if let Some(new) = new.as_deref().filter(|_| !dry_run && before != after) {
        write(path, new)?;
    }
    let config = Config::load(&ctx.env).unwrap_or_else(|error| {
        let (mut config, _) = settings::survey(new.as_deref().unwrap_or(&text), path);
        config.warnings.push(error.message().to_owned());
        config
    });
    let changed = SettingChange { name: setting.name, before, after, dry_run };
    Ok(SettingsReport { change: Some(changed), ..SettingsReport::of(path.to_owned(), vec![setting], config) })
}

/// The file in the editor, until it is right or the person has enough.
fn edit(ctx: &mut Ctx, path: &Path) -> Result<SettingsReport, CliError> {
    editor::require(ctx, "say what to set: tasks config set list.limit 20")?;
    let before = settings::text(path)?;
    let draft = Draft::open(&ctx.env, "config", "toml", &before.clone().unwrap_or_else(template))?;
    let text = loop {
        let text = draft.edit(ctx).map_err(|error| draft.keep(error))?;
        match settings::check(&text, path) {
            Ok(_) => break text,
            Err(error) if ctx.ui.can_ask() => {
                crate::output::report(&mut ctx.ui, &error);
                if !ctx.ui.ask(&mut ctx.stdin, "Edit again? [Y/n] ", true)? {
                    return Err(draft.keep(error));
                }
            }
            Err(error) => return Err(draft.keep(error)),
        }
    };
    if before.as_deref() != Some(text.as_str()) {
        write(path, &text).map_err(|error| draft.keep(error))?;
    }
    draft.remove();
    let config = Config::load(&ctx.env)?;
    // What is the matter with the new text is said at once.
    for warning in &config.warnings {
        ctx.ui.warn(warning)?;
    }
    let set: Vec<&'static Setting> = SETTINGS.iter().filter(|setting| config.origin(setting).is_some()).collect();
    Ok(SettingsReport::of(path.to_owned(), set, config))
}

/// A first file: everything is there, and nothing is set.
fn template() -> String {
    let mut text = "# Settings of tasks. Take away the # in front of what you change.\n".to_owned();
    let defaults = Config::default();
    for setting in SETTINGS {
        text.push_str(&format!(
            "\n# {}: {}\n# {}\n",
            setting.meaning,
            setting.allowed(),
            setting.line(&(setting.show)(&defaults))
        ));
    }
    text
}

/// Replaces the file as a whole: whoever reads it meanwhile sees the old one or the new one. A link stays a link.
fn write(path: &Path, text: &str) -> Result<(), CliError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().unwrap_or(Path::new(".")).to_owned();
    let failed = |error: std::io::Error| {
        CliError::hinted(
            ErrorKind::Failed,
            format!("cannot write {}: {error}", target.display()),
            "nothing was changed; see that the folder can be written and has room: tasks doctor",
        )
    };
    if !folder.exists() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(failed)?;
    }
    let mode = fs::metadata(&target).map_or(0o600, |file| file.permissions().mode() & 0o777);
    let new = PathBuf::from(format!("{}.{}", target.display(), crate::ids::name()?));
    let written = fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(&new).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&new, &target)).map_err(|error| {
        // Half a file is of no use to anybody; if it cannot be removed either, the error is the same.
        let _ = fs::remove_file(&new);
        failed(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_file_sets_nothing_and_each_of_its_lines_may() {
        let path = Path::new("config.toml");
        let text = template();
        assert_eq!(settings::check(&text, path).unwrap(), Config::default());
        let all: String = text
            .lines()
            .filter_map(|line| line.strip_prefix("# ").filter(|line| line.contains(" = ")))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(settings::check(&all, path).unwrap().origins.len(), SETTINGS.len());
    }
}
