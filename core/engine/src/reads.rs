//! The engine's requests that only look around.

use crate::complete;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::report;
use crate::request::{CalendarQuery, CompleteQuery, Completion, CountQuery, Shown, StatsQuery};
use crate::store::{Store, StoreRead};
use tasks_domain::id::AccountId;
use tasks_domain::report::{Calendar, Labels, Stats};

impl<S: Store> Engine<S> {
    /// What was made and done per day.
    pub async fn stats(&self, account: AccountId, query: StatsQuery) -> Result<Stats, EngineError> {
        self.store.read(account, move |tx: &dyn StoreRead| report::stats(tx, &query)).await
    }

    /// What is due per day.
    pub async fn calendar(&self, account: AccountId, query: CalendarQuery) -> Result<Calendar<Shown>, EngineError> {
        self.store.read(account, move |tx: &dyn StoreRead| report::calendar(tx, &query)).await
    }

    /// Projects and tags with their counts.
    pub async fn labels(&self, account: AccountId, query: CountQuery) -> Result<Labels, EngineError> {
        self.store.read(account, move |tx: &dyn StoreRead| report::labels(tx, &query)).await
    }

    /// What the beginning of a reference could become.
    pub async fn complete(&self, account: AccountId, query: CompleteQuery) -> Result<Vec<Completion>, EngineError> {
        self.store.read(account, move |tx: &dyn StoreRead| complete::complete(tx, &query)).await
    }
}
