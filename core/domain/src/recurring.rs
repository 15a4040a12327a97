//! Rules as things of their own: what makes the tasks that come again.
//!
//! A rule is an entity with registers like a task. One register is its whole [`Schedule`](crate::recurrence::Schedule), one its
//! status; the rest is the template its occurrences are made from. An occurrence is a task with the rule's id and its slot. Its
//! registers carry the stamps of the rule's, so that what a person changed elsewhere wins; only its making has the stamp of the
//! operation. How many there were and when the next is due is derived, never stored.
//!
//! [`entity`] reads a rule, [`template`] is what its tasks have in common, [`make`] writes an occurrence, [`mod@settle`] decides which
//! ones there are to be, [`parts`] copies sub-tasks, [`change`] plans what people ask of rules.

pub mod change;
pub mod entity;
pub mod field;
pub mod make;
pub mod offset;
pub mod parts;
pub mod settle;
pub mod template;

pub use change::{Asked, Repeat, Scope};
pub use entity::{Instance, Life, Recurring};
pub use settle::{Settled, Tasks, converge, settle};
pub use template::Template;
