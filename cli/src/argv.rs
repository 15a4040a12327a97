//! Arguments before clap reads them: must be text, and words of a filter may begin with `-`.

pub mod named_lists;
mod spelt;
mod taken_off;

pub use spelt::command_line;
pub(crate) use spelt::quoted;

use crate::error::CliError;
use std::ffi::OsString;
use tasks_domain::id::IdPrefix;

/// Verbs whose words are a filter, where `-home` is a word and no flags.
const FILTER_VERBS: [&str; 10] =
    ["list", "today", "next", "projects", "stats", "tags", "context", "export", "watch", "wait"];
/// Verbs whose `--where` takes words of a filter.
const WHERE_VERBS: [&str; 13] = [
    "search",
    "edit",
    "append",
    "prepend",
    "annotate",
    "denotate",
    "start",
    "stop",
    "done",
    "reopen",
    "rm",
    "restore",
    "duplicate",
];
/// The flag whose words are a filter.
const WHERE: &str = "--where";
/// Verbs with verbs of their own, whose flags stand behind those.
const NESTED_VERBS: [&str; 2] = ["view", "config"];
/// The verbs of those.
const NESTED: [&str; 9] = ["save", "list", "show", "rm", "help", "get", "set", "unset", "edit"];
/// Flags of verbs that are accepted before the verb too.
const MOVED: [&str; 2] = ["--yes", "--dry-run"];
/// Flags before the verb that take the next argument.
const WITH_VALUE: [&str; 2] = ["--at", "--color"];
/// Flags of filter verbs that take the next argument.
const WITH_VALUE_IN_FILTERS: [&str; 11] = [
    "--at",
    "--color",
    "--sort",
    "--limit",
    "--columns",
    "--days",
    "--format",
    "--output",
    "--event",
    "--since",
    "--timeout",
];
/// The verb whose words are something said.
const CHAT: &str = "chat";
/// Flags of that verb that take the next argument.
const WITH_VALUE_IN_CHAT: [&str; 3] = ["--resume", "--limit", "--color"];
/// The verb whose words are an event, a filter, and a command.
const ON: &str = "on";
/// Flags of that verb that take the next argument.
const WITH_VALUE_IN_ON: [&str; 7] = ["--color", "--exec", "--jobs", "--timeout", "--retries", "--since", "--state"];
/// Flags that the verb `help` does without: help is text for people, whatever the form of answers.
const NOT_FOR_HELP: [&str; 4] = ["--json", "--ndjson", "--quiet", "-q"];
/// What a sentence in place of a verb is given to.
const SENTENCE_VERB: &str = "do";
/// The arguments as clap is to see them.
pub fn prepare(args: Vec<OsString>) -> Result<Vec<String>, CliError> {
    let mut texts = Vec::with_capacity(args.len());
    for (index, arg) in args.into_iter().enumerate() {
        texts.push(arg.into_string().map_err(|arg| {
            CliError::usage(
                format!("argument {} is not valid UTF-8: `{}`", index + 1, arg.to_string_lossy()),
                "see that the terminal and LANG use UTF-8",
            )
        })?);
    }
    let Some(verb) = verb_index(&texts) else { return Ok(texts) };
    if texts[verb].trim().contains(char::is_whitespace) {
        // One sentence, in quotes: the verb for it may be left out.
        texts.insert(verb, SENTENCE_VERB.to_owned());
    }
    let (moved, mut before): (Vec<String>, Vec<String>) =
        texts[..verb].iter().cloned().partition(|arg| MOVED.contains(&arg.as_str()));
    named_lists::spell_out(&mut texts, verb);
    let name = texts[verb].clone();
    let mut rest = &texts[verb + 1..];
    before.push(name.clone());
    let mut is_filter = FILTER_VERBS.contains(&name.as_str());
    if let (true, Some((sub, behind))) = (NESTED_VERBS.contains(&name.as_str()), rest.split_first()) {
        let is_verb = NESTED.contains(&sub.as_str());
        is_filter = name == "view" && (!is_verb || sub == "save");
        if is_verb {
            before.push(sub.clone());
            rest = behind;
        }
    }
    before.extend(moved);
    if is_filter {
        before.extend(words_last(rest, &name)?);
    } else if name == ON {
        before.extend(words_named(rest)?);
    } else if name == "help" {
        let about = rest.iter().filter(|arg| !NOT_FOR_HELP.contains(&arg.as_str()));
        before.extend(about.map(|arg| named_lists::verb_of(arg).to_owned()));
    } else if name == CHAT {
        before.extend(words_said(rest));
    } else if name == "edit" {
        before.extend(words_bound(&taken_off::bound(rest), &name)?);
    } else if WHERE_VERBS.contains(&name.as_str()) {
        before.extend(words_bound(rest, &name)?);
    } else {
        before.extend_from_slice(rest);
    }
    Ok(before)
}

