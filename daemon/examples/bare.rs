//! A daemon without an engine, for the tests of its life: it has only `DaemonService`, and a store that is two files.
//!
//! `bare daemon run [--background]` runs it, `bare call` asks it as a command would, `bare stop` stops it, `bare mute SOCKET`
//! listens there and says nothing.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use tasks_daemon::places::Places;
use tasks_daemon::session::Newest;
use tasks_daemon::{Opened, RunConfig, StoreStatus, call_blocking, run, stop, this_build};
use tasks_domain::error::ErrorKind;
use tasks_proto::error::Failure;
use tasks_proto::v1;
use tonic::{Code, Status};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["daemon", "run"] => daemon(false),
        ["daemon", "run", "--background"] => daemon(true),
        ["call"] => places().and_then(|places| ask(&places)),
        ["stop"] => with_daemon(async |places| stop(&places, this_build()).await.map(|_| ())),
        ["mute", socket] => mute(socket),
        _ => return ExitCode::from(2),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            writeln!(std::io::stderr(), "error: {failure}\nhint: {}", failure.hint.as_deref().unwrap_or("")).ok();
            ExitCode::from(failure.kind.exit_code())
        }
    }
}

/// Adds a line with this process to a file.
fn note_in(path: &Path) -> bool {
    let file = OpenOptions::new().append(true).create(true).open(path);
    file.and_then(|mut file| writeln!(file, "{}", std::process::id())).is_ok()
}

fn places() -> Result<Places, Failure> {
    Places::from_env(&|name| std::env::var_os(name))
}

/// The store: `opened` and `closed` get a line each time, so that a test sees who had it, and that nobody had it with
/// another one.
fn daemon(background: bool) -> Result<(), Failure> {
    let config = RunConfig { background, ..RunConfig::new(places()?, this_build(), 1_000) };
    run(config, |places| {
        let note = |name: &str| note_in(&places.data_folder().join(name));
        let failure = |message: &str| Failure::new(ErrorKind::Refused, message).with_hint("ask somebody else");
        if places.data_folder().join("refuse").exists() {
            return Err(failure("the store is broken"));
        }
        if !note("opened") {
            return Err(failure("nothing can be written"));
        }
        let closed = places.data_folder().join("closed");
        let slow_close = places.data_folder().join("slow-close");
        let asked = places.data_folder().join("asked");
        let slow = places.data_folder().join("slow-status");
        Ok(Opened {
            routes: tonic::service::Routes::default(),
            status: Box::new(move || {
                // As a store that is busy with an import.
                if slow.exists() {
                    note_in(&asked);
                    std::thread::sleep(Duration::from_millis(1_500));
                }
                StoreStatus { open_tasks: 3, schema: 1, ..StoreStatus::default() }
            }),
            check: Box::new(|| Ok(tasks_daemon::StoreCheck::default())),
            notices: vec!["it was opened".to_owned()],
            sessions: Newest::new(places.session().clone()),
            end_streams: Box::new(|| {}),
            close: Box::new(move || {
                // As a writer on a disk that hangs.
                if slow_close.exists() {
                    std::thread::sleep(Duration::from_mins(1));
                }
                note_in(&closed);
            }),
        })
    })
    .map(|_| ())
}

fn with_daemon(work: impl AsyncFnOnce(Places) -> Result<(), Failure>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
    let runtime = runtime.map_err(|error| Failure::new(ErrorKind::Failed, error.to_string()))?;
    runtime.block_on(work(places()?))
}

/// What a command does: one request that passes the handshake, whatever it takes. Prints who answered.
fn ask(places: &Places) -> Result<(), Failure> {
    let (answer, _) = call_blocking(places, this_build(), |client| async move {
        match client.operations().list_operations(v1::ListOperationsRequest::default()).await {
            Err(status) if status.code() == Code::Unimplemented => {}
            other => return other.and(Err(Status::internal("a bare daemon has no operations"))),
        }
        Ok(client.daemon().get_status(v1::GetStatusRequest {}).await?.into_inner())
    })?;
    writeln!(std::io::stdout(), "{} {}", answer.pid, answer.build).ok();
    Ok(())
}

fn mute(socket: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(ErrorKind::Failed, error.to_string());
    let _listener = UnixListener::bind(socket).map_err(failed)?;
    writeln!(std::io::stdout(), "listening").ok();
    // Until the one who started it ends it.
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).map(|_| ()).map_err(failed)
}
