//! `tasks edit -e`: tasks as one text in the person's editor.
//!
//! What is sent is the difference between the text that was shown and the one that was saved, so that what somebody else changed
//! meanwhile elsewhere in a task stays.

use super::form;
use crate::ctx::{Ctx, WriteArgs};
use crate::editor::{self, Draft};
use crate::error::CliError;
use crate::output;
use tasks_domain::error::{Error, ErrorKind};
use tasks_domain::id::TaskId;
use tasks_proto::v1;

/// Most tasks in one text: more are not read by anybody.
const TASKS_MAX: u32 = 200;

/// What came of it.
pub(super) enum Edited {
    /// The text says what it said.
    Nothing(Vec<v1::Task>),
    /// What the daemon answered.
    Changed(Box<v1::WriteResult>),
}

/// The tasks to show: those named, or those a filter finds, as in a list. Fails first where no editor could show them.
pub(super) fn tasks(ctx: &Ctx, references: &[String], filter: &[String]) -> Result<Vec<v1::Task>, CliError> {
    editor::require(ctx, "say what to change: tasks edit 3 --due friday")?;
    if filter.is_empty() {
        return ctx.get_tasks(references);
    }
    if filter.iter().all(|word| word.trim().is_empty()) {
        return Err(Error::EmptyFilter.into());
    }
    let request = v1::ListTasksRequest {
        caller: Some(ctx.present.caller()),
        filter: filter.to_vec(),
        sort: v1::SortOrder::Due.into(),
        limit: TASKS_MAX,
        ..v1::ListTasksRequest::default()
    };
    let (tasks, more) = ctx.call(|client| super::list::collect(client, request.clone()))?;
    let words = || filter.join(" ");
    if more {
        return Err(Error::TooManyMatch { filter: words(), max: TASKS_MAX as usize }.into());
    }
    if tasks.is_empty() { Err(Error::NothingMatches { filter: words() }.into()) } else { Ok(tasks) }
}

/// Shows the tasks in an editor, and sends what was changed by `send`. A text that cannot be used is offered again, and stays in its
/// file where nobody is there to be asked.
pub(super) fn edit(
    ctx: &mut Ctx,
    write: WriteArgs,
    tasks: Vec<v1::Task>,
    send: impl Fn(&Ctx, v1::WriteOptions, Vec<v1::TaskEdit>) -> Result<v1::WriteResult, CliError>,
) -> Result<Edited, CliError> {
    if tasks.len() > TASKS_MAX as usize {
        let message = format!("{} tasks are too many for one text", tasks.len());
        return Err(CliError::hinted(ErrorKind::Refused, message, format!("{TASKS_MAX} at most; do it in parts")));
    }
    let before = form::of_tasks(&tasks, ctx.present.now);
    let draft = Draft::open(&ctx.env, "edit", "md", &before)?;
    // From here on what was typed stays in the file until it is stored.
    loop {
        let failed = match once(ctx, write, &tasks, &before, &draft, &send) {
            Ok(None) => {
                draft.remove();
                return Ok(Edited::Nothing(tasks));
            }
            Ok(Some(result)) => {
                draft.remove();
                return Ok(Edited::Changed(Box::new(result)));
            }
            Err(error) => error,
        };
        if !draft.has_text() || !ctx.ui.can_ask() {
            return Err(draft.keep(failed));
        }
        output::report(&mut ctx.ui, &failed);
        if !ctx.ui.ask(&mut ctx.stdin, "Edit it again? [Y/n] ", true)? {
            return Err(draft.keep(failed));
        }
    }
}

fn once(
    ctx: &Ctx,
    write: WriteArgs,
    tasks: &[v1::Task],
    before: &str,
    draft: &Draft,
    send: &impl Fn(&Ctx, v1::WriteOptions, Vec<v1::TaskEdit>) -> Result<v1::WriteResult, CliError>,
) -> Result<Option<v1::WriteResult>, CliError> {
    let after = draft.edit(ctx)?;
    let mut edits = Vec::new();
    for (index, fields) in form::differences(before, &after)? {
        let letters = tasks.get(index).and_then(|task| TaskId::from_slice(&task.id)).map(|id| id.letters());
        edits.push(v1::TaskEdit {
            references: letters.into_iter().collect(),
            fields: Some(fields),
            ..v1::TaskEdit::default()
        });
    }
    if edits.is_empty() {
        return Ok(None);
    }
    send(ctx, ctx.write_options(write)?, edits).map(Some)
}
