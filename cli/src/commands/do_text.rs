//! `tasks do`: any command in plain language.

use super::lines::LINE_BYTES_MAX;
use super::{list, question};
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::ids;
use crate::outcome::{Listing, Outcome, Said, TakenBack, Verb, Way, Written};
use tasks_domain::error::{Error, ErrorKind};
use tasks_proto::v1;
use tasks_proto::v1::do_response::Answer;

/// Most answers that one sentence takes.
const ANSWERS_MAX: usize = 8;

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
you choose, and a piece that is missing is asked for; without a terminal that is exit code 4, 5 or 2, with the question as the hint.
What asks for nothing is refused: tasks add adds any text. tasks chat keeps in mind what was said.";

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
        agreed: args.write.yes,
        state: Vec::new(),
    };
    // Each answer can lead to another question; who never answers is not asked for ever.
    for _ in 0..ANSWERS_MAX {
        let response = ask(ctx, &request)?;
        let (kind, question) = match response.answer {
            Some(Answer::Choose(question) | Answer::Agree(question) | Answer::Ask(question)) => {
                (question.kind(), question)
            }
            answer => return outcome(ctx, args, answer, response.reading, &request.text),
        };
        request.text = question::put(ctx, kind, &question)?;
        request.state = response.state;
        if let Some(options) = &mut request.options {
            // The log tells the whole of what was said.
            options.command = format!("{} · {}", options.command, request.text.trim());
        }
    }
    Err(CliError::hinted(ErrorKind::Refused, "no answer was understood: nothing was changed", "say it in one sentence"))
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
    text: &str,
) -> Result<Outcome, CliError> {
    match answer {
        Some(Answer::Written(done)) => {
            let readings = reading.into_iter().collect();
            Ok(Outcome::Written(Box::new(written(ctx, done, readings))))
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
        Some(Answer::Dropped(_)) => {
            let hint = "answer y, or say --yes";
            Err(CliError::hinted(ErrorKind::Refused, "not confirmed: nothing was changed", hint))
        }
        Some(Answer::About(_) | Answer::Remark(_) | Answer::NotOurs(_)) => {
            Err(Error::NotACommand { text: text.to_owned() }.into())
        }
        Some(Answer::Choose(_) | Answer::Agree(_) | Answer::Ask(_)) | None => {
            Err(CliError::new(ErrorKind::Failed, "the daemon did not answer the sentence"))
        }
    }
}

/// What was done, as the verbs of the command line tell it.
pub(super) fn written(ctx: &Ctx, done: v1::DoneDeed, readings: Vec<v1::Reading>) -> Written {
    let verb = Verb::of(done.deed());
    let result = done.result.unwrap_or_default();
    let near = ctx.near_of_one(&result.tasks);
    Written { verb, result, readings, references: Vec::new(), near, failures: Vec::new() }
}

/// What a sentence asks to see, listed as `tasks list` would.
fn listing(ctx: &mut Ctx, filter: Vec<String>) -> Result<Outcome, CliError> {
    let limit = ctx.config.list_limit;
    let request = v1::ListTasksRequest {
        caller: Some(ctx.in_context()),
        filter: filter.clone(),
        sort: v1::SortOrder::from(ctx.config.list_sort).into(),
        limit,
        view: v1::TaskView::Unspecified.into(),
        ..v1::ListTasksRequest::default()
    };
    let (tasks, more) = ctx.call(|client| list::collect(client, request.clone()))?;
    Ok(Outcome::Listing(Listing { tasks, more, limit, filter, ..Listing::default() }))
}
