//! The words that people say commands with. A row is what stands at the beginning of the text and at its end; what is between
//! names the task. Adding a way to say something is adding a row, and a line in `tests/language/intents.rs`.

mod asking;
mod known;

use crate::reading::Intent;
use Part::{Is, Maybe};

/// One place of a row: any of these words, in lower case.
#[derive(Clone, Copy, Debug)]
pub(in crate::intent) enum Part {
    /// One of them must stand here.
    Is(&'static [&'static str]),
    /// One of them may stand here.
    Maybe(&'static [&'static str]),
    /// One of them must follow, and belongs to what comes after.
    Before(&'static [&'static str]),
}

/// A way to say a command.
#[derive(Clone, Copy, Debug)]
pub(in crate::intent) struct Row {
    pub intent: Intent,
    /// Nothing else can be meant. The others only say which words are the command once the model knows what is wanted.
    pub sure: bool,
    pub opens: &'static [Part],
    pub closes: &'static [Part],
    /// Something must stand between.
    pub named: bool,
}

/// Said out of politeness before a command.
pub(in crate::intent) const POLITE: &[&[Part]] = &[
    &[Is(&[
        "please", "pls", "ok", "okay", "hey", "hi", "now", "just", "oh", "oops", "no", "kindly", "actually", "then",
    ])],
    &[Is(&["can", "could", "would", "will"]), Is(&["you"])],
    &[Is(&["can", "could"]), Is(&["i"])],
    &[Is(&["go"]), Is(&["ahead"]), Is(&["and"])],
    &[Is(&["i"]), Is(&["want", "need", "like", "wish"]), Is(&["you"]), Is(&["to"])],
    &[Is(&["i"]), Is(&["want", "would"]), Maybe(&["like"]), Is(&["to"])],
    &[Is(&["i'd", "i’d", "id"]), Is(&["like"]), Is(&["to"])],
    &[Is(&["i"]), Is(&["wanna"])],
];

/// Said out of politeness behind a command.
pub(in crate::intent) const THANKS: &[&str] = &["please", "pls", "thanks", "now", "too"];

pub(in crate::intent) const THE: &[&str] = &["the", "my", "a", "an", "this", "that", "our"];
/// What a task may be called when it is spoken of.
pub(in crate::intent) const NOUNS: &[&str] =
    &["task", "tasks", "todo", "todos", "to-do", "item", "items", "reminder", "one", "chore"];

/// Read in this order: of the rows that fit, the first sure one is taken, else the first of the intent that the model sees.
pub(in crate::intent) fn rows() -> impl Iterator<Item = &'static Row> {
    asking::ROWS.iter().chain(known::ROWS)
}

pub(super) const fn sure(intent: Intent, opens: &'static [Part], closes: &'static [Part]) -> Row {
    Row { intent, sure: true, opens, closes, named: true }
}

pub(super) const fn weak(intent: Intent, opens: &'static [Part], closes: &'static [Part]) -> Row {
    Row { intent, sure: false, opens, closes, named: true }
}

/// A text that is nothing but these words.
pub(super) const fn whole(intent: Intent, opens: &'static [Part]) -> Row {
    Row { intent, sure: true, opens, closes: &[], named: false }
}

/// Lists that a task is said to be on: "to my list", "off the todo list".
pub(in crate::intent) const LISTS: &[&str] =
    &["list", "lists", "tasks", "todos", "calendar", "todo", "agenda", "schedule"];
/// What leads to the list.
pub(in crate::intent) const LEADS: &[&str] = &["to", "on", "onto", "in", "into", "from", "off", "out"];

/// What follows "remind me" when something is to be told now.
pub(in crate::intent) const RECALLED: &[&str] = &["what", "what's", "what’s", "whats", "which", "how", "who", "where"];

/// Words that ask for a list and do not say which tasks.
pub(in crate::intent) const ASKING: &[&str] = &[
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
pub(in crate::intent) const QUESTIONS: &[&str] = &[
    "what", "what's", "what’s", "whats", "which", "who", "who's", "where", "where's", "when", "when's", "why", "how",
    "how's", "is", "are", "am", "do", "does", "did", "can", "could", "would", "will", "should", "shall", "was", "were",
    "has", "have", "had", "show", "tell", "any", "anything", "list", "find", "search", "display",
];
/// With one of these, a question is about tasks.
pub(in crate::intent) const ABOUT_TASKS: &[&str] = &["task", "tasks", "todo", "todos", "overdue", "reminders"];
/// With one of these, what is due is to be paid.
pub(in crate::intent) const MONEY: &[&str] =
    &["minimum", "amount", "total", "bill", "bills", "payment", "balance", "much", "credit", "loan"];

/// Verbs that to-do lines begin with and small talk rarely does.
pub(in crate::intent) const CHORES: &[&str] = &[
    "buy",
    "pay",
    "email",
    "renew",
    "return",
    "submit",
    "finish",
    "prepare",
    "prep",
    "draft",
    "write",
    "review",
    "clean",
    "wash",
    "fix",
    "repair",
    "replace",
    "study",
    "learn",
    "practice",
    "practise",
    "visit",
    "meet",
    "plan",
    "pack",
    "pick",
    "drop",
    "water",
    "feed",
    "walk",
    "mow",
    "sign",
    "print",
    "scan",
    "backup",
    "install",
    "deploy",
    "sell",
    "donate",
    "register",
    "research",
    "organize",
    "organise",
    "sort",
    "wrap",
    "cook",
    "bake",
    "mail",
    "post",
    "ring",
    "reply",
    "respond",
    "follow",
    "ask",
    "invite",
    "thank",
    "watch",
    "declutter",
    "paint",
    "build",
    "assemble",
    "hang",
    "file",
    "apply",
];

/// Verbs that names of tasks begin with, so that a command can stand before them: "finish take out the trash".
pub(in crate::intent) const DEEDS: &[&str] = &[
    "buy", "call", "pay", "send", "write", "read", "take", "wash", "feed", "pick", "renew", "submit", "reply", "bake",
    "visit", "mow", "vacuum", "fold",
];

/// Deeds that somebody tells of as done: "i paid the rent".
pub(in crate::intent) const DONE_DEEDS: &[&str] = &[
    "bought", "called", "paid", "watered", "washed", "fed", "walked", "mowed", "vacuumed", "emailed", "mailed",
    "texted", "cleaned", "renewed", "baked", "folded",
];

/// Verbs of new tasks that are what is to be done as well: "put the bins out", "write the report".
pub(in crate::intent) const PUTTING: &[&str] = &["put", "insert", "include", "place", "write", "note", "jot"];

/// Verbs that are done to things as well as to tasks.
pub(in crate::intent) const HANDS_ON: &[&str] = &[
    "move", "push", "shift", "bring", "put", "change", "set", "make", "turn", "add", "tag", "flag", "edit", "update",
    "switch", "swap", "extend",
];
