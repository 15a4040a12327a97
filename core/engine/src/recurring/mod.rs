//! What comes again, in a transaction: the domain decides which occurrences there are to be, here it is given what the store knows.
//!
//! `follow` runs after every plan that ends an occurrence or begins a rule, in the same operation, so that one undo takes all of
//! it back. `begin` makes a rule of what a text or a flag says, `scoped` changes one occurrence, those after it or all;
//! `shown` is what is told of one, `warn` what a person should know when one is made.

pub(crate) mod begin;
mod behave;
pub(crate) mod names;
pub(crate) mod reminding;
pub(crate) mod scoped;
mod shown;
mod warn;

pub(crate) use begin::{for_new, said};
pub(crate) use reminding::changes as reminders;
pub(crate) use scoped::{RuleEdit, Sorted, Wanted, sort, sort_deleted};
pub(crate) use shown::UPCOMING;
pub(crate) use shown::shown;

use crate::error::EngineError;
use crate::request::Caller;
use crate::store::{Class, Link, StoreRead};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tasks_domain::command::{Command, Step};
use tasks_domain::error::Error;
use tasks_domain::id::{RuleId, TaskId};
use tasks_domain::operation::CHANGES_MAX;
use tasks_domain::patch::Patch;
use tasks_domain::plan::{Plan, View};
use tasks_domain::recurrence::Missed;
use tasks_domain::recurring::parts::Part;
use tasks_domain::recurring::settle::Moment;
use tasks_domain::recurring::{Instance, Recurring, Tasks, settle};
use tasks_domain::register::{Change, EntityId, Registers};

/// Most sub-tasks that an occurrence hands on to the next.
const PARTS_MAX: usize = 1_000;

/// The rule, when anything was ever written to it.
pub(crate) fn rule(tx: &dyn StoreRead, id: RuleId) -> Result<Option<Recurring>, EngineError> {
    Ok(tx.entity(id.into())?.map(|registers| Recurring::read(id, registers)))
}

/// The store with what an operation is about to write.
pub(crate) struct Overlay<'a> {
    tx: &'a dyn StoreRead,
    written: HashMap<EntityId, Vec<&'a Change>>,
}

impl<'a> Overlay<'a> {
    pub(crate) fn new(tx: &'a dyn StoreRead, changes: &'a [Change]) -> Self {
        let mut written: HashMap<EntityId, Vec<&Change>> = HashMap::new();
        for change in changes {
            written.entry(change.entity).or_default().push(change);
        }
        Self { tx, written }
    }

    pub(crate) fn entity(&self, id: EntityId) -> Result<Option<Registers>, EngineError> {
        let stored = self.tx.entity(id)?;
        let Some(changes) = self.written.get(&id) else { return Ok(stored) };
        let mut registers = stored.unwrap_or_default();
        for change in changes {
            registers.merge(change);
        }
        Ok(Some(registers))
    }

    /// Those of these tasks that are occurrences of the rule.
    pub(crate) fn instances(
        &self,
        rule: &Recurring,
        ids: impl IntoIterator<Item = TaskId>,
    ) -> Result<Vec<Instance>, EngineError> {
        let mut found = Vec::new();
        for id in ids {
            let registers = self.entity(id.into())?;
            found.extend(registers.and_then(|registers| Instance::read(id, &registers, rule)));
        }
        Ok(found)
    }
}

/// What a rule asks of the store.
pub(crate) struct OfRule<'a> {
    pub(crate) overlay: &'a Overlay<'a>,
    pub(crate) rule: RuleId,
}

impl Tasks for OfRule<'_> {
    type Error = EngineError;

    fn registers(&self, id: TaskId) -> Result<Option<Registers>, EngineError> {
        self.overlay.entity(id.into())
    }

    fn parts(&self, of: TaskId) -> Result<Vec<Part>, EngineError> {
        let tx = self.overlay.tx;
        let mut parts: Vec<Part> = Vec::new();
        if !tx.has_links(Link::Parent)? {
            return Ok(parts);
        }
        let (mut seen, mut below) = (BTreeSet::from([of]), vec![of]);
        while let Some(parent) = below.pop() {
            for (child, class) in tx.linked(Link::Parent, parent)? {
                let counts = matches!(class, Class::Live | Class::Done);
                if !counts || parts.len() >= PARTS_MAX || !seen.insert(child) {
                    continue;
                }
                if let Some(registers) = self.overlay.entity(child.into())? {
                    below.push(child);
                    parts.push((child, registers));
                }
            }
        }
        Ok(parts)
    }

    fn made(&self) -> Result<u32, EngineError> {
        made(self.overlay.tx, self.rule)
    }
}

/// How many occurrences a rule made that are not taken back.
pub(crate) fn made(tx: &dyn StoreRead, rule: RuleId) -> Result<u32, EngineError> {
    let all = tx.linked(Link::Rule, Link::target(rule))?;
    Ok(u32::try_from(all.iter().filter(|(_, class)| *class != Class::Gone).count()).unwrap_or(u32::MAX))
}

/// The live occurrences of a rule.
pub(crate) fn open(tx: &dyn StoreRead, rule: RuleId) -> Result<Vec<TaskId>, EngineError> {
    let linked = tx.linked(Link::OpenOf, Link::target(rule))?;
    Ok(linked.into_iter().filter(|(_, class)| *class == Class::Live).map(|(id, _)| id).collect())
}

