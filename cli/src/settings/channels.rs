//! How reminders reach the person, from the settings and the files of secrets that they name.
//!
//! Secrets are never values of settings: what shows settings cannot show them, and no command line or history has them.

use super::Config;
use crate::host::Env;
use std::fs;
use std::path::PathBuf;
use tasks_daemon::notify::{Channels, MailSettings, Secret};

/// Longest file that is taken for a secret, in bytes.
const SECRET_BYTES_MAX: u64 = 4 * 1024;

/// What is set about channels; `None` where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChannelSettings {
    /// Shows a reminder where there is no desktop.
    pub notify_command: Option<String>,
    /// Opens a task.
    pub open_command: Option<String>,
    /// Takes mails.
    pub server: Option<String>,
    /// Who sends them.
    pub from: Option<String>,
    /// Who gets those that name nobody.
    pub to: Option<String>,
    /// The name at the server.
    pub user: Option<String>,
    /// The file with the password.
    pub password_file: Option<String>,
    /// The file with the secret of webhooks.
    pub webhook_secret_file: Option<String>,
}

impl Config {
    /// The channels as they are to be used now; reads the files of secrets. Says what is wrong, without a secret in it.
    pub fn channels(&self, env: &Env) -> Result<Channels, String> {
        let set = &self.channels;
        let mail = match &set.server {
            None => None,
            Some(server) => Some(MailSettings {
                server: server.parse().map_err(|wrong| format!("email.server is not {wrong}"))?,
                login: match (&set.user, &set.password_file) {
                    (Some(user), Some(file)) => Some((user.clone(), secret(env, "email.password_file", file)?)),
                    (None, None) => None,
                    (Some(_), None) => return Err("email.user is set, but email.password_file is not".to_owned()),
                    (None, Some(_)) => return Err("email.password_file is set, but email.user is not".to_owned()),
                },
                to: set.to.clone(),
                from: set.from.clone().or_else(|| set.to.clone()).ok_or("email.from is not set")?,
            }),
        };
        let webhook_secret = set.webhook_secret_file.as_ref().map(|file| secret(env, "webhook.secret_file", file));
        Ok(Channels {
            notify_command: set.notify_command.clone(),
            open_command: set.open_command.clone(),
            mail,
            webhook_secret: webhook_secret.transpose()?,
        })
    }
}

/// Where a path of a setting leads: `~/` is the home folder.
pub(crate) fn place(env: &Env, path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), env.os("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(path),
    }
}

fn secret(env: &Env, name: &str, path: &str) -> Result<Secret, String> {
    let path = place(env, path);
    let size = fs::metadata(&path).map_err(|error| format!("{name}: cannot read {}: {error}", path.display()))?.len();
    if size > SECRET_BYTES_MAX {
        return Err(format!("{name}: {} is too large to hold a secret", path.display()));
    }
    let text = fs::read_to_string(&path).map_err(|error| format!("{name}: cannot read {}: {error}", path.display()))?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Secret::new(line)),
        _ => Err(format!("{name}: {} has no secret in its first line", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::check;
    use std::path::Path;

    fn config(text: &str) -> Config {
        check(text, Path::new("c.toml")).unwrap()
    }

    #[test]
    fn a_secret_is_the_first_line_of_its_file_and_shows_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        fs::write(&file, "hunter2\nnot this\n").unwrap();
        let text = format!(
            "[email]\nserver = 'smtp://mail.example.org'\nto = 'me@example.org'\nuser = 'me'\npassword_file = '{}'\n",
            file.display()
        );
        let config = config(&text);
        let channels = config.channels(&Env::of([])).unwrap();
        let mail = channels.mail.clone().unwrap();
        assert_eq!((mail.from.as_str(), mail.login.unwrap().1.expose()), ("me@example.org", "hunter2"));
        assert!(!format!("{config:?}{channels:?}").contains("hunter2"));
        fs::write(&file, "").unwrap();
        assert!(config.channels(&Env::of([])).unwrap_err().contains("no secret"));
    }

    #[test]
    fn half_a_login_is_said() {
        let half = config("[email]\nserver = 'smtps://x'\nfrom = 'a@x.org'\nuser = 'a'\n");
        assert!(half.channels(&Env::of([])).unwrap_err().contains("email.password_file"));
        assert_eq!(config("").channels(&Env::of([])), Ok(Channels::default()));
    }

    #[test]
    fn a_path_may_begin_at_home() {
        let env = Env::of([("HOME", "/home/me")]);
        assert_eq!(place(&env, "~/a/b"), Path::new("/home/me/a/b"));
        assert_eq!(place(&env, "/a"), Path::new("/a"));
        assert!(check("email.password_file = 'a'", Path::new("c.toml")).is_err());
        assert!(check("email.server = 'smtp+plain://far.example.org'", Path::new("c.toml")).is_err());
        assert!(check("email.to = 'nobody'", Path::new("c.toml")).is_err());
    }
}
