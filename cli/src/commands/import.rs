//! `tasks import`.

mod batch;

use self::batch::{Batch, possible, produce};
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::ids;
use crate::outcome::{Imported, Outcome};
use crate::transfer::{self, Entry, Format, Place, Problem, Reader};
use signal_hook::consts::SIGINT;
use std::fs::File;
use std::io::{self, BufReader, Seek as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use tasks_domain::error::ErrorKind;
use tasks_domain::id::TaskId;
use tasks_proto::error::Failure;
use tasks_proto::v1;

/// The name that stands for standard input.
const STDIN: &str = "-";
/// Batches that are read ahead.
const BATCHES_AHEAD: usize = 2;
/// Problems that are told one by one.
const PROBLEMS_MAX: usize = 100;
/// Exit code of a program that was interrupted, as shells count.
const INTERRUPTED_CODE: u8 = 130;

const EXAMPLES: &str = "\
Examples:
  tasks import tasks.json               what tasks export wrote
  tasks import tasks.json --dry-run     what it would do
  jq -c 'select(.project == \"home\")' all.ndjson | tasks import -

A task is known by its `id`: one that is there is made the same as in the file, one that is not is made; so are rules, reminders
and saved views. What the ledger of reminders says here stays. The same file again changes nothing. A key that is missing leaves its field as it is, null clears it. `number`, `urgency` and `states` are not
read, `modified_at` is taken over for new tasks only. Long files go in batches, each one entry of the log.";

/// Read tasks that were exported
///
/// If anything in the file is broken, nothing is imported and its place is told; with --keep-going the rest is.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The file; - for the standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The form of the file; both forms of JSON are told apart by what is there
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,
    /// Leave out what is broken, and import the rest
    #[arg(long)]
    keep_going: bool,
    /// Show what it would do, and do nothing
    #[arg(long, help_heading = "Writing")]
    dry_run: bool,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    // Until the file is there nothing is to be ended in order: Ctrl-C ends the program as any other.
    let file = open(args, ctx)?;
    let stop = Stop::new()?;
    match import(args, ctx, &file, &stop) {
        Err(error) if stop.is_pressed() => {
            crate::output::report(&mut ctx.ui, &error);
            Err(CliError::Stopped(INTERRUPTED_CODE))
        }
        result => result,
    }
}

fn import(args: &Args, ctx: &mut Ctx, file: &File, stop: &Stop) -> Result<Outcome, CliError> {
    let total = file.metadata().map_or(0, |metadata| metadata.len());
    if !args.keep_going {
        check(reader(args, file)?, stop)?;
    }
    let (batches, read) = sync_channel(BATCHES_AHEAD);
    let (reader, keep_going) = (reader(args, file)?, args.keep_going);
    let producer = std::thread::Builder::new()
        .name("tasks-import".to_owned())
        .spawn(move || produce(reader, keep_going, &batches))
        .map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot read beside writing: {error}")))?;
    let mut imported = Imported { dry_run: args.dry_run, ..Imported::default() };
    let done = consume(args, ctx, &read, total, stop, &mut imported);
    ctx.ui.progress("");
    // It ends by itself: with the file, or as nobody takes what it reads.
    drop(read);
    let ended = producer.join();
    done.map_err(|error| how_far(error, &imported))?;
    ended.map_err(|_| CliError::new(ErrorKind::Failed, "the file could not be read to its end"))?;
    Ok(Outcome::Imported(Box::new(imported)))
}

/// The file; the standard input goes into a file without a name first, so that it can be read twice in bounded memory.
fn open(args: &Args, ctx: &mut Ctx) -> Result<File, CliError> {
    let failed = |error: &io::Error| {
        let kind = if error.kind() == io::ErrorKind::NotFound { ErrorKind::NotFound } else { ErrorKind::Failed };
        let hint = "name a file that tasks export wrote; `-` reads standard input";
        CliError::hinted(kind, format!("cannot read {}: {error}", args.file.display()), hint)
    };
    if args.file.as_os_str() != STDIN {
        let file = File::open(&args.file).map_err(|error| failed(&error))?;
        let metadata = file.metadata().map_err(|error| failed(&error))?;
        if metadata.is_dir() {
            return Err(CliError::new(ErrorKind::Failed, format!("{} is a folder", args.file.display())));
        }
        if metadata.is_file() {
            return Ok(file);
        }
        return spool(ctx, &mut BufReader::new(file));
    }
    let mut stdin = std::mem::replace(&mut ctx.stdin, Box::new(io::empty()));
    spool(ctx, &mut stdin)
}

