//! Tasks on their way out, and what came of those on their way in.

use super::operation::OperationDoc;
use super::task::TaskDoc;
use super::{VERSION, document};
use crate::error::CliError;
use crate::ids;
use crate::outcome::{Export, Imported};
use crate::output::{Form, Ui};
use crate::transfer::{Format, Problem};
use serde::Serialize;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tasks_domain::error::ErrorKind;

/// What an import did.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ImportedDoc<'a> {
    version: u32,
    /// Tasks that were not there.
    created: u64,
    /// Tasks that differed.
    changed: u64,
    /// Tasks that were there, just so.
    unchanged: u64,
    /// What was left out, in all.
    failed: u64,
    /// What was left out, the first hundred.
    problems: Vec<PlacedProblemDoc<'a>>,
    /// Keys that were left out.
    unknown: &'a [String],
    /// The entries of the log, in order.
    operations: Vec<OperationDoc<'a>>,
    dry_run: bool,
}

/// Something that is no task, with its place in the file.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PlacedProblemDoc<'a> {
    line: u64,
    column: u64,
    message: &'a str,
}

impl<'a> PlacedProblemDoc<'a> {
    pub(super) fn of(problem: &'a Problem) -> Self {
        Self { line: problem.place.line, column: problem.place.column, message: &problem.message }
    }
}

impl<'a> ImportedDoc<'a> {
    pub(super) fn of(imported: &'a Imported) -> Self {
        Self {
            version: VERSION,
            created: imported.created,
            changed: imported.changed,
            unchanged: imported.unchanged,
            failed: imported.failed,
            problems: imported.problems.iter().map(PlacedProblemDoc::of).collect(),
            unknown: &imported.unknown,
            operations: imported.operations.iter().map(OperationDoc::of).collect(),
            dry_run: imported.dry_run,
        }
    }
}

/// What an export into a file did.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ExportedDoc<'a> {
    version: u32,
    exported: u64,
    file: &'a str,
}

/// Writes the tasks, to the standard output or into a file, which is there whole or not at all.
pub(in crate::output) fn export(ui: &mut Ui, export: Export) -> Result<(), CliError> {
    let Some(path) = export.to.clone() else {
        // Under --json a document is one line.
        let lines = ui.form() != Form::Json;
        return write(export, &mut ui.out(), lines, &mut |_| {}).map(drop);
    };
    let draft = Draft::new(&path)?;
    let mut file = BufWriter::with_capacity(64 * 1024, draft.create()?);
    let count = write(export, &mut file, true, &mut |count| ui.progress(&format!("{count} tasks …")));
    ui.progress("");
    let count = count?;
    draft.finish(file)?;
    let shown = path.display().to_string();
    match ui.form() {
        Form::Json => document(ui, &ExportedDoc { version: VERSION, exported: count, file: &shown }),
        Form::Quiet => Ok(()),
        Form::Human => {
            let tasks = if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") };
            ui.line(&format!("Exported {tasks} to {}", crate::output::text::clean(&shown)))
        }
    }
}

/// Writes all tasks; how many there were. In a document each gets a line of its own with `lines`. `progress` hears of the count now
/// and then.
fn write(export: Export, out: &mut dyn Write, lines: bool, progress: &mut dyn FnMut(u64)) -> Result<u64, CliError> {
    let failed = |error: io::Error| CliError::of_output(&error);
    let mut count = 0_u64;
    let document = export.format == Format::Json;
    if document {
        write!(out, "{{\"version\":{VERSION},\"tasks\":[").map_err(failed)?;
    }
    for tasks in export.tasks {
        for task in &tasks? {
            if document && count > 0 {
                out.write_all(b",").map_err(failed)?;
            }
            if document && lines {
                out.write_all(b"\n").map_err(failed)?;
            }
            serde_json::to_writer(&mut *out, &TaskDoc::of(task)).map_err(|error| failed(error.into()))?;
            if !document {
                out.write_all(b"\n").map_err(failed)?;
            }
            count += 1;
        }
        progress(count);
    }
    if document {
        out.write_all(if lines { b"\n" } else { b"" })
            .and_then(|()| out.write_all(b"],\"more\":false}\n"))
            .map_err(failed)?;
    }
    Ok(count)
}

/// A file that takes the place of another when it is complete; gone otherwise.
struct Draft {
    path: PathBuf,
    beside: PathBuf,
    done: bool,
}

impl Draft {
    fn new(path: &Path) -> Result<Self, CliError> {
        let name = path.file_name().ok_or_else(|| {
            CliError::usage(format!("`{}` is not the name of a file", path.display()), "name one, as -o tasks.json")
        })?;
        let mut draft = std::ffi::OsString::from(".");
        draft.push(name);
        draft.push(format!(".{}", ids::name()?));
        Ok(Self { path: path.to_owned(), beside: path.with_file_name(draft), done: false })
    }

    fn failed(&self, error: &io::Error) -> CliError {
        CliError::new(ErrorKind::Failed, format!("cannot write {}: {error}", self.path.display()))
    }

    fn create(&self) -> Result<File, CliError> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.beside).map_err(|error| self.failed(&error))
    }

    fn finish(mut self, file: BufWriter<File>) -> Result<(), CliError> {
        let file = file.into_inner().map_err(|error| self.failed(error.error()))?;
        file.sync_all().and_then(|()| fs::rename(&self.beside, &self.path)).map_err(|error| self.failed(&error))?;
        self.done = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.done {
            // What cannot be removed harms nobody.
            let _ = fs::remove_file(&self.beside);
        }
    }
}
