//! A request without a runtime, as long as nothing is out of the ordinary.
//!
//! Most commands find a daemon that answers in a millisecond or two. Such a request is connected, written and waited for on this
//! thread alone ([`Line::wait`]). All else (nobody listens, another build, no answer in time) goes the way of
//! [`call`], in a runtime made for it.

use super::call::{Attempt, DOUBT_AFTER, call, call_after, call_running, exchange};
use super::connect::{NEEDS_RUNTIME, Reached, try_reach};
use crate::error::DaemonError;
use crate::places::Places;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tasks_proto::build::Build;
use tasks_proto::client::{Client, Line};
use tasks_proto::error::Failure;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tonic::Status;

/// What waits for more of an answer that comes in messages.
#[derive(Debug)]
pub enum Way {
    /// The line alone.
    Line(Line),
    /// The runtime in which the answer began.
    Runtime(Runtime),
}

impl Way {
    /// Waits for something that the answer brings.
    pub fn wait<F: Future>(&self, future: F) -> F::Output {
        match self {
            Self::Line(line) => {
                let mut future = pin!(future);
                loop {
                    if let Some(answer) = line.wait(future.as_mut(), None) {
                        break answer;
                    }
                }
            }
            Self::Runtime(runtime) => runtime.block_on(future),
        }
    }
}

/// A runtime for this thread alone: sockets and timers are all it needs.
pub fn runtime() -> Result<Runtime, Failure> {
    let made = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
    made.map_err(|source| DaemonError::System { action: "wait for the daemon", source }.into())
}

/// Does what [`call`] does for whoever has no runtime; must not be called within one.
///
/// `request` may wait for the daemon's answers, and for nothing else. The second value waits for the rest of an answer in messages.
pub fn call_blocking<T, F, Fut>(places: &Places, build: Build, request: F) -> Result<(T, Way), Failure>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<T, Status>>,
{
    if let Some(line) = line(places)? {
        let mut answer = pin!(exchange(&line, build, places, &request));
        match line.wait(answer.as_mut(), Some(DOUBT_AFTER)) {
            Some(Attempt::Answered(answer)) => return Ok((answer?, Way::Line(line.clone()))),
            // Found again on the long way, and dealt with there.
            Some(_) => {}
            None => {
                let runtime = runtime()?;
                let answer = runtime.block_on(call_after(places, build, &request, Some(answer)))?;
                return Ok((answer, Way::Runtime(runtime)));
            }
        }
    }
    let runtime = runtime()?;
    let answer = runtime.block_on(call(places, build, request))?;
    Ok((answer, Way::Runtime(runtime)))
}

/// Asks the daemon if one runs and answers within `limit`; never starts one, and never waits longer.
pub fn ask_running<T, F, Fut>(places: &Places, build: Build, limit: Duration, request: F) -> Option<T>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<T, Status>>,
{
    if NEEDS_RUNTIME {
        let asked = async { timeout(limit, call_running(places, build, request)).await.ok()?.ok()? };
        return runtime().ok()?.block_on(asked);
    }
    let line = line(places).ok()??;
    let mut answer = pin!(exchange(&line, build, places, &request));
    match line.wait(answer.as_mut(), Some(limit)) {
        Some(Attempt::Answered(answer)) => answer.ok(),
        _ => None,
    }
}

/// A line to the daemon, where one takes it at once; none where a runtime is needed to connect.
fn line(places: &Places) -> Result<Option<Line>, DaemonError> {
    if NEEDS_RUNTIME {
        return Ok(None);
    }
    match try_reach(places)? {
        Reached::Peer { line, .. } => Ok(Some(line)),
        Reached::Nobody | Reached::Full => Ok(None),
    }
}
