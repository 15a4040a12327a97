//! The `tasks` program: everything is in the library.

use std::process::ExitCode;
use tasks::host::{Env, Streams};

fn main() -> ExitCode {
    tasks::run(std::env::args_os().skip(1).collect(), Env::of_process(), Streams::of_process())
}
