//! Saved views: reading those that a filter names, and keeping them.

use crate::apply::{apply, next_stamp};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::log;
use crate::request::{Caller, Logged, Write};
use crate::store::{Store, StoreRead, StoreTxn, Verdict};
use crate::text;
use chrono::Duration;
use std::cell::{Cell, RefCell};
use tasks_domain::error::Error;
use tasks_domain::filter::{self, Filter, Moments, Values};
use tasks_domain::id::AccountId;
use tasks_domain::operation::{Header, Reason};
use tasks_domain::register::{Change, Registers};
use tasks_domain::saved::{self, SETTINGS, SavedView};
use tasks_domain::stamp::Stamp;
use tasks_language::Context;

/// Most views that one filter may come to through the views it names, so that a few short ones cannot make a huge one.
const USED_MAX: u32 = 200;

/// A view as it is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewShown {
    /// The view.
    pub view: SavedView,
    /// Why its filter cannot be read (any more); `None` when it can.
    pub problem: Option<String>,
}

/// What became of a view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ViewWritten {
    /// Absent when nothing changed, and in a dry run.
    pub operation: Option<Logged>,
    /// As it was before, when it was there.
    pub before: Option<SavedView>,
    /// As it is now; `None` when it was removed.
    pub after: Option<SavedView>,
    /// Whether it was only tried.
    pub dry_run: bool,
}

impl<S: Store> Engine<S> {
    /// All views, by name.
    pub async fn views(&self, account: AccountId, caller: Caller) -> Result<Vec<ViewShown>, EngineError> {
        let read = move |tx: &dyn StoreRead| {
            let (known, language) = (Known::all(tx)?, caller.language());
            let shown = |view: SavedView| {
                let problem = Reader::new(&known, &language).view(&view.name).err();
                ViewShown { view, problem: problem.map(|error| error.to_string()) }
            };
            Ok(saved::all(&known.0).into_iter().map(shown).collect())
        };
        self.store.read(account, read).await
    }

    /// Saves a view under its name, whether or not there is one. Its filter must be readable now.
    pub async fn save_view(
        &self,
        account: AccountId,
        write: Write,
        view: SavedView,
    ) -> Result<ViewWritten, EngineError> {
        self.change_views(account, write, move |tx, caller, stamp| {
            let known = Known::all(tx)?;
            known.read_new(&view, &caller.language())?;
            let before = saved::find(&known.0, &view.name);
            Ok((saved::save(&known.0, &view, stamp)?, before, Some(view.clone())))
        })
        .await
    }

    /// Removes a view.
    pub async fn remove_view(
        &self,
        account: AccountId,
        write: Write,
        name: String,
    ) -> Result<ViewWritten, EngineError> {
        self.change_views(account, write, move |tx, _, stamp| {
            let (view, change) = saved::remove(&Known::all(tx)?.0, &name, stamp)?;
            Ok((Some(change), Some(view), None))
        })
        .await
    }

    /// The views that a filter could name.
    pub(crate) async fn known_views(
        &self,
        account: AccountId,
        words: &[String],
        caller: &Caller,
    ) -> Result<Known, EngineError> {
        if !could_name(words, caller) {
            return Ok(Known::default());
        }
        self.store.read(account, |tx: &dyn StoreRead| Known::all(tx)).await
    }

    async fn change_views<P>(&self, account: AccountId, write: Write, plan: P) -> Result<ViewWritten, EngineError>
    where
        P: Fn(&dyn StoreRead, &Caller, Stamp) -> Result<Planned, EngineError> + Send + 'static,
    {
        let clock = self.clock();
        let job = move |tx: &mut dyn StoreTxn| {
            if let Some((_, done)) = tx.operation(write.operation)? {
                if done.header.command != write.command {
                    return Err(Error::OperationReused.into());
                }
                let operation = log::entry(tx.as_read(), write.operation)?;
                return Ok(Verdict::RollBack(ViewWritten { operation, ..ViewWritten::default() }));
            }
            let stamp = next_stamp(tx, clock.now_unix_ms())?;
            let (change, before, after) = plan(tx.as_read(), &write.caller, stamp)?;
            let mut written = ViewWritten { before, after, dry_run: write.dry_run, ..ViewWritten::default() };
            let Some(change) = change else { return Ok(Verdict::RollBack(written)) };
            let header = Header {
                id: write.operation,
                device: stamp.device,
                hlc: stamp.hlc,
                at_unix_ms: write.caller.now.unix_ms(),
                reason: Reason::User,
                command: write.command.clone(),
                confidence: None,
            };
            apply(tx, header, vec![change])?;
            if write.dry_run {
                return Ok(Verdict::RollBack(written));
            }
            written.operation = log::entry(tx.as_read(), write.operation)?;
            Ok(Verdict::Commit(written))
        };
        self.store.write(account, job).await
    }
}

