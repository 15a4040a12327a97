//! What is told of a rule: itself, and what follows from its occurrences and the present.

use super::names::Names;
use super::{made, open};
use crate::error::EngineError;
use crate::store::StoreRead;
use crate::view;
use tasks_domain::id::TaskId;
use tasks_domain::recurrence::{Anchor, End, Occurrence, RuleStatus, Slot};
use tasks_domain::recurring::{Instance, Life, Recurring};
use tasks_domain::when::{Now, When};

/// An occurrence that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenOccurrence {
    /// Its task.
    pub id: TaskId,
    /// Its short number.
    pub number: Option<u32>,
    /// Where its rule has it.
    pub slot: Slot,
    /// When it is due, which a person may have moved.
    pub due: Option<When>,
}

/// A rule as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleShown {
    /// The rule.
    pub rule: Recurring,
    /// Whether it goes on.
    pub status: RuleStatus,
    /// The shortest beginning of its printed id that names no other rule, where it was asked for.
    pub short_id: String,
    /// Its open occurrences, earliest first.
    pub open: Vec<OpenOccurrence>,
    /// How many were made and not taken back, ended ones among them.
    pub generated: u32,
    /// The next dates behind the open ones.
    pub upcoming: Vec<Occurrence>,
}

impl RuleShown {
    /// When the next occurrence is due that is there, or will be made; `None` when nothing comes.
    pub fn next_due(&self) -> Option<When> {
        let open = self.open.iter().filter_map(|one| one.due).min_by_key(When::sort_key);
        let goes_on = self.status == RuleStatus::Active;
        open.or_else(|| self.upcoming.first().filter(|_| goes_on).map(|one| one.when))
    }
}

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
    let mut there = Vec::new();
    for id in open(tx, rule.id)? {
        let Some(task) = view::task(tx, id)? else { continue };
        let Some(slot) = task.slot.as_deref().and_then(|slot| slot.parse().ok()) else { continue };
        there.push(OpenOccurrence { id, number: tx.number_of(id)?, slot, due: task.due });
    }
    there.sort_by_key(|one| (one.slot, one.id));
    let generated = made(tx, rule.id)?;
    let after = match there.last() {
        Some(last) => Some(last.slot),
        None => behind_ended(tx, &rule, now)?,
    };
    let dates: Vec<Occurrence> = match &rule.schedule {
        None => Vec::new(),
        Some(schedule) => {
            let series = schedule.series();
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
