//! `tasks edit`.

use super::fields::FieldArgs;
use super::in_editor::{self, Edited};
use super::occurrences::{self, ScopeArgs};
use super::targets::{self, Targets};
use crate::argv::quoted;
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::{Outcome, Verb, Written};
use tasks_domain::error::ErrorKind;
use tasks_domain::id::IdPrefix;
use tasks_domain::numbers;
use tasks_language::{Context, Scope};

/// What the daemon reads of a text.
const SCOPE: Scope = Scope { rules: true, reminders: true };
use tasks_proto::v1;
use tasks_proto::v1::OccurrenceScope;

const EXAMPLES: &str = "\
Examples:
  tasks edit 3 friday 3pm +work            a new due date and a tag; the title stays
  tasks edit 3 --title \"Buy oat milk\"
  tasks edit 3 +work -someday              a tag on, another off
  tasks edit 3 --due none --tag none       no due date, no tags
  tasks edit 3 5 7 --priority high         several tasks: numbers that follow each other
  tasks edit 2-4,7 +home                   those of a range that there are, and 7
  tasks edit qv zk -- tomorrow             ids in letters: everything before -- is an id
  tasks edit 3 --all p1 +work              of what comes again: all; --this or --future for others
  tasks edit 3 -e                          in $VISUAL or $EDITOR; several tasks are one text
  tasks edit --where @home due:today -- tomorrow   all that this filter finds; asks first

The first word names tasks, and so do the numbers, their lists and ranges, and whole ids right behind it. The rest is text in the
language of tasks add; what is a date or begins one, as in `tasks edit 3 24 dec`, is text.";

/// Change tasks by text, by flags, or in an editor
///
/// Only what you name changes. Flags hold whatever the text says; the empty text or `none` clears a field.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, override_usage = "tasks edit [OPTIONS] <ID>... [TEXT]...\n       tasks edit [OPTIONS] <ID>... -- <TEXT>...\n       tasks edit [OPTIONS] --where <FILTER>... -- <TEXT>...")]
pub struct Args {
    /// Tasks to change, then what to change
    #[arg(value_name = "ID|TEXT", required_unless_present = "filter")]
    words: Vec<String>,
    /// All tasks that match a filter, as in tasks list, instead of ids; asks first
    #[arg(long = "where", id = "filter", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Vec<String>,
    /// What to change, when everything before `--` is an id
    #[arg(value_name = "TEXT", last = true)]
    text: Vec<String>,
    /// The new title
    #[arg(long, value_name = "TEXT", help_heading = "Fields", allow_hyphen_values = true)]
    title: Option<String>,
    #[command(flatten)]
    fields: FieldArgs,
    /// Change the tasks as one text in $VISUAL or $EDITOR
    #[arg(long, short = 'e')]
    editor: bool,
    #[command(flatten)]
    scope: ScopeArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let context = ctx.present.reading_context();
    let (references, text) = ids_and_text(&args.words, &args.text, &args.filter, &context);
    let mut fields = args.fields.to_wire()?;
    fields.title.clone_from(&args.title);
    if args.editor {
        return in_editor(args, ctx, &references, &text);
    }
    if text.trim().is_empty() && args.title.is_none() && args.fields.is_empty() {
        return Err(CliError::usage(
            "nothing says what to change",
            match references.first() {
                Some(id) => format!("try: tasks edit {id} \"friday 3pm +work\", a flag as --due, or -e for an editor"),
                None => "try: tasks edit --where @home -- friday 3pm +work, or a flag as --due".to_owned(),
            },
        ));
    }
    refuse_shared_title(args, &references, &text, &context)?;
    let targets = Targets { references, filter: args.filter.clone(), deep: false };
    let edit = |agreed, scope: OccurrenceScope| v1::TaskEdit {
        references: targets.references.clone(),
        text: text.clone(),
        fields: Some(fields.clone()),
        selection: targets.selection(agreed),
        scope: scope.into(),
        ..v1::TaskEdit::default()
    };
    let written = occurrences::asking(ctx, args.scope.to_wire(), |ctx, scope| {
        let send = |ctx: &Ctx, options, agreed| send(ctx, options, vec![edit(agreed, scope)]);
        targets::write(ctx, args.write, &targets, "Change", send)
    });
    let (result, readings) = written.map_err(|error| explain_numbers(error, args, &text))?;
    Ok(answer(ctx, result, readings, targets.references))
}

/// The tasks by name, and the text; with a filter all words are text.
pub(super) fn ids_and_text(
    words: &[String],
    text: &[String],
    filter: &[String],
    context: &Context,
) -> (Vec<String>, String) {
    if !filter.is_empty() {
        let words: Vec<&str> = words.iter().chain(text).map(String::as_str).collect();
        return (Vec::new(), words.join(" "));
    }
    if !text.is_empty() {
        return (words.to_vec(), text.join(" "));
    }
    let begins_date = |words: &str| tasks_language::read_when(words, context).is_ok();
    let ids = leading_ids(words, begins_date);
    (words[..ids].to_vec(), words[ids..].join(" "))
}

/// Letters of a whole id.
const ID_LETTERS: usize = 32;

