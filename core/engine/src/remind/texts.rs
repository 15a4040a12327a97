//! What texts and flags say of reminders, as what is to be made. When something is due decides what "at 8" means, so they are read
//! for each task.

use crate::request::{Caller, TextReading};
use tasks_domain::error::{Error, Span};
use tasks_domain::patch::{Patch, TaskPatch};
use tasks_domain::reminder::{Channel, Hour, ReminderSpec, Trigger, Wanted};
use tasks_domain::task::Task;
use tasks_domain::when::{LocalTime, When};
use tasks_language::{Context, Reminder, SpanKind};

/// Words for the moment at which something is due, besides the product's names of triggers.
const AT_DUE: [&str; 6] = ["due", "at due", "when due", "on time", "when it is due", "at due time"];

/// Puts what a new task's text, flags and the person's settings say of reminders into its patch; what the person should know.
pub(crate) fn of_new(
    patch: &mut TaskPatch,
    read: Option<&TextReading>,
    flags: &[String],
    caller: &Caller,
) -> Result<Option<String>, Error> {
    let due = due_of(patch, None);
    let title = patch.title.as_ref().map_or("", |title| title.as_str()).to_owned();
    let language = caller.language();
    if !flags.is_empty() {
        patch.remind = of_flags(flags, (due, &title), &Channel::Desktop, &language)?.unwrap_or_default();
        return Ok(None);
    }
    if let Some(read) = read.filter(|read| read.reading.reminds) {
        patch.remind = of_text(read, (due, &title), &language)?;
        let nothing = patch.remind.is_empty();
        return Ok(
            nothing.then(|| "no time is named, so that nothing reminds: say when, as in tomorrow 9am".to_owned())
        );
    }
    let usual = caller.language.reminder.filter(|_| matches!(due, Some(When::At(_))));
    let trigger = usual.map(|length| Trigger::Before { length, all_day: hour(&language) });
    let spec = trigger.map(|trigger| ReminderSpec { channel: Channel::Desktop, trigger });
    patch.remind = spec.map(|spec| Wanted { spec, explicit: false }).into_iter().collect();
    Ok(None)
}

/// The same for a task that is there, and gets its patch.
pub(crate) fn of_known(
    patch: &mut TaskPatch,
    task: &Task,
    read: Option<&TextReading>,
    flags: &[String],
    language: &Context,
) -> Result<(), Error> {
    let due = due_of(patch, Some(task));
    let about = (due, task.title.as_str());
    if !flags.is_empty() {
        match of_flags(flags, about, &Channel::Desktop, language)? {
            Some(wanted) => patch.remind = wanted,
            None => patch.clear_reminders = true,
        }
    } else if let Some(read) = read.filter(|read| read.reading.reminds) {
        patch.remind = of_text(read, about, language)?;
    }
    Ok(())
}

/// The reminders that flags ask for, each for every one of these channels; `None` when they ask for none.
pub(crate) fn of_flags(
    flags: &[String],
    about: (Option<When>, &str),
    channel: &Channel,
    language: &Context,
) -> Result<Option<Vec<Wanted>>, Error> {
    if let [only] = flags
        && (only.trim().is_empty() || only.trim().eq_ignore_ascii_case("none"))
    {
        return Ok(None);
    }
    let mut wanted = Vec::new();
    for flag in flags {
        for trigger in triggers(flag, about, language)? {
            let spec = ReminderSpec { channel: channel.clone(), trigger };
            wanted.push(Wanted { spec, explicit: true });
        }
    }
    Ok(Some(wanted))
}

