//! Reminders.

use super::facts::{LABELLED, line};
use crate::error::CliError;
use crate::outcome::{ReminderChange, ReminderReport};
use crate::output::style::{Paint, Role};
use crate::output::text::{clean, width};
use crate::output::ui::Ui;
use crate::output::{dates, label, table};
use tasks_domain::when::Now;
use tasks_proto::v1;

/// Writes a list, or what became of some.
pub(super) fn render(ui: &mut Ui, report: &ReminderReport, now: Now) -> Result<(), CliError> {
    if let Some(change) = &report.change {
        return changed(ui, report, change, now);
    }
    if report.reminders.is_empty() {
        let none = if report.all { "no reminders yet" } else { "no reminders are to come" };
        return ui.note(&format!("{none}; make one: tasks remind ID \"15 minutes before\""));
    }
    if ui.columns().is_none() {
        let rows: Vec<[String; 7]> = report.reminders.iter().map(|one| plain(one, now)).collect();
        table::plain(&rows).iter().try_for_each(|line| ui.line(line))?;
    } else {
        let paint = ui.paint();
        let ids = report.reminders.iter().map(|one| width(&one.short_id)).max().unwrap_or(0);
        let times = report.reminders.iter().map(|one| width(&instant(one, now))).max().unwrap_or(0);
        for one in &report.reminders {
            let at = instant(one, now);
            let (id, pad) = (paint.apply(Role::Id, &one.short_id), " ".repeat(ids - width(&one.short_id)));
            let blanks = " ".repeat(times - width(&at));
            let text = format!("  {id}{pad}  {at}{blanks}  {}{}", called(one, paint), rest(one, paint, now));
            ui.words(&text, ids + times + 6)?;
        }
    }
    if report.more { ui.note("there are more: --limit N") } else { Ok(()) }
}

/// The pending reminders of a task, for what is said back: "Mon 30 Nov 09:00 (in 8 days)".
pub(super) fn of_task(task: &v1::Task, paint: Paint, now: Now) -> Vec<String> {
    let coming = task.reminders.iter().filter(|one| one.state == "pending");
    coming.map(|one| format!("{}{}", instant(one, now), rest(one, paint, now))).collect()
}

/// All reminders of a task.
pub(super) fn all_of_task(task: &v1::Task, paint: Paint, now: Now) -> Vec<String> {
    let one = |one: &v1::Reminder| {
        let id = paint.apply(Role::Faint, &format!("  {}", one.short_id));
        format!("{}{}{id}", instant(one, now), rest(one, paint, now))
    };
    task.reminders.iter().map(one).collect()
}

/// When the next reminder of a task comes, beside its other labels: "⏰ 16:45".
pub(super) fn mark(task: &v1::Task, now: Now) -> Option<String> {
    let pending = task.reminders.iter().filter(|one| one.state == "pending" && !one.held);
    let at = pending.filter_map(|one| one.next_unix_ms.or(one.at_unix_ms)).min()?;
    let then = Now::from_unix_ms(at, now.zone())?;
    let time = then.local().format("%H:%M");
    let day = dates::read(task.due.as_ref()).map(|due| due.date_in(now.zone()));
    Some(match then.today() {
        // Beside its due date the day goes without saying.
        today if day == Some(today) => format!("⏰ {time}"),
        today if today == now.today() => format!("⏰ today {time}"),
        _ => format!("⏰ {}", dates::instant(at, now)),
    })
}

fn instant(one: &v1::Reminder, now: Now) -> String {
    one.at_unix_ms.map_or_else(|| "-".to_owned(), |at| dates::instant(at, now))
}

/// The task's number and title.
fn called(one: &v1::Reminder, paint: Paint) -> String {
    let number = if one.task_number > 0 {
        format!("{} ", paint.apply(Role::Id, &one.task_number.to_string()))
    } else {
        String::new()
    };
    format!("{number}{}", clean(&one.task_title))
}

/// How far it is, over which channel, and what is special about it.
fn rest(one: &v1::Reminder, paint: Paint, now: Now) -> String {
    let mut text = String::new();
    if one.state == "pending"
        && let Some(at) = one.at_unix_ms
    {
        text.push_str(&paint.distance(&dates::ago(at, now)));
    }
    if one.channel != "desktop" {
        text.push_str(&format!("  {}", clean(&way(&one.channel, &one.address))));
    }
    if one.meant_unix_ms != one.at_unix_ms {
        text.push_str(&paint.apply(Role::Faint, "  snoozed"));
    }
    let role = if one.state == "failed" || one.held { Role::Overdue } else { Role::Faint };
    match (one.state.as_str(), one.reason.as_str()) {
        ("pending", "") => {}
        ("pending", reason) => text.push_str(&format!("  {}", paint.apply(role, &clean(reason)))),
        (state, "") => text.push_str(&format!("  {}", paint.apply(role, state))),
        (state, reason) => text.push_str(&format!("  {}", paint.apply(role, &format!("{state}: {}", clean(reason))))),
    }
    text
}

/// "email to ann@example.org".
fn way(channel: &str, address: &str) -> String {
    if address.is_empty() { channel.to_owned() } else { format!("{channel} to {address}") }
}

/// Words for pipes: the last two may hold blanks.
fn plain(one: &v1::Reminder, now: Now) -> [String; 7] {
    let word = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    [
        one.short_id.clone(),
        word(one.at_unix_ms.map(|at| dates::iso_instant(at, now)).unwrap_or_default()),
        if one.held { "held".to_owned() } else { one.state.clone() },
        one.channel.clone(),
        if one.task_number > 0 { one.task_number.to_string() } else { label::letters_of_task(&one.task_id) },
        word(clean(&one.task_title).into_owned()),
        word(clean(&one.reason).into_owned()),
    ]
}

