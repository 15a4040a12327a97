//! How much was done.

use super::facts::{LABELLED, line};
use crate::error::CliError;
use crate::outcome::Stats;
use crate::output::style::{Paint, Role};
use crate::output::text::{clean, cut, pad, width};
use crate::output::ui::Ui;
use crate::output::{chart, dates, table};
use chrono::NaiveDate;
use tasks_domain::when::Now;
use tasks_proto::convert::when::date_from_wire;
use tasks_proto::v1;

/// Rows of a chart, on screens that are high enough for both.
const ROWS: usize = 6;
/// Widest chart: beyond that a bar is no longer one glance.
const CHART_MAX: usize = 124;
/// Projects and tags that are named.
const NAMED_MAX: usize = 8;
/// Widest name of one.
const NAME_MAX: usize = 24;
/// Longest lying bar.
const BAR_MAX: usize = 30;

/// Writes it.
pub(super) fn render(ui: &mut Ui, stats: &Stats, now: Now) -> Result<(), CliError> {
    let Some(screen) = ui.columns() else { return plain(ui, &stats.stats) };
    facts(ui, &stats.stats, now)?;
    let days: Vec<NaiveDate> = stats.stats.days.iter().filter_map(date_of).collect();
    let done: Vec<u64> = stats.stats.days.iter().map(|day| u64::from(day.done)).collect();
    let open: Vec<u64> = stats.stats.days.iter().map(|day| day.open).collect();
    if done.iter().any(|count| *count > 0) {
        let (values, size) = chart::grouped(&done, room(screen), |group| group.iter().sum());
        let title = match size {
            1 => "Done a day".to_owned(),
            size => format!("Done in {size} days"),
        };
        drawn(ui, &title, &values, Kind::Bars, &days, now)?;
    }
    if open.iter().any(|count| *count > 0) {
        let (values, _) = chart::grouped(&open, room(screen), |group| group.last().copied().unwrap_or(0));
        drawn(ui, "Open", &values, Kind::Line, &days, now)?;
    }
    let projects = stats.stats.projects.iter().filter_map(|one| Some((&one.name, one.own?)));
    labels(ui, "Projects", projects.collect(), Role::Project)?;
    let tags = stats.stats.tags.iter().filter_map(|one| Some((&one.name, one.counts?)));
    labels(ui, "Tags", tags.collect(), Role::Tag)
}

/// A line a day.
fn plain(ui: &mut Ui, stats: &v1::GetStatsResponse) -> Result<(), CliError> {
    let row = |day: &v1::StatsDay| {
        let date = date_of(day).map(|date| date.to_string()).unwrap_or_default();
        [date, day.created.to_string(), day.done.to_string(), day.open.to_string()]
    };
    let heading = ["date", "created", "done", "open"].map(str::to_owned);
    let rows: Vec<[String; 4]> = std::iter::once(heading).chain(stats.days.iter().map(row)).collect();
    table::plain(&rows).iter().try_for_each(|line| ui.line(line))
}

fn date_of(day: &v1::StatsDay) -> Option<NaiveDate> {
    date_from_wire(day.date.as_ref()?).ok()
}

fn facts(ui: &mut Ui, stats: &v1::GetStatsResponse, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let count = stats.days.len();
    let title = if count == 1 { "Today".to_owned() } else { format!("The last {count} days") };
    ui.line(&paint.apply(Role::Heading, &title))?;
    let (done, created) =
        stats.days.iter().fold((0, 0), |(done, created), day| (done + day.done, created + day.created));
    let a_day = if count > 1 && done > 0 {
        format!(", {:.1} a day", f64::from(done) / f64::from(u32::try_from(count).unwrap_or(u32::MAX)))
    } else {
        String::new()
    };
    let mut facts = vec![
        ("done", format!("{}{a_day}", paint.apply(Role::Good, &done.to_string()))),
        ("created", created.to_string()),
        ("open", open(stats, paint)),
    ];
    if stats.longest_streak_days > 0 {
        facts.push(("streak", streak(stats, now)));
    }
    facts.iter().try_for_each(|(name, value)| ui.words(&line(name, value, paint), LABELLED))
}

fn open(stats: &v1::GetStatsResponse, paint: Paint) -> String {
    let parts = [
        (stats.overdue, "overdue", Role::Overdue),
        (stats.started, "started", Role::Started),
        (stats.waiting, "waiting", Role::Faint),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, word, role)| paint.apply(role, &format!("{count} {word}")))
        .collect();
    if parts.is_empty() { stats.open.to_string() } else { format!("{}, of these {}", stats.open, parts.join(", ")) }
}

