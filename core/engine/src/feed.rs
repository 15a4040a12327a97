//! Pages of an account's outbox, each read once for all who follow at the same place.

use crate::error::EngineError;
use crate::store::{Outbox, Store, StoreRead};
use crate::view;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tasks_domain::event::Event;
use tasks_domain::id::{AccountId, DeviceId, OperationId, TaskId};
use tasks_domain::operation::Operation;
use tasks_domain::told::{Told, json_name};
use tasks_domain::when::Now;

/// Most events of a page.
const EVENTS_MAX: usize = 64;
/// Bytes of titles and notes after which a page ends, so that a page of long notes stays small.
const TEXT_MAX: usize = 256 * 1024;

/// Some events in the order of commits.
#[derive(Debug)]
pub(crate) struct Page {
    /// The number before the first.
    after: u64,
    /// The number of the last one; `after` when there is none.
    pub(crate) through: u64,
    /// With the number of each. The tasks' states are those at the instant of reading.
    pub(crate) events: Vec<(u64, Told)>,
    /// What the outbox held.
    pub(crate) outbox: Outbox,
    /// Whose outbox it is.
    pub(crate) replica: DeviceId,
}

impl Page {
    /// Whether whoever is at its beginning missed nothing: the outbox reaches back that far, and is not another one.
    pub(crate) fn is_known(&self) -> bool {
        self.outbox.reaches(self.after)
    }
}

/// The newest page of an account that was read.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    last: tokio::sync::Mutex<Option<Arc<Page>>>,
}

impl Feed {
    /// What comes behind number `after`. Those who are woken by one commit wait here for one of them to read it.
    pub(crate) async fn page<S: Store>(
        &self,
        store: &S,
        account: AccountId,
        after: u64,
        now: Now,
    ) -> Result<Arc<Page>, EngineError> {
        let mut last = self.last.lock().await;
        if let Some(page) = last.as_ref().filter(|page| page.after == after) {
            return Ok(Arc::clone(page));
        }
        let page = Arc::new(store.read(account, move |tx| read(tx, after, now)).await?);
        // An empty page would hide what comes.
        if page.through > after {
            *last = Some(Arc::clone(&page));
        }
        Ok(page)
    }
}

/// The feeds of the accounts that somebody follows.
#[derive(Debug, Default)]
pub(crate) struct Feeds(Mutex<HashMap<AccountId, Weak<Feed>>>);

impl Feeds {
    /// The one of this account, shared by all who follow it; gone with the last of them.
    pub(crate) fn of(&self, account: AccountId) -> Arc<Feed> {
        let mut feeds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(feed) = feeds.get(&account).and_then(Weak::upgrade) {
            return feed;
        }
        feeds.retain(|_, feed| feed.strong_count() > 0);
        let feed = Arc::new(Feed::default());
        feeds.insert(account, Arc::downgrade(&feed));
        feed
    }
}

fn read(tx: &dyn StoreRead, after: u64, now: Now) -> Result<Page, EngineError> {
    let (outbox, replica) = (tx.outbox()?, tx.device());
    let mut page = Page { after, through: after, events: Vec::new(), outbox, replica };
    if !page.is_known() {
        return Ok(page);
    }
    let mut happened = Vec::new();
    tx.events(after, &mut |seq, event| {
        happened.push((seq, event));
        if happened.len() < EVENTS_MAX { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let mut operations = Operations::default();
    let mut text = 0;
    for (seq, event) in happened {
        let told = tell(tx, event, now, &mut operations)?;
        if let Some(told) = told {
            text += told
                .task
                .as_ref()
                .map_or(0, |shown| shown.task.title.len() + shown.task.notes.as_ref().map_or(0, String::len));
            page.events.push((seq, told));
        }
        page.through = seq;
        if text >= TEXT_MAX {
            break;
        }
    }
    Ok(page)
}

/// `None` for an event whose operation is gone from the log, which is kept for much longer.
fn tell(tx: &dyn StoreRead, event: Event, now: Now, operations: &mut Operations) -> Result<Option<Told>, EngineError> {
    let Some(done) = operations.get(tx, event.operation)? else { return Ok(None) };
    let header = &done.operation.header;
    Ok(Some(Told {
        reason: header.reason,
        command: header.command.clone(),
        device: header.device,
        fields: done.fields.get(&event.task).into_iter().flatten().map(|name| (*name).to_owned()).collect(),
        task: view::shown_by_id(tx, event.task, now)?,
        event,
    }))
}

/// An operation, and which fields of which tasks it wrote.
struct Done {
    operation: Operation,
    fields: BTreeMap<TaskId, BTreeSet<&'static str>>,
}

/// The operation that was looked at last: the events of one follow each other.
#[derive(Default)]
struct Operations(Option<(OperationId, Option<Done>)>);

impl Operations {
    fn get(&mut self, tx: &dyn StoreRead, id: OperationId) -> Result<Option<&Done>, EngineError> {
        if self.0.as_ref().is_none_or(|(known, _)| *known != id) {
            self.0 = Some((id, tx.operation(id)?.map(|(_, operation)| Done::of(operation))));
        }
        Ok(self.0.as_ref().and_then(|(_, done)| done.as_ref()))
    }
}

impl Done {
    fn of(operation: Operation) -> Self {
        let mut fields: BTreeMap<TaskId, BTreeSet<&'static str>> = BTreeMap::new();
        for (change, _) in &operation.changes {
            if let (Some(task), Some(name)) = (change.entity.task(), json_name(change.field)) {
                fields.entry(task).or_default().insert(name);
            }
        }
        Self { operation, fields }
    }
}
