//! Help that is about no command: `tasks help filters`.

use crate::commands::list;

/// Topics by their names, and by others that they are looked for by.
const TOPICS: [(Topic, &[&str]); 3] = [
    (Topic::Filters, &["filters", "filter", "filtering", "queries"]),
    (Topic::Dates, &["dates", "date", "times", "time", "language"]),
    (Topic::ExitCodes, &["exit-codes", "exit", "codes", "exitcodes", "exit-code", "status-codes"]),
];

/// What there is help on.
#[derive(Clone, Copy, Debug)]
enum Topic {
    Filters,
    Dates,
    ExitCodes,
}

const EVERYWHERE: &str = "\
The same in list, today, next, export, watch, wait, on, and behind --where of all that changes tasks.
A filter that says nothing of the status means open tasks that are not hidden. A value of several
words is quoted: due.before:\"next friday\"; dates: tasks help dates. Save one with tasks view save.
";

const DATES: &str = "\
Dates and times, wherever one is typed: in the text of add and edit, in flags as --due, in filters, with --at.

  today, tomorrow, friday, next friday     a weekday is the next one; `next` is in the week after this
  24 dec, 24.12., 12/24/2026, 2026-12-24   which number is the day follows the locale (language.date_order)
  2026-W50-3, 20261201T1400                ISO 8601 in all its forms
  5pm, 17:30, noon, half past six          alone: today, or tomorrow when it has passed
  morning, tonight, eod, eow, eom          when they are: tasks config (language.day_parts)
  in 2 hours, in 3 days, +3d               hours are exact, days are dates
  next week, this weekend, week            in filters the whole of it: due:week, created:\"last month\"
  mon to fri, 9 to 11am                    a period: it is due at its end, or its beginning where it has times
  every monday at 9, every 3 days          comes again: tasks help repeat

In a filter a value of several words is quoted: due.before:\"next friday\". For created, modified,
started and done the past is meant. tasks parse \"call mom friday 5pm\" tells how a text is read.
";

const EXIT_CODES: &str = "\
What a command ends with:

    0  done, also when it was so already; an empty list is no failure
    1  failed, or the condition asked about does not hold
    2  the command line or a filter cannot be read
    3  nothing matched: no such task, nothing to undo, nothing next
    4  more than one thing is meant: type more letters, or say which
    5  refused: well-formed but not possible, or nobody was there to confirm it (--yes)
    6  the data belongs to somebody else
   69  the daemon cannot be reached
  124  timed out (tasks wait --timeout)

With --json a failure is one document on standard error, whose `kind` says the same in a word.
";

/// The help on a topic, for `tasks help TOPIC`; `None` when that is asked for no topic.
pub(crate) fn asked(args: &[String]) -> Option<String> {
    let mut words = args.iter().filter(|arg| !arg.starts_with('-'));
    let topic = words.next().filter(|verb| *verb == "help").and_then(|_| words.next())?;
    let topic = topic.to_lowercase();
    let (topic, _) = TOPICS.iter().find(|(_, names)| names.contains(&topic.as_str()))?;
    Some(match topic {
        Topic::Filters => filters(),
        Topic::Dates => DATES.to_owned(),
        Topic::ExitCodes => EXIT_CODES.to_owned(),
    })
}

fn filters() -> String {
    let about = list::EXAMPLES.split("\n\nExamples:").next().unwrap_or(list::EXAMPLES);
    format!("{about}\n\n{EVERYWHERE}")
}