/// When a text that says nothing else asks to be reminded. A bare length is one before the due date, where there is one.
pub(crate) fn triggers(
    text: &str,
    (due, title): (Option<When>, &str),
    language: &Context,
) -> Result<Vec<Trigger>, Error> {
    let said = text.trim().to_lowercase();
    let before = |length| Trigger::Before { length, all_day: hour(language) };
    let named = Trigger::named(&said).or_else(|| AT_DUE.contains(&said.as_str()).then(chrono::Duration::zero));
    if let Some(length) = named {
        return Ok(vec![before(length)]);
    }
    if let Ok(length) = tasks_language::read_duration(text) {
        return match due {
            Some(_) => Ok(vec![before(length)]),
            None => Err(no_due(title)),
        };
    }
    let read = match tasks_language::read_reminders(text, due, language) {
        Ok(read) => read,
        Err(error) => {
            // A time of its own, in whatever words times have; what is impossible about it says more than that it is unreadable.
            return match tasks_language::read_when(text, language) {
                Ok(when) => Ok(vec![Trigger::At(moment(when.start.unwrap_or(when.due), language))]),
                Err(impossible @ Error::ImpossibleDate { .. }) => Err(impossible),
                Err(_) => Err(error),
            };
        }
    };
    if read.is_empty() {
        return Err(if due.is_none() {
            no_due(title)
        } else {
            Error::UnreadableReminder { text: text.to_owned(), span: Span::whole(text) }
        });
    }
    Ok(read.into_iter().map(|reminder| trigger(reminder, language)).collect())
}

/// What a reminder that was read means.
pub(crate) fn trigger(reminder: Reminder, language: &Context) -> Trigger {
    match reminder {
        Reminder::Before(length) => Trigger::Before { length, all_day: hour(language) },
        Reminder::At(time) => Trigger::At(time),
        Reminder::OnDay { days_before, at } => {
            Trigger::OnDay { days_before, hour: Hour { time: at.local().time(), zone: at.zone() } }
        }
    }
}

/// A day's reminder comes at the hour of the person's settings.
pub(crate) fn moment(when: When, language: &Context) -> LocalTime {
    match when {
        When::At(time) => time,
        When::Date(day) => LocalTime::new(day.and_time(language.settings.reminder_hour), language.now.zone()),
    }
}

fn hour(language: &Context) -> Hour {
    Hour { time: language.settings.reminder_hour, zone: language.now.zone() }
}

fn no_due(title: &str) -> Error {
    Error::ReminderWithoutDue { reference: String::new(), title: title.to_owned() }
}

/// The reminders that the text of a task asks for.
fn of_text(read: &TextReading, about: (Option<When>, &str), language: &Context) -> Result<Vec<Wanted>, Error> {
    let reading = &read.reading;
    let mut triggers: Vec<Trigger> = reading.reminders.iter().map(|reminder| trigger(*reminder, language)).collect();
    if triggers.is_empty() {
        // What hangs on a due date that the text itself does not name.
        for said in reading.spans.iter().filter(|span| span.kind == SpanKind::Reminder) {
            let text = read.text.get(said.span.start..said.span.end).unwrap_or_default();
            match self::triggers(text, about, language) {
                Ok(found) => triggers.extend(found),
                Err(Error::UnreadableReminder { .. }) if about.0.is_some() => {
                    triggers.push(Trigger::Before { length: chrono::Duration::zero(), all_day: hour(language) });
                }
                Err(_) if about.0.is_none() => return Err(no_due(about.1)),
                Err(error) => return Err(error),
            }
        }
        if triggers.is_empty() && about.0.is_some() {
            triggers.push(Trigger::Before { length: language.settings.reminder_lead, all_day: hour(language) });
        }
    }
    let past = triggers.iter().filter_map(|trigger| trigger.instant(about.0)).find(|at| *at <= language.now.instant());
    if let Some((at, said)) = past.zip(reading.spans.iter().find(|span| span.kind == SpanKind::Reminder)) {
        let shown = at.with_timezone(&language.now.zone()).format("%a %-d %b %Y %H:%M");
        let reason = format!("the reminder would have come {shown}, which is past");
        return Err(Error::ImpossibleDate { text: read.text.clone(), span: said.span, reason });
    }
    let spec = |trigger| ReminderSpec { channel: Channel::Desktop, trigger };
    Ok(triggers.into_iter().map(|trigger| Wanted { spec: spec(trigger), explicit: true }).collect())
}

fn due_of(patch: &TaskPatch, task: Option<&Task>) -> Option<When> {
    match &patch.schedule {
        Patch::Set(schedule) => Some(schedule.due),
        Patch::Clear => None,
        Patch::Keep => task.and_then(|task| task.due),
    }
}
