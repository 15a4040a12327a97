//! The folder with the socket: ours alone, and short enough a path.

use super::Places;
use crate::error::DaemonError;
use std::fs;
use std::fs::{DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// Longest path of a socket in bytes: `sun_path` without its final NUL.
const PATH_BYTES_MAX: usize = if cfg!(target_os = "linux") { 107 } else { 103 };
/// Name a socket has until it listens; one is enough, as only the holder of the starting lock binds.
const UNFINISHED: &str = ".new";

/// What stands at a folder's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Folder {
    /// A real folder of ours that nobody else can enter.
    Private,
    /// Ours, but others may enter it.
    Loose,
    Absent,
    /// Somebody else's, a link, or no folder.
    Foreign,
}

/// The socket's path.
pub(super) fn path(places: &Places) -> Result<PathBuf, DaemonError> {
    chosen(places).map(|(path, _)| path)
}

/// The socket's path, when its folder is safe to connect in; otherwise no daemon of ours can be there.
pub(crate) fn reachable(places: &Places) -> Result<Option<PathBuf>, DaemonError> {
    let (path, folder) = chosen(places)?;
    Ok((folder == Folder::Private).then_some(path))
}

/// Makes the folder, private, and tells the socket's path and the name to bind under until it listens.
pub(crate) fn prepare(places: &Places) -> Result<(PathBuf, PathBuf), DaemonError> {
    let shared = shared_folder(places);
    if let Err(error) = DirBuilder::new().mode(0o700).create(&shared)
        && error.kind() != io::ErrorKind::AlreadyExists
    {
        return Err(DaemonError::file("make the folder", &shared)(error));
    }
    let (path, folder) = chosen(places)?;
    let parent = path.parent().unwrap_or(&shared).to_owned();
    match folder {
        Folder::Private => {}
        // What lies in it is replaced by rename, and each side asks who its peer is: nothing planted there lasts.
        Folder::Loose => fs::set_permissions(&parent, Permissions::from_mode(0o700))
            .map_err(DaemonError::file("make private", &parent))?,
        Folder::Absent => {
            DirBuilder::new().mode(0o700).create(&parent).map_err(DaemonError::file("make the folder", &parent))?;
        }
        Folder::Foreign => {
            let taken = io::Error::from(io::ErrorKind::PermissionDenied);
            return Err(DaemonError::file("use the folder", &parent)(taken));
        }
    }
    let unfinished = path.with_extension(UNFINISHED.trim_start_matches('.'));
    Ok((path, unfinished))
}

fn chosen(places: &Places) -> Result<(PathBuf, Folder), DaemonError> {
    let name = format!("{}.sock", places.mark());
    let shared = shared_folder(places);
    let found = look(&shared, places.euid)?;
    if found != Folder::Foreign {
        return Ok((shared.join(name), found));
    }
    // Somebody else took the name in /tmp: beside the data, where only the owner can be.
    let own = places.data_folder.join("run");
    let path = own.join(name);
    if path.as_os_str().len() > PATH_BYTES_MAX {
        return Err(DaemonError::SocketPathTooLong { path, taken: shared, max: PATH_BYTES_MAX });
    }
    let found = look(&own, places.euid)?;
    Ok((path, found))
}

fn shared_folder(places: &Places) -> PathBuf {
    places.runtime_base.join(format!("tasks-{}", places.euid))
}

fn look(folder: &Path, euid: u32) -> Result<Folder, DaemonError> {
    match fs::symlink_metadata(folder) {
        Ok(found) if !found.is_dir() || found.uid() != euid => Ok(Folder::Foreign),
        Ok(found) if found.mode() & 0o077 != 0 => Ok(Folder::Loose),
        Ok(_) => Ok(Folder::Private),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(Folder::Absent)
        }
        Err(error) => Err(DaemonError::file("look at", folder)(error)),
    }
}
