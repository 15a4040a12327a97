//! The notification service of free desktops, over the session bus.

use super::{Popup, Pressed};
use crate::notify::slip::one_line;
use notify_rust::{CloseReason, Hint, Notification, NotificationHandle, NotificationResponse, Timeout, Urgency};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How long the service may take for one answer. It may have to be started by the bus first.
const LIMIT: Duration = Duration::from_secs(3);
/// Keys of the buttons, as the service gives them back.
const DONE: &str = "done";
const SNOOZE: &str = "snooze";
/// What a press on the pop-up itself is, too.
const OPEN: &str = "default";

pub(super) type Handle = NotificationHandle;

/// What the service can do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Features {
    markup: bool,
    buttons: bool,
}

pub(super) async fn features() -> Result<Features, String> {
    let found = ask(notify_rust::get_capabilities).await?;
    let has = |name: &str| found.iter().any(|found| found == name);
    Ok(Features { markup: has("body-markup"), buttons: has("actions") })
}

pub(super) async fn name() -> Result<String, String> {
    let service = ask(notify_rust::get_server_information).await?;
    Ok(one_line(&format!("{} {}", service.name, service.version)))
}

/// The library's questions block on a runtime of their own.
async fn ask<T: Send + 'static>(question: fn() -> notify_rust::error::Result<T>) -> Result<T, String> {
    let asked = timeout(LIMIT, tokio::task::spawn_blocking(question)).await;
    let asked = asked.map_err(|_| "the session bus does not answer".to_owned())?;
    asked.map_err(|_| "the session bus hung up".to_owned())?.map_err(|error| told(&error))
}

/// Shows it, in the place of the one with that number.
pub(super) async fn raise(popup: &Popup, features: Features, replaced: Option<u32>) -> Result<Handle, String> {
    let mut notification = drawn(popup, features);
    if let Some(id) = replaced {
        notification.id(id);
    }
    let shown = timeout(LIMIT, notification.show_async()).await;
    shown.map_err(|_| "the notification service does not answer".to_owned())?.map_err(|error| told(&error))
}

/// What the service calls it.
pub(super) fn id(handle: &Handle) -> u32 {
    handle.id()
}

/// Until it is pressed or goes, or is to be closed.
pub(super) async fn wait(handle: Handle, closing: oneshot::Receiver<()>) -> Pressed {
    let mut what = Pressed::Gone;
    let close = || timeout(LIMIT, handle.close_async());
    tokio::select! {
        () = handle.wait_for_action_async(|response| what = pressed(response)) => {
            // Not every service takes a pop-up away when one of its buttons is pressed.
            if matches!(what, Pressed::Done | Pressed::Snooze | Pressed::Open) {
                _ = close().await;
            }
        }
        Ok(()) = closing => {
            _ = close().await;
        }
    }
    what
}

fn pressed(response: &NotificationResponse) -> Pressed {
    match response {
        NotificationResponse::Action(key) if key == DONE => Pressed::Done,
        NotificationResponse::Action(key) if key == SNOOZE => Pressed::Snooze,
        NotificationResponse::Default | NotificationResponse::Action(_) => Pressed::Open,
        NotificationResponse::Closed(CloseReason::Dismissed) => Pressed::Dismissed,
        _ => Pressed::Gone,
    }
}

fn drawn(popup: &Popup, features: Features) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("tasks")
        .summary(&popup.title)
        .body(&if features.markup { escaped(&popup.body) } else { popup.body.clone() })
        .icon("appointment-soon")
        .urgency(urgency(popup))
        .hint(Hint::Category("x-tasks.reminder".to_owned()))
        // For a pop-up that another courier left behind, whose number nobody knows any more.
        .hint(Hint::Custom("x-dunst-stack-tag".to_owned(), format!("tasks-{}", popup.key)))
        // A reminder that goes away by itself has reminded nobody.
        .timeout(Timeout::Never);
    if features.buttons {
        if popup.parcel.single().is_some() {
            notification.action(DONE, "Done").action(SNOOZE, "Snooze 10 min");
        }
        notification.action(OPEN, "Open");
    }
    notification
}

fn urgency(popup: &Popup) -> Urgency {
    match popup.parcel.single().map(|slip| slip.priority.as_str()) {
        Some("urgent") => Urgency::Critical,
        Some("low") => Urgency::Low,
        _ => Urgency::Normal,
    }
}

/// Bodies are markup where the service says so (Desktop Notifications Specification, section "Markup").
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn told(error: &notify_rust::error::Error) -> String {
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
        let popup = Popup { body: "<i>x</i>".to_owned(), ..Popup::of(one("high")) };
        let body = |markup| drawn(&popup, Features { markup, buttons: true }).body;
        assert_eq!((body(true).as_str(), body(false).as_str()), ("&lt;i&gt;x&lt;/i&gt;", "<i>x</i>"));
    }

    #[test]
    fn buttons_are_drawn_where_there_can_be_some_and_a_digest_has_only_open() {
        let keys = |parcel: Parcel, buttons| {
            let drawn = drawn(&Popup::of(parcel), Features { markup: true, buttons });
            drawn.actions.iter().step_by(2).cloned().collect::<Vec<_>>()
        };
        assert_eq!(keys(one("high"), true), [DONE, SNOOZE, OPEN]);
        assert_eq!(keys(one("high"), false), Vec::<String>::new());
        assert_eq!(keys(Parcel { total: 2, ..one("high") }, true), [OPEN]);
    }

    #[test]
    fn urgency_follows_the_priority() {
        let of = |priority| urgency(&Popup::of(one(priority)));
        assert_eq!((of("urgent"), of("high"), of("low")), (Urgency::Critical, Urgency::Normal, Urgency::Low));
    }
}
