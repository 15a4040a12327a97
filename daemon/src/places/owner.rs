//! Whose data it is: `sudo tasks …` must not leave files of root in a person's folder.

use crate::error::DaemonError;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

const ROOT: u32 = 0;

/// Refuses when the folder, or what of its path exists, is another user's.
pub(super) fn check(folder: &Path, euid: u32) -> Result<(), DaemonError> {
    for (depth, path) in folder.ancestors().enumerate() {
        match fs::metadata(path) {
            Ok(found) => {
                let owner = found.uid();
                // Everybody's folders are made in root's (/home, /tmp): whether this user may do that, the kernel decides
                // when the folder is made.
                let makeable = depth > 0 && owner == ROOT;
                return if owner == euid || makeable {
                    Ok(())
                } else {
                    Err(DaemonError::NotOwner { path: path.to_owned(), owner, euid })
                };
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(error) => return Err(DaemonError::file("look at", path)(error)),
        }
    }
    Ok(())
}
