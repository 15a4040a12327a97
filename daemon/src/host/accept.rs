//! Takes connections in: only so many, and only of this user.

use super::life::Life;
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

/// Connections at once. A bound on memory (some 30 KiB each) below the usual limit of 1,024 open files; whoever comes
/// then waits in the kernel's queue.
const CONNECTIONS_MAX: usize = 256;
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
    let free = Arc::new(Semaphore::new(CONNECTIONS_MAX));
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
