//! What is told of a rule: itself, and what follows from its occurrences and the present.

use super::names::Names;
use super::{made, open};
use crate::error::EngineError;
use crate::lookup;
use crate::store::StoreRead;
use tasks_domain::recurrence::{Anchor, End, Occurrence, RuleStatus, Schedule, Slot};
use tasks_domain::recurring::{Instance, Life, Recurring};
use tasks_domain::shown::{OpenOccurrence, RuleShown};
use tasks_domain::when::Now;

/// Coming dates that are told after a change.
pub(crate) const UPCOMING: usize = 3;

/// The rule as it is shown, with so many dates behind its open occurrences.
///
/// Without `names` it has no short id.
pub(crate) fn shown(
    tx: &dyn StoreRead,
    rule: Recurring,
    upcoming: usize,
    names: Option<&Names>,
    now: Now,
) -> Result<RuleShown, EngineError> {
    let series = rule.schedule.as_ref().map(Schedule::series);
    let mut there = Vec::new();
    for id in open(tx, rule.id)? {
        let Some(task) = lookup::task(tx, id)? else { continue };
        let Some(slot) = task.slot.as_deref().and_then(|slot| slot.parse().ok()) else { continue };
        let date = series.as_ref().map(|series| series.occurrence(slot)).filter(|date| Some(date.when) == task.due);
        there.push(OpenOccurrence { id, number: tx.number_of(id)?, slot, due: task.due, date });
    }
    there.sort_by_key(|one| (one.slot, one.id));
    let generated = made(tx, rule.id)?;
    let after = match there.last() {
        Some(last) => Some(last.slot),
        None => behind_ended(tx, &rule, now)?,
    };
    let dates: Vec<Occurrence> = match rule.schedule.as_ref().zip(series.as_ref()) {
        None => Vec::new(),
        Some((schedule, series)) => {
            let slots = after.map_or_else(|| series.slots(), |after| series.slots_after(after.local()));
            // Of a chain only how many there were tells when it ends.
            let left = match (schedule.anchor, schedule.rule().end()) {
                (Anchor::Completion, End::Count(count)) => count.saturating_sub(generated) as usize,
                _ => usize::MAX,
            };
            slots.take(upcoming.max(1).min(left)).map(|slot| series.occurrence(slot)).collect()
        }
    };
    let is_over = there.is_empty() && dates.is_empty();
    let short_id = names.map(|names| names.shortest(rule.id)).unwrap_or_default();
    Ok(RuleShown {
        status: rule.status(is_over),
        short_id,
        open: there,
        generated,
        upcoming: dates.into_iter().take(upcoming).collect(),
        rule,
    })
}

/// Behind which slot a rule goes on of which nothing is open.
fn behind_ended(tx: &dyn StoreRead, rule: &Recurring, now: Now) -> Result<Option<Slot>, EngineError> {
    let Some(schedule) = rule.schedule.as_ref() else { return Ok(None) };
    let mut newest: Option<Instance> = None;
    for id in super::last_made(tx, rule.id)? {
        let registers = tx.entity(id.into())?;
        let one = registers.and_then(|registers| Instance::read(id, &registers, rule));
        newest = newest.into_iter().chain(one).max_by_key(|one| one.slot);
    }
    let Some(newest) = newest else { return Ok(None) };
    let now = Some(now).filter(|_| schedule.anchor == Anchor::Calendar);
    let ended = match newest.life {
        Life::Ended(at, _) => now.and_then(|now| Now::from_unix_ms(at, now.zone())),
        Life::Open => None,
    };
    let since = match rule.said {
        RuleStatus::Active => now.and_then(|now| Now::from_unix_ms(rule.since, now.zone())),
        // It would go on from now, if it were resumed.
        _ => now,
    };
    Ok(Some(schedule.goes_on_after(newest.slot, ended, since)))
}
