//! `tasks remind`.

use super::targets::{self, Targets};
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::{Outcome, Verb, Written};
use tasks_domain::id::TaskId;
use tasks_proto::v1;

const EXAMPLES: &str = "\
Examples:
  tasks remind 3 15 minutes before           before it is due; moves with the due date
  tasks remind 3 the day before at 18:00
  tasks remind 3 at due, 1 hour before       more than one at once
  tasks remind 3 tomorrow 9am                at a time of its own
  tasks remind 3 in 2 hours --email
  tasks remind 3,5-7 1 day before            each of several tasks
  tasks remind 3 1h before --webhook https://example.org/hook
  tasks remind 3 none                        cancels those to come

See what is planned with tasks reminders, and what came of one with tasks reminders why ID.";

/// Be reminded of a task
///
/// A length is counted back from the due date; anything else is a time of its own. A reminder that counts from a due date that is
/// not there, or that would be in the past, is refused.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The task's number or id, or a list or range of them as 3,5-7
    #[arg(value_name = "ID")]
    task: String,
    /// When
    #[arg(value_name = "WHEN", required = true)]
    when: Vec<String>,
    /// By mail instead of on the screen; the address only where it is not your own: --email=ann@example.org
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    email: Option<String>,
    /// By a request to this address
    #[arg(long, value_name = "URL", conflicts_with = "email")]
    webhook: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let when = args.when.join(" ");
    if when.trim().is_empty() {
        let hint = format!("try: tasks remind {} tomorrow 9am, or none to cancel those to come", args.task);
        return Err(CliError::usage("nothing says when to remind you", hint));
    }
    let (channel, address) = match (&args.email, &args.webhook) {
        (Some(address), _) => ("email", address.clone()),
        (None, Some(url)) => ("webhook", url.clone()),
        (None, None) => ("desktop", String::new()),
    };
    let targets = Targets { references: vec![args.task.clone()], ..Targets::default() };
    let send = |ctx: &Ctx, options: v1::WriteOptions, agreed: Vec<Vec<u8>>| {
        // Those somebody said yes to, whatever the range means by now.
        let letters = agreed.iter().filter_map(|id| TaskId::from_slice(id)).map(|id| id.letters());
        let references = if agreed.is_empty() { targets.references.clone() } else { letters.collect() };
        let (channel, address) = (channel.to_owned(), address.clone());
        let request =
            v1::RemindRequest { options: Some(options), references, when: vec![when.clone()], channel, address };
        let result = ctx.call(|client| {
            let request = request.clone();
            async move { Ok(client.reminders().remind(request).await?.into_inner().result.unwrap_or_default()) }
        })?;
        Ok((result, ()))
    };
    let (mut result, ()) = targets::write(ctx, args.write, &targets, "Set reminders of", send)?;
    let mail = &ctx.config.channels;
    if args.email.is_some() && mail.server.is_none() {
        result
            .warnings
            .push("no mail can be sent yet: tasks config set email.server smtps://mail.example.org".to_owned());
    } else if args.email.as_deref() == Some("") && mail.to.is_none() {
        result.warnings.push("nobody gets the mail yet: tasks config set email.to you@example.org".to_owned());
    }
    let near = ctx.near_of_one(&result.tasks);
    Ok(Outcome::Written(Box::new(Written {
        verb: Verb::Remind,
        result,
        readings: Vec::new(),
        references: vec![args.task.clone()],
        near,
        failures: Vec::new(),
    })))
}
