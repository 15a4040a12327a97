//! Answers that come in messages and are written as they come.

use super::{places, this_build};
use crate::error::CliError;
use crate::host::Env;
use std::future::Future;
use tasks_domain::error::ErrorKind;
use tasks_proto::client::Client;
use tasks_proto::error::Failure;
use tokio::runtime::Runtime;
use tonic::{Status, Streaming};

/// Messages of one answer. Nothing is read ahead of what is taken, so a slow reader of ours slows the daemon and fills no memory.
pub struct Streamed<M> {
    runtime: Runtime,
    messages: Option<Streaming<M>>,
}

/// Asks the daemon, starting it if need be, for an answer in messages. `ask` may run more than once before the first message.
pub fn stream<M, F, Fut>(env: &Env, ask: F) -> Result<Streamed<M>, CliError>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<Streaming<M>, Status>>,
{
    let places = places(env)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
        .map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot wait for the daemon: {error}")))?;
    let messages = runtime.block_on(tasks_daemon::call(&places, this_build(), ask))?;
    Ok(Streamed { runtime, messages: Some(messages) })
}

impl<M> Iterator for Streamed<M> {
    type Item = Result<M, CliError>;

    fn next(&mut self) -> Option<Self::Item> {
        let messages = self.messages.as_mut()?;
        match self.runtime.block_on(messages.message()) {
            Ok(Some(message)) => Some(Ok(message)),
            Ok(None) => None,
            Err(status) => {
                self.messages = None;
                Some(Err(Failure::from(status).into()))
            }
        }
    }
}
