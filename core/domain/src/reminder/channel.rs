//! Over which way a reminder comes.

use crate::error::Error;
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// Longest address of a channel, in bytes.
const ADDRESS_BYTES_MAX: usize = 2_000;

/// Over which way a reminder comes. Canonical JSON: `{"kind":"email","to":"me@example.org"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Channel {
    /// A notification on the screen.
    #[default]
    Desktop,
    /// A mail.
    Email {
        /// To whom; `None` for the person's own address, which is a setting.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    },
    /// A request to a program.
    Webhook {
        /// `http` or `https`.
        url: String,
    },
}

impl Channel {
    /// The word for it: `desktop`, `email`, `webhook`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Email { .. } => "email",
            Self::Webhook { .. } => "webhook",
        }
    }

    /// Where it leads, besides the screen and the person's own mailbox.
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::Desktop => None,
            Self::Email { to } => to.as_deref(),
            Self::Webhook { url } => Some(url),
        }
    }

    /// Mail to this address; empty for the person's own.
    pub fn email(to: &str) -> Result<Self, Error> {
        let to = to.trim();
        if to.is_empty() {
            return Ok(Self::Email { to: None });
        }
        let parts = to.rsplit_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
        let plain = !to.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';'));
        if parts && plain && to.len() <= ADDRESS_BYTES_MAX {
            return Ok(Self::Email { to: Some(to.to_owned()) });
        }
        Err(Error::BadAddress { what: "a mail address", text: to.to_owned(), span: Span::whole(to) })
    }

    /// A request to this address, which must be `http` or `https` with a host.
    pub fn webhook(url: &str) -> Result<Self, Error> {
        let url = url.trim();
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let host = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', ':', '?', '#']));
        let plain = !url.chars().any(|c| c.is_whitespace() || c.is_control());
        if host && plain && url.len() <= ADDRESS_BYTES_MAX {
            return Ok(Self::Webhook { url: url.to_owned() });
        }
        Err(Error::BadAddress { what: "a web address", text: url.to_owned(), span: Span::whole(url) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_when_they_are_given() {
        assert_eq!(Channel::email(" me@example.org ").unwrap().address(), Some("me@example.org"));
        assert_eq!(Channel::email("").unwrap(), Channel::Email { to: None });
        for bad in ["me", "@x", "me@", "a b@c", "a@b,c@d", "a@b\nBcc: c@d"] {
            assert!(Channel::email(bad).is_err(), "{bad}");
        }
        assert!(Channel::webhook("https://example.org/hook?a=b").is_ok());
        for bad in ["example.org", "ftp://example.org", "https://", "https:///x", "http://a b", "javascript:alert(1)"] {
            assert!(Channel::webhook(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn channels_have_one_canonical_form() {
        let json = |channel: &Channel| serde_json::to_string(channel).unwrap();
        assert_eq!(json(&Channel::Desktop), r#"{"kind":"desktop"}"#);
        assert_eq!(json(&Channel::email("").unwrap()), r#"{"kind":"email"}"#);
        let hook = Channel::webhook("http://x/y").unwrap();
        assert_eq!(json(&hook), r#"{"kind":"webhook","url":"http://x/y"}"#);
        assert_eq!(serde_json::from_str::<Channel>(&json(&hook)).unwrap(), hook);
    }
}
