//! Completions, made by the program itself whenever a shell asks, so that they know what is there at this moment.
//!
//! `tasks completions SHELL` prints a small script; it calls the hidden `tasks __complete`, which answers with one candidate a
//! line. A completion is never an error: whatever is wrong, fewer candidates are offered. It starts no daemon, and waits for one
//! no longer than anybody notices.

mod line;
mod live;
mod values;
mod walk;

use crate::argv::named_lists;
use crate::cli;
use crate::host::Env;
use crate::output::text::clean;
use std::ffi::OsString;
use std::io::Write;
use std::mem::ManuallyDrop;

pub use walk::{Place, Slot};

/// The hidden verb that the scripts call.
pub const VERB: &str = "__complete";
/// Most candidates of an answer: more than anybody reads.
const CANDIDATES_MAX: usize = 500;
/// The answer that asks the shell for names of files.
const FILES: &str = ":files";

/// What a word could become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The whole word.
    pub value: String,
    /// What it is; may be empty.
    pub about: String,
}

impl Candidate {
    fn new(value: impl Into<String>, about: impl Into<String>) -> Self {
        Self { value: value.into(), about: about.into() }
    }
}

/// The shells there are scripts for.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// bash 4 or later
    Bash,
    /// zsh
    Zsh,
    /// fish
    Fish,
    /// PowerShell 7
    Powershell,
}

/// The script that a shell reads once.
pub fn script(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => include_str!("scripts/tasks.bash"),
        Shell::Zsh => include_str!("scripts/tasks.zsh"),
        Shell::Fish => include_str!("scripts/tasks.fish"),
        Shell::Powershell => include_str!("scripts/tasks.ps1"),
    }
}

/// Answers a script: `args` behind [`VERB`]. Nothing that goes wrong is told to anybody.
pub fn answer(args: &[OsString], env: &Env, out: &mut dyn Write) {
    let args: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let text = match args.split_first() {
        Some((shell, rest)) if shell == "bash" => bash(rest, env),
        Some((_, rest)) => others(rest, env),
        None => String::new(),
    };
    // A shell that went away does not read it.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// What the words before the last one, and the last one as far as it is typed, could become.
pub fn candidates(words: &[String], env: &Env) -> Option<Vec<Candidate>> {
    let (current, before) = words.split_last()?;
    let mut before = before.to_vec();
    if let Some(verb) = before.first_mut() {
        *verb = named_lists::verb_of(verb).to_owned();
    }
    let before = before.as_slice();
    // With a verb in its place the others are not looked at, and to build them takes longer than to ask the daemon.
    let one = before.first().and_then(|verb| cli::with_verb(verb));
    let command = ManuallyDrop::new(one.unwrap_or_else(cli::command));
    let place = walk::place(&command, before, current);
    if place.wants_files() {
        return None;
    }
    let mut found = values::of(&place, env);
    found.retain(|candidate| values::begins_with(&candidate.value, current));
    found.truncate(CANDIDATES_MAX);
    Some(found)
}

/// `INDEX WORD...`: the words with the program's name, and which of them is being typed. A shell that cannot pass an empty word
/// leaves the last one out.
fn others(args: &[String], env: &Env) -> String {
    let Some((index, words)) = args.split_first() else { return String::new() };
    let Some(index) = index.parse::<usize>().ok().filter(|index| (1..=words.len()).contains(index)) else {
        return String::new();
    };
    let mut typed: Vec<String> = words[1..].iter().take(index).cloned().collect();
    typed.resize(index, String::new());
    let Some(found) = candidates(&typed, env) else { return format!("{FILES}\n") };
    found.iter().map(|one| format!("{}\t{}\n", one.value, clean(&one.about).replace('\t', " "))).collect()
}

/// `LINE POINT CURRENT`: bash parts words at `:` and `=`, so the line is read anew, and what is left of the word before the part
/// that bash replaces is taken off the candidates.
fn bash(args: &[String], env: &Env) -> String {
    let [line, point, current] = args else { return String::new() };
    let point = point.parse().unwrap_or(line.len()).min(line.len());
    let Some(typed) = line.get(..point) else { return String::new() };
    let read = line::words(typed);
    let Some((last, _)) = read.words.split_last() else { return String::new() };
    let words = read.words.get(1..).unwrap_or_default();
    if words.is_empty() {
        return String::new();
    }
    let Some(found) = candidates(words, env) else { return format!("{FILES}\n") };
    // As bash has it: with the quotes of an open quote taken off.
    let bare = current.trim_start_matches(['"', '\'']);
    let off = last.strip_suffix(bare).unwrap_or_default().len();
    let shown = |one: &Candidate| {
        let value = one.value.get(off..).unwrap_or_default();
        let value = if read.quoted { value.to_owned() } else { line::escaped(value) };
        format!("{value}\t{}\n", clean(&one.about).replace('\t', " "))
    };
    found.iter().map(shown).collect()
}
