//! What is delivered, and how that went.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Longest reason that is kept, in characters; servers may say anything.
const REASON_CHARS_MAX: usize = 200;
/// Longest line of a list, in characters: it fits on a line of a pop-up, which would break it in the middle of a date.
const ITEM_CHARS_MAX: usize = 46;

/// One reminder as the channels need it, in words for people and values for programs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Slip {
    /// Names this delivery for ever, in letters: the row of the ledger. Repeats are dropped by it.
    pub row: String,
    /// Names the reminder, in letters.
    pub reminder: String,
    /// Names the task, in letters.
    pub task: String,
    /// The task's short number; 0 for none.
    pub number: u32,
    /// The task's title, one line.
    pub title: String,
    /// Its project; empty for none.
    pub project: String,
    /// Its priority, as `urgent`.
    pub priority: String,
    /// When it is due, in words, as "17:00 (in 15 min)"; empty without.
    pub due_words: String,
    /// The same for a line of a list, as "17:00" or "Fri 27 Nov 17:00".
    pub due_short: String,
    /// When it is due, as in the JSON of a task; null without.
    pub due: Value,
    /// The instant of the reminder in RFC 3339, with the offset that holds where the person is.
    pub at: String,
    /// How much later than its instant it is delivered, in words, as "25 min"; empty when it is on time.
    pub late_words: String,
    /// The same in seconds; 0 when it is on time.
    pub late_s: u64,
    /// Which attempt this is, from 1.
    pub attempt: u32,
}

impl Slip {
    /// What a person gives a command to mean the task: its number, else its letters.
    pub fn reference(&self) -> String {
        if self.number > 0 { self.number.to_string() } else { self.task.clone() }
    }

    /// One line of a list.
    fn item(&self) -> String {
        let due = if self.due_short.is_empty() { String::new() } else { format!("{} · ", self.due_short) };
        let line = format!("• {due}{}", self.title);
        match line.char_indices().nth(ITEM_CHARS_MAX - 1) {
            Some((end, last)) if line.len() > end + last.len_utf8() => format!("{}…", line[..end].trim_end()),
            _ => line,
        }
    }

    /// Project, due and lateness, one line each; without what there is not.
    pub fn lines(&self) -> Vec<String> {
        let due = (!self.due_words.is_empty()).then(|| format!("due {}", self.due_words));
        let project = (!self.project.is_empty()).then(|| format!("@{}", self.project));
        let late = (!self.late_words.is_empty()).then(|| format!("this reminder is {} late", self.late_words));
        let first = [project, due].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        [Some(first).filter(|line| !line.is_empty()), late].into_iter().flatten().collect()
    }
}

/// What is delivered at once: one reminder, or several that were missed and are told as one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parcel {
    /// What receivers drop repeats by, in letters.
    pub key: String,
    /// The reminders, oldest first; of very many only the first.
    pub slips: Vec<Slip>,
    /// How many there are.
    pub total: usize,
    /// Their rows of the ledger, in letters; all of them.
    pub rows: Vec<String>,
    /// The reminders, in letters; all of them.
    pub reminders: Vec<String>,
    /// Now, in milliseconds since 1970.
    pub now_unix_ms: i64,
}

impl Parcel {
    /// The reminder, when it is one.
    pub fn single(&self) -> Option<&Slip> {
        match self.slips.as_slice() {
            [one] if self.total == 1 => Some(one),
            _ => None,
        }
    }

    /// One line that says what it is about.
    pub fn title(&self) -> String {
        self.single().map_or_else(|| format!("{} reminders you missed", self.total), |one| one.title.clone())
    }

    /// The lines below: of one reminder what there is to it, of several the first `most` titles and how many more there are.
    pub fn lines(&self, most: usize) -> Vec<String> {
        if let Some(one) = self.single() {
            return one.lines();
        }
        let mut lines: Vec<String> = self.slips.iter().take(most).map(Slip::item).collect();
        if self.total > lines.len() {
            lines.push(format!("and {} more: tasks reminders list --all", self.total - lines.len()));
        }
        lines
    }
}

