//! Lists that other programs have as commands: `tasks overdue` is `tasks list is:overdue`.

/// Their names, and the filter each stands for.
const NAMED: [(&str, &str); 15] = [
    ("tomorrow", "due:tomorrow"),
    ("overdue", "is:overdue"),
    ("ready", "is:ready"),
    ("waiting", "is:waiting"),
    ("blocked", "is:blocked"),
    ("blocking", "is:blocking"),
    ("unblocked", "not is:blocked"),
    ("started", "is:started"),
    ("active", "is:started"),
    ("recurring", "is:recurring"),
    ("inbox", "project:none"),
    ("completed", "status:done"),
    ("trash", "status:deleted"),
    ("deleted", "status:deleted"),
    ("all", "status:all"),
];

/// The filter of the list with this name.
fn filter_of(name: &str) -> Option<&'static str> {
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, filter)| *filter)
}

/// Puts the list that the verb at this place is a name of in its place.
pub(super) fn spell_out(args: &mut Vec<String>, verb: usize) {
    let Some(filter) = filter_of(&args[verb]) else { return };
    let mut words = vec!["list".to_owned(), filter.to_owned()];
    if args[verb..].iter().any(|arg| arg.eq_ignore_ascii_case("or")) {
        // What is asked for besides stays together.
        words.push("(".to_owned());
        args.push(")".to_owned());
    }
    args.splice(verb..=verb, words);
}

/// The verb that a word names: that of lists for the name of one, else the word.
pub fn verb_of(word: &str) -> &str {
    if filter_of(word).is_some() { "list" } else { word }
}

/// The names, for completions and for what is near to a mistyped one.
pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMED.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::Command;

    #[test]
    fn a_list_is_spelt_out_and_what_narrows_it_stays_together() {
        let of = |words: &str| {
            let mut args: Vec<String> = words.split(' ').map(str::to_owned).collect();
            spell_out(&mut args, 0);
            args.join(" ")
        };
        assert_eq!(of("overdue"), "list is:overdue");
        assert_eq!(of("overdue @a --json"), "list is:overdue @a --json");
        assert_eq!(of("overdue @a or @b"), "list is:overdue ( @a or @b )");
        assert_eq!(of("list overdue"), "list overdue");
    }

    #[test]
    fn no_list_has_the_name_of_a_command() {
        for (name, _) in names() {
            assert!(Command::only(name).is_none(), "{name}");
        }
    }
}
