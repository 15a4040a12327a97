//! A connection to the socket, when that is safe and somebody listens.

use crate::error::DaemonError;
use crate::places::{Places, socket};
use std::io;
use std::time::Duration;
use tasks_proto::client::Line;
use tokio::time::{Instant, sleep};

/// How long a full queue of connections is taken for a busy daemon; a daemon that takes none for longer is mute.
const QUEUE_LIMIT: Duration = Duration::from_millis(500);
/// Between two tries at a full queue; the kernel tells nobody when there is room again.
const QUEUE_PAUSE: Duration = Duration::from_millis(20);

/// What was found at the socket's path.
#[derive(Debug)]
pub(crate) enum Reached {
    /// Somebody of this user listens.
    Peer { line: Line, pid: Option<i32> },
    /// Nobody does.
    Nobody,
    /// Somebody listens, but takes no connection.
    Full,
}

/// Connects; waits a while for room in the queue.
pub(crate) async fn reach(places: &Places) -> Result<Reached, DaemonError> {
    let deadline = Instant::now() + QUEUE_LIMIT;
    loop {
        match try_reach(places)? {
            Reached::Full if Instant::now() < deadline => sleep(QUEUE_PAUSE).await,
            reached => return Ok(reached),
        }
    }
}

/// Connects, or says at once why not.
pub(crate) fn try_reach(places: &Places) -> Result<Reached, DaemonError> {
    let Some(path) = socket::reachable(places)? else { return Ok(Reached::Nobody) };
    let connected = system::connect(&path).and_then(|(stream, peer)| Ok((Line::new(stream)?, peer)));
    match connected {
        Ok((_, peer)) if peer.uid != places.euid() => Err(DaemonError::ForeignPeer { path, owner: peer.uid }),
        Ok((line, peer)) => Ok(Reached::Peer { line, pid: peer.pid }),
        Err(error) => match error.kind() {
            io::ErrorKind::WouldBlock => Ok(Reached::Full),
            // Removed, stale, or a plain file.
            io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset => Ok(Reached::Nobody),
            _ => Err(DaemonError::file("connect to", &path)(error)),
        },
    }
}

/// Whether [`try_reach`] works without a runtime.
pub(crate) const NEEDS_RUNTIME: bool = cfg!(not(target_os = "linux"));

/// Who the kernel says is at the other end.
struct Peer {
    uid: u32,
    pid: Option<i32>,
}

#[cfg(target_os = "linux")]
mod system {
    use super::Peer;
    use rustix::net::{
        AddressFamily, SocketAddrUnix, SocketFlags, SocketType, connect as connect_to, socket_with, sockopt,
    };
    use std::io;
    use std::os::unix::net::UnixStream;
    use std::path::Path;

    /// The standard library's own would wait for room in the queue.
    pub(super) fn connect(path: &Path) -> io::Result<(UnixStream, Peer)> {
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        let socket = socket_with(AddressFamily::UNIX, SocketType::STREAM, flags, None)?;
        connect_to(&socket, &SocketAddrUnix::new(path)?)?;
        let peer = sockopt::socket_peercred(&socket)?;
        let peer = Peer { uid: peer.uid.as_raw(), pid: Some(peer.pid.as_raw_nonzero().get()) };
        Ok((socket.into(), peer))
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::Peer;
    use std::io;
    use std::os::unix::net::UnixStream;
    use std::path::Path;

    /// The one safe wrapper for the peer's credentials that all systems have is the runtime's.
    pub(super) fn connect(path: &Path) -> io::Result<(UnixStream, Peer)> {
        let stream = UnixStream::connect(path)?;
        stream.set_nonblocking(true)?;
        let stream = tokio::net::UnixStream::from_std(stream)?;
        let peer = stream.peer_cred()?;
        Ok((stream.into_std()?, Peer { uid: peer.uid(), pid: peer.pid() }))
    }
}
