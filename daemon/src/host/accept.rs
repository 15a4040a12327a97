//! Takes connections in: only so many, and only of this user.

use super::life::Life;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::sleep;
use tonic::transport::server::Connected;

/// Connections at once: more than a thousand may follow what happens. A bound on memory (some 30 KiB each); whoever comes then
/// waits in the kernel's queue.
const CONNECTIONS_MAX: u64 = 2_048;
/// Open files for everything else: databases, logs, runtime.
const OTHER_FILES: u64 = 96;
/// Pause after a failed accept, as without free descriptors: the connection stays in the queue, so a retry at once would
/// spin.
const FAILURE_PAUSE: Duration = Duration::from_millis(50);

/// A connection and its place among those that may be.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: UnixStream,
    _permit: OwnedSemaphorePermit,
}

/// Accepts until the daemon stops, then closes the listener.
pub(crate) async fn accept(listener: UnixListener, life: Arc<Life>, accepted: mpsc::Sender<io::Result<Connection>>) {
    let free = Arc::new(Semaphore::new(connections_max()));
    loop {
        let next = async {
            // The permit first: without one nothing is taken from the queue.
            let permit = Arc::clone(&free).acquire_owned().await.ok()?;
            Some((permit, listener.accept().await))
        };
        let next = tokio::select! {
            biased;
            () = life.stopping.cancelled() => return,
            next = next => next,
        };
        let Some((permit, arrived)) = next else { return };
        match arrived {
            Ok((stream, _)) => {
                if is_ours(&stream, &life) && accepted.send(Ok(Connection { stream, _permit: permit })).await.is_err() {
                    return;
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(FAILURE_PAUSE).await;
            }
        }
    }
}

/// As many as there may be open files for: the usual limit of 1,024 is raised as far as the system lets us.
fn connections_max() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.unwrap_or(u64::MAX).min(CONNECTIONS_MAX + OTHER_FILES);
    let mut current = limit.current.unwrap_or(u64::MAX);
    if current < wanted && setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit }).is_ok() {
        current = wanted;
    }
    let connections = current.saturating_sub(OTHER_FILES).clamp(1, CONNECTIONS_MAX);
    usize::try_from(connections).unwrap_or(1)
}

/// The folder keeps others out already; this holds also when somebody opened it.
fn is_ours(stream: &UnixStream, life: &Life) -> bool {
    match stream.peer_cred() {
        Ok(peer) if peer.uid() == life.places.euid() => true,
        Ok(peer) => {
            tracing::warn!(uid = peer.uid(), "a connection of another user was refused");
            false
        }
        Err(error) => {
            tracing::warn!(%error, "a connection of an unknown user was refused");
            false
        }
    }
}

impl Connected for Connection {
    type ConnectInfo = ();

    fn connect_info(&self) {}
}

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::listener::bind;
    use crate::host::pending::Pending;
    use crate::lock::LifeLock;
    use crate::places::Places;
    use crate::session::{Newest, Session};
    use tokio::io::AsyncReadExt as _;
    use tokio_util::sync::CancellationToken;

    /// A life whose owner is `euid`, listening in `home`.
    fn life(home: &std::path::Path, euid: u32) -> (UnixListener, Arc<Life>) {
        let variable = home.as_os_str().to_owned();
        let env = move |name: &str| (name == "TASKS_HOME").then(|| variable.clone());
        let places = Places::from_env(&env).unwrap().with_runtime_base(home);
        places.make_data_folder().unwrap();
        let (listener, socket) = bind(&places).unwrap();
        let life = Life {
            lock: LifeLock::open(&places.lock_file()).unwrap(),
            places: places.with_euid(euid),
            build: crate::this_build(),
            started_at_unix_ms: 0,
            pending: Pending::new(),
            warnings: Vec::new(),
            sessions: Newest::new(Session::default()),
            socket,
            stopping: CancellationToken::new(),
        };
        (UnixListener::from_std(listener).unwrap(), Arc::new(life))
    }

    /// Whether our own connection is taken in by a daemon of `euid`.
    async fn is_taken_in(euid: u32) -> bool {
        let home = tempfile::tempdir_in("/tmp").unwrap();
        let (listener, life) = life(home.path(), euid);
        let (sender, mut accepted) = mpsc::channel(1);
        let mut client = UnixStream::connect(life.socket.path()).await.unwrap();
        let accepting = accept(listener, Arc::clone(&life), sender);
        tokio::select! {
            () = accepting => unreachable!("nobody stops it"),
            connection = accepted.recv() => connection.is_some(),
            // Hung up on, before a byte was read.
            read = client.read_u8() => { assert!(read.is_err()); false }
        }
    }

    #[test]
    fn only_the_owner_is_taken_in() {
        let euid = rustix::process::geteuid().as_raw();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            assert!(is_taken_in(euid).await);
            assert!(!is_taken_in(euid + 1).await);
        });
    }
}
