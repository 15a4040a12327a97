//! What `tasks doctor` looks at: everything that has to be right for tasks to be kept, each in one line with what to do about it.
//!
//! A check never fails as a whole: what cannot be looked at is what it tells. Nothing here opens the database; the daemon does.
//! To add a check: a function that returns [`Check`]s, called in [`examine`].

mod channels;
mod daemon;
mod places;
mod surroundings;

use crate::ctx::Ctx;
use crate::error::CliError;

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Ok,
    /// It works, and something could be better.
    Warning,
    /// It does not work, or is not safe.
    Problem,
}

impl State {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}

/// One thing that was looked at.
pub struct Check {
    /// What, in a word or two.
    pub name: &'static str,
    /// How it is.
    pub state: State,
    /// How it is, in one line.
    pub message: String,
    /// What to do; empty for nothing.
    pub hint: String,
    /// What was done about it.
    pub fixed: Option<String>,
    /// What `--fix` would do; says what it did.
    fix: Option<Fix>,
}

type Fix = Box<dyn FnOnce(&Ctx) -> Result<String, CliError>>;

impl Check {
    fn new(name: &'static str, state: State, message: impl Into<String>) -> Self {
        Self { name, state, message: message.into(), hint: String::new(), fixed: None, fix: None }
    }

    /// All is well.
    pub fn ok(name: &'static str, message: impl Into<String>) -> Self {
        Self::new(name, State::Ok, message)
    }

    /// It works, and something could be better; with what to do.
    pub fn warning(name: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..Self::new(name, State::Warning, message) }
    }

    /// It does not work, or is not safe; with what to do.
    pub fn problem(name: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..Self::new(name, State::Problem, message) }
    }

    /// A failure as a check.
    fn failed(name: &'static str, state: State, error: &CliError) -> Self {
        match error {
            CliError::Failure(failure) => Self {
                hint: failure.hint.clone().unwrap_or_default(),
                ..Self::new(name, state, failure.message.clone())
            },
            CliError::ClosedPipe | CliError::Stopped(_) => Self::new(name, state, "it could not be looked at"),
        }
    }

    fn fixed_by(self, fix: impl FnOnce(&Ctx) -> Result<String, CliError> + 'static) -> Self {
        Self { fix: Some(Box::new(fix)), ..self }
    }

    /// Whether `--fix` can do something about it.
    pub fn can_fix(&self) -> bool {
        self.fix.is_some()
    }

    /// Does what can be done about it safely.
    fn mend(&mut self, ctx: &Ctx) {
        let Some(fix) = self.fix.take() else { return };
        match fix(ctx) {
            Ok(done) => {
                self.fixed = Some(done);
                self.state = State::Ok;
                self.hint.clear();
            }
            Err(CliError::Failure(failure)) => self.hint = format!("it could not be mended: {}", failure.message),
            Err(CliError::ClosedPipe | CliError::Stopped(_)) => {}
        }
    }
}

/// Looks at everything; with `fix`, mends what can be mended safely.
pub fn examine(ctx: &Ctx, fix: bool) -> Vec<Check> {
    let mut checks = surroundings::settings(ctx);
    match crate::link::places(&ctx.env) {
        Ok(places) => {
            // In this order: folders must be right before the daemon can be.
            for look in [places::folders, places::disk, places::files, places::socket, daemon::daemon, daemon::database]
            {
                let mut found = look(ctx, &places);
                if fix {
                    found.iter_mut().for_each(|check| check.mend(ctx));
                }
                checks.extend(found);
            }
        }
        Err(error) => checks.push(Check::failed("owner", State::Problem, &error)),
    }
    checks.extend(surroundings::clock(ctx));
    checks.extend(surroundings::zone(ctx));
    checks.extend(channels::channels(ctx));
    checks.extend(surroundings::editor(ctx));
    checks.extend(surroundings::completions(ctx));
    checks
}
