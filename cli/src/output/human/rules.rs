//! Rules: the dates of a preview, each with the policy that made it.

use crate::error::CliError;
use crate::outcome::RulePreview;
use crate::output::dates;
use crate::output::style::Role;
use crate::output::table::plain;
use crate::output::text::{pad, width};
use crate::output::ui::Ui;
use tasks_domain::recurrence::{Anchor, ClockChange, MonthEnd, Occurrence};
use tasks_domain::when::{Now, When};

/// Writes the dates of a rule.
pub(super) fn preview(ui: &mut Ui, preview: &RulePreview, now: Now) -> Result<(), CliError> {
    if preview.words {
        let rule = preview.schedule.rule().clone().with_month_end(MonthEnd::Skip);
        ui.note(&format!("read as {rule}"))?;
    }
    if ui.columns().is_none() {
        let rows: Vec<[String; 2]> =
            preview.occurrences.iter().map(|one| [dates::iso(one.when, now), policies(one, now)]).collect();
        plain(&rows).iter().try_for_each(|row| ui.line(row))?;
    } else {
        let paint = ui.paint();
        let full: Vec<String> = preview.occurrences.iter().map(|one| dates::full(one.when, now)).collect();
        let columns = full.iter().map(|date| width(date)).max().unwrap_or(0);
        for (date, one) in full.iter().zip(&preview.occurrences) {
            let policies = paint.apply(Role::Faint, &policies(one, now));
            let date = paint.apply(dates::role(one.when, now), &pad(date, columns));
            ui.words(&format!("  {date}  {policies}"), columns + 4)?;
        }
    }
    if preview.is_all {
        ui.note("the rule ends there")?;
    }
    if preview.leaves_out_months {
        ui.note("months without that day are left out; --month-end clamp takes their last day")?;
    }
    if preview.schedule.anchor == Anchor::Completion {
        ui.note("counted from the day it is done: shown as if each were done on its day")?;
    }
    Ok(())
}

/// What made it so, in words; empty when it is where the rule has it.
pub(super) fn policies(one: &Occurrence, now: Now) -> String {
    let mut words = Vec::new();
    if one.clamped {
        words.push("clamped to the last day of a shorter month".to_owned());
    }
    if one.weekend {
        words.push(format!("moved from {}", dates::day(one.slot.date(), now.today())));
    }
    match (one.clock, one.when) {
        (ClockChange::Gap, _) => {
            words.push(format!("moved from {}, which the clocks skip", dates::time(one.slot.local())));
        }
        (ClockChange::Overlap, When::At(time)) => {
            words.push(format!("the first of two {} that day", dates::time(time.local())));
        }
        _ => {}
    }
    words.join(", ")
}
