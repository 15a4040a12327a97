//! What fields of all kinds are called before people.

use crate::field as task;
use crate::recurring::field as rule;
use crate::register::FieldId;
use crate::reminder::model;

/// The name of a field; `None` for one that this build does not know.
pub fn of(field: FieldId) -> Option<&'static str> {
    Some(match field {
        task::EXISTS => "existence",
        task::TITLE => "title",
        task::NOTES => "notes",
        task::STATUS => "status",
        task::DELETED => "trash",
        task::PRIORITY => "priority",
        task::DUE => "due",
        task::START => "start",
        task::WAIT => "wait",
        task::END => "end",
        task::ESTIMATE => "estimate",
        task::PROJECT => "project",
        task::TAG => "tag",
        task::PARENT => "parent",
        task::AFTER => "blocker",
        task::RULE => "rule",
        task::SLOT => "slot",
        task::CREATED => "creation time",
        task::VIEW => "view",
        task::MODIFIED => "modification time",
        model::TASK => "reminder's task",
        model::TRIGGER => "reminder's time",
        model::CHANNEL => "reminder's channel",
        model::SNOOZE => "reminder's delay",
        model::CANCELLED => "reminder's cancellation",
        model::RETRY => "reminder's retry",
        FieldId(400..=499) => "reminder's delivery",
        _ => return of_rule(field),
    })
}

fn of_rule(field: FieldId) -> Option<&'static str> {
    match field {
        rule::SCHEDULE => Some("schedule"),
        rule::STATUS => Some("status of the rule"),
        _ => of(rule::of_task(field)?),
    }
}
