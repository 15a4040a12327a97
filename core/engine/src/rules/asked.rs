//! Requests about rules.

use crate::apply::{apply, next_stamp};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::lookup;
use crate::recurring::names::{self, Names};
use crate::recurring::scoped::{Sorted, Wanted};
use crate::recurring::{self, Followed, OfRule, Overlay, UPCOMING, begin, last_made, open, rule, shown};
use crate::reference::{self, Numbered};
use crate::request::{Caller, Fields, Write, Written};
use crate::store::{Store, StoreRead, StoreTxn, Verdict};
use crate::{log, past, text, view};
use std::collections::{BTreeMap, BTreeSet};
use tasks_domain::command::Command;
use tasks_domain::error::Error;
use tasks_domain::id::{AccountId, RuleId, TaskId};
use tasks_domain::operation::{Header, Reason};
use tasks_domain::plan::{Context, plan};
use tasks_domain::recurrence::RuleStatus;
use tasks_domain::recurring::settle::{self, Moment};
use tasks_domain::recurring::{Asked, Recurring, Scope, change};
use tasks_domain::register::Change;
use tasks_domain::shown::RuleShown;

/// What a request about rules comes to.
#[derive(Debug, Default)]
struct Planned {
    changes: Vec<Change>,
    /// The rules to tell of.
    rules: Vec<RuleId>,
    /// Tasks that changed along.
    tasks: Vec<TaskId>,
    /// Rules that may have to make something now, and the tasks of theirs that the request is about.
    follow: BTreeSet<RuleId>,
    /// What was made, and after which occurrence.
    sources: BTreeMap<TaskId, TaskId>,
    made: Vec<TaskId>,
    warnings: Vec<String>,
}

impl<S: Store> Engine<S> {
    /// The rules named, each with so many coming dates; all of them, by what comes next, when none is named. Ended ones are left
    /// out of all unless `ended`.
    pub async fn rules(
        &self,
        account: AccountId,
        caller: Caller,
        references: Vec<String>,
        ended: bool,
        upcoming: usize,
    ) -> Result<Vec<RuleShown>, EngineError> {
        let read = move |tx: &dyn StoreRead| {
            past::at(tx, caller.moment(), |tx| {
                let all = names::all(tx)?;
                let names = Names::of(&all);
                let wanted: Vec<Recurring> = if references.is_empty() {
                    all
                } else {
                    let single = reference::single(tx, &references, Numbered::Live)?;
                    single.iter().map(|reference| names::find(tx, reference)).collect::<Result<_, _>>()?
                };
                let mut rules = Vec::with_capacity(wanted.len());
                for rule in wanted {
                    let one = shown(tx, rule, upcoming, Some(&names), caller.now)?;
                    let goes_on = matches!(one.status, RuleStatus::Active | RuleStatus::Paused);
                    if goes_on || ended || !references.is_empty() {
                        rules.push(one);
                    }
                }
                if references.is_empty() {
                    let key = |one: &RuleShown| one.next_due().map_or(i64::MAX, |when| when.sort_key());
                    rules.sort_by_key(|one| (one.status as u8, key(one), one.rule.id));
                }
                Ok(rules)
            })
        };
        self.store().read(account, read).await
    }

    /// Pauses rules, lets them go on, or ends them. Open occurrences stay.
    pub async fn step_rules(
        &self,
        account: AccountId,
        write: Write,
        references: Vec<String>,
        asked: Asked,
    ) -> Result<Written, EngineError> {
        self.change_rules(account, write, move |tx, _, at| {
            let mut planned = Planned::default();
            for reference in reference::single(tx, &references, Numbered::Live)? {
                let rule = names::find(tx, &reference)?;
                if planned.rules.contains(&rule.id) {
                    continue;
                }
                planned.changes.extend(change::step(&rule, asked.status(), at.stamp, at.now.unix_ms()));
                planned.rules.push(rule.id);
                if asked == Asked::Resume {
                    planned.follow.insert(rule.id);
                }
            }
            Ok(planned)
        })
        .await
    }

    /// Changes a rule with its open occurrences by a text (what they are), by fields and flags, or all of it.
    pub async fn edit_rule(
        &self,
        account: AccountId,
        write: Write,
        reference: String,
        said: String,
        fields: Fields,
    ) -> Result<Written, EngineError> {
        self.change_rules(account, write, move |tx, caller, at| {
            let language = caller.language();
            let rule = names::find(tx, &reference)?;
            let (said, fields) = text::rule_alone(&said, &fields);
            let flags = text::fields(tx, &fields, &language)?;
            let (patch, reading) = if said.trim().is_empty() {
                (flags, None)
            } else {
                let (patch, reading) = text::edit(said, &language)?;
                (flags.over(patch), Some(reading))
            };
            let said = begin::said(&fields, reading.as_ref(), &language)?;
            let wanted = Wanted { patch, said, rule: fields.rule.clone(), scope: Some(Scope::All) };
            let named = open(tx, rule.id)?.first().map(|id| lookup::task(tx, *id)).transpose()?.flatten();
            let mut sorted = Sorted::default();
            let id = rule.id;
            sorted.whole(tx, rule, named.as_ref(), None, &wanted)?;
            let command = Command::Edit(sorted.edits);
            let loaded = view::load(tx, &command)?;
            let mut planned = Planned { rules: vec![id], tasks: command.targets(), ..Planned::default() };
            planned.changes = plan(&command, &loaded, Context { now: at.now, stamp: at.stamp })?.changes;
            for edit in &sorted.rules {
                let changed = edit.changes(tx, &planned.changes, &language, at)?;
                planned.changes.extend(changed.changes);
                planned.warnings.extend(changed.warnings);
            }
            planned.follow.insert(id);
            Ok(planned)
        })
        .await
    }

