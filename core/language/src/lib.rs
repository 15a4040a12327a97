//! Reads a line of to-do text.

mod calendar;
mod candidate;
mod choose;
mod clock;
mod date;
mod found;
mod later;
mod length;
mod lexicon;
mod line;
mod marker;
mod moment;
mod number;
mod offset;
mod only;
mod read;
mod reading;
mod resolve;
mod settings;
mod title;
mod token;

pub use only::{read_duration, read_when};
pub use read::parse;
pub use reading::{Alternative, Anchor, Changes, Intent, ReadSpan, Reading, Reminder, SpanKind, Warning, WhenReading};
pub use settings::{Context, DateOrder, DayParts, Settings};
