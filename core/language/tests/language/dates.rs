//! Days: each row is a phrase and when it is due, as a line of its own and at the end of one.

use crate::common::{context, context_at, due_of, lines, read, shown};
use tasks_language::{Context, DateOrder, Settings, parse};

#[test]
fn days_are_named_by_their_distance_from_today() {
    due_of(&[
        ("today", "2026-11-22"),
        ("tomorrow", "2026-11-23"),
        ("tmrw", "2026-11-23"),
        ("the day after tomorrow", "2026-11-24"),
        ("overmorrow", "2026-11-24"),
        ("in 3 days", "2026-11-25"),
        ("in a week", "2026-11-29"),
        ("in a fortnight", "2026-12-06"),
        ("a fortnight hence", "2026-12-06"),
        ("in two months", "2027-01-22"),
        ("within 2 weeks", "2026-12-06"),
        ("three weeks from now", "2026-12-13"),
        ("3 days from tuesday", "2026-11-27"),
        ("two weeks after christmas", "2027-01-08"),
        ("2 sundays from now", "2026-12-06"),
        ("in a week's time", "2026-11-29"),
        ("in a week and a half", "2026-12-02"),
        ("in 3 weeks time", "2026-12-13"),
        ("a week on thursday", "2026-12-03"),
        ("a week friday", "2026-12-04"),
        ("tomorrow week", "2026-11-30"),
        ("friday fortnight", "2026-12-11"),
        ("in one fortnight's time", "2026-12-06"),
        ("in three fridays", "2026-12-11"),
        ("in 2-3 days", "2026-11-25"),
        ("in a day or two", "2026-11-24"),
        ("in 3 business days", "2026-11-25"),
        ("two working days from now", "2026-11-24"),
        ("next business day", "2026-11-23"),
        ("2moro", "2026-11-23"),
        ("tomoz", "2026-11-23"),
    ]);
}

#[test]
fn what_ends_is_due_then_and_what_lasts_until_then_is_not() {
    let due = |text: &str| shown(read(text).due);
    assert_eq!(due("the sale ends friday"), "2026-11-27");
    assert_eq!(due("the sale lasts until friday"), "-");
}

#[test]
fn a_bare_weekday_is_the_next_one_after_today() {
    due_of(&[
        ("friday", "2026-11-27"),
        ("by fri", "2026-11-27"),
        ("this friday", "2026-11-27"),
        ("on sunday", "2026-11-29"),
        ("sat", "2026-11-28"),
        ("due: monday", "2026-11-23"),
        ("monday week", "2026-11-30"),
        ("friday after next", "2026-12-04"),
        ("the tuesday after next", "2026-12-01"),
        ("this coming friday", "2026-11-27"),
        ("monday next", "2026-11-23"),
    ]);
}

#[test]
fn a_next_weekday_is_the_one_of_next_week() {
    due_of(&[
        ("next friday", "2026-11-27"),
        ("nxt thu", "2026-11-26"),
        ("friday next week", "2026-11-27"),
        ("next week on friday", "2026-11-27"),
        ("tuesday of next week", "2026-11-24"),
        ("tuesday, next week", "2026-11-24"),
        ("monday morning next week", "2026-11-23T09:00"),
    ]);
    let tuesday = context_at("2026-11-24T10:00:00+01:00");
    assert_eq!(shown(parse("next friday", &tuesday).due), "2026-12-04");
    assert_eq!(shown(parse("friday", &tuesday).due), "2026-11-27");
}

#[test]
fn the_first_day_of_the_week_is_a_setting() {
    let sunday_first = Settings { week_start: chrono::Weekday::Sun, ..Settings::default() };
    let context = Context { settings: sunday_first, ..context() };
    assert_eq!(shown(parse("next friday", &context).due), "2026-12-04");
    assert_eq!(shown(parse("next week", &context).due), "2026-11-29");
}

#[test]
fn a_weekday_and_a_day_of_the_month_must_agree() {
    due_of(&[
        ("Thu 10th", "2026-12-10"),
        ("friday the 4th", "2026-12-04"),
        ("tuesday 24", "2026-11-24"),
        ("Fri, Dec 4", "2026-12-04"),
    ]);
    assert_eq!(shown(read("Mon 13th").due), "2027-09-13");
}

