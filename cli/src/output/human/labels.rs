//! Projects and tags with their counts.

use crate::error::CliError;
use crate::outcome::Labels;
use crate::output::style::Role;
use crate::output::text::{clean, cut, width};
use crate::output::ui::Ui;
use tasks_proto::v1;

/// One line: how deep, the name, its counts.
struct Line {
    depth: usize,
    name: String,
    counts: v1::LabelCounts,
}

/// Writes projects, parts indented below what they are parts of. Away from a screen every name is whole.
pub(super) fn projects(ui: &mut Ui, projects: &Labels<v1::ProjectCount>) -> Result<(), CliError> {
    let on_screen = ui.columns().is_some();
    let line = |project: &v1::ProjectCount| {
        let (above, last) = project.name.rsplit_once('/').unwrap_or(("", &project.name));
        let depth = if above.is_empty() { 0 } else { above.split('/').count() };
        let name = if on_screen && depth > 0 { last } else { &project.name };
        Line {
            depth: if on_screen { depth } else { 0 },
            name: clean(name).into_owned(),
            counts: project.total.unwrap_or_default(),
        }
    };
    lines(ui, &projects.labels.iter().map(line).collect::<Vec<_>>(), Role::Project, "project", &projects.filter)
}

/// Writes tags.
pub(super) fn tags(ui: &mut Ui, tags: &Labels<v1::TagCount>) -> Result<(), CliError> {
    let line = |tag: &v1::TagCount| Line {
        depth: 0,
        name: clean(&tag.name).into_owned(),
        counts: tag.counts.unwrap_or_default(),
    };
    lines(ui, &tags.labels.iter().map(line).collect::<Vec<_>>(), Role::Tag, "tag", &tags.filter)
}

fn lines(ui: &mut Ui, lines: &[Line], role: Role, what: &str, filter: &[String]) -> Result<(), CliError> {
    if lines.is_empty() {
        return ui.note(&if filter.is_empty() {
            format!("no open task has a {what}; --all shows those of done tasks too")
        } else {
            format!("no task that matches `{}` has a {what}", clean(&filter.join(" ")))
        });
    }
    let numbers =
        |line: &Line| [line.counts.open.to_string(), line.counts.overdue.to_string(), line.counts.done.to_string()];
    let heads = ["open", "overdue", "done"];
    let widths: [usize; 3] = std::array::from_fn(|at| {
        lines.iter().map(|line| numbers(line)[at].len()).chain([heads[at].len()]).max().unwrap_or(0)
    });
    let margin = if ui.columns().is_some() { "  " } else { "" };
    let counts: usize = widths.iter().map(|width| width + 2).sum::<usize>() + margin.len();
    let indent = |line: &Line| 2 * line.depth;
    let widest = lines.iter().map(|line| indent(line) + width(&line.name)).max().unwrap_or(0);
    let room = ui.columns().map_or(widest, |columns| widest.min(columns.saturating_sub(counts).max(8)));
    let paint = ui.paint();
    // Painted last, so that colours do not count as columns.
    let row = |blanks: &str, name: &str, cells: [&str; 3], roles: [Role; 3]| {
        let cell =
            |at: usize| format!("  {}{}", " ".repeat(widths[at] - cells[at].len()), paint.apply(roles[at], cells[at]));
        let cells: String = (0..3).map(cell).collect();
        let behind = " ".repeat(room.saturating_sub(blanks.len() + width(name)));
        format!("{margin}{blanks}{}{behind}{cells}", paint.apply(role, name))
    };
    if ui.columns().is_some() {
        ui.line(&row("", "", heads, [Role::Faint; 3]))?;
    }
    for line in lines {
        let blanks = " ".repeat(indent(line).min(room / 2));
        let name = match ui.columns() {
            Some(_) => cut(&line.name, room.saturating_sub(blanks.len())).to_string(),
            None => line.name.clone(),
        };
        let [open, overdue, done] = numbers(line);
        let late = if line.counts.overdue > 0 { Role::Overdue } else { Role::Faint };
        ui.line(&row(&blanks, &name, [&open, &overdue, &done], [Role::Plain, late, Role::Faint]))?;
    }
    Ok(())
}
