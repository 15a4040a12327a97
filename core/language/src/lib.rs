//! Reads a line of to-do text.
mod reading;
mod settings;
pub use reading::{
    Alternative, Anchor, Changes, Intent, ReadSpan, Reading, Reminder, SpanKind, Warning, WhenReading,
};
pub use settings::{Context, DateOrder, DayParts, Settings};
use tasks_domain::error::{Error, Span};

/// Stub.
pub fn parse(text: &str, _context: &Context) -> Reading {
    Reading { intent: Intent::CreateTask, confidence: 0.8, title: Some(text.trim().to_owned()).filter(|t| !t.is_empty()), due: None, start: None, end: None, duration: None, rrule: None, anchor: None, reminders: Vec::new(), priority: None, tags: Vec::new(), project: None, notes: None, target: None, changes: None, alternatives: Vec::new(), warnings: Vec::new(), spans: Vec::new() }
}
/// Stub.
pub fn read_when(text: &str, _context: &Context) -> Result<WhenReading, Error> {
    Err(Error::UnreadableDate { text: text.to_owned(), span: Span::whole(text) })
}
/// Stub.
pub fn read_duration(text: &str) -> Result<chrono::Duration, Error> {
    Err(Error::UnreadableDuration { text: text.to_owned(), span: Span::whole(text) })
}
