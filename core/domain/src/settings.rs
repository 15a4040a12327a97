//! Settings that give words their meaning, as far as a person made any; what is not set follows the locale.

use chrono::{Duration, NaiveTime, Weekday};

/// How a person counts weeks, dates and hours. Of `None`, the locale or the usual hour decides (`tasks_language::Settings`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanguageSettings {
    /// First day of a week.
    pub week_start: Option<Weekday>,
    /// Which number of "3/12" is the day.
    pub date_order: Option<DateOrder>,
    /// What "morning" stands for.
    pub morning: Option<NaiveTime>,
    /// What "noon" and "lunch" stand for.
    pub noon: Option<NaiveTime>,
    /// What "afternoon" stands for.
    pub afternoon: Option<NaiveTime>,
    /// What "evening" stands for.
    pub evening: Option<NaiveTime>,
    /// What "tonight" and "night" stand for.
    pub tonight: Option<NaiveTime>,
    /// End of the working day.
    pub eod: Option<NaiveTime>,
    /// Last working day of the week, and its end.
    pub eow: Option<(Weekday, NaiveTime)>,
    /// How long before its due a new task with a time reminds although nothing was said; `None` for not at all.
    pub reminder: Option<Duration>,
}

/// The order of day and month in "3/12".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 3/12 is the third of December.
    DayFirst,
    /// 3/12 is the twelfth of March.
    MonthFirst,
}
