//! The words that people say commands with. A row is what stands at the beginning of the text and at its end; what is between
//! names the task. Adding a way to say something is adding a row, and a line in `tests/language/intents.rs`.

use crate::reading::Intent;

/// One place of a row: any of these words, in lower case.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// One of them must stand here.
    Is(&'static [&'static str]),
    /// One of them may stand here.
    Maybe(&'static [&'static str]),
}

/// A way to say a command.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub intent: Intent,
    /// Nothing else can be meant. The others only say which words are the command once the model knows what is wanted.
    pub sure: bool,
    pub opens: &'static [Part],
    pub closes: &'static [Part],
    /// Something must stand between.
    pub named: bool,
}

use Intent::{
    CompleteTask, CreateRecurring, CreateTask, DeleteTask, Help, ListTasks, SetReminder, Snooze, Undo, UpdateTask,
};
use Part::{Is, Maybe};

const fn sure(intent: Intent, opens: &'static [Part], closes: &'static [Part]) -> Row {
    Row { intent, sure: true, opens, closes, named: true }
}

const fn weak(intent: Intent, opens: &'static [Part], closes: &'static [Part]) -> Row {
    Row { intent, sure: false, opens, closes, named: true }
}

/// A text that is nothing but these words.
const fn whole(intent: Intent, opens: &'static [Part]) -> Row {
    Row { intent, sure: true, opens, closes: &[], named: false }
}

/// Said out of politeness before a command.
pub(super) const POLITE: &[&[Part]] = &[
    &[Is(&["please", "pls", "ok", "okay", "hey", "hi", "now", "just", "oh", "oops", "no", "kindly"])],
    &[Is(&["can", "could", "would", "will"]), Is(&["you"])],
    &[Is(&["can", "could"]), Is(&["i"])],
    &[Is(&["go"]), Is(&["ahead"]), Is(&["and"])],
    &[Is(&["i"]), Is(&["want", "need", "like", "wish"]), Is(&["you"]), Is(&["to"])],
    &[Is(&["i"]), Is(&["want", "would"]), Maybe(&["like"]), Is(&["to"])],
    &[Is(&["i'd", "i’d", "id"]), Is(&["like"]), Is(&["to"])],
    &[Is(&["i"]), Is(&["wanna"])],
];

/// Said out of politeness behind a command.
pub(super) const THANKS: &[&str] = &["please", "pls", "thanks", "now", "too"];

const A: Part = Maybe(&["a", "an", "the", "my", "another", "me"]);
const NEW: Part = Maybe(&["new", "quick"]);
const TASK: &[&str] = &["task", "todo", "to-do", "item", "chore"];
pub(super) const THE: &[&str] = &["the", "my", "a", "an", "this", "that", "our"];
/// What a task may be called when it is spoken of.
pub(super) const NOUNS: &[&str] =
    &["task", "tasks", "todo", "todos", "to-do", "item", "items", "reminder", "one", "chore"];
const OF: Part = Is(&["of", "for", "on"]);
const TO: Part = Maybe(&["to", "for", "called", "named", "titled", "that", "about", ":", "-"]);
const DONE: &[&str] = &["done", "complete", "completed", "finished", "closed", "resolved"];
const REMINDER: &[&str] = &["reminder", "remainder", "alarm", "notification", "alert"];
const ATTRIBUTES: &[&str] = &["priority", "title", "name", "project", "deadline", "date", "time", "duedate"];
const SINGULAR: &[&str] = &["task", "todo", "reminder", "item"];

