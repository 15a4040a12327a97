//! What a command gets beside its arguments.

use crate::error::CliError;
use crate::host::Env;
use crate::ids;
use crate::link;
use crate::output::text::clean;
use crate::output::{Form, Ui};
use crate::present::Present;
use crate::settings::Config;
use std::future::Future;
use std::io::BufRead;
use tasks_domain::error::ErrorKind;
use tasks_domain::id::TaskId;
use tasks_proto::client::Client;
use tasks_proto::v1;
use tonic::Status;

/// Most tasks that a command changes without asking, and most commands that it takes back.
pub const UNASKED_MAX: usize = 2;

/// Flags of every command that writes.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
pub struct WriteArgs {
    /// Show what it would do, and do nothing
    #[arg(long, help_heading = "Writing")]
    pub dry_run: bool,
    /// Do not ask before changing three or more tasks, or any by a filter
    #[arg(long, help_heading = "Writing")]
    pub yes: bool,
}

/// The view that a context names: one word that is no term of a filter by its looks.
pub fn view_name(context: &str) -> Option<&str> {
    let name = context.strip_prefix("view:").unwrap_or(context);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    (!name.is_empty() && !name.starts_with('-') && name.chars().all(plain)).then_some(name)
}

/// The world of one command.
pub struct Ctx {
    /// Environment variables.
    pub env: Env,
    /// What the person set.
    pub config: Config,
    /// Now, zone and locale.
    pub present: Present,
    /// Standard input.
    pub stdin: Box<dyn BufRead>,
    /// The terminal, or what stands for it.
    pub ui: Ui,
    /// The command as it was given, for the log.
    pub command: String,
}

impl Ctx {
    /// Asks the daemon, starting it if need be.
    pub fn call<T, F, Fut>(&self, ask: F) -> Result<T, CliError>
    where
        F: Fn(Client) -> Fut,
        Fut: Future<Output = Result<T, Status>>,
    {
        link::call(&self.env, ask)
    }

    /// The caller of a request that the context narrows; says which context that is.
    pub fn in_context(&mut self) -> v1::Caller {
        let caller = self.present.caller();
        let Some(text) = self.config.context.clone() else { return caller };
        let context = self.context_view().map_or_else(|| text.clone(), |name| format!("view:{name}"));
        if self.ui.form() == Form::Human {
            // The answer does not depend on it: without the view's filter its name stands alone.
            let views = if self.context_view().is_some() { self.views().unwrap_or_default() } else { Vec::new() };
            let found = views.into_iter().find(|view| view.name.to_lowercase() == text.to_lowercase());
            let filter = found.map(|view| format!(" ({})", view.filter)).unwrap_or_default();
            // Nobody listens to a standard error that cannot be written.
            let _ = self.ui.note(&format!("context: {}", clean(&format!("{text}{filter}"))));
        }
        v1::Caller { context, ..caller }
    }

    /// Says that the tasks of a filter are not narrowed to the context: what was shown within it may be less than what is changed.
    pub fn beyond_context(&mut self) -> Result<(), CliError> {
        let Some(text) = self.config.context.clone() else { return Ok(()) };
        self.ui.note(&format!("--where looks beyond the context {}", clean(&text)))
    }

    /// The name of the view that is the context, when it is one.
    pub fn context_view(&self) -> Option<&str> {
        view_name(self.config.context.as_deref()?)
    }

    /// All saved views.
    pub fn views(&self) -> Result<Vec<v1::View>, CliError> {
        let request = v1::ListViewsRequest { caller: Some(self.present.caller()) };
        self.call(|client| {
            let request = request.clone();
            async move { Ok(client.settings().list_views(request).await?.into_inner().views) }
        })
    }

    /// What every write request carries.
    pub fn write_options(&self, write: WriteArgs) -> Result<v1::WriteOptions, CliError> {
        let operation = ids::operation(self.present.now.unix_ms())?;
        Ok(v1::WriteOptions {
            operation_id: operation.as_bytes().to_vec(),
            caller: Some(self.present.caller()),
            dry_run: write.dry_run,
            command: self.command.clone(),
        })
    }

    /// The tasks of these numbers or ids.
    pub fn get_tasks(&self, references: &[String]) -> Result<Vec<v1::Task>, CliError> {
        let request = v1::GetTasksRequest { caller: Some(self.present.caller()), references: references.to_vec() };
        self.call(|client| {
            let request = request.clone();
            async move { Ok(client.tasks().get_tasks(request).await?.into_inner().tasks) }
        })
    }

    /// The tasks that `tasks` are a part of or wait for, when people are to read their names.
    pub fn near(&self, tasks: &[v1::Task]) -> Vec<v1::Task> {
        let ids = tasks.iter().flat_map(|task| task.after.iter().chain([&task.parent]));
        let letters = ids.filter_map(|id| TaskId::from_slice(id)).map(|id| id.letters());
        let mut references: Vec<String> = letters.collect();
        references.sort();
        references.dedup();
        if references.is_empty() || self.ui.form() != Form::Human {
            return Vec::new();
        }
        // The answer is there already; without the names it shows letters.
        self.get_tasks(&references).unwrap_or_default()
    }

    /// The same for the answer to a write, which tells the names when it is about one task.
    pub fn near_of_one(&self, tasks: &[v1::Task]) -> Vec<v1::Task> {
        if tasks.len() == 1 { self.near(tasks) } else { Vec::new() }
    }

    /// Asks before `count` commands are taken back or done again.
    pub fn confirm_steps(&mut self, count: u32, write: WriteArgs, verb: &str) -> Result<(), CliError> {
        if write.yes || write.dry_run || count as usize <= UNASKED_MAX {
            return Ok(());
        }
        self.require_terminal(&format!("this is about {count} commands"))?;
        self.ui.confirm(&mut self.stdin, &[], &format!("{verb} {count} commands?"))
    }

    /// Refuses where nobody is there to answer a question; `what` says what it would be about.
    pub fn require_terminal(&self, what: &str) -> Result<(), CliError> {
        if self.ui.can_ask() {
            return Ok(());
        }
        Err(CliError::hinted(
            ErrorKind::Refused,
            format!("{what}, and there is no terminal to ask on"),
            "say --yes if you mean it, or look first with --dry-run",
        ))
    }
}
