//! Saved views and the context.

use super::VERSION;
use super::operation::OperationDoc;
use crate::outcome::{ContextReport, ViewsReport};
use crate::settings::Origin;
use serde::Serialize;
use tasks_proto::v1;

/// Saved views, and what became of one.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ViewsDoc<'a> {
    version: u32,
    views: Vec<ViewDoc<'a>>,
    /// Null when nothing was to be changed.
    change: Option<ChangeDoc<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ViewDoc<'a> {
    name: &'a str,
    /// As it was typed; empty for all open tasks.
    filter: &'a str,
    /// The order of its list; null for the usual one.
    sort: Option<&'static str>,
    /// Why the filter cannot be read any more; null when it can.
    problem: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ChangeDoc<'a> {
    name: &'a str,
    /// Null when there was none.
    before: Option<ViewDoc<'a>>,
    /// Null when it was removed.
    after: Option<ViewDoc<'a>>,
    /// The entry of the log; null when nothing changed, and in a dry run.
    operation: Option<OperationDoc<'a>>,
    dry_run: bool,
}

impl<'a> ViewsDoc<'a> {
    /// The document of a report.
    pub(super) fn of(report: &'a ViewsReport) -> Self {
        let change = report.change.as_ref().map(|change| ChangeDoc {
            name: &change.name,
            before: change.result.before.as_ref().map(view),
            after: change.result.after.as_ref().map(view),
            operation: change.result.operation.as_ref().map(OperationDoc::of),
            dry_run: change.result.dry_run,
        });
        Self { version: VERSION, views: report.views.iter().map(view).collect(), change }
    }
}

fn view(view: &v1::View) -> ViewDoc<'_> {
    ViewDoc {
        name: &view.name,
        filter: &view.filter,
        sort: crate::order::sort_word(view.sort()),
        problem: Some(view.problem.as_str()).filter(|problem| !problem.is_empty()),
    }
}

/// What lists are narrowed to.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ContextDoc<'a> {
    version: u32,
    /// As it was set; null for none.
    context: Option<&'a str>,
    /// The view that it names; null for a filter.
    view: Option<&'a str>,
    /// The filter; null for none, and when the view is not there.
    filter: Option<&'a str>,
    /// `default`, `file` or `variable`.
    source: &'static str,
    dry_run: bool,
}

impl<'a> ContextDoc<'a> {
    /// The document of a report.
    pub(super) fn of(report: &'a ContextReport) -> Self {
        let source = match report.origin {
            None => "default",
            Some(Origin::File { .. }) => "file",
            Some(Origin::Variable(_)) => "variable",
        };
        Self {
            version: VERSION,
            context: report.context.as_deref(),
            view: report.name.as_deref(),
            filter: report.filter.as_deref(),
            source,
            dry_run: report.dry_run,
        }
    }
}
