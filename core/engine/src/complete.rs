//! What the beginning of a reference could become.

use crate::error::EngineError;
use crate::reference;
use crate::request::{CompleteQuery, Completion, LabelsQuery};
use crate::store::{Class, StoreRead, Stretch};
use std::ops::ControlFlow;
use tasks_domain::filter::Need;
use tasks_domain::id::{IdPrefix, TaskId};
use tasks_domain::task::Task;

/// Looked at for one answer: a short prefix fits many, of which most may not be wanted.
const LOOKED_AT_MAX: usize = 2_000;

/// Tasks whose number or printed id begins with the prefix.
pub(crate) fn complete(tx: &dyn StoreRead, query: &CompleteQuery) -> Result<Vec<Completion>, EngineError> {
    let prefix = query.prefix.trim().trim_start_matches('#');
    if prefix.is_empty() {
        return first(tx, query);
    }
    if prefix.bytes().all(|b| b.is_ascii_digit()) {
        return if query.ended { Ok(Vec::new()) } else { by_number(tx, prefix, query.limit) };
    }
    let Some(range) = IdPrefix::parse(prefix) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for id in tx.tasks_with_prefix(range, LOOKED_AT_MAX)? {
        if found.len() >= query.limit {
            break;
        }
        let Some(task) = crate::lookup::task(tx, id)?.filter(|task| task.status().is_live() != query.ended) else {
            continue;
        };
        // Never shorter than what was typed.
        let short = reference::short_id(tx, id)?;
        let letters = if short.len() >= prefix.len() { short } else { id.letters()[..prefix.len()].to_owned() };
        found.push(Completion { reference: letters, status: task.status(), title: task.title });
    }
    Ok(found)
}

/// Rows looked at to find one of the caller's own tasks with a label.
const ROWS_MAX: usize = 16;

/// Projects or tags that begin with the prefix, in any case, as a task spells them.
pub(crate) fn labels(tx: &dyn StoreRead, query: &LabelsQuery) -> Result<Vec<String>, EngineError> {
    let sign = if query.projects { '@' } else { '#' };
    let from = format!("{sign}{}", query.prefix.to_lowercase());
    let mut names = Vec::new();
    for term in tx.terms(&from, &format!("{from}{}", char::MAX), query.limit)? {
        // The index may know terms of other accounts, and terms that no task has any more.
        let rows = tx.newest_with(&Need::Term(term.clone()), ROWS_MAX)?;
        let mut spelt = None;
        for class in [Class::Live, Class::Done] {
            let mut ascending = rows.clone();
            ascending.sort_unstable();
            tx.scan_rows(&Stretch::all(class), &ascending, &mut |row| {
                spelt = spelling(&row.task, &term[1..], query.projects);
                if spelt.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
            if spelt.is_some() {
                break;
            }
        }
        names.extend(spelt);
    }
    Ok(names)
}

/// How a task spells the label with this folded name; a project it is a part of, too.
fn spelling(task: &Task, folded: &str, projects: bool) -> Option<String> {
    if !projects {
        return task.tags.iter().find(|tag| tag.folded() == folded).map(|tag| tag.as_str().to_owned());
    }
    let name = task.project.as_ref()?.as_str();
    let ends = name.match_indices('/').map(|(at, _)| at).chain([name.len()]);
    ends.map(|end| &name[..end]).find(|part| part.to_lowercase() == folded).map(str::to_owned)
}

/// The first tasks of the default order.
fn first(tx: &dyn StoreRead, query: &CompleteQuery) -> Result<Vec<Completion>, EngineError> {
    let mut rows: Vec<(TaskId, Option<u32>, Task)> = Vec::new();
    let classes: &[Class] = if query.ended { &[Class::Done, Class::Trash] } else { &[Class::Live] };
    for class in classes {
        tx.scan(&Stretch::all(*class), &mut |row| {
            if rows.len() >= query.limit {
                return ControlFlow::Break(());
            }
            rows.push((row.id, row.number, row.task));
            ControlFlow::Continue(())
        })?;
    }
    let completion = |(id, number, task): (TaskId, Option<u32>, Task)| {
        let reference = match number {
            Some(number) => number.to_string(),
            None => reference::short_id(tx, id)?,
        };
        Ok(Completion { reference, status: task.status(), title: task.title })
    };
    rows.into_iter().map(completion).collect()
}

/// Numbers that begin with these digits: 4, then 40 to 49, then 400 to 499, and so on.
fn by_number(tx: &dyn StoreRead, digits: &str, limit: usize) -> Result<Vec<Completion>, EngineError> {
    let mut found = Vec::new();
    // No number begins with a zero.
    let Some(low) = digits.parse::<u32>().ok().filter(|_| !digits.starts_with('0')) else { return Ok(found) };
    let (mut low, mut width) = (low, 1_u32);
    while found.len() < limit {
        for row in tx.numbered(low, low.saturating_add(width - 1), limit - found.len())? {
            let reference = row.number.map(|number| number.to_string()).unwrap_or_default();
            found.push(Completion { reference, status: row.task.status(), title: row.task.title });
        }
        let (Some(next), Some(wider)) = (low.checked_mul(10), width.checked_mul(10)) else { break };
        (low, width) = (next, wider);
    }
    Ok(found)
}