/// How a delivery went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is where it should be.
    Delivered,
    /// Not now; another attempt may do it.
    Later {
        /// Why, in one line without anything of the task.
        reason: String,
        /// How long the other side wants to be left alone, in seconds; 0 when it did not say.
        after_s: u64,
    },
    /// Another attempt would fail the same way.
    Never {
        /// Why, likewise.
        reason: String,
    },
    /// There is no desktop to show it on, nor a command that stands in: it waits until there is.
    Nowhere {
        /// Why, likewise.
        reason: String,
    },
}

impl From<Outcome> for tasks_domain::reminder::Outcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Delivered => Self::Sent,
            Outcome::Later { reason, after_s } => {
                let after = i64::try_from(after_s).ok().filter(|seconds| *seconds > 0);
                Self::Failed { reason, retry_after: after.and_then(chrono::Duration::try_seconds) }
            }
            Outcome::Never { reason } => Self::Refused { reason },
            Outcome::Nowhere { reason } => Self::Held { reason },
        }
    }
}

impl Outcome {
    pub(super) fn later(reason: impl AsRef<str>) -> Self {
        Self::Later { reason: one_line(reason.as_ref()), after_s: 0 }
    }

    pub(super) fn never(reason: impl AsRef<str>) -> Self {
        Self::Never { reason: one_line(reason.as_ref()) }
    }

    pub(super) fn nowhere(reason: impl AsRef<str>) -> Self {
        Self::Nowhere { reason: one_line(reason.as_ref()) }
    }
}

/// A text of somebody else, short and in one line.
pub(super) fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(REASON_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_reminder_leave_out_what_there_is_not() {
        let slip = Slip { title: "Buy milk".to_owned(), ..Slip::default() };
        assert_eq!(slip.lines(), Vec::<String>::new());
        let slip = Slip { project: "home".to_owned(), due_words: "17:00 (in 15 min)".to_owned(), ..slip };
        assert_eq!(slip.lines(), ["@home · due 17:00 (in 15 min)"]);
        let slip = Slip { project: String::new(), late_words: "2 h".to_owned(), ..slip };
        assert_eq!(slip.lines(), ["due 17:00 (in 15 min)", "this reminder is 2 h late"]);
    }

    #[test]
    fn several_are_told_by_the_first_and_how_many_more_there_are() {
        let (due_words, due_short) = ("17:00 (2 days ago)".to_owned(), "17:00".to_owned());
        let slip = |n: usize| Slip {
            title: format!("task {n}"),
            due_words: due_words.clone(),
            due_short: due_short.clone(),
            ..Slip::default()
        };
        let parcel = Parcel { slips: (0..6).map(slip).collect(), total: 300, ..Parcel::default() };
        assert_eq!(parcel.title(), "300 reminders you missed");
        let lines = parcel.lines(5);
        assert_eq!(lines.len(), 6);
        assert_eq!(
            (lines[0].as_str(), lines[5].as_str()),
            ("• 17:00 · task 0", "and 295 more: tasks reminders list --all")
        );
        for title in [43, 44, 45, 200] {
            let chars = Slip { title: "ö".repeat(title), ..Slip::default() }.item().chars().count();
            assert_eq!(chars, (title + 2).min(ITEM_CHARS_MAX));
        }
        let long = Slip { title: "ö".repeat(200), due_short: "Fri 27 Nov 13:10".to_owned(), ..Slip::default() }.item();
        assert!(long.starts_with("• Fri 27 Nov 13:10 · öö") && long.ends_with('…'), "{long}");
        assert_eq!(long.chars().count(), ITEM_CHARS_MAX);
        let one = Parcel { slips: vec![slip(1)], total: 1, ..Parcel::default() };
        assert_eq!((one.title().as_str(), one.lines(5)), ("task 1", vec!["due 17:00 (2 days ago)".to_owned()]));
    }

    #[test]
    fn what_servers_say_is_cut_to_one_short_line() {
        assert_eq!(one_line("550 no\r\nsuch \u{1b}[31mmailbox"), "550 no such [31mmailbox");
        assert_eq!(one_line(&"ö".repeat(500)).chars().count(), REASON_CHARS_MAX + 1);
    }
}