    /// Makes the next occurrence of a rule now, whatever is open. Fails when the rule came to its end.
    pub async fn generate(&self, account: AccountId, write: Write, reference: String) -> Result<Written, EngineError> {
        self.change_rules(account, write, move |tx, _, at| {
            let rule = names::find(tx, &reference)?;
            if rule.said == RuleStatus::Cancelled {
                return Err(Error::RuleEnded { title: rule.template.title, reference: reference.clone() }.into());
            }
            let mut ids: BTreeSet<TaskId> = open(tx, rule.id)?.into_iter().collect();
            ids.extend(last_made(tx, rule.id)?);
            let none: [Change; 0] = [];
            let overlay = Overlay::new(tx, &none);
            let instances = overlay.instances(&rule, ids)?;
            let settled = settle::generate(&rule, &instances, at, &OfRule { overlay: &overlay, rule: rule.id })?;
            if settled.is_over {
                return Err(Error::RuleIsOver { title: rule.template.title }.into());
            }
            let newest = instances.iter().max_by_key(|one| (one.slot, one.id)).map(|one| one.id);
            let sources = settled.made.iter().map(|(id, _)| (*id, newest.unwrap_or(*id))).collect();
            Ok(Planned { changes: settled.changes, rules: vec![rule.id], sources, ..Planned::default() })
        })
        .await
    }

    async fn change_rules<P>(&self, account: AccountId, write: Write, ask: P) -> Result<Written, EngineError>
    where
        P: Fn(&dyn StoreRead, &Caller, Moment) -> Result<Planned, EngineError> + Send + 'static,
    {
        let clock = self.clock();
        let job = move |tx: &mut dyn StoreTxn| {
            if let Some((_, done)) = tx.operation(write.operation)? {
                if done.header.command != write.command {
                    return Err(Error::OperationReused.into());
                }
                return Ok(Verdict::RollBack(again(tx.as_read(), &done, &write)?));
            }
            let stamp = next_stamp(tx, clock.now_unix_ms())?;
            let at = Moment { now: write.caller.now, stamp };
            let mut planned = ask(tx.as_read(), &write.caller, at)?;
            let Followed { made, .. } =
                recurring::follow(tx.as_read(), &planned.follow, &planned.tasks, &mut planned.changes, at)?;
            planned.sources.extend(made);
            planned.made = planned.sources.keys().copied().collect();
            let (context, none) = (Context { now: at.now, stamp }, Command::Edit(Vec::new()));
            let reminders =
                recurring::reminding::changes(tx.as_read(), &planned.sources, &none, &planned.changes, context)?;
            planned.changes.extend(reminders);
            let changes_nothing = planned.changes.is_empty();
            let mut written =
                Written { dry_run: write.dry_run, warnings: planned.warnings.clone(), ..Written::default() };
            written.touched.clone_from(&planned.rules);
            if !changes_nothing {
                let header = Header {
                    id: write.operation,
                    device: stamp.device,
                    hlc: stamp.hlc,
                    at_unix_ms: write.caller.now.unix_ms(),
                    reason: Reason::User,
                    command: write.command.clone(),
                    confidence: None,
                };
                apply(tx, header, std::mem::take(&mut planned.changes))?;
                written.operation = log::entry(tx.as_read(), write.operation)?.filter(|_| !write.dry_run);
            }
            tell(tx.as_read(), &write, &planned, &mut written)?;
            Ok(if write.dry_run || changes_nothing { Verdict::RollBack(written) } else { Verdict::Commit(written) })
        };
        let written = self.store().write(account, job).await?;
        self.touched().add(account, written.touched.iter().copied());
        Ok(written)
    }
}

/// Shows rules and tasks as they are after the request.
fn tell(tx: &dyn StoreRead, write: &Write, planned: &Planned, written: &mut Written) -> Result<(), EngineError> {
    let names = Names::of(&names::all(tx)?);
    for id in &planned.rules {
        if let Some(rule) = rule(tx, *id)? {
            written.rules.push(shown(tx, rule, UPCOMING, Some(&names), write.caller.now)?);
        }
    }
    for (ids, into) in [(&planned.tasks, &mut written.tasks), (&planned.made, &mut written.made)] {
        for id in ids {
            into.extend(view::shown_by_id(tx, *id, write.caller.now)?);
        }
        into.sort_by_key(|shown| shown.task.slot.clone());
    }
    Ok(())
}

/// The answer to a request that was done already.
fn again(tx: &dyn StoreRead, done: &tasks_domain::operation::Operation, write: &Write) -> Result<Written, EngineError> {
    let mut written = Written { operation: log::entry(tx, write.operation)?, ..Written::default() };
    let rules: BTreeSet<RuleId> = done.changes.iter().filter_map(|(change, _)| change.entity.rule()).collect();
    let planned = Planned { rules: rules.into_iter().collect(), tasks: log::touched(tx, done)?, ..Planned::default() };
    tell(tx, write, &planned, &mut written)?;
    Ok(written)
}
