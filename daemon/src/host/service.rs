//! `DaemonService`: the daemon about itself.

use super::life::Life;
use super::opened::{StoreCheck, StoreStatus};
use crate::client::probe::PROBE_HEADER;
use std::fmt;
use std::sync::Arc;
use tasks_proto::build::PROTOCOL;
use tasks_proto::error::Failure;
use tasks_proto::v1;
use tasks_proto::v1::daemon_service_server::DaemonService;
use tonic::{Request, Response, Status};

/// Answers about one life.
pub(crate) struct AboutItself {
    life: Arc<Life>,
    store: Arc<dyn Fn() -> StoreStatus + Send + Sync>,
    check: Arc<dyn Fn() -> Result<StoreCheck, Failure> + Send + Sync>,
}

impl AboutItself {
    pub(crate) fn new(
        life: Arc<Life>,
        store: Box<dyn Fn() -> StoreStatus + Send + Sync>,
        check: Box<dyn Fn() -> Result<StoreCheck, Failure> + Send + Sync>,
    ) -> Self {
        Self { life, store: store.into(), check: check.into() }
    }
}

impl fmt::Debug for AboutItself {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AboutItself").field("life", &self.life).finish_non_exhaustive()
    }
}

#[tonic::async_trait]
impl DaemonService for AboutItself {
    async fn get_status(
        &self,
        request: Request<v1::GetStatusRequest>,
    ) -> Result<Response<v1::GetStatusResponse>, Status> {
        let store = if request.metadata().contains_key(PROBE_HEADER) {
            StoreStatus::default()
        } else {
            let store = Arc::clone(&self.store);
            let asked = tokio::task::spawn_blocking(move || store()).await;
            asked.map_err(|error| Status::internal(format!("the store could not be asked: {error}")))?
        };
        let life = &self.life;
        let text = |path: &std::path::Path| path.to_string_lossy().into_owned();
        Ok(Response::new(v1::GetStatusResponse {
            pid: std::process::id(),
            build: life.build.to_string(),
            protocol: PROTOCOL,
            started_at_unix_ms: life.started_at_unix_ms,
            data_folder: text(life.places.data_folder()),
            database: text(&life.places.database()),
            database_bytes: store.database_bytes,
            open_tasks: store.open_tasks,
            operations: store.operations,
            device: store.device.to_vec(),
            schema: store.schema,
            warnings: life.warnings.iter().cloned().chain(store.warnings).collect(),
            log: text(&life.places.log_file()),
        }))
    }

    async fn check_store(&self, _: Request<v1::CheckStoreRequest>) -> Result<Response<v1::CheckStoreResponse>, Status> {
        let (store, check) = (Arc::clone(&self.store), Arc::clone(&self.check));
        let asked = tokio::task::spawn_blocking(move || check().map(|checked| (checked, store()))).await;
        let asked = asked.map_err(|error| Status::internal(format!("the store could not be asked: {error}")))?;
        let (checked, store) = asked.map_err(Status::from)?;
        Ok(Response::new(v1::CheckStoreResponse {
            problems: checked.problems,
            newest_unix_ms: checked.newest_unix_ms,
            clock_unix_ms: checked.clock_unix_ms,
            open_tasks: store.open_tasks,
            schema: store.schema,
        }))
    }

    async fn stop(&self, _: Request<v1::StopRequest>) -> Result<Response<v1::StopResponse>, Status> {
        self.life.begin_draining("asked to stop");
        Ok(Response::new(v1::StopResponse { pid: std::process::id() }))
    }
}
