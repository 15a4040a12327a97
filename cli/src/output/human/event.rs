//! What happens, a line an event.

use crate::error::CliError;
use crate::link::feed::News;
use crate::outcome::Events;
use crate::output::style::Role;
use crate::output::text::{clean, cut, pad, width};
use crate::output::ui::Ui;
use crate::output::{dates, label};
use tasks_domain::when::Now;
use tasks_proto::v1;
use tasks_proto::v1::watch_response::What;

/// Width of the longest name of an event.
const NAME: usize = 9;
/// Width of most short numbers.
const ID: usize = 4;

/// Writes events as they come.
pub(super) fn render(ui: &mut Ui, events: Events, now: Now) -> Result<(), CliError> {
    // The day above which lines stand; today's needs no line.
    let mut day = now.today();
    for news in events {
        match news? {
            News::Stopped => ui.warn("the daemon was stopped; it goes on once there is one again")?,
            News::Message(message) => match &message.what {
                Some(What::Event(event)) => {
                    let at = Now::from_unix_ms(event.at_unix_ms, now.zone()).unwrap_or(now);
                    if ui.columns().is_some() && at.today() != day {
                        day = at.today();
                        let title = ui.paint().apply(Role::Heading, &dates::day(day, now.today()));
                        ui.line(&title)?;
                    }
                    line(ui, event, at)?;
                }
                Some(What::Resync(_)) => {
                    let cursor = &message.cursor;
                    ui.warn(&format!("what happened before {cursor} is not known any more: look at everything anew"))?;
                }
                Some(What::Position(_)) | None => {}
            },
        }
        ui.flush()?;
    }
    Ok(())
}

fn line(ui: &mut Ui, event: &v1::Event, at: Now) -> Result<(), CliError> {
    let name = short(&event.r#type);
    let (id, title) = match &event.task {
        Some(task) => (label::of_task(task), clean(&task.title)),
        None => (label::short_letters(&event.task_id), "(nothing is left of it)".into()),
    };
    let fields = if name == "updated" { event.fields.join(", ") } else { String::new() };
    let Some(columns) = ui.columns() else {
        let at = at.local().format("%Y-%m-%dT%H:%M:%S");
        return ui.line(&format!("{at}  {}  {}  {title}  {fields}", pad(name, NAME), pad(&id, ID)));
    };
    let clock = at.local().format(if columns < 60 { "%H:%M" } else { "%H:%M:%S" }).to_string();
    let id = format!("{}{id}", " ".repeat(ID.saturating_sub(width(&id))));
    let taken = width(&clock) + 2 + NAME + width(&id) + 2;
    let room = columns.saturating_sub(taken).max(8);
    // The fields get what the title leaves, and the title all but as much as they need.
    let wanted = if fields.is_empty() { 0 } else { width(&fields) + 2 };
    let title = cut(&title, room.saturating_sub(wanted).max(room / 2));
    let fields = cut(&fields, room.saturating_sub(width(&title) + 2));
    let paint = ui.paint();
    let text = format!(
        "{}  {}{}  {title}  {}",
        paint.apply(Role::Faint, &clock),
        paint.apply(role(name), &pad(name, NAME)),
        paint.apply(Role::Id, &id),
        paint.apply(Role::Faint, &fields),
    );
    ui.line(text.trim_end())
}

/// The name without what it is about.
fn short(name: &str) -> &str {
    name.strip_prefix("task.").unwrap_or(name)
}

fn role(name: &str) -> Role {
    match name {
        "completed" => Role::Good,
        "deleted" | "removed" => Role::Overdue,
        _ => Role::Plain,
    }
}
