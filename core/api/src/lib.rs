//! The gRPC services over the engine, written once: a host adds who may ask.
//!
//! A service converts the request, calls the engine, converts the answer; it decides nothing. To add a call: the `.proto`, a
//! method of the engine, and its translation here.

mod commands;
mod failure;
mod listing;
mod operations;
mod queries;
pub mod reading;
mod reminders;
mod reports;
mod requests;
mod responses;
mod rules;
mod sentences;
mod settings;
mod tasks;
mod transfer;
mod watch;

use std::sync::Arc;
use tasks_domain::id::AccountId;
use tasks_engine::engine::Engine;
use tasks_engine::store::Store;
use tasks_proto::FRAME_BYTES_MAX;
use tasks_proto::v1::chat_service_server::ChatServiceServer;
use tasks_proto::v1::command_service_server::CommandServiceServer;
use tasks_proto::v1::do_service_server::DoServiceServer;
use tasks_proto::v1::operation_service_server::OperationServiceServer;
use tasks_proto::v1::query_service_server::QueryServiceServer;
use tasks_proto::v1::reminder_service_server::ReminderServiceServer;
use tasks_proto::v1::report_service_server::ReportServiceServer;
use tasks_proto::v1::rule_service_server::RuleServiceServer;
use tasks_proto::v1::settings_service_server::SettingsServiceServer;
use tasks_proto::v1::task_service_server::TaskServiceServer;
use tasks_proto::v1::transfer_service_server::TransferServiceServer;
use tasks_proto::v1::watch_service_server::WatchServiceServer;
use tokio::sync::watch as watched;
use tonic::service::Routes;
use tonic::{Extensions, Status};

/// Says whose tasks a request is about, from what the host's authentication left in its extensions.
pub type Accounts = dyn Fn(&Extensions) -> Result<AccountId, Status> + Send + Sync;

/// What every service has.
pub(crate) struct Api<S> {
    pub(crate) engine: Engine<S>,
    pub(crate) accounts: Arc<Accounts>,
    /// Turns true when the host ends: streams that would go on end then.
    pub(crate) ending: watched::Receiver<bool>,
}

impl<S> Clone for Api<S> {
    fn clone(&self) -> Self {
        Self { engine: self.engine.clone(), accounts: Arc::clone(&self.accounts), ending: self.ending.clone() }
    }
}

/// The services of tasks, commands and operations over this engine. Streams of events end when `ending` turns true.
pub fn routes<S: Store>(engine: Engine<S>, accounts: Arc<Accounts>, ending: watched::Receiver<bool>) -> Routes {
    let api = Api { engine, accounts, ending };
    let tasks = TaskServiceServer::new(api.clone()).max_decoding_message_size(FRAME_BYTES_MAX);
    let commands = CommandServiceServer::new(api.clone())
        .max_decoding_message_size(FRAME_BYTES_MAX)
        .max_encoding_message_size(FRAME_BYTES_MAX);
    let operations = OperationServiceServer::new(api.clone()).max_decoding_message_size(FRAME_BYTES_MAX);
    let queries = QueryServiceServer::new(api.clone()).max_encoding_message_size(FRAME_BYTES_MAX);
    let reports = ReportServiceServer::new(api.clone()).max_encoding_message_size(FRAME_BYTES_MAX);
    let rules = RuleServiceServer::new(api.clone()).max_encoding_message_size(FRAME_BYTES_MAX);
    let settings = SettingsServiceServer::new(api.clone()).max_encoding_message_size(FRAME_BYTES_MAX);
    let sentences = DoServiceServer::new(api.clone()).max_encoding_message_size(FRAME_BYTES_MAX);
    let chat = ChatServiceServer::new(api.clone())
        .max_decoding_message_size(FRAME_BYTES_MAX)
        .max_encoding_message_size(FRAME_BYTES_MAX);
    let transfer = TransferServiceServer::new(api.clone())
        .max_decoding_message_size(FRAME_BYTES_MAX)
        .max_encoding_message_size(FRAME_BYTES_MAX);
    let reminders = ReminderServiceServer::new(api.clone()).max_encoding_message_size(FRAME_BYTES_MAX);
    let watch = WatchServiceServer::new(api).max_encoding_message_size(FRAME_BYTES_MAX);
    Routes::new(tasks)
        .add_service(commands)
        .add_service(operations)
        .add_service(queries)
        .add_service(reports)
        .add_service(rules)
        .add_service(settings)
        .add_service(transfer)
        .add_service(watch)
        .add_service(sentences)
        .add_service(chat)
        .add_service(reminders)
}
