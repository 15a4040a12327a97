//! Pop-ups with buttons, through the platform's notification service.
//!
//! One pop-up a task: what comes later replaces it. The service tells presses only to the connection that raised the pop-up, so
//! that connection is kept, and listened to from before the first pop-up is up: what happens to one in its first moment counts.

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
use tokio::sync::mpsc;
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
    /// It went by itself.
    Gone,
}

/// What the service tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Something happened to the pop-up with this number.
    Of(u32, Pressed),
    /// The service ended, or the connection that was the given one in its turn: what it showed is no more.
    Ended(u64),
}

/// The pop-ups that are up.
#[derive(Debug)]
pub struct Screen {
    live: HashMap<String, Live>,
    heard: mpsc::Sender<Heard>,
    /// Counts showings.
    serial: u64,
    service: Option<service::Service>,
    /// Counts connections to the service.
    turn: u64,
    /// Since when and why nothing can be shown, where the bus hangs: each question would take its whole limit.
    broken: Option<(Instant, String)>,
}

#[derive(Debug)]
struct Live {
    id: u32,
    popup: Popup,
    /// Which reminders are told by it, in letters.
    reminders: HashSet<String>,
    serial: u64,
}

impl Screen {
    /// Nothing yet. What the service tells comes out of `heard`, and is to be given to [`Screen::settle`].
    pub fn new(heard: mpsc::Sender<Heard>) -> Self {
        Self { live: HashMap::new(), heard, serial: 0, service: None, turn: 0, broken: None }
    }

    /// Whether nothing is up.
    pub fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// What is up: of each pop-up the rows and the reminders that it tells of, in letters.
    pub fn up(&self) -> Vec<Vec<(String, String)>> {
        let told = |live: &Live| {
            let pairs = live.popup.parcel.rows.iter().zip(&live.popup.parcel.reminders);
            pairs.filter(|(_, id)| live.reminders.contains(*id)).map(|(row, id)| (row.clone(), id.clone())).collect()
        };
        let mut all: Vec<&Live> = self.live.values().collect();
        all.sort_by_key(|live| live.serial);
        all.into_iter().map(told).collect()
    }

    /// Shows it, in the place of what had its key. Says why it cannot, within a few seconds.
    pub async fn show(&mut self, popup: Popup) -> Result<(), String> {
        if let Some((since, why)) = &self.broken
            && since.elapsed() < BROKEN_FOR
        {
            return Err(why.clone());
        }
        let began = Instant::now();
        let replaced = self.live.get(&popup.key).map(|old| old.id);
        let shown = self.raise(popup, replaced).await;
        let hangs = began.elapsed() > SLOW;
        self.broken = shown.as_ref().err().filter(|_| hangs).map(|why| (Instant::now(), why.clone()));
        shown
    }

    /// Draws it anew in the place of what tells of these reminders; nothing where nothing does.
    pub async fn redraw(&mut self, popup: Popup) -> Result<(), String> {
        let tells = |live: &Live| popup.parcel.reminders.iter().any(|id| live.reminders.contains(id));
        let Some(key) = self.live.iter().find(|(_, live)| tells(live)).map(|(key, _)| key.clone()) else {
            return Ok(());
        };
        if key == popup.key {
            return self.show(popup).await;
        }
        if self.live.contains_key(&popup.key) {
            // The last one that a digest told of has a pop-up of its own.
            self.take_down(&key);
            return Ok(());
        }
        let replaced = self.live.remove(&key).map(|old| old.id);
        self.raise(popup, replaced).await
    }

    async fn raise(&mut self, popup: Popup, replaced: Option<u32>) -> Result<(), String> {
        let service = if let Some(service) = &self.service {
            service
        } else {
            self.turn += 1;
            self.service.insert(service::Service::connect(self.turn, self.heard.clone()).await?)
        };
        let id = service.raise(&popup, replaced).await?;
        self.serial += 1;
        let reminders = popup.parcel.reminders.iter().cloned().collect();
        self.live.insert(popup.key.clone(), Live { id, popup, reminders, serial: self.serial });
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
        if let (Some(live), Some(service)) = (self.live.remove(key), &self.service) {
            service.close(live.id);
        }
    }

    /// Takes in what the service told: the pop-up that is down now, and what became of it.
    pub fn settle(&mut self, heard: Heard) -> Option<(Popup, Pressed)> {
        match heard {
            Heard::Of(id, pressed) => {
                let key = self.live.iter().find(|(_, live)| live.id == id).map(|(key, _)| key.clone())?;
                let live = self.live.remove(&key)?;
                // Not every service takes a pop-up away when one of its buttons is pressed.
                if matches!(pressed, Pressed::Done | Pressed::Snooze | Pressed::Open)
                    && let Some(service) = &self.service
                {
                    service.close(id);
                }
                Some((live.popup, pressed))
            }
            Heard::Ended(turn) if turn == self.turn => {
                self.live.clear();
                self.service = None;
                None
            }
            Heard::Ended(_) => None,
        }
    }
}
