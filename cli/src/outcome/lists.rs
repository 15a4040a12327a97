//! Tasks that were asked for: what is due, what a filter or a search found, what is next.

use crate::columns::Column;
use crate::error::CliError;
use chrono::{NaiveDate, Weekday};
use tasks_proto::v1;

/// What is due.
#[derive(Debug, Default)]
pub struct Agenda {
    /// Overdue ones and those of today and the next days, by due.
    pub tasks: Vec<v1::Task>,
    /// More overdue tasks than are shown.
    pub more_overdue: bool,
    /// More tasks of the coming days than are shown.
    pub more: bool,
    /// How many tasks are open in all, or in the context; `None`: too many to count, more than are shown.
    pub open_tasks: Option<u64>,
    /// How many days ahead it looks.
    pub days: u32,
    /// Only what a filter finds.
    pub narrowed: bool,
}

/// Messages of a list that are still to come.
pub type Coming = Box<dyn Iterator<Item = Result<v1::ListTasksResponse, CliError>>>;

/// What a filter found.
#[derive(Default)]
pub struct Listing {
    /// The page, as far as it came.
    pub tasks: Vec<v1::Task>,
    /// What of the page is still to come.
    pub coming: Option<Coming>,
    /// There are more than the page holds; known when all of it came.
    pub more: bool,
    /// Most tasks of a page; 0 for all.
    pub limit: u32,
    /// The words of the filter.
    pub filter: Vec<String>,
    /// The columns to show; empty for the usual ones.
    pub columns: Vec<Column>,
    /// The usual ones on a screen; empty for those of the program.
    pub usual: Vec<Column>,
    /// Parts stand where the order has them, not under their whole.
    pub flat: bool,
}

impl Listing {
    /// Waits for the rest of the page.
    pub fn complete(&mut self) -> Result<(), CliError> {
        for message in self.coming.take().into_iter().flatten() {
            let message = message?;
            self.tasks.extend(message.tasks);
            self.more = message.more;
        }
        Ok(())
    }
}

/// What is due in some months.
#[derive(Debug)]
pub struct Calendar {
    /// First day of the first month.
    pub first: NaiveDate,
    /// Last day of the last month.
    pub last: NaiveDate,
    /// Every day, in order.
    pub days: Vec<v1::CalendarDay>,
    /// The day that weeks begin with.
    pub week_start: Weekday,
    /// Show the numbers of the weeks.
    pub weeks: bool,
}

/// What a search found.
#[derive(Debug)]
pub struct Found {
    /// The tasks, best first, with what fits.
    pub answer: v1::SearchTasksResponse,
    /// What was searched for.
    pub text: String,
}

/// What to do next.
#[derive(Debug)]
pub struct Next {
    /// Most pressing first, each with what its urgency is made of.
    pub tasks: Vec<v1::NextTask>,
    /// There are more.
    pub more: bool,
    /// Whether the urgency is to be explained.
    pub why: bool,
}
