//! What comes again, told beside the tasks it is about.

use super::facts::{LABELLED, line, told};
use super::rules::policies;
use crate::error::CliError;
use crate::outcome::{ComingDate, RuleDates, RuleVerb, RulesWritten};
use crate::output::style::{Paint, Role};
use crate::output::table::plain;
use crate::output::text::{clean, clean_lines, cut, pad, width};
use crate::output::ui::Ui;
use crate::output::{dates, label};
use tasks_domain::recurrence::{RuleText, Schedule};
use tasks_domain::when::{Now, When};
use tasks_proto::v1;

/// The schedule of a rule; `None` for what a newer build made.
pub(super) fn schedule(rule: &v1::Rule) -> Option<Schedule> {
    let text = RuleText::parse(&rule.rrule).ok()?;
    let mut schedule = Schedule::new(&text, dates::read(rule.start.as_ref())?).ok()?;
    schedule.anchor = tasks_domain::recurrence::Anchor::from_word(&rule.anchor)?;
    schedule.skip_weekends = rule.skip_weekends;
    Some(schedule)
}

/// "every month on the 1st at 09:00"; its RRULE where it cannot be read here.
pub(super) fn words(rule: &v1::Rule) -> String {
    schedule(rule).map_or_else(|| clean(&rule.rrule).into_owned(), |schedule| schedule.words())
}

/// "every month on the 1st: 1 Jan, 1 Feb, …" as a labelled line.
pub(super) fn fact(rule: &v1::Rule, paint: Paint, now: Now) -> String {
    let whens: Vec<When> = rule.upcoming.iter().filter_map(|one| dates::read(one.when.as_ref())).collect();
    let day = |when: &When| when.date_in(now.zone());
    // Several a day are told apart by their times.
    let often = whens.windows(2).any(|pair| day(&pair[0]) == day(&pair[1]));
    let coming: Vec<String> = whens
        .iter()
        .map(|when| if often { dates::full(*when, now) } else { dates::day(day(when), now.today()) })
        .collect();
    let goes_on = rule.status() == v1::RuleStatus::Active;
    let then = match coming.as_slice() {
        [] if goes_on => "; this is the last one".to_owned(),
        [] => String::new(),
        _ if rule.anchor == "completion" || !goes_on => String::new(),
        days => format!("; then {}, …", days.join(", ")),
    };
    let status = match rule.status() {
        v1::RuleStatus::Active | v1::RuleStatus::Unspecified => String::new(),
        v1::RuleStatus::Paused => " (paused)".to_owned(),
        v1::RuleStatus::Completed => " (completed)".to_owned(),
        v1::RuleStatus::Cancelled => " (ended)".to_owned(),
    };
    let then = paint.apply(Role::Faint, &then);
    line("repeats", &format!("{}{status}{then}", words(rule)), paint)
}

/// The occurrences that a command made.
pub(super) fn made(ui: &mut Ui, result: &v1::WriteResult, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    for task in &result.made {
        let title = clean(&task.title);
        let due =
            dates::read(task.due.as_ref()).map(|when| format!("  {}", told(when, paint, now))).unwrap_or_default();
        let id =
            if result.dry_run { String::new() } else { format!("{}  ", paint.apply(Role::Id, &label::of_task(task))) };
        ui.words(&line("next", &format!("{id}{title}{due}"), paint), LABELLED)?;
    }
    if result.over && result.made.is_empty() {
        ui.note("that was the last one: its rule has come to its end")?;
    }
    Ok(())
}

/// What a rule is called: the number of its first open occurrence, or its letters.
fn name(rule: &v1::Rule) -> String {
    match rule.open.iter().find(|one| one.number > 0) {
        Some(one) => one.number.to_string(),
        None if rule.short_id.is_empty() => label::letters_of_task(&rule.id).chars().take(8).collect(),
        None => rule.short_id.clone(),
    }
}

/// Writes rules: one a line, or everything about each.
pub(super) fn rules(ui: &mut Ui, rules: &[v1::Rule], in_full: bool, now: Now) -> Result<(), CliError> {
    if rules.is_empty() {
        return ui.note("nothing comes again; make something do so: tasks add \"water plants every 3 days\"");
    }
    if in_full {
        for (at, rule) in rules.iter().enumerate() {
            if at > 0 {
                ui.line("")?;
            }
            full(ui, rule, now)?;
        }
        return Ok(());
    }
    if ui.columns().is_none() {
        let word = |text: String| if text.is_empty() { "-".to_owned() } else { text };
        let rows: Vec<[String; 5]> = rules
            .iter()
            .map(|rule| {
                let due = dates::read(rule.next_due.as_ref()).map(|when| dates::iso(when, now)).unwrap_or_default();
                let title = clean(&rule.title).into_owned();
                [name(rule), word(due), crate::output::json::rule_status(rule.status()).to_owned(), words(rule), title]
            })
            .collect();
        return plain(&rows).iter().try_for_each(|row| ui.line(row));
    }
    let screen = ui.columns().unwrap_or(0);
    if screen < IN_COLUMNS { in_words(ui, rules, now) } else { in_columns(ui, rules, screen, now) }
}