#[test]
fn months_are_read_in_words_in_either_order() {
    due_of(&[
        ("24 december", "2026-12-24"),
        ("24th of december", "2026-12-24"),
        ("dec 24", "2026-12-24"),
        ("Dec. 24th, 2027", "2027-12-24"),
        ("the 2nd of march", "2027-03-02"),
        ("second of march", "2027-03-02"),
        ("march third", "2027-03-03"),
        ("twenty-first of june", "2027-06-21"),
        ("may twenty nine", "2027-05-29"),
        ("05-Aug-2027", "2027-08-05"),
        ("2027-aug-5", "2027-08-05"),
        ("14april", "2027-04-14"),
        ("feb 29", "2028-02-29"),
        ("in june", "2027-06-01"),
        ("january first two thousand and thirty", "2030-01-01"),
        ("december fifth twenty twenty-six", "2026-12-05"),
        ("5-dec-26", "2026-12-05"),
    ]);
}

#[test]
fn figures_are_read_in_the_order_of_the_settings() {
    due_of(&[
        ("2026-12-24", "2026-12-24"),
        ("2026/12/24", "2026-12-24"),
        ("24.12.", "2026-12-24"),
        ("on 24.12", "2026-12-24"),
        ("24.12.2026", "2026-12-24"),
        ("24/12/2026", "2026-12-24"),
        ("3/12/26", "2026-12-03"),
        ("31/12", "2026-12-31"),
    ]);
    let american =
        Context { settings: Settings { date_order: DateOrder::MonthFirst, ..Settings::default() }, ..context() };
    assert_eq!(shown(parse("3/12/2027", &american).due), "2027-03-12");
    assert_eq!(shown(parse("3/12/2027", &context()).due), "2027-12-03");
}

#[test]
fn figures_impossible_in_one_order_are_read_in_the_other() {
    assert_eq!(shown(read("photos 1/15/2027").due), "2027-01-15");
    assert_eq!(shown(read("2024/13/1").due), "2024-01-13");
}

#[test]
fn an_order_that_had_to_be_guessed_is_told_of() {
    let reading = read("call 3/12/2027");
    assert_eq!(reading.alternatives.len(), 1);
    assert_eq!(shown(reading.alternatives[0].due), "2027-03-12");
    assert!(reading.confidence < 0.9);
}

#[test]
fn days_of_the_month_stand_alone_when_introduced() {
    due_of(&[
        ("on the 1st", "2026-12-01"),
        ("on the 30th", "2026-11-30"),
        ("on seventh", "2026-12-07"),
        ("by the twelfth", "2026-12-12"),
        ("20th of next month", "2026-12-20"),
        ("on 15", "2026-12-15"),
    ]);
    assert_eq!(shown(read("28th 5pm").due), "2026-11-28T17:00");
    lines(&[("1st amendment essay", "1st amendment essay", "-")]);
}

#[test]
fn days_are_counted_within_months() {
    due_of(&[
        ("first monday of december", "2026-12-07"),
        ("2nd fri in feb", "2027-02-12"),
        ("last friday of next month", "2026-12-25"),
        ("last day of february", "2027-02-28"),
        ("fifth last day of may", "2027-05-27"),
        ("third to last day of january", "2027-01-29"),
        ("second to the last friday of december", "2026-12-18"),
        ("last weekday of the month", "2026-11-30"),
        ("first business day of may", "2027-05-03"),
        ("on the 1st of the month", "2026-12-01"),
        ("first monday of the month", "2026-12-07"),
        ("third tuesday of september 2027", "2027-09-21"),
        ("first friday next month", "2026-12-04"),
        ("first friday of the next month", "2026-12-04"),
        ("the last saturday this month", "2026-11-28"),
    ]);
}

#[test]
fn ends_and_beginnings_of_periods_are_days() {
    due_of(&[
        ("eom", "2026-11-30"),
        ("by end of month", "2026-11-30"),
        ("by the end of next month", "2026-12-31"),
        ("by end of year", "2026-12-31"),
        ("end of january", "2027-01-31"),
        ("start of next month", "2026-12-01"),
        ("mid february", "2027-02-15"),
        ("middle of next week", "2026-11-25"),
        ("end of 2028", "2028-12-31"),
        ("eow", "2026-11-27T17:00"),
        ("in the middle of february", "2027-02-15"),
        ("middle of the month", "2026-12-15"),
        ("mid next week", "2026-11-25"),
        ("start of the week", "2026-11-23"),
        ("beginning of around next week", "2026-11-23"),
        ("close of play friday", "2026-11-27T17:00"),
        ("early next week", "2026-11-23"),
        ("late next week", "2026-11-26"),
        ("early january", "2027-01-01"),
        ("late january", "2027-01-21"),
        ("in week 50", "2026-12-07"),
        ("in week 3 of 2027", "2027-01-18"),
        ("w/c 7 december", "2026-12-07"),
        ("week commencing dec 7", "2026-12-07"),
    ]);
    lines(&[("prepare the week 10 report", "prepare the week 10 report", "-")]);
    // The working week is over on a Sunday only because it ends on a Friday.
    assert_eq!(shown(parse("eow", &context_at("2026-11-24T10:00:00+01:00")).due), "2026-11-27T17:00");
}

