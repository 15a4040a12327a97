//! What rules are called: letters like tasks, or the number of one of their occurrences.

use super::rule;
use crate::error::EngineError;
use crate::lookup;
use crate::reference;
use crate::store::StoreRead;
use std::ops::ControlFlow;
use tasks_domain::error::Error;
use tasks_domain::id::{IdPrefix, RuleId};
use tasks_domain::recurring::Recurring;
use tasks_domain::register::Kind;

/// Candidates named in an error about an ambiguous reference.
const CANDIDATES_MAX: usize = 3;

/// All rules that were made and not taken back.
pub(crate) fn all(tx: &dyn StoreRead) -> Result<Vec<Recurring>, EngineError> {
    let mut rules = Vec::new();
    tx.entities(Kind::RULE, &mut |entity, registers| {
        let read = entity.rule().map(|id| Recurring::read(id, registers));
        rules.extend(read.filter(|rule| rule.exists));
        ControlFlow::Continue(())
    })?;
    Ok(rules)
}

/// Ids by which rules are told apart.
pub(crate) struct Names(Vec<[u8; 16]>);

impl Names {
    /// Those of these rules.
    pub(crate) fn of<'a>(rules: impl IntoIterator<Item = &'a Recurring>) -> Self {
        let mut ids: Vec<[u8; 16]> = rules.into_iter().map(|rule| rule.id.reversed()).collect();
        ids.sort_unstable();
        Self(ids)
    }

    /// The shortest beginning of the printed id that names no other.
    pub(crate) fn shortest(&self, id: RuleId) -> String {
        let at = self.0.partition_point(|other| *other < id.reversed());
        let before = at.checked_sub(1).and_then(|at| self.0.get(at));
        let after = self.0[at..].iter().find(|other| **other != id.reversed());
        let mine = id.letters();
        let shared = |other: &[u8; 16]| {
            mine.bytes().zip(RuleId::from_reversed(*other).letters().bytes()).take_while(|(a, b)| a == b).count()
        };
        let longest = before.into_iter().chain(after).map(shared).max().unwrap_or(0);
        mine[..(longest + 1).min(mine.len())].to_owned()
    }
}

/// The rule that `reference` names: by the number or letters of one of its occurrences, or by its own letters.
pub(crate) fn find(tx: &dyn StoreRead, reference: &str) -> Result<Recurring, EngineError> {
    let none = || Error::NoSuchRule { reference: reference.to_owned() };
    let bare = reference.trim().trim_start_matches('#');
    if let Some(prefix) = IdPrefix::parse(bare) {
        let (low, high) = prefix.range();
        let fits = |rule: &Recurring| (low..=high).contains(&rule.id.reversed());
        let mut fitting: Vec<Recurring> = all(tx)?.into_iter().filter(fits).collect();
        match fitting.len() {
            0 => {}
            1 => return Ok(fitting.remove(0)),
            _ => {
                let names = Names::of(&all(tx)?);
                let name = |rule: &Recurring| format!("{} ({})", names.shortest(rule.id), rule.template.title);
                let candidates = fitting.iter().take(CANDIDATES_MAX).map(name).collect();
                return Err(Error::AmbiguousRule { reference: reference.to_owned(), candidates }.into());
            }
        }
    }
    let id = match reference::task(tx, reference) {
        Ok(id) => id,
        Err(EngineError::Domain(Error::NoSuchTask { .. })) => return Err(none().into()),
        Err(error) => return Err(error),
    };
    let task = lookup::task(tx, id)?.ok_or_else(none)?;
    let Some(of) = task.rule else {
        return Err(Error::NotRecurring { reference: reference.to_owned(), title: task.title }.into());
    };
    Ok(rule(tx, of)?.filter(|rule| rule.exists).ok_or_else(none)?)
}
