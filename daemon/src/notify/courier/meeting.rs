//! Where a courier whose daemon has ended is found by the next one: a socket beside the daemon's own, named after the courier.

use crate::places::{Places, socket};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use tokio::net::{UnixListener, UnixStream};

/// How the name of such a socket ends.
const ENDING: &str = "courier";

/// A place to be found at; free again when this is dropped.
#[derive(Debug)]
pub struct Meeting {
    listener: UnixListener,
    path: PathBuf,
    /// Of the socket that we made there.
    inode: u64,
    euid: u32,
}

impl Meeting {
    /// Waits to be found by daemons of these places. Must be called within a runtime.
    pub fn open(places: &Places) -> io::Result<Self> {
        let folder = folder(places)?;
        let path = folder.join(format!("{}.{}.{ENDING}", places.mark(), std::process::id()));
        // Who had our number before us has ended.
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&path)?;
        let inode = fs::symlink_metadata(&path)?.ino();
        Ok(Self { listener, path, inode, euid: places.euid() })
    }

    /// The next daemon that comes, of this user.
    pub(super) async fn next(&self) -> io::Result<UnixStream> {
        loop {
            let (stream, _) = self.listener.accept().await?;
            if stream.peer_cred().is_ok_and(|peer| peer.uid() == self.euid) {
                return Ok(stream);
            }
        }
    }
}

impl Drop for Meeting {
    fn drop(&mut self) {
        if fs::symlink_metadata(&self.path).is_ok_and(|found| found.ino() == self.inode) {
            _ = fs::remove_file(&self.path);
        }
    }
}

/// The couriers that are to be found. What nobody listens at any more is removed.
pub(super) async fn found(places: &Places) -> Vec<UnixStream> {
    let Ok(folder) = folder(places) else { return Vec::new() };
    let mark = format!("{}.", places.mark());
    let is_one = |path: &Path| {
        let name = path.file_name().and_then(OsStr::to_str);
        name.is_some_and(|name| name.starts_with(&mark) && name.ends_with(ENDING))
    };
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut streams = Vec::new();
    for path in entries.map(|entry| entry.path()).filter(|path| is_one(path)) {
        match UnixStream::connect(&path).await {
            Ok(stream) if stream.peer_cred().is_ok_and(|peer| peer.uid() == places.euid()) => streams.push(stream),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => _ = fs::remove_file(&path),
            Err(error) => tracing::warn!(%error, "a courier could not be reached"),
        }
    }
    streams
}

/// The folder of the daemon's socket, when nobody else can be in it.
fn folder(places: &Places) -> io::Result<PathBuf> {
    let socket = socket::reachable(places).map_err(|error| io::Error::other(error.to_string()))?;
    let folder = socket.as_deref().and_then(Path::parent).map(Path::to_owned);
    folder.ok_or_else(|| io::ErrorKind::NotFound.into())
}
