//! `tasks add`.

use super::fields::FieldArgs;
use super::lines::{LINE_BYTES_MAX, Lines};
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::ids;
use crate::outcome::{Outcome, Verb, Written};
use crate::transfer::{Place, Problem};
use tasks_domain::error::{Error, ErrorKind, Span};
use tasks_domain::operation::CHANGES_MAX;
use tasks_proto::error::Failure;
use tasks_proto::{FRAME_BYTES_MAX, v1};

/// The text that stands for standard input.
const STDIN: &str = "-";
/// Bytes of a request beside its texts: for each task (id, tags and lengths), and for the rest.
const OVERHEAD_PER_TASK: usize = 32;
const OVERHEAD: usize = 64 * 1024;

const EXAMPLES: &str = "\
Examples:
  tasks add buy milk tomorrow 5pm
  tasks add \"Pay rent 1 dec 9am p1 #home @flat\"
  tasks add \"Write report by friday // outline is in the wiki\" --estimate 2h
  tasks add call mom --due \"sunday 10:00\" --tag family
  printf 'buy milk tomorrow\\ncall mom\\n' | tasks add -

Words with a meaning:
  tomorrow, fri 3pm, 24 dec, in 2 hours    when it is due
  p1 to p4, !high                          priority
  #tag or +tag, @project, // notes         (the shell reads an unquoted # as a comment: use +)";

/// Add a task by saying what to do
///
/// The text is plain language: dates, times, priority, tags and project are taken out of it, the rest is the title. Flags
/// hold whatever the text says. With `-` every line of standard input is one task, all added in one step.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to do; several words need no quotes. `-` reads one task a line from standard input
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
    /// With `-`: leave out the lines that cannot be tasks, and add the rest
    #[arg(long)]
    keep_going: bool,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let Input { texts, lines, mut failures } = if args.text == [STDIN] {
        from_stdin(ctx, args.keep_going)?
    } else if args.text.first().is_some_and(|word| word == STDIN) {
        // Otherwise what is piped in would be lost without a word.
        return Err(CliError::usage(
            "`-` reads tasks from standard input, and goes with no other words",
            "flags hold for each of them, as --tag work; a title that begins with a dash goes in quotes: \"- so\"",
        ));
    } else {
        Input { texts: vec![from_words(&args.text)?], ..Input::default() }
    };
    if texts.is_empty() {
        let result = v1::WriteResult {
            dry_run: args.write.dry_run,
            warnings: vec!["standard input has no lines: nothing to add".into()],
            ..v1::WriteResult::default()
        };
        return Ok(Outcome::Written(Box::new(Written {
            verb: Verb::Add,
            result,
            readings: Vec::new(),
            references: Vec::new(),
            near: Vec::new(),
            failures: Vec::new(),
        })));
    }
    let ids = ids::tasks(ctx.present.now.unix_ms(), texts.len())?;
    let tasks = ids.iter().zip(texts).map(|(id, text)| v1::NewTask { id: id.as_bytes().to_vec(), text }).collect();
    let options = v1::WriteOptions { caller: Some(ctx.in_context()), ..ctx.write_options(args.write)? };
    let request = v1::AddTasksRequest {
        keep_going: args.keep_going,
        options: Some(options),
        tasks,
        fields: (!args.fields.is_empty()).then(|| args.fields.to_wire()).transpose()?,
    };
    let response = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.commands().add_tasks(request).await?.into_inner()) }
    });
    let response = response.map_err(|error| in_file(error, &lines))?;
    let failed = |failure: &v1::TextFailure| Some(problem(failure.error.clone()?, *lines.get(failure.index as usize)?));
    failures.extend(response.failures.iter().filter_map(failed));
    failures.sort_by_key(|problem| problem.place.line);
    let result = response.result.unwrap_or_default();
    let near = ctx.near_of_one(&result.tasks);
    Ok(Outcome::Written(Box::new(Written {
        verb: Verb::Add,
        result,
        readings: response.readings,
        references: Vec::new(),
        near,
        failures,
    })))
}

fn from_words(words: &[String]) -> Result<String, CliError> {
    let text = words.join(" ");
    if text.trim().is_empty() {
        return Err(Error::EmptyTitle.into());
    }
    if text.len() > LINE_BYTES_MAX {
        return Err(Error::TitleTooLong { chars: text.chars().count() }.into());
    }
    Ok(text)
}

/// What is to be added.
#[derive(Default)]
struct Input {
    /// One a task.
    texts: Vec<String>,
    /// The lines of the input that they stand in; none for words of the command.
    lines: Vec<usize>,
    /// Lines that are no text.
    failures: Vec<Problem>,
}

/// The lines of standard input that are not blank, if they fit into one request.
fn from_stdin(ctx: &mut Ctx, keep_going: bool) -> Result<Input, CliError> {
    let mut lines = Lines::of(&mut ctx.stdin);
    let (mut input, mut bytes) = (Input::default(), OVERHEAD);
    loop {
        let line = match lines.next() {
            Ok(Some(line)) => line,
            Ok(None) => break,
            Err(CliError::Failure(failure)) if keep_going && failure.kind == ErrorKind::Refused => {
                let place = Place { line: lines.number() as u64, column: 1 };
                input.failures.push(Problem { place, message: failure.message });
                continue;
            }
            Err(error) => return Err(error),
        };
        if line.trim().is_empty() {
            continue;
        }
        bytes += line.len() + OVERHEAD_PER_TASK;
        input.texts.push(line);
        input.lines.push(lines.number());
        // A task is one change at the very least; the engine counts exactly.
        if input.texts.len() > CHANGES_MAX || bytes > FRAME_BYTES_MAX {
            return Err(CliError::hinted(
                ErrorKind::Refused,
                format!("the first {} lines are more than one command can add", lines.number()),
                "nothing was added; split the input: split -l 1000 FILE, then tasks add - < each part",
            ));
        }
    }
    let lines = if input.texts.len() == 1 { "line" } else { "lines" };
    ctx.command = format!("{} ({} {lines})", ctx.command, input.texts.len());
    Ok(input)
}

/// The line that an error is about, by its number in the input, blank ones counted.
fn in_file(error: CliError, lines: &[usize]) -> CliError {
    let CliError::Failure(mut failure) = error else { return error };
    let line = |text: u32| lines.get((text as usize).checked_sub(1)?).map(|line| *line as u32);
    failure.line = failure.line.map(|text| line(text).unwrap_or(text));
    CliError::Failure(failure)
}

/// What is wrong with a line, with the column where it is.
fn problem(error: v1::ErrorDetail, line: usize) -> Problem {
    let failure = Failure::from(error);
    let before = |(text, span): &(String, Span)| text.get(..span.start).map_or(0, |before| before.chars().count());
    let column = failure.place.as_ref().map_or(0, before) as u64 + 1;
    Problem { place: Place { line: line as u64, column }, message: failure.message }
}
