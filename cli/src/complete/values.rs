//! What could stand at a place.

use super::Candidate;
use super::live::Live;
use super::walk::{Place, Slot, takes_value};
use crate::argv::named_lists;
use crate::host::Env;
use crate::settings::{self, SETTINGS};
use clap::{Arg, ArgAction};
use tasks_domain::numbers;

/// The beginnings of a filter's terms, besides projects, tags and views.
const TERMS: [(&str, &str); 30] = [
    ("is:overdue", "its time is over"),
    ("is:today", "due today"),
    ("is:ready", "neither hidden nor blocked"),
    ("is:waiting", "hidden until its time"),
    ("is:blocked", "another task must end first"),
    ("is:blocking", "another task waits for it"),
    ("is:recurring", "it comes again"),
    ("status:open", "not begun"),
    ("status:started", "being worked on"),
    ("status:done", "done"),
    ("status:deleted", "in the trash"),
    ("due:today", ""),
    ("due:tomorrow", ""),
    ("due:week", "this week"),
    ("due.before:", "due before then"),
    ("due.after:", "due after then"),
    ("due:none", "without a due date"),
    ("start.before:", "its period begins before then"),
    ("is:scheduled", "has a period"),
    ("has:due", "with a due date"),
    ("has:reminders", "a reminder is still to come"),
    ("no:project", "without a project"),
    ("title:", "a word of the title"),
    ("notes:", "a word of the notes"),
    ("priority:urgent", ""),
    ("priority:high", ""),
    ("priority:medium", ""),
    ("priority:low", ""),
    ("not", "what follows must not hold"),
    ("or", "what stands before or what follows"),
];
/// Priorities as a text of a task has them.
const PRIORITIES: [(&str, &str); 4] = [("p1", "urgent"), ("p2", "high"), ("p3", "medium"), ("p4", "low")];
const WHENS: [&str; 8] = ["today", "tomorrow", "monday", "friday", "next-week", "eod", "eow", "none"];
const RULES: [&str; 6] = ["daily", "weekly", "monthly", "yearly", "weekdays", "none"];
const LENGTHS: [&str; 5] = ["15m", "30m", "1h", "2h", "1d"];

/// Whether a value completes what is typed, whatever the case.
pub(super) fn begins_with(value: &str, typed: &str) -> bool {
    let mut letters = value.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|c| letters.next() == Some(c))
}

/// The name of an argument's value, as `ID`.
pub(super) fn name_of(arg: &Arg) -> String {
    arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default()
}

/// Everything that could stand here.
pub(super) fn of(place: &Place<'_>, env: &Env) -> Vec<Candidate> {
    match &place.slot {
        Slot::Nothing => Vec::new(),
        Slot::Flag => flags(place),
        Slot::VerbOr(arg) => {
            let mut found = verbs(place);
            found.extend(arg.iter().flat_map(|arg| values(place, arg, "", env)));
            found
        }
        Slot::Value(arg, prefix) => values(place, arg, prefix, env),
    }
}

fn verbs(place: &Place<'_>) -> Vec<Candidate> {
    let shown = place.command.get_subcommands().filter(|verb| !verb.is_hide_set());
    let mut found: Vec<Candidate> =
        shown.map(|verb| Candidate::new(verb.get_name(), first_line(verb.get_about()))).collect();
    if place.path.is_empty() {
        found.extend(named_lists::names().map(|(name, filter)| Candidate::new(name, format!("tasks list {filter}"))));
    }
    found
}

fn flags(place: &Place<'_>) -> Vec<Candidate> {
    let root = crate::cli::command();
    let mine = place.command.get_arguments();
    let everywhere = root.get_arguments().filter(|arg| arg.is_global_set());
    let mut found: Vec<Candidate> = Vec::new();
    for arg in mine.chain(everywhere).filter(|arg| !arg.is_hide_set()) {
        let Some(long) = arg.get_long() else { continue };
        let value = format!("--{long}");
        let again = matches!(arg.get_action(), ArgAction::Append | ArgAction::Count);
        let known = found.iter().any(|candidate| candidate.value == value);
        if !known && (again || !place.used.contains(&value)) {
            found.push(Candidate::new(value, first_line(arg.get_help())));
        }
    }
    // clap adds it when it builds a command, and does not say so before.
    if !found.iter().any(|candidate| candidate.value == "--help") {
        found.push(Candidate::new("--help", "Print help"));
    }
    found
}

fn first_line(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default().lines().next().unwrap_or_default().to_owned()
}

/// The values of an argument; `prefix` is put before each.
fn values(place: &Place<'_>, arg: &Arg, prefix: &str, env: &Env) -> Vec<Candidate> {
    let typed = place.current.strip_prefix(prefix).unwrap_or_default();
    let possible: Vec<Candidate> = arg
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set() && takes_value(arg))
        .map(|value| Candidate::new(value.get_name(), first_line(value.get_help())))
        .collect();
    let found = if possible.is_empty() { named(place, &name_of(arg), typed, env) } else { possible };
    found.into_iter().map(|one| Candidate { value: format!("{prefix}{}", one.value), ..one }).collect()
}

