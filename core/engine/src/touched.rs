//! Which rules changed, for who waits for the slots that come next: what changes about one makes nobody look at the others.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tasks_domain::id::{AccountId, RuleId};
use tokio::sync::watch;

/// Rules that changed, or of which occurrences did, until somebody takes them.
#[derive(Debug)]
pub(crate) struct Touched {
    rules: Mutex<BTreeMap<AccountId, BTreeSet<RuleId>>>,
    woken: watch::Sender<u64>,
}

impl Default for Touched {
    fn default() -> Self {
        Self { rules: Mutex::default(), woken: watch::Sender::new(0) }
    }
}

impl Touched {
    /// These changed. Kept only while somebody waits for that.
    pub(crate) fn add(&self, account: AccountId, rules: impl IntoIterator<Item = RuleId>) {
        let mut rules = rules.into_iter().peekable();
        if rules.peek().is_some() && self.woken.receiver_count() > 0 {
            self.lock().entry(account).or_default().extend(rules);
            self.woken.send_modify(|count| *count += 1);
        }
    }

    /// Changes when there is something to take.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.woken.subscribe()
    }

    /// What changed since it was last asked.
    pub(crate) fn take(&self, account: AccountId) -> BTreeSet<RuleId> {
        self.lock().remove(&account).unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<AccountId, BTreeSet<RuleId>>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_taken_once_and_by_its_account() {
        let (touched, rule) = (Touched::default(), |n| RuleId::from_bytes([n; 16]));
        touched.add(AccountId::LOCAL, [rule(1)]);
        assert!(touched.take(AccountId::LOCAL).is_empty(), "nobody waits, so nothing is kept");
        let mut watched = touched.watch();
        touched.add(AccountId::LOCAL, []);
        assert!(!watched.has_changed().unwrap());
        touched.add(AccountId::LOCAL, [rule(1), rule(2)]);
        touched.add(AccountId::from_bytes([9; 16]), [rule(3)]);
        assert!(watched.has_changed().unwrap());
        watched.mark_unchanged();
        assert_eq!(touched.take(AccountId::LOCAL), BTreeSet::from([rule(1), rule(2)]));
        assert!(touched.take(AccountId::LOCAL).is_empty() && !watched.has_changed().unwrap());
    }
}
