//! What happens, as it happens.

use crate::failure::{status, stopping};
use crate::{Api, requests};
use futures_util::stream;
use std::pin::Pin;
use std::time::Duration;
use tasks_domain::cursor::Cursor;
use tasks_engine::follow::{Follow, Followed, Follower};
use tasks_engine::store::Store;
use tasks_engine::wait::{Condition, Look, Waiting};
use tasks_proto::v1::watch_service_server::WatchService;
use tasks_proto::{convert, v1};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep};
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

/// Longest sleep before the clock is looked at again: a sleep counts neither the time in suspend nor a clock that was set.
const SLEEP_MAX: Duration = Duration::from_mins(1);
/// Longest pause between two looks; shorter ones are as long as the look took, so that waiting takes half of a reader at most.
const PAUSE_MAX: Duration = Duration::from_secs(1);

#[tonic::async_trait]
impl<S: Store> WatchService for Api<S> {
    type WatchStream = Pin<Box<dyn Stream<Item = Result<v1::WatchResponse, Status>> + Send>>;
    type WaitStream = ReceiverStream<Result<v1::WaitResponse, Status>>;

    async fn watch(&self, request: Request<v1::WatchRequest>) -> Result<Response<Self::WatchStream>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let query = Follow {
            caller: requests::caller(request.caller.as_ref())?,
            filter: request.filter,
            types: convert::watch::types_from_wire(&request.types).map_err(requests::wrong)?,
            since: convert::watch::cursor_from_wire(&request.since).map_err(requests::wrong)?,
        };
        let follower = self.engine.follow(account, query).await.map_err(status)?;
        Ok(Response::new(Box::pin(told(follower, self.ending.clone()))))
    }

    async fn wait(&self, request: Request<v1::WaitRequest>) -> Result<Response<Self::WaitStream>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let caller = requests::caller(request.caller.as_ref())?;
        let condition = Condition { caller, filter: request.filter, none: request.none };
        let waiting = self.engine.wait(account, condition).await.map_err(status)?;
        let (sender, receiver) = mpsc::channel(1);
        let ending = self.ending.clone();
        tokio::spawn(until_ending(ending, sender.clone(), async move { answer(waiting, request.once, &sender).await }));
        Ok(Response::new(ReceiverStream::new(receiver)))
    }
}

/// Runs a stream until nobody reads it any more or the host ends, and says why it ended.
async fn until_ending<T>(
    mut ending: watch::Receiver<bool>,
    sender: mpsc::Sender<Result<T, Status>>,
    stream: impl Future<Output = Result<(), Status>>,
) {
    let failed = tokio::select! {
        biased;
        () = sender.closed() => return,
        // Fails when the host is gone, which is an end too.
        _ = ending.wait_for(|ending| *ending) => stopping().into(),
        ended = stream => match ended {
            Ok(()) => return,
            Err(failed) => failed,
        },
    };
    // Whoever does not read has no room for this either, and sees the connection end.
    _ = sender.try_send(Err(failed));
}

/// What a follower is told, until the host ends.
///
/// A message is made when the connection has room for it, and none ahead: a task with its notes has up to 256 KiB, and there may be
/// a thousand who do not read.
fn told<S: Store>(
    follower: Follower<S>,
    ending: watch::Receiver<bool>,
) -> impl Stream<Item = Result<v1::WatchResponse, Status>> {
    stream::unfold(Some((follower, ending)), async |state| {
        let (mut follower, mut ending) = state?;
        let next = tokio::select! {
            biased;
            // Fails when the host is gone, which is an end too.
            _ = ending.wait_for(|ending| *ending) => Err(stopping().into()),
            next = follower.next() => next.map_err(status),
        };
        match next {
            Ok((cursor, news)) => Some((Ok(message(&cursor, &news)), Some((follower, ending)))),
            Err(failed) => Some((Err(failed), None)),
        }
    })
}

fn message(cursor: &Cursor, news: &Followed) -> v1::WatchResponse {
    let what = match news {
        Followed::Event(told) => v1::watch_response::What::Event(convert::watch::to_wire(told)),
        Followed::Resync => v1::watch_response::What::Resync(v1::Resync {}),
        Followed::Position => v1::watch_response::What::Position(v1::Position {}),
    };
    v1::WatchResponse { cursor: cursor.to_string(), what: Some(what) }
}

async fn answer<S: Store>(
    mut waiting: Waiting<S>,
    once: bool,
    sender: &mpsc::Sender<Result<v1::WaitResponse, Status>>,
) -> Result<(), Status> {
    loop {
        let began = Instant::now();
        let again_at = match waiting.look().await.map_err(status)? {
            Look::Holds(shown) => {
                let task = shown.map(|shown| convert::task::to_wire(&shown));
                _ = sender.send(Ok(v1::WaitResponse { task })).await;
                return Ok(());
            }
            Look::Not { .. } if once => return Ok(()),
            Look::Not { again_at_unix_ms } => again_at_unix_ms,
        };
        sleep(began.elapsed().min(PAUSE_MAX)).await;
        until_changed(&mut waiting, again_at).await.map_err(status)?;
    }
}

/// Sleeps until a commit, or until the clock shows that.
async fn until_changed<S: Store>(
    waiting: &mut Waiting<S>,
    again_at_unix_ms: Option<i64>,
) -> Result<(), tasks_engine::error::EngineError> {
    let Some(at) = again_at_unix_ms else { return waiting.changed().await };
    loop {
        let Ok(left @ 1..) = u64::try_from(at - waiting.clock_unix_ms()) else { return Ok(()) };
        tokio::select! {
            changed = waiting.changed() => return changed,
            () = sleep(Duration::from_millis(left).min(SLEEP_MAX)) => {}
        }
    }
}
