//! `-tag` behind the task of `tasks edit` takes the tag off, as `+tag` puts one on; for clap it would be a bundle of short flags.

use super::WHERE;
use tasks_domain::priority::Priority;

/// Flags of the verb that take the next argument.
const WITH_VALUE: [&str; 16] = [
    "--at",
    "--due",
    "--priority",
    "-p",
    "--tag",
    "-t",
    "--project",
    "--notes",
    "--parent",
    "--after",
    "--estimate",
    "--remind",
    "--wait",
    "--repeat",
    "--title",
    "--color",
];
/// Its short flags.
const SHORT: [&str; 6] = ["-e", "-h", "-p", "-q", "-t", "-V"];

/// The arguments of the verb with each `-tag` as the value of a flag.
pub(super) fn bound(args: &[String]) -> Vec<String> {
    let mut bound = Vec::with_capacity(args.len());
    let (mut has_task, mut in_filter) = (false, false);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--" {
            bound.push(arg.clone());
            bound.extend(args.by_ref().cloned());
        } else if arg.starts_with("--") || SHORT.contains(&arg.as_str()) {
            in_filter = arg == WHERE;
            bound.push(arg.clone());
            if WITH_VALUE.contains(&arg.as_str()) {
                bound.extend(args.next().cloned());
            }
        } else if has_task && !in_filter && is_tag(arg) {
            bound.push(format!("--tag={arg}"));
        } else {
            has_task |= !in_filter;
            bound.push(arg.clone());
        }
    }
    bound
}

/// Whether a word that is no flag is a tag to take off, rather than a priority glued to its flag, as `-p1`.
fn is_tag(word: &str) -> bool {
    let Some(name) = word.strip_prefix('-').filter(|name| name.starts_with(char::is_alphabetic)) else { return false };
    let is_priority = name.strip_prefix('p').is_some_and(|value| Priority::parse(value).is_ok());
    !is_priority && !name.contains(|c: char| c == '=' || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str) -> String {
        bound(&words.split(' ').map(str::to_owned).collect::<Vec<_>>()).join(" ")
    }

    #[test]
    fn a_word_with_a_minus_behind_the_task_takes_a_tag_off() {
        assert_eq!(of("1 +y -x"), "1 +y --tag=-x");
        assert_eq!(of("1 -todo -people friday"), "1 --tag=-todo --tag=-people friday");
        for words in [
            "1 -e",
            "1 -p high",
            "1 -p1",
            "1 -t -x",
            "1 --notes -x",
            "1 -- -x",
            "-x 1",
            "--where -x",
            "--where @a -x --yes",
            "1 -5",
            "1 -q",
        ] {
            assert_eq!(of(words), words);
        }
    }

    #[test]
    fn the_flags_are_those_of_the_verb() {
        let command = crate::cli::with_verb("edit").unwrap();
        let edit = command.get_subcommands().next().unwrap();
        let all = || edit.get_arguments().chain(command.get_arguments()).filter(|arg| !arg.is_positional());
        let one = |arg: &clap::Arg| matches!(arg.get_action(), clap::ArgAction::Set | clap::ArgAction::Append);
        for arg in all() {
            let long = arg.get_long().map(|long| format!("--{long}"));
            let takes_next = one(arg) && long.as_deref() != Some(WHERE);
            let names = long.into_iter().chain(arg.get_short().map(|short| format!("-{short}")));
            for name in names {
                assert_eq!(WITH_VALUE.contains(&name.as_str()), takes_next, "{name}");
                assert!(name.starts_with("--") || SHORT.contains(&name.as_str()), "{name}");
            }
        }
    }
}
