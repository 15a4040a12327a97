//! What the engine is asked, and what it answers.

use chrono::NaiveDate;
use tasks_domain::amend::Amend;
use tasks_domain::id::{OperationId, RuleId, TaskId};
use tasks_domain::recurring::Scope;
use tasks_domain::search::Fit;
use tasks_domain::settings::LanguageSettings;
pub use tasks_domain::shown::{Logged, RuleShown, Shown};
use tasks_domain::sort::{SortOrder, SortTerm};
use tasks_domain::task::Status;
use tasks_domain::when::Now;
use tasks_language::{Reading, Settings};

/// Who asks, and its present.
#[derive(Clone, Debug)]
pub struct Caller {
    /// When it is for the caller, and in which zone it is.
    pub now: Now,
    /// POSIX locale; decides the order of numeric dates.
    pub locale: String,
    /// What the person set of how words are read.
    pub language: LanguageSettings,
    /// A filter that every other filter of the request is narrowed to; empty for none.
    pub context: String,
    /// Reads only: what the replica held at `now`, which then lies behind.
    pub past: bool,
}

impl Caller {
    /// The moment of the past that is asked about, in Unix milliseconds; `None` for the present.
    pub fn moment(&self) -> Option<i64> {
        self.past.then(|| self.now.unix_ms())
    }

    /// What texts are read with.
    pub fn language(&self) -> tasks_language::Context {
        tasks_language::Context { now: self.now, settings: Settings::of(&self.locale, self.now.zone(), &self.language) }
    }
}

/// What every write carries.
#[derive(Clone, Debug)]
pub struct Write {
    /// Made by the client; the same again is done once.
    pub operation: OperationId,
    /// Who asks.
    pub caller: Caller,
    /// Answer, but do nothing.
    pub dry_run: bool,
    /// The command as it was given, for the log.
    pub command: String,
    /// An operation that is taken back as this is done, when it stands yet: so a correction is one step for `undo`.
    pub instead_of: Option<OperationId>,
}

/// Fields set by flags, still as text; what a flag says wins over the text of the task. An empty value clears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the task's of the same name, in the language of `tasks add`")]
pub struct Fields {
    pub title: Option<String>,
    pub due: Option<String>,
    pub priority: Option<String>,
    pub project: Option<String>,
    pub notes: Option<String>,
    pub estimate: Option<String>,
    pub wait: Option<String>,
    pub parent: Option<String>,
    pub add_tags: Vec<String>,
    pub remove_tags: Vec<String>,
    pub add_after: Vec<String>,
    pub remove_after: Vec<String>,
    /// Takes all tags off before those named are put on.
    pub clear_tags: bool,
    /// Takes all blockers off before those named are put on.
    pub clear_after: bool,
    /// When to be reminded, each in words; `none` alone for not at all.
    pub remind: Vec<String>,
    /// An RRULE or words: it comes again.
    pub repeat: Option<String>,
    /// How its rule behaves.
    pub rule: RuleFields,
}

/// How a rule behaves, set by flags; what is absent stays as it is, or as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleFields {
    /// What becomes of missed ones: one, skip or stack.
    pub missed: Option<String>,
    /// What it counts from: calendar or completion.
    pub anchor: Option<String>,
    /// In months that are too short: clamp or skip.
    pub month_end: Option<String>,
    /// How many are kept open.
    pub ahead: Option<u32>,
    /// What falls on a weekend moves to Monday.
    pub skip_weekends: Option<bool>,
    /// Its last day, in the language of `tasks add`; empty for no end.
    pub until: Option<String>,
    /// How many there are in all; 0 for no end.
    pub count: Option<u32>,
    /// Dates to leave out, in the language of `tasks add`.
    pub except: Vec<String>,
}

/// Tasks that a write finds by itself, in its own transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The words of a filter; none for tasks that are named.
    pub filter: Vec<String>,
    /// The sub-tasks too, and theirs.
    pub deep: bool,
    /// The tasks a person said yes to, if one was asked: no other may be changed.
    pub agreed: Option<Vec<TaskId>>,
}

/// Which tasks a command is about: those named, or those that a filter finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// Numbers, ids or their beginnings.
    pub references: Vec<String>,
    /// What else is said about which.
    pub selection: Selection,
}

impl From<Vec<String>> for Targets {
    fn from(references: Vec<String>) -> Self {
        Self { references, selection: Selection::default() }
    }
}

/// A task to add.
#[derive(Clone, Debug)]
pub struct NewTask {
    /// Made by the client.
    pub id: TaskId,
    /// As typed.
    pub text: String,
}

/// Tasks to change alike.
#[derive(Clone, Debug, Default)]
pub struct TaskEdit {
    /// Which.
    pub targets: Targets,
    /// As typed; empty for none.
    pub text: String,
    /// From flags.
    pub fields: Fields,
    /// Which occurrences are meant where the targets come again; must be said of those whose rule goes on.
    pub scope: Option<Scope>,
    /// What becomes of the words of the text.
    pub amend: Amend,
}

