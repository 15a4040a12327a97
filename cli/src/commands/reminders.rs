//! `tasks reminders`.

use super::past::PastArgs;
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::{Outcome, ReminderChange, ReminderReport};
use tasks_proto::v1;

/// Most reminders that are listed unless somebody says.
const LIST_LIMIT: u32 = 50;

const EXAMPLES: &str = "\
Examples:
  tasks reminders                       what is to come, what failed, what is held back
  tasks reminders next 3
  tasks reminders why 3                 what was planned, tried and delivered, and for what reason
  tasks reminders cancel 3              those of a task that are still to come
  tasks reminders retry xqv             one that failed, by its own id

Make one: tasks remind ID WHEN. Put one off: tasks snooze ID WHEN.";

/// Look at reminders, and change them
///
/// An ID is a reminder's own, or a task's, whose reminders are meant then.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(flatten)]
    past: PastArgs,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What to do with reminders.
#[derive(clap::Subcommand, Debug)]
enum Verb {
    /// List those to come, then those that failed or are held back
    List {
        /// Of these tasks only
        #[arg(value_name = "ID")]
        tasks: Vec<String>,
        /// Those that came or were cancelled too, newest first
        #[arg(long)]
        all: bool,
        /// Most reminders to show
        #[arg(long, value_name = "N", default_value_t = LIST_LIMIT, value_parser = clap::value_parser!(u32).range(1..=1_000))]
        limit: u32,
        #[command(flatten)]
        past: PastArgs,
    },
    /// Show all about reminders
    Show {
        /// Which
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
        #[command(flatten)]
        past: PastArgs,
    },
    /// Show what comes next
    Next {
        /// How many
        #[arg(value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000))]
        count: u32,
        #[command(flatten)]
        past: PastArgs,
    },
    /// Tell what was planned, tried and delivered, and for what reason
    Why {
        /// Which
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
        #[command(flatten)]
        past: PastArgs,
    },
    /// Cancel those that are still to come
    Cancel {
        /// Which
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
        #[command(flatten)]
        write: WriteArgs,
    },
    /// Try those again that failed, or are held back
    Retry {
        /// Which
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
        #[command(flatten)]
        write: WriteArgs,
    },
    /// Put one off, as tasks snooze does
    Snooze {
        /// Which
        #[arg(value_name = "ID")]
        id: String,
        /// How long from now, or until when
        #[arg(value_name = "WHEN", required = true)]
        when: Vec<String>,
        #[command(flatten)]
        write: WriteArgs,
    },
    /// Say that you have seen them: they are taken off the screen
    Ack {
        /// Which
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
        #[command(flatten)]
        write: WriteArgs,
    },
}

impl Args {
    /// The moment that what only looks is asked about.
    pub(super) fn past(&self) -> Option<&PastArgs> {
        let Some(verb) = &self.verb else { return Some(&self.past) };
        match verb {
            Verb::List { past, .. } | Verb::Show { past, .. } | Verb::Next { past, .. } | Verb::Why { past, .. } => {
                Some(past)
            }
            _ => None,
        }
    }
}

/// What is done to reminders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Cancel,
    Retry,
    Acknowledge,
    Snooze(String),
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    match &args.verb {
        None => Ok(told(list(ctx, v1::ReminderScope::Unspecified, &[], LIST_LIMIT)?)),
        Some(Verb::List { tasks, all, limit, .. }) => {
            let scope = if *all { v1::ReminderScope::All } else { v1::ReminderScope::Unspecified };
            Ok(told(list(ctx, scope, tasks, *limit)?))
        }
        // Whoever asks for the next few knows that there may be more.
        Some(Verb::Next { count, .. }) => {
            Ok(told(ReminderReport { more: false, ..list(ctx, v1::ReminderScope::Coming, &[], *count)? }))
        }
        Some(Verb::Show { ids, .. } | Verb::Why { ids, .. }) => stories(ctx, ids),
        Some(Verb::Cancel { ids, write }) => change(ctx, ids, &Deed::Cancel, *write),
        Some(Verb::Retry { ids, write }) => change(ctx, ids, &Deed::Retry, *write),
        Some(Verb::Ack { ids, write }) => change(ctx, ids, &Deed::Acknowledge, *write),
        Some(Verb::Snooze { id, when, write }) => {
            change(ctx, std::slice::from_ref(id), &Deed::Snooze(when.join(" ")), *write)
        }
    }
}

fn told(report: ReminderReport) -> Outcome {
    Outcome::Reminders(Box::new(report))
}

fn list(ctx: &Ctx, scope: v1::ReminderScope, tasks: &[String], limit: u32) -> Result<ReminderReport, CliError> {
    let request = v1::ListRemindersRequest {
        caller: Some(ctx.present.caller()),
        scope: scope.into(),
        tasks: tasks.to_vec(),
        limit,
    };
    let answer = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.reminders().list_reminders(request).await?.into_inner()) }
    })?;
    let all = scope == v1::ReminderScope::All;
    Ok(ReminderReport { reminders: answer.reminders, more: answer.more, all, change: None })
}

fn stories(ctx: &Ctx, references: &[String]) -> Result<Outcome, CliError> {
    let request = v1::GetRemindersRequest { caller: Some(ctx.present.caller()), references: references.to_vec() };
    let answer = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.reminders().get_reminders(request).await?.into_inner()) }
    })?;
    Ok(Outcome::ReminderStories(answer.stories))
}

/// Does something to reminders.
pub(super) fn change(ctx: &Ctx, references: &[String], deed: &Deed, write: WriteArgs) -> Result<Outcome, CliError> {
    let (action, words, until) = match deed {
        Deed::Cancel => (v1::ReminderAction::Cancel, ("Cancelled", "Would cancel", "Not to come anyway"), ""),
        Deed::Retry => (v1::ReminderAction::Retry, ("Trying again", "Would try again", "Waits for its channel"), ""),
        Deed::Acknowledge => {
            (v1::ReminderAction::Acknowledge, ("Seen", "Would mark as seen", "Nothing to be seen of"), "")
        }
        Deed::Snooze(until) => {
            (v1::ReminderAction::Snooze, ("Snoozed", "Would snooze", "Comes then already"), until.as_str())
        }
    };
    let request = v1::ChangeRemindersRequest {
        options: Some(ctx.write_options(write)?),
        references: references.to_vec(),
        action: action.into(),
        until: until.to_owned(),
    };
    let answer = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.reminders().change_reminders(request).await?.into_inner()) }
    })?;
    let change =
        ReminderChange { words, operation: answer.operation, unchanged: answer.unchanged, dry_run: answer.dry_run };
    Ok(Outcome::Reminders(Box::new(ReminderReport {
        reminders: answer.reminders,
        more: false,
        all: false,
        change: Some(change),
    })))
}
