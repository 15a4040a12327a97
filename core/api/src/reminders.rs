//! Reminders.

use crate::failure::status;
use crate::{Api, requests, responses};
use tasks_domain::error::Error;
use tasks_engine::reminders::{ReminderDeed, ReminderList, Which};
use tasks_engine::request::Targets;
use tasks_engine::store::Store;
use tasks_proto::v1::reminder_service_server::ReminderService;
use tasks_proto::{convert, v1};
use tonic::{Request, Response, Status};

/// Most reminders of one answer: they fit into a frame whatever their titles.
const LIST_MAX: u32 = 1_000;

fn deed(action: v1::ReminderAction, until: String) -> Result<ReminderDeed, Status> {
    Ok(match action {
        v1::ReminderAction::Cancel => ReminderDeed::Cancel,
        v1::ReminderAction::Retry => ReminderDeed::Retry,
        v1::ReminderAction::Snooze => ReminderDeed::Snooze(until),
        v1::ReminderAction::Acknowledge => ReminderDeed::Acknowledge,
        v1::ReminderAction::Unspecified => {
            return Err(requests::wrong(Error::Malformed("nothing is to be done to the reminders".to_owned())));
        }
    })
}

#[tonic::async_trait]
impl<S: Store> ReminderService for Api<S> {
    async fn remind(&self, request: Request<v1::RemindRequest>) -> Result<Response<v1::RemindResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let channel = convert::reminder::channel_from_wire(&request.channel, &request.address);
        let asked = (request.when, channel.map_err(requests::wrong)?);
        let write = requests::write(request.options)?;
        let written = self.engine.remind(account, write, Targets::from(request.references), asked).await;
        let result = Some(responses::written(&written.map_err(status)?));
        Ok(Response::new(v1::RemindResponse { result }))
    }

    async fn change_reminders(
        &self,
        request: Request<v1::ChangeRemindersRequest>,
    ) -> Result<Response<v1::ChangeRemindersResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let deed = deed(request.action(), request.until.clone())?;
        let write = requests::write(request.options)?;
        let written = self.engine.change_reminders(account, write, request.references, deed).await.map_err(status)?;
        Ok(Response::new(v1::ChangeRemindersResponse {
            operation: written.operation.as_ref().map(convert::operation::to_wire),
            reminders: written.reminders.iter().map(convert::reminder::to_wire).collect(),
            unchanged: written.unchanged.iter().map(|id| id.as_bytes().to_vec()).collect(),
            dry_run: written.dry_run,
        }))
    }

    async fn list_reminders(
        &self,
        request: Request<v1::ListRemindersRequest>,
    ) -> Result<Response<v1::ListRemindersResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let which = match request.scope() {
            v1::ReminderScope::Unspecified => Which::Waiting,
            v1::ReminderScope::Coming => Which::Coming,
            v1::ReminderScope::All => Which::All,
        };
        let limit = if request.limit == 0 { LIST_MAX } else { request.limit.min(LIST_MAX) } as usize;
        let moment = requests::caller(request.caller.as_ref())?.moment();
        let query = ReminderList { which, tasks: request.tasks, limit, moment };
        let (reminders, more) = self.engine.reminders(account, query).await.map_err(status)?;
        let reminders = reminders.iter().map(convert::reminder::to_wire).collect();
        Ok(Response::new(v1::ListRemindersResponse { reminders, more }))
    }

    async fn get_reminders(
        &self,
        request: Request<v1::GetRemindersRequest>,
    ) -> Result<Response<v1::GetRemindersResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let moment = requests::caller(request.caller.as_ref())?.moment();
        let stories = self.engine.reminder_stories(account, request.references, moment).await.map_err(status)?;
        let stories = stories.iter().map(|story| v1::ReminderStory {
            reminder: Some(convert::reminder::to_wire(&story.shown)),
            rows: story.rows.iter().map(convert::reminder::row_to_wire).collect(),
        });
        Ok(Response::new(v1::GetRemindersResponse { stories: stories.collect() }))
    }
}