/// Read in this order: the first row that fits is taken, a sure one before a weak one.
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
    whole(ListTasks, &[Is(&["what's", "what’s", "whats"]), Is(&["next", "up", "left", "overdue"])]),
    whole(ListTasks, &[Is(&["what"]), Is(&["is"]), Is(&["next", "up", "left", "overdue"])]),
    whole(ListTasks, &[Is(&["agenda", "overdue"])]),
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
    // Done.
    sure(CompleteTask, &[Is(&["mark", "set"])], &[Is(&["as", "to"]), Is(DONE)]),
    sure(CompleteTask, &[Is(&["mark"])], &[Is(DONE)]),
    sure(CompleteTask, &[Is(&["check", "tick", "mark"]), Is(&["off"])], &[]),
    sure(CompleteTask, &[Is(&["check", "tick", "mark"])], &[Is(&["off"])]),
    sure(CompleteTask, &[Maybe(&["i'm", "i’m", "im"]), Is(&["done", "finished"]), Is(&["with", ":"])], &[]),
    sure(CompleteTask, &[Is(&["i"]), Is(&["am"]), Is(&["done", "finished"]), Is(&["with"])], &[]),
    sure(CompleteTask, &[Is(&["complete", "finish", "close"]), Is(&["task"])], &[]),
    sure(CompleteTask, &[Is(&["complete", "finish", "close", "resolve"]), Is(THE)], &[Is(SINGULAR)]),
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
        ])],
        &[],
    ),
    sure(Snooze, &[Is(&["snooze"])], &[]),
    // Into the trash.
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
    sure(
        DeleteTask,
        &[Is(&["delete", "remove", "trash", "clear", "erase"]), Is(&["all"])],
        &[Is(&["tasks", "todos", "reminders"])],
    ),
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
            "strike", "scratch", "wipe", "empty", "nix", "clean",
        ])],
        &[],
    ),
    // New ones.
    sure(CreateTask, &[Is(&["add", "create", "make", "new"]), A, NEW, Is(TASK), TO], &[]),
    sure(CreateTask, &[Is(&["todo", "task", "note"]), Is(&[":", "-"])], &[]),
    weak(CreateTask, &[Is(&["add", "create", "put", "insert", "include", "place"])], &[]),
    weak(CreateTask, &[Is(&["note", "jot", "write"]), Maybe(&["down"]), Maybe(&[":"])], &[]),
    weak(CreateTask, &[Is(&["don't", "don’t", "dont"]), Is(&["forget"]), Maybe(&["to", "about"])], &[]),
    weak(CreateTask, &[Is(&["remember"]), Is(&["to"])], &[]),
    weak(CreateTask, &[Maybe(&["i"]), Is(&["need", "have", "want", "got"]), Is(&["to"])], &[]),
    weak(CreateTask, &[Is(&["i"]), Is(&["must"])], &[]),
];

/// Lists that a task is said to be on: "to my list", "off the todo list".
pub(super) const LISTS: &[&str] = &["list", "lists", "tasks", "todos", "calendar", "todo", "agenda", "schedule"];
/// What leads to the list.
pub(super) const LEADS: &[&str] = &["to", "on", "onto", "in", "into", "from", "off", "out"];

/// Words that ask for a list and do not say which tasks.
pub(super) const ASKING: &[&str] = &[
    "show",
    "list",
    "display",
    "give",
    "tell",
    "read",
    "see",
    "view",
    "find",
    "search",
    "look",
    "get",
    "check",
    "open",
    "pull",
    "bring",
    "what",
    "what's",
    "what’s",
    "whats",
    "which",
    "when",
    "when's",
    "how",
    "many",
    "much",
    "who",
    "where",
    "any",
    "anything",
    "anyone",
    "everything",
    "all",
    "is",
    "are",
    "there",
    "do",
    "does",
    "did",
    "have",
    "has",
    "had",
    "got",
    "i",
    "me",
    "my",
    "the",
    "a",
    "an",
    "of",
    "on",
    "in",
    "for",
    "to",
    "from",
    "at",
    "with",
    "about",
    "by",
    "that",
    "this",
    "am",
    "was",
    "were",
    "be",
    "been",
    "it",
    "its",
    "up",
    "out",
    "left",
    "task",
    "tasks",
    "todo",
    "todos",
    "item",
    "items",
    "thing",
    "things",
    "something",
    "list's",
    "lists",
    "agenda",
    "schedule",
    "calendar",
    "plan",
    "plans",
    "planned",
    "scheduled",
    "due",
    "coming",
    "going",
    "happening",
    "next",
    "need",
    "needs",
    "should",
    "must",
    "can",
    "could",
    "will",
    "would",
    "you",
    "please",
    "currently",
    "right",
    "doing",
    "plate",
    "and",
    "or",
    "else",
    "still",
    "reminders",
    "reminder",
    "to-do",
    "open",
    "some",
    "so",
    "far",
    "s",
    "just",
    "want",
    "know",
    "hear",
    "let",
    "overview",
    "today's",
];

/// Words that begin a question or a request to see something.
pub(super) const QUESTIONS: &[&str] = &[
    "what", "what's", "what’s", "whats", "which", "who", "who's", "where", "where's", "when", "when's", "why", "how",
    "how's", "is", "are", "am", "do", "does", "did", "can", "could", "would", "will", "should", "shall", "was", "were",
    "has", "have", "had", "show", "tell", "any", "anything", "list", "find", "search", "display",
];
/// With one of these, a question is about tasks.
pub(super) const ABOUT_TASKS: &[&str] = &["task", "tasks", "todo", "todos", "due", "overdue"];
