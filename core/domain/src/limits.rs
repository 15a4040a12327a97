//! How long texts may be (decisions.md, "Ids and names").

/// Most characters of a title.
pub const TITLE_CHARS_MAX: usize = 1_000;
/// Most bytes of notes.
pub const NOTES_BYTES_MAX: usize = 256 * 1024;
/// Most characters of a tag, or of one part of a project's name.
pub const NAME_CHARS_MAX: usize = 100;
/// Most bytes of the text of a recurrence rule.
pub const RULE_BYTES_MAX: usize = 1_000;
/// Most dates that a recurrence rule leaves out.
pub const EXDATES_MAX: usize = 1_000;
/// Most occurrences of a rule that are made ahead.
pub const GENERATE_AHEAD_MAX: u16 = 100;
/// Longest message, in bytes: a person types one line.
pub const MESSAGE_BYTES_MAX: usize = 16 * 1024;
