//! Texts in the person's editor: in a file that only its owner can read, kept when anything goes wrong.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::host::Env;
use crate::ids;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use tasks_domain::error::ErrorKind;

/// Variables that name the editor where the settings do not.
const EDITORS: [&str; 2] = ["VISUAL", "EDITOR"];
/// What is used unasked.
pub const USUAL: &str = "vi";
/// What a shell ends with when a command is not there, or cannot be run.
const NOT_FOUND: i32 = 127;
const NOT_A_PROGRAM: i32 = 126;

/// The editor's command as settings or variables name it.
pub fn named(ctx: &Ctx) -> Option<String> {
    ctx.config.editor.clone().or_else(|| EDITORS.into_iter().find_map(|name| ctx.env.text(name)))
}

/// Fails at once where the editor that is used unasked would find no terminal. `instead` is what to do without one.
pub fn require(ctx: &Ctx, instead: &str) -> Result<(), CliError> {
    if ctx.ui.is_interactive() || named(ctx).is_some() {
        return Ok(());
    }
    let hint = format!("VISUAL or EDITOR can name one that needs none; or {instead}");
    Err(CliError::hinted(ErrorKind::Refused, "there is no terminal for an editor", hint))
}

/// A text in a file of its own.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    original: String,
}

impl Draft {
    /// Writes the text into a new file; `name` and `extension` say to people and editors what it is.
    pub fn open(env: &Env, name: &str, extension: &str, text: &str) -> Result<Self, CliError> {
        let folder = env.text("TMPDIR").map_or_else(|| PathBuf::from("/tmp"), PathBuf::from);
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
        let path = folder.join(format!("tasks-{name}-{}.{extension}", ids::name()?));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
            CliError::hinted(
                ErrorKind::Failed,
                format!("cannot write {}: {error}", path.display()),
                "TMPDIR names the folder for it",
            )
        })?;
        Ok(Self { path, original: text.to_owned() })
    }

    /// Opens the editor and answers with what was saved. An error is to go through [`Draft::keep`], unless the text is offered again.
    pub fn edit(&self, ctx: &Ctx) -> Result<String, CliError> {
        let editor = named(ctx).unwrap_or_else(|| USUAL.to_owned());
        let hint = "the setting editor, VISUAL or EDITOR names the editor";
        // Through the shell, as git does: the variable may hold arguments, as in "code --wait".
        let status = Command::new("sh").arg("-c").arg(format!("{editor} \"$@\"")).arg(&editor).arg(&self.path).status();
        let failed = |what: String| CliError::new(ErrorKind::Failed, what);
        let missing = |what: String| CliError::hinted(ErrorKind::Failed, what, hint);
        match status.map(|status| (status.success(), status.code())) {
            Ok((true, _)) => {}
            Ok((_, Some(NOT_FOUND))) => return Err(missing(format!("there is no editor `{editor}`"))),
            Ok((_, Some(NOT_A_PROGRAM))) => return Err(missing(format!("the editor `{editor}` is not a program"))),
            Ok((_, Some(code))) => return Err(failed(format!("the editor `{editor}` ended with exit code {code}"))),
            Ok((_, None)) => return Err(failed(format!("the editor `{editor}` was ended by a signal"))),
            Err(error) => return Err(missing(format!("cannot start the editor `{editor}`: {error}"))),
        }
        match fs::read_to_string(&self.path) {
            Ok(text) if text.trim().is_empty() => Err(CliError::new(ErrorKind::Refused, "the text is empty now")),
            Ok(text) => Ok(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(CliError::new(ErrorKind::Refused, format!("{} is gone", self.path.display())))
            }
            Err(error) => Err(failed(format!("cannot read what the editor saved: {error}"))),
        }
    }

    /// Adds to an error where the text is; a text that is as it was is of no use to anybody.
    pub fn keep(&self, error: CliError) -> CliError {
        let CliError::Failure(mut failure) = error else { return error };
        let kept = if self.has_text() {
            format!("nothing was changed; your text is in {}", self.path.display())
        } else {
            self.remove();
            "nothing was changed".to_owned()
        };
        failure.hint = Some(failure.hint.map_or(kept.clone(), |hint| format!("{hint} ({kept})")));
        CliError::Failure(failure)
    }

    /// Whether there is something in the file that was typed.
    pub fn has_text(&self) -> bool {
        match fs::read_to_string(&self.path) {
            Ok(text) => text != self.original && !text.trim().is_empty(),
            Err(error) => error.kind() != std::io::ErrorKind::NotFound,
        }
    }

    /// Takes the file away once it is of no use.
    pub fn remove(&self) {
        // A file that cannot be removed harms nobody.
        let _ = fs::remove_file(&self.path);
    }
}
