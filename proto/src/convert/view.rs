//! Saved views.

use super::order;
use crate::v1;
use tasks_domain::error::Error;
use tasks_domain::saved::SavedView;

/// To the wire; `problem` is why its filter cannot be read.
pub fn to_wire(view: &SavedView, problem: Option<&str>) -> v1::View {
    let sort = view.order.map_or(v1::SortOrder::Unspecified, order::sort_to_wire);
    v1::View {
        name: view.name.clone(),
        filter: view.filter.clone(),
        sort: sort.into(),
        problem: problem.unwrap_or_default().to_owned(),
    }
}

/// From the wire.
pub fn from_wire(name: &str, filter: &str, sort: v1::SortOrder) -> Result<SavedView, Error> {
    let order = (sort != v1::SortOrder::Unspecified).then(|| order::sort_from_wire(sort));
    SavedView::new(name, filter, order)
}
