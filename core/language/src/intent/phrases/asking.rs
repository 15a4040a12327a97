//! Asking for something new or to be shown: lists, help, undo, reminders, what comes again, tasks.

use super::Part::{Is, Maybe};
use super::{Part, RECALLED, Row, sure, weak, whole};
use crate::reading::Intent::{CreateRecurring, CreateTask, Help, ListTasks, SetReminder, Undo};

const A: Part = Maybe(&["a", "an", "the", "my", "another", "me"]);
const NEW: Part = Maybe(&["new", "quick"]);
const TASK: &[&str] = &["task", "todo", "to-do", "item", "chore"];
const TO: Part = Maybe(&["to", "for", "called", "named", "titled", "that", "about", ":", "-"]);
/// What is left to do.
const OPEN: &[&str] = &["next", "left", "overdue", "pending", "due", "outstanding", "open"];
const REMINDER: &[&str] = &["reminder", "remainder", "alarm", "notification", "alert"];

pub(super) const ROWS: &[Row] = &[
    whole(Undo, &[Is(&["undo", "revert", "reverse"]), Maybe(&["that", "it", "this", "again"])]),
    whole(
        Undo,
        &[
            Is(&["undo", "revert", "reverse"]),
            Maybe(&["the", "my"]),
            Is(&["last", "previous"]),
            Maybe(&["one", "change", "command", "action", "operation", "step", "thing"]),
        ],
    ),
    whole(Undo, &[Is(&["take", "put", "bring"]), Is(&["that", "it", "this"]), Is(&["back"])]),
    whole(Undo, &[Is(&["go"]), Is(&["back"])]),
    whole(Help, &[Is(&["help"]), Maybe(&["me"])]),
    whole(
        Help,
        &[Is(&["show", "get", "list"]), Maybe(&["me"]), Maybe(&["the", "all"]), Is(&["help", "commands", "usage"])],
    ),
    whole(Help, &[Is(&["what"]), Is(&["can"]), Is(&["i", "you"]), Is(&["say", "do", "ask", "type"]), Maybe(&["here"])]),
    whole(Help, &[Is(&["how"]), Is(&["does"]), Is(&["this", "it"]), Is(&["work"])]),
    whole(Help, &[Is(&["how"]), Is(&["do"]), Is(&["i"]), Is(&["use"]), Is(&["this", "it", "tasks"])]),
    whole(ListTasks, &[Is(&["what's", "what’s", "whats"]), Maybe(&["still"]), Is(OPEN)]),
    whole(ListTasks, &[Is(&["what"]), Is(&["is"]), Maybe(&["still"]), Is(OPEN)]),
    whole(ListTasks, &[Is(&["agenda", "overdue"])]),
    whole(
        ListTasks,
        &[
            Is(&["completed", "finished", "done", "open", "upcoming", "pending", "outstanding"]),
            Is(&["task", "tasks", "items", "todos"]),
        ],
    ),
    whole(
        ListTasks,
        &[
            Is(&["remind"]),
            Is(&["me"]),
            Is(&["of", "about"]),
            Is(&["my", "the"]),
            Is(&["tasks", "todos", "reminders", "appointments", "meetings", "schedule", "agenda", "list"]),
        ],
    ),
    // "remind me what i put on my list" asks.
    sure(ListTasks, &[Is(&["remind"]), Is(&["me"]), Maybe(&["of", "about"]), Is(RECALLED)], &[]),
    // Reminders.
    sure(SetReminder, &[Is(&["remind"]), Is(&["me"]), Is(&["to", "about", "of", "that"])], &[]),
    sure(SetReminder, &[Is(&["remind"]), Is(&["me"])], &[]),
    sure(
        SetReminder,
        &[
            Is(&["set", "create", "make", "add", "give", "new", "schedule", "put"]),
            Maybe(&["up"]),
            Maybe(&["me"]),
            A,
            NEW,
            Is(REMINDER),
            Maybe(&["for", "me"]),
            Is(&["to", "for", "about", "that", "of", ":"]),
        ],
        &[],
    ),
    sure(
        SetReminder,
        &[Is(&["set", "create", "make", "add", "give", "new"]), Maybe(&["up"]), Maybe(&["me"]), A, NEW, Is(REMINDER)],
        &[],
    ),
    sure(SetReminder, &[Is(&["reminder"]), Is(&["to", "for", "about", "that", ":"])], &[]),
    weak(
        SetReminder,
        &[Maybe(&["i"]), Is(&["need", "want"]), A, Is(REMINDER), Is(&["to", "for", "about", "that"])],
        &[],
    ),
    weak(
        SetReminder,
        &[Is(&["alert", "notify", "nudge", "ping", "tell"]), Is(&["me"]), Maybe(&["to", "about", "of", "that"])],
        &[],
    ),
    weak(
        SetReminder,
        &[Is(&["don't", "don’t", "dont"]), Is(&["let"]), Is(&["me"]), Is(&["forget"]), Maybe(&["to", "about"])],
        &[],
    ),
    weak(SetReminder, &[], &[Is(&["remind"]), Is(&["me"])]),
    weak(SetReminder, &[Is(&["reminder"])], &[]),
    // What comes again.
    sure(
        CreateRecurring,
        &[
            Is(&["set", "create", "add", "make", "new", "schedule"]),
            Maybe(&["up"]),
            A,
            NEW,
            Is(&["recurring", "repeating"]),
            Is(TASK),
            TO,
        ],
        &[],
    ),
    sure(CreateRecurring, &[Is(&["recurring", "repeating"]), Maybe(TASK), Is(&[":"])], &[]),
    weak(CreateRecurring, &[Is(&["repeat", "make", "set"])], &[]),
    // New ones.
    sure(CreateTask, &[Is(&["add", "create", "make", "new"]), A, NEW, Is(TASK), TO], &[]),
    sure(CreateTask, &[Is(&["todo", "task", "note"]), Is(&[":", "-"])], &[]),
    sure(CreateTask, &[Is(&["note"]), Is(&["to"]), Is(&["self", "myself"]), Maybe(&[":"]), Maybe(&["to"])], &[]),
    weak(CreateTask, &[Is(&["add", "create", "put", "insert", "include", "place"])], &[]),
    weak(CreateTask, &[Is(&["note", "jot"]), Maybe(&["down"]), Maybe(&[":"])], &[]),
    // "write the report friday" is to be written.
    weak(CreateTask, &[Is(&["write"]), Is(&["down"]), Maybe(&[":"])], &[]),
    weak(CreateTask, &[Is(&["don't", "don’t", "dont"]), Is(&["forget"]), Maybe(&["to", "about"])], &[]),
    weak(CreateTask, &[Is(&["remember"]), Is(&["to"])], &[]),
    weak(CreateTask, &[Maybe(&["i"]), Is(&["need", "have", "want", "got"]), Is(&["to"])], &[]),
    weak(CreateTask, &[Is(&["i"]), Is(&["must"])], &[]),
];
