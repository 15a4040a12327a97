//! From variables to paths that do not depend on the current folder or on links.

use crate::error::DaemonError;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Component, Path, PathBuf};

/// Whether the platform keeps its own folders in `~/Library`.
const LIBRARY: bool = cfg!(target_os = "macos");

/// The base folders of a person: XDG where the variables are set, else what the platform is used to.
pub(super) struct Person {
    home: Option<PathBuf>,
    config: Option<PathBuf>,
    data: Option<PathBuf>,
    state: Option<PathBuf>,
}

impl Person {
    pub(super) fn of(env: &dyn Fn(&str) -> Option<OsString>) -> Self {
        // The XDG specification: relative paths are invalid and ignored.
        let absolute = |name: &str| env(name).map(PathBuf::from).filter(|path| path.is_absolute());
        // Some environments have no HOME; then the user database knows.
        let home = absolute("HOME").or_else(|| directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned()));
        Self {
            home,
            config: absolute("XDG_CONFIG_HOME"),
            data: absolute("XDG_DATA_HOME"),
            state: absolute("XDG_STATE_HOME"),
        }
    }

    pub(super) fn config(&self) -> Option<PathBuf> {
        self.either(self.config.as_ref(), ".config", "Library/Application Support")
    }

    pub(super) fn data(&self) -> Option<PathBuf> {
        self.either(self.data.as_ref(), ".local/share", "Library/Application Support")
    }

    pub(super) fn logs(&self) -> Option<PathBuf> {
        self.either(self.state.as_ref(), ".local/state", "Library/Logs")
    }

    /// Where the service manager looks for a person's own services.
    pub(super) fn unit_folder(&self) -> Option<PathBuf> {
        if LIBRARY {
            return self.home.as_ref().map(|home| home.join("Library/LaunchAgents"));
        }
        self.config().map(|config| config.join("systemd/user"))
    }

    fn either(&self, set: Option<&PathBuf>, usual: &str, library: &str) -> Option<PathBuf> {
        set.cloned().or_else(|| Some(self.home.as_ref()?.join(if LIBRARY { library } else { usual })))
    }
}

/// Absolute and free of links, also when the end of the path is not there yet: before and after it is made, the answer is
/// the same.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, DaemonError> {
    let absolute = std::path::absolute(path).map_err(DaemonError::file("find", path))?;
    let mut existing = absolute.as_path();
    loop {
        match fs::canonicalize(existing) {
            Ok(found) => {
                let rest = absolute.strip_prefix(existing).unwrap_or(Path::new(""));
                return Ok(joined(found, rest));
            }
            // NotADirectory: a file stands where a folder is wanted; making the folder says so.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(error) => return Err(DaemonError::file("look into", existing)(error)),
        }
        let Some(parent) = existing.parent() else { return Ok(absolute) };
        existing = parent;
    }
}

/// The same of `name` in a folder that is resolved already: every command asks, and nearly always there is no link.
pub(super) fn resolve_in(folder: &Path, name: &str) -> Result<PathBuf, DaemonError> {
    let path = folder.join(name);
    match fs::symlink_metadata(&path) {
        Ok(found) if !found.is_symlink() => Ok(path),
        _ => resolve(&path),
    }
}

/// `..` steps back by name: nothing of `rest` exists, so nothing in it is a link.
fn joined(mut path: PathBuf, rest: &Path) -> PathBuf {
    for component in rest.components() {
        match component {
            Component::ParentDir => {
                path.pop();
            }
            Component::CurDir => {}
            other => path.push(other),
        }
    }
    path
}

/// FNV-1a, 64 bits: the standard library's hashes may change from release to release, and then an old daemon would not be
/// found by a new program.
pub(super) fn hash(path: &Path) -> String {
    let bytes: &OsStr = path.as_os_str();
    let hash = bytes
        .as_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}
