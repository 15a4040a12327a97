//! The fields of a rule. Whether it was made and when are [`crate::field::EXISTS`] and [`crate::field::CREATED`], as of any entity.

use crate::field as task;
use crate::register::FieldId;

/// The canonical JSON of its schedule.
pub const SCHEDULE: FieldId = FieldId(200);
/// [`crate::recurrence::RuleStatusValue`].
pub const STATUS: FieldId = FieldId(201);
/// As a task's.
pub const TITLE: FieldId = FieldId(202);
/// As a task's.
pub const NOTES: FieldId = FieldId(203);
/// As a task's.
pub const PRIORITY: FieldId = FieldId(204);
/// As a task's.
pub const PROJECT: FieldId = FieldId(205);
/// As a task's: a set.
pub const TAG: FieldId = FieldId(206);
/// As a task's.
pub const ESTIMATE: FieldId = FieldId(207);
/// As a task's.
pub const PARENT: FieldId = FieldId(208);
/// [`super::offset::Offset`] of a task's.
pub const WAIT: FieldId = FieldId(209);
/// [`super::offset::Offset`] of a task's.
pub const START: FieldId = FieldId(210);
/// [`super::offset::Offset`] of a task's.
pub const END: FieldId = FieldId(211);

/// Fields whose values an occurrence takes over as they are.
pub(super) const COPIED: [(FieldId, FieldId); 7] = [
    (TITLE, task::TITLE),
    (NOTES, task::NOTES),
    (PRIORITY, task::PRIORITY),
    (PROJECT, task::PROJECT),
    (TAG, task::TAG),
    (ESTIMATE, task::ESTIMATE),
    (PARENT, task::PARENT),
];

/// Fields that say how far from the due a moment of the occurrence is.
pub(super) const OFFSETS: [(FieldId, FieldId); 3] = [(WAIT, task::WAIT), (START, task::START), (END, task::END)];

/// The field of a task that this one of a rule is handed on as.
pub(crate) fn of_task(field: FieldId) -> Option<FieldId> {
    COPIED.iter().chain(&OFFSETS).find(|(mine, _)| *mine == field).map(|(_, of_task)| *of_task)
}