fn streak(stats: &v1::GetStatsResponse, now: Now) -> String {
    let days = |count: u32| if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
    let until = stats.longest_streak_end.as_ref().and_then(|date| date_from_wire(date).ok());
    let longest = match until {
        Some(_) if stats.streak_days == stats.longest_streak_days => "the longest so far".to_owned(),
        Some(until) => {
            format!("the longest {} until {}", days(stats.longest_streak_days), dates::day(until, now.today()))
        }
        None => String::new(),
    };
    let current = if stats.streak_days == 0 { "none now".to_owned() } else { days(stats.streak_days) };
    format!("{current}, {longest}")
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Bars,
    Line,
}

/// Columns of a chart on a screen, without what stands to its left.
fn room(screen: usize) -> usize {
    screen.saturating_sub(10).clamp(10, CHART_MAX)
}

fn drawn(ui: &mut Ui, title: &str, values: &[u64], kind: Kind, days: &[NaiveDate], now: Now) -> Result<(), CliError> {
    let (paint, screen) = (ui.paint(), ui.columns().unwrap_or(0));
    let wide = (room(screen) / values.len().max(1)).clamp(1, 4);
    let (max, min) = (values.iter().max().copied().unwrap_or(0), values.iter().min().copied().unwrap_or(0));
    let rows = usize::try_from(max - if kind == Kind::Line { min } else { 0 }).unwrap_or(ROWS).clamp(2, ROWS);
    let (rows, role, floor) = match kind {
        Kind::Bars => (chart::bars(values, rows, wide, ui.draws_unicode()), Role::Bar, 0),
        Kind::Line => (chart::line(values, rows, wide, ui.draws_unicode()), Role::Id, min),
    };
    ui.line("")?;
    ui.line(&paint.apply(Role::Heading, title))?;
    let gutter = max.to_string().len().max(2);
    let axis = if ui.draws_unicode() { "┤" } else { "|" };
    let last = rows.len() - 1;
    for (at, row) in rows.iter().enumerate() {
        let label = match at {
            0 => max.to_string(),
            at if at == last && floor != max => floor.to_string(),
            _ => String::new(),
        };
        let label = paint.apply(Role::Faint, &format!("{label:>gutter$} {axis}"));
        ui.line(&format!("  {label}{}", paint.apply(role, row.trim_end())))?;
    }
    let (Some(first), Some(today)) = (days.first(), days.last()) else { return Ok(()) };
    let names = (
        dates::day(*first, now.today()),
        if *today == now.today() { "today".to_owned() } else { dates::day(*today, now.today()) },
    );
    let columns = values.len() * wide;
    let under = match columns.checked_sub(width(&names.0) + width(&names.1)) {
        Some(between) if days.len() > 1 && between > 1 => format!("{}{}{}", names.0, " ".repeat(between), names.1),
        _ => names.1,
    };
    ui.line(&format!("  {}{}", " ".repeat(gutter + 2), paint.apply(Role::Faint, &under)))
}

fn labels(ui: &mut Ui, title: &str, mut counts: Vec<(&String, v1::LabelCounts)>, role: Role) -> Result<(), CliError> {
    counts.retain(|(_, counts)| counts.open > 0);
    // The busiest first; of equals those that come first by name.
    counts.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.open));
    if counts.is_empty() {
        return Ok(());
    }
    let (paint, screen) = (ui.paint(), ui.columns().unwrap_or(0));
    let more = counts.len().saturating_sub(NAMED_MAX);
    counts.truncate(NAMED_MAX);
    let sign = if role == Role::Project { "@" } else { "#" };
    let names: Vec<String> = counts
        .iter()
        .map(|(name, _)| cut(&format!("{sign}{}", clean(name)), NAME_MAX.min(screen / 4)).into_owned())
        .collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let max = counts.iter().map(|(_, counts)| counts.open).max().unwrap_or(0);
    let digits = max.to_string().len();
    // Behind the bar stands at most "  1234 open, 1234 overdue".
    let columns = screen.saturating_sub(widest + 2 * digits + 22).clamp(4, BAR_MAX);
    ui.line("")?;
    ui.line(&paint.apply(Role::Heading, title))?;
    for (name, (_, counts)) in names.iter().zip(&counts) {
        let bar = chart::lying(counts.open, max, columns, ui.draws_unicode());
        let overdue = if counts.overdue > 0 {
            paint.apply(Role::Overdue, &format!(", {} overdue", counts.overdue))
        } else {
            String::new()
        };
        let (name, bar) = (paint.apply(role, &pad(name, widest)), paint.apply(Role::Bar, &pad(&bar, columns)));
        ui.line(&format!("  {name}  {bar}  {:>digits$} open{overdue}", counts.open))?;
    }
    if more > 0 {
        let verb = title.to_lowercase();
        ui.line(&paint.apply(Role::Faint, &format!("  and {more} more: tasks {verb}")))?;
    }
    Ok(())
}
