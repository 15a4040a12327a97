//! Whether reminders can reach the person: the desktop, or what stands in for it, mail, webhooks.

use super::Check;
use crate::ctx::Ctx;
use crate::host::Env;
use crate::settings::{ChannelSettings, Config, place};
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
use tasks_daemon::notify::{desktop, email};

/// Bits of a mode that let others in.
const OTHERS: u32 = 0o077;

/// Everything that is set, and the desktop.
pub(super) fn channels(ctx: &Ctx) -> Vec<Check> {
    // What is wrong with the settings is said by their own check.
    let Ok(config) = Config::load(&ctx.env) else { return desktop(ctx, &ChannelSettings::default()) };
    let mut checks = desktop(ctx, &config.channels);
    checks.extend(mail(ctx, &config));
    checks.extend(webhook(ctx, &config));
    checks
}

/// The notification service, and the session bus over which it is reached.
fn desktop(ctx: &Ctx, set: &ChannelSettings) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut works = true;
    if cfg!(not(target_os = "macos")) {
        let found = bus(ctx);
        works = found.is_ok();
        checks.push(match &found {
            Ok(address) => Check::ok("session bus", address),
            Err(why) => absent("session bus", why, set),
        });
    }
    if works {
        checks.push(match answers() {
            Ok(service) => Check::ok("notifications", service),
            Err(why) => absent("notifications", &why, set),
        });
    }
    checks
}

/// A desktop that is not there: a warning, unless something stands in for it.
fn absent(name: &'static str, why: &str, set: &ChannelSettings) -> Check {
    match &set.notify_command {
        Some(command) => Check::ok(name, format!("{why}; reminders are shown by `{command}`")),
        None => Check::warning(
            name,
            why,
            "reminders wait until there is one; tasks config set notify_command 'wall \"$TASKS_TITLE\"' shows them without",
        ),
    }
}

fn bus(ctx: &Ctx) -> Result<String, String> {
    let usual = PathBuf::from(format!("/run/user/{}/bus", rustix::process::geteuid().as_raw()));
    let address = ctx.env.text("DBUS_SESSION_BUS_ADDRESS");
    let path = address.as_deref().and_then(|address| address.strip_prefix("unix:path="));
    let path = path.map_or(usual, |path| PathBuf::from(path.split(',').next().unwrap_or(path)));
    let elsewhere = address.as_deref().is_some_and(|address| !address.starts_with("unix:path="));
    if elsewhere || path.exists() {
        Ok(address.unwrap_or_else(|| path.display().to_string()))
    } else {
        Err(format!("there is none at {}", path.display()))
    }
}

fn answers() -> Result<String, String> {
    let Ok(runtime) = crate::link::runtime() else { return Err("it cannot be asked".to_owned()) };
    let answer = runtime.block_on(desktop::service());
    // A bus that hangs is not waited for.
    runtime.shutdown_background();
    answer
}

fn mail(ctx: &Ctx, config: &Config) -> Vec<Check> {
    let set = &config.channels;
    let Some(server) = &set.server else { return Vec::new() };
    let hint = "tasks config list shows what is set of email";
    let mut checks = open_to_others(&ctx.env, "mail", set.password_file.as_deref());
    let settings = match config.channels(&ctx.env) {
        Ok(channels) => channels.mail,
        Err(why) => return vec![Check::problem("mail", why, hint)],
    };
    let (Some(settings), Ok(runtime)) = (settings, crate::link::runtime()) else { return checks };
    checks.push(match runtime.block_on(email::check(&settings)) {
        Ok(()) if set.to.is_none() => {
            Check::warning("mail", format!("{server} answers"), "tasks config set email.to you@example.org")
        }
        Ok(()) => Check::ok("mail", format!("{server} answers")),
        Err(why) => Check::warning("mail", format!("{server}: {why}"), hint),
    });
    checks
}

fn webhook(ctx: &Ctx, config: &Config) -> Vec<Check> {
    let Some(file) = config.channels.webhook_secret_file.as_deref() else { return Vec::new() };
    let mut checks = open_to_others(&ctx.env, "webhooks", Some(file));
    let only = Config { channels: ChannelSettings { server: None, ..config.channels.clone() }, ..Config::default() };
    checks.push(match only.channels(&ctx.env) {
        Ok(_) => Check::ok("webhooks", format!("signed with the secret in {file}")),
        Err(why) => Check::problem("webhooks", why, "nothing is sent unsigned; write the secret there"),
    });
    checks
}

/// A file with a secret that others may read.
fn open_to_others(env: &Env, name: &'static str, file: Option<&str>) -> Vec<Check> {
    let Some(path) = file.map(|file| place(env, file)) else { return Vec::new() };
    let mode = std::fs::metadata(&path).map_or(0, |file| file.mode());
    if mode & OTHERS == 0 {
        return Vec::new();
    }
    let message = format!("others may read the secret in {}", path.display());
    vec![Check::warning(name, message, format!("chmod 600 {}", crate::argv::quoted(&path.to_string_lossy())))]
}
