//! The engine's requests that only look around.

use crate::complete;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::past;
use crate::query::{Bookmark, Ended, Listing};
use crate::report;
use crate::request::{
    CalendarQuery, CompleteQuery, Completion, CountQuery, LabelsQuery, ListQuery, SearchQuery, Searched, Shown,
    StatsQuery,
};
use crate::search;
use crate::store::{Store, StoreRead};
use std::ops::ControlFlow;
use std::sync::Arc;
use tasks_domain::id::AccountId;
use tasks_domain::report::{Calendar, Labels, Stats};

impl<S: Store> Engine<S> {
    /// A page of tasks, and whether more match. For pages that fit in memory; see [`Engine::list_part`].
    pub async fn list(&self, account: AccountId, query: ListQuery) -> Result<(Vec<Shown>, bool), EngineError> {
        self.whole(account, self.listing(account, query).await?).await
    }

    /// How many tasks a query finds, whatever its order and limit.
    pub async fn count(&self, account: AccountId, query: ListQuery) -> Result<u64, EngineError> {
        let listing = self.listing(account, query).await?;
        let read = move |tx: &dyn StoreRead| past::at(tx, listing.moment(), |tx| listing.count(tx));
        self.store.read(account, read).await
    }

    /// The most pressing tasks that can be worked on, and whether there are more. The order of the query does not count.
    pub async fn next_tasks(&self, account: AccountId, query: ListQuery) -> Result<(Vec<Shown>, bool), EngineError> {
        let known = self.known_views(account, &query.filter, &query.caller).await?;
        self.whole(account, Listing::next(query, &known)?).await
    }

    async fn whole(&self, account: AccountId, listing: Listing) -> Result<(Vec<Shown>, bool), EngineError> {
        let read = move |tx: &dyn StoreRead| {
            let mut tasks = Vec::new();
            let mut take = |shown| {
                tasks.push(shown);
                ControlFlow::Continue(())
            };
            let ended = past::at(tx, listing.moment(), |tx| listing.part(tx, None, &mut take))?;
            Ok((tasks, matches!(ended, Ended::Complete { more: true })))
        };
        self.store.read(account, read).await
    }

    /// Reads a query; its mistakes, and those of the views it names, are found here.
    pub async fn listing(&self, account: AccountId, query: ListQuery) -> Result<Listing, EngineError> {
        let known = self.known_views(account, &query.filter, &query.caller).await?;
        Ok(Listing::new(query, &known)?)
    }

    /// A part of a listing, from one state of the store: `take` gets task after task until it breaks.
    ///
    /// It runs on a thread that may wait, but while it does, the store keeps the state it reads from: rather than waiting long
    /// it breaks, and goes on from the bookmark later.
    pub async fn list_part<T>(
        &self,
        account: AccountId,
        listing: Arc<Listing>,
        from: Option<Bookmark>,
        mut take: T,
    ) -> Result<Ended, EngineError>
    where
        T: FnMut(Shown) -> ControlFlow<()> + Send + 'static,
    {
        let read =
            move |tx: &dyn StoreRead| past::at(tx, listing.moment(), |tx| listing.part(tx, from.clone(), &mut take));
        self.store.read(account, read).await
    }

    /// What was made and done per day, and the same tasks by project and tag.
    pub async fn stats(&self, account: AccountId, query: StatsQuery) -> Result<(Stats, Labels), EngineError> {
        let moment = query.count.caller.moment();
        let read = move |tx: &dyn StoreRead| past::at(tx, moment, |tx| report::stats(tx, &query));
        self.store.read(account, read).await
    }

    /// What is due per day.
    pub async fn calendar(&self, account: AccountId, query: CalendarQuery) -> Result<Calendar<Shown>, EngineError> {
        let moment = query.count.caller.moment();
        let read = move |tx: &dyn StoreRead| past::at(tx, moment, |tx| report::calendar(tx, &query));
        self.store.read(account, read).await
    }

    /// Projects and tags with their counts.
    pub async fn labels(&self, account: AccountId, query: CountQuery) -> Result<Labels, EngineError> {
        let moment = query.caller.moment();
        let read = move |tx: &dyn StoreRead| past::at(tx, moment, |tx| report::labels(tx, &query));
        self.store.read(account, read).await
    }

    /// The tasks that fit words best, slips of the finger included.
    pub async fn search(&self, account: AccountId, query: SearchQuery) -> Result<Searched, EngineError> {
        let moment = query.caller.moment();
        let read = move |tx: &dyn StoreRead| past::at(tx, moment, |tx| search::search(tx, &query));
        self.store.read(account, read).await
    }

    /// What the beginning of a project or tag could become.
    pub async fn complete_labels(&self, account: AccountId, query: LabelsQuery) -> Result<Vec<String>, EngineError> {
        self.store.read(account, move |tx: &dyn StoreRead| complete::labels(tx, &query)).await
    }

    /// What the beginning of a reference could become.
    pub async fn complete(&self, account: AccountId, query: CompleteQuery) -> Result<Vec<Completion>, EngineError> {
        self.store.read(account, move |tx: &dyn StoreRead| complete::complete(tx, &query)).await
    }
}
