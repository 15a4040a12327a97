//! What append, prepend, annotate and denotate have in common: tasks, and words that go to what they have.

use super::edit::send;
use super::occurrences;
use super::targets::{self, Targets};
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::{Outcome, Verb, Written};
use tasks_proto::v1;
use tasks_proto::v1::OccurrenceScope;

/// Their arguments.
#[derive(clap::Args, Debug)]
pub(super) struct AmendArgs {
    /// Tasks as 3, qvz or 1,3,5-7, then the words
    #[arg(value_name = "ID|TEXT", required_unless_present = "filter")]
    words: Vec<String>,
    /// All tasks that match a filter, as in tasks list but whatever the context, instead of ids; asks first
    #[arg(long = "where", id = "filter", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Vec<String>,
    /// The words, when everything before `--` is an id
    #[arg(value_name = "TEXT", last = true)]
    text: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

/// One of the verbs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amending {
    /// As it is typed.
    pub(super) name: &'static str,
    /// For the words of the answer.
    pub(super) verb: Verb,
    /// What it asks of the daemon.
    pub(super) amendment: v1::Amendment,
    /// Which occurrences are meant.
    pub(super) scope: OccurrenceScope,
    /// Words to show with it, in hints.
    pub(super) example: &'static str,
}

/// Runs the verb.
pub(super) fn run(args: &AmendArgs, amending: Amending, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let (references, text) = ids_and_text(args);
    let Amending { name, example, .. } = amending;
    if text.trim().is_empty() {
        let hint = match references.first() {
            Some(id) => format!("try: tasks {name} {id} {example}"),
            None => format!("try: tasks {name} --where @home -- {example}"),
        };
        return Err(CliError::usage(format!("nothing says what to {name}"), hint));
    }
    let targets = Targets { references, filter: args.filter.clone(), deep: false };
    let edit = |agreed, scope: OccurrenceScope| v1::TaskEdit {
        references: targets.references.clone(),
        text: text.clone(),
        selection: targets.selection(agreed),
        scope: scope.into(),
        amendment: amending.amendment.into(),
        ..v1::TaskEdit::default()
    };
    let (result, readings) = occurrences::asking(ctx, amending.scope, |ctx, scope| {
        let send = |ctx: &Ctx, options, agreed| send(ctx, options, vec![edit(agreed, scope)]);
        targets::write(ctx, args.write, &targets, "Change", send)
    })?;
    let near = ctx.near_of_one(&result.tasks);
    let (verb, references, failures) = (amending.verb, targets.references, Vec::new());
    Ok(Outcome::Written(Box::new(Written { verb, result, readings, references, near, failures })))
}

/// The first word names tasks, all others are words: numbers are common in those. With `--` or a filter it is as in `edit`.
fn ids_and_text(args: &AmendArgs) -> (Vec<String>, String) {
    let (ids, words) = match (args.filter.is_empty(), args.text.is_empty()) {
        (false, _) => args.words.split_at(0),
        (true, false) => args.words.split_at(args.words.len()),
        (true, true) => args.words.split_at(1),
    };
    let words: Vec<&str> = words.iter().chain(&args.text).map(String::as_str).collect();
    (ids.to_vec(), words.join(" "))
}
