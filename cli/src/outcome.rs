//! What commands answer with; how it looks is decided in `output`.

mod again;
mod kept;
mod lists;
mod reminders;
mod talk;

pub use again::{ComingDate, RuleDates, RuleVerb, RulesWritten};
pub use kept::{ContextReport, SettingChange, SettingsReport, ViewChange, ViewsReport};
pub use lists::{Agenda, Calendar, Coming, Found, Listing, Next};
pub use reminders::{ReminderChange, ReminderReport};
pub use talk::{ChatRecord, ChatTurn};

use crate::doctor::{Check, State};
use crate::error::CliError;
use crate::link::feed::News;
use crate::transfer::{Besides, Format, Problem};
use std::path::PathBuf;
use tasks_domain::error::ErrorKind;
use tasks_domain::recurrence::{Occurrence, Schedule};
use tasks_language::Reading;
use tasks_proto::v1;

/// The answer of one command.
pub enum Outcome {
    /// `tasks`: what is due.
    Agenda(Agenda),
    /// `tasks list`.
    Listing(Listing),
    /// `--count` of what lists.
    Counted(u64),
    /// `tasks list --ndjson`: written as it comes, so that a list of any length streams.
    Tasks(TaskStream),
    /// `tasks search`.
    Found(Found),
    /// `tasks next`.
    Next(Next),
    /// `tasks projects`.
    Projects(Labels<v1::ProjectCount>),
    /// `tasks tags`.
    Tags(Labels<v1::TagCount>),
    /// `tasks show`.
    Shown(Shown),
    /// Everything that changes tasks.
    Written(Box<Written>),
    /// `tasks undo`, `tasks redo` and `tasks revert`.
    TakenBack(TakenBack),
    /// `tasks history`.
    History(Box<History>),
    /// `tasks log`.
    Log(Vec<v1::Operation>),
    /// `tasks export`: written as it comes.
    Exported(Export),
    /// `tasks import`.
    Imported(Box<Imported>),
    /// `tasks parse`: made while they are written, so that input of any length streams.
    Readings(Readings),
    /// `tasks calendar`.
    Calendar(Box<Calendar>),
    /// `tasks stats`.
    Stats(Box<Stats>),
    /// `tasks rules list` and `show`.
    Rules {
        /// They, with what follows from their occurrences.
        rules: Vec<v1::Rule>,
        /// Everything about each, rather than a line.
        in_full: bool,
    },
    /// `tasks rules next`.
    RuleDates(RuleDates),
    /// What changes rules.
    RulesWritten(Box<RulesWritten>),
    /// `tasks rules preview`.
    RulePreview(Box<RulePreview>),
    /// `tasks reminders`, and what changes some.
    Reminders(Box<ReminderReport>),
    /// `tasks reminders why` and `tasks reminders show`.
    ReminderStories(Vec<v1::ReminderStory>),
    /// `tasks chat`: one thing said and its answer.
    Spoken(Box<ChatTurn>),
    /// `tasks chat list`.
    Conversations(Vec<v1::Conversation>),
    /// `tasks chat show`.
    Conversation(Box<ChatRecord>),
    /// Everything was answered while it went on; with the exit code.
    Over(u8),
    /// `tasks watch`: written as it happens.
    Events(Events),
    /// `tasks status` and `tasks daemon status`.
    Status(Box<StatusReport>),
    /// `tasks view` without the tasks of one.
    Views(Box<ViewsReport>),
    /// `tasks context`.
    Context(ContextReport),
    /// `tasks config`.
    Settings(Box<SettingsReport>),
    /// `tasks doctor`.
    Examined(Report),
    /// A few words, as "stopped"; with the process id of the daemon it is about.
    Said(Said),
    /// Text as it is: log lines, help.
    Text(String),
}

/// Readings in the order of the input.
pub type Readings = Box<dyn Iterator<Item = Result<Read, CliError>>>;

/// Tasks as they come from the daemon, some hundred at a time.
pub type TaskStream = Box<dyn Iterator<Item = Result<Vec<v1::Task>, CliError>>>;

/// Some of an export; records before tasks.
pub enum ExportPart {
    /// What is no task.
    Records(Vec<v1::Record>),
    /// Tasks, without the numbers of this device.
    Tasks(Vec<v1::Task>),
}

/// Everything on its way out.
pub struct Export {
    /// It.
    pub parts: Box<dyn Iterator<Item = Result<ExportPart, CliError>>>,
    /// The form of the file.
    pub format: Format,
    /// The file; `None` for the standard output.
    pub to: Option<PathBuf>,
}

/// What an import did.
#[derive(Debug, Default)]
pub struct Imported {
    /// Tasks that were not there.
    pub created: u64,
    /// Tasks that differed.
    pub changed: u64,
    /// Tasks that were there, just so.
    pub unchanged: u64,
    /// Records that were not there, that differed, and that were there just so.
    pub records: [u64; 3],
    /// What the records are.
    pub besides: Besides,
    /// Ids of the created and changed tasks, 32 letters each, in the order of the file.
    pub ids: Vec<String>,
    /// What was left out, the first of it.
    pub problems: Vec<Problem>,
    /// How much was left out in all.
    pub failed: u64,
    /// Keys that were left out, as this build does not know them.
    pub unknown: Vec<String>,
    /// One a batch.
    pub operations: Vec<v1::Operation>,
    /// Nothing was done.
    pub dry_run: bool,
}

/// What happens, as it happens; it ends with the program.
pub type Events = Box<dyn Iterator<Item = Result<News, CliError>>>;

