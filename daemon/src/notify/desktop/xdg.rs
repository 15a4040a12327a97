//! The notification service of free desktops, over the session bus (Desktop Notifications Specification 1.3).
//!
//! Spoken without notify-rust, which listens only after a pop-up is up, with a connection for each: what happens in between is lost
//! to it, and it does not notice the service's end.

use super::{Heard, Popup, Pressed};
use crate::notify::slip::one_line;
use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_stream::StreamExt as _;
use zbus::{Connection, Message, MessageStream, Variant};

/// How long the service may take for one answer. It may have to be started by the bus first.
const LIMIT: Duration = Duration::from_secs(3);
/// The service's name on the bus, which is that of its interface, too.
const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const BUS: &str = "org.freedesktop.DBus";
/// Keys of the buttons, as the service gives them back.
const DONE: &str = "done";
const SNOOZE: &str = "snooze";
/// What a press on the pop-up itself is, too.
const OPEN: &str = "default";
/// Why a pop-up was closed, where a person did.
const BY_A_PERSON: u32 = 2;
/// Urgencies.
const LOW: u8 = 0;
const NORMAL: u8 = 1;
const CRITICAL: u8 = 2;

/// A connection to it, which is listened to.
#[derive(Debug)]
pub(super) struct Service {
    bus: Connection,
    features: Features,
    listener: JoinHandle<()>,
}

/// What the service can do.
#[derive(Clone, Copy, Debug)]
struct Features {
    markup: bool,
    buttons: bool,
}

pub(super) async fn name() -> Result<String, String> {
    let asked = async {
        let told = connected().await?.call_method(Some(NAME), PATH, Some(NAME), "GetServerInformation", &()).await?;
        let (name, _, version, _): (String, String, String, String) = told.body().deserialize()?;
        Ok((name, version))
    };
    let (name, version) = answered(asked).await?;
    Ok(one_line(&format!("{name} {version}")))
}

impl Service {
    /// Connects; from now on, what happens to its pop-ups is told to `heard`, and its end with the number of this turn.
    pub(super) async fn connect(turn: u64, heard: mpsc::Sender<Heard>) -> Result<Self, String> {
        let found = async {
            let bus = connected().await?;
            let messages = MessageStream::from(&bus);
            for rule in [
                format!("type='signal',interface='{NAME}',path='{PATH}'"),
                format!("type='signal',sender='{BUS}',interface='{BUS}',member='NameOwnerChanged',arg0='{NAME}'"),
            ] {
                bus.call_method(Some(BUS), "/org/freedesktop/DBus", Some(BUS), "AddMatch", &rule).await?;
            }
            let told = bus.call_method(Some(NAME), PATH, Some(NAME), "GetCapabilities", &()).await?;
            let found: Vec<String> = told.body().deserialize()?;
            let has = |name: &str| found.iter().any(|found| found == name);
            let features = Features { markup: has("body-markup"), buttons: has("actions") };
            Ok((bus, features, messages))
        };
        let (bus, features, messages) = answered(found).await?;
        let listener = tokio::spawn(listen(messages, turn, heard));
        Ok(Self { bus, features, listener })
    }

    /// Shows it, in the place of the one with that number; its own number.
    pub(super) async fn raise(&self, popup: &Popup, replaced: Option<u32>) -> Result<u32, String> {
        let body = if self.features.markup { escaped(&popup.body) } else { popup.body.clone() };
        // A reminder that goes away by itself has reminded nobody.
        let never = 0_i32;
        let notify = (
            "tasks",
            replaced.unwrap_or(0),
            "appointment-soon",
            popup.title.as_str(),
            body,
            buttons(popup, self.features),
            hints(popup),
            never,
        );
        let asked = async {
            let told = self.bus.call_method(Some(NAME), PATH, Some(NAME), "Notify", &notify).await?;
            told.body().deserialize()
        };
        answered(asked).await
    }