/// How one text was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct TextReading {
    /// The text.
    pub text: String,
    /// What it was understood to say.
    pub reading: Reading,
}

/// What a write did, or would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// Absent when nothing changed, and in a dry run.
    pub operation: Option<Logged>,
    /// The tasks it is about, as they are after it.
    pub tasks: Vec<Shown>,
    /// Those that were as asked already.
    pub unchanged: Vec<TaskId>,
    /// What the person should know.
    pub warnings: Vec<String>,
    /// Whether it was only tried.
    pub dry_run: bool,
    /// How the texts were understood, one a text.
    pub readings: Vec<TextReading>,
    /// Texts that were left out, by their place in the request, and why.
    pub failures: Vec<(usize, tasks_domain::error::Error)>,
    /// After a step in a task's life: the numbers that `tasks` had before it.
    pub numbers_before: Vec<Option<u32>>,
    /// Occurrences that rules made of it.
    pub made: Vec<Shown>,
    /// Rules that began or changed.
    pub rules: Vec<RuleShown>,
    /// Nothing more comes of rules of which something ended.
    pub over: bool,
    /// The rules of which the next slot may come at another time now.
    pub touched: Vec<RuleId>,
}

/// One operation taken back or done again.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenBack {
    /// Which.
    pub target: Logged,
    /// What that did.
    pub written: Written,
    /// Fields that were changed since and so stay, in words.
    pub kept: Vec<String>,
}

/// What to list.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// Who asks.
    pub caller: Caller,
    /// The filter's words.
    pub filter: Vec<String>,
    /// In which order.
    pub order: SortOrder,
    /// Backwards.
    pub reverse: bool,
    /// What decides where that order does not; then each goes its own way, the first as `reverse` has it.
    pub then: Vec<SortTerm>,
    /// At most so many; 0 for all.
    pub limit: usize,
    /// Only what is due up to so many days from today.
    pub horizon_days: Option<u32>,
    /// Fill `short_id` for all.
    pub short_ids: bool,
    /// Only what a line of a list says is wanted: urgency, progress and reminders are left out.
    pub brief: bool,
}

impl ListQuery {
    /// The last day within the horizon.
    pub(crate) fn horizon(&self) -> Option<NaiveDate> {
        let days = u64::from(self.horizon_days?);
        self.caller.now.today().checked_add_days(chrono::Days::new(days))
    }
}

/// Which tasks to count.
#[derive(Clone, Debug)]
pub struct CountQuery {
    /// Who asks.
    pub caller: Caller,
    /// The filter's words.
    pub filter: Vec<String>,
}

/// What to tell of the days up to today.
#[derive(Clone, Debug)]
pub struct StatsQuery {
    /// Which tasks.
    pub count: CountQuery,
    /// How many days, today included.
    pub days: u32,
}

/// Which days to tell of.
#[derive(Clone, Debug)]
pub struct CalendarQuery {
    /// Which tasks.
    pub count: CountQuery,
    /// First day.
    pub first: NaiveDate,
    /// Last day, included.
    pub last: NaiveDate,
    /// Most tasks told of one day.
    pub tasks_per_day: usize,
}

/// Which projects or tags to complete.
#[derive(Clone, Debug)]
pub struct LabelsQuery {
    /// Projects; else tags.
    pub projects: bool,
    /// What was typed, without its sign; may be empty.
    pub prefix: String,
    /// At most so many.
    pub limit: usize,
}

/// Which references to complete.
#[derive(Clone, Debug)]
pub struct CompleteQuery {
    /// What was typed of a number or an id; may be empty.
    pub prefix: String,
    /// Most answers.
    pub limit: usize,
    /// Tasks that are done or in the trash, instead of open ones.
    pub ended: bool,
}

/// What a reference could become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The number, or the shortest id.
    pub reference: String,
    /// The task's title.
    pub title: String,
    /// Where it stands.
    pub status: Status,
}

/// What to search for.
#[derive(Clone, Debug)]
pub struct SearchQuery {
    /// Who asks.
    pub caller: Caller,
    /// Words, as they were typed.
    pub text: String,
    /// Words of a filter; what is in the trash is left out unless it speaks of that.
    pub filter: Vec<String>,
    /// Most tasks.
    pub limit: usize,
}

/// A task that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The task.
    pub shown: Shown,
    /// How well, and where.
    pub fit: Fit,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Searched {
    /// Best first.
    pub hits: Vec<Hit>,
    /// There are more.
    pub more: bool,
    /// Words that are nowhere as they were typed, with what they were taken for.
    pub meant: Vec<(String, String)>,
}
