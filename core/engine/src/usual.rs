//! What every new task gets besides what is said of it.

use crate::error::EngineError;
use crate::request::Caller;
use crate::saved::Known;
use crate::select;
use crate::store::StoreRead;
use tasks_domain::patch::{Patch, TaskPatch};
use tasks_domain::text::Tag;

/// What every new task gets.
#[derive(Debug, Default)]
pub(crate) struct Usual {
    pub(crate) patch: TaskPatch,
    /// What the person should know.
    pub(crate) warning: Option<String>,
}

/// What the caller's context gives to new tasks: its project and tags, when it asks for nothing else. A context that cannot be
/// read keeps nobody from adding tasks.
pub(crate) fn of_context(tx: &dyn StoreRead, caller: &Caller) -> Result<Usual, EngineError> {
    let filter = match select::context(&Known::of(tx, &[], caller)?, caller) {
        Ok(Some(filter)) => filter,
        Ok(None) => return Ok(Usual::default()),
        Err(error) => {
            let warning = Some(format!("{error}; the new task has nothing of it"));
            return Ok(Usual { warning, ..Usual::default() });
        }
    };
    let Some((project, tags)) = filter.labels() else {
        let warning =
            "the context asks for more than a project and tags: the new task has nothing of it, and may be outside";
        return Ok(Usual { warning: Some(warning.to_owned()), ..Usual::default() });
    };
    let add_tags = tags.into_iter().map(Tag::parse).collect::<Result<_, _>>()?;
    Ok(Usual {
        patch: TaskPatch { project: Patch::set_if(project.cloned()), add_tags, ..TaskPatch::default() },
        warning: None,
    })
}
