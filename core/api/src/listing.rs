//! Listings as streams of messages: read as fast as they are taken, never as a whole.

use crate::failure::status;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tasks_domain::id::AccountId;
use tasks_domain::shown::Shown;
use tasks_engine::engine::Engine;
use tasks_engine::query::{Bookmark, Ended, Listing};
use tasks_engine::store::Store;
use tasks_proto::v1::TaskView;
use tasks_proto::{convert, v1};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;

/// Tasks in one message: few messages for a long listing, as each wakes the daemon's main thread and the client several times, and
/// still so many that the client reads on while the next are made.
const TASKS_PER_MESSAGE: usize = 512;
/// Bytes after which a message is sent even if it has fewer tasks: with the longest task behind them still far below a frame.
const BYTES_PER_MESSAGE: usize = 1024 * 1024;
/// Messages that may wait for the client, besides the one that is made.
const MESSAGES_WAITING_MAX: usize = 1;
/// How long a reader waits for a slow client in one state of the store before it lets go of it. A client that keeps up gets
/// its whole listing from one state; one that does not must not keep the store from tidying up.
const PATIENCE: Duration = Duration::from_millis(250);

pub(crate) type Messages = std::pin::Pin<Box<dyn Stream<Item = Result<v1::ListTasksResponse, Status>> + Send>>;

/// The messages of a listing.
pub(crate) fn messages<S: Store>(engine: Engine<S>, account: AccountId, listing: Listing, view: TaskView) -> Messages {
    let (sender, receiver) = mpsc::channel(MESSAGES_WAITING_MAX);
    // Ends when the listing does, or with the first message that nobody takes any more.
    tokio::spawn(async move { send(&engine, account, Arc::new(listing), view, &sender).await });
    Box::pin(ReceiverStream::new(receiver))
}

async fn send<S: Store>(
    engine: &Engine<S>,
    account: AccountId,
    listing: Arc<Listing>,
    view: TaskView,
    sender: &mpsc::Sender<Result<v1::ListTasksResponse, Status>>,
) {
    let mut from: Option<Bookmark> = None;
    loop {
        let packer = Arc::new(Mutex::new(Packer::new(view)));
        let (pack, runtime, to) = (Arc::clone(&packer), Handle::current(), sender.clone());
        let take = move |shown| {
            let mut packer = pack.lock().unwrap_or_else(PoisonError::into_inner);
            if !packer.add(shown) {
                return ControlFlow::Continue(());
            }
            // On a thread that may wait; the store's reader waits with it, so not for long.
            match runtime.block_on(tokio::time::timeout(PATIENCE, to.reserve())) {
                Ok(Ok(place)) => {
                    place.send(Ok(packer.take_full()));
                    ControlFlow::Continue(())
                }
                _ => ControlFlow::Break(()),
            }
        };
        let ended = match engine.list_part(account, Arc::clone(&listing), from, take).await {
            Ok(ended) => ended,
            Err(error) => {
                // Whoever went away is not told.
                _ = sender.send(Err(status(error))).await;
                return;
            }
        };
        let message = packer.lock().unwrap_or_else(PoisonError::into_inner).take(&ended);
        let taken = sender.send(Ok(message)).await;
        match ended {
            Ended::Paused(next) if taken.is_ok() => from = Some(next),
            _ => return,
        }
    }
}

/// Collects tasks to a message, encoded.
struct Packer {
    view: TaskView,
    message: v1::ListTasksResponse,
    tasks: usize,
}

impl Packer {
    fn new(view: TaskView) -> Self {
        Self { view, message: v1::ListTasksResponse::default(), tasks: 0 }
    }

    /// Adds a task; whether the message is full.
    fn add(&mut self, shown: Shown) -> bool {
        self.tasks += 1;
        self.message.pack(&match self.view {
            TaskView::Basic => convert::task::into_basic_wire(shown),
            TaskView::Unspecified => convert::task::into_wire(shown),
        });
        self.tasks >= TASKS_PER_MESSAGE || self.message.packed_bytes() >= BYTES_PER_MESSAGE
    }

    /// A message that is full; the next one will be about as long.
    fn take_full(&mut self) -> v1::ListTasksResponse {
        self.tasks = 0;
        let next = v1::ListTasksResponse::with_room(self.message.packed_bytes());
        std::mem::replace(&mut self.message, next)
    }

    /// The last message of a part.
    fn take(&mut self, ended: &Ended) -> v1::ListTasksResponse {
        self.message.more = matches!(ended, Ended::Complete { more: true });
        std::mem::take(&mut self.message)
    }
}
