//! A file read into requests of bounded size.

use crate::transfer::{Entry, Item, Place, Problem, Reader};
use std::collections::HashSet;
use std::sync::mpsc::SyncSender;
use tasks_domain::{import, record};
use tasks_proto::{convert, v1};

/// Tasks of one request: few enough for others to come between, many enough to share the cost of a commit.
const BATCH_TASKS: usize = 512;
/// Changes of one request, as far as they can be told here; the engine allows 10,000.
const BATCH_CHANGES: usize = 9_500;
/// Bytes of one request, far below a frame.
const BATCH_BYTES: usize = 1024 * 1024;
/// Changes of a new task besides its tags and blockers, at most.
const CHANGES_OF_TASK: usize = 18;
/// Changes of a record besides its own fields, at most: those that it takes away from what is here.
const CHANGES_OF_RECORD: usize = 16;

/// The entry, if it alone is possible.
pub(super) fn possible(entry: Entry) -> Result<Entry, Problem> {
    let checked = match &entry.item {
        Item::Task(whole) => convert::import::from_wire(whole).and_then(|whole| import::check(&whole)),
        Item::Record(one) => convert::import::record_from_wire(one).and_then(|one| record::check(&one)),
    };
    match checked {
        Ok(()) => Ok(entry),
        Err(error) => Err(Problem { place: entry.place, message: error.to_string() }),
    }
}

/// What goes together: either tasks or records, with what was met between them.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) tasks: Vec<v1::WholeTask>,
    pub(super) records: Vec<v1::Record>,
    pub(super) places: Vec<Place>,
    pub(super) problems: Vec<Problem>,
    pub(super) unknown: Vec<String>,
    changes: usize,
    bytes: usize,
    /// How far the file was read.
    pub(super) read: u64,
}

impl Batch {
    fn has_room_for(&self, item: &Item, changes: usize, bytes: usize) -> bool {
        let like_others = match item {
            Item::Task(_) => self.records.is_empty(),
            Item::Record(_) => self.tasks.is_empty(),
        };
        let fits = self.places.len() < BATCH_TASKS
            && self.changes + changes <= BATCH_CHANGES
            && self.bytes + bytes <= BATCH_BYTES;
        self.places.is_empty() || (like_others && fits)
    }

    fn push(&mut self, entry: Entry, changes: usize) {
        self.changes += changes;
        self.bytes += entry.bytes;
        match entry.item {
            Item::Task(whole) => self.tasks.push(*whole),
            Item::Record(record) => self.records.push(record),
        }
        self.places.push(entry.place);
        for key in entry.unknown {
            if !self.unknown.contains(&key) {
                self.unknown.push(key);
            }
        }
    }
}

/// Changes that an item makes, at most.
fn changes_of(item: &Item) -> usize {
    match item {
        Item::Task(whole) => CHANGES_OF_TASK + whole.task.as_ref().map_or(0, |task| task.tags.len() + task.after.len()),
        Item::Record(record) => CHANGES_OF_RECORD + record.fields.len(),
    }
}

/// Reads the file into batches until its end, or until nobody takes them.
pub(super) fn produce(mut reader: Box<dyn Reader>, keep_going: bool, to: &SyncSender<Batch>) {
    let mut batch = Batch::default();
    // Occurrences that somebody changed, as the records of rules tell it, which come first.
    let mut touched: HashSet<Vec<u8>> = HashSet::new();
    while let Some(found) = reader.next() {
        // What was checked before is not checked again.
        let found = if keep_going { found.and_then(possible) } else { found };
        match found {
            Ok(mut entry) => {
                match &mut entry.item {
                    Item::Record(record) => touched.extend(record.touched.iter().cloned()),
                    Item::Task(whole) => {
                        whole.touched = whole.task.as_ref().is_some_and(|task| touched.remove(&task.id));
                    }
                }
                let changes = changes_of(&entry.item);
                if !batch.has_room_for(&entry.item, changes, entry.bytes) {
                    batch.read = reader.bytes();
                    if to.send(std::mem::take(&mut batch)).is_err() {
                        return;
                    }
                }
                batch.push(entry, changes);
            }
            Err(problem) => batch.problems.push(problem),
        }
    }
    batch.read = reader.bytes();
    // Whoever went away does not miss it.
    _ = to.send(batch);
}
