//! Changing rules.

use crate::commands::fields::FieldArgs;
use crate::commands::repeat::RuleArgs;
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::outcome::{Outcome, RuleVerb, RulesWritten};
use tasks_proto::v1;
use tasks_proto::v1::RuleStatus;

/// Change a rule, with its open occurrences
#[derive(clap::Args, Debug)]
pub(super) struct EditArgs {
    /// Letters of a rule, or a task of it
    #[arg(value_name = "RULE")]
    rule: String,
    /// What to change, in the language of tasks add: another rule, a tag, a priority
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// The new title
    #[arg(long, value_name = "TEXT", help_heading = "Fields", allow_hyphen_values = true)]
    title: Option<String>,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    behaviour: RuleArgs,
    #[command(flatten)]
    write: WriteArgs,
}

macro_rules! step_args {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(clap::Args, Debug)]
        pub(super) struct $name {
            /// Letters of rules, or a task of each
            #[arg(value_name = "RULE", required = true)]
            rules: Vec<String>,
            #[command(flatten)]
            write: WriteArgs,
        }
    };
}

step_args!(
    /// Make nothing more until it is resumed; what is open stays
    PauseArgs
);
step_args!(
    /// Go on after a pause, or after an end
    ResumeArgs
);
step_args!(
    /// End it: nothing more comes, what is open stays
    CancelArgs
);

/// Make the next occurrence now, beside those that are open
#[derive(clap::Args, Debug)]
pub(super) struct GenerateArgs {
    /// Letters of a rule, or a task of it
    #[arg(value_name = "RULE")]
    rule: String,
    #[command(flatten)]
    write: WriteArgs,
}

/// `tasks rules edit`.
pub(super) fn edit(args: &EditArgs, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let text = args.text.join(" ");
    let says_nothing = text.trim().is_empty() && args.title.is_none() && args.fields.is_empty();
    if says_nothing && args.behaviour.is_empty() {
        let hint = format!("try: tasks rules edit {} every monday at 9, or a flag as --missed skip", args.rule);
        return Err(CliError::usage("nothing says what to change", hint));
    }
    let mut fields = args.fields.to_wire()?;
    fields.title.clone_from(&args.title);
    fields.rule = args.behaviour.to_wire();
    let options = Some(ctx.write_options(args.write)?);
    let request = v1::EditRuleRequest { options, reference: args.rule.clone(), text, fields: Some(fields) };
    let result = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.rules().edit_rule(request).await?.into_inner().result) }
    })?;
    Ok(written(RuleVerb::Edit, result))
}

/// `tasks rules pause`.
pub(super) fn pause(args: &PauseArgs, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    step(&args.rules, args.write, ctx, (RuleVerb::Pause, RuleStatus::Paused))
}

/// `tasks rules resume`.
pub(super) fn resume(args: &ResumeArgs, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    step(&args.rules, args.write, ctx, (RuleVerb::Resume, RuleStatus::Active))
}

/// `tasks rules cancel`.
pub(super) fn cancel(args: &CancelArgs, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    step(&args.rules, args.write, ctx, (RuleVerb::Cancel, RuleStatus::Cancelled))
}

/// `tasks rules generate`.
pub(super) fn generate(args: &GenerateArgs, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let options = Some(ctx.write_options(args.write)?);
    let request = v1::GenerateOccurrenceRequest { options, reference: args.rule.clone() };
    let result = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.rules().generate_occurrence(request).await?.into_inner().result) }
    })?;
    Ok(written(RuleVerb::Generate, result))
}

fn step(
    rules: &[String],
    write: WriteArgs,
    ctx: &mut Ctx,
    (verb, status): (RuleVerb, RuleStatus),
) -> Result<Outcome, CliError> {
    let options = Some(ctx.write_options(write)?);
    let request = v1::SetRuleStatusRequest { options, references: rules.to_vec(), status: status.into() };
    let result = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.rules().set_rule_status(request).await?.into_inner().result) }
    })?;
    Ok(written(verb, result))
}

fn written(verb: RuleVerb, result: Option<v1::WriteResult>) -> Outcome {
    Outcome::RulesWritten(Box::new(RulesWritten { verb, result: result.unwrap_or_default() }))
}
