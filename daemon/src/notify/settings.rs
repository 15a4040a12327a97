//! What the channels need to know; the command line reads it from the settings file.

use std::fmt;
use std::str::FromStr;

/// A text that is shown to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one who needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// What the channels are to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channels {
    /// A line for the shell that shows a reminder where there is no desktop.
    pub notify_command: Option<String>,
    /// A line for the shell that opens a task; a terminal with `tasks show` when there is none.
    pub open_command: Option<String>,
    /// How mail is sent; `None` when nobody said.
    pub mail: Option<MailSettings>,
    /// What webhooks are signed with; unsigned without.
    pub webhook_secret: Option<Secret>,
}

/// How mail is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// The server that takes it.
    pub server: MailServer,
    /// Name and password, where it asks for them.
    pub login: Option<(String, Secret)>,
    /// The person's own address, for mails that name nobody.
    pub to: Option<String>,
    /// Who sends, as `me@example.org` or `Me <me@example.org>`.
    pub from: String,
}

/// A mail server: `smtps://host:465`, `smtp://host:587`, or `smtp+plain://localhost:25`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept from others.
    pub security: Security,
}

/// How a connection to a mail server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (`smtps://`, RFC 8314).
    Tls,
    /// Plain first, and nothing of the mail before TLS began (`smtp://`, RFC 3207).
    StartTls,
    /// None (`smtp+plain://`); only on this machine.
    Plain,
}

impl FromStr for MailServer {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "a mail server as smtps://mail.example.org or smtp://mail.example.org:587";
        let (scheme, place) = text.split_once("://").ok_or(WRONG)?;
        let (security, usual) = match scheme.to_ascii_lowercase().as_str() {
            "smtps" => (Security::Tls, 465),
            "smtp" => (Security::StartTls, 587),
            "smtp+plain" => (Security::Plain, 25),
            _ => return Err(WRONG),
        };
        let place = place.trim_end_matches('/');
        let (host, port) = match place.rsplit_once(':') {
            // A bare IPv6 address has colons of its own.
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
                (host, port.parse().ok().filter(|port| *port > 0).ok_or(WRONG)?)
            }
            _ => (place, usual),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let plain = |sign: char| sign.is_ascii_alphanumeric() || ".-_:".contains(sign);
        if host.is_empty() || !host.chars().all(plain) {
            return Err(WRONG);
        }
        let here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
        if security == Security::Plain && !here {
            return Err("a mail server on this machine: smtp+plain:// would show mails to everybody on the way");
        }
        Ok(Self { host: host.to_owned(), port, security })
    }
}

impl fmt::Display for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.security {
            Security::Tls => "smtps",
            Security::StartTls => "smtp",
            Security::Plain => "smtp+plain",
        };
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        write!(f, "{scheme}://{host}:{}", self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read_with_their_usual_ports() {
        for (text, shown) in [
            ("smtps://mail.example.org", "smtps://mail.example.org:465"),
            ("SMTP://mail.example.org/", "smtp://mail.example.org:587"),
            ("smtp://mail.example.org:2525", "smtp://mail.example.org:2525"),
            ("smtp+plain://localhost", "smtp+plain://localhost:25"),
            ("smtp+plain://[::1]:2500", "smtp+plain://[::1]:2500"),
        ] {
            assert_eq!(text.parse::<MailServer>().unwrap().to_string(), shown);
        }
        for wrong in ["", "mail.example.org", "http://x", "smtp://", "smtp://a b", "smtp://x:0", "smtp://x:port"] {
            assert!(wrong.parse::<MailServer>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn mail_leaves_the_machine_under_tls_only() {
        assert!("smtp+plain://mail.example.org".parse::<MailServer>().is_err());
        assert!("smtp+plain://127.0.0.1:2525".parse::<MailServer>().is_ok());
    }

    #[test]
    fn a_secret_prints_as_none() {
        let channels = Channels { webhook_secret: Some(Secret::new("hunter2")), ..Channels::default() };
        assert!(!format!("{channels:?}").contains("hunter2"));
    }
}
