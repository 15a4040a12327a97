//! A change of one occurrence, of those after it too, or of all: which tasks it is about, and what becomes of their rule.

use super::begin::{Said, for_task, schedule_for};
use super::{Overlay, behave, open, rule, warn};
use crate::error::EngineError;
use crate::lookup;
use crate::request::RuleFields;
use crate::store::StoreRead;
use std::collections::BTreeSet;
use tasks_domain::error::Error;
use tasks_domain::id::{RuleId, TaskId};
use tasks_domain::patch::{Patch, TaskPatch};
use tasks_domain::plan::template::patched;
use tasks_domain::recurrence::{RuleStatus, Schedule, Slot};
use tasks_domain::recurring::offset::Offset;
use tasks_domain::recurring::settle::Moment;
use tasks_domain::recurring::{Instance, Recurring, Scope, change};
use tasks_domain::register::{Change, Registers};
use tasks_domain::task::Task;
use tasks_domain::when::{Now, When};
use tasks_language::{Context, RuleReading};

/// What is asked for of some tasks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) patch: TaskPatch,
    pub(crate) said: Said,
    pub(crate) rule: RuleFields,
    pub(crate) scope: Option<Scope>,
}

/// A rule to change, with the occurrences that follow it.
#[derive(Clone, Debug)]
pub(crate) struct RuleEdit {
    rule: Recurring,
    /// Cut before this slot; the whole rule without.
    cut: Option<Slot>,
    /// When the occurrence that was named is due: what distances are measured from.
    due: Option<When>,
    wanted: Wanted,
    /// It ends there, instead of being changed.
    ends: bool,
    /// Open occurrences that go along, earliest first.
    open: Vec<TaskId>,
}

/// What is to be planned.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sorted {
    /// Tasks with their patches.
    pub(crate) edits: Vec<(TaskId, TaskPatch)>,
    /// Rules to change besides.
    pub(crate) rules: Vec<RuleEdit>,
    /// Why dates are not where the words would have them.
    pub(crate) warnings: Vec<String>,
}

/// Sorts what is asked of tasks into what becomes of them and of their rules.
pub(crate) fn sort(
    tx: &dyn StoreRead,
    ids: &[TaskId],
    wanted: &Wanted,
    language: &Context,
    sorted: &mut Sorted,
) -> Result<(), EngineError> {
    let mut done: BTreeSet<RuleId> = sorted.rules.iter().map(|edit| edit.rule.id).collect();
    for id in ids {
        let task = lookup::task(tx, *id)?;
        let going = task.as_ref().map(|task| going(tx, task)).transpose()?.flatten();
        let (Some(task), Some((rule, slot))) = (&task, going) else {
            sorted.plain(tx, *id, task.as_ref(), wanted, language)?;
            continue;
        };
        let of_rule = !matches!(wanted.said.rule, Patch::Keep) || wanted.rule != RuleFields::default();
        if wanted.said.rule == Patch::Clear {
            sorted.plain(tx, *id, Some(task), wanted, language)?;
            continue;
        }
        let about_ties = TaskPatch {
            add_after: wanted.patch.add_after.clone(),
            remove_after: wanted.patch.remove_after.clone(),
            clear_after: wanted.patch.clear_after,
            ..TaskPatch::default()
        };
        let scope = match wanted.scope {
            Some(scope) => scope,
            None if of_rule => Scope::All,
            None if wanted.patch == about_ties => Scope::This,
            None => return Err(Error::WhichOccurrences { title: task.title.clone() }.into()),
        };
        if scope == Scope::This {
            if of_rule {
                let reason = "one occurrence alone cannot have a rule";
                let instead = "say --future or --all; or move it: tasks edit ID --this friday";
                return Err(Error::NotForOccurrences { reason, instead }.into());
            }
            sorted.edits.push((*id, wanted.patch.clone()));
        } else if done.insert(rule.id) {
            let cut = Some(slot).filter(|_| scope == Scope::Future);
            sorted.whole(tx, rule, Some(task), cut, wanted)?;
        }
    }
    Ok(())
}