#[test]
fn days_are_named_by_what_they_stand_beside() {
    due_of(&[
        ("the day after christmas", "2026-12-26"),
        ("the monday after christmas", "2026-12-28"),
        ("the friday before christmas", "2026-12-18"),
        ("friday after 4 dec", "2026-12-11"),
        ("next month on the 5th", "2026-12-05"),
        ("5th next month", "2026-12-05"),
        ("in march on the 3rd", "2027-03-03"),
        ("next to last day of december", "2026-12-30"),
        ("the penultimate friday of december", "2026-12-18"),
        ("the last monday of the year", "2026-12-28"),
        ("month after next", "2027-01-01"),
        ("by the end of the quarter", "2026-12-31"),
        ("by the end of q1", "2027-03-31"),
        ("end of the weekend", "2026-11-22"),
        ("eob monday", "2026-11-23T17:00"),
        ("on or before dec 4", "2026-12-04"),
        ("no later than friday", "2026-11-27"),
        ("from friday on", "2026-11-27"),
        ("24.12.-26.12.", "2026-12-26"),
        ("in the coming week", "2026-11-23"),
        ("the week of the 7th", "2026-12-07"),
        ("the last friday before christmas", "2026-12-18"),
        ("first monday after new year", "2027-01-04"),
        ("on the 15th of the following month", "2026-12-15"),
    ]);
    assert_eq!(shown(read("3rd").due), "2026-12-03");
    lines(&[("prepare q1 report", "prepare q1 report", "-"), ("come in 3rd", "come in 3rd", "-")]);
}

#[test]
fn holidays_need_an_introduction() {
    due_of(&[
        ("by christmas", "2026-12-25"),
        ("on new year's eve", "2026-12-31"),
        ("next halloween", "2027-10-31"),
        ("on memorial day", "2027-05-31"),
        ("on st patrick's day", "2027-03-17"),
        ("on presidents' day", "2027-02-15"),
        ("by cyber monday", "2026-11-30"),
        ("on ash wednesday", "2027-02-10"),
        ("on may day", "2027-05-01"),
    ]);
    lines(&[
        ("buy christmas presents", "buy christmas presents", "-"),
        ("black friday sale list", "black friday sale list", "-"),
    ]);
}

#[test]
fn periods_have_a_first_and_a_last_day() {
    for (text, due, start, end) in [
        ("trip next week", "2026-11-23", "2026-11-23", "2026-11-29"),
        ("plan next month", "2026-12-01", "2026-12-01", "2026-12-31"),
        ("hike next weekend", "2026-11-28", "2026-11-28", "2026-11-29"),
        ("fair mon to fri", "2026-11-27", "2026-11-23", "2026-11-27"),
        ("fair mon-fri", "2026-11-27", "2026-11-23", "2026-11-27"),
        ("fair from monday to friday", "2026-11-27", "2026-11-23", "2026-11-27"),
        ("camp 13-15 july", "2027-07-15", "2027-07-13", "2027-07-15"),
        ("camp July 13 to 15", "2027-07-15", "2027-07-13", "2027-07-15"),
        ("camp from 13th to the 15th of July", "2027-07-15", "2027-07-13", "2027-07-15"),
        ("camp Aug 8 - Aug 12", "2027-08-12", "2027-08-08", "2027-08-12"),
        ("fair the week of december 9", "2026-12-07", "2026-12-07", "2026-12-13"),
        ("hike the weekend after next", "2026-12-05", "2026-12-05", "2026-12-06"),
        ("tour next 3 days", "2026-11-23", "2026-11-23", "2026-11-25"),
        ("clean up this week", "2026-11-22", "2026-11-16", "2026-11-22"),
    ] {
        let reading = read(text);
        assert_eq!(
            (shown(reading.due).as_str(), shown(reading.start).as_str(), shown(reading.end).as_str()),
            (due, start, end),
            "{text}"
        );
    }
}

#[test]
fn misspelt_words_are_read_when_one_slip_away() {
    due_of(&[
        ("tommorow", "2026-11-23"),
        ("tomorow", "2026-11-23"),
        ("wendesday", "2026-11-25"),
        ("thrusday", "2026-11-26"),
        ("feburary 3", "2027-02-03"),
    ]);
    lines(&[("buy a sundae", "buy a sundae", "-"), ("call Augusta", "call Augusta", "-")]);
    assert!(read("gym modnay").confidence < read("gym monday").confidence);
}
