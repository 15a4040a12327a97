//! The flag of all that looks at tasks: when.

/// Flag of every command that only looks at tasks.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct PastArgs {
    /// Look at what was there at a moment of the past, as "2 hours ago", yesterday or 2026-11-01
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
}
