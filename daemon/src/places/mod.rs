//! Where everything lies: configuration, data, logs, locks and the socket, derived from the environment once.

mod owner;
mod path;
pub(crate) mod socket;

use crate::error::DaemonError;
use crate::notices::Notices;
use crate::session::Session;
use std::ffi::{OsStr, OsString};
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use tasks_proto::error::Failure;

/// Environment variable that moves configuration, data and logs into one folder.
pub const HOME_VARIABLE: &str = "TASKS_HOME";
/// Where the folder with the sockets lies. Not `XDG_RUNTIME_DIR` nor `TMPDIR`: cron has neither, and every caller must
/// come to the same path. Short, because a socket's path may have 107 bytes (103 on macOS).
const RUNTIME_BASE: &str = "/tmp";
/// Name of our folders within those of the platform.
const FOLDER: &str = "tasks";
const CONFIG_FILE: &str = "config.toml";

/// How the daemon's program is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Launcher {
    /// The program; the running one when none is named.
    pub program: Option<PathBuf>,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Variables that are set for it beside the inherited ones.
    pub environment: Vec<(OsString, OsString)>,
}

impl Default for Launcher {
    /// The running program with `daemon run --background`.
    fn default() -> Self {
        let arguments = ["daemon", "run", "--background"].map(OsString::from).to_vec();
        Self { program: None, arguments, environment: Vec::new() }
    }
}

/// The places of one person's replica.
#[derive(Clone, Debug)]
pub struct Places {
    home: Option<PathBuf>,
    config_file: PathBuf,
    data_folder: PathBuf,
    log_folder: PathBuf,
    /// Where units of the service manager lie, when that is known.
    unit_folder: Option<PathBuf>,
    runtime_base: PathBuf,
    euid: u32,
    launcher: Launcher,
    session: Session,
    notices: Notices,
}

/// The settings file of this environment, whether or not it is there; `None` without a home. Looks at nothing on the disk:
/// every command asks.
pub fn config_file(env: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    match env(HOME_VARIABLE).filter(|home| !home.is_empty()) {
        Some(home) => Some(PathBuf::from(home).join(CONFIG_FILE)),
        None => Some(path::Person::of(env).config()?.join(FOLDER).join(CONFIG_FILE)),
    }
}

impl Places {
    /// Reads the places from the environment. Makes nothing.
    ///
    /// `TASKS_HOME` moves everything into one folder (a relative one is taken from the current folder); else the XDG
    /// variables and the platform's defaults decide. Fails with kind `NotAllowed` when the data is another user's.
    pub fn from_env(env: &dyn Fn(&str) -> Option<OsString>) -> Result<Self, Failure> {
        let euid = rustix::process::geteuid().as_raw();
        Ok(Self::read(env, euid)?)
    }

    fn read(env: &dyn Fn(&str) -> Option<OsString>, euid: u32) -> Result<Self, DaemonError> {
        let person = path::Person::of(env);
        let launcher = Launcher::default();
        let session = Session::of(env);
        let runtime_base = PathBuf::from(RUNTIME_BASE);
        let unit_folder = person.unit_folder();
        let home = env(HOME_VARIABLE).filter(|home| !home.is_empty());
        let places = if let Some(home) = home {
            let home = path::resolve(Path::new(&home))?;
            Self {
                config_file: home.join(CONFIG_FILE),
                data_folder: path::resolve_in(&home, "data")?,
                log_folder: home.join("logs"),
                home: Some(home),
                unit_folder,
                runtime_base,
                euid,
                launcher,
                session,
                notices: Notices::default(),
            }
        } else {
            let (Some(config), Some(data), Some(logs)) = (person.config(), person.data(), person.logs()) else {
                return Err(DaemonError::NoHome);
            };
            Self {
                config_file: config.join(FOLDER).join(CONFIG_FILE),
                data_folder: path::resolve(&data.join(FOLDER))?,
                log_folder: logs.join(FOLDER),
                home: None,
                unit_folder,
                runtime_base,
                euid,
                launcher,
                session,
                notices: Notices::default(),
            }
        };
        owner::check(&places.data_folder, euid)?;
        Ok(places)
    }

