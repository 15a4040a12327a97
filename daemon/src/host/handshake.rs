//! What stands before every request: who asks, with which build, in which protocol.

use super::life::Life;
use crate::session::Session;
use http::{HeaderMap, HeaderValue, Request, Response};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tasks_domain::error::ErrorKind;
use tasks_proto::build::{BUILD_HEADER, Build, DAEMON_OUTDATED, PROTOCOL, PROTOCOL_HEADER};
use tasks_proto::error::Failure;
use tasks_proto::v1::daemon_service_server::SERVICE_NAME;
use tokio::time::timeout;
use tonic::Status;
use tonic::body::Body;
use tonic::service::Routes;
use tower::Service;

/// Longest time until an answer begins; the client's overall limit, after which nobody reads it.
const REQUEST_LIMIT: Duration = Duration::from_mins(1);

/// The routes with the handshake before them.
#[derive(Clone, Debug)]
pub(crate) struct Handshake {
    routes: Routes,
    life: Arc<Life>,
    build: HeaderValue,
}

impl Handshake {
    pub(crate) fn new(routes: Routes, life: Arc<Life>) -> Self {
        // A build prints as digits, dots and a plus.
        let build = HeaderValue::from_str(&life.build.to_string()).unwrap_or(HeaderValue::from_static("0.0.0+0"));
        Self { routes, life, build }
    }
}

impl Service<Request<Body>> for Handshake {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Service::<Request<Body>>::poll_ready(&mut self.routes, context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        // The daemon's own service answers everybody, so that any build can look at any other and stop it.
        let about_itself = request.uri().path().strip_prefix('/').and_then(|path| path.split('/').next());
        let accepted = match about_itself {
            Some(SERVICE_NAME) => Ok(()),
            _ => accept(request.headers(), self.life.build),
        };
        self.life.sessions.seen(Session::from_headers(request.headers()));
        let build = self.build.clone();
        let pending = self.life.pending.begin();
        let answer = match accepted {
            Ok(()) => Ok(self.routes.call(request)),
            Err(failure) => {
                if failure.is_daemon_outdated() {
                    self.life.begin_draining("a newer build asked");
                }
                Err(failure)
            }
        };
        Box::pin(async move {
            let mut response = match answer {
                Ok(answer) => timeout(REQUEST_LIMIT, answer).await.unwrap_or_else(|_| {
                    let failure = Failure::new(ErrorKind::TimedOut, "the request took too long");
                    Ok(Status::from(failure).into_http())
                })?,
                Err(failure) => Status::from(failure).into_http(),
            };
            response.headers_mut().insert(PROTOCOL_HEADER, HeaderValue::from(PROTOCOL));
            response.headers_mut().insert(BUILD_HEADER, build);
            drop(pending);
            Ok(response)
        })
    }
}

/// Whether a request that brings these headers is served by a daemon of build `own`.
fn accept(headers: &HeaderMap, own: Build) -> Result<(), Failure> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let build: Option<Build> = text(BUILD_HEADER).and_then(|build| build.parse().ok());
    // First: a newer build may well speak another protocol, and then a new daemon is the answer.
    if let Some(build) = build
        && build > own
    {
        let message = format!("the daemon is of an older build, {own}, than this program, {build}");
        let failure =
            Failure::new(ErrorKind::Unavailable, message).with_hint("try again: a new daemon starts by itself");
        return Err(failure.with_reason(DAEMON_OUTDATED));
    }
    let protocol = text(PROTOCOL_HEADER);
    if protocol.and_then(|protocol| protocol.parse().ok()) == Some(PROTOCOL) {
        return Ok(());
    }
    let message = match protocol {
        Some(protocol) => format!("the daemon speaks protocol {PROTOCOL}, this program protocol {protocol}"),
        None => format!("the daemon speaks protocol {PROTOCOL}, and this program does not say which it speaks"),
    };
    let hint = "use programs of one release; tasks daemon restart starts the daemon of the one you call";
    Err(Failure::new(ErrorKind::Unavailable, message).with_hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(protocol: &str, build: &str) -> Result<(), Failure> {
        let mut headers = HeaderMap::new();
        headers.insert(PROTOCOL_HEADER, protocol.parse().unwrap());
        headers.insert(BUILD_HEADER, build.parse().unwrap());
        accept(&headers, "0.2.0+100".parse().unwrap())
    }

    #[test]
    fn only_a_strictly_newer_build_is_sent_to_a_new_daemon() {
        for served in ["0.2.0+100", "0.2.0+99", "0.1.9+200"] {
            assert_eq!(asked("1", served), Ok(()), "{served}");
        }
        for newer in ["0.2.0+101", "0.2.1+0", "1.0.0+1"] {
            assert!(asked("1", newer).unwrap_err().is_daemon_outdated(), "{newer}");
        }
    }

    #[test]
    fn an_unknown_protocol_is_named_beside_ours_unless_the_build_is_newer() {
        let failure = asked("9", "0.2.0+100").unwrap_err();
        assert!(failure.message.contains("protocol 1") && failure.message.contains("protocol 9"), "{failure}");
        assert!(!failure.is_daemon_outdated());
        assert!(asked("9", "0.3.0+1").unwrap_err().is_daemon_outdated());
        assert!(accept(&HeaderMap::new(), "0.2.0+1".parse().unwrap()).is_err());
    }
}
