//! From the first connection to the closed store.

use super::accept::accept;
use super::handshake::Handshake;
use super::life::Life;
use super::opened::Opened;
use super::service::AboutItself;
use super::signals::Signals;
use crate::error::DaemonError;
use std::os::unix::net::UnixListener;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tasks_proto::v1::daemon_service_server::DaemonServiceServer;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::task::TaskTracker;
use tonic::transport::Server;

/// Requests at once in one connection.
const STREAMS_MAX: u32 = 64;
/// Largest headers of a request, in bytes: ours are a few hundred.
const HEADERS_BYTES_MAX: u32 = 16 * 1024;
/// Once every request has its answer: how long the rest of the answers may take on their way.
const FLUSH_LIMIT: Duration = Duration::from_millis(500);

/// Serves until the daemon is asked to end; then finishes what is running and closes the store, within `stop_limit`.
pub(crate) async fn serve(
    life: &Arc<Life>,
    listener: UnixListener,
    opened: Opened,
    mut signals: Signals,
    stop_limit: Duration,
) -> Result<(), DaemonError> {
    let Opened { routes, status, check, notices: _, sessions: _, end_streams, close } = opened;
    let listener = tokio::net::UnixListener::from_std(listener)
        .map_err(|source| DaemonError::System { action: "listen at the socket", source })?;
    let tasks = TaskTracker::new();
    // One: a connection waits in the kernel's queue until the server takes it.
    let (accepted, incoming) = mpsc::channel(1);
    tasks.spawn(accept(listener, Arc::clone(life), accepted));
    tasks.close();
    let about_itself = DaemonServiceServer::new(AboutItself::new(Arc::clone(life), status, check));
    let handshake = Handshake::new(routes.add_service(about_itself).prepare(), Arc::clone(life));
    let mut server = pin!(
        Server::builder()
            .max_concurrent_streams(STREAMS_MAX)
            .http2_max_header_list_size(HEADERS_BYTES_MAX)
            // No keep-alive: the kernel ends a local connection with its process, and a stream that waits for events may sleep.
            .serve_with_incoming_shutdown(
                handshake,
                ReceiverStream::new(incoming),
                life.stopping.clone().cancelled_owned(),
            )
    );
    tokio::select! {
        ended = &mut server => {
            // Only when it cannot go on; the store is closed all the same.
            life.begin_draining("the server ended");
            if let Err(error) = ended {
                tracing::error!(%error, "the server failed");
            }
        }
        name = signals.next() => life.begin_draining(name),
        () = life.stopping.cancelled() => {}
    }
    end_streams();
    let deadline = Instant::now() + stop_limit;
    let finished = async {
        tokio::select! {
            _ = &mut server => {}
            () = async { life.pending.none().await; sleep(FLUSH_LIMIT).await } => {}
        }
        tasks.wait().await;
        // On a thread: it waits for the store's writer.
        tokio::task::spawn_blocking(close).await.map_err(|error| DaemonError::Server(error.to_string()))
    };
    tokio::select! {
        finished = finished => finished,
        _ = signals.next() => Err(DaemonError::SecondSignal),
        () = sleep_until(deadline) => Err(DaemonError::StopDeadline(stop_limit)),
    }
}