fn spool(ctx: &Ctx, from: &mut dyn io::Read) -> Result<File, CliError> {
    let folder = ctx.env.text("TMPDIR").map_or_else(|| PathBuf::from("/tmp"), PathBuf::from);
    let path = folder.join(format!("tasks-import-{}", ids::name()?));
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let copied = options.open(&path).and_then(|mut file| {
        std::fs::remove_file(&path)?;
        io::copy(from, &mut file)?;
        Ok(file)
    });
    copied.map_err(|error| {
        CliError::hinted(
            ErrorKind::Failed,
            format!("cannot keep the standard input in {}: {error}", folder.display()),
            "TMPDIR names the folder for it",
        )
    })
}

fn reader(args: &Args, file: &File) -> Result<Box<dyn Reader>, CliError> {
    let from_start = file.try_clone().and_then(|mut file| file.rewind().map(|()| file));
    let file = from_start.map_err(|error| {
        CliError::new(ErrorKind::Failed, format!("cannot read {} again: {error}", args.file.display()))
    })?;
    Ok(transfer::reader(args.format, Box::new(BufReader::with_capacity(256 * 1024, file))))
}

/// Reads the whole file; fails with its first problem.
fn check(mut reader: Box<dyn Reader>, stop: &Stop) -> Result<(), CliError> {
    let (mut first, mut more) = (None, 0);
    while let Some(found) = reader.next() {
        stop.check().map_err(|error| how_far(error, &Imported::default()))?;
        if let Err(problem) = found.and_then(possible).and_then(known) {
            more += 1;
            first.get_or_insert(problem);
        }
    }
    let Some(problem) = first else { return Ok(()) };
    let others = match more - 1 {
        0 => String::new(),
        1 => "1 more place is wrong; ".to_owned(),
        others => format!("{others} more places are wrong; "),
    };
    let hint = format!("{others}nothing was imported; --keep-going imports the rest");
    Err(CliError::hinted(ErrorKind::Refused, told(&problem), hint))
}

fn told(problem: &Problem) -> String {
    format!("line {}, column {}: {}", problem.place.line, problem.place.column, problem.message)
}

/// The entry, if this build knows all of it.
fn known(entry: Entry) -> Result<Entry, Problem> {
    match entry.unknown.first() {
        None => Ok(entry),
        Some(key) => {
            let message = format!("this build does not know the key `{key}`");
            Err(Problem { place: entry.place, message })
        }
    }
}

/// Sends batch after batch, each one operation of its own.
fn consume(
    args: &Args,
    ctx: &mut Ctx,
    batches: &Receiver<Batch>,
    total: u64,
    stop: &Stop,
    imported: &mut Imported,
) -> Result<(), CliError> {
    let write = WriteArgs { dry_run: args.dry_run, yes: true };
    for batch in batches {
        stop.check()?;
        let Batch { tasks, records, places, problems, unknown, read, .. } = batch;
        left_out(imported, problems);
        for key in unknown {
            if !imported.unknown.contains(&key) {
                imported.unknown.push(key);
            }
        }
        if places.is_empty() {
            continue;
        }
        records.iter().for_each(|record| imported.besides.count(record));
        let records_sent = records.len();
        let ids: Vec<Vec<u8>> =
            tasks.iter().map(|whole| whole.task.as_ref().map(|task| task.id.clone()).unwrap_or_default()).collect();
        let options = Some(ctx.write_options(write)?);
        let request = v1::ImportTasksRequest { options, tasks, keep_going: args.keep_going, records };
        let answer = ctx.call(|client| {
            let request = request.clone();
            async move { Ok(client.transfer().import_tasks(request).await?.into_inner()) }
        });
        let answer = answer.map_err(|error| at_place(error, &places))?;
        count(imported, &answer, records_sent, &ids);
        let failed = answer.failures.into_iter().filter_map(|failure| {
            let place = *places.get(failure.index as usize)?;
            Some(Problem { place, message: Failure::from(failure.error?).message })
        });
        left_out(imported, failed.collect());
        imported.operations.extend(answer.operation);
        if read < total {
            let tasks = imported.created + imported.changed + imported.unchanged;
            ctx.ui.progress(&format!("{} {tasks} tasks …", bar(read, total)));
        }
    }
    Ok(())
}

