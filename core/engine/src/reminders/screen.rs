//! What is on the screen, and what is to become of it when its tasks change.

use super::deliver::told;
use crate::error::EngineError;
use crate::remind::load;
use crate::store::StoreRead;
use tasks_domain::id::{ReminderId, TaskId};
use tasks_domain::reminder::{Channel, Delivery, Notice, OnScreen, State};

/// Notifications that are watched; older ones stay as they are.
const WATCHED_MAX: usize = 32;

/// The notifications that are on the screen, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Screen(Vec<Notification>);

/// One of them.
#[derive(Clone, Debug)]
struct Notification {
    /// The task it is about; `None` for a digest.
    about: Option<TaskId>,
    told: Vec<Told>,
}

/// What it tells of.
#[derive(Clone, Debug)]
struct Told {
    on_screen: OnScreen,
    /// What can be read there; `None` where an earlier life of this process drew it.
    drawn: Option<Notice>,
}

/// What a host has to do so that the screen shows what is.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// Handled: nothing may be shown of these any more.
    pub(super) gone: Vec<ReminderId>,
    /// Says something else by now.
    pub(super) other: Vec<Delivery>,
}

impl Screen {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// This was shown, in the place of what was about the same.
    pub(super) fn shown(&mut self, delivery: &Delivery) {
        let told = delivery.notices.iter().map(|notice| Told {
            on_screen: OnScreen { reminder: notice.reminder, row: notice.row },
            drawn: Some(notice.clone()),
        });
        self.add(Notification { about: delivery.about(), told: told.collect() });
    }

    /// These were left by an earlier life, each with what it tells of.
    pub(super) fn left(&mut self, notifications: Vec<Vec<OnScreen>>) {
        for told in notifications {
            let told = told.into_iter().map(|on_screen| Told { on_screen, drawn: None }).collect();
            // What they are about is known once they are compared.
            self.0.push(Notification { about: None, told });
        }
    }

    fn add(&mut self, notification: Notification) {
        self.0.retain(|other| other.about != notification.about);
        self.0.push(notification);
        let surplus = self.0.len().saturating_sub(WATCHED_MAX);
        self.0.drain(..surplus);
    }

    /// Compares it with what is: the screen as it is to be, and what makes it so.
    pub(super) fn compared(&self, tx: &dyn StoreRead, now_unix_ms: i64) -> Result<(Self, Difference), EngineError> {
        let (mut screen, mut difference) = (Self::default(), Difference::default());
        for Notification { told, .. } in &self.0 {
            let (mut stays, mut changed) = (Vec::new(), false);
            for Told { on_screen, drawn } in told {
                match still_told(tx, *on_screen, drawn.as_ref(), now_unix_ms)? {
                    Some(notice) => {
                        changed |= drawn.as_ref().is_some_and(|drawn| !drawn.reads_as(&notice));
                        // One that reads the same is kept as it was drawn.
                        stays.push(drawn.clone().filter(|drawn| drawn.reads_as(&notice)).unwrap_or(notice));
                    }
                    None => changed = true,
                }
            }
            if stays.is_empty() {
                difference.gone.extend(told.iter().map(|told| told.on_screen.reminder));
                continue;
            }
            let delivery = Delivery { channel: Channel::Desktop, notices: stays };
            screen.shown(&delivery);
            if changed {
                difference.other.push(delivery);
            }
        }
        Ok((screen, difference))
    }
}

/// What there is to be read of it now; `None` when it was handled.
fn still_told(
    tx: &dyn StoreRead,
    on_screen: OnScreen,
    drawn: Option<&Notice>,
    now_unix_ms: i64,
) -> Result<Option<Notice>, EngineError> {
    let Some(loaded) = load::loaded(tx, on_screen.reminder)? else { return Ok(None) };
    let standing = loaded.standing();
    let live = loaded.task.as_ref().is_some_and(|task| task.exists && task.status().is_live());
    let Some(slot) = standing.slot.filter(|slot| slot.row == on_screen.row) else { return Ok(None) };
    // One that is not said to be sent is about to come again: its process ended before that was written.
    if !live || !loaded.reminder.exists || !matches!(standing.state, State::Sent | State::Pending) {
        return Ok(None);
    }
    let sent = loaded.row.as_ref().and_then(|row| row.mark(State::Sent)).map(|mark| mark.at);
    let first = drawn.map(|drawn| drawn.told_unix_ms).or(sent).unwrap_or(now_unix_ms);
    let notice = told(tx, &loaded, slot, now_unix_ms)?;
    Ok(notice.map(|notice| Notice { told_unix_ms: first, ..notice }))
}
