//! A connection to a daemon over its Unix socket, with what every call carries.

mod line;
mod wire;

pub use line::Line;

use crate::FRAME_BYTES_MAX;
use crate::build::{BUILD_HEADER, Build, PROTOCOL, PROTOCOL_HEADER};
use crate::v1;
use std::os::unix::net::UnixStream;
use std::path::Path;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::{Request, Status};
use wire::Wire;

/// Adds protocol and build to every request, and what else is to be said of the caller.
#[derive(Clone, Debug)]
pub struct Introduce {
    build: MetadataValue<Ascii>,
    more: Vec<(&'static str, MetadataValue<Ascii>)>,
}

impl Introduce {
    fn new(build: Build, more: &[(&'static str, &str)]) -> Result<Self, Status> {
        let build = build.to_string().parse().map_err(|_| Status::internal("the build is not ASCII"))?;
        // An address that no header can hold is of no use to the daemon, and no reason to fail.
        let more = more.iter().filter_map(|(name, value)| Some((*name, value.parse().ok()?))).collect();
        Ok(Self { build, more })
    }
}

impl Interceptor for Introduce {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        let metadata = request.metadata_mut();
        metadata.insert(PROTOCOL_HEADER, MetadataValue::from(PROTOCOL));
        metadata.insert(BUILD_HEADER, self.build.clone());
        for (name, value) in &self.more {
            metadata.insert(*name, value.clone());
        }
        Ok(request)
    }
}

type Service = InterceptedService<Wire, Introduce>;

/// A connected client; clones share the connection.
#[derive(Clone, Debug)]
pub struct Client {
    service: Service,
}

impl Client {
    /// Speaks over a socket that is already connected.
    ///
    /// The connection is handed in, so that the caller decides who may be at the other end (peer credentials). When it
    /// breaks, calls fail: reconnecting is the caller's matter, who knows how to start a daemon.
    pub async fn over(line: &Line, build: Build) -> Result<Self, Status> {
        Self::carrying(line, build, &[]).await
    }

    /// The same with more headers on every request; those that no header can hold are left out.
    pub async fn carrying(line: &Line, build: Build, headers: &[(&'static str, &str)]) -> Result<Self, Status> {
        let wire = Wire::over(line).await;
        let wire = wire.map_err(|error| Status::unavailable(format!("the daemon hung up: {error}")))?;
        Ok(Self { service: InterceptedService::new(wire, Introduce::new(build, headers)?) })
    }

    /// Connects to the socket at `path` without asking who listens there; for tests and tools.
    pub async fn connect(path: &Path, build: Build) -> Result<Self, Status> {
        let line = UnixStream::connect(path).and_then(Line::new);
        Self::over(&line.map_err(|error| Status::unavailable(error.to_string()))?, build).await
    }

    /// Tasks by reference.
    pub fn tasks(&self) -> v1::task_service_client::TaskServiceClient<Service> {
        v1::task_service_client::TaskServiceClient::new(self.service.clone())
            .max_decoding_message_size(FRAME_BYTES_MAX)
            .max_encoding_message_size(FRAME_BYTES_MAX)
    }

    /// Texts.
    pub fn commands(&self) -> v1::command_service_client::CommandServiceClient<Service> {
        v1::command_service_client::CommandServiceClient::new(self.service.clone())
            .max_decoding_message_size(FRAME_BYTES_MAX)
            .max_encoding_message_size(FRAME_BYTES_MAX)
    }

    /// Sentences.
    pub fn sentences(&self) -> v1::do_service_client::DoServiceClient<Service> {
        v1::do_service_client::DoServiceClient::new(self.service.clone()).max_decoding_message_size(FRAME_BYTES_MAX)
    }

    /// Conversations.
    pub fn chat(&self) -> v1::chat_service_client::ChatServiceClient<Service> {
        v1::chat_service_client::ChatServiceClient::new(self.service.clone()).max_decoding_message_size(FRAME_BYTES_MAX)
    }

    /// What comes again.
    pub fn rules(&self) -> v1::rule_service_client::RuleServiceClient<Service> {
        v1::rule_service_client::RuleServiceClient::new(self.service.clone()).max_decoding_message_size(FRAME_BYTES_MAX)
    }

    /// Saved views.
    pub fn settings(&self) -> v1::settings_service_client::SettingsServiceClient<Service> {
        v1::settings_service_client::SettingsServiceClient::new(self.service.clone())
            .max_decoding_message_size(FRAME_BYTES_MAX)
    }

    /// The operation log.
    pub fn operations(&self) -> v1::operation_service_client::OperationServiceClient<Service> {
        v1::operation_service_client::OperationServiceClient::new(self.service.clone())
            .max_decoding_message_size(FRAME_BYTES_MAX)
    }

    /// Finding tasks by less than a filter.
    pub fn queries(&self) -> v1::query_service_client::QueryServiceClient<Service> {
        v1::query_service_client::QueryServiceClient::new(self.service.clone())
            .max_decoding_message_size(FRAME_BYTES_MAX)
    }

    /// Counts over tasks.
    pub fn reports(&self) -> v1::report_service_client::ReportServiceClient<Service> {
        v1::report_service_client::ReportServiceClient::new(self.service.clone())
            .max_decoding_message_size(FRAME_BYTES_MAX)
    }

    /// Whole tasks out and in.
    pub fn transfer(&self) -> v1::transfer_service_client::TransferServiceClient<Service> {
        v1::transfer_service_client::TransferServiceClient::new(self.service.clone())
            .max_decoding_message_size(FRAME_BYTES_MAX)
            .max_encoding_message_size(FRAME_BYTES_MAX)
    }

    /// What happens, as it happens.
    pub fn watch(&self) -> v1::watch_service_client::WatchServiceClient<Service> {
        v1::watch_service_client::WatchServiceClient::new(self.service.clone())
            .max_decoding_message_size(FRAME_BYTES_MAX)
    }

    /// Reminders.
    pub fn reminders(&self) -> v1::reminder_service_client::ReminderServiceClient<Service> {
        v1::reminder_service_client::ReminderServiceClient::new(self.service.clone())
            .max_decoding_message_size(FRAME_BYTES_MAX)
    }

    /// The daemon's own life.
    pub fn daemon(&self) -> v1::daemon_service_client::DaemonServiceClient<Service> {
        v1::daemon_service_client::DaemonServiceClient::new(self.service.clone())
    }
}