/// The change, and the view before and after it.
type Planned = (Option<Change>, Option<SavedView>, Option<SavedView>);

/// The views that filters may name, as they were at one moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known(Registers);

impl Known {
    /// All views.
    pub(crate) fn all(tx: &dyn StoreRead) -> Result<Self, EngineError> {
        Ok(Self(tx.entity(SETTINGS)?.unwrap_or_default()))
    }

    /// Those that these words or the caller's context could name: mostly none, and then nothing is read.
    pub(crate) fn of(tx: &dyn StoreRead, words: &[String], caller: &Caller) -> Result<Self, EngineError> {
        if could_name(words, caller) { Self::all(tx) } else { Ok(Self::default()) }
    }

    /// The filter of these words, as they were typed.
    pub(crate) fn read(&self, words: &[String], language: &Context) -> Result<Filter, Error> {
        Reader::new(self, language).parse(words)
    }

    /// The filter of a view that is about to be saved: what it names must not lead back to it.
    fn read_new(&self, view: &SavedView, language: &Context) -> Result<Filter, Error> {
        let reader = Reader::new(self, language);
        reader.path.borrow_mut().push(view.folded());
        reader.parse(std::slice::from_ref(&view.filter))
    }
}

/// Whether these words or the caller's context could name a view.
fn could_name(words: &[String], caller: &Caller) -> bool {
    let says_view = |text: &String| text.to_ascii_lowercase().contains("view");
    words.iter().any(says_view) || says_view(&caller.context)
}

/// Reads one filter with the views it names.
struct Reader<'a> {
    known: &'a Known,
    language: &'a Context,
    /// The views that are being read, the outermost first.
    path: RefCell<Vec<String>>,
    used: Cell<u32>,
}

impl<'a> Reader<'a> {
    fn new(known: &'a Known, language: &'a Context) -> Self {
        Self { known, language, path: RefCell::default(), used: Cell::default() }
    }

    fn parse(&self, words: &[String]) -> Result<Filter, Error> {
        filter::parse(words, self)
    }
}

impl Values for Reader<'_> {
    fn when(&self, text: &str, past: bool) -> Result<Moments, Error> {
        text::Words(self.language).when(text, past)
    }

    fn duration(&self, text: &str) -> Result<Duration, Error> {
        tasks_language::read_duration(text)
    }

    fn view(&self, name: &str) -> Result<Filter, Error> {
        let folded = name.to_lowercase();
        if self.path.borrow().contains(&folded) {
            let mut path = self.path.borrow().clone();
            path.push(folded);
            return Err(Error::ViewCycle { path });
        }
        self.used.set(self.used.get() + 1);
        if self.used.get() > USED_MAX {
            let outermost = self.path.borrow().first().cloned();
            return Err(Error::TooManyViews { name: outermost.unwrap_or(folded), max: USED_MAX });
        }
        let registers = &self.known.0;
        let view = saved::find(registers, name).ok_or_else(|| saved::no_such(registers, name))?;
        self.path.borrow_mut().push(folded);
        let filter = self.parse(std::slice::from_ref(&view.filter));
        self.path.borrow_mut().pop();
        filter.map_err(|error| match error {
            Error::Inside { .. } | Error::ViewCycle { .. } | Error::TooManyViews { .. } => error,
            error => Error::Inside {
                what: format!("the view `{}`", view.name),
                error: Box::new(error),
                hint: format!("mend it: tasks view save {} 'FILTER', or take it away: tasks view rm {0}", view.name),
            },
        })
    }
}
