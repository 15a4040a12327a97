//! gRPC's requests over HTTP/2 on one line: what `tonic` calls a service.
//!
//! Its own channel keeps a task that speaks over the connection, behind a queue, for a client that lives long and reconnects. Here the
//! connection is driven by whoever waits for an answer over it, so that nothing but the answer needs to be waited for
//! ([`super::line`]); within a runtime it is a task of that runtime, as several may wait at once there.

use super::line::{Line, Socket};
use bytes::Bytes;
use h2::client::{Builder, Connection, SendRequest};
use h2::{RecvStream, SendStream};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderMap, Request, Response, Uri, Version};
use http_body::{Body as _, Frame};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use tokio::runtime::Handle;
use tonic::body::Body;
use tower::Service;

/// How much of one answer may be on its way unread, in bytes. The other end keeps as much in memory for everybody who does not read, and
/// there may be a thousand.
const STREAM_WINDOW_BYTES: u32 = 128 * 1024;
/// The same of all answers of one connection.
const CONNECTION_WINDOW_BYTES: u32 = 1024 * 1024;
/// Largest head of an answer, in bytes: an error carries its parts there.
const HEAD_BYTES_MAX: u32 = 16 * 1024;

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// A connection that answers requests; clones share it.
#[derive(Clone, Debug)]
pub struct Wire {
    requests: SendRequest<Bytes>,
    driver: Driver,
}

/// Reads and writes the connection; `None` where a task of a runtime does.
#[derive(Clone, Debug)]
struct Driver(Option<Arc<Mutex<Connection<Socket>>>>);

impl Driver {
    /// Drives the connection as far as it goes now. That it ended or broke is told by the streams over it.
    fn poll(&self, cx: &mut Context<'_>) {
        if let Some(connection) = &self.0 {
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            _ = Pin::new(&mut *connection).poll(cx);
        }
    }

    /// Polls what waits for the connection, and drives that before and behind: it may have something to write then.
    fn poll_with<T>(&self, cx: &mut Context<'_>, mut waits: impl FnMut(&mut Context<'_>) -> Poll<T>) -> Poll<T> {
        if let Poll::Ready(answer) = waits(cx) {
            return Poll::Ready(answer);
        }
        self.poll(cx);
        waits(cx)
    }
}

impl Wire {
    /// Begins to speak HTTP/2.
    pub(super) async fn over(line: &Line) -> Result<Self, h2::Error> {
        let mut settings = Builder::new();
        settings
            .enable_push(false)
            .initial_window_size(STREAM_WINDOW_BYTES)
            .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
            .max_header_list_size(HEAD_BYTES_MAX);
        let (requests, connection) = settings.handshake(line.socket()).await?;
        let driver = if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(connection);
            Driver(None)
        } else {
            Driver(Some(Arc::new(Mutex::new(connection))))
        };
        Ok(Self { requests, driver })
    }
}

impl Service<Request<Body>> for Wire {
    type Response = Response<Answer>;
    type Error = Failed;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Failed>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Failed>> {
        let Self { requests, driver } = self;
        driver.poll_with(cx, |cx| requests.poll_ready(cx)).map_err(Failed::from)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let wire = self.clone();
        Box::pin(async move { wire.answer(request).await })
    }
}

impl Wire {
    async fn answer(mut self, request: Request<Body>) -> Result<Response<Answer>, Failed> {
        let (mut head, body) = request.into_parts();
        head.uri = whole(head.uri)?;
        head.version = Version::HTTP_2;
        let (answer, stream) = self.requests.send_request(Request::from_parts(head, ()), false)?;
        let (mut answer, mut sent) = (pin!(answer), pin!(send(body, stream)));
        let mut sending = true;
        let driver = self.driver.clone();
        let head = poll_fn(|cx| {
            driver.poll_with(cx, |cx| {
                if sending && let Poll::Ready(done) = sent.as_mut().poll(cx) {
                    sending = false;
                    // A peer that wants no more of the request says why in its answer.
                    if let Err(error) = done
                        && !error.is::<h2::Error>()
                    {
                        return Poll::Ready(Err(error));
                    }
                }
                answer.as_mut().poll(cx).map_err(Failed::from)
            })
        });
        let head = head.await?;
        Ok(head.map(|stream| Answer { stream, driver: self.driver, whole: false }))
    }
}

/// With the scheme and the name that HTTP/2 asks for. The name is never looked up.
fn whole(uri: Uri) -> Result<Uri, http::uri::InvalidUriParts> {
    let mut parts = uri.into_parts();
    parts.scheme = Some(Scheme::HTTP);
    parts.authority = Some(Authority::from_static("localhost"));
    parts.path_and_query.get_or_insert(PathAndQuery::from_static("/"));
    Uri::from_parts(parts)
}

/// Sends the body of a request, never more than the other end takes.
async fn send(body: Body, mut stream: SendStream<Bytes>) -> Result<(), Failed> {
    let mut body = pin!(body);
    while let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
        let Ok(mut data) = frame?.into_data() else { continue };
        while !data.is_empty() {
            stream.reserve_capacity(data.len());
            let room = poll_fn(|cx| stream.poll_capacity(cx)).await;
            let room = room.ok_or_else(|| h2::Error::from(h2::Reason::STREAM_CLOSED))??;
            stream.send_data(data.split_to(room.min(data.len())), false)?;
        }
    }
    stream.send_data(Bytes::new(), true)?;
    Ok(())
}

/// The body of an answer, read as it comes.
#[derive(Debug)]
pub struct Answer {
    stream: RecvStream,
    driver: Driver,
    /// All data came; what is left is the status.
    whole: bool,
}

impl http_body::Body for Answer {
    type Data = Bytes;
    type Error = h2::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, h2::Error>>> {
        let Self { stream, driver, whole } = &mut *self;
        if !*whole {
            if let Some(data) = ready!(driver.poll_with(cx, |cx| stream.poll_data(cx))) {
                let data = data?;
                stream.flow_control().release_capacity(data.len())?;
                return Poll::Ready(Some(Ok(Frame::data(data))));
            }
            *whole = true;
        }
        let status: Result<Option<HeaderMap>, _> = ready!(driver.poll_with(cx, |cx| stream.poll_trailers(cx)));
        Poll::Ready(status.transpose().map(|status| status.map(Frame::trailers)))
    }

    fn is_end_stream(&self) -> bool {
        self.stream.is_end_stream()
    }
}
