//! A connection to the socket, when that is safe and somebody listens.

use crate::error::DaemonError;
use crate::places::{Places, socket};
use std::io;
use std::time::Duration;
use tokio::net::UnixStream;
use tokio::time::{Instant, sleep};

/// How long a full queue of connections is taken for a busy daemon; a daemon that takes none for longer is mute.
const QUEUE_LIMIT: Duration = Duration::from_millis(500);
/// Between two tries at a full queue; the kernel tells nobody when there is room again.
const QUEUE_PAUSE: Duration = Duration::from_millis(20);

/// What was found at the socket's path.
#[derive(Debug)]
pub(crate) enum Reached {
    /// Somebody of this user listens.
    Peer { stream: UnixStream, pid: Option<i32> },
    /// Nobody does.
    Nobody,
    /// Somebody listens, but takes no connection.
    Full,
}

/// Connects.
pub(crate) async fn reach(places: &Places) -> Result<Reached, DaemonError> {
    let Some(path) = socket::reachable(places)? else { return Ok(Reached::Nobody) };
    let deadline = Instant::now() + QUEUE_LIMIT;
    let stream = loop {
        match UnixStream::connect(&path).await {
            Ok(stream) => break stream,
            Err(error) => match error.kind() {
                io::ErrorKind::WouldBlock if Instant::now() < deadline => sleep(QUEUE_PAUSE).await,
                io::ErrorKind::WouldBlock => return Ok(Reached::Full),
                // Removed, stale, or a plain file.
                io::ErrorKind::NotFound
                | io::ErrorKind::NotADirectory
                | io::ErrorKind::ConnectionRefused
                | io::ErrorKind::ConnectionReset => return Ok(Reached::Nobody),
                _ => return Err(DaemonError::file("connect to", &path)(error)),
            },
        }
    };
    let peer = stream.peer_cred().map_err(DaemonError::file("ask who listens at", &path))?;
    if peer.uid() != places.euid() {
        return Err(DaemonError::ForeignPeer { path, owner: peer.uid() });
    }
    Ok(Reached::Peer { stream, pid: peer.pid() })
}