/// Narrowest screen on which rules stand in columns.
const IN_COLUMNS: usize = 60;

/// What a rule does next, or why it does nothing.
fn what_is_next(rule: &v1::Rule, now: Now) -> (String, Role) {
    match (rule.status(), dates::read(rule.next_due.as_ref())) {
        (v1::RuleStatus::Active, Some(when)) => (dates::full(when, now), dates::role(when, now)),
        (v1::RuleStatus::Active | v1::RuleStatus::Unspecified, _) => (String::new(), Role::Plain),
        (status, _) => (crate::output::json::rule_status(status).to_owned(), Role::Faint),
    }
}

/// One rule a line: number, title, what comes next, and how it comes again.
fn in_columns(ui: &mut Ui, rules: &[v1::Rule], screen: usize, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let names = widest(&mut rules.iter().map(|rule| width(&name(rule))));
    let titles = widest(&mut rules.iter().map(|rule| width(&clean(&rule.title)))).min(screen * 3 / 10);
    let next = widest(&mut rules.iter().map(|rule| width(&what_is_next(rule, now).0)));
    for rule in rules {
        let id = format!("{}{}", " ".repeat(names - width(&name(rule))), paint.apply(Role::Id, &name(rule)));
        let title = pad(&cut(&clean(&rule.title), titles), titles);
        let (due, role) = what_is_next(rule, now);
        let blanks = " ".repeat(next - width(&due));
        let said = paint.apply(Role::Faint, &words(rule));
        let due = paint.apply(role, &due);
        ui.words(&format!("  {id}  {title}  {due}{blanks}  {said}"), names + 4)?;
    }
    Ok(())
}

/// The same in words, where there is no room for columns.
fn in_words(ui: &mut Ui, rules: &[v1::Rule], now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let names = rules.iter().map(|rule| width(&name(rule))).max().unwrap_or(0);
    for rule in rules {
        let (next, role) = what_is_next(rule, now);
        let lead = if rule.status() == v1::RuleStatus::Active { "next " } else { "" };
        let due = if next.is_empty() { String::new() } else { format!(", {lead}{}", paint.apply(role, &next)) };
        let id = format!("{}{}", " ".repeat(names - width(&name(rule))), paint.apply(Role::Id, &name(rule)));
        let said = paint.apply(Role::Faint, &words(rule));
        ui.words(&format!("  {id}  {}  {said}{due}", clean(&rule.title)), names + 4)?;
    }
    Ok(())
}

fn full(ui: &mut Ui, rule: &v1::Rule, now: Now) -> Result<(), CliError> {
    let paint = ui.paint();
    let id = paint.apply(Role::Id, &name(rule));
    ui.words(&format!("{id}  {}", paint.apply(Role::Heading, &clean(&rule.title))), 2)?;
    let mut facts: Vec<(&str, String)> = vec![
        ("status", crate::output::json::rule_status(rule.status()).to_owned()),
        ("repeats", words(rule)),
        ("rrule", clean(&rule.rrule).into_owned()),
    ];
    let date = |when: Option<&v1::When>| dates::read(when).map(|when| told(when, paint, now)).unwrap_or_default();
    facts.push(("start", date(rule.start.as_ref())));
    facts.push(("next", date(rule.next_due.as_ref())));
    let open: Vec<String> = rule
        .open
        .iter()
        .map(|one| {
            paint.apply(
                Role::Id,
                &if one.number > 0 { one.number.to_string() } else { label::letters_of_task(&one.task) },
            )
        })
        .collect();
    facts.push(("open", open.join(" ")));
    facts.push(("made", format!("{} so far", rule.occurrences_generated)));
    let missed = match rule.missed.as_str() {
        "skip" => "give way to the newest",
        "stack" => "stack up",
        _ => "one open at a time",
    };
    facts.push(("missed", missed.to_owned()));
    if rule.generate_ahead > 1 {
        facts.push(("ahead", format!("{} are kept open", rule.generate_ahead)));
    }
    facts.push(("left out", rule.exdates.join(", ")));
    if rule.priority() != v1::Priority::Unspecified {
        facts.push(("priority", dates::priority_word(rule.priority()).to_owned()));
    }
    facts.push(("project", clean(&rule.project).into_owned()));
    facts.push(("tags", clean(&rule.tags.join(" ")).into_owned()));
    facts.push(("takes", dates::length(rule.estimate_seconds)));
    for (name, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
        ui.words(&line(name, &value, paint), LABELLED)?;
    }
    if rule.status() == v1::RuleStatus::Active {
        for (at, date) in rule.upcoming.iter().enumerate() {
            let said = coming(date, paint, now);
            ui.words(&line(if at == 0 { "then" } else { "" }, &said, paint), LABELLED)?;
        }
    }
    if !rule.notes.is_empty() {
        ui.line("")?;
        clean_lines(&rule.notes).try_for_each(|line| ui.line(&format!("  {line}")))?;
    }
    Ok(())
}

