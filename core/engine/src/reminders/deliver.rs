//! One delivery: from what is due to what the ledger says of it.

use crate::apply::{apply, next_stamp};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::remind::load::{self, Loaded};
use crate::store::{Alarm, Store, StoreError, StoreRead, StoreTxn, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::time::Duration;
use tasks_domain::id::{AccountId, OperationId, ReminderId};
use tasks_domain::operation::{Header, Reason};
use tasks_domain::plan::Context;
use tasks_domain::reminder::{Channel, Delivery, Next, Notice, Outcome, Slot, plan};
use tasks_domain::when::{Now, Zone};

/// Missed reminders that are shown each by itself; more become one digest.
const POP_UPS_MAX: usize = 3;
/// Most reminders of one digest, so that recording it stays one small operation.
const DIGEST_MAX: usize = 500;
/// Reminders that one look passes by at most: those under way, and those whose channel is busy.
const PASSED_MAX: usize = 10_000;

/// Deliveries at once over one sort of channel: one that does not answer holds up its own sort only.
const LANES: [(&str, usize); 3] = [("desktop", 4), ("email", 2), ("webhook", 8)];

/// What is under way.
#[derive(Debug, Default)]
pub(super) struct UnderWay {
    reminders: BTreeSet<ReminderId>,
    lanes: BTreeMap<&'static str, usize>,
}

impl UnderWay {
    pub(super) fn begin(&mut self, delivery: &Delivery) {
        self.reminders.extend(delivery.notices.iter().map(|notice| notice.reminder));
        *self.lanes.entry(delivery.channel.as_str()).or_default() += 1;
    }

    pub(super) fn end(&mut self, delivery: &Delivery) {
        delivery.notices.iter().for_each(|notice| _ = self.reminders.remove(&notice.reminder));
        if let Some(lane) = self.lanes.get_mut(delivery.channel.as_str()) {
            *lane = lane.saturating_sub(1);
        }
    }

    /// Deliveries that may begin now.
    fn room(&self) -> BTreeMap<&'static str, usize> {
        let used = |name| self.lanes.get(name).copied().unwrap_or(0);
        LANES.into_iter().map(|(name, most)| (name, most.saturating_sub(used(name)))).collect()
    }
}

/// What a look at the alarms found.
#[derive(Debug, Default)]
pub(super) struct Due {
    /// To begin now.
    pub(super) deliveries: Vec<Delivery>,
    /// When the next alarm is, in Unix milliseconds; one that is past and not under way waits for a delivery to end.
    pub(super) next: Option<i64>,
}

