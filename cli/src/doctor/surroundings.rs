//! What surrounds the program: settings, clock, zone, session bus, editor, shell.

use super::{Check, State};
use crate::ctx::Ctx;
use crate::editor;
use crate::present::Present;
use crate::settings::{self, Config};
use chrono::Datelike as _;
use std::path::{Path, PathBuf};

/// Years in which this program can be run: a clock that says otherwise has lost its battery.
const YEARS: std::ops::RangeInclusive<i32> = 2025..=2100;

/// The settings file and the variables.
pub(super) fn settings(ctx: &Ctx) -> Vec<Check> {
    let name = "settings";
    let shown = settings::path(&ctx.env).map(|path| path.display().to_string()).unwrap_or_default();
    match Config::load(&ctx.env) {
        Err(error) => {
            let hint = "tasks config edit opens the file".to_owned();
            vec![Check { hint, ..Check::failed(name, State::Problem, &error) }]
        }
        Ok(config) if config.warnings.is_empty() => {
            let set = config.origins.len();
            vec![Check::ok(name, format!("{shown}, {set} set"))]
        }
        Ok(config) => {
            let warning = |text: &String| Check::warning(name, text.clone(), "tasks config edit opens the file");
            config.warnings.iter().map(warning).collect()
        }
    }
}

/// Whether the clock can be right.
pub(super) fn clock(ctx: &Ctx) -> Vec<Check> {
    let local = ctx.present.now.local();
    vec![if YEARS.contains(&local.year()) {
        Check::ok("clock", local.format("%Y-%m-%d %H:%M").to_string())
    } else {
        let message = format!("it says that it is {}", local.format("%Y-%m-%d"));
        Check::problem("clock", message, "set the machine's clock (timedatectl set-ntp true); TASKS_NOW overrides it")
    }]
}

/// Whether the zone is known.
pub(super) fn zone(ctx: &Ctx) -> Vec<Check> {
    let config = Config::load(&ctx.env).unwrap_or_default();
    let Ok(present) = Present::of(&ctx.env, &Config { warnings: Vec::new(), ..config.clone() }) else {
        return Vec::new();
    };
    if let Some(warning) = present.warnings.first() {
        return vec![Check::warning("zone", warning.clone(), "tasks config set zone Europe/Berlin sets yours")];
    }
    let named = config.zone.is_some() || ctx.env.os("TZ").is_some();
    if !named && iana_time_zone::get_timezone().is_err() {
        let message = format!("the machine does not tell its zone; times are read in {}", present.now.zone().name());
        return vec![Check::warning("zone", message, "tasks config set zone Europe/Berlin sets yours")];
    }
    vec![Check::ok("zone", present.now.zone().name())]
}

/// The editor.
pub(super) fn editor(ctx: &Ctx) -> Vec<Check> {
    let command = match Config::load(&ctx.env) {
        Ok(config) => config.editor,
        Err(_) => None,
    };
    let command = command.or_else(|| editor::named(ctx)).unwrap_or_else(|| editor::USUAL.to_owned());
    let program = command.split_whitespace().next().unwrap_or_default();
    vec![if let Some(found) = in_path(ctx, program) {
        Check::ok("editor", format!("{command} ({})", found.display()))
    } else {
        let hint = "tasks config set editor nano, or set VISUAL or EDITOR";
        Check::warning("editor", format!("`{program}` is not there"), hint)
    }]
}

/// The program of that name.
fn in_path(ctx: &Ctx, program: &str) -> Option<PathBuf> {
    if program.contains('/') {
        return Some(PathBuf::from(program)).filter(|path| path.exists());
    }
    let folders = ctx.env.os("PATH")?;
    std::env::split_paths(&folders)
        .map(|folder| folder.join(program))
        .find(|path| !program.is_empty() && path.is_file())
}

/// Whether the person's shell completes.
pub(super) fn completions(ctx: &Ctx) -> Vec<Check> {
    let shell = ctx.env.text("SHELL").unwrap_or_default();
    let shell = Path::new(&shell).file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let Some(home) = ctx.env.text("HOME").map(PathBuf::from) else { return Vec::new() };
    let (files, lines): (&[&str], &[&str]) = match shell.as_str() {
        "bash" => (&[".local/share/bash-completion/completions/tasks"], &[".bashrc", ".bash_profile", ".profile"]),
        "zsh" => (&[], &[".zshrc", ".zprofile"]),
        "fish" => (&[".config/fish/completions/tasks.fish"], &[".config/fish/config.fish"]),
        _ => return Vec::new(),
    };
    let system = [
        "/usr/share/bash-completion/completions/tasks",
        "/usr/share/zsh/vendor-completions/_tasks",
        "/usr/share/fish/vendor_completions.d/tasks.fish",
    ];
    let there = files.iter().any(|file| home.join(file).exists())
        || system.iter().any(|file| file.contains(&format!("/{shell}")) && Path::new(file).exists())
        || lines
            .iter()
            .any(|file| std::fs::read_to_string(home.join(file)).is_ok_and(|text| text.contains("tasks completions")));
    vec![if there {
        Check::ok("completions", format!("{shell} loads them"))
    } else {
        let hint = format!("tasks completions --help says how; for now: tasks completions {shell}");
        Check::warning("completions", format!("{shell} does not load them"), hint)
    }]
}
