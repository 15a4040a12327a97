//! How a rule behaves, as flags say it.

use crate::request::RuleFields;
use tasks_domain::error::{Error, Span};
use tasks_domain::limits::GENERATE_AHEAD_MAX;
use tasks_domain::recurrence::{Anchor, End, Missed, Moment, MonthEnd, Schedule, Slot};
use tasks_domain::when::When;
use tasks_language::Context;

/// The schedule with what flags say.
pub(crate) fn with(mut schedule: Schedule, fields: &RuleFields, language: &Context) -> Result<Schedule, Error> {
    if *fields == RuleFields::default() {
        return Ok(schedule);
    }
    if let Some(word) = &fields.missed {
        schedule.missed = Missed::from_word(word).ok_or_else(|| unknown("--missed", word, "one, skip or stack"))?;
    }
    if let Some(word) = &fields.anchor {
        schedule.anchor = Anchor::from_word(word).ok_or_else(|| unknown("--anchor", word, "calendar or completion"))?;
    }
    if let Some(word) = &fields.month_end {
        let policy = [MonthEnd::Clamp, MonthEnd::Skip].into_iter().find(|one| one.as_str() == word);
        let policy = policy.ok_or_else(|| unknown("--month-end", word, "clamp or skip"))?;
        schedule = schedule.with_month_end(policy);
    }
    if let Some(ahead) = fields.ahead {
        let open = u16::try_from(ahead).ok().filter(|open| (1..=GENERATE_AHEAD_MAX).contains(open));
        let allowed = format!("1 to {GENERATE_AHEAD_MAX}");
        schedule = schedule.with_generate_ahead(open.ok_or_else(|| unknown("--ahead", &ahead.to_string(), &allowed))?);
    }
    if let Some(skip) = fields.skip_weekends {
        schedule.skip_weekends = skip;
    }
    if let Some(end) = end(&schedule, fields, language)? {
        schedule = schedule.ending(end);
    }
    for text in &fields.except {
        let day = tasks_language::read_when(text, language)?;
        let slot = match (schedule.start(), day.due) {
            (When::Date(_), due) => Slot::Date(due.date()),
            (When::At(_), When::At(time)) => Slot::Time(time.local()),
            (When::At(start), When::Date(date)) => Slot::Time(date.and_time(start.local().time())),
        };
        if !schedule.exclude(slot) {
            return Err(unknown("--except", text, "fewer dates: a rule leaves out 1000 at most"));
        }
    }
    match schedule.series().first() {
        Some(_) => Ok(schedule),
        None => Err(never(&schedule, fields)),
    }
}

/// Why nothing is left of a rule: the end that was asked for comes before its first date, or all its dates are left out.
fn never(schedule: &Schedule, fields: &RuleFields) -> Error {
    let first = schedule.clone().ending(End::Never).series().first();
    match (fields.until.as_deref(), first) {
        (Some(until), Some(first)) => {
            unknown("--until", until, &format!("a day from the first date on, {}", first.date()))
        }
        _ => Error::RuleNeverOccurs,
    }
}

fn end(schedule: &Schedule, fields: &RuleFields, language: &Context) -> Result<Option<End>, Error> {
    Ok(match (fields.until.as_deref().map(str::trim), fields.count) {
        (None, None) => None,
        (Some(""), None) | (None, Some(0)) => Some(End::Never),
        (None, Some(count)) => Some(End::Count(count)),
        (Some(text), None) => {
            Some(End::Until(match (schedule.start(), tasks_language::read_when(text, language)?.due) {
                (When::At(_), When::At(time)) => Moment::Local(time.local()),
                (_, due) => Moment::Date(due.date()),
            }))
        }
        (Some(text), Some(_)) => return Err(unknown("--until", text, "either --until or --count, not both")),
    })
}

fn unknown(flag: &'static str, text: &str, allowed: &str) -> Error {
    Error::BadRuleSetting { flag, text: text.to_owned(), span: Span::whole(text), allowed: allowed.to_owned() }
}
