//! Lists.

use super::cells;
use super::tree;
use crate::columns::Column;
use crate::error::CliError;
use crate::outcome::Listing;
use crate::output::style::{Paint, Role};
use crate::output::table::{Cell, Layout, Piece, Row};
use crate::output::text::{clean, cut_left};
use crate::output::ui::Ui;
use tasks_domain::meant::filter_meant_by;
use tasks_domain::when::Now;
use tasks_proto::v1;

/// Writes a part of a list as it comes.
pub(super) fn part(ui: &mut Ui, tasks: &[v1::Task], now: Now) -> Result<(), CliError> {
    cells::table(&Column::PLAIN, tasks.iter(), now).each_piece(|lines| ui.write(lines))?;
    ui.flush()
}

/// Writes a list.
pub(super) fn render(ui: &mut Ui, listing: &mut Listing, now: Now) -> Result<(), CliError> {
    let shown = match ui.columns() {
        Some(screen) => {
            listing.complete()?;
            on_screen(ui, listing, screen, now)?;
            listing.tasks.len()
        }
        None => in_pipe(ui, listing, now)?,
    };
    if shown == 0 {
        if listing.filter.is_empty() {
            return ui.note("no open tasks; add one: tasks add \"buy milk tomorrow 5pm\"");
        }
        // A word is looked for in the texts of tasks, also one that elsewhere names a state.
        let meant = listing.filter.iter().find_map(|word| Some((word, filter_meant_by(word)?)));
        let hint = meant.map(|(word, meant)| format!("; as a word `{word}` is in none, did you mean {meant}?"));
        let all = listing.filter.join(" ");
        let words = clean(&all);
        return ui.note(&format!("no task matches `{words}`{}", hint.unwrap_or_default()));
    }
    if let [word] = listing.filter.as_slice()
        && let Some(meant) = filter_meant_by(word)
    {
        ui.note(&format!("`{word}` was looked for as a word; as what it means here: tasks list {meant}"))?;
    }
    if listing.more {
        let these = match shown {
            1 => "this one".to_owned(),
            many => format!("these {many}"),
        };
        ui.note(&format!("there are more than {these}: --limit N, or --all"))?;
    }
    Ok(())
}

fn on_screen(ui: &mut Ui, listing: &Listing, screen: usize, now: Now) -> Result<(), CliError> {
    if listing.tasks.is_empty() {
        return Ok(());
    }
    let chosen = if listing.columns.is_empty() { &listing.usual } else { &listing.columns };
    let columns = if chosen.is_empty() { &Column::USUAL[..] } else { chosen };
    let rows: Vec<Row> = if listing.flat {
        listing.tasks.iter().map(|task| cells::row_of(columns, task, now)).collect()
    } else {
        let leaves = tree::grown(&listing.tasks, ui.draws_unicode());
        leaves
            .iter()
            .map(|leaf| with_lines(cells::row_of(columns, leaf.task, now), columns, &leaf.lines, screen))
            .collect()
    };
    let layout = if chosen.is_empty() {
        Layout::of(rows.iter(), ui)
    } else {
        Layout::chosen(columns, rows.iter().chain([&headings(columns)]), Some(screen))
    };
    let paint: Paint = ui.paint();
    if !chosen.is_empty() && columns.len() > 1 {
        ui.line(&paint.apply(Role::Faint, &layout.line(&headings(columns), Paint::none())))?;
    }
    for row in &rows {
        ui.line(&layout.line(row, paint))?;
    }
    if !chosen.is_empty() && !layout.left_out().is_empty() {
        let names: Vec<&str> = layout.left_out().iter().rev().map(|column| column.name()).collect();
        ui.note(&format!("the screen has no room for {}", names.join(", ")))?;
    }
    Ok(())
}

/// Writes the list when its last message has come; tasks become cells with each message, while the daemon reads on. How many.
fn in_pipe(ui: &mut Ui, listing: &mut Listing, now: Now) -> Result<usize, CliError> {
    let columns = if listing.columns.is_empty() { &Column::PLAIN[..] } else { &listing.columns };
    let mut table = cells::table(columns, listing.tasks.iter(), now);
    let mut shown = listing.tasks.len();
    for message in listing.coming.take().into_iter().flatten() {
        let message = message?;
        cells::add(&mut table, columns, message.tasks.iter(), now);
        shown += message.tasks.len();
        listing.more = message.more;
    }
    table.each_piece(|lines| ui.write(lines))?;
    Ok(shown)
}

/// The names of the columns.
fn headings(columns: &[Column]) -> Row {
    columns.iter().map(|column| Cell::of(column.name(), Role::Plain)).collect()
}

/// The row with the lines of the tree before its title. On a narrow screen only those nearest to it.
fn with_lines(mut row: Row, columns: &[Column], lines: &str, screen: usize) -> Row {
    let title = columns.iter().position(|column| *column == Column::Title);
    if let Some(cell) = title.filter(|_| !lines.is_empty()).and_then(|title| row.get_mut(title)) {
        let text = cut_left(lines, screen / 5).to_owned();
        cell.0.insert(0, Piece { text, role: Role::Faint });
    }
    row
}