/// The occurrence that was made last, among those that are not taken back: by the order in which they came here.
pub(crate) fn last_made(tx: &dyn StoreRead, rule: RuleId) -> Result<Vec<TaskId>, EngineError> {
    const LOOKED_AT: usize = 16;
    let linked = tx.linked(Link::Rule, Link::target(rule))?;
    Ok(linked.into_iter().rev().filter(|(_, class)| *class != Class::Gone).map(|(id, _)| id).take(LOOKED_AT).collect())
}

/// What rules made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Followed {
    /// The occurrences, and after which one each was made.
    pub(crate) made: BTreeMap<TaskId, TaskId>,
    /// Rules of which nothing more will come.
    pub(crate) over: Vec<RuleId>,
    /// Those of them that act on slots that come while an occurrence is open.
    pub(crate) acts: BTreeSet<RuleId>,
}

/// Adds to `changes` what rules make of them: `rules` are those that an occurrence among `about` ended of, or that began.
pub(crate) fn follow(
    tx: &dyn StoreRead,
    rules: &BTreeSet<RuleId>,
    about: &[TaskId],
    changes: &mut Vec<Change>,
    at: Moment,
) -> Result<Followed, EngineError> {
    let mut followed = Followed::default();
    for id in rules {
        let overlay = Overlay::new(tx, changes);
        let Some(registers) = overlay.entity((*id).into())? else { continue };
        let rule = Recurring::read(*id, registers);
        let mut ids: BTreeSet<TaskId> = open(tx, *id)?.into_iter().collect();
        ids.extend(about);
        let mut instances = overlay.instances(&rule, ids)?;
        if instances.is_empty() {
            instances = overlay.instances(&rule, last_made(tx, *id)?)?;
        }
        let settled = settle(&rule, &instances, at, &OfRule { overlay: &overlay, rule: *id })?;
        let newest = instances.iter().max_by_key(|one| (one.slot, one.id)).map(|one| one.id);
        followed.made.extend(settled.made.iter().map(|(id, _)| (*id, newest.unwrap_or(*id))));
        let acts = rule.schedule.as_ref().is_some_and(|schedule| schedule.missed != Missed::One);
        followed.acts.extend(acts.then_some(*id));
        followed.over.extend(settled.is_over.then_some(*id));
        changes.extend(settled.changes);
    }
    Ok(followed)
}

/// What came of rules in a command.
#[derive(Clone, Debug, Default)]
pub(crate) struct After {
    /// Occurrences that were made, and after which one each was.
    pub(crate) made: BTreeMap<TaskId, TaskId>,
    /// Rules that ended.
    pub(crate) over: Vec<RuleId>,
    /// Those of which something ended that act on slots that come while an occurrence is open.
    pub(crate) acts: BTreeSet<RuleId>,
    /// Rules that began or changed.
    pub(crate) rules: Vec<RuleId>,
    pub(crate) warnings: Vec<String>,
}

/// Adds to a plan what rules make of it: their own changes, and the occurrences that there are to be.
pub(crate) fn after(
    tx: &dyn StoreRead,
    command: &Command,
    view: &View,
    edits: &[RuleEdit],
    planned: &mut Plan,
    caller: &Caller,
    at: Moment,
) -> Result<After, EngineError> {
    let mut after = After::default();
    let (mut follows, mut about) = (BTreeSet::new(), Vec::new());
    match command {
        Command::Step(Step::Done | Step::Delete, ids) => {
            follows = ids.iter().filter_map(|id| view.get(id)?.rule).collect();
            about.clone_from(ids);
        }
        Command::Step(..) => {}
        Command::Add(patches) | Command::Edit(patches) => {
            for (id, patch) in patches {
                match &patch.repeat {
                    Patch::Keep => {}
                    Patch::Clear => after.rules.extend(view.get(id).and_then(|task| task.rule)),
                    Patch::Set(repeat) => {
                        after.rules.push(repeat.rule);
                        about.push(*id);
                    }
                }
            }
            follows.extend(after.rules.iter().copied());
        }
    }
    for edit in edits {
        let changed = edit.changes(tx, &planned.changes, &caller.language(), at)?;
        if !changed.changes.is_empty() {
            planned.unchanged.retain(|id| !edit.open().contains(id));
        }
        planned.changes.extend(changed.changes);
        after.warnings.extend(changed.warnings);
        after.rules.push(changed.rule);
        follows.insert(changed.rule);
        about.extend(edit.open());
    }
    if follows.is_empty() {
        return Ok(after);
    }
    let Followed { made, over, acts } = follow(tx, &follows, &about, &mut planned.changes, at)?;
    (after.made, after.over, after.acts) = (made, over, acts);
    let touched: BTreeSet<TaskId> = planned.changes.iter().filter_map(|change| change.entity.task()).collect();
    planned.unchanged.retain(|id| !touched.contains(id));
    let changes = planned.changes.len();
    if changes > CHANGES_MAX {
        return Err(Error::TooManyChanges { changes, max: CHANGES_MAX }.into());
    }
    Ok(after)
}