/// The rule of an occurrence that goes on, and its slot there.
fn going(tx: &dyn StoreRead, task: &Task) -> Result<Option<(Recurring, Slot)>, EngineError> {
    let Some(id) = task.rule.filter(|_| task.status().is_live()) else { return Ok(None) };
    let slot = task.slot.as_deref().and_then(|slot| slot.parse().ok());
    let goes_on = |rule: &Recurring| {
        rule.exists && rule.schedule.is_some() && matches!(rule.said, RuleStatus::Active | RuleStatus::Paused)
    };
    Ok(rule(tx, id)?.filter(goes_on).zip(slot))
}

impl Sorted {
    /// A task that is of no rule, or leaves it, or gets one.
    fn plain(
        &mut self,
        tx: &dyn StoreRead,
        id: TaskId,
        task: Option<&Task>,
        wanted: &Wanted,
        language: &Context,
    ) -> Result<(), EngineError> {
        let Some(task) = task else {
            // The plan says that there is none.
            self.edits.push((id, wanted.patch.clone()));
            return Ok(());
        };
        let begins = matches!(wanted.said.rule, Patch::Set(_));
        let of_rule = wanted.rule != RuleFields::default() || matches!(wanted.scope, Some(Scope::Future | Scope::All));
        if !begins && of_rule {
            let reference = tx.number_of(id)?.map_or_else(|| id.letters(), |number| number.to_string());
            return Err(Error::NotRecurring { reference, title: task.title.clone() }.into());
        }
        let (mut patch, mut warned) = for_task(tx, task, wanted.patch.clone(), &wanted.said, language.now)?;
        if let Patch::Set(repeat) = &mut patch.repeat {
            repeat.schedule = behave::with(repeat.schedule.clone(), &wanted.rule, language)?;
            let series = repeat.schedule.series();
            let due = series.first().map(|slot| series.occurrence(slot).when);
            if let (Patch::Set(dates), Some(due)) = (&mut patch.schedule, due) {
                dates.due = due;
            }
        }
        self.warnings.append(&mut warned);
        self.edits.push((id, patch));
        Ok(())
    }

    /// A rule as a whole, or from a slot on, with its open occurrences.
    pub(crate) fn whole(
        &mut self,
        tx: &dyn StoreRead,
        rule: Recurring,
        named: Option<&Task>,
        cut: Option<Slot>,
        wanted: &Wanted,
    ) -> Result<(), EngineError> {
        let none: [Change; 0] = [];
        let mut instances = Overlay::new(tx, &none).instances(&rule, open(tx, rule.id)?)?;
        instances.retain(|one| cut.is_none_or(|slot| one.slot >= slot));
        instances.sort_by_key(|one| (one.slot, one.id));
        // What a patch says of dates is said of the rule, and comes from there; what it says of a moment keeps its distance.
        let due = named.and_then(|task| task.due);
        for one in &instances {
            let mut patch = TaskPatch { schedule: Patch::Keep, ..wanted.patch.clone() };
            if let (Patch::Set(wait), Some(due)) = (&patch.wait, due) {
                let own = lookup::task(tx, one.id)?.and_then(|task| task.due);
                let moved = own.and_then(|own| Offset::between(due, *wait).from(own));
                patch.wait = Patch::set_or_clear(moved);
            }
            self.edits.push((one.id, patch));
        }
        let open = instances.into_iter().map(|one| one.id).collect();
        self.rules.push(RuleEdit { rule, cut, due, wanted: wanted.clone(), ends: false, open });
        Ok(())
    }
}