fn changed(ui: &mut Ui, report: &ReminderReport, change: &ReminderChange, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let (did, would, already) = change.words;
    for one in &report.reminders {
        let (verb, role) = match (change.unchanged.contains(&one.id), change.dry_run) {
            (true, _) => (already, Role::Plain),
            (false, true) => (would, Role::Soon),
            (false, false) => (did, Role::Good),
        };
        let id = paint.apply(Role::Id, &one.short_id);
        let at = instant(one, now);
        let text = format!("{} {id}  {}  {at}{}", paint.apply(role, verb), called(one, paint), rest(one, paint, now));
        ui.words(&text, 2)?;
    }
    if change.dry_run {
        return ui.note("nothing was changed: this was a dry run");
    }
    if change.operation.is_some() {
        ui.line(&paint.apply(Role::Faint, "  undo: tasks undo"))?;
    }
    Ok(())
}

/// What was planned, tried and delivered.
pub(super) fn stories(ui: &mut Ui, stories: &[v1::ReminderStory], now: Now) -> Result<(), CliError> {
    for (at, story) in stories.iter().enumerate() {
        let Some(one) = &story.reminder else { continue };
        if at > 0 {
            ui.line("")?;
        }
        let paint = ui.paint();
        let id = paint.apply(Role::Id, &one.short_id);
        ui.words(&format!("{id}  {}", called(one, paint)), 2)?;
        let mut fact = |name: &str, value: String| ui.words(&line(name, &value, paint), LABELLED);
        fact("asked", format!("{}, {}", asked(one), way(&one.channel, &one.address)))?;
        fact("made", dates::instant(one.created_at_unix_ms, now))?;
        let snoozed = one.meant_unix_ms.filter(|meant| Some(*meant) != one.at_unix_ms);
        let was = snoozed.map(|meant| format!(", put off from {}", dates::instant(meant, now))).unwrap_or_default();
        fact("planned", format!("{}{was}", instant(one, now)))?;
        let reason = if one.reason.is_empty() { String::new() } else { format!(": {}", clean(&one.reason)) };
        fact("state", format!("{}{reason}", one.state))?;
        if let Some(next) = one.next_unix_ms {
            fact("next", format!("{}{}", dates::instant(next, now), paint.distance(&dates::ago(next, now))))?;
        }
        for (at, (when, what)) in story.rows.iter().flat_map(|row| told(row, now)).enumerate() {
            let name = if at == 0 { "ledger" } else { "" };
            ui.words(&line(name, &format!("{when}  {what}"), paint), LABELLED)?;
        }
        if story.rows.is_empty() {
            ui.words(&line("ledger", "nothing was tried yet", paint), LABELLED)?;
        }
    }
    Ok(())
}

/// When somebody wanted it.
fn asked(one: &v1::Reminder) -> String {
    let time = |seconds: u32| {
        let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
        format!("{hours:02}:{minutes:02}")
    };
    match (one.before_seconds, one.days_before) {
        (Some(0), _) => "when it is due".to_owned(),
        (Some(seconds), _) => format!("{} before it is due", dates::length(seconds)),
        (None, Some(0)) => format!("at {} on the day it is due", time(one.time_seconds)),
        (None, Some(1)) => format!("at {} on the day before", time(one.time_seconds)),
        (None, Some(days)) if days < 0 => format!("at {}, {} days after it is due", time(one.time_seconds), -days),
        (None, Some(days)) => format!("at {}, {days} days before", time(one.time_seconds)),
        (None, None) if one.trigger.is_empty() => "by a newer build".to_owned(),
        (None, None) => "at a time of its own".to_owned(),
    }
}

/// The lines of a row: when, and what happened then.
fn told(row: &v1::LedgerRow, now: Now) -> Vec<(String, String)> {
    let way = clean(&way(&row.channel, &row.address)).into_owned();
    let for_ = dates::instant(row.at_unix_ms, now);
    let mut lines: Vec<(i64, String)> = Vec::new();
    for attempt in &row.attempts {
        let next = if attempt.next_unix_ms == 0 {
            "no more attempts".to_owned()
        } else {
            format!("again at {}", dates::instant(attempt.next_unix_ms, now))
        };
        lines.push((attempt.at_unix_ms, format!("{way} failed: {}; {next}", clean(&attempt.reason))));
    }
    if let Some(held) = &row.held {
        lines.push((held.at_unix_ms, format!("{way} held back: {}", clean(&held.reason))));
    }
    for mark in &row.marks {
        let late = (mark.at_unix_ms - row.at_unix_ms) / 1_000;
        let late = match (mark.state.as_str(), late) {
            ("sent", 60..) => format!(", {} late", dates::length(late / 60 * 60)),
            _ => String::new(),
        };
        let digest =
            if mark.digest > 0 { format!(", with {} others", mark.digest.saturating_sub(1)) } else { String::new() };
        let reason = if mark.reason.is_empty() { String::new() } else { format!(" ({})", clean(&mark.reason)) };
        lines.push((mark.at_unix_ms, format!("{way} {}{late}{digest}{reason}", mark.state)));
    }
    lines.sort_by_key(|(at, _)| *at);
    let of = |at: i64| {
        let shown = dates::instant(at, now);
        if shown == for_ { shown } else { format!("{shown} (for {for_})") }
    };
    lines.into_iter().map(|(at, text)| (of(at), text)).collect()
}