/// A date and what made it so.
fn coming(date: &v1::RuleDate, paint: Paint, now: Now) -> String {
    let Ok(one) = tasks_proto::convert::rule::date_from_wire(date) else { return String::new() };
    let policies = policies(&one, now);
    let gap = if policies.is_empty() { "" } else { "  " };
    format!(
        "{}{gap}{}",
        paint.apply(dates::role(one.when, now), &dates::full(one.when, now)),
        paint.apply(Role::Faint, &policies)
    )
}

/// Writes the coming dates of rules.
pub(super) fn next(ui: &mut Ui, all: &RuleDates, now: Now) -> Result<(), CliError> {
    let coming = all.coming();
    if coming.is_empty() {
        return ui.note("nothing comes again; make something do so: tasks add \"water plants every 3 days\"");
    }
    let number = |one: &ComingDate<'_>| one.open.filter(|open| open.number > 0).map(|open| open.number.to_string());
    let why = |one: &ComingDate<'_>| {
        let date = one.date.and_then(|date| tasks_proto::convert::rule::date_from_wire(date).ok());
        date.map(|date| policies(&date, now)).unwrap_or_default()
    };
    if ui.columns().is_none() {
        let rows: Vec<[String; 4]> = coming
            .iter()
            .map(|one| {
                let id = number(one).unwrap_or_else(|| "-".to_owned());
                [id, dates::iso(one.when, now), clean(&one.rule.title).into_owned(), why(one)]
            })
            .collect();
        return plain(&rows).iter().try_for_each(|row| ui.line(row));
    }
    let paint = ui.paint();
    let numbers = coming.iter().filter_map(number).map(|number| width(&number)).max().unwrap_or(0).max(1);
    let full: Vec<String> = coming.iter().map(|one| dates::full(one.when, now)).collect();
    let columns = full.iter().map(|date| width(date)).max().unwrap_or(0);
    let chained = coming.iter().any(|one| one.open.is_none() && one.rule.anchor == "completion");
    for (one, date) in coming.iter().zip(&full) {
        let id = paint.apply(Role::Id, &pad(&number(one).unwrap_or_default(), numbers));
        let date = paint.apply(dates::role(one.when, now), &pad(date, columns));
        let why = paint.apply(Role::Faint, &why(one));
        ui.words(&format!("  {id}  {date}  {}  {why}", clean(&one.rule.title)), numbers + columns + 6)?;
    }
    if chained {
        ui.note("what counts from completion is shown as if each were done on its day")?;
    }
    Ok(())
}

/// Writes what was done to rules.
pub(super) fn written(ui: &mut Ui, written: &RulesWritten, now: Now) -> Result<(), CliError> {
    let (result, paint) = (&written.result, ui.paint());
    let (did, would) = match written.verb {
        RuleVerb::Edit => ("Changed", "Would change"),
        RuleVerb::Pause => ("Paused", "Would pause"),
        RuleVerb::Resume => ("Resumed", "Would resume"),
        RuleVerb::Cancel => ("Ended", "Would end"),
        RuleVerb::Generate => ("Made one of", "Would make one of"),
    };
    let nothing = result.operation.is_none() && !result.dry_run;
    for rule in &result.rules {
        let (word, role) = match (nothing, result.dry_run) {
            (true, _) => ("Unchanged", Role::Plain),
            (_, true) => (would, Role::Soon),
            _ => (did, Role::Good),
        };
        let id = paint.apply(Role::Id, &name(rule));
        ui.words(&format!("{} {id}  {}", paint.apply(role, word), paint.apply(Role::Heading, &clean(&rule.title))), 2)?;
        ui.words(&fact(rule, paint, now), LABELLED)?;
        if matches!(written.verb, RuleVerb::Pause | RuleVerb::Cancel) && !rule.open.is_empty() {
            let open =
                if rule.open.len() == 1 { "1 stays open".to_owned() } else { format!("{} stay open", rule.open.len()) };
            ui.note(&open)?;
        }
    }
    made(ui, result, now)?;
    for warning in &result.warnings {
        ui.warn(warning)?;
    }
    if result.dry_run {
        return ui.note("nothing was changed: this was a dry run");
    }
    if result.operation.is_some() {
        ui.line(&paint.apply(Role::Faint, "  undo: tasks undo"))?;
    }
    Ok(())
}
