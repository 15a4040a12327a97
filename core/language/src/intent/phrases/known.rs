//! What is done to a task that is there: done, changed, put off, thrown away.

use super::Part::{Before, Is, Maybe};
use super::{DEEDS, DONE_DEEDS, Part, Row, THE, sure, weak};
use crate::reading::Intent::{CompleteTask, DeleteTask, Snooze, UpdateTask};

const OF: Part = Is(&["of", "for", "on"]);
const DONE: &[&str] = &["done", "complete", "completed", "finished", "closed", "resolved"];
const ATTRIBUTES: &[&str] = &["priority", "title", "name", "project", "deadline", "date", "time", "duedate"];
const SINGULAR: &[&str] = &["task", "todo", "reminder", "item"];

pub(super) const ROWS: &[Row] = &[
    // Done.
    sure(CompleteTask, &[Is(&["mark", "set"])], &[Is(&["as", "to"]), Is(DONE)]),
    sure(CompleteTask, &[Is(&["mark"])], &[Is(DONE)]),
    sure(CompleteTask, &[Is(&["check", "tick", "mark"]), Is(&["off"])], &[]),
    sure(CompleteTask, &[Is(&["check", "tick", "mark"])], &[Is(&["off"])]),
    sure(CompleteTask, &[Maybe(&["i'm", "i’m", "im"]), Is(&["done", "finished"]), Is(&["with", ":"])], &[]),
    sure(CompleteTask, &[Is(&["i"]), Is(&["am"]), Is(&["done", "finished"]), Is(&["with"])], &[]),
    sure(CompleteTask, &[Is(&["complete", "finish", "close"]), Is(&["task"])], &[]),
    sure(CompleteTask, &[Is(&["complete", "finish", "close", "resolve"]), Is(THE)], &[Is(SINGULAR)]),
    sure(CompleteTask, &[Is(&["complete", "finish", "done", "finished"]), Before(DEEDS)], &[]),
    // "finish all overdue tasks"
    sure(
        CompleteTask,
        &[Is(&["complete", "finish", "close"]), Maybe(&["all"]), Maybe(THE), Before(&["overdue", "started", "late"])],
        &[Is(&["tasks", "todos", "items", "ones"])],
    ),
    sure(
        CompleteTask,
        &[Is(&["i", "i've", "i’ve", "ive"]), Maybe(&["have"]), Maybe(&["just", "already"]), Is(DONE_DEEDS)],
        &[],
    ),
    weak(CompleteTask, &[Is(&["close"]), Is(&["out"])], &[]),
    weak(
        CompleteTask,
        &[Is(&[
            "mark",
            "check",
            "tick",
            "done",
            "did",
            "finished",
            "completed",
            "complete",
            "finish",
            "close",
            "resolve",
        ])],
        &[],
    ),
    weak(
        CompleteTask,
        &[
            Is(&["i", "i've", "i’ve", "i'm", "i’m", "ive", "im"]),
            Maybe(&["have", "am"]),
            Maybe(&["just", "already"]),
            Is(&["did", "done", "finished", "completed", "finish"]),
            Maybe(&["with"]),
        ],
        &[],
    ),
    weak(CompleteTask, &[Is(&["i"]), Is(&["took"]), Is(&["care"]), Is(&["of"])], &[]),
    weak(CompleteTask, &[], &[Is(&["is", "are", "was"]), Maybe(&["all", "now", "already"]), Is(DONE)]),
    weak(CompleteTask, &[], &[Is(&["has", "have"]), Is(&["been"]), Is(DONE)]),
    weak(CompleteTask, &[], &[Is(&["done", "finished", "completed"])]),
    weak(CompleteTask, &[Is(&["i"]), Maybe(&["just", "already"])], &[]),
    // Other values.
    sure(UpdateTask, &[Is(&["rename", "retitle"])], &[]),
    sure(
        UpdateTask,
        &[
            Is(&["change", "set", "raise", "lower", "update", "edit", "move"]),
            Maybe(&["the"]),
            Maybe(&["due"]),
            Is(ATTRIBUTES),
            OF,
        ],
        &[],
    ),
    sure(UpdateTask, &[Is(&["reopen"])], &[]),
    sure(UpdateTask, &[Is(&["extend"])], &[]),
    sure(UpdateTask, &[Is(&["tag"])], &[]),
    sure(UpdateTask, &[Is(&["postpone", "defer"])], &[]),
    weak(UpdateTask, &[Is(&["push", "put", "bring", "move"]), Is(&["back", "off", "forward"])], &[]),
    weak(
        UpdateTask,
        &[Is(&[
            "move",
            "push",
            "delay",
            "reschedule",
            "shift",
            "bring",
            "put",
            "change",
            "update",
            "edit",
            "modify",
            "bump",
            "set",
            "make",
            "mark",
            "flag",
            "tag",
            "untag",
            "assign",
            "prioritize",
            "add",
            "turn",
            "switch",
            "swap",
            "extend",
        ])],
        &[],
    ),
    sure(
        UpdateTask,
        &[
            Is(&["remove", "clear", "drop"]),
            Maybe(&["the"]),
            Is(&["due"]),
            Maybe(&["date"]),
            Is(&["from", "of", "for"]),
        ],
        &[],
    ),
    sure(Snooze, &[Is(&["snooze"])], &[]),
    sure(UpdateTask, &[Is(&["add"]), Maybe(THE), Is(&["tag", "label"])], &[]),
    // Into the trash.
    sure(DeleteTask, &[Is(&["trash"]), Is(&["the", "my", "that", "this"])], &[]),
    sure(
        DeleteTask,
        &[
            Is(&["delete", "remove", "trash", "cancel", "drop", "scrap", "discard", "erase"]),
            Maybe(THE),
            Is(&["task"]),
            Maybe(&["to", "called", "named"]),
        ],
        &[],
    ),
    sure(
        DeleteTask,
        &[Is(&["delete", "remove", "trash", "cancel", "drop", "scrap", "discard", "erase"]), Is(THE)],
        &[Is(SINGULAR)],
    ),
    sure(DeleteTask, &[Is(&["get"]), Is(&["rid"]), Is(&["of"]), Is(THE)], &[Is(SINGULAR)]),
    weak(DeleteTask, &[Is(&["get"]), Is(&["rid"]), Is(&["of", "off"])], &[]),
    weak(DeleteTask, &[Is(&["throw"]), Is(&["away", "out"])], &[]),
    weak(DeleteTask, &[Is(&["clear", "cross", "take", "strike"]), Is(&["out", "off"])], &[]),
    weak(DeleteTask, &[Is(&["never", "nevermind"]), Maybe(&["mind"]), Maybe(&["about"])], &[]),
    weak(DeleteTask, &[Is(&["forget"]), Maybe(&["about"])], &[]),
    weak(
        DeleteTask,
        &[Is(&["i"]), Is(&["no"]), Is(&["longer"]), Is(&["need", "want"]), Maybe(&["to"])],
        &[Maybe(&["anymore"])],
    ),
    weak(
        DeleteTask,
        &[Is(&["i"]), Is(&["don't", "don’t", "dont"]), Is(&["need", "want", "have"]), Maybe(&["to"])],
        &[Maybe(&["anymore"])],
    ),
    weak(DeleteTask, &[Is(&["take", "cross", "strike", "scratch"])], &[Is(&["off", "out"])]),
    weak(
        DeleteTask,
        &[Is(&[
            "delete", "remove", "trash", "cancel", "drop", "scrap", "discard", "erase", "clear", "take", "cross",
            "strike", "scratch", "wipe", "empty", "nix", "clean", "purge",
        ])],
        &[],
    ),
];
