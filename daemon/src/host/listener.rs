//! The socket: made under another name, moved into place, and removed by nobody but us.

use crate::error::DaemonError;
use crate::places::{Places, socket};
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

/// The path of our socket and what tells it from another one there.
#[derive(Debug)]
pub(crate) struct SocketFile {
    path: PathBuf,
    device: u64,
    inode: u64,
}

/// Binds and listens. Only for the holder of both locks; whatever stood at the path is replaced.
pub(crate) fn bind(places: &Places) -> Result<(UnixListener, SocketFile), DaemonError> {
    let (path, unfinished) = socket::prepare(places)?;
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(DaemonError::file("remove", &unfinished)(error));
        }
        _ => {}
    }
    let listener = UnixListener::bind(&unfinished).map_err(DaemonError::file("listen at", &unfinished))?;
    listener.set_nonblocking(true).map_err(DaemonError::file("listen at", &unfinished))?;
    let made = fs::symlink_metadata(&unfinished).map_err(DaemonError::file("look at", &unfinished))?;
    fs::rename(&unfinished, &path).map_err(DaemonError::file("put a socket at", &path))?;
    Ok((listener, SocketFile { path, device: made.dev(), inode: made.ino() }))
}

impl SocketFile {
    /// Removes the file, if it is still ours. For the holder of the life lock: a newer daemon binds only after us.
    pub(crate) fn remove(&self) {
        let ours =
            fs::symlink_metadata(&self.path).is_ok_and(|found| found.dev() == self.device && found.ino() == self.inode);
        if ours && let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(%error, "the socket could not be removed");
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}
