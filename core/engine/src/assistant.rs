//! The door for an optional assistant: something that may know better what a sentence wants where the language is not sure.
//!
//! There is none behind it yet. One that comes reads a text and proposes a [`Reading`], the very type that the language makes, so that
//! what it says is checked like anything else; what it proposes that changes more than one task is asked about. Texts of tasks are data
//! to it, never instructions. When it fails, takes too long or is not there, the language's own reading stands.

use std::future::{Future, ready};
use std::pin::Pin;
use tasks_language::{Context, Reading};

/// A reading that is less sure is put to the assistant, when there is one.
pub const ASKED_BELOW: f32 = 0.6;

/// What an assistant is asked.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// The sentence, as it was said.
    pub text: String,
    /// How the language understood it.
    pub reading: Reading,
    /// The present and the settings it was read with.
    pub context: Context,
}

/// The answer, when it comes.
pub type Proposal<'a> = Pin<Box<dyn Future<Output = Option<Reading>> + Send + 'a>>;

/// May know better what a sentence wants.
pub trait Assistant: Send + Sync {
    /// Another reading of the sentence; `None` when it knows no better, failed, or took too long.
    fn propose(&self, doubt: Doubt) -> Proposal<'_>;
}

/// No assistant: whatever the language understood stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Absent;

impl Assistant for Absent {
    fn propose(&self, _: Doubt) -> Proposal<'_> {
        Box::pin(ready(None))
    }
}

impl std::fmt::Debug for dyn Assistant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Assistant")
    }
}
