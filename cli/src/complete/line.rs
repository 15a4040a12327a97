//! A command line as a shell reads it, up to the cursor.

/// The words of a line, the last of which may be unfinished or empty.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) words: Vec<String>,
    /// The last word is inside a quote.
    pub(super) quoted: bool,
}

/// Characters that bash gives a meaning.
const SPECIAL: &str = " \t\n\\\"'`$&|;<>()*?[]{}!#~";

/// The words of the last command in the line: what stands before `;`, `|` or `&` is another one.
pub(super) fn words(line: &str) -> Line {
    let mut words = vec![String::new()];
    let mut quote = None;
    let mut began = false;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        let Some(word) = words.last_mut() else { break };
        match (quote, c) {
            (None, '\'' | '"') => {
                quote = Some(c);
                began = true;
            }
            (Some(open), c) if c == open => quote = None,
            (None | Some('"'), '\\') => {
                word.extend(chars.next());
                began = true;
            }
            (None, ' ' | '\t') => {
                if began || !word.is_empty() {
                    words.push(String::new());
                }
                began = false;
            }
            (None, ';' | '|' | '&' | '\n') => {
                words = vec![String::new()];
                began = false;
            }
            (_, c) => word.push(c),
        }
    }
    Line { words, quoted: quote.is_some() }
}

/// A text that bash reads as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if SPECIAL.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (Vec<String>, bool) {
        let line = words(line);
        (line.words, line.quoted)
    }

    #[test]
    fn words_are_parted_as_bash_does() {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(read("tasks done "), (owned(&["tasks", "done", ""]), false));
        assert_eq!(read("tasks list due:to"), (owned(&["tasks", "list", "due:to"]), false));
        assert_eq!(read("tasks list 'a b"), (owned(&["tasks", "list", "a b"]), true));
        assert_eq!(read("tasks add \"a\\\"b\" c\\ d"), (owned(&["tasks", "add", "a\"b", "c d"]), false));
        assert_eq!(read("cd x; tasks  sh"), (owned(&["tasks", "sh"]), false));
        assert_eq!(read("tasks edit ''  x"), (owned(&["tasks", "edit", "", "x"]), false));
        assert_eq!(read(""), (owned(&[""]), false));
    }

    #[test]
    fn what_bash_would_read_is_escaped() {
        assert_eq!(escaped("a$b c#d"), "a\\$b\\ c\\#d");
        assert_eq!(words(&format!("x {}", escaped("it's $(rm -r ~);&"))).words, ["x", "it's $(rm -r ~);&"]);
    }
}
