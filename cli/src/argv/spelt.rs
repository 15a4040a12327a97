//! A command as one would type it.

use super::WHERE;

/// Most characters of a command that the log keeps.
const COMMAND_CHARS_MAX: usize = 1_000;

/// The command as one would type it, for the log.
pub fn command_line(args: &[String]) -> String {
    let mut line = String::from("tasks");
    let mut within = false;
    for arg in args {
        // As it was typed, before its words were bound.
        let word = arg.strip_prefix(WHERE).and_then(|rest| rest.strip_prefix('='));
        if word.is_some() && !within {
            line.push_str(&format!(" {WHERE}"));
        }
        within = word.is_some();
        line.push(' ');
        line.push_str(&quoted(word.unwrap_or(arg)));
        if line.len() > COMMAND_CHARS_MAX * 4 {
            break;
        }
    }
    match line.char_indices().nth(COMMAND_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// An argument in quotes, if a shell would need them.
pub(crate) fn quoted(arg: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_@%+=:,./".contains(c);
    if !arg.is_empty() && arg.chars().all(is_plain) {
        arg.to_owned()
    } else if arg.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", arg.replace('\'', "'\\''"))
    } else {
        format!("\"{arg}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_has_what_one_would_type() {
        let line = |args: &[&str]| command_line(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
        assert_eq!(line(&["add", "buy milk", "+shop"]), "tasks add \"buy milk\" +shop");
        assert_eq!(line(&["add", "it's $5"]), "tasks add 'it'\\''s $5'");
        assert!(line(&["add", &"x".repeat(100_000)]).chars().count() <= COMMAND_CHARS_MAX + 1);
    }
}
