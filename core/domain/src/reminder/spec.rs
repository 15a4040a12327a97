//! What a person asks for: when, and over which channel.

use super::channel::Channel;
use super::trigger::Trigger;
use serde::{Deserialize, Serialize};

/// A reminder as it is asked for; a rule's template has a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReminderSpec {
    /// How.
    pub channel: Channel,
    /// When.
    pub trigger: Trigger,
}
