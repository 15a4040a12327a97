//! Who waits for commits, and telling them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tasks_domain::id::AccountId;
use tokio::sync::watch;

/// The channels of the accounts that somebody follows.
#[derive(Debug, Default)]
pub(crate) struct Commits {
    /// `None` once the store is closed.
    followed: Mutex<Followed>,
}

#[derive(Debug)]
struct Followed(Option<HashMap<AccountId, watch::Sender<u64>>>);

impl Default for Followed {
    fn default() -> Self {
        Self(Some(HashMap::new()))
    }
}

impl Commits {
    /// From now on told of every commit; closed at once when the store is.
    pub(crate) fn follow(&self, account: AccountId) -> watch::Receiver<u64> {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut followed.0 {
            Some(accounts) => accounts.entry(account).or_default().subscribe(),
            None => watch::channel(0).1,
        }
    }

    /// Wakes those who follow this account.
    pub(crate) fn tell(&self, account: AccountId, newest: u64) {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(accounts) = &mut followed.0 else { return };
        // Nobody left: the next who asks makes a new channel.
        if accounts.get(&account).is_some_and(|sender| sender.send(newest).is_err()) {
            accounts.remove(&account);
        }
    }

    /// Ends all channels.
    pub(crate) fn close(&self) {
        self.followed.lock().unwrap_or_else(PoisonError::into_inner).0 = None;
    }
}