/// Where the verb is: the first argument that is neither a flag nor the value of one.
fn verb_index(args: &[String]) -> Option<usize> {
    let mut index = 0;
    while let Some(arg) = args.get(index) {
        match arg.as_str() {
            "--" => return None,
            flag if WITH_VALUE.contains(&flag) => index += 1,
            flag if flag.starts_with('-') && flag.len() > 1 => {}
            _ => return Some(index),
        }
        index += 1;
    }
    None
}

/// Long flags first, then `--` and the words of the filter, so that clap takes none of those for a flag.
fn words_last(args: &[String], verb: &str) -> Result<Vec<String>, CliError> {
    let (mut flags, mut words) = (Vec::new(), Vec::new());
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--" {
            words.extend(args.by_ref().cloned());
        } else if arg.starts_with("--") {
            flags.push(arg.clone());
            if WITH_VALUE_IN_FILTERS.contains(&arg.as_str()) {
                flags.extend(args.next().cloned());
            }
        } else if verb == "export" && arg == "-o" {
            flags.push("--output".to_owned());
            flags.extend(args.next().cloned());
        } else {
            refuse_short_flag(arg, verb)?;
            words.push(arg.clone());
        }
    }
    if !words.is_empty() {
        flags.push("--".to_owned());
        flags.extend(words);
    }
    Ok(flags)
}

/// Flags first, then `--` and what is said, so that clap takes none of its words for a verb: "show my tasks" is something to say,
/// `list` and `show ID` alone are verbs.
fn words_said(args: &[String]) -> Vec<String> {
    let (mut flags, mut words) = (Vec::new(), Vec::new());
    let mut args = args.iter();
    let mut said = false;
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--" => {
                said = true;
                words.extend(args.by_ref().cloned());
            }
            flag if flag.starts_with('-') && flag.len() > 1 && (flag.starts_with("--") || words.is_empty()) => {
                flags.push(arg.clone());
                if WITH_VALUE_IN_CHAT.contains(&flag) {
                    flags.extend(args.next().cloned());
                }
            }
            _ => words.push(arg.clone()),
        }
    }
    let is_verb = match words.as_slice() {
        [] => true,
        [verb] => ["list", "show"].contains(&verb.as_str()),
        [verb, id] => verb == "show" && IdPrefix::parse(id).is_some(),
        _ => false,
    };
    if is_verb && !said {
        // The flags of a verb stand behind it.
        words.extend(flags);
        return words;
    }
    flags.push("--".to_owned());
    flags.extend(words);
    flags
}

/// The words behind `--where`, up to the next long flag, each bound to a `--where` of its own, so that clap takes none of them for
/// a flag or a text.
fn words_bound(args: &[String], verb: &str) -> Result<Vec<String>, CliError> {
    let (mut bound, mut within) = (Vec::new(), false);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--" {
            bound.push(arg.clone());
            bound.extend(args.by_ref().cloned());
        } else if arg == WHERE {
            within = true;
            // The first word stands alone, so that a missing one is complained about.
            let Some(first) = args.next().filter(|word| !word.starts_with("--")) else {
                let hint = format!("try: tasks {verb} --where @home due:today; as in tasks list");
                return Err(CliError::usage(format!("{WHERE} needs the words of a filter"), hint));
            };
            refuse_short_flag(first, verb)?;
            bound.push(format!("{WHERE}={first}"));
        } else if within && !arg.starts_with("--") {
            refuse_short_flag(arg, verb)?;
            bound.push(format!("{WHERE}={arg}"));
        } else {
            within = false;
            bound.push(arg.clone());
        }
    }
    Ok(bound)
}

/// The words between the event of `tasks on` and `--`, each as the value of a flag, so that one may begin with `-`.
fn words_named(args: &[String]) -> Result<Vec<String>, CliError> {
    let (mut named, mut has_event) = (Vec::new(), false);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--" {
            named.push(arg.clone());
            named.extend(args.by_ref().cloned());
        } else if arg.starts_with("--") {
            named.push(arg.clone());
            if WITH_VALUE_IN_ON.contains(&arg.as_str()) {
                named.extend(args.next().cloned());
            }
        } else if std::mem::replace(&mut has_event, true) {
            refuse_short_flag(arg, ON)?;
            named.push(format!("--word={arg}"));
        } else {
            named.push(arg.clone());
        }
    }
    Ok(named)
}

