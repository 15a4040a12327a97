//! The canonical text of a rule: parts in one order, lists sorted, nothing that goes without saying.

use super::rule::{ByDay, End, Moment, MonthEnd, Part, Rule, weekday_letters};
use chrono::Weekday;
use std::fmt::{self, Display};

impl Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clamps = self.month_end == MonthEnd::Clamp;
        if clamps {
            // RFC 7529, section 4.1: SKIP must not be there without RSCALE.
            write!(f, "{}=GREGORIAN;", Part::Rscale.as_str())?;
        }
        write!(f, "{}={}", Part::Freq.as_str(), self.frequency.as_str())?;
        if self.interval != 1 {
            write!(f, ";{}={}", Part::Interval.as_str(), self.interval)?;
        }
        list(f, Part::ByMonth, &self.months)?;
        list(f, Part::ByWeekNo, &self.weeks)?;
        list(f, Part::ByYearDay, &self.year_days)?;
        list(f, Part::ByMonthDay, &self.month_days)?;
        list(f, Part::ByDay, &self.days)?;
        list(f, Part::ByHour, &self.hours)?;
        list(f, Part::ByMinute, &self.minutes)?;
        list(f, Part::BySecond, &self.seconds)?;
        list(f, Part::BySetPos, &self.set_positions)?;
        if self.week_start != Weekday::Mon {
            write!(f, ";{}={}", Part::Wkst.as_str(), weekday_letters(self.week_start))?;
        }
        match self.end {
            End::Never => {}
            End::Count(count) => write!(f, ";{}={count}", Part::Count.as_str())?,
            End::Until(until) => write!(f, ";{}={until}", Part::Until.as_str())?,
        }
        if clamps {
            write!(f, ";{}=BACKWARD", Part::Skip.as_str())?;
        }
        Ok(())
    }
}

fn list(f: &mut fmt::Formatter<'_>, part: Part, values: &[impl Display]) -> fmt::Result {
    for (index, value) in values.iter().enumerate() {
        if index == 0 {
            write!(f, ";{}=", part.as_str())?;
        } else {
            f.write_str(",")?;
        }
        write!(f, "{value}")?;
    }
    Ok(())
}

impl Display for ByDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(nth) = self.nth {
            write!(f, "{nth}")?;
        }
        f.write_str(weekday_letters(self.weekday))
    }
}

impl Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{}", date.format("%Y%m%d")),
            Self::Local(local) => write!(f, "{}", local.format("%Y%m%dT%H%M%S")),
            Self::Utc(instant) => write!(f, "{}", instant.format("%Y%m%dT%H%M%SZ")),
        }
    }
}
