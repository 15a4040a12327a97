//! Tasks on their way out, and what came of those on their way in.

use super::operation::OperationDoc;
use super::task::TaskDoc;
use super::{VERSION, document};
use crate::error::CliError;
use crate::ids;
use crate::outcome::{Export, ExportPart, Imported};
use crate::output::{Form, Ui, label};
use crate::transfer::{self, Besides, Format, Problem};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tasks_domain::error::ErrorKind;
use tasks_domain::record;
use tasks_domain::register::Kind;
use tasks_proto::v1;

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
    /// The same of rules, reminders, rows of the ledger, and settings with the saved views.
    records: RecordCountsDoc,
    /// Keys that were left out.
    unknown: &'a [String],
    /// The entries of the log, in order.
    operations: Vec<OperationDoc<'a>>,
    dry_run: bool,
}

/// How many records there were.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RecordCountsDoc {
    created: u64,
    changed: u64,
    unchanged: u64,
}

/// Something broken, with its place in the file.
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
            records: {
                let [created, changed, unchanged] = imported.records;
                RecordCountsDoc { created, changed, unchanged }
            },
            unknown: &imported.unknown,
            operations: imported.operations.iter().map(OperationDoc::of).collect(),
            dry_run: imported.dry_run,
        }
    }
}

/// A rule, a reminder, a row of the ledger, or the settings with the saved views: register by register.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RecordDoc {
    #[cfg_attr(test, schemars(extend("enum" = ["settings", "rule", "reminder", "delivery"])))]
    record: &'static str,
    /// 32 letters.
    id: String,
    /// What is set, by the names of the fields; of sets `field/member`. Ids in values are hexadecimal, instants Unix
    /// milliseconds.
    fields: BTreeMap<String, Value>,
    /// Of a rule: ids of its open occurrences that somebody changed, which it must not replace.
    touched: Vec<String>,
}

impl RecordDoc {
    fn of(record: &v1::Record) -> Result<Self, CliError> {
        let kind = Kind(record.kind);
        let mut fields = BTreeMap::new();
        for field in &record.fields {
            let name = transfer::name_of(kind, field);
            let value = serde_json::from_slice(&field.value).map_err(|error| {
                CliError::new(ErrorKind::Failed, format!("the stored value of `{name}` cannot be read: {error}"))
            })?;
            fields.insert(name, value);
        }
        let word = record::word(kind).ok_or_else(|| {
            CliError::new(ErrorKind::Failed, "the daemon's build tells of things that this one does not know")
        })?;
        let touched = record.touched.iter().map(|id| label::letters_of_task(id)).collect();
        Ok(Self { record: word, id: label::letters_of_task(&record.id), fields, touched })
    }
}

/// What an export is.
#[cfg(test)]
#[derive(schemars::JsonSchema, Serialize)]
pub(super) struct ExportDoc<'a> {
    version: u32,
    records: Vec<RecordDoc>,
    tasks: Vec<TaskDoc<'a>>,
    more: bool,
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
    let written = write(export, &mut file, true, &mut |count| ui.progress(&format!("{count} tasks …")));
    ui.progress("");
    let (count, besides) = written?;
    draft.finish(file)?;
    let shown = path.display().to_string();
    match ui.form() {
        Form::Json => document(ui, &ExportedDoc { version: VERSION, exported: count, file: &shown }),
        Form::Quiet => Ok(()),
        Form::Human => {
            let tasks = if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") };
            ui.line(&format!("Exported {tasks}{} to {}", besides.told(), crate::output::text::clean(&shown)))
        }
    }
}

/// Writes everything; how many tasks there were, and what besides. In a document each gets a line of its own with `lines`. `progress`
/// hears of the count now and then.
fn write(
    export: Export,
    out: &mut dyn Write,
    lines: bool,
    progress: &mut dyn FnMut(u64),
) -> Result<(u64, Besides), CliError> {
    let failed = |error: io::Error| CliError::of_output(&error);
    let mut list = List { out, document: export.format == Format::Json, lines, count: 0, object: Vec::new() };
    let mut besides = Besides::default();
    let mut count = 0_u64;
    list.text(&format!("{{\"version\":{VERSION},\"records\":[")).map_err(failed)?;
    let mut in_records = true;
    for part in export.parts {
        match part? {
            ExportPart::Records(records) => {
                for record in &records {
                    besides.count(record);
                    let record = RecordDoc::of(record)?;
                    list.object(|out| serde_json::to_writer(out, &record)).map_err(failed)?;
                }
            }
            ExportPart::Tasks(tasks) => {
                if in_records {
                    in_records = false;
                    list.end("],\"tasks\":[").map_err(failed)?;
                }
                for task in &tasks {
                    list.object(|out| TaskDoc::of(task).write(out)).map_err(failed)?;
                }
                count += tasks.len() as u64;
                progress(count);
            }
        }
    }
    if in_records {
        list.end("],\"tasks\":[").map_err(failed)?;
    }
    list.end("],\"more\":false}\n").map_err(failed)?;
    Ok((count, besides))
}

/// Objects in an array of a document, or one a line.
struct List<'a> {
    out: &'a mut dyn Write,
    document: bool,
    /// Each gets a line of its own in a document, too.
    lines: bool,
    /// Objects of the array so far.
    count: u64,
    /// The object that is being written: its hundred parts, one by one through `out`, would take longer than all else.
    object: Vec<u8>,
}

impl List<'_> {
    /// What stands between the objects of a document.
    fn text(&mut self, text: &str) -> io::Result<()> {
        if self.document { self.out.write_all(text.as_bytes()) } else { Ok(()) }
    }

    fn object(&mut self, write: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>) -> io::Result<()> {
        if self.count > 0 {
            self.text(",")?;
        }
        if self.lines {
            self.text("\n")?;
        }
        self.count += 1;
        self.object.clear();
        write(&mut self.object)?;
        if !self.document {
            self.object.push(b'\n');
        }
        self.out.write_all(&self.object)
    }

    /// Ends an array.
    fn end(&mut self, text: &str) -> io::Result<()> {
        if self.lines && self.count > 0 {
            self.text("\n")?;
        }
        self.count = 0;
        self.text(text)
    }
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