    /// The same with another way to run the daemon; for tests and programs with other arguments.
    #[must_use]
    pub fn with_launcher(mut self, launcher: Launcher) -> Self {
        self.launcher = launcher;
        self
    }

    /// The same with somewhere else where started daemons' notices are collected.
    #[must_use]
    pub fn with_notices(mut self, notices: Notices) -> Self {
        self.notices = notices;
        self
    }

    /// What daemons that were started from these places had to say.
    pub fn notices(&self) -> &Notices {
        &self.notices
    }

    /// Where the desktop of this environment is.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// How the daemon is run.
    pub fn launcher(&self) -> &Launcher {
        &self.launcher
    }

    /// `TASKS_HOME` as an absolute path, when it is set.
    pub fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// Folder with the database, free of links. Says which daemon is meant.
    pub fn data_folder(&self) -> &Path {
        &self.data_folder
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.data_folder.join("tasks.db")
    }

    /// What a daemon holds for its whole life; beside the database, so that two paths to it cannot have two daemons.
    pub fn lock_file(&self) -> PathBuf {
        self.data_folder.join("daemon.lock")
    }

    /// What is held while a daemon starts or is stopped.
    pub fn starting_lock(&self) -> PathBuf {
        self.data_folder.join("starting.lock")
    }

    /// The settings; need not exist.
    pub fn config_file(&self) -> &Path {
        &self.config_file
    }

    /// Folder with the logs.
    pub fn log_folder(&self) -> &Path {
        &self.log_folder
    }

    /// The log that is being written.
    pub fn log_file(&self) -> PathBuf {
        self.log_folder.join("daemon.log")
    }

    /// What was typed in conversations, for the arrow keys; beside the logs, private to the person.
    pub fn chat_history(&self) -> PathBuf {
        self.log_folder.join("chat_history")
    }

    /// What a daemon that could not even log wrote to its standard error, as a panic; of the last start only.
    pub fn startup_output(&self) -> PathBuf {
        self.log_folder.join("startup.log")
    }

    /// The socket's path, whether or not somebody listens there. The same for every caller with this data folder.
    pub fn socket(&self) -> Result<PathBuf, Failure> {
        Ok(socket::path(self)?)
    }

    /// Where units of the service manager lie.
    pub(crate) fn unit_folder(&self) -> Option<&Path> {
        self.unit_folder.as_deref()
    }

    /// A name for this data folder in 16 hexadecimal digits.
    pub(crate) fn mark(&self) -> String {
        path::hash(&self.data_folder)
    }

    pub(crate) fn euid(&self) -> u32 {
        self.euid
    }

    /// Makes the data folder, for its owner only.
    pub(crate) fn make_data_folder(&self) -> Result<(), DaemonError> {
        make_private(&self.data_folder)
    }

    /// Makes the folder of the logs, for its owner only.
    pub(crate) fn make_log_folder(&self) -> Result<(), DaemonError> {
        make_private(&self.log_folder)
    }

    /// What the daemon's environment needs to come to the same places from another current folder.
    pub(crate) fn environment(&self) -> Vec<(&OsStr, &OsStr)> {
        let home = self.home.as_deref().map(|home| (OsStr::new(HOME_VARIABLE), home.as_os_str()));
        let more = self.launcher.environment.iter().map(|(name, value)| (name.as_os_str(), value.as_os_str()));
        home.into_iter().chain(more).collect()
    }

    #[cfg(test)]
    pub(crate) fn with_euid(self, euid: u32) -> Self {
        Self { euid, ..self }
    }

    #[cfg(test)]
    pub(crate) fn with_runtime_base(mut self, base: &Path) -> Self {
        base.clone_into(&mut self.runtime_base);
        self
    }
}

fn make_private(folder: &Path) -> Result<(), DaemonError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(DaemonError::file("make the folder", folder))
}

#[cfg(test)]
mod tests;
