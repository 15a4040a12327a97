//! What a search found.

use super::cells;
use crate::columns::Column;
use crate::error::CliError;
use crate::outcome::Found;
use crate::output::dates;
use crate::output::label;
use crate::output::style::{Paint, Role};
use crate::output::text::{clean, cut, width};
use crate::output::ui::Ui;
use tasks_domain::when::Now;
use tasks_proto::v1;

/// Writes it: a line a task with what fits in it, and a line of its notes where a word is only there.
pub(super) fn render(ui: &mut Ui, found: &Found, now: Now) -> Result<(), CliError> {
    for taken in &found.answer.taken_for {
        ui.note(&format!("`{}` is nowhere; searched for `{}`", clean(&taken.typed), clean(&taken.word)))?;
    }
    let tasks: Vec<(&v1::Task, &v1::FoundTask)> =
        found.answer.tasks.iter().filter_map(|found| Some((found.task.as_ref()?, found))).collect();
    if tasks.is_empty() {
        return ui.note(&format!("nothing fits `{}`", clean(&found.text)));
    }
    let Some(screen) = ui.columns() else {
        return cells::table(&Column::PLAIN, tasks.iter().map(|(task, _)| *task), now)
            .each_piece(|lines| ui.write(lines));
    };
    let ids = tasks.iter().map(|(task, _)| width(&label::of_task(task))).max().unwrap_or(0);
    let paint = ui.paint();
    let room = screen.saturating_sub(ids + 4);
    for (task, found) in tasks {
        let id = paint.apply(Role::Id, &format!("{:>ids$}", label::of_task(task)));
        let said = cells::plain(&[Column::State, Column::Labels], task, now).into_iter();
        let due = dates::read(task.due.as_ref()).map(|when| dates::full(when, now));
        let rest: Vec<String> = due.into_iter().chain(said.filter(|cell| cell != "-" && cell != "open")).collect();
        let rest = rest.join("  ");
        let marked = marked(&task.title, &found.title, room, paint);
        let used = width(&cut(&clean(&task.title), room));
        let fits = used + 2 + width(&rest) <= room;
        let tail =
            if fits && !rest.is_empty() { format!("  {}", paint.apply(Role::Faint, &rest)) } else { String::new() };
        ui.line(&format!("  {id}  {marked}{tail}"))?;
        if !found.excerpt.is_empty() {
            let line = self::marked(&found.excerpt, &found.excerpt_spans, room.saturating_sub(2), paint);
            ui.line(&format!("  {}    {line}", " ".repeat(ids)))?;
        }
    }
    if found.answer.more {
        ui.note("more tasks fit: --limit N")?;
    }
    Ok(())
}

/// The text, harmless and no wider than `room`, with its places painted.
fn marked(text: &str, places: &[v1::TextSpan], room: usize, paint: Paint) -> String {
    let (mut out, mut used, mut at) = (String::new(), 0, 0);
    let mut piece = |part: &str, role: Role, last: bool| {
        let clean = clean(part);
        let left = room.saturating_sub(used);
        let shown = if width(&clean) <= left { clean.to_string() } else { cut(&clean, left).to_string() };
        used += width(&shown);
        if !shown.is_empty() || last {
            out.push_str(&paint.apply(role, &shown));
        }
    };
    for place in places {
        let (start, end) = (place.start as usize, place.end as usize);
        let (Some(before), Some(inside)) = (text.get(at..start), text.get(start..end)) else { break };
        piece(before, Role::Plain, false);
        piece(inside, Role::Understood, false);
        at = end;
    }
    piece(text.get(at..).unwrap_or_default(), Role::Plain, true);
    out
}