    /// Takes the one with that number away, without waiting for that.
    pub(super) fn close(&self, id: u32) {
        let bus = self.bus.clone();
        tokio::spawn(async move {
            // One that is not there any more is what was wanted.
            _ = timeout(LIMIT, bus.call_method(Some(NAME), PATH, Some(NAME), "CloseNotification", &id)).await;
        });
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

async fn connected() -> zbus::Result<Connection> {
    Connection::session().await
}

/// What the service answered, in time.
async fn answered<T>(asked: impl Future<Output = zbus::Result<T>>) -> Result<T, String> {
    let asked = timeout(LIMIT, asked).await;
    asked.map_err(|_| "the notification service does not answer".to_owned())?.map_err(|error| told(&error))
}

/// Passes on what is said on the bus, for as long as the service is there.
async fn listen(mut messages: MessageStream, turn: u64, heard: mpsc::Sender<Heard>) {
    while let Some(Ok(message)) = messages.next().await {
        let Some(said) = said(&message, turn) else { continue };
        if heard.send(said).await.is_err() || matches!(said, Heard::Ended(_)) {
            return;
        }
    }
    // Nobody listens any more when the courier ends.
    _ = heard.send(Heard::Ended(turn)).await;
}

fn said(message: &Message, turn: u64) -> Option<Heard> {
    let header = message.header();
    if header.message_type() != zbus::message::Type::Signal {
        return None;
    }
    match header.member()?.as_str() {
        "ActionInvoked" => {
            let (id, key): (u32, String) = message.body().deserialize().ok()?;
            Some(Heard::Of(id, pressed(&key)))
        }
        "NotificationClosed" => {
            let (id, reason): (u32, u32) = message.body().deserialize().ok()?;
            Some(Heard::Of(id, if reason == BY_A_PERSON { Pressed::Dismissed } else { Pressed::Gone }))
        }
        "NameOwnerChanged" => {
            let (name, before, _): (String, String, String) = message.body().deserialize().ok()?;
            // The bus starts a service that was not there for whoever asks it something: that ends nothing.
            (name == NAME && !before.is_empty()).then_some(Heard::Ended(turn))
        }
        _ => None,
    }
}

fn pressed(key: &str) -> Pressed {
    match key {
        DONE => Pressed::Done,
        SNOOZE => Pressed::Snooze,
        _ => Pressed::Open,
    }
}

/// Keys and words of the buttons, in turns.
fn buttons(popup: &Popup, features: Features) -> Vec<&'static str> {
    let one: &[&str] = if popup.parcel.single().is_some() { &[DONE, "Done", SNOOZE, "Snooze 10 min"] } else { &[] };
    if features.buttons { [one, &[OPEN, "Open"]].concat() } else { Vec::new() }
}

fn hints(popup: &Popup) -> HashMap<&'static str, Variant<'static>> {
    HashMap::from([
        ("urgency", Variant::from(urgency(popup))),
        ("category", Variant::from("x-tasks.reminder")),
        // For a pop-up that another courier left behind, whose number nobody knows any more.
        ("x-dunst-stack-tag", Variant::from(format!("tasks-{}", popup.key))),
    ])
}

fn urgency(popup: &Popup) -> u8 {
    match popup.parcel.single().map(|slip| slip.priority.as_str()) {
        Some("urgent") => CRITICAL,
        Some("low") => LOW,
        _ => NORMAL,
    }
}

/// Bodies are markup where the service says so (section "Markup").
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn told(error: &zbus::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    format!("no notification service answers: {}", one_line(&cause.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notify::{Parcel, Slip};

    fn one(priority: &str) -> Parcel {
        let slip = Slip { title: "t".to_owned(), priority: priority.to_owned(), ..Slip::default() };
        Parcel { slips: vec![slip], total: 1, ..Parcel::default() }
    }

    #[test]
    fn a_text_with_signs_of_markup_is_shown_as_it_is() {
        assert_eq!(escaped("a < b & <b>c</b>"), "a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;");
    }

    #[test]
    fn buttons_are_drawn_where_there_can_be_some_and_a_digest_has_only_open() {
        let keys = |parcel: Parcel, buttons| {
            let all = super::buttons(&Popup::of(parcel), Features { markup: true, buttons });
            all.into_iter().step_by(2).collect::<Vec<_>>()
        };
        assert_eq!(keys(one("high"), true), [DONE, SNOOZE, OPEN]);
        assert_eq!(keys(one("high"), false), Vec::<&str>::new());
        assert_eq!(keys(Parcel { total: 2, ..one("high") }, true), [OPEN]);
        assert_eq!([DONE, SNOOZE, OPEN].map(pressed), [Pressed::Done, Pressed::Snooze, Pressed::Open]);
    }

    #[test]
    fn urgency_follows_the_priority() {
        let of = |priority| urgency(&Popup::of(one(priority)));
        assert_eq!((of("urgent"), of("high"), of("low")), (CRITICAL, NORMAL, LOW));
    }
}
