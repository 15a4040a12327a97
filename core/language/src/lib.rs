//! Reads a line of to-do text: what is to be done, when, how long, how important, with the place of each in the text.
//!
//! # What it owns
//! The words people use for dates, times and markers, and what they mean (the conventions of the product's language). It is
//! pure: present, zone and settings come in with a [`Context`], nothing is read from a clock or a file, and the same text
//! gives the same [`Reading`] for ever. It must not know tasks, stores, the wire or the terminal: defaults, limits on titles and
//! what to do with a reading are its callers'.
//!
//! # How a line is read
//! One pass, no backtracking, linear in the text:
//! 1. `token`: words, numbers and marks with their bytes; quotes and addresses are protected. `lexicon` knows what a word can
//!    mean, slips of the finger included; its tables are per language.
//! 2. `marker`: `!high`, `#tag`, `@project`, `//`.
//! 3. `candidate`: at each place the tables of rules are asked for the date (`date`), the time (`clock`) or the distance
//!    (`offset`, `length`) that begins there; `moment` joins those that stand together and the words that introduce them.
//!    What stands around decides whether it is meant. `rule` reads what comes again as a run of pieces, `reminder` what to be
//!    reminded of; `later` keeps both whole for callers that cannot keep them ([`Scope`]).
//! 4. `choose`: the best set of candidates of which no two overlap or say the same thing.
//! 5. `resolve`: what date and time mean on the person's clock. `title`: what is left.
//!
//! [`understand`] comes before that for what is said rather than written down: `intent` tells what the sentence wants, takes the
//! words that ask for it ("move … to", "delete the … task") out of the line, and puts what the stages above read where it belongs.
//! [`parse`] takes every text for a task to add. `reply` reads the short things that a dialogue is made of, and `amend` lays what is
//! said afterwards over what was read before.
//!
//! # To add a phrase
//! - Another word for something known: its row in `lexicon/english.rs`.
//! - A fixed phrase, a holiday, or a name that is no date ("sat nav"): its row in `lexicon/phrases.rs`. That "in a jiffy" is in
//!   five minutes would be the row `("in a jiffy", Minutes(5))` there and the line `("in a jiffy", "2026-11-22T10:05")` in
//!   `tests/language/times.rs`, which reads it alone and at the end of a task.
//! - Another way to say how often, when a rule begins, ends or pauses: a function in `rule/` and its row in the table of pieces.
//! - A new way to say a day or time: a function in `date/` or `clock/` and its row in the table of rules there.
//! - A new kind of thing (a command): a variant of `candidate::What` with its slot, made where
//!   `candidate::offers` makes the others.
//!
//! - Another way to ask for something: its row in `intent/phrases`; the model behind it is trained in `core/language/train`.
//!
//! And in each case a line in the table of `tests/language/` that says what it means.

mod amend;
mod calendar;
mod candidate;
mod choose;
mod clock;
mod date;
mod distance;
mod early;
mod field;
mod found;
mod intent;
mod later;
mod length;
mod lexicon;
mod line;
mod marker;
mod moment;
mod number;
mod offset;
mod only;
mod past;
mod read;
mod reading;
mod reminder;
mod repeat;
mod reply;
mod resolve;
mod rule;
mod settings;
mod title;
mod token;

pub use amend::{amend, at_time_of_day, entitle, says_values};
pub use intent::{step_asked, understand, understand_within};
pub use only::{read_duration, read_when};
pub use past::read_past;
pub use read::{parse, parse_within};
pub use reading::{
    Alternative, Anchor, Changes, Intent, ReadSpan, Reading, Reminder, SpanKind, Warning, WarningKind, WhenReading,
};
pub use reminder::read_reminders;
pub use repeat::{RuleReading, is_rrule, read_rule};
pub use reply::{read_pick, read_reply};
pub use settings::{Context, DateOrder, DayParts, Scope, Settings};
