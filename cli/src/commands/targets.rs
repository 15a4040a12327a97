//! Which tasks a command is about, and the question before many are changed.

use crate::ctx::{Ctx, UNASKED_MAX, WriteArgs};
use crate::error::CliError;
use std::collections::HashSet;
use tasks_domain::numbers;
use tasks_proto::v1;

/// The tasks of a verb that needs nothing else.
#[derive(clap::Args, Debug)]
pub(super) struct TaskArgs {
    /// Numbers, lists and ranges of them as 1,3,5-7, or the letters of an id (its beginning is enough)
    #[arg(value_name = "ID", required_unless_present = "filter")]
    pub(super) ids: Vec<String>,
    /// All tasks that match a filter, as in tasks list but whatever the context; asks first
    #[arg(long = "where", id = "filter", value_name = "FILTER", conflicts_with = "ids", allow_hyphen_values = true)]
    pub(super) filter: Vec<String>,
    #[command(flatten)]
    pub(super) write: WriteArgs,
}

/// `--deep`, for verbs that can take sub-tasks along.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
pub(super) struct DeepArg {
    /// Their sub-tasks too, and theirs
    #[arg(long)]
    pub(super) deep: bool,
}

/// The tasks a write is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Targets {
    /// As the person named them.
    pub(super) references: Vec<String>,
    /// The words of a filter instead.
    pub(super) filter: Vec<String>,
    /// Sub-tasks too.
    pub(super) deep: bool,
}

impl Targets {
    /// Those of these arguments.
    pub(super) fn of(args: &TaskArgs, deep: bool) -> Self {
        Self { references: args.ids.clone(), filter: args.filter.clone(), deep }
    }

    /// As requests carry it, with the ids a person said yes to.
    pub(super) fn selection(&self, agreed: Vec<Vec<u8>>) -> Option<v1::Selection> {
        let plain = self.filter.is_empty() && !self.deep && agreed.is_empty();
        (!plain).then(|| v1::Selection { filter: self.filter.clone(), deep: self.deep, agreed })
    }

    /// How many tasks are named, as far as that can be told without looking them up.
    fn named(&self) -> usize {
        self.references.iter().flat_map(|reference| numbers::parts(reference)).collect::<HashSet<_>>().len()
    }

    /// Whether only a look at the tasks tells how many there are.
    fn is_open_ended(&self) -> bool {
        !self.filter.is_empty() || self.deep || self.references.iter().any(|reference| numbers::has_range(reference))
    }
}

/// Does a write by `send`, which gets what every write carries and the ids a person said yes to.
///
/// Where three or more tasks would change, or any by a filter, it is tried first and asked about; then only what was shown may
/// change, whatever happened meanwhile. `question` begins the question, as "Finish".
pub(super) fn write<T>(
    ctx: &mut Ctx,
    write: WriteArgs,
    targets: &Targets,
    question: &str,
    send: impl Fn(&Ctx, v1::WriteOptions, Vec<Vec<u8>>) -> Result<(v1::WriteResult, T), CliError>,
) -> Result<(v1::WriteResult, T), CliError> {
    if !targets.filter.is_empty() {
        ctx.beyond_context()?;
    }
    let mut agreed = Vec::new();
    if !write.yes && !write.dry_run && (targets.is_open_ended() || targets.named() > UNASKED_MAX) {
        if !targets.is_open_ended() {
            ctx.require_terminal(&format!("this changes {} tasks", targets.named()))?;
        }
        let (tried, _) = send(ctx, ctx.write_options(WriteArgs { dry_run: true, ..write })?, Vec::new())?;
        let changed = changed(&tried);
        if changed.len() > UNASKED_MAX || (!targets.filter.is_empty() && !changed.is_empty()) {
            let tasks = if changed.len() == 1 { "1 task".to_owned() } else { format!("{} tasks", changed.len()) };
            ctx.require_terminal(&format!("this changes {tasks}"))?;
            let these = if changed.len() == 1 { "this task".to_owned() } else { format!("these {tasks}") };
            ctx.ui.confirm(&mut ctx.stdin, &changed, &format!("{question} {these}?"))?;
        }
        agreed = tried.tasks.into_iter().map(|task| task.id).collect();
    }
    send(ctx, ctx.write_options(write)?, agreed)
}

/// The tasks that a write changes, with the numbers they had before it.
fn changed(result: &v1::WriteResult) -> Vec<v1::Task> {
    let unchanged: HashSet<&Vec<u8>> = result.unchanged.iter().collect();
    let numbers = result.numbers_before.iter().copied().chain(std::iter::repeat(0));
    let tasks = result.tasks.iter().zip(numbers).filter(|(task, _)| !unchanged.contains(&task.id));
    tasks
        .map(|(task, before)| v1::Task { number: if task.number > 0 { task.number } else { before }, ..task.clone() })
        .collect()
}