/// A lone `-q` in a filter is rather a flag of other commands than "not tagged q".
fn refuse_short_flag(word: &str, verb: &str) -> Result<(), CliError> {
    let [b'-', letter] = word.as_bytes() else { return Ok(()) };
    if !letter.is_ascii_alphabetic() {
        return Ok(());
    }
    let letter = char::from(*letter);
    let not_tagged = format!("not tagged {letter} is `not +{letter}`");
    let long = match letter {
        'q' => "--quiet",
        'h' => "--help",
        'n' if verb == "list" => "--limit",
        'n' if verb == "stats" => "--days",
        'e' if verb == "edit" => "--editor",
        'V' => "--version",
        _ => "",
    };
    let hint = if long.is_empty() { not_tagged } else { format!("did you mean `{long}`? {not_tagged}") };
    let message = match verb {
        "export" => format!("`{word}`: -o is the only short flag of tasks export"),
        verb if ["view", ON].contains(&verb) || FILTER_VERBS.contains(&verb) => {
            format!("`{word}`: tasks {verb} has no short flags")
        }
        verb => format!("`{word}` behind {WHERE} is a word of the filter; flags of tasks {verb} stand before {WHERE}"),
    };
    Err(CliError::usage(message, hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(args: &[&str]) -> Vec<String> {
        prepare(args.iter().map(OsString::from).collect()).unwrap()
    }

    #[test]
    fn words_of_a_filter_may_begin_with_a_minus() {
        assert_eq!(
            prepared(&["list", "-home", "--limit", "5", "+work", "--json"]),
            ["list", "--limit", "5", "--json", "--", "-home", "+work"]
        );
        assert_eq!(prepared(&["--json", "list", "--", "--odd", "-h"]), ["--json", "list", "--", "--odd", "-h"]);
    }

    #[test]
    fn a_saved_filter_may_begin_with_a_minus_too() {
        assert_eq!(
            prepared(&["view", "save", "work", "-home", "--sort", "title", "+x"]),
            ["view", "save", "--sort", "title", "--", "work", "-home", "+x"]
        );
        assert_eq!(prepared(&["--dry-run", "view", "save", "a", "b"]), ["view", "save", "--dry-run", "--", "a", "b"]);
        assert_eq!(prepared(&["view", "work", "-home"]), ["view", "--", "work", "-home"]);
        assert_eq!(prepared(&["view", "rm", "work", "--json"]), ["view", "rm", "work", "--json"]);
        assert_eq!(prepared(&["--dry-run", "config", "set", "a", "b"]), ["config", "set", "--dry-run", "a", "b"]);
    }

    #[test]
    fn a_lone_letter_is_no_word_of_a_filter() {
        for (args, hint) in [
            (&["list", "-q"][..], "did you mean `--quiet`? not tagged q is `not +q`"),
            (&["list", "-n", "2"], "did you mean `--limit`? not tagged n is `not +n`"),
            (&["list", "home", "-x"], "not tagged x is `not +x`"),
        ] {
            let error = prepare(args.iter().map(OsString::from).collect()).unwrap_err();
            let CliError::Failure(failure) = error else { panic!("not a failure") };
            assert_eq!((failure.kind.exit_code(), failure.hint.as_deref()), (2, Some(hint)));
        }
    }

    #[test]
    fn the_words_behind_where_are_a_filter_up_to_the_next_long_flag() {
        let args = ["done", "--where", "@home", "-work", "or", "due:today", "--yes"];
        let bound = prepared(&args);
        assert_eq!(bound, ["done", "--where=@home", "--where=-work", "--where=or", "--where=due:today", "--yes"]);
        assert_eq!(command_line(&bound), "tasks done --where @home -work or due:today --yes");
        assert_eq!(prepared(&["edit", "--where", "x", "--", "-y"]), ["edit", "--where=x", "--", "-y"]);
        for args in [&["rm", "--where"][..], &["rm", "--where", "--yes"], &["edit", "--where", "x", "-e"]] {
            assert!(prepare(args.iter().map(OsString::from).collect()).is_err(), "{args:?}");
        }
    }

    #[test]
    fn a_filter_stands_between_an_event_and_its_command() {
        assert_eq!(
            prepared(&["on", "done", "-home", "--jobs", "2", "+x", "--", "-a", "b"]),
            ["on", "done", "--word=-home", "--jobs", "2", "--word=+x", "--", "-a", "b"]
        );
    }

    #[test]
    fn help_is_text_in_every_form() {
        assert_eq!(prepared(&["help", "--json", "add"]), ["help", "add"]);
    }

    #[test]
    fn flags_of_writes_may_stand_before_the_verb() {
        assert_eq!(
            prepared(&["--dry-run", "--color", "never", "done", "3"]),
            ["--color", "never", "done", "--dry-run", "3"]
        );
    }

    #[cfg(unix)]
    #[test]
    fn an_argument_that_is_not_text_is_named() {
        use std::os::unix::ffi::OsStringExt as _;
        let error = prepare(vec!["add".into(), OsString::from_vec(b"caf\xe9".to_vec())]).unwrap_err();
        let CliError::Failure(failure) = error else { panic!("not a failure") };
        assert_eq!(failure.message, "argument 2 is not valid UTF-8: `caf\u{fffd}`");
        assert_eq!(failure.kind.exit_code(), 2);
    }
}
