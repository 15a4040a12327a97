//! What a person types in a conversation: with line editing and a history where the terminal can, plainly where it cannot.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::link;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{Config, Editor};
use std::path::PathBuf;
use tasks_domain::error::ErrorKind;
use tasks_domain::limits::MESSAGE_BYTES_MAX;

/// What stands before what is typed.
const PROMPT: &str = "> ";
/// Most lines of the history.
const HISTORY_MAX: usize = 500;

/// What was typed.
pub(super) enum Typed {
    /// A line.
    Line(String),
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D, or the end of the input.
    End,
}

/// Where it is typed.
pub(super) enum Prompt {
    /// With keys and a history, kept in this file.
    Edited(Box<Editor<(), FileHistory>>, Option<PathBuf>),
    /// A terminal without keys.
    Plain,
}

impl Prompt {
    /// The prompt of this terminal.
    pub(super) fn new(ctx: &Ctx) -> Self {
        let term = ctx.env.text("TERM").unwrap_or_default();
        if matches!(term.as_str(), "" | "dumb" | "cons25" | "emacs") {
            return Self::Plain;
        }
        let config =
            Config::builder().max_history_size(HISTORY_MAX).map(|config| config.auto_add_history(true).build());
        let Ok(editor) = config.and_then(Editor::with_config) else { return Self::Plain };
        let file = link::places(&ctx.env).ok().map(|places| places.chat_history());
        let mut editor = Box::new(editor);
        if let Some(file) = &file {
            // The first time there is none.
            let _ = editor.load_history(file);
        }
        Self::Edited(editor, file)
    }

    /// Reads what is typed next.
    pub(super) fn read(&mut self, ctx: &mut Ctx) -> Result<Typed, CliError> {
        let failed = |error: &dyn std::fmt::Display| {
            CliError::new(ErrorKind::Failed, format!("cannot read what is typed: {error}"))
        };
        match self {
            Self::Edited(editor, _) => match editor.readline(PROMPT) {
                Ok(line) => Ok(Typed::Line(line)),
                Err(ReadlineError::Interrupted) => Ok(Typed::Interrupt),
                Err(ReadlineError::Eof) => Ok(Typed::End),
                Err(error) => Err(failed(&error)),
            },
            Self::Plain => {
                let line = ctx.ui.ask_text(&mut ctx.stdin, PROMPT, MESSAGE_BYTES_MAX + 1)?;
                Ok(if line.is_empty() {
                    Typed::End
                } else {
                    Typed::Line(line.trim_end_matches(['\n', '\r']).to_owned())
                })
            }
        }
    }

    /// Keeps the history for the next conversation. A folder that cannot be written costs the history and nothing else.
    pub(super) fn keep(&mut self) {
        if let Self::Edited(editor, Some(file)) = self {
            let _ = editor.save_history(file);
        }
    }
}
