//! Rules.

use crate::failure::status;
use crate::{Api, requests, responses};
use tasks_domain::error::Error;
use tasks_domain::recurring::Asked;
use tasks_engine::store::Store;
use tasks_proto::v1;
use tasks_proto::v1::rule_service_server::RuleService;
use tonic::{Request, Response, Status};

/// Most coming dates that one answer has of a rule.
const UPCOMING_MAX: u32 = 1_000;

#[tonic::async_trait]
impl<S: Store> RuleService for Api<S> {
    async fn list_rules(
        &self,
        request: Request<v1::ListRulesRequest>,
    ) -> Result<Response<v1::ListRulesResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let caller = requests::caller(request.caller.as_ref())?;
        let upcoming = request.upcoming.min(UPCOMING_MAX) as usize;
        let rules = self.engine.rules(account, caller, request.references, request.ended, upcoming);
        let rules = rules.await.map_err(status)?.iter().map(responses::rule).collect();
        Ok(Response::new(v1::ListRulesResponse { rules }))
    }

    async fn set_rule_status(
        &self,
        request: Request<v1::SetRuleStatusRequest>,
    ) -> Result<Response<v1::SetRuleStatusResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let asked = match request.status() {
            v1::RuleStatus::Active => Asked::Resume,
            v1::RuleStatus::Paused => Asked::Pause,
            v1::RuleStatus::Cancelled => Asked::Cancel,
            v1::RuleStatus::Unspecified | v1::RuleStatus::Completed => {
                let what = "a rule is made active, paused or cancelled".to_owned();
                return Err(requests::wrong(Error::Malformed(what)));
            }
        };
        let write = requests::write(request.options)?;
        let written = self.engine.step_rules(account, write, request.references, asked).await.map_err(status)?;
        Ok(Response::new(v1::SetRuleStatusResponse { result: Some(responses::written(&written)) }))
    }

    async fn edit_rule(&self, request: Request<v1::EditRuleRequest>) -> Result<Response<v1::EditRuleResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let fields = requests::fields(request.fields);
        let edited = self.engine.edit_rule(account, write, request.reference, request.text, fields);
        let written = edited.await.map_err(status)?;
        Ok(Response::new(v1::EditRuleResponse { result: Some(responses::written(&written)) }))
    }

    async fn generate_occurrence(
        &self,
        request: Request<v1::GenerateOccurrenceRequest>,
    ) -> Result<Response<v1::GenerateOccurrenceResponse>, Status> {
        let account = (self.accounts)(request.extensions())?;
        let request = request.into_inner();
        let write = requests::write(request.options)?;
        let written = self.engine.generate(account, write, request.reference).await.map_err(status)?;
        Ok(Response::new(v1::GenerateOccurrenceResponse { result: Some(responses::written(&written)) }))
    }
}
