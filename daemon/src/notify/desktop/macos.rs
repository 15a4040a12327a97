//! Notification Center. It shows; what is pressed there reaches only programs that are bundles with a window loop, so there are no
//! buttons.

use super::{Heard, Popup, Pressed};
use notify_rust::Notification;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::mpsc;

/// The way to it.
#[derive(Debug)]
pub(super) struct Service {
    heard: mpsc::Sender<Heard>,
    shown: AtomicU32,
}

#[expect(clippy::unused_async, reason = "on other platforms a service is asked")]
pub(super) async fn name() -> Result<String, String> {
    Ok("Notification Center".to_owned())
}

impl Service {
    #[expect(clippy::unused_async, reason = "on other platforms a service is asked")]
    pub(super) async fn connect(_: u64, heard: mpsc::Sender<Heard>) -> Result<Self, String> {
        Ok(Self { heard, shown: AtomicU32::new(0) })
    }

    /// Shows it. Nothing comes back, so nothing is waited for.
    pub(super) async fn raise(&self, popup: &Popup, _: Option<u32>) -> Result<u32, String> {
        let (title, body) = (popup.title.clone(), popup.body.clone());
        let show = move || Notification::new().summary(&title).body(&body).show().map(|_| ());
        let shown = tokio::task::spawn_blocking(show).await;
        let shown = shown.map_err(|_| "the Notification Center cannot be used".to_owned())?;
        shown.map_err(|error| crate::notify::slip::one_line(&error.to_string()))?;
        let id = self.shown.fetch_add(1, Ordering::Relaxed) + 1;
        let heard = self.heard.clone();
        tokio::spawn(async move { heard.send(Heard::Of(id, Pressed::Gone)).await });
        Ok(id)
    }

    /// It takes nothing away.
    #[expect(clippy::unused_self, reason = "on other platforms a service is told")]
    pub(super) fn close(&self, _: u32) {}
}