/// `[#####---------------]  25 %`, of a whole that is not 0.
fn bar(part: u64, whole: u64) -> String {
    const WIDE: u64 = 20;
    let of = |wide: u64| part.min(whole).saturating_mul(wide) / whole;
    let full = usize::try_from(of(WIDE)).unwrap_or_default();
    format!("[{:-<wide$}] {:3} %", "#".repeat(full), of(100), wide = WIDE as usize)
}

fn left_out(imported: &mut Imported, problems: Vec<Problem>) {
    imported.failed += problems.len() as u64;
    let room = PROBLEMS_MAX.saturating_sub(imported.problems.len());
    imported.problems.extend(problems.into_iter().take(room));
}

fn count(imported: &mut Imported, answer: &v1::ImportTasksResponse, records: usize, ids: &[Vec<u8>]) {
    for effect in answer.effects().take(records) {
        match effect {
            v1::ImportEffect::New => imported.records[0] += 1,
            v1::ImportEffect::Changed => imported.records[1] += 1,
            v1::ImportEffect::Same => imported.records[2] += 1,
            v1::ImportEffect::Failed | v1::ImportEffect::Unspecified => {}
        }
    }
    for (effect, id) in answer.effects().skip(records).zip(ids) {
        match effect {
            v1::ImportEffect::New => imported.created += 1,
            v1::ImportEffect::Changed => imported.changed += 1,
            v1::ImportEffect::Same => imported.unchanged += 1,
            v1::ImportEffect::Failed | v1::ImportEffect::Unspecified => {}
        }
        if matches!(effect, v1::ImportEffect::New | v1::ImportEffect::Changed) {
            imported.ids.extend(TaskId::from_slice(id).map(|id| id.letters()));
        }
    }
}

/// An error about one task of a batch, at its place in the file.
fn at_place(error: CliError, places: &[Place]) -> CliError {
    let CliError::Failure(mut failure) = error else { return error };
    let place = failure.line.and_then(|line| places.get((line as usize).checked_sub(1)?));
    if let Some(place) = place {
        failure.message = format!("line {}, column {}: {}", place.line, place.column, failure.message);
        failure.line = None;
    }
    CliError::Failure(failure)
}

/// Adds to an error how much was done before it.
fn how_far(error: CliError, imported: &Imported) -> CliError {
    let CliError::Failure(mut failure) = error else { return error };
    let done = imported.created + imported.changed + imported.unchanged;
    let far = if imported.operations.is_empty() {
        "nothing was imported".to_owned()
    } else {
        let undo =
            if imported.operations.len() == 1 { String::new() } else { format!(" {}", imported.operations.len()) };
        format!(
            "{done} tasks were imported before; the same command goes on from there, tasks undo{undo} takes them back"
        )
    };
    failure.hint = Some(failure.hint.map_or(far.clone(), |hint| format!("{hint} ({far})")));
    CliError::Failure(failure)
}

/// Whether somebody pressed Ctrl-C: then the import ends between two batches. The second one ends it at once.
struct Stop(Arc<AtomicBool>);

impl Stop {
    fn new() -> Result<Self, CliError> {
        let pressed = Arc::new(AtomicBool::new(false));
        let code = INTERRUPTED_CODE.into();
        let at_once = signal_hook::flag::register_conditional_shutdown(SIGINT, code, Arc::clone(&pressed));
        at_once
            .and_then(|_| signal_hook::flag::register(SIGINT, Arc::clone(&pressed)))
            .map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot listen to Ctrl-C: {error}")))?;
        Ok(Self(pressed))
    }

    fn is_pressed(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn check(&self) -> Result<(), CliError> {
        if self.is_pressed() { Err(CliError::new(ErrorKind::Failed, "interrupted")) } else { Ok(()) }
    }
}