/// Looks what is due at `now`; with `held`, also at what waits for a channel.
pub(super) fn due(tx: &dyn StoreRead, under_way: &UnderWay, now_unix_ms: i64, held: bool) -> Result<Due, EngineError> {
    let mut ids = Vec::new();
    let mut collect = |_: Alarm, id: ReminderId| {
        if !under_way.reminders.contains(&id) {
            ids.push(id);
        }
        if ids.len() < PASSED_MAX { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    if held {
        tx.alarms(Alarm::Held, Alarm::Held, &mut collect)?;
    }
    tx.alarms(Alarm::At(i64::MIN), Alarm::At(now_unix_ms), &mut collect)?;
    let mut next = None;
    tx.alarms(Alarm::At(now_unix_ms.saturating_add(1)), Alarm::At(i64::MAX), &mut |alarm, _| {
        if let Alarm::At(at) = alarm {
            next = Some(at);
        }
        ControlFlow::Break(())
    })?;
    let mut room = under_way.room();
    let (mut single, mut missed) = (Vec::new(), BTreeMap::<Channel, Vec<Notice>>::new());
    for id in ids {
        if room.values().all(|room| *room == 0) {
            break;
        }
        let Some((channel, notice)) = notice(tx, id, now_unix_ms)? else { continue };
        if room.get(channel.as_str()).is_none_or(|room| *room == 0) {
            continue;
        }
        // Programs are told of each by itself; a person who was away is told once.
        if notice.is_late() && notice.attempt == 1 && !matches!(channel, Channel::Webhook { .. }) {
            missed.entry(channel).or_default().push(notice);
        } else {
            take(&mut room, &channel);
            single.push(Delivery { channel, notices: vec![notice] });
        }
    }
    for (channel, mut notices) in missed {
        notices.sort_by_key(|notice| notice.at_unix_ms);
        let size = if notices.len() > POP_UPS_MAX { DIGEST_MAX } else { 1 };
        for notices in notices.chunks(size) {
            if take(&mut room, &channel) {
                single.push(Delivery { channel: channel.clone(), notices: notices.to_vec() });
            }
        }
    }
    Ok(Due { deliveries: single, next })
}

/// Takes a place, when there is one.
fn take(room: &mut BTreeMap<&'static str, usize>, channel: &Channel) -> bool {
    let Some(room) = room.get_mut(channel.as_str()).filter(|room| **room > 0) else { return false };
    *room -= 1;
    true
}

/// What a host is to deliver of a reminder; `None` for one that is not to come now.
fn notice(tx: &dyn StoreRead, id: ReminderId, now_unix_ms: i64) -> Result<Option<(Channel, Notice)>, EngineError> {
    let Some(loaded) = load::loaded(tx, id)? else { return Ok(None) };
    let standing = loaded.standing();
    let comes = match standing.next {
        Next::At(at) => at <= now_unix_ms,
        Next::Channel => true,
        Next::Nothing => false,
    };
    let (Some(slot), true) = (standing.slot, comes) else {
        tracing::warn!(?id, "an alarm is set for a reminder that waits for nothing");
        return Ok(None);
    };
    let notice = told(tx, &loaded, slot, now_unix_ms)?;
    Ok(notice.map(|notice| (loaded.reminder.channel.clone(), notice)))
}

/// What there is to say of a reminder now; `None` without a task.
pub(super) fn told(
    tx: &dyn StoreRead,
    loaded: &Loaded,
    slot: Slot,
    now_unix_ms: i64,
) -> Result<Option<Notice>, EngineError> {
    let now = Now::from_unix_ms(now_unix_ms, loaded.reminder.zone());
    let (Some(task), Some(now)) = (&loaded.task, now) else { return Ok(None) };
    Ok(Some(Notice {
        reminder: loaded.reminder.id,
        row: slot.row,
        task: task.id,
        number: tx.number_of(task.id)?,
        title: task.title.clone(),
        project: task.project.as_ref().map(|project| project.as_str().to_owned()),
        due: task.due,
        priority: task.priority(),
        at_unix_ms: slot.at_unix_ms,
        now,
        told_unix_ms: now_unix_ms,
        attempt: u32::try_from(loaded.row.as_ref().map_or(0, |row| row.attempts.len()) + 1).unwrap_or(u32::MAX),
    }))
}

impl<S: Store> Engine<S> {
    /// Writes into the ledger what became of a delivery. Tries until it is written, so that nothing that was sent is sent again
    /// while this process lives; gives up when the store is closed.
    pub(super) async fn record(
        &self,
        account: AccountId,
        delivery: &Delivery,
        outcome: &Outcome,
    ) -> Result<(), StoreError> {
        let mut wait = Duration::from_secs(1);
        loop {
            match self.write_outcome(account, delivery.clone(), outcome.clone()).await {
                Ok(()) => return Ok(()),
                Err(EngineError::Store(StoreError::Closed)) => return Err(StoreError::Closed),
                Err(error) => {
                    tracing::error!(%error, key = %delivery.key(), "what became of a reminder could not be written");
                }
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(Duration::from_mins(1));
        }
    }

    async fn write_outcome(&self, account: AccountId, delivery: Delivery, outcome: Outcome) -> Result<(), EngineError> {
        let clock = self.clock();
        let job = move |tx: &mut dyn StoreTxn| {
            let now = clock.now_unix_ms();
            let Some(now_there) = Now::from_unix_ms(now, Zone::UTC) else { return Ok(Verdict::RollBack(())) };
            let stamp = next_stamp(tx, now)?;
            let context = Context { now: now_there, stamp };
            let digest = delivery.is_digest().then(|| u32::try_from(delivery.notices.len()).unwrap_or(u32::MAX));
            let mut changes = Vec::new();
            for notice in &delivery.notices {
                if let Some(loaded) = as_delivered(tx.as_read(), notice)? {
                    let slot = slot_of(&loaded, notice);
                    changes.extend(plan::outcome(loaded.about(), &slot, &outcome, digest, context));
                }
            }
            if changes.is_empty() {
                return Ok(Verdict::RollBack(()));
            }
            // No two operations of a replica have one stamp.
            let name = [stamp.hlc.bits().to_be_bytes().as_slice(), stamp.device.as_bytes()].concat();
            let header = Header {
                id: operation_id(b"delivery", &name),
                device: stamp.device,
                hlc: stamp.hlc,
                at_unix_ms: now,
                reason: Reason::Clock,
                command: said(&delivery, &outcome),
                confidence: None,
            };
            apply(tx, header, changes)?;
            Ok(Verdict::Commit(()))
        };
        self.store().write(account, job).await
    }
}

/// The reminder with the row that was delivered, whatever became of the task meanwhile.
fn as_delivered(tx: &dyn StoreRead, notice: &Notice) -> Result<Option<Loaded>, EngineError> {
    let Some(mut loaded) = load::loaded(tx, notice.reminder)? else { return Ok(None) };
    if loaded.row.as_ref().is_none_or(|row| row.id != notice.row) {
        loaded.row = load::row(tx, notice.row)?;
    }
    Ok(Some(loaded))
}

/// The slot that was delivered, whatever the reminder is about by now.
fn slot_of(loaded: &Loaded, notice: &Notice) -> Slot {
    let current = loaded.standing().slot.filter(|slot| slot.row == notice.row);
    let round = loaded.row.as_ref().map_or(0, |row| row.round);
    let (meant_unix_ms, at_unix_ms) = (notice.at_unix_ms, notice.at_unix_ms);
    current.unwrap_or(Slot { meant_unix_ms, at_unix_ms, round, row: notice.row })
}

/// What the log calls it.
fn said(delivery: &Delivery, outcome: &Outcome) -> String {
    let what = match outcome {
        Outcome::Sent => "reminded",
        Outcome::Failed { .. } | Outcome::Refused { .. } => "could not remind",
        Outcome::Held { .. } => "holds back the reminder",
    };
    match delivery.notices.as_slice() {
        [one] => format!("{what} of \"{}\"", one.title),
        several => format!("{what} of {} tasks at once", several.len()),
    }
}

/// An id that follows from what an operation is about.
pub(crate) fn operation_id(purpose: &[u8], name: &[u8]) -> OperationId {
    let name = [purpose, b":", name].concat();
    OperationId::from_bytes(uuid::Uuid::new_v5(&uuid::Uuid::nil(), &name).into_bytes())
}
