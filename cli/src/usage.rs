//! What clap complains about, in our two lines.

mod foreign;

use crate::argv::{named_lists, quoted};
use crate::error::CliError;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use tasks_domain::words::distance;

/// What can look at the past.
pub(crate) const GOES_WITH_AT: &str = "--at goes with list, today, show, search, next, projects, tags, stats, calendar, rules, reminders, log, history and the agenda";
/// Most verbs that are suggested.
const SUGGESTED_MAX: usize = 3;

/// Turns an error of clap into ours.
pub(crate) fn explain(error: &Error, command: &clap::Command, args: &[String]) -> CliError {
    let verb = sub_path(command, args);
    let help = format!("see {verb} --help");
    let invalid = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => unknown_verb(&text(error, ContextKind::InvalidSubcommand), command, args),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let at = verb.split(' ').skip(1).fold(command, |at, name| at.find_subcommand(name).unwrap_or(at));
            let verbs: Vec<&str> =
                at.get_subcommands().map(clap::Command::get_name).filter(|name| *name != "help").collect();
            CliError::usage(format!("{verb} needs a command"), format!("use {}", verbs.join(", ")))
        }
        ErrorKind::UnknownArgument => {
            let near = text(error, ContextKind::SuggestedArg);
            let hint = match near.as_str() {
                _ if invalid == "--at" => GOES_WITH_AT.to_owned(),
                _ if verb == "tasks log" && ["-p", "--patch"].contains(&invalid.as_str()) => {
                    "what was done to a task, field by field: tasks history 3".to_owned()
                }
                _ if verb == "tasks log" && !invalid.starts_with('-') => {
                    "it shows what was done; to note something that is done: tasks add it, then tasks done".to_owned()
                }
                _ if invalid == "--count" => "count what a filter finds: tasks list FILTER --count".to_owned(),
                "" if takes_text(command, args) => {
                    format!("for text that begins with -, put -- before it; else {help}")
                }
                "" => help,
                near => format!("did you mean `{near}`?"),
            };
            CliError::usage(format!("{verb} has no `{invalid}`"), hint)
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            CliError::usage(format!("{} needs a value", name(&invalid)), help)
        }
        ErrorKind::InvalidValue => {
            let valid = list(error, ContextKind::ValidValue);
            let hint = if valid.is_empty() { help } else { format!("use {}", valid.join(", ")) };
            CliError::usage(format!("`{value}` is not a value of {}", name(&invalid)), hint)
        }
        ErrorKind::ValueValidation => {
            let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            // What Rust says of a word that is no number is of no use to anybody.
            let range = cause.split_once(" is not in ").and_then(|(_, range)| range.split_once("..="));
            let hint = match range {
                _ if cause.contains("invalid digit") || cause.ends_with("..=4294967295") => {
                    "use a whole number".to_owned()
                }
                Some((least, most)) => format!("use a whole number from {least} to {most}"),
                None => cause,
            };
            CliError::usage(format!("`{value}` is not a value of {}", name(&invalid)), hint)
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = list(error, ContextKind::InvalidArg);
            let missing: Vec<&str> = missing.iter().map(|one| name(one)).collect();
            CliError::usage(format!("{verb} needs {}", missing.join(" and ")), example(&verb).unwrap_or(help))
        }
        ErrorKind::ArgumentConflict => {
            let others = list(error, ContextKind::PriorArg);
            let others: Vec<&str> = others.iter().map(|one| name(one)).collect();
            let invalid = name(&invalid);
            let message = if others.iter().all(|other| *other == invalid) {
                format!("`{invalid}` was given twice")
            } else {
                format!("{invalid} does not go with {}", others.join(", "))
            };
            CliError::usage(message, help)
        }
        _ => {
            let rendered = error.to_string();
            let line = rendered.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
            CliError::usage(line, help)
        }
    }
}

fn unknown_verb(word: &str, command: &clap::Command, args: &[String]) -> CliError {
    let message = format!("`{word}` is not a command");
    // A command with verbs of its own, as `daemon`.
    let group = args.iter().take_while(|arg| *arg != word).find_map(|arg| command.find_subcommand(arg));
    let group = group.filter(|group| group.has_subcommands());
    let in_group = group.is_some();
    let path = group.map_or("tasks".to_owned(), |group| format!("tasks {}", group.get_name()));
    let command = group.unwrap_or(command);
    if word.contains(char::is_whitespace) && !in_group {
        return CliError::usage(message, format!("to add it as a task: tasks add {}", quoted(word)));
    }
    let from = args.iter().position(|arg| arg == word).unwrap_or(0);
    let is_verb = |verb: &str| command.find_subcommand(verb).is_some();
    if let Some(hint) = foreign::instead(&args[from..], is_verb).filter(|_| !in_group) {
        return CliError::usage(message, hint);
    }
    if !in_group && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return CliError::usage(message, format!("to see the task: tasks show {word}"));
    }
    if let Some(line) = written(word).filter(|_| !in_group) {
        return CliError::usage(message, format!("did you mean `{line}`?"));
    }
    let near = nearest(word, command);
    if !near.is_empty() {
        let near: Vec<String> = near.iter().map(|verb| format!("`{path} {verb}`")).collect();
        return CliError::usage(message, format!("did you mean {}?", near.join(" or ")));
    }
    let words: Vec<String> = args[from..].iter().filter(|arg| !arg.starts_with('-')).map(|arg| quoted(arg)).collect();
    if words.len() > 1 && !in_group {
        return CliError::usage(message, format!("see tasks help; to add it as a task: tasks add {}", words.join(" ")));
    }
    CliError::usage(message, format!("see {path} help"))
}

