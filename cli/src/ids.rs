//! Ids of new tasks and operations: the one place that takes randomness from the machine.

use crate::error::CliError;
use tasks_domain::error::ErrorKind;
use tasks_domain::id::{OperationId, TaskId};

/// Random bytes of one id.
const RANDOM_BYTES: usize = 10;

/// An id for one command.
pub fn operation(now_unix_ms: i64) -> Result<OperationId, CliError> {
    Ok(OperationId::new(now_unix_ms, random()?))
}

/// Ids for `count` new tasks in ascending order, so that tasks made together stay in the order they were named in.
pub fn tasks(now_unix_ms: i64, count: usize) -> Result<Vec<TaskId>, CliError> {
    let mut bytes = vec![0; count * RANDOM_BYTES];
    getrandom::fill(&mut bytes).map_err(no_randomness)?;
    let (each, _) = bytes.as_chunks::<RANDOM_BYTES>();
    let mut ids: Vec<TaskId> = each.iter().map(|random| TaskId::new(now_unix_ms, *random)).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// Letters for the name of a temporary file that nobody can guess.
pub fn name() -> Result<String, CliError> {
    Ok(operation(0)?.letters()[..12].to_owned())
}

fn random() -> Result<[u8; RANDOM_BYTES], CliError> {
    let mut bytes = [0; RANDOM_BYTES];
    getrandom::fill(&mut bytes).map_err(no_randomness)?;
    Ok(bytes)
}

fn no_randomness(error: getrandom::Error) -> CliError {
    CliError::new(ErrorKind::Failed, format!("the machine gives no randomness: {error}"))
}