/// The tasks to delete where these are named, and the rules that end with them.
pub(crate) fn sort_deleted(
    tx: &dyn StoreRead,
    ids: &[TaskId],
    scope: Option<Scope>,
) -> Result<(Vec<TaskId>, Vec<RuleEdit>), EngineError> {
    let (mut all, mut rules): (Vec<TaskId>, Vec<RuleEdit>) = (Vec::with_capacity(ids.len()), Vec::new());
    for id in ids {
        let task = lookup::task(tx, *id)?;
        let going = task.as_ref().map(|task| going(tx, task)).transpose()?.flatten();
        let Some((rule, slot)) = going else {
            all.push(*id);
            continue;
        };
        let Some(scope) = scope else {
            return Err(Error::WhichOccurrences { title: task.map(|task| task.title).unwrap_or_default() }.into());
        };
        all.push(*id);
        if scope == Scope::This || rules.iter().any(|edit| edit.rule.id == rule.id) {
            continue;
        }
        let cut = Some(slot).filter(|_| scope == Scope::Future);
        let none: [Change; 0] = [];
        let mut instances = Overlay::new(tx, &none).instances(&rule, open(tx, rule.id)?)?;
        instances.retain(|one| cut.is_none_or(|slot| one.slot >= slot));
        instances.sort_by_key(|one| (one.slot, one.id));
        let open: Vec<TaskId> = instances.into_iter().map(|one| one.id).collect();
        all.extend(&open);
        rules.push(RuleEdit { rule, cut, due: None, wanted: Wanted::default(), ends: true, open });
    }
    let mut seen = BTreeSet::new();
    all.retain(|id| seen.insert(*id));
    Ok((all, rules))
}

/// What changing a rule comes to.
pub(crate) struct Changed {
    pub(crate) changes: Vec<Change>,
    pub(crate) rule: RuleId,
    pub(crate) warnings: Vec<String>,
}

impl RuleEdit {
    /// The occurrences that follow it.
    pub(crate) fn open(&self) -> &[TaskId] {
        &self.open
    }

    /// The registers it changes, those of its occurrences' dates among them; `planned` are written besides.
    pub(crate) fn changes(
        &self,
        tx: &dyn StoreRead,
        planned: &[Change],
        language: &Context,
        at: Moment,
    ) -> Result<Changed, EngineError> {
        let Some(whole) = &self.rule.schedule else { return Err(Error::RuleOfNewerBuild.into()) };
        let cut = self.cut.and_then(|slot| change::cut(&self.rule, slot));
        if self.ends {
            let changes = match &cut {
                Some((_, earlier, _)) => change::rewrite(&self.rule, Some(earlier), None, at.stamp),
                None => {
                    change::step(&self.rule, RuleStatus::Cancelled, at.stamp, at.now.unix_ms()).into_iter().collect()
                }
            };
            return Ok(Changed { changes, rule: self.rule.id, warnings: Vec::new() });
        }
        let (id, base, earlier) = match cut {
            Some((id, earlier, later)) => (id, later, Some(earlier)),
            None => (self.rule.id, whole.clone(), None),
        };
        let overlay = Overlay::new(tx, planned);
        let mut open: Vec<(Instance, Registers)> = Vec::with_capacity(self.open.len());
        for task in &self.open {
            let Some(registers) = overlay.entity((*task).into())? else { continue };
            open.extend(Instance::read(*task, &registers, &self.rule).map(|one| (one, registers)));
        }
        let mut warnings = Vec::new();
        let schedule = self.schedule(&base, open.first().map(|(one, _)| one.id), &overlay, language, &mut warnings)?;
        let template = patched(self.rule.template.clone(), &self.wanted.patch, self.due);
        let mut changes = Vec::new();
        if let Some(earlier) = &earlier {
            changes.extend(change::rewrite(&self.rule, Some(earlier), None, at.stamp));
            let before = rule(tx, id)?;
            let now_ms = at.now.unix_ms();
            changes.extend(change::found(id, before.as_ref(), &schedule, &template, at.stamp, now_ms));
        } else {
            changes.extend(change::rewrite(&self.rule, Some(&schedule), Some(&template), at.stamp));
        }
        let after = change::with(&self.rule, id, &changes);
        let says_rule = matches!(self.wanted.said.rule, Patch::Set(_));
        let moves = schedule.skip_weekends != base.skip_weekends
            || schedule.rule().month_end() != base.rule().month_end()
            || matches!(self.wanted.patch.schedule, Patch::Set(_));
        if says_rule || moves {
            let slots: Vec<Slot> = if says_rule {
                schedule.series().slots().take(open.len()).collect()
            } else {
                open.iter().map(|(one, _)| change::same_day(one.slot, &schedule)).collect()
            };
            changes.extend(change::redate(&after, &open, &slots, at.stamp));
        } else if earlier.is_some() {
            changes.extend(open.iter().map(|(one, _)| change::adopt(one.id, id, at.stamp)));
        }
        Ok(Changed { changes, rule: id, warnings })
    }

