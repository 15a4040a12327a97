//! A dialogue, pure: what a conversation is about, which question is open, and what the next thing a person says means for it.
//!
//! Texts are read elsewhere: who asks hands in what was [`Heard`], and gets the [`Move`] it comes to. What became of the move goes
//! back with [`State::after`]. The same state and words give the same move for ever, so that a conversation can be kept, taken up
//! again on another day, and tested as a table.

mod answer;
mod ask;
mod kept;
mod reply;
mod state;

pub use answer::{Heard, Move, Named, Remark, step};
pub use ask::{Asked, Piece, Question};
pub use reply::{Pick, Reply};
pub use state::{After, Last, Request, State};

use serde::{Deserialize, Serialize};

/// Most tasks that a conversation keeps in mind of one list.
pub const KEPT_MAX: usize = 50;
/// Most tasks to choose from.
pub const CHOICES_MAX: usize = 9;
/// Most answers and corrections that one request takes.
pub const AMENDMENTS_MAX: usize = 16;

/// What a sentence asks to be done with tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A new task.
    Add,
    /// Other values.
    Edit,
    /// Done.
    Done,
    /// Into the trash.
    Delete,
}