/// The command line for what is no verb here, and that others have as one.
fn written(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "agenda" | "due" | "upcoming" => Some("tasks".to_owned()),
        "version" => Some("tasks --version".to_owned()),
        _ => tasks_domain::meant::filter_meant_by(&lower).map(|filter| format!("tasks list {filter}")),
    }
}

/// The verbs nearest to a word, none when nothing is near.
fn nearest(word: &str, command: &clap::Command) -> Vec<String> {
    let word = word.to_lowercase();
    let is_verb = |verb: &str| command.find_subcommand(verb).is_some();
    if let Some(verb) = foreign::verb_for(&word).filter(|verb| is_verb(verb)) {
        return vec![verb.to_owned()];
    }
    let most = if word.chars().count() <= 3 { 1 } else { 2 };
    // The program itself has names of lists, too.
    let lists = named_lists::names().map(|(name, _)| name).filter(|_| is_verb("list"));
    let mut near: Vec<(usize, &str)> = command
        .get_subcommands()
        .filter(|verb| !verb.is_hide_set())
        .map(clap::Command::get_name)
        .chain(lists)
        .filter_map(|verb| {
            let begins = word.len() > 1 && verb.starts_with(&word);
            let slips = if begins { Some(0) } else { distance(&word, verb, most) };
            Some((slips?, verb))
        })
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    let best = near.first().map_or(0, |(distance, _)| *distance);
    near.into_iter()
        .filter(|(distance, _)| *distance == best)
        .take(SUGGESTED_MAX)
        .map(|(_, verb)| verb.to_owned())
        .collect()
}

/// `tasks add`, `tasks daemon logs`: the command that the arguments are about.
fn sub_path(command: &clap::Command, args: &[String]) -> String {
    let (mut path, mut at) = (String::from("tasks"), command);
    for arg in args.iter().take_while(|arg| *arg != "--") {
        if let Some(sub) = at.find_subcommand(arg) {
            path.push(' ');
            path.push_str(sub.get_name());
            at = sub;
        }
    }
    path
}

fn takes_text(command: &clap::Command, args: &[String]) -> bool {
    let path = sub_path(command, args);
    let verbs = ["add", "edit", "append", "prepend", "annotate", "denotate", "parse"];
    path.strip_prefix("tasks ").is_some_and(|verb| verbs.contains(&verb))
}

fn example(verb: &str) -> Option<String> {
    let example = match verb {
        "tasks add" => "tasks add \"buy milk tomorrow 5pm\"",
        "tasks edit" => "tasks edit 3 \"friday 3pm\"; the numbers are in tasks list",
        "tasks show" | "tasks start" | "tasks stop" | "tasks done" | "tasks rm" => {
            return Some(format!("try: {verb} 3; the numbers are in tasks list"));
        }
        "tasks reopen" => "tasks reopen qvz; the letters are in tasks list status:done",
        "tasks restore" => "tasks restore qvz; the letters are in tasks list status:deleted",
        "tasks duplicate" => "tasks duplicate 3 \"next friday\"; the numbers are in tasks list",
        "tasks history" => "tasks history 3; the numbers are in tasks list",
        "tasks revert" => "tasks revert qv; the letters are in tasks log",
        "tasks remind" => "tasks remind 3 15 minutes before, or tasks remind 3 tomorrow 9am",
        "tasks snooze" => "tasks snooze 3 10 minutes, or tasks snooze 3 tomorrow 9am",
        "tasks repeat" => "tasks repeat 3 every monday at 9",
        "tasks search" => "tasks search rent",
        "tasks do" => "tasks do \"move the dentist to friday\"",
        "tasks wait" => "tasks wait 'id:3 status:done' --timeout 10m",
        "tasks on" => "tasks on completed +work --exec 'notify-send \"$TASKS_TITLE\"'",
        "tasks view save" => "tasks view save work 'project:work -someday'",
        "tasks view rm" | "tasks view show" => return Some(format!("try: {verb} work; the names are in tasks view")),
        "tasks config set" => "tasks config set list.limit 20; tasks config lists all",
        "tasks config get" | "tasks config unset" => {
            return Some(format!("try: {verb} list.limit; tasks config lists all"));
        }
        "tasks import" => "tasks import tasks.json, or - for standard input",
        "tasks completions" => "eval \"$(tasks completions bash)\"; there are bash, zsh, fish and powershell",
        _ => return None,
    };
    Some(format!("try: {example}"))
}

/// `--limit <N>` without the value, `<ID>...` without the brackets.
fn name(argument: &str) -> &str {
    let first = argument.split([' ', '=']).next().unwrap_or(argument);
    first.trim_end_matches("...").trim_matches(['<', '>', '[', ']'])
}

fn text(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.first().cloned().unwrap_or_default(),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => texts.first().map(ToString::to_string).unwrap_or_default(),
        _ => String::new(),
    }
}

fn list(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    }
}
