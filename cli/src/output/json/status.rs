//! The program and its daemon.

use super::VERSION;
use super::task::instant;
use crate::outcome::{Said, StatusReport};
use crate::output::label;
use serde::Serialize;
use tasks_proto::v1;

/// How everything is.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct StatusDoc<'a> {
    version: u32,
    /// Version and moment of this program's build.
    build: &'a str,
    /// The present as texts are read: RFC 3339 with the offset.
    now: &'a str,
    tz: &'a str,
    locale: &'a str,
    database: &'a str,
    config: &'a str,
    socket: &'a str,
    log: &'a str,
    /// Null when none runs.
    daemon: Option<DaemonDoc<'a>>,
}

/// The daemon, as it says.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DaemonDoc<'a> {
    pid: u32,
    build: &'a str,
    protocol: u32,
    started_at: Option<String>,
    /// 32 letters.
    device: String,
    schema: u32,
    database_bytes: u64,
    open_tasks: u64,
    operations: u64,
    warnings: &'a [String],
}

impl<'a> StatusDoc<'a> {
    /// The document of a report.
    pub(super) fn of(report: &'a StatusReport) -> Self {
        Self {
            version: VERSION,
            build: &report.build,
            now: &report.now,
            tz: &report.zone,
            locale: &report.locale,
            database: &report.database,
            config: &report.config,
            socket: &report.socket,
            log: &report.log,
            daemon: report.daemon.as_ref().map(daemon),
        }
    }
}

fn daemon(daemon: &v1::GetStatusResponse) -> DaemonDoc<'_> {
    DaemonDoc {
        pid: daemon.pid,
        build: &daemon.build,
        protocol: daemon.protocol,
        started_at: instant(daemon.started_at_unix_ms),
        device: label::letters_of_operation(&daemon.device),
        schema: daemon.schema,
        database_bytes: daemon.database_bytes,
        open_tasks: daemon.open_tasks,
        operations: daemon.operations,
        warnings: &daemon.warnings,
    }
}

/// What became of the daemon.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct SaidDoc<'a> {
    version: u32,
    /// `running`, `stopped`, `installed` or, of a dry run, `would_install`.
    state: &'a str,
    pid: Option<u32>,
    file: Option<&'a str>,
    message: &'a str,
}

impl<'a> SaidDoc<'a> {
    /// The document of what was said.
    pub(super) fn of(said: &'a Said) -> Self {
        Self {
            version: VERSION,
            state: said.state,
            pid: Some(said.pid).filter(|pid| *pid > 0),
            file: Some(said.file.as_str()).filter(|file| !file.is_empty()),
            message: &said.words,
        }
    }
}

/// Lines of a log.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct LinesDoc<'a> {
    version: u32,
    lines: Vec<&'a str>,
}

impl<'a> LinesDoc<'a> {
    /// The document of a text.
    pub(super) fn of(text: &'a str) -> Self {
        Self { version: VERSION, lines: text.lines().collect() }
    }
}
