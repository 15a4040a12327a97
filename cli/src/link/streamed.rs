//! Answers that come in messages and are written as they come.

use super::{places, this_build};
use crate::error::CliError;
use crate::host::Env;
use std::future::Future;
use tasks_daemon::Way;
use tasks_proto::client::Client;
use tasks_proto::error::Failure;
use tonic::{Status, Streaming};

/// Messages of one answer. Nothing is read ahead of what is taken, so a slow reader of ours slows the daemon and fills no memory.
pub struct Streamed<M> {
    way: Way,
    messages: Option<Streaming<M>>,
}

/// Asks the daemon, starting it if need be, for an answer in messages. `ask` may run more than once before the first message.
pub fn stream<M, F, Fut>(env: &Env, ask: F) -> Result<Streamed<M>, CliError>
where
    F: Fn(Client) -> Fut,
    Fut: Future<Output = Result<Streaming<M>, Status>>,
{
    let (messages, way) = tasks_daemon::call_blocking(&places(env)?, this_build(), ask)?;
    Ok(Streamed { way, messages: Some(messages) })
}

impl<M> Iterator for Streamed<M> {
    type Item = Result<M, CliError>;

    fn next(&mut self) -> Option<Self::Item> {
        let messages = self.messages.as_mut()?;
        match self.way.wait(messages.message()) {
            Ok(Some(message)) => Some(Ok(message)),
            Ok(None) => None,
            Err(status) => {
                self.messages = None;
                Some(Err(Failure::from(status).into()))
            }
        }
    }
}
