//! Time zones behind a time: "ET", "UTC", "GMT+2", "Europe/Berlin".

use crate::lexicon::{Key, zone_of};
use crate::line::Line;
use chrono_tz::Tz;
use std::sync::LazyLock;
use tasks_domain::when::parse_zone;

/// The zone named here, and the place behind it.
pub(super) fn zone(line: &Line, at: usize) -> Option<(Tz, usize)> {
    let spelling = line.spelling(at);
    if let Some(zone) = line.word(at).zone.and_then(zone_of) {
        if zone == Tz::UTC
            && let Some(found) = offset(line, at + 1)
        {
            return Some(found);
        }
        // "et" and "est" are words of other languages, "wet" one of ours; those are written in capitals.
        let plain = spelling.len() > 2 && !["est", "ist", "wet", "mst"].contains(&spelling);
        let written = plain || spelling.bytes().all(|b| b.is_ascii_uppercase());
        return written.then_some((zone, at + 1));
    }
    of_coast(line, at).or_else(|| named(line, at)).or_else(|| of_city(line, at))
}

/// "eastern", "Pacific time": the zones of North America by their names.
fn of_coast(line: &Line, at: usize) -> Option<(Tz, usize)> {
    let zones = [
        ("eastern", Tz::America__New_York),
        ("central", Tz::America__Chicago),
        ("mountain", Tz::America__Denver),
        ("pacific", Tz::America__Los_Angeles),
    ];
    let (_, zone) = zones.iter().find(|(name, _)| line.spelling(at).eq_ignore_ascii_case(name))?;
    let is = |at: usize, word: &str| line.spelling(at).eq_ignore_ascii_case(word);
    let kind = at + 1 + usize::from(is(at + 1, "standard") || is(at + 1, "daylight"));
    if is(kind, "time") {
        return Some((*zone, kind + 1));
    }
    (kind == at + 1 && line.is_free(at) && !line.goes_on(kind)).then_some((*zone, kind))
}

/// The cities that zones are named after, in lower case and in order. Names of the tz database have underscores for spaces.
static CITIES: LazyLock<Vec<(String, Tz)>> = LazyLock::new(|| {
    let named = chrono_tz::TZ_VARIANTS.iter().filter(|zone| zone.name().contains('/'));
    let city = |zone: &Tz| zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ").to_ascii_lowercase();
    let mut cities: Vec<(String, Tz)> = named.map(|zone| (city(zone), *zone)).collect();
    // Of two of one name the first of the database is meant.
    cities.sort_by(|a, b| a.0.cmp(&b.0));
    cities.dedup_by(|later, first| later.0 == first.0);
    cities
});

/// "london time", "New York time": a city that a zone is named after.
fn of_city(line: &Line, at: usize) -> Option<(Tz, usize)> {
    let is_time = |at: usize| line.spelling(at).eq_ignore_ascii_case("time");
    let end = (at + 1..=at + 3).find(|end| is_time(*end))?;
    let span = line.bytes(at, end);
    let city = line.text[span.start..span.end].bytes().map(|byte| byte.to_ascii_lowercase());
    let found = CITIES.binary_search_by(|(name, _)| name.bytes().cmp(city.clone())).ok()?;
    CITIES.get(found).map(|(_, zone)| (*zone, end + 1))
}

/// The distance of "UTC+2" and "GMT+05:30".
fn offset(line: &Line, at: usize) -> Option<(Tz, usize)> {
    let sign = line.mark(at).filter(|m| matches!(m, '+' | '-') && line.glued(at) && line.glued(at + 1))?;
    let number = line.digits(at + 1)?;
    let colon = line.is_mark(at + 2, ':') && line.glued(at + 2) && line.token(at + 3).digits() == 2;
    let (hours, minutes, end) = match line.token(at + 1).digits() {
        1 | 2 if colon => (number, line.digits(at + 3)?, at + 4),
        1 | 2 => (number, 0, at + 2),
        4 => (number / 100, number % 100, at + 2),
        _ => return None,
    };
    zone_at(sign, hours, minutes).map(|zone| (zone, end))
}

/// A zone that is this far from Greenwich all year.
fn zone_at(sign: char, hours: u32, minutes: u32) -> Option<Tz> {
    match (sign, hours, minutes) {
        ('+', 3, 30) => Some(Tz::Asia__Tehran),
        ('+', 4, 30) => Some(Tz::Asia__Kabul),
        ('+', 5, 30) => Some(Tz::Asia__Kolkata),
        ('+', 5, 45) => Some(Tz::Asia__Kathmandu),
        ('+', 6, 30) => Some(Tz::Asia__Yangon),
        ('+', 9, 30) => Some(Tz::Australia__Darwin),
        (_, 0, 0) => Some(Tz::UTC),
        (_, 1..=12, 0) => {
            // The names of the tz database count westwards.
            let west = if sign == '+' { '-' } else { '+' };
            parse_zone(&format!("Etc/GMT{west}{hours}")).ok()
        }
        _ => None,
    }
}

/// "Z" and "+0200" right behind a time that says its minutes, as computers write them.
pub(super) fn signed(line: &Line, at: usize) -> Option<(Tz, usize)> {
    if line.is(at, Key::Zulu) && (line.glued(at) || line.spelling(at) == "Z" && !line.goes_on(at + 1)) {
        return Some((Tz::UTC, at + 1));
    }
    let minutes_said = at > 1 && line.is_mark(at - 2, ':') && line.glued(at - 1);
    let long = line.token(at + 1).digits() == 4 || line.is_mark(at + 2, ':');
    // "9:00 -11:00" is a range.
    let seconds_said = at > 3 && line.is_mark(at - 4, ':');
    let sure = line.is_mark(at, '+') || line.token(at + 1).digits() == 4 && !line.glued(at) && seconds_said;
    if !(minutes_said && long && sure && line.glued(at + 1)) {
        return None;
    }
    // The sign may stand apart from the time it follows.
    let sign = line.mark(at)?;
    let number = line.digits(at + 1)?;
    match line.token(at + 1).digits() {
        4 => zone_at(sign, number / 100, number % 100).map(|zone| (zone, at + 2)),
        2 => zone_at(sign, number, line.digits(at + 3)?).map(|zone| (zone, at + 4)),
        _ => None,
    }
}

/// A name of the tz database: words joined by slashes and underscores.
fn named(line: &Line, at: usize) -> Option<(Tz, usize)> {
    let glued = |i: usize, mark: char| line.is_mark(i, mark) && line.glued(i) && line.glued(i + 1);
    if !line.token(at).capital || !glued(at + 1, '/') || !line.token(at + 2).capital {
        return None;
    }
    let mut end = at + 3;
    for _ in 0..3 {
        if glued(end, '/') || glued(end, '_') {
            end += 2;
        }
    }
    let span = line.bytes(at, end);
    parse_zone(&line.text[span.start..span.end]).ok().map(|zone| (zone, end))
}
