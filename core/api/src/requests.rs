//! From requests to what the engine is asked.

use tasks_domain::error::Error;
use tasks_domain::id::{OperationId, TaskId};
use tasks_engine::request::{Caller, Fields, NewTask, RuleFields, Selection, Targets, TaskEdit, Write};
use tasks_proto::convert;
use tasks_proto::error::Failure;
use tasks_proto::v1;
use tonic::Status;

pub(crate) fn wrong(error: Error) -> Status {
    Failure::from(error).into()
}

pub(crate) fn caller(caller: Option<&v1::Caller>) -> Result<Caller, Status> {
    let context = caller.map(|caller| caller.context.clone()).unwrap_or_default();
    let past = caller.is_some_and(|caller| caller.past);
    let (now, locale, language) = convert::caller::from_wire(caller).map_err(wrong)?;
    Ok(Caller { now, locale, language, context, past })
}

/// Longest command kept in the log, in bytes; the texts of an import are not repeated there.
const COMMAND_BYTES_MAX: usize = 4_096;

pub(crate) fn write(options: Option<v1::WriteOptions>) -> Result<Write, Status> {
    let options = options.ok_or_else(|| wrong(Error::Malformed("the request has no options".to_owned())))?;
    let operation = convert::id(&options.operation_id, "the operation's id").map_err(wrong)?;
    if options.caller.as_ref().is_some_and(|caller| caller.past) {
        return Err(wrong(Error::Malformed("the past cannot be changed".to_owned())));
    }
    let mut command = options.command;
    if command.len() > COMMAND_BYTES_MAX {
        let end = (0..=COMMAND_BYTES_MAX).rev().find(|at| command.is_char_boundary(*at)).unwrap_or(0);
        command.truncate(end);
    }
    Ok(Write {
        operation: OperationId::from_bytes(operation),
        caller: caller(options.caller.as_ref())?,
        dry_run: options.dry_run,
        command,
        instead_of: None,
    })
}

pub(crate) fn fields(fields: Option<v1::Fields>) -> Fields {
    let fields = fields.unwrap_or_default();
    Fields {
        title: fields.title,
        due: fields.due,
        priority: fields.priority,
        project: fields.project,
        notes: fields.notes,
        estimate: fields.estimate,
        wait: fields.wait,
        parent: fields.parent,
        add_tags: fields.add_tags,
        remove_tags: fields.remove_tags,
        add_after: fields.add_after,
        remove_after: fields.remove_after,
        clear_tags: fields.clear_tags,
        clear_after: fields.clear_after,
        remind: fields.remind,
        repeat: fields.repeat,
        rule: rule_fields(fields.rule),
    }
}

fn rule_fields(fields: Option<v1::RuleFields>) -> RuleFields {
    let fields = fields.unwrap_or_default();
    RuleFields {
        missed: fields.missed,
        anchor: fields.anchor,
        month_end: fields.month_end,
        ahead: fields.ahead,
        skip_weekends: fields.skip_weekends,
        until: fields.until,
        count: fields.count,
        except: fields.except,
    }
}

pub(crate) fn targets(references: Vec<String>, selection: Option<v1::Selection>) -> Result<Targets, Status> {
    let selection = selection.unwrap_or_default();
    let agreed = |bytes: &Vec<u8>| convert::id(bytes, "a task's id").map(TaskId::from_bytes).map_err(wrong);
    let agreed: Vec<TaskId> = selection.agreed.iter().map(agreed).collect::<Result<_, _>>()?;
    let agreed = Some(agreed).filter(|agreed| !agreed.is_empty());
    Ok(Targets { references, selection: Selection { filter: selection.filter, deep: selection.deep, agreed } })
}

pub(crate) fn new_tasks(tasks: Vec<v1::NewTask>) -> Result<Vec<NewTask>, Status> {
    let one = |task: v1::NewTask| {
        let id = TaskId::from_bytes(convert::id(&task.id, "a task's id").map_err(wrong)?);
        Ok(NewTask { id, text: task.text })
    };
    tasks.into_iter().map(one).collect()
}

pub(crate) fn edits(edits: Vec<v1::TaskEdit>) -> Result<Vec<TaskEdit>, Status> {
    let one = |edit: v1::TaskEdit| {
        let scope = convert::rule::scope_from_wire(edit.scope());
        let amend = convert::amend::from_wire(edit.amendment());
        let targets = targets(edit.references, edit.selection)?;
        Ok(TaskEdit { targets, text: edit.text, fields: fields(edit.fields), scope, amend })
    };
    edits.into_iter().map(one).collect()
}
