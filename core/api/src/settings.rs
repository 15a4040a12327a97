//! What belongs to the person: saved views.

use crate::failure::status;
use crate::{Api, requests};
use tasks_engine::saved::ViewWritten;
use tasks_engine::store::Store;
use tasks_proto::v1::settings_service_server::SettingsService;
use tasks_proto::{convert, v1};
use tonic::{Request, Response, Status};

fn result(written: &ViewWritten) -> v1::ViewResult {
    v1::ViewResult {
        operation: written.operation.as_ref().map(convert::operation::to_wire),
        before: written.before.as_ref().map(|view| convert::view::to_wire(view, None)),
        after: written.after.as_ref().map(|view| convert::view::to_wire(view, None)),
        dry_run: written.dry_run,
    }
}

#[tonic::async_trait]
impl<S: Store> SettingsService for Api<S> {
    async fn list_views(
        &self,
        request: Request<v1::ListViewsRequest>,
    ) -> Result<Response<v1::ListViewsResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let caller = requests::caller(request.into_inner().caller.as_ref())?;
        let views = self.engine.views(account, caller).await.map_err(status)?;
        let views = views.iter().map(|shown| convert::view::to_wire(&shown.view, shown.problem.as_deref())).collect();
        Ok(Response::new(v1::ListViewsResponse { views }))
    }

    async fn save_view(&self, request: Request<v1::SaveViewRequest>) -> Result<Response<v1::SaveViewResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let view = convert::view::from_wire(&request.name, &request.filter, request.sort()).map_err(requests::wrong)?;
        let write = requests::write(request.options)?;
        let written = self.engine.save_view(account, write, view).await.map_err(status)?;
        Ok(Response::new(v1::SaveViewResponse { result: Some(result(&written)) }))
    }

    async fn delete_view(
        &self,
        request: Request<v1::DeleteViewRequest>,
    ) -> Result<Response<v1::DeleteViewResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let written = self.engine.remove_view(account, write, request.name).await.map_err(status)?;
        Ok(Response::new(v1::DeleteViewResponse { result: Some(result(&written)) }))
    }
}
