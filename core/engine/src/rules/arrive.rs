//! Slots that come while an older occurrence is open, of rules that stack what was missed or skip it: they are waited for like
//! reminders, by the wall clock, and nothing is polled.

use crate::apply::{apply, next_stamp};
use crate::clock::Timer;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::recurring::{OfRule, Overlay, last_made, names, open, reminding};
use crate::reminders::deliver::operation_id;
use crate::store::{Store, StoreRead, StoreTxn, Verdict};
use chrono::NaiveTime;
use std::collections::{BTreeMap, BTreeSet};
use tasks_domain::command::Command;
use tasks_domain::id::AccountId;
use tasks_domain::operation::{Header, Reason};
use tasks_domain::plan::Context;
use tasks_domain::recurrence::{Anchor, Missed, Schedule};
use tasks_domain::recurring::settle::{self, Moment};
use tasks_domain::recurring::{Instance, Recurring};
use tasks_domain::register::Change;
use tasks_domain::when::{Now, When, Zone, resolve};

/// How long it waits after a look that failed, as with a full disk.
const AFTER_FAILURE_MS: i64 = 5_000;

impl<S: Store> Engine<S> {
    /// Makes what has come by `now` of rules that stack or skip what was missed, in one operation that undo passes by; when the next
    /// comes after that, in Unix milliseconds. `None` when nothing is waited for. Days begin in the zone of `now`.
    pub async fn arrive(&self, account: AccountId, now: Now) -> Result<Option<i64>, EngineError> {
        let next = self.store().read(account, move |tx: &dyn StoreRead| next_arrival(tx, now)).await?;
        if next.is_none_or(|at| at > now.unix_ms()) {
            return Ok(next);
        }
        let clock = self.clock();
        let job = move |tx: &mut dyn StoreTxn| {
            let stamp = next_stamp(tx, clock.now_unix_ms())?;
            let changes = arrived(tx.as_read(), Moment { now, stamp })?;
            if changes.is_empty() {
                return Ok(Verdict::RollBack(()));
            }
            let name = [stamp.hlc.bits().to_be_bytes().as_slice(), stamp.device.as_bytes()].concat();
            let header = Header {
                id: operation_id(b"arrival", &name),
                device: stamp.device,
                hlc: stamp.hlc,
                at_unix_ms: now.unix_ms(),
                reason: Reason::Clock,
                command: "made what came".to_owned(),
                confidence: None,
            };
            apply(tx, header, changes)?;
            Ok(Verdict::Commit(()))
        };
        self.store().write(account, job).await?;
        self.store().read(account, move |tx: &dyn StoreRead| next_arrival(tx, now)).await
    }

    /// Makes what comes for as long as the store is open: waits for exactly the next slot of a rule that acts on it, and looks again
    /// when something changed. With no such rule it waits for a change alone.
    pub async fn keep_arriving(&self, account: AccountId, zone: Zone, mut timer: Box<dyn Timer>) {
        let (mut commits, mut rules) = (self.commits(account), self.rules_watched());
        loop {
            // Before looking: what changes meanwhile is then a change again.
            rules.borrow_and_update();
            let clock = self.clock_unix_ms();
            let next = match Now::from_unix_ms(clock, zone) {
                Some(now) => self.arrive(account, now).await,
                None => Ok(None),
            };
            let next = next.unwrap_or_else(|error| {
                tracing::error!(%error, "what came again could not be made");
                Some(clock.saturating_add(AFTER_FAILURE_MS))
            });
            let wait = async {
                match next {
                    Some(at) => timer.wait(at).await,
                    None => std::future::pending().await,
                }
            };
            // Commits are only looked at for their end.
            let closed = async { while commits.changed().await.is_ok() {} };
            tokio::select! {
                () = wait => {}
                _ = rules.changed() => {}
                () = closed => return,
            }
        }
    }
}

/// The rules that act on a slot that comes, each with its schedule and occurrences.
fn acting(tx: &dyn StoreRead) -> Result<Vec<(Recurring, Schedule, Vec<Instance>)>, EngineError> {
    let mut found = Vec::new();
    for rule in names::all(tx)? {
        let acts = |schedule: &Schedule| schedule.anchor == Anchor::Calendar && schedule.missed != Missed::One;
        let Some(schedule) = rule.schedule.clone().filter(acts).filter(|_| rule.is_active()) else { continue };
        let mut ids: BTreeSet<_> = open(tx, rule.id)?.into_iter().collect();
        ids.extend(last_made(tx, rule.id)?);
        let none: [Change; 0] = [];
        let instances = Overlay::new(tx, &none).instances(&rule, ids)?;
        // Where nothing is open the next one is there already, or the rule is over.
        if instances.iter().any(Instance::is_open) {
            found.push((rule, schedule, instances));
        }
    }
    Ok(found)
}

/// When the next slot comes that a rule acts on; past when it has come.
fn next_arrival(tx: &dyn StoreRead, now: Now) -> Result<Option<i64>, EngineError> {
    let mut next: Option<i64> = None;
    for (_, schedule, instances) in acting(tx)? {
        let newest = instances.iter().map(|one| one.slot).max();
        let when = newest.and_then(|newest| schedule.next_arrival(&schedule.series(), newest));
        let at = when.map(|when| match when {
            When::Date(date) => resolve(date.and_time(NaiveTime::MIN), now.zone()).timestamp_millis(),
            When::At(time) => time.instant().timestamp_millis(),
        });
        next = next.into_iter().chain(at).min();
    }
    Ok(next)
}

/// What makes the slots that have come.
fn arrived(tx: &dyn StoreRead, at: Moment) -> Result<Vec<Change>, EngineError> {
    let mut changes = Vec::new();
    for (rule, _, instances) in acting(tx)? {
        let none: [Change; 0] = [];
        let overlay = Overlay::new(tx, &none);
        let settled = settle::arrive(&rule, &instances, at, &OfRule { overlay: &overlay, rule: rule.id })?;
        let source = instances.iter().max_by_key(|one| (one.slot, one.id)).map(|one| one.id);
        let made: BTreeMap<_, _> = settled.made.iter().filter_map(|(id, _)| Some((*id, source?))).collect();
        let (context, nothing) = (Context { now: at.now, stamp: at.stamp }, Command::Edit(Vec::new()));
        let reminders = reminding::changes(tx, &made, &nothing, &settled.changes, context)?;
        changes.extend(settled.changes);
        changes.extend(reminders);
    }
    Ok(changes)
}
