//! Changes that put words to a task or take a line out of its notes: what they come to depends on what each task has.

use crate::error::EngineError;
use crate::lookup;
use crate::recurring::{self, Sorted, Wanted};
use crate::request::TaskEdit;
use crate::store::StoreRead;
use tasks_domain::amend::{Amend, annotated, denotated};
use tasks_domain::error::Error;
use tasks_domain::id::TaskId;
use tasks_domain::patch::{Patch, TaskPatch};
use tasks_domain::when::Now;
use tasks_language::Context;

/// Sorts what is asked of tasks, with the title that each gets of the words.
pub(crate) fn titles(
    tx: &dyn StoreRead,
    ids: &[TaskId],
    amend: Amend,
    wanted: &Wanted,
    language: &Context,
    sorted: &mut Sorted,
) -> Result<(), EngineError> {
    let Some(words) = wanted.patch.title.as_ref().filter(|_| amend != Amend::Replace) else {
        return recurring::sort(tx, ids, wanted, language, sorted);
    };
    for id in ids {
        let title = lookup::task(tx, *id)?.map(|task| task.title).unwrap_or_default();
        let title = Some(amend.title(&title, words.clone())?);
        let own = Wanted { patch: TaskPatch { title, ..wanted.patch.clone() }, ..wanted.clone() };
        recurring::sort(tx, &[*id], &own, language, sorted)?;
    }
    Ok(())
}

/// Puts a line to the notes of tasks, or takes one out. Of what comes again only these occurrences are meant.
pub(crate) fn notes(
    tx: &dyn StoreRead,
    ids: &[TaskId],
    edit: &TaskEdit,
    now: Now,
    sorted: &mut Sorted,
) -> Result<(), EngineError> {
    let mut missing = None;
    let mut changed = false;
    for id in ids {
        let notes = lookup::task(tx, *id)?.and_then(|task| task.notes);
        let new = match edit.amend {
            Amend::Denotate => denotated(notes.as_deref(), &edit.text),
            _ => annotated(notes.as_deref(), &edit.text, now.today()),
        };
        let patch = match new {
            Ok(new) => TaskPatch { notes: Patch::set_or_clear(new), ..TaskPatch::default() },
            // Of several tasks those that have the line are meant.
            Err(error @ Error::NoSuchLine { .. }) => {
                missing = Some(error);
                TaskPatch::default()
            }
            Err(error) => return Err(error.into()),
        };
        changed |= !patch.is_empty();
        sorted.edits.push((*id, patch));
    }
    missing.filter(|_| !changed).map_or(Ok(()), |error| Err(error.into()))
}
