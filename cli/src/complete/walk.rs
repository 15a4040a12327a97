//! Where in the command line the cursor stands: which verb, and which argument of it.

use clap::{Arg, ArgAction, Command, ValueHint};

/// What is being typed.
#[derive(Clone, Debug)]
pub enum Slot {
    /// A flag, or where no positional argument is left.
    Flag,
    /// A verb, or the first positional argument.
    VerbOr(Option<Arg>),
    /// The value of an argument; with the part of the word that is not the value, as `--tag=`.
    Value(Arg, String),
    /// Nothing that could be known.
    Nothing,
}

/// Where the cursor stands.
#[derive(Debug)]
pub struct Place<'a> {
    /// The verb, or the program where none is said yet.
    pub command: &'a Command,
    /// The verbs from the program on, as `config`, `set`.
    pub path: Vec<String>,
    /// The positional arguments before this word.
    pub positionals: Vec<String>,
    /// The flags that stand there already.
    pub used: Vec<String>,
    /// The word as far as it is typed.
    pub current: String,
    /// What it is.
    pub slot: Slot,
}

impl Place<'_> {
    /// Whether the names of files are meant, which shells know themselves.
    pub(super) fn wants_files(&self) -> bool {
        let Slot::Value(arg, _) = &self.slot else { return false };
        matches!(arg.get_value_hint(), ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath)
            || super::values::name_of(arg).split('|').any(|name| matches!(name, "FILE" | "DIR" | "PATH"))
    }
}

/// Verbs in whose arguments a word that begins with `-` is a term of a filter.
const FILTER_NAMES: [&str; 2] = ["FILTER", "NAME|FILTER|none"];

/// Walks the words before the cursor.
pub(super) fn place<'a>(root: &'a Command, before: &[String], current: &str) -> Place<'a> {
    let mut at = Place {
        command: root,
        path: Vec::new(),
        positionals: Vec::new(),
        used: Vec::new(),
        current: current.to_owned(),
        slot: Slot::Nothing,
    };
    let (mut pending, mut only_words): (Option<Arg>, bool) = (None, false);
    for word in before {
        if let Some(arg) = pending.take()
            && !(takes_many(&arg) && is_flag(word))
        {
            // `--where` takes every word up to the next flag.
            pending = takes_many(&arg).then_some(arg);
            continue;
        }
        if only_words {
            at.positionals.push(word.clone());
        } else if word == "--" {
            only_words = true;
        } else if is_flag(word) && !is_word(&at, word) {
            at.used.push(word.split('=').next().unwrap_or(word).to_owned());
            pending = flag(root, at.command, word).filter(|arg| takes_value(arg) && !word.contains('='));
        } else if let Some(verb) = at.command.find_subcommand(word).filter(|_| at.positionals.is_empty()) {
            at.path.push(verb.get_name().to_owned());
            at.command = verb;
        } else {
            at.positionals.push(word.clone());
        }
    }
    at.slot = slot(root, &at, pending, only_words);
    at
}

fn slot(root: &Command, at: &Place<'_>, pending: Option<Arg>, only_words: bool) -> Slot {
    let current = at.current.as_str();
    if let Some(arg) = pending
        && !(takes_many(&arg) && current.starts_with("--"))
    {
        return Slot::Value(arg, String::new());
    }
    if !only_words && current.starts_with("--") {
        let Some((name, _)) = current.split_once('=') else { return Slot::Flag };
        return flag(root, at.command, name).map_or(Slot::Nothing, |arg| Slot::Value(arg, format!("{name}=")));
    }
    if !only_words && current.starts_with('-') && !is_word(at, current) {
        return Slot::Flag;
    }
    let arg = positional(at);
    if at.positionals.is_empty() && at.command.has_subcommands() && !only_words {
        return Slot::VerbOr(arg);
    }
    arg.map_or(Slot::Nothing, |arg| Slot::Value(arg, String::new()))
}

/// The positional argument that the next word is.
fn positional(at: &Place<'_>) -> Option<Arg> {
    let all: Vec<&Arg> = at.command.get_positionals().filter(|arg| !arg.is_last_set()).collect();
    let nth = all.get(at.positionals.len()).or_else(|| all.last().filter(|arg| takes_many(arg)))?;
    Some((*nth).clone())
}

fn is_flag(word: &str) -> bool {
    word.starts_with('-') && word.len() > 1
}

/// Whether a word that begins with one `-` is a term of a filter here.
fn is_word(at: &Place<'_>, word: &str) -> bool {
    let in_filter = positional(at).is_some_and(|arg| FILTER_NAMES.contains(&super::values::name_of(&arg).as_str()));
    in_filter && !word.starts_with("--")
}

fn flag(root: &Command, command: &Command, word: &str) -> Option<Arg> {
    let name = word.split('=').next().unwrap_or(word);
    let find = |command: &Command| {
        let found = command.get_arguments().find(|arg| match name.strip_prefix("--") {
            Some(long) => arg.get_long() == Some(long),
            None => arg.get_short().is_some_and(|short| name.ends_with(short)),
        });
        found.cloned()
    };
    // A flag of the program stands behind its verbs too.
    find(command).or_else(|| find(root))
}

pub(super) fn takes_value(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Set | ArgAction::Append)
}

fn takes_many(arg: &Arg) -> bool {
    let many = arg.get_num_args().is_some_and(|range| range.max_values() > 1);
    many || (arg.is_positional() && matches!(arg.get_action(), ArgAction::Append))
}
