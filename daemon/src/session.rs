//! Where the desktop is: the addresses of the session bus and of the display.
//!
//! They ride on the handshake of every request, so that a daemon that was born in cron, or in a session that has ended, knows the
//! one in which somebody works now.

use http::HeaderMap;
use std::ffi::OsString;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Longest address that is taken, in bytes.
const ADDRESS_BYTES_MAX: usize = 1_024;

/// Variables that say where a desktop is, with the header that carries each.
pub const VARIABLES: [(&str, &str); 5] = [
    ("DBUS_SESSION_BUS_ADDRESS", "tasks-session-bus"),
    ("DISPLAY", "tasks-display"),
    ("WAYLAND_DISPLAY", "tasks-wayland-display"),
    ("XAUTHORITY", "tasks-xauthority"),
    ("XDG_RUNTIME_DIR", "tasks-runtime-folder"),
];

/// The addresses of one session; empty where nobody said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    values: [String; VARIABLES.len()],
}

impl Session {
    /// Those of this environment.
    pub fn of(env: &dyn Fn(&str) -> Option<OsString>) -> Self {
        Self {
            values: VARIABLES.map(|(name, _)| env(name).and_then(|value| value.into_string().ok()).unwrap_or_default()),
        }
    }

    /// The variables that are set, and their values.
    pub fn variables(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let named = VARIABLES.iter().zip(&self.values).map(|((name, _), value)| (*name, value.as_str()));
        named.filter(|(_, value)| !value.is_empty())
    }

    /// Whether it says where a bus or a display is.
    pub fn is_desktop(&self) -> bool {
        self.values.iter().take(3).any(|value| !value.is_empty())
    }

    fn names_bus(&self) -> bool {
        self.values.first().is_some_and(|value| !value.is_empty())
    }

    /// As headers of a request.
    pub fn headers(&self) -> Vec<(&'static str, &str)> {
        let named = VARIABLES.iter().zip(&self.values).map(|((_, header), value)| (*header, value.as_str()));
        named.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// From the headers of a request; `None` when it names no desktop.
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let value = |header: &str| headers.get(header).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let session = Self {
            values: VARIABLES.map(|(_, header)| {
                let value = value(header);
                if value.len() > ADDRESS_BYTES_MAX { String::new() } else { value.to_owned() }
            }),
        };
        session.is_desktop().then_some(session)
    }
}

/// Between two tries of what is held back, however many commands are given.
const RETRY_PAUSE: Duration = Duration::from_secs(10);

/// The newest session that a request came from, and when a channel that was not there may be there now.
#[derive(Clone, Debug)]
pub struct Newest {
    known: Arc<Mutex<Known>>,
    changed: Arc<watch::Sender<u64>>,
}

#[derive(Debug)]
struct Known {
    session: Session,
    /// Since when something is held back, and not tried again.
    held: Option<Instant>,
}

impl Newest {
    /// Begins with that of the daemon itself.
    pub fn new(session: Session) -> Self {
        let known = Known { session, held: None };
        Self { known: Arc::new(Mutex::new(known)), changed: Arc::new(watch::Sender::new(0)) }
    }

    /// A request came, from a session where it names one. A display without a bus, as over ssh, is no better than a session with
    /// one. Any request may be the first after somebody set up a channel, so what is held back is worth another try then.
    pub fn seen(&self, session: Option<Session>) {
        let mut known = self.lock();
        let other = session.filter(|session| *session != known.session);
        let other = other.filter(|session| session.names_bus() || !known.session.names_bus());
        let retry = known.held.take_if(|since| since.elapsed() >= RETRY_PAUSE).is_some();
        if let Some(session) = &other {
            known.session = session.clone();
        }
        drop(known);
        if other.is_some() || retry {
            self.changed.send_modify(|count| *count += 1);
        }
    }

    /// Something is held back, because a channel is not there.
    pub fn held(&self) {
        self.lock().held.get_or_insert_with(Instant::now);
    }

    /// A channel works that may have been away.
    pub fn works(&self) {
        if self.lock().held.take().is_some() {
            self.changed.send_modify(|count| *count += 1);
        }
    }

    /// Which it is.
    pub fn get(&self) -> Session {
        self.lock().session.clone()
    }

    /// Wakes whoever waits for a channel.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderName;

    #[test]
    fn addresses_go_from_an_environment_over_the_wire_into_another() {
        let env = |name: &str| match name {
            "DBUS_SESSION_BUS_ADDRESS" => Some("unix:path=/run/user/7/bus".into()),
            "DISPLAY" => Some(":7".into()),
            _ => None,
        };
        let session = Session::of(&env);
        let headers: HeaderMap = session
            .headers()
            .into_iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        assert_eq!(Session::from_headers(&headers), Some(session.clone()));
        let variables: Vec<_> = session.variables().collect();
        assert_eq!(variables, [("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/7/bus"), ("DISPLAY", ":7")]);
    }

    #[test]
    fn a_request_without_a_desktop_leaves_the_known_one() {
        assert_eq!(Session::from_headers(&HeaderMap::new()), None);
        let long: HeaderMap =
            [(HeaderName::from_static("tasks-display"), "x".repeat(2_000).parse().unwrap())].into_iter().collect();
        assert_eq!(Session::from_headers(&long), None);
    }

    #[test]
    fn only_another_session_is_news() {
        let newest = Newest::new(Session::default());
        let mut changes = newest.changes();
        newest.seen(Some(Session::default()));
        newest.seen(None);
        assert!(!changes.has_changed().unwrap());
        newest.seen(Some(Session::of(&|name| (name == "DISPLAY").then(|| ":1".into()))));
        assert!(changes.has_changed().unwrap());
        changes.mark_unchanged();
        assert_eq!(newest.get().variables().collect::<Vec<_>>(), [("DISPLAY", ":1")]);
        let bus = Session::of(&|name| (name == "DBUS_SESSION_BUS_ADDRESS").then(|| "unix:path=/bus".into()));
        newest.seen(Some(bus.clone()));
        newest.seen(Some(Session::of(&|name| (name == "DISPLAY").then(|| "localhost:10".into()))));
        assert_eq!(newest.get(), bus, "a display that came over ssh");
    }
    #[test]
    fn what_is_held_back_is_tried_when_a_channel_works_or_a_command_comes_later() {
        let newest = Newest::new(Session::default());
        let mut changes = newest.changes();
        newest.works();
        assert!(!changes.has_changed().unwrap(), "nothing was held back");
        newest.held();
        newest.seen(None);
        assert!(!changes.has_changed().unwrap(), "not at once, as many commands may come");
        newest.lock().held = Instant::now().checked_sub(RETRY_PAUSE);
        newest.seen(None);
        assert!(changes.has_changed().unwrap());
        changes.mark_unchanged();
        newest.held();
        newest.works();
        assert!(changes.has_changed().unwrap());
    }
}
