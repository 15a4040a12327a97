//! Ids of new tasks and operations: the one place that takes randomness from the machine.

use crate::error::CliError;
use tasks_domain::error::ErrorKind;
use tasks_domain::id::{ConversationId, OperationId, TaskId};
use tasks_proto::error::Failure;

/// Random bytes of one id.
const RANDOM_BYTES: usize = 10;

/// An id for one command.
pub fn operation(now_unix_ms: i64) -> Result<OperationId, CliError> {
    Ok(OperationId::new(now_unix_ms, random()?))
}

/// Ids for `count` new tasks in ascending order, so that tasks made together stay in the order they were named in.
pub fn tasks(now_unix_ms: i64, count: usize) -> Result<Vec<TaskId>, CliError> {
    let mut bytes = vec![0; count * RANDOM_BYTES];
    fill(&mut bytes)?;
    let (each, _) = bytes.as_chunks::<RANDOM_BYTES>();
    let mut ids: Vec<TaskId> = each.iter().map(|random| TaskId::new(now_unix_ms, *random)).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// An id for a conversation that may begin.
pub fn conversation(now_unix_ms: i64) -> Result<ConversationId, CliError> {
    Ok(ConversationId::new(now_unix_ms, random()?))
}

/// Letters for the name of a temporary file that nobody can guess.
pub fn name() -> Result<String, CliError> {
    Ok(operation(0)?.letters()[..12].to_owned())
}

fn random() -> Result<[u8; RANDOM_BYTES], CliError> {
    let mut bytes = [0; RANDOM_BYTES];
    fill(&mut bytes)?;
    Ok(bytes)
}

/// Fills `bytes` with randomness of the machine.
///
/// By the call itself, where there is one: the library looks for it in the shared C library, which this program is linked without, and
/// falls back to opening, waiting for and reading two files.
#[cfg(target_os = "linux")]
pub(crate) fn fill(mut bytes: &mut [u8]) -> Result<(), Failure> {
    while !bytes.is_empty() {
        match rustix::rand::getrandom(&mut *bytes, rustix::rand::GetRandomFlags::empty()) {
            Ok(count) => bytes = &mut bytes[count..],
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(no_randomness(&error)),
        }
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), Failure> {
    getrandom::fill(bytes).map_err(|error| no_randomness(&error))
}

fn no_randomness(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(ErrorKind::Failed, format!("the machine gives no randomness: {error}"))
}
