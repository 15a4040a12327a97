//! What to do next about errors of sentences and conversations.

use super::Error;

impl Error {
    /// What to do next, for people.
    pub(super) fn hint_about_said(&self) -> Option<String> {
        let hint = match self {
            Self::EmptyMessage => "say what to do, as in buy milk tomorrow 5pm; or help",
            Self::MessageTooLong { .. } => "say it in a line; long texts go into notes: tasks add \"title // notes\"",
            Self::NoSuchConversation { .. } | Self::AmbiguousConversation { .. } => {
                "see the conversations with tasks chat list"
            }
            Self::NoReminderTime => "say it: tasks do \"remind me to call mom tomorrow 9am\"",
            Self::NoRuleNamed => "say it: tasks do \"create a recurring task: water plants every week\"",
            Self::NotACommand { .. } => {
                "to add it as a task all the same: tasks add TEXT; what can be said: tasks help do"
            }
            Self::NoTaskCalled { .. } => "see your tasks with tasks list; a new one: tasks add TEXT",
            Self::NoTaskNamed => "say its number or words of its title: tasks do \"finish call mom\"",
            Self::NoTimeNamed => "say it: tasks do \"snooze call mom until tomorrow 9am\"",
            _ => return None,
        };
        Some(hint.to_owned())
    }
}
