//! Slots that come while an older occurrence is open, of rules that stack what was missed or skip it: they are waited for like
//! reminders, by the wall clock, and nothing is polled.

use crate::apply::{apply, next_stamp};
use crate::clock::Timer;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::recurring::{self, OfRule, Overlay, last_made, names, open, reminding};
use crate::reminders::deliver::operation_id;
use crate::store::{Store, StoreRead, StoreTxn, Verdict};
use chrono::NaiveTime;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tasks_domain::command::Command;
use tasks_domain::id::{AccountId, RuleId};
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
        Ok(self.arrive_of(account, now, None).await?.into_values().min())
    }

    /// The same for these rules only, or for all; when each of them makes something next.
    async fn arrive_of(
        &self,
        account: AccountId,
        now: Now,
        of: Option<BTreeSet<RuleId>>,
    ) -> Result<BTreeMap<RuleId, i64>, EngineError> {
        let (of, clock) = (Arc::new(of), self.clock());
        let look = |of: Arc<Option<BTreeSet<RuleId>>>| move |tx: &dyn StoreRead| next_arrivals(tx, (*of).as_ref(), now);
        let next = self.store().read(account, look(Arc::clone(&of))).await?;
        if next.values().all(|at| *at > now.unix_ms()) {
            return Ok(next);
        }
        let again = look(Arc::clone(&of));
        let job = move |tx: &mut dyn StoreTxn| {
            let stamp = next_stamp(tx, clock.now_unix_ms())?;
            let changes = arrived(tx.as_read(), (*of).as_ref(), Moment { now, stamp })?;
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
        self.store().read(account, again).await
    }

    /// Makes what comes for as long as the store is open: waits for exactly the next slot of a rule that acts on it, and looks again
    /// at the rules that changed, and at those whose time has come. With no such rule it waits for a change alone.
    pub async fn keep_arriving(&self, account: AccountId, zone: Zone, mut timer: Box<dyn Timer>) {
        let (mut commits, mut rules) = (self.commits(account), self.touched().watch());
        // When each rule that acts on it makes something next. All are looked at once, when the process begins.
        let (mut coming, mut all) = (BTreeMap::<RuleId, i64>::new(), true);
        loop {
            // Before looking: what changes meanwhile is then a change again.
            rules.borrow_and_update();
            let clock = self.clock_unix_ms();
            let mut of = self.touched().take(account);
            of.extend(coming.iter().filter(|(_, at)| **at <= clock).map(|(id, _)| *id));
            let looked = match Now::from_unix_ms(clock, zone) {
                Some(now) if all || !of.is_empty() => {
                    self.arrive_of(account, now, Some(of.clone()).filter(|_| !all)).await
                }
                _ => Ok(BTreeMap::new()),
            };
            let next = match looked {
                Ok(next) => {
                    all = false;
                    coming.retain(|id, _| !of.contains(id));
                    coming.extend(next);
                    coming.values().min().copied()
                }
                Err(error) => {
                    tracing::error!(%error, "what came again could not be made");
                    // Whatever it was about is looked at again.
                    all = true;
                    Some(clock.saturating_add(AFTER_FAILURE_MS))
                }
            };
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

/// The rules, all or of these, that act on a slot that comes, each with its schedule and occurrences.
fn acting(
    tx: &dyn StoreRead,
    of: Option<&BTreeSet<RuleId>>,
) -> Result<Vec<(Recurring, Schedule, Vec<Instance>)>, EngineError> {
    let (mut found, mut rules) = (Vec::new(), Vec::new());
    match of {
        None => rules = names::all(tx)?,
        Some(ids) => {
            for id in ids {
                rules.extend(recurring::rule(tx, *id)?.filter(|rule| rule.exists));
            }
        }
    }
    for rule in rules {
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

/// When the next slot comes that each of these rules acts on; past when it has come.
fn next_arrivals(
    tx: &dyn StoreRead,
    of: Option<&BTreeSet<RuleId>>,
    now: Now,
) -> Result<BTreeMap<RuleId, i64>, EngineError> {
    let mut next = BTreeMap::new();
    for (rule, schedule, instances) in acting(tx, of)? {
        let newest = instances.iter().map(|one| one.slot).max();
        let when = newest.and_then(|newest| schedule.next_arrival(&schedule.series(), newest));
        let at = when.map(|when| match when {
            When::Date(date) => resolve(date.and_time(NaiveTime::MIN), now.zone()).timestamp_millis(),
            When::At(time) => time.instant().timestamp_millis(),
        });
        next.extend(at.map(|at| (rule.id, at)));
    }
    Ok(next)
}

/// What makes the slots that have come.
fn arrived(tx: &dyn StoreRead, of: Option<&BTreeSet<RuleId>>, at: Moment) -> Result<Vec<Change>, EngineError> {
    let mut changes = Vec::new();
    for (rule, _, instances) in acting(tx, of)? {
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