/// One new title for several tasks is rather text that begins with a number, as in `edit 1 5 apples`.
fn refuse_shared_title(args: &Args, references: &[String], text: &str, context: &Context) -> Result<(), CliError> {
    let lists = references.iter().any(|reference| numbers::names_several(reference));
    let several = references.len() > 1 || lists || !args.filter.is_empty();
    let unasked = args.write.yes || args.write.dry_run || args.title.is_some() || !several;
    if unasked || text.trim().is_empty() {
        return Ok(());
    }
    let Some(title) = tasks_language::parse_within(text, context, SCOPE).title else { return Ok(()) };
    let hint = if args.text.is_empty() && args.filter.is_empty() {
        let (first, rest) = (quoted(&args.words[0]), args.words[1..].join(" "));
        format!("if the text begins behind {first}: tasks edit {first} -- {rest}; else say --yes")
    } else {
        "say --yes if you mean it".to_owned()
    };
    let counted = args.filter.is_empty() && !lists;
    let tasks = if counted { format!("{} tasks", references.len()) } else { "all of them".to_owned() };
    let message = format!("{tasks} would get the one title \"{title}\"");
    Err(CliError::hinted(ErrorKind::Refused, message, hint))
}

/// How many of the words name tasks: the first, and those behind it that are numbers, lists or ranges of them, or whole ids, if the
/// last does not begin a date.
fn leading_ids(words: &[String], begins_date: impl Fn(&str) -> bool) -> usize {
    // "3-5" is also how some write a day and a month.
    let is_numbers = |word: &String| numbers::is_numbers(word) && (!numbers::names_several(word) || !begins_date(word));
    let is_id = |word: &String| word.len() == ID_LETTERS && IdPrefix::parse(word).is_some();
    let numbers = words.iter().skip(1).take_while(|word| is_numbers(word) || is_id(word)).count();
    let ids = 1 + numbers;
    // "24 dec", "5 pm": the last number belongs to the word behind it.
    match words.get(ids) {
        Some(next) if numbers > 0 && begins_date(&format!("{} {next}", words[ids - 1])) => ids - 1,
        _ => ids,
    }
}

pub(super) fn send(
    ctx: &Ctx,
    options: v1::WriteOptions,
    edits: Vec<v1::TaskEdit>,
) -> Result<(v1::WriteResult, Vec<v1::Reading>), CliError> {
    let request = v1::EditTasksRequest { options: Some(options), edits };
    let response = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.commands().edit_tasks(request).await?.into_inner()) }
    })?;
    Ok((response.result.unwrap_or_default(), response.readings))
}

pub(super) fn answer(
    ctx: &Ctx,
    result: v1::WriteResult,
    readings: Vec<v1::Reading>,
    references: Vec<String>,
) -> Outcome {
    let near = ctx.near_of_one(&result.tasks);
    Outcome::Written(Box::new(Written { verb: Verb::Edit, result, readings, references, near, failures: Vec::new() }))
}

/// A number that names no task may have been meant as text.
fn explain_numbers(error: CliError, args: &Args, text: &str) -> CliError {
    match error {
        CliError::Failure(mut failure)
            if failure.kind == ErrorKind::NotFound
                && args.text.is_empty()
                && args.words.len() > 2
                && !text.is_empty() =>
        {
            failure.hint = Some(format!(
                "plain numbers behind the first id are ids too; for text write: tasks edit {} -- {}",
                args.words[0],
                args.words[1..].join(" ")
            ));
            CliError::Failure(failure)
        }
        error => error,
    }
}

fn in_editor(args: &Args, ctx: &mut Ctx, references: &[String], text: &str) -> Result<Outcome, CliError> {
    if !text.is_empty() || args.title.is_some() || !args.fields.is_empty() {
        let hint = "leave the text and the other flags out";
        return Err(CliError::usage("-e goes with nothing but ids or --where", hint));
    }
    let tasks = in_editor::tasks(ctx, references, &args.filter)?;
    let scope = match args.scope.to_wire() {
        // What one changes in a text of tasks is these tasks.
        OccurrenceScope::Unspecified => OccurrenceScope::This,
        scope => scope,
    };
    let send = |ctx: &Ctx, options, edits: Vec<v1::TaskEdit>| {
        let edits = edits.into_iter().map(|edit| v1::TaskEdit { scope: scope.into(), ..edit }).collect();
        send(ctx, options, edits).map(|(result, _)| result)
    };
    Ok(match in_editor::edit(ctx, args.write, tasks, send)? {
        Edited::Changed(result) => answer(ctx, *result, Vec::new(), Vec::new()),
        Edited::Nothing(tasks) => {
            let unchanged = tasks.iter().map(|task| task.id.clone()).collect();
            let result =
                v1::WriteResult { unchanged, tasks, dry_run: args.write.dry_run, ..v1::WriteResult::default() };
            answer(ctx, result, Vec::new(), references.to_vec())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(words: &[&str]) -> usize {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        leading_ids(&words, |text| ["24 dec", "1-31", "9-11 am"].contains(&text))
    }

    #[test]
    fn the_first_word_and_numbers_behind_it_are_ids() {
        assert_eq!(ids(&["3"]), 1);
        assert_eq!(ids(&["3", "5", "tomorrow"]), 2);
        assert_eq!(ids(&["qv", "tomorrow"]), 1);
        assert_eq!(ids(&["3", "5pm"]), 1);
        assert_eq!(ids(&["2-4", "5,7-9", "+home"]), 2);
        assert_eq!(ids(&["3", "zyzyzyzyzyzyzyryzysyzzulutllpyzy", "friday"]), 2);
    }

    #[test]
    fn a_number_that_begins_a_date_is_text() {
        assert_eq!(ids(&["3", "24", "dec"]), 1);
        assert_eq!(ids(&["3", "4", "24", "dec"]), 2);
        assert_eq!(ids(&["3", "1-31"]), 1);
        assert_eq!(ids(&["1-31", "friday"]), 1, "the first word is always tasks");
        assert_eq!(ids(&["3", "1-31,4", "friday"]), 2);
        assert_eq!(ids(&["3", "9-11", "am"]), 1);
    }
}
