//! Waiting until the daemon says that a condition holds, through ends and new beginnings of it.

use super::feed::{Gone, gone};
use super::{places, runtime, this_build};
use crate::error::CliError;
use crate::host::Env;
use crate::present::Present;
use std::time::Duration;
use tasks_proto::client::Client;
use tasks_proto::error::Failure;
use tasks_proto::v1;
use tokio::time::{sleep, timeout};
use tonic::{Status, Streaming};

/// Pause after a daemon ended; doubled each time, up to a second.
const PAUSE: Duration = Duration::from_millis(20);
const PAUSE_MAX: Duration = Duration::from_secs(1);

/// The task that matches, `Some(None)` when nothing was to match; `None` when that took longer than `limit`, or does not hold now
/// where it is to be looked once only.
pub fn until(
    env: &Env,
    present: &Present,
    request: &v1::WaitRequest,
    limit: Option<Duration>,
) -> Result<Option<Option<v1::Task>>, CliError> {
    let places = places(env)?;
    let is_fixed = env.text("TASKS_NOW").is_some();
    let waited = async {
        let mut pause = PAUSE;
        let mut stopped = false;
        loop {
            let present = if is_fixed { present.clone() } else { present.again() };
            let request = v1::WaitRequest { caller: Some(present.caller()), ..request.clone() };
            let ask = |client: Client| open(client, request.clone());
            // Whoever stopped the daemon does not want it to be started by somebody who only looks on.
            let opened = if stopped {
                tasks_daemon::call_running(&places, this_build(), ask).await?
            } else {
                Some(tasks_daemon::call(&places, this_build(), ask).await?)
            };
            if let Some(mut stream) = opened {
                match stream.message().await {
                    Ok(Some(answer)) => return Ok::<_, Failure>(Some(answer.task)),
                    Ok(None) if request.once => return Ok(None),
                    Ok(None) => stopped = false,
                    Err(status) => stopped = matches!(gone(status)?, Gone::Stopped),
                }
                pause = PAUSE;
            }
            sleep(pause).await;
            pause = (pause * 2).min(PAUSE_MAX);
        }
    };
    let waited = async {
        match limit {
            Some(limit) => timeout(limit, waited).await.unwrap_or(Ok(None)),
            None => waited.await,
        }
    };
    Ok(runtime()?.block_on(waited)?)
}

async fn open(client: Client, request: v1::WaitRequest) -> Result<Streaming<v1::WaitResponse>, Status> {
    Ok(client.watch().wait(request).await?.into_inner())
}
