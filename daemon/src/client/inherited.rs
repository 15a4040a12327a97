//! Open files that came to us from a shell, as `exec 9>lock` or bats make them: a daemon must not keep them open, or a
//! `flock` is held and a pipe stays unfinished for as long as it lives.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

const SHELL: &str = "/bin/sh";
/// Shells name descriptors above 9 in ways that differ; scripts hardly use them.
const NAMED: std::ops::RangeInclusive<u32> = 3..=9;
/// Of `open(2)` on Linux, in octal, as /proc shows it.
const CLOEXEC: u32 = 0o2_000_000;

/// A command for `program` that starts without inherited files.
///
/// Closing a descriptor by number needs `unsafe` here, so the shell does it, and only when there is one: it costs about a
/// millisecond. Where /proc is missing nothing is known and nothing is closed.
pub(crate) fn command(program: &Path) -> Command {
    let open: Vec<u32> = NAMED.filter(|descriptor| is_inherited(*descriptor)).collect();
    // A program that is not there is told better by the start itself than by a shell.
    if open.is_empty() || !program.exists() || !Path::new(SHELL).exists() {
        return Command::new(program);
    }
    let mut script = String::from("exec \"$0\" \"$@\"");
    for descriptor in open {
        script.extend([" ", &descriptor.to_string(), ">&-"]);
    }
    let mut command = Command::new(SHELL);
    command.args([OsStr::new("-c"), OsStr::new(&script), program.as_os_str()]);
    command
}

/// Rust opens everything with the close-on-exec flag, so what lacks it was open before we began.
fn is_inherited(descriptor: u32) -> bool {
    let Ok(text) = fs::read_to_string(format!("/proc/self/fdinfo/{descriptor}")) else { return false };
    let flags = text.lines().find_map(|line| line.strip_prefix("flags:"));
    flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok()).is_some_and(|flags| flags & CLOEXEC == 0)
}
