//! Notification Center. It shows; what is pressed there reaches only programs that are bundles with a window loop, so there are no
//! buttons.

use super::{Popup, Pressed};
use notify_rust::Notification;
use tokio::sync::oneshot;

#[derive(Debug)]
pub(super) struct Handle;

/// What the service can do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Features;

#[expect(clippy::unused_async, reason = "on other platforms a service is asked")]
pub(super) async fn features() -> Result<Features, String> {
    Ok(Features)
}

#[expect(clippy::unused_async, reason = "on other platforms a service is asked")]
pub(super) async fn name() -> Result<String, String> {
    Ok("Notification Center".to_owned())
}

/// Shows it.
pub(super) async fn raise(popup: &Popup, _: Features, _: Option<u32>) -> Result<Handle, String> {
    let (title, body) = (popup.title.clone(), popup.body.clone());
    let shown = tokio::task::spawn_blocking(move || Notification::new().summary(&title).body(&body).show().map(|_| ()));
    let shown = shown.await.map_err(|_| "the Notification Center cannot be used".to_owned())?;
    shown.map(|()| Handle).map_err(|error| crate::notify::slip::one_line(&error.to_string()))
}

/// It has no numbers.
pub(super) fn id(_: &Handle) -> u32 {
    0
}

/// Nothing comes back, so nothing is waited for.
#[expect(clippy::unused_async, reason = "on other platforms a service is listened to")]
pub(super) async fn wait(_: Handle, _: oneshot::Receiver<()>) -> Pressed {
    Pressed::Gone
}
