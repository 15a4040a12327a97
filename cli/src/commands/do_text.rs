//! `tasks do`: any command in plain language.

use super::lines::LINE_BYTES_MAX;
use super::list;
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::ids;
use crate::outcome::{Listing, Outcome, Said, TakenBack, Verb, Way, Written};
use crate::output::label_of;
use tasks_domain::error::{Error, ErrorKind};
use tasks_proto::v1;
use tasks_proto::v1::do_response::Answer;

const EXAMPLES: &str = "\
Examples:
  tasks do buy milk tomorrow 5pm            adds a task
  tasks do what is due this week            lists
  tasks do move the dentist to friday 3pm   changes
  tasks do i finished the report            it is done
  tasks do delete the milk task             into the trash
  tasks do undo that                        takes it back
  tasks \"snooze rent until tomorrow\"        `do` may be left out before one quoted sentence

A task is named by words of its title, by its number, or as `it`, which is what the last command was about. Where several fit
you choose; without a terminal that is exit code 4. What asks for nothing is refused: tasks add adds any text.";

/// Do what a sentence asks for
///
/// The sentence is plain language: it adds, lists, changes, finishes or deletes tasks, or takes the last command back. What is
/// doubtful, and what changes three or more tasks, asks first.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The sentence; several words need no quotes
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let text = args.text.join(" ");
    if text.trim().is_empty() {
        return Err(CliError::usage("the sentence is empty", "say what to do: tasks do \"buy milk tomorrow 5pm\""));
    }
    if text.len() > LINE_BYTES_MAX {
        return Err(Error::TitleTooLong { chars: text.chars().count() }.into());
    }
    let id = ids::tasks(ctx.present.now.unix_ms(), 1)?.first().map(|id| id.as_bytes().to_vec()).unwrap_or_default();
    let mut request = v1::DoRequest {
        options: Some(ctx.write_options(args.write)?),
        text,
        new_task_id: id,
        chosen: Vec::new(),
        agreed: args.write.yes,
    };
    loop {
        let response = ask(ctx, &request)?;
        match response.answer {
            // A choice is asked for once, and a yes once: what was answered goes along from then on.
            Some(Answer::Choose(question)) if request.chosen.is_empty() => {
                let target = response.reading.and_then(|reading| reading.target).unwrap_or_default();
                request.chosen = vec![choose(ctx, &target, &question)?];
            }
            Some(Answer::Agree(question)) if !request.agreed => {
                request.chosen = agree(ctx, &question)?;
                request.agreed = true;
            }
            answer => return outcome(ctx, args, answer, response.reading),
        }
    }
}

fn ask(ctx: &Ctx, request: &v1::DoRequest) -> Result<v1::DoResponse, CliError> {
    ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.sentences().r#do(request).await?.into_inner()) }
    })
}

fn outcome(
    ctx: &mut Ctx,
    args: &Args,
    answer: Option<Answer>,
    reading: Option<v1::Reading>,
) -> Result<Outcome, CliError> {
    match answer {
        Some(Answer::Written(done)) => {
            let verb = verb(done.deed());
            let result = done.result.unwrap_or_default();
            let near = ctx.near_of_one(&result.tasks);
            let readings = reading.into_iter().collect();
            Ok(Outcome::Written(Box::new(Written {
                verb,
                result,
                readings,
                references: Vec::new(),
                near,
                failures: Vec::new(),
            })))
        }
        Some(Answer::Undone(undone)) => {
            Ok(Outcome::TakenBack(TakenBack { way: Way::Undo, steps: undone.steps, dry_run: args.write.dry_run }))
        }
        Some(Answer::List(list)) => listing(ctx, list.filter),
        Some(Answer::Help(_)) => Ok(Outcome::Said(Said {
            words: "say it as you would to a person, as in \"what is due today\": tasks help do has examples"
                .to_owned(),
            state: "help",
            hint: "tasks help lists the commands".to_owned(),
            ..Said::default()
        })),
        Some(Answer::Choose(_) | Answer::Agree(_)) | None => {
            Err(CliError::new(ErrorKind::Failed, "the daemon did not answer the sentence"))
        }
    }
}

/// What a sentence asks to see, listed as `tasks list` would.
fn listing(ctx: &mut Ctx, filter: Vec<String>) -> Result<Outcome, CliError> {
    let limit = ctx.config.list_limit;
    let request = v1::ListTasksRequest {
        caller: Some(ctx.in_context()),
        filter: filter.clone(),
        sort: v1::SortOrder::from(ctx.config.list_sort).into(),
        limit,
        horizon_days: None,
        short_ids: false,
        reverse: false,
    };
    let (tasks, more) = ctx.call(|client| list::collect(client, request.clone()))?;
    Ok(Outcome::Listing(Listing { tasks, more, limit, filter, ..Listing::default() }))
}

/// The task that a person means of several.
fn choose(ctx: &mut Ctx, target: &str, question: &v1::Question) -> Result<Vec<u8>, CliError> {
    if !ctx.ui.can_ask() {
        let names: Vec<String> =
            question.tasks.iter().map(|task| format!("{} {}", label_of(task), task.title)).collect();
        let first = question.tasks.first().map(label_of).unwrap_or_default();
        return Err(CliError::hinted(
            ErrorKind::Ambiguous,
            format!("\"{target}\" could be {}", names.join(", or ")),
            format!("name it by its number: tasks {} {first}", command(question.deed())),
        ));
    }
    let asked = format!("Which one {}?", purpose(question.deed()));
    let at = ctx.ui.choose(&mut ctx.stdin, &question.tasks, &asked)?;
    Ok(question.tasks.get(at).map(|task| task.id.clone()).unwrap_or_default())
}

/// The tasks that a person said yes to.
fn agree(ctx: &mut Ctx, question: &v1::Question) -> Result<Vec<Vec<u8>>, CliError> {
    let tasks = match question.tasks.as_slice() {
        [task] => format!("{} {}", label_of(task), task.title),
        tasks => format!("{} tasks", tasks.len()),
    };
    let verb = verb_of_question(question.deed());
    ctx.require_terminal(&format!("this would {} {tasks}", verb.to_lowercase()))?;
    let asked = format!("{verb} {}?", if question.tasks.len() == 1 { "this task" } else { tasks.as_str() });
    ctx.ui.confirm(&mut ctx.stdin, &question.tasks, &asked)?;
    Ok(question.tasks.iter().map(|task| task.id.clone()).collect())
}

fn verb(deed: v1::Deed) -> Verb {
    match deed {
        v1::Deed::Add | v1::Deed::Unspecified => Verb::Add,
        v1::Deed::Edit => Verb::Edit,
        v1::Deed::Done => Verb::Done,
        v1::Deed::Delete => Verb::Remove,
    }
}

fn command(deed: v1::Deed) -> &'static str {
    match deed {
        v1::Deed::Add | v1::Deed::Unspecified => "add",
        v1::Deed::Edit => "edit",
        v1::Deed::Done => "done",
        v1::Deed::Delete => "rm",
    }
}

fn purpose(deed: v1::Deed) -> &'static str {
    match deed {
        v1::Deed::Add | v1::Deed::Unspecified => "do you mean",
        v1::Deed::Edit => "is to change",
        v1::Deed::Done => "is done",
        v1::Deed::Delete => "is to go into the trash",
    }
}

fn verb_of_question(deed: v1::Deed) -> &'static str {
    match deed {
        v1::Deed::Add | v1::Deed::Unspecified => "Add",
        v1::Deed::Edit => "Change",
        v1::Deed::Done => "Finish",
        v1::Deed::Delete => "Delete",
    }
}
