//! Is somebody alive behind the socket? Answered by an answer, not by a pid or a file.

use super::connect::{Reached, reach};
use crate::error::DaemonError;
use crate::places::Places;
use std::time::Duration;
use tasks_proto::build::Build;
use tasks_proto::client::Client;
use tasks_proto::v1;
use tokio::time::timeout;
use tonic::metadata::MetadataValue;
use tonic::{Request, Status};

/// Metadata of a `GetStatus` that only asks for a sign of life: the answer then needs nothing of the store, which may be
/// busy for long with an import or a slow disk.
pub(crate) const PROBE_HEADER: &str = "tasks-probe";

/// What a probe found.
#[derive(Debug)]
pub(crate) enum Probe {
    /// It answered.
    Alive {
        /// Who it says it is.
        answer: v1::GetStatusResponse,
        /// Who the kernel says it is.
        peer: Option<i32>,
    },
    /// Nobody listens.
    Nobody,
    /// It broke the connection.
    HungUp,
    /// Nothing came within the limit.
    Mute,
}

/// Asks for a sign of life.
pub(crate) async fn probe(places: &Places, build: Build, limit: Duration) -> Result<Probe, DaemonError> {
    let asked = async {
        let (line, peer) = match reach(places).await? {
            Reached::Peer { line, pid } => (line, pid),
            Reached::Nobody => return Ok(Probe::Nobody),
            Reached::Full => return Ok(Probe::Mute),
        };
        Ok(match sign_of_life(Client::over(&line, build).await).await {
            Ok(answer) => Probe::Alive { answer, peer },
            Err(_) => Probe::HungUp,
        })
    };
    timeout(limit, asked).await.unwrap_or(Ok(Probe::Mute))
}

async fn sign_of_life(client: Result<Client, Status>) -> Result<v1::GetStatusResponse, Status> {
    let mut request = Request::new(v1::GetStatusRequest {});
    request.metadata_mut().insert(PROBE_HEADER, MetadataValue::from_static("1"));
    Ok(client?.daemon().get_status(request).await?.into_inner())
}
