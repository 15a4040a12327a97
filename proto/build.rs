//! Compiles the .proto files without a system protoc.

use std::error::Error;
use std::path::Path;

const FILES: &[&str] = &[
    "tasks/v1/reminder.proto",
    "tasks/v1/task.proto",
    "tasks/v1/operation.proto",
    "tasks/v1/error.proto",
    "tasks/v1/task_service.proto",
    "tasks/v1/command_service.proto",
    "tasks/v1/operation_service.proto",
    "tasks/v1/daemon_service.proto",
    "tasks/v1/watch_service.proto",
    "tasks/v1/query_service.proto",
    "tasks/v1/report_service.proto",
    "tasks/v1/settings_service.proto",
    "tasks/v1/transfer_service.proto",
    "tasks/v1/do_service.proto",
    "tasks/v1/chat_service.proto",
    "tasks/v1/reminder_service.proto",
    "tasks/v1/rule.proto",
    "tasks/v1/rule_service.proto",
];

fn main() -> Result<(), Box<dyn Error>> {
    for file in FILES {
        println!("cargo:rerun-if-changed={file}");
    }
    let descriptors = protox::compile(FILES, [Path::new(".")])?;
    // Written by hand, so that a long listing can be encoded where it is made: see src/packed.rs.
    let by_hand = (".tasks.v1.ListTasksResponse", "crate::packed::ListTasksResponse");
    tonic_prost_build::configure().extern_path(by_hand.0, by_hand.1).compile_fds(descriptors)?;
    Ok(())
}
