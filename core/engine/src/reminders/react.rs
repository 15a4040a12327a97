//! What people do on a notification, as commands of theirs.

use super::deliver::operation_id;
use crate::apply::{apply, next_stamp};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::recurring;
use crate::remind::load::{self, Loaded};
use crate::store::{Store, StoreRead, StoreTxn, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use tasks_domain::command::{Command, Step};
use tasks_domain::id::{AccountId, DeliveryId, RuleId, TaskId};
use tasks_domain::operation::{Header, Reason};
use tasks_domain::plan::{self as tasks, Context};
use tasks_domain::recurring::settle::Moment;
use tasks_domain::register::Change;
use tasks_domain::reminder::{Reacted, Reaction, plan};
use tasks_domain::task::Task;
use tasks_domain::when::{Now, Zone};

impl<S: Store> Engine<S> {
    /// Does what somebody asked for on a notification. Nothing when it was reacted to already.
    pub async fn react(&self, account: AccountId, reacted: Reacted) -> Result<(), EngineError> {
        let clock = self.clock();
        let job = move |tx: &mut dyn StoreTxn| {
            let now = clock.now_unix_ms();
            let Some(now_there) = Now::from_unix_ms(now, Zone::UTC) else {
                return Ok(Verdict::RollBack(BTreeSet::new()));
            };
            let stamp = next_stamp(tx, now)?;
            let (changes, rules) = changes(tx.as_read(), &reacted, Context { now: now_there, stamp })?;
            if changes.is_empty() {
                return Ok(Verdict::RollBack(rules));
            }
            let header = Header {
                id: operation_id(
                    b"reaction",
                    &[&stamp.hlc.bits().to_be_bytes(), stamp.device.as_bytes().as_slice()].concat(),
                ),
                device: stamp.device,
                hlc: stamp.hlc,
                at_unix_ms: now,
                reason: Reason::User,
                command: command(reacted.reaction).to_owned(),
                confidence: None,
            };
            apply(tx, header, changes)?;
            Ok(Verdict::Commit(rules))
        };
        let rules = self.store().write(account, job).await?;
        self.touched().add(account, rules);
        Ok(())
    }
}

fn command(reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::Done => "done (on the notification)",
        Reaction::Snooze(_) => "snooze (on the notification)",
        Reaction::Open => "open (on the notification)",
        Reaction::Dismissed => "dismiss (on the notification)",
    }
}

/// What it changes, and the rules of what it ends.
fn changes(
    tx: &dyn StoreRead,
    reacted: &Reacted,
    context: Context,
) -> Result<(Vec<Change>, BTreeSet<RuleId>), EngineError> {
    let (mut changes, mut rules) = (Vec::new(), BTreeSet::new());
    let mut view: BTreeMap<TaskId, Task> = BTreeMap::new();
    // A day is over where the person is, as far as a reminder knows that.
    let mut now = context.now;
    for row in &reacted.rows {
        let Some(loaded) = of_row(tx, *row)? else { continue };
        let about = loaded.about();
        match reacted.reaction {
            Reaction::Snooze(length) => {
                let until = context.now.unix_ms().saturating_add(length.num_milliseconds());
                // The task may have ended meanwhile: then there is nothing to put off.
                changes.extend(plan::snooze(about, until, context).unwrap_or_default());
            }
            Reaction::Done => {
                changes.extend(plan::acknowledge(about, "done", context));
                now = Now::new(now.instant(), loaded.reminder.zone());
                let live = loaded.task.filter(|task| task.exists && task.status().is_live());
                view.extend(live.map(|task| (task.id, task)));
            }
            Reaction::Open => changes.extend(plan::acknowledge(about, "opened", context)),
            Reaction::Dismissed => changes.extend(plan::acknowledge(about, "dismissed", context)),
        }
    }
    if !view.is_empty() {
        let done = Command::Step(Step::Done, view.keys().copied().collect());
        let mut planned = tasks::plan(&done, &view, context)?.changes;
        rules = view.values().filter_map(|task| task.rule).collect();
        let at = Moment { now, stamp: context.stamp };
        let followed = recurring::follow(tx, &rules, &done.targets(), &mut planned, at)?;
        let following = recurring::reminders(tx, &followed.made, &done, &planned, context)?;
        changes.extend(planned.into_iter().chain(following));
    }
    Ok((changes, rules))
}

/// The reminder of a row, as long as that row is the one it is about.
fn of_row(tx: &dyn StoreRead, id: DeliveryId) -> Result<Option<Loaded>, EngineError> {
    let Some(row) = load::row(tx, id)? else { return Ok(None) };
    let loaded = load::loaded(tx, row.reminder)?;
    Ok(loaded.filter(|loaded| loaded.row.as_ref().is_some_and(|row| row.id == id)))
}