    /// The schedule as it is asked for.
    fn schedule(
        &self,
        base: &Schedule,
        first: Option<TaskId>,
        overlay: &Overlay<'_>,
        language: &Context,
        warnings: &mut Vec<String>,
    ) -> Result<Schedule, EngineError> {
        let mut schedule = base.clone();
        if let Patch::Set(reading) = &self.wanted.said.rule {
            let own = first.map(|id| overlay.entity(id.into())).transpose()?.flatten();
            let own = own
                .and_then(|registers| tasks_domain::field::decode_when(registers.get(tasks_domain::field::DUE, &[])));
            let said = if let Patch::Set(dates) = &self.wanted.patch.schedule { Some(dates.due) } else { None };
            let is_start = self.wanted.said.start;
            let due = if is_start { said } else { own.or_else(|| next_from(base, language.now)) };
            schedule = again(base, reading, due, is_start, language.now)?;
            warnings.extend(warn::about(&schedule, reading.is_words));
        } else {
            match &self.wanted.patch.schedule {
                Patch::Keep => {}
                Patch::Clear => {
                    let reason = "what comes again is always due";
                    let instead = "end it: tasks rules cancel ID; or this one alone has no date: --this";
                    return Err(Error::NotForOccurrences { reason, instead }.into());
                }
                Patch::Set(dates) => {
                    let When::At(time) = dates.due else { return Err(Error::DaysOfRule.into()) };
                    schedule = change::at_time(base, time)?;
                    warnings.extend(warn::about(&schedule, true));
                    if self.due.is_some_and(|due| due.date() != dates.due.date())
                        && says_other_day(dates.due, language.now)
                    {
                        warnings.push("only the time of day changes: its days are those of its rule".to_owned());
                    }
                }
            }
        }
        Ok(behave::with(schedule, &self.wanted.rule, language)?)
    }
}

/// "10am" alone is today or tomorrow; any other day was said.
fn says_other_day(due: When, now: Now) -> bool {
    let days = (due.date() - now.today()).num_days();
    !(0..=1).contains(&days)
}

/// Where a rule without open occurrences goes on.
fn next_from(base: &Schedule, now: Now) -> Option<When> {
    let series = base.series();
    let local = match base.start() {
        When::Date(_) => now.today().and_time(chrono::NaiveTime::MIN),
        When::At(time) => tasks_domain::when::LocalTime::at(now.instant(), time.zone()).local(),
    };
    series.slots_from(local).next().map(|slot| series.occurrence(slot).when)
}

/// Another rule with the policies of this one.
fn again(
    base: &Schedule,
    reading: &RuleReading,
    due: Option<When>,
    is_start: bool,
    now: Now,
) -> Result<Schedule, Error> {
    let mut schedule = schedule_for(reading, due, is_start, now)?.with_generate_ahead(base.generate_ahead());
    schedule.missed = base.missed;
    schedule.skip_weekends = base.skip_weekends;
    Ok(schedule)
}
