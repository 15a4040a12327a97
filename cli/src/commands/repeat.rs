//! `tasks repeat`.

use super::edit::{answer, ids_and_text, send};
use super::occurrences::{self, ScopeArgs};
use super::targets::{self, Targets};
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::Outcome;
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks repeat 3 every monday at 9
  tasks repeat 3 every 3 days after completion
  tasks repeat 3 monthly --skip-weekends --until 2027-12-31
  tasks repeat 3 'FREQ=MONTHLY;BYDAY=-1FR'
  tasks repeat 3 none                       it does not come again
  tasks rules preview every 2nd tuesday     look at the dates first

A task whose due is a date of the rule keeps it; any other moves to the next date of the rule. Of a task that comes again already
every open occurrence follows the new rule; with --future only this one and those after it.";

/// Make a task come again
///
/// The rule is in words, or an RRULE of RFC 5545. When one occurrence is done the next is made, in the same step.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Tasks, then the rule
    #[arg(value_name = "ID|RULE", required = true)]
    words: Vec<String>,
    /// The rule, when everything before `--` is an id
    #[arg(value_name = "RULE", last = true)]
    text: Vec<String>,
    #[command(flatten)]
    rule: RuleArgs,
    #[command(flatten)]
    scope: ScopeArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// Flags that say how a rule behaves.
#[derive(clap::Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "How it comes again")]
pub(super) struct RuleArgs {
    /// What becomes of missed ones: `one` open at a time, `skip` to the newest, or `stack` them all
    #[arg(long, value_name = "POLICY", value_parser = ["one", "skip", "stack"])]
    missed: Option<String>,
    /// Count from the calendar, or from the day of completion
    #[arg(long, value_name = "ANCHOR", value_parser = ["calendar", "completion"])]
    anchor: Option<String>,
    /// In months that are too short: their last day, or leave them out
    #[arg(long, value_name = "POLICY", value_parser = ["clamp", "skip"])]
    month_end: Option<String>,
    /// How many to keep open
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    ahead: Option<u32>,
    /// Move what falls on a weekend to Monday
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, default_missing_value = "yes", value_parser = ["yes", "no"], require_equals = true)]
    skip_weekends: Option<String>,
    /// The last day; none for no end
    #[arg(long, value_name = "WHEN", conflicts_with = "count")]
    until: Option<String>,
    /// How many there are in all; 0 for no end
    #[arg(long, value_name = "N")]
    count: Option<u32>,
    /// A date to leave out. Can be repeated
    #[arg(long = "except", value_name = "WHEN")]
    except: Vec<String>,
}

impl RuleArgs {
    /// Whether no flag was given.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As requests carry them.
    pub(super) fn to_wire(&self) -> Option<v1::RuleFields> {
        let until = |text: &String| if text.eq_ignore_ascii_case("none") { String::new() } else { text.clone() };
        (!self.is_empty()).then(|| v1::RuleFields {
            missed: self.missed.clone(),
            anchor: self.anchor.clone(),
            month_end: self.month_end.clone(),
            ahead: self.ahead,
            skip_weekends: self.skip_weekends.as_deref().map(|word| word == "yes"),
            until: self.until.as_ref().map(until),
            count: self.count,
            except: self.except.clone(),
        })
    }
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let context = ctx.present.reading_context();
    let (references, rule) = ids_and_text(&args.words, &args.text, &[], &context);
    if rule.trim().is_empty() && args.rule.is_empty() {
        let id = references.first().map_or("3", String::as_str);
        return Err(CliError::usage(
            "nothing says how often",
            format!("try: tasks repeat {id} every monday at 9, or none to end it"),
        ));
    }
    let clears = rule.trim().eq_ignore_ascii_case("none");
    let fields = v1::Fields {
        repeat: (!rule.trim().is_empty()).then(|| if clears { String::new() } else { rule.clone() }),
        rule: args.rule.to_wire(),
        ..v1::Fields::default()
    };
    let targets = Targets { references, ..Targets::default() };
    let (result, readings) = occurrences::asking(ctx, args.scope.to_wire(), |ctx, scope| {
        let edit = |agreed| v1::TaskEdit {
            references: targets.references.clone(),
            text: String::new(),
            fields: Some(fields.clone()),
            selection: targets.selection(agreed),
            scope: scope.into(),
            ..v1::TaskEdit::default()
        };
        let send = |ctx: &Ctx, options, agreed| send(ctx, options, vec![edit(agreed)]);
        targets::write(ctx, args.write, &targets, "Change", send)
    })?;
    Ok(answer(ctx, result, readings, targets.references))
}
