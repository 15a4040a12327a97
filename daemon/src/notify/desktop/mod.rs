//! Pop-ups with buttons, through the platform's notification service.
//!
//! One pop-up a task: what comes later replaces it. The service tells presses only to the connection that raised the pop-up, so
//! each has a listener of its own for as long as it is on the screen.

#[cfg(target_os = "macos")]
mod macos;
#[cfg(not(target_os = "macos"))]
mod xdg;

#[cfg(target_os = "macos")]
use macos as service;
#[cfg(not(target_os = "macos"))]
use xdg as service;

use super::Parcel;
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// Pop-ups at once: the oldest makes room. A bound on memory; who has so many unread looks at the list.
const POPUPS_MAX: usize = 24;
/// A service that takes so long to say that it cannot hangs.
const SLOW: Duration = Duration::from_secs(1);
/// For how long one that hangs is not asked again.
const BROKEN_FOR: Duration = Duration::from_secs(10);
/// Most titles of a digest.
const TITLES_MAX: usize = 5;
/// What a digest is known by, where a pop-up of a task has the task's letters.
const DIGEST: &str = "digest";

/// The name of the notification service that answers, or why none does; within a few seconds.
pub async fn service() -> Result<String, String> {
    service::name().await
}

/// What may be on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Popup {
    /// What it is known by: one with the same key replaces it.
    key: String,
    /// One line.
    pub title: String,
    /// What is below it; plain text.
    pub body: String,
    /// What it is about. A digest has no buttons but Open.
    pub parcel: Parcel,
}

impl Popup {
    /// One reminder, or the digest of several.
    pub fn of(parcel: Parcel) -> Self {
        let key = parcel.single().map_or(DIGEST, |slip| &slip.task).to_owned();
        Self { key, title: parcel.title(), body: parcel.lines(TITLES_MAX).join("\n"), parcel }
    }

    /// What tells that a press on this one did nothing; in its place.
    #[must_use]
    pub fn complaint(&self, why: String) -> Self {
        Self { title: format!("Not done: {}", self.title), body: why, ..self.clone() }
    }
}

/// What became of a pop-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// The button Done.
    Done,
    /// The button Snooze 10 min.
    Snooze,
    /// The button Open, or the pop-up itself.
    Open,
    /// Somebody closed it.
    Dismissed,
    /// It went by itself, or with its service.
    Gone,
}

/// A pop-up and what became of it.
#[derive(Debug)]
pub struct Press {
    /// Which.
    pub popup: Popup,
    /// What.
    pub pressed: Pressed,
    /// Which showing of it: it may have been replaced since.
    serial: u64,
}

/// The pop-ups that are up.
#[derive(Debug)]
pub struct Screen {
    live: HashMap<String, Live>,
    presses: mpsc::Sender<Press>,
    serial: u64,
    features: Option<service::Features>,
    /// Since when and why nothing can be shown, where the bus hangs: each question would take its whole limit.
    broken: Option<(Instant, String)>,
}

#[derive(Debug)]
struct Live {
    id: u32,
    /// Which reminders are told by it, in letters.
    reminders: HashSet<String>,
    serial: u64,
    close: oneshot::Sender<()>,
    listener: JoinHandle<()>,
}

impl Screen {
    /// Nothing yet. What is pressed comes out of `presses`, and is to be given to [`Screen::settle`].
    pub fn new(presses: mpsc::Sender<Press>) -> Self {
        Self { live: HashMap::new(), presses, serial: 0, features: None, broken: None }
    }

    /// Whether nothing is up.
    pub fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// Shows it, in the place of what had its key. Says why it cannot, within a few seconds.
    pub async fn show(&mut self, popup: Popup) -> Result<(), String> {
        if let Some((since, why)) = &self.broken
            && since.elapsed() < BROKEN_FOR
        {
            return Err(why.clone());
        }
        let began = Instant::now();
        let shown = self.try_show(popup).await;
        let hangs = began.elapsed() > SLOW;
        self.broken = shown.as_ref().err().filter(|_| hangs).map(|why| (Instant::now(), why.clone()));
        shown
    }

    async fn try_show(&mut self, popup: Popup) -> Result<(), String> {
        let features = match self.features {
            Some(features) => features,
            None => *self.features.insert(service::features().await?),
        };
        // Before the new one is up: some services tell everybody what is pressed, and it must not count twice.
        let replaced = self.live.remove(&popup.key).map(|old| {
            old.listener.abort();
            old.id
        });
        let handle = service::raise(&popup, features, replaced).await?;
        self.serial += 1;
        let (close, closing) = oneshot::channel();
        let live = Live {
            id: service::id(&handle),
            reminders: popup.parcel.reminders.iter().cloned().collect(),
            serial: self.serial,
            close,
            listener: tokio::spawn(listen(handle, closing, popup.clone(), self.serial, self.presses.clone())),
        };
        self.live.insert(popup.key, live);
        if self.live.len() > POPUPS_MAX
            && let Some(oldest) = self.live.iter().min_by_key(|(_, live)| live.serial).map(|(key, _)| key.clone())
        {
            self.take_down(&oldest);
        }
        Ok(())
    }

    /// These reminders, in letters, were handled elsewhere: takes away what tells of no other.
    pub fn withdraw(&mut self, reminders: &[String]) {
        self.live.values_mut().for_each(|live| reminders.iter().for_each(|handled| _ = live.reminders.remove(handled)));
        let done: Vec<String> =
            self.live.iter().filter(|(_, live)| live.reminders.is_empty()).map(|(key, _)| key.clone()).collect();
        done.iter().for_each(|key| self.take_down(key));
    }

    fn take_down(&mut self, key: &str) {
        if let Some(live) = self.live.remove(key) {
            // A listener that has ended has nothing up.
            _ = live.close.send(());
        }
    }

    /// A press came out of the channel: the pop-up is down. Whether it counts; it does not when it was replaced meanwhile.
    pub fn settle(&mut self, press: &Press) -> bool {
        let counts = self.live.get(&press.popup.key).is_some_and(|live| live.serial == press.serial);
        if counts {
            self.live.remove(&press.popup.key);
        }
        counts
    }
}

/// Waits for what becomes of one pop-up.
async fn listen(
    handle: service::Handle,
    closing: oneshot::Receiver<()>,
    popup: Popup,
    serial: u64,
    presses: mpsc::Sender<Press>,
) {
    // In a task of its own: the library panics when the bus goes away at the wrong moment.
    let waiting = tokio::spawn(service::wait(handle, closing));
    let what = waiting.await.unwrap_or(Pressed::Gone);
    _ = presses.send(Press { popup, pressed: what, serial }).await;
}
