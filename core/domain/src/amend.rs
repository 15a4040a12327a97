//! What is put to the words of a task, or taken out of them, rather than said in their place: around the title, and lines of the notes.
//!
//! Notes stay one text in Markdown: an annotation is an item of a list in it that begins with its day, so that it reads the same in an
//! editor, in a terminal and elsewhere.

use crate::error::Error;
use crate::text::{Notes, Title};
use crate::words::fold;
use chrono::NaiveDate;

/// Before the day of an annotation.
const ITEM: &str = "- ";
/// Lines that are named where several could be meant.
const CANDIDATES_MAX: usize = 3;
/// Characters of such a line.
const CANDIDATE_CHARS_MAX: usize = 40;

/// What becomes of the words of a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Amend {
    /// They are the new ones.
    #[default]
    Replace,
    /// They follow the title.
    Append,
    /// They stand before the title.
    Prepend,
    /// They are a line below the notes, with its day.
    Annotate,
    /// They name a line of the notes that goes.
    Denotate,
}

impl Amend {
    /// Whether the words are read in the language of `tasks add`; those of notes are kept as they are.
    pub fn is_read(self) -> bool {
        !matches!(self, Self::Annotate | Self::Denotate)
    }

    /// The title that a task with this one gets by these words.
    pub fn title(self, title: &str, words: Title) -> Result<Title, Error> {
        match self {
            Self::Append => Title::parse(&format!("{title} {}", words.as_str())),
            Self::Prepend => Title::parse(&format!("{} {title}", words.as_str())),
            _ => Ok(words),
        }
    }
}

/// Notes with one more line, which was written on that day.
pub fn annotated(notes: Option<&str>, text: &str, day: NaiveDate) -> Result<Option<Notes>, Error> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return Err(Error::EmptyAnnotation);
    }
    let line = format!("{ITEM}{day} {line}");
    let Some(notes) = notes.map(str::trim_end).filter(|notes| !notes.is_empty()) else { return Notes::parse(&line) };
    // A list begins behind a blank line; one that is there goes on.
    let goes_on = notes.lines().next_back().is_some_and(|last| last.starts_with(ITEM));
    Notes::parse(&format!("{notes}\n{}{line}", if goes_on { "" } else { "\n" }))
}

/// Notes without the one line that `text` names: the one that it is, or else the only one that has it in it, whatever the case and
/// accents. Of an annotation the day may be left out.
pub fn denotated(notes: Option<&str>, text: &str) -> Result<Option<Notes>, Error> {
    let wanted = fold(text.trim());
    if wanted.is_empty() {
        return Err(Error::EmptyAnnotation);
    }
    let notes = notes.unwrap_or_default();
    let lines: Vec<&str> = notes.lines().collect();
    let is_it = |line: &&str| [said(line), line.trim()].iter().any(|said| fold(said) == wanted);
    let fitting = |fits: &dyn Fn(&&str) -> bool| (0..lines.len()).filter(|at| fits(&lines[*at])).collect::<Vec<_>>();
    let mut found = fitting(&is_it);
    if found.is_empty() {
        found = fitting(&|line| fold(line).contains(&wanted));
    }
    let text = || text.trim().to_owned();
    match found.as_slice() {
        [] => Err(Error::NoSuchLine { text: text() }),
        // The same line twice is one thing to say, and one of them goes.
        [at, others @ ..] if others.iter().all(|other| lines[*other] == lines[*at]) => {
            let kept: Vec<&str> =
                lines.iter().enumerate().filter(|(other, _)| other != at).map(|(_, line)| *line).collect();
            Notes::parse(&kept.join("\n"))
        }
        several => {
            let short = |at: &usize| {
                let line = said(lines[*at]).trim();
                let cut = line.char_indices().nth(CANDIDATE_CHARS_MAX).map(|(end, _)| format!("`{}…`", &line[..end]));
                cut.unwrap_or_else(|| format!("`{line}`"))
            };
            let candidates = several.iter().take(CANDIDATES_MAX).map(short).collect();
            Err(Error::AmbiguousLine { text: text(), candidates })
        }
    }
}

/// What an annotation says, without its day; any other line as it is.
fn said(line: &str) -> &str {
    let behind_day = || {
        let (day, said) = line.strip_prefix(ITEM)?.split_once(' ')?;
        day.parse::<NaiveDate>().ok().map(|_| said.trim())
    };
    behind_day().unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();

    fn with(notes: Option<&str>, text: &str) -> String {
        annotated(notes, text, DAY).unwrap().unwrap().into_string()
    }

    fn without(notes: &str, text: &str) -> Option<String> {
        denotated(Some(notes), text).unwrap().map(Notes::into_string)
    }

    #[test]
    fn an_annotation_is_an_item_of_a_list_with_its_day() {
        assert_eq!(with(None, " call  Tim\nfirst "), "- 2026-11-22 call Tim first");
        assert_eq!(with(Some("two litres"), "or three"), "two litres\n\n- 2026-11-22 or three");
        let once = with(Some("two litres"), "or three");
        assert_eq!(with(Some(&once), "no, two"), "two litres\n\n- 2026-11-22 or three\n- 2026-11-22 no, two");
        assert_eq!(annotated(None, " ", DAY), Err(Error::EmptyAnnotation));
        let long = "x".repeat(crate::limits::NOTES_BYTES_MAX);
        assert!(matches!(annotated(Some(&long), "y", DAY), Err(Error::NotesTooLong { .. })));
    }

    #[test]
    fn one_line_goes_that_is_meant_without_doubt() {
        let notes = "Milk\n\n- 2026-11-20 call Tim\n- 2026-11-21 call Tim again\n- 2026-11-22 Café";
        assert_eq!(
            without(notes, "CALL TIM").unwrap(),
            notes.replace("- 2026-11-20 call Tim\n", ""),
            "it is that line"
        );
        assert_eq!(without(notes, "again").unwrap(), notes.replace("- 2026-11-21 call Tim again\n", ""));
        assert_eq!(without(notes, "cafe").unwrap(), notes.replace("\n- 2026-11-22 Café", ""));
        assert_eq!(without(notes, "2026-11-20").unwrap(), notes.replace("- 2026-11-20 call Tim\n", ""));
        assert_eq!(without("- 2026-11-22 only", "only"), None);
        assert_eq!(without("a\na", "a").unwrap(), "a", "one of two that say the same");
        let several = Error::AmbiguousLine {
            text: "tim".to_owned(),
            candidates: vec!["`call Tim`".to_owned(), "`call Tim again`".to_owned()],
        };
        assert_eq!(denotated(Some(notes), "tim"), Err(several));
        assert_eq!(denotated(None, "tim"), Err(Error::NoSuchLine { text: "tim".to_owned() }));
        assert_eq!(denotated(Some(notes), " "), Err(Error::EmptyAnnotation));
    }

    #[test]
    fn words_are_put_before_or_behind_a_title() {
        let words = || Title::parse("oat").unwrap();
        assert_eq!(Amend::Append.title("buy milk", words()).unwrap().as_str(), "buy milk oat");
        assert_eq!(Amend::Prepend.title("buy milk", words()).unwrap().as_str(), "oat buy milk");
        assert_eq!(Amend::Replace.title("buy milk", words()).unwrap().as_str(), "oat");
        let long = "x".repeat(1_000);
        assert!(matches!(Amend::Append.title(&long, words()), Err(Error::TitleTooLong { .. })));
    }
}
