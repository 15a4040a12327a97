//! Lists.

use super::cells::{self, DateForm};
use crate::error::CliError;
use crate::outcome::Listing;
use crate::output::table::{self, Layout, Row};
use crate::output::text::clean;
use crate::output::ui::Ui;
use tasks_domain::when::Now;
use tasks_proto::v1;

/// Writes a part of a list as it comes.
pub(super) fn part(ui: &mut Ui, tasks: &[v1::Task], now: Now) -> Result<(), CliError> {
    let rows: Vec<[String; 7]> = tasks.iter().map(|task| cells::plain(task, now)).collect();
    table::plain(&rows).iter().try_for_each(|line| ui.line(line))?;
    ui.flush()
}

/// Writes a list.
pub(super) fn render(ui: &mut Ui, listing: &Listing, now: Now) -> Result<(), CliError> {
    if listing.tasks.is_empty() {
        return ui.note(&if listing.filter.is_empty() {
            "no open tasks; add one: tasks add \"buy milk tomorrow 5pm\"".to_owned()
        } else {
            format!("no task matches `{}`", clean(&listing.filter.join(" ")))
        });
    }
    if ui.columns().is_some() {
        let rows: Vec<Row> = listing.tasks.iter().map(|task| cells::row(task, DateForm::Full, now)).collect();
        let layout = Layout::of(rows.iter(), ui.columns());
        let paint = ui.paint();
        for row in &rows {
            ui.line(&layout.line(row, paint))?;
        }
    } else {
        let rows: Vec<[String; 7]> = listing.tasks.iter().map(|task| cells::plain(task, now)).collect();
        for line in table::plain(&rows) {
            ui.line(&line)?;
        }
    }
    if listing.more {
        let these = match listing.tasks.len() {
            1 => "this one".to_owned(),
            many => format!("these {many}"),
        };
        ui.note(&format!("there are more than {these}: --limit N, or --all"))?;
    }
    Ok(())
}
