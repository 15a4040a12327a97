//! What to do next about errors of reminders, and of texts that say too much or too little.

use super::Error;
use crate::meant::filter_meant_by;

impl Error {
    /// What to do next, for people.
    pub(super) fn hint_about_texts(&self) -> Option<String> {
        let hint = match self {
            Self::NoTitleLeft { .. } => {
                "say what to do as well, or quote words that are the title: tasks add \"'the first'\""
            }
            Self::TitleTooLong { .. } => "keep the title to one line and put the rest into notes: \"title // notes\"",
            Self::NotesTooLong { .. } => "keep long texts in a file and name it in the notes",
            Self::NothingMatches { filter } => {
                let said = filter.split(' ').find_map(|word| Some((word, filter_meant_by(word)?)));
                let see = "see what a filter finds with tasks list FILTER; ended tasks need status:done";
                return Some(said.map_or(see.to_owned(), |(word, meant)| {
                    format!("`{word}` was looked for as a word, did you mean {meant}?")
                }));
            }
            Self::EmptyAnnotation => "say it behind the task: tasks annotate 3 called, no answer",
            Self::NoSuchLine { .. } => "see the notes with tasks show ID",
            Self::AmbiguousLine { .. } => "name more of the line, or all of it; several at once: tasks edit ID -e",
            Self::BadName { .. } => {
                "names have no spaces, quotes, commas or brackets; a project may have parts: home/garden"
            }
            Self::UnknownPriority { .. } => "use low, medium, high or urgent, or p1 (urgent) to p4 (low)",
            Self::UnknownZone { .. } => "name a zone of the IANA database, as Europe/Berlin",
            Self::ImpossibleDate { text, span, reason } if reason.ends_with("is not a time of day") => {
                return Some(possible_time(text.get(span.start..span.end).unwrap_or_default()));
            }
            Self::ImpossibleDate { reason, .. } if reason.ends_with("is not a date") => {
                "months run from 1 to 12, and days as their month has them, as in 2026-12-24 or 24 dec"
            }
            Self::ImpossibleDate { .. } | Self::UnreadableDate { .. } => {
                "try: tomorrow 5pm, friday, 24 dec, 2026-12-24, in 2 hours"
            }
            Self::UnreadableDuration { .. } => "try: 30 minutes, 2h, 1h30, 3 days",
            Self::SaidTwice { .. } => "keep one of them",
            Self::SaidByFlag { flag, .. } => return Some(format!("the flag for it: {flag}")),
            Self::BadAddress { what, .. } if what.contains("mail") => "write it as name@example.org",
            Self::BadAddress { .. } => "it begins with https:// or http://, and has a host",
            Self::ReminderWithoutDue { reference, .. } if reference.is_empty() => {
                "say when it is due, or name a time: remind me tomorrow at 9am"
            }
            Self::ReminderWithoutDue { reference, .. } => {
                let id = &reference[..reference.len().min(8)];
                return Some(format!(
                    "give it one (tasks edit {id} \"friday 9am\"), or name a time: tasks remind {id} \"friday 9am\""
                ));
            }
            Self::ReminderPast { .. } => "name a later time, or a shorter length before it is due",
            Self::ReminderOutOfRange => "name a shorter length",
            Self::ReminderNotFailed { .. } => "see why with tasks reminders why ID",
            Self::ReminderToCome { reference, .. } => {
                let id = &reference[..reference.len().min(8)];
                return Some(format!(
                    "nothing is to be done; to have it at another time: tasks reminders snooze {id} WHEN"
                ));
            }
            Self::UnreadableReminder { .. } => {
                "try: 15 minutes before, at due, tomorrow 9am, in 2 hours, the day before at 18:00"
            }
            Self::NoSuchReminder { .. } | Self::AmbiguousReminder { .. } => {
                "see the reminders with tasks reminders list"
            }
            Self::NoReminders { reference, .. } => {
                let id = &reference[..reference.len().min(8)];
                return Some(format!("make one: tasks remind {id} \"tomorrow 9am\""));
            }
            Self::TooManyReminders { .. } => "cancel some first: tasks reminders cancel ID",
            _ => return None,
        };
        Some(hint.to_owned())
    }
}

/// What to say instead of a time that no clock shows: "25:00" may be 1:00 of the day after.
fn possible_time(said: &str) -> String {
    let hours = "hours run from 0 to 24 and minutes from 0 to 59";
    let parts = said.split_once(':').and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
    match parts {
        Some((hour @ 24..=47_u32, minute @ 0..=59_u32)) => {
            format!("{hours}; did you mean {}:{minute:02} of the day after?", hour - 24)
        }
        _ => format!("{hours}, as in friday 17:30"),
    }
}
