//! Parents and blockers: a task is never, over any way, its own.

use super::View;
use crate::error::Error;
use crate::id::TaskId;
use crate::patch::{Patch, TaskPatch};
use std::collections::{BTreeSet, HashMap};

/// Refuses edits that would close a cycle of parents or of blockers, and relatives that are not there.
pub(super) fn check(edits: &[(TaskId, TaskPatch)], view: &View) -> Result<(), Error> {
    let graph = Graph { edits: edits.iter().map(|(id, patch)| (*id, patch)).collect(), view };
    for (id, patch) in edits {
        if let Patch::Set(parent) = &patch.parent {
            graph.known(*parent)?;
            graph.acyclic(*id, "parent", &|task| graph.parent(task).into_iter().collect())?;
        }
        for blocker in &patch.add_after {
            graph.known(*blocker)?;
            graph.acyclic(*id, "blocker", &|task| graph.blockers(task))?;
        }
    }
    Ok(())
}

/// The relations as they will be: the view with the edits, one a task, laid over it.
struct Graph<'a> {
    edits: HashMap<TaskId, &'a TaskPatch>,
    view: &'a View,
}

impl Graph<'_> {
    fn known(&self, id: TaskId) -> Result<(), Error> {
        let there = self.view.get(&id).is_some_and(|task| task.exists) || self.edits.contains_key(&id);
        if there { Ok(()) } else { Err(Error::NoSuchTask { reference: id.letters() }) }
    }

    fn parent(&self, id: TaskId) -> Option<TaskId> {
        let now = self.view.get(&id).and_then(|task| task.parent);
        match self.edits.get(&id).map(|patch| &patch.parent) {
            None | Some(Patch::Keep) => now,
            Some(Patch::Clear) => None,
            Some(Patch::Set(id)) => Some(*id),
        }
    }

    fn blockers(&self, id: TaskId) -> Vec<TaskId> {
        let mut all: BTreeSet<TaskId> = self.view.get(&id).into_iter().flat_map(|task| task.after.clone()).collect();
        if let Some(patch) = self.edits.get(&id) {
            if patch.clear_after {
                all.clear();
            }
            all.extend(&patch.add_after);
            patch.remove_after.iter().for_each(|gone| _ = all.remove(gone));
        }
        all.into_iter().collect()
    }

    fn acyclic(&self, from: TaskId, what: &'static str, next: &dyn Fn(TaskId) -> Vec<TaskId>) -> Result<(), Error> {
        // Depth first, each task once; `way` is the path to the task at hand.
        let mut seen = BTreeSet::new();
        let mut stack = vec![(from, vec![from])];
        while let Some((id, way)) = stack.pop() {
            for other in next(id) {
                let mut way = way.clone();
                way.push(other);
                if other == from {
                    return Err(Error::Cycle { what, path: way.iter().map(|id| self.title(*id)).collect() });
                }
                if seen.insert(other) {
                    stack.push((other, way));
                }
            }
        }
        Ok(())
    }

    fn title(&self, id: TaskId) -> String {
        let title = self.view.get(&id).map(|task| task.title.clone());
        title.unwrap_or_else(|| id.letters()[..8].to_owned())
    }
}