/// One text and how it was understood.
#[derive(Debug)]
pub struct Read {
    /// The text.
    pub text: String,
    /// What it says.
    pub reading: Reading,
    /// Microseconds the reading took.
    pub micros: u64,
    /// Whether the next text is not there yet: what is written so far must go out.
    pub last_for_now: bool,
}

/// The first dates of a rule.
#[derive(Debug)]
pub struct RulePreview {
    /// The rule.
    pub schedule: Schedule,
    /// In order.
    pub occurrences: Vec<Occurrence>,
    /// The rule has no more than these.
    pub is_all: bool,
    /// Months without the rule's day are left out.
    pub leaves_out_months: bool,
    /// The rule was given in words.
    pub words: bool,
}

/// How much was done.
#[derive(Debug, Default)]
pub struct Stats {
    /// Days, streaks and the present, projects and tags.
    pub stats: v1::GetStatsResponse,
    /// The words of the filter.
    pub filter: Vec<String>,
}

/// Projects or tags.
#[derive(Debug)]
pub struct Labels<T> {
    /// In their order.
    pub labels: Vec<T>,
    /// The words of the filter.
    pub filter: Vec<String>,
}

/// What `tasks show` answers with.
#[derive(Debug, Default)]
pub struct Shown {
    /// The tasks that were asked for.
    pub tasks: Vec<v1::Task>,
    /// Tasks that those are a part of or wait for, for their names.
    pub near: Vec<v1::Task>,
    /// Their parts, and open tasks that wait for them; for people only.
    pub below: Vec<v1::Task>,
    /// The rules that made them; for people only.
    pub rules: Vec<v1::Rule>,
}

/// Which change it was, for the words about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `tasks add`.
    Add,
    /// `tasks duplicate`.
    Duplicate,
    /// `tasks edit`, `append` and `prepend`.
    Edit,
    /// `tasks annotate`.
    Annotate,
    /// `tasks denotate`.
    Denotate,
    /// `tasks start`.
    Start,
    /// `tasks stop`.
    Stop,
    /// `tasks done`.
    Done,
    /// `tasks reopen`.
    Reopen,
    /// `tasks rm`.
    Remove,
    /// `tasks restore`.
    Restore,
    /// `tasks remind`.
    Remind,
}

impl Verb {
    /// The verb that does what a sentence asked for.
    pub fn of(deed: v1::Deed) -> Self {
        match deed {
            v1::Deed::Add | v1::Deed::Unspecified => Self::Add,
            v1::Deed::Edit => Self::Edit,
            v1::Deed::Done => Self::Done,
            v1::Deed::Delete => Self::Remove,
        }
    }
}

/// What a write did.
#[derive(Debug)]
pub struct Written {
    /// Which command.
    pub verb: Verb,
    /// What the daemon answered.
    pub result: v1::WriteResult,
    /// How the texts were understood.
    pub readings: Vec<v1::Reading>,
    /// The tasks as the person named them, in the order of the tasks of the result; empty for new ones.
    pub references: Vec<String>,
    /// Tasks that the only task of the result is a part of or waits for, for their names.
    pub near: Vec<v1::Task>,
    /// Lines that were left out.
    pub failures: Vec<Problem>,
}

/// Which way in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `tasks undo`.
    Undo,
    /// `tasks redo`.
    Redo,
    /// `tasks revert`.
    Revert,
}

/// What was done to a task.
#[derive(Debug)]
pub struct History {
    /// As it is now.
    pub task: v1::Task,
    /// Newest first.
    pub entries: Vec<v1::HistoryEntry>,
    /// There are older ones.
    pub more: bool,
}

/// Commands taken back, or done again.
#[derive(Debug)]
pub struct TakenBack {
    /// Which of them.
    pub way: Way,
    /// One a command.
    pub steps: Vec<v1::TakenBack>,
    /// Nothing was done.
    pub dry_run: bool,
}

/// How the program and its daemon are.
#[derive(Debug)]
pub struct StatusReport {
    /// The build of this program.
    pub build: String,
    /// What the daemon says of itself, if it runs.
    pub daemon: Option<v1::GetStatusResponse>,
    /// The database.
    pub database: String,
    /// The settings; need not be there.
    pub config: String,
    /// The daemon's socket; empty when there cannot be one.
    pub socket: String,
    /// The daemon's log.
    pub log: String,
    /// Instant, zone and locale as texts are read.
    pub now: String,
    /// Zone.
    pub zone: String,
    /// Locale.
    pub locale: String,
    /// Exit code when the daemon does not run.
    pub code_without_daemon: u8,
}

/// Everything that `tasks doctor` looked at.
pub struct Report {
    /// One a thing.
    pub checks: Vec<Check>,
}

/// A few words about the daemon.
#[derive(Debug, Default)]
pub struct Said {
    /// For people, as "the daemon stopped".
    pub words: String,
    /// For programs, as `stopped`.
    pub state: &'static str,
    /// The process it is about; 0 for none.
    pub pid: u32,
    /// A file it is about; empty for none.
    pub file: String,
    /// What to do next; empty for nothing.
    pub hint: String,
}

/// Exit code of `tasks doctor` when a problem remains: the condition asked about does not hold.
const PROBLEM_CODE: u8 = 1;

impl Outcome {
    /// What the program ends with once the answer is written.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Status(report) if report.daemon.is_none() => report.code_without_daemon,
            // Not all of what was asked for was done.
            Self::Written(written) if !written.failures.is_empty() => ErrorKind::Failed.exit_code(),
            Self::Imported(imported) if imported.failed > 0 => ErrorKind::Failed.exit_code(),
            Self::Spoken(turn) => turn.exit_code(),
            Self::Over(code) => *code,
            Self::Examined(report) if report.checks.iter().any(|check| check.state == State::Problem) => PROBLEM_CODE,
            _ => 0,
        }
    }
}