/// The values of an argument by the name that the help has for it.
fn named(place: &Place<'_>, name: &str, typed: &str, env: &Env) -> Vec<Candidate> {
    let live = Live::new(env);
    let verb = place.path.first().map_or("", String::as_str);
    let sub = place.path.get(1).map_or("", String::as_str);
    match (verb, sub, name) {
        ("config", "get" | "set" | "unset", "NAME") => {
            SETTINGS.iter().map(|setting| Candidate::new(setting.name, setting.meaning)).collect()
        }
        ("config", "set", "VALUE") => place.positionals.first().map(|name| of_setting(name)).unwrap_or_default(),
        ("view", _, "NAME") => live.views("").into_iter().filter(|_| sub != "save").collect(),
        ("context", ..) => {
            let mut found = vec![Candidate::new("none", "no context: everything")];
            found.extend(live.views(""));
            found.extend(filter(&live, typed));
            found
        }
        ("add" | "parse" | "do", _, "TEXT") | ("edit" | "append" | "prepend", _, "ID|TEXT")
            if !place.positionals.is_empty() =>
        {
            text(&live, typed)
        }
        // Words of their own.
        ("annotate" | "denotate", _, "ID|TEXT") if !place.positionals.is_empty() => Vec::new(),
        ("add" | "parse" | "do" | "chat", _, "TEXT") => text(&live, typed),
        _ => by_name(place, &live, verb, name, typed),
    }
}

fn by_name(place: &Place<'_>, live: &Live<'_>, verb: &str, name: &str, typed: &str) -> Vec<Candidate> {
    let plain = |words: &[&str]| words.iter().map(|word| Candidate::new(*word, "")).collect();
    let mut found = Vec::new();
    for name in name.split('|') {
        found.extend(match name {
            "ID" => {
                let taken = |candidate: &Candidate| place.positionals.contains(&candidate.value);
                // `-3` of a flag, and the last part of a list or range.
                let bare = typed.trim_start_matches('-');
                let before = typed.len() - bare.len() + numbers::last_part_at(bare);
                let ended = matches!(verb, "reopen" | "restore");
                let mut ids = live.tasks(&typed[before..], ended);
                ids.retain(|candidate| !taken(candidate));
                signed(ids, &typed[..before])
            }
            "FILTER" => filter(live, typed),
            "PROJECT" => live.projects("", typed),
            "TAG" => match typed.strip_prefix('-') {
                Some(typed) => live.tags("-", typed),
                None => live.tags("", typed),
            },
            "VIEW" => live.views(""),
            "CONVERSATION" => live.conversations(typed),
            "ZONE" => chrono_tz::TZ_VARIANTS.iter().map(|zone| Candidate::new(zone.name(), "")).collect(),
            "PRIORITY" => plain(&["urgent", "high", "medium", "low"]),
            "WHEN" => plain(&WHENS),
            "LENGTH" => plain(&LENGTHS),
            // A rule is named by a task of it.
            "RULE" if verb == "rules" => live.tasks(typed, false),
            "RULE" => plain(&RULES),
            "COMMAND" => commands(),
            _ => Vec::new(),
        });
    }
    found
}

fn signed(found: Vec<Candidate>, sign: &str) -> Vec<Candidate> {
    found.into_iter().map(|one| Candidate { value: format!("{sign}{}", one.value), ..one }).collect()
}

fn commands() -> Vec<Candidate> {
    let root = crate::cli::command();
    let shown = root.get_subcommands().filter(|verb| !verb.is_hide_set());
    shown.map(|verb| Candidate::new(verb.get_name(), first_line(verb.get_about()))).collect()
}

fn of_setting(name: &str) -> Vec<Candidate> {
    let Ok(setting) = settings::find(name) else { return Vec::new() };
    let default = (setting.show)(&settings::Config::default());
    let mut words = setting.words();
    if words.is_empty() {
        words.push(default.clone());
    }
    let about = |word: &String| if *word == default { "default" } else { "" };
    words.iter().map(|word| Candidate::new(word.clone(), about(word))).collect()
}

/// Signs and fields before projects and tags.
const PROJECT_SIGNS: [&str; 2] = ["@", "project:"];
const TAG_SIGNS: [&str; 4] = ["+", "#", "-", "tag:"];

/// Projects or tags behind one of these signs; `None` when the word begins with none of them.
fn labelled(live: &Live<'_>, typed: &str, signs: &[&str]) -> Option<Vec<Candidate>> {
    let begins = |signs: &[&'static str]| {
        signs.iter().find_map(|sign| {
            Some((*sign, typed.get(..sign.len()).filter(|begin| begin.eq_ignore_ascii_case(sign))?.len()))
        })
    };
    if let Some((sign, length)) = begins(&PROJECT_SIGNS).filter(|(sign, _)| signs.contains(sign)) {
        return Some(live.projects(sign, &typed[length..]));
    }
    let (sign, length) = begins(&TAG_SIGNS).filter(|(sign, _)| signs.contains(sign))?;
    Some(live.tags(sign, &typed[length..]))
}

/// Terms of a filter that begin like this.
fn filter(live: &Live<'_>, typed: &str) -> Vec<Candidate> {
    if let Some(found) = labelled(live, typed, &["@", "project:", "+", "#", "-", "tag:"]) {
        return found;
    }
    if typed.to_lowercase().starts_with("view:") {
        return live.views("view:");
    }
    let mut found: Vec<Candidate> = TERMS.iter().map(|(term, about)| Candidate::new(*term, *about)).collect();
    found.push(Candidate::new("project:", "a project and its parts, as @"));
    found.push(Candidate::new("tag:", "a tag, as +"));
    found.push(Candidate::new("view:", "a saved view"));
    if typed.is_empty() {
        found.extend(live.projects("@", ""));
        found.extend(live.tags("+", ""));
    }
    found
}

/// Markers in the text of a task.
fn text(live: &Live<'_>, typed: &str) -> Vec<Candidate> {
    if typed.starts_with('p') {
        return PRIORITIES.iter().map(|(word, about)| Candidate::new(*word, *about)).collect();
    }
    labelled(live, typed, &["@", "+", "#"]).unwrap_or_default()
}
