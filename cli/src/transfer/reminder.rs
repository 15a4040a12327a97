//! REMINDER objects of a TASK read back.

use super::json::quoted;
use chrono::DateTime;
use serde::Deserialize;
use std::borrow::Cow;
use tasks_domain::when::parse_zone;
use tasks_proto::{convert, v1};

/// What says when and how a reminder comes; the rest of it follows, or belongs to a device.
#[derive(Deserialize)]
pub(super) struct ReminderIn<'a> {
    #[serde(borrow, default)]
    before: Option<Cow<'a, str>>,
    #[serde(default)]
    days_before: Option<i64>,
    #[serde(borrow, default)]
    time: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    tz: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    channel: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    address: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) state: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    at: Option<Cow<'a, str>>,
}

impl ReminderIn<'_> {
    /// As requests carry it; else what is wrong.
    pub(super) fn wire(&self) -> Result<v1::Reminder, String> {
        let wrong = |text: &str, what: &str| format!("`reminders`: {} is not {what}", quoted(text));
        let length = |text: &Cow<'_, str>| match tasks_language::read_duration(text) {
            Ok(length) if text.starts_with('P') => Ok(length.num_seconds()),
            // At the due time itself.
            Err(_) if matches!(text.as_ref(), "PT0S" | "P0D") => Ok(0),
            _ => Err(wrong(text, "a length of time as ISO 8601 writes it, as PT15M")),
        };
        let time = |text: &Cow<'_, str>| {
            let time = text.parse::<chrono::NaiveTime>().map_err(|_| wrong(text, "a time of day, as 09:00:00"))?;
            Ok::<_, String>(chrono::Timelike::num_seconds_from_midnight(&time))
        };
        let instant = |text: &Cow<'_, str>| {
            let at = DateTime::parse_from_rfc3339(text).map_err(|_| wrong(text, "an RFC 3339 time"))?;
            Ok::<_, String>(at.timestamp_millis())
        };
        let zone = self.tz.as_deref().ok_or("a reminder needs `tz`")?;
        parse_zone(zone).map_err(|_| wrong(zone, "a zone of the IANA database"))?;
        let text = |text: &Option<Cow<'_, str>>| text.as_deref().unwrap_or_default().to_owned();
        let (channel, address) = (text(&self.channel), text(&self.address));
        convert::reminder::channel_from_wire(&channel, &address).map_err(|error| format!("`reminders`: {error}"))?;
        if self.before.is_none() && self.days_before.is_none() && self.at.is_none() {
            return Err("a reminder needs `before`, `days_before` or `at`".to_owned());
        }
        Ok(v1::Reminder {
            before_seconds: self.before.as_ref().map(length).transpose()?,
            days_before: self.days_before,
            time_seconds: self.time.as_ref().map(time).transpose()?.unwrap_or(0),
            zone: zone.to_owned(),
            channel,
            address,
            at_unix_ms: self.at.as_ref().map(instant).transpose()?,
            ..v1::Reminder::default()
        })
    }
}
