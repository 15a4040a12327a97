//! Looking at rules.

use crate::commands::count::{self, CountArg};
use crate::commands::past::PastArgs;
use crate::ctx::Ctx;
use crate::error::CliError;
use crate::outcome::{Outcome, RuleDates};
use tasks_proto::v1;

/// Coming dates that `show` tells.
const SHOWN: u32 = 5;
/// Coming dates that `list` tells: the one after what is open.
const LISTED: u32 = 1;

/// All rules, by what comes next
#[derive(clap::Args, Debug, Default)]
pub(super) struct ListArgs {
    /// Those that ended, too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    count: CountArg,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

/// Everything about rules
#[derive(clap::Args, Debug)]
pub(super) struct ShowArgs {
    /// Letters of a rule, or a task of it
    #[arg(value_name = "RULE", required = true)]
    rules: Vec<String>,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

/// The coming dates, each with the policy that made it
///
/// Those of occurrences that are there already are named with their numbers.
#[derive(clap::Args, Debug)]
pub(super) struct NextArgs {
    /// How many dates in all
    #[arg(value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    count: u32,
    /// Only of these rules: letters, or a task of it
    #[arg(value_name = "RULE")]
    rules: Vec<String>,
    #[command(flatten)]
    pub(super) past: PastArgs,
}

/// `tasks rules list`.
pub(super) fn list(args: &ListArgs, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let rules = ask(ctx, Vec::new(), args.all, LISTED)?;
    if args.count.count {
        return Ok(count::of(&rules));
    }
    Ok(Outcome::Rules { rules, in_full: false })
}

/// `tasks rules show`.
pub(super) fn show(args: &ShowArgs, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let rules = ask(ctx, args.rules.clone(), true, SHOWN)?;
    Ok(Outcome::Rules { rules, in_full: true })
}

/// `tasks rules next`.
pub(super) fn next(args: &NextArgs, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    let rules = ask(ctx, args.rules.clone(), false, args.count)?;
    Ok(Outcome::RuleDates(RuleDates { rules, count: args.count as usize }))
}

pub(in crate::commands) fn ask(
    ctx: &Ctx,
    references: Vec<String>,
    ended: bool,
    upcoming: u32,
) -> Result<Vec<v1::Rule>, CliError> {
    let request = v1::ListRulesRequest { caller: Some(ctx.present.caller()), references, ended, upcoming };
    ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.rules().list_rules(request).await?.into_inner().rules) }
    })
}
