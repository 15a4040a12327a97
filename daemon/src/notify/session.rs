//! Where the desktop is: the addresses of the session bus and of the display.
//!
//! They ride on the handshake of every request, so that a daemon that was born in cron, or in a session that has ended, knows the
//! one in which somebody works now.

use http::HeaderMap;
use std::ffi::OsString;
use std::sync::{Arc, Mutex, PoisonError};
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

/// The newest session that a request came from.
#[derive(Clone, Debug)]
pub struct Newest {
    session: Arc<Mutex<Session>>,
    changed: Arc<watch::Sender<u64>>,
}

impl Newest {
    /// Begins with that of the daemon itself.
    pub fn new(session: Session) -> Self {
        Self { session: Arc::new(Mutex::new(session)), changed: Arc::new(watch::Sender::new(0)) }
    }

    /// A request came from there. A display without a bus, as over ssh, is no better than a session with one.
    pub fn seen(&self, session: Session) {
        let mut known = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        if *known != session && (session.names_bus() || !known.names_bus()) {
            *known = session;
            drop(known);
            self.changed.send_modify(|count| *count += 1);
        }
    }

    /// Which it is.
    pub fn get(&self) -> Session {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Wakes whoever waits for a desktop.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
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
        newest.seen(Session::default());
        assert!(!changes.has_changed().unwrap());
        newest.seen(Session::of(&|name| (name == "DISPLAY").then(|| ":1".into())));
        assert!(changes.has_changed().unwrap());
        changes.mark_unchanged();
        assert_eq!(newest.get().variables().collect::<Vec<_>>(), [("DISPLAY", ":1")]);
        let bus = Session::of(&|name| (name == "DBUS_SESSION_BUS_ADDRESS").then(|| "unix:path=/bus".into()));
        newest.seen(bus.clone());
        newest.seen(Session::of(&|name| (name == "DISPLAY").then(|| "localhost:10".into())));
        assert_eq!(newest.get(), bus, "a display that came over ssh");
    }
}
