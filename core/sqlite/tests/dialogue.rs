//! Conversations over the engine and a real store: transcripts, and what holds for anything that can be said.
//!
//! A transcript in `tests/dialogue` is what a person says (`>`), what the answer is (`<`) and how the tasks are after it, where
//! that changed (`=`). `+` adds a task beforehand; `#` begins a scene with nothing in it. `UPDATE_DIALOGUES=1` writes the answers anew:
//! read the difference.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use std::cell::Cell;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use tasks_domain::conversation::{MESSAGES_MAX, Speaker};
use tasks_domain::id::{AccountId, ConversationId, DeviceId, OperationId, TaskId};
use tasks_domain::settings::LanguageSettings;
use tasks_domain::task::Status;
use tasks_domain::when::{Now, When, Zone};
use tasks_engine::assistant::{Assistant, Doubt, Proposal};
use tasks_engine::clock::FixedClock;
use tasks_engine::engine::{Engine, LogList};
use tasks_engine::request::{Caller, Fields, ListQuery, NewTask, Write};
use tasks_engine::said::Said;
use tasks_engine::talk::{Place, Saying, Spoken};
use tasks_language::{Reading, understand};
use tasks_sqlite::{SqliteStore, open};
use tempfile::TempDir;

const ACCOUNT: AccountId = AccountId::LOCAL;
/// Sunday, 22 November 2026, 10:00 in Berlin.
const NOW_MS: i64 = 1_795_338_000_000;

/// One person's conversation.
struct Person {
    engine: Engine<SqliteStore>,
    count: Cell<u64>,
    now_ms: Cell<i64>,
    _folder: TempDir,
}

impl Person {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let device = DeviceId::from_bytes([1; 16]);
        let opened = open(&folder.path().join("tasks.db"), device, &|_| "machine".to_owned(), NOW_MS).unwrap();
        let engine = Engine::new(Arc::new(opened.store), Arc::new(FixedClock::at(NOW_MS)));
        Self { engine, count: Cell::default(), now_ms: Cell::new(NOW_MS), _folder: folder }
    }

    fn caller(&self) -> Caller {
        let now = Now::from_unix_ms(self.now_ms.get(), Zone::Europe__Berlin).unwrap();
        let language = LanguageSettings::default();
        Caller { now, locale: String::new(), language, context: String::new(), past: false }
    }

    /// Sixteen bytes that come once.
    fn id(&self) -> [u8; 16] {
        self.count.set(self.count.get() + 1);
        let mut bytes = [7; 16];
        bytes[8..].copy_from_slice(&self.count.get().to_be_bytes());
        bytes
    }

    fn write(&self, command: &str) -> Write {
        let operation = OperationId::from_bytes(self.id());
        Write { operation, caller: self.caller(), dry_run: false, command: command.to_owned(), instead_of: None }
    }

    async fn add(&self, text: &str) {
        let task = NewTask { id: TaskId::from_bytes(self.id()), text: text.to_owned() };
        self.engine.add(ACCOUNT, self.write("add"), vec![task], Fields::default()).await.unwrap();
    }

    fn saying(&self, text: &str, place: Place) -> Saying {
        Saying {
            place,
            new_conversation: ConversationId::from_bytes(self.id()),
            text: text.to_owned(),
            new_task: TaskId::from_bytes(self.id()),
            agreed: false,
        }
    }

    async fn say(&self, text: &str) -> Spoken {
        let write = self.write(&format!("chat {text}"));
        self.engine.talk(ACCOUNT, write, self.saying(text, Place::Recent)).await.unwrap()
    }

    /// Every task that is or was there, in one line each.
    async fn tasks(&self) -> Vec<String> {
        let query = ListQuery {
            caller: self.caller(),
            filter: vec!["status:all".to_owned()],
            order: tasks_domain::sort::SortOrder::default(),
            reverse: false,
            then: Vec::new(),
            limit: 0,
            horizon_days: None,
            short_ids: false,
            brief: false,
        };
        let (tasks, _) = self.engine.list(ACCOUNT, query).await.unwrap();
        let line = |shown: &tasks_domain::shown::Shown| {
            let task = &shown.task;
            let mut line = task.title.clone();
            if task.status() != Status::Open {
                write!(line, " ({})", task.status().as_str()).unwrap();
            }
            match task.due {
                Some(When::Date(date)) => write!(line, " {date}").unwrap(),
                Some(When::At(time)) => write!(line, " {}", time.local().format("%Y-%m-%dT%H:%M")).unwrap(),
                None => {}
            }
            if let Some(priority) = task.priority {
                write!(line, " !{priority}").unwrap();
            }
            task.project.iter().for_each(|project| write!(line, " @{project}").unwrap());
            task.tags.iter().for_each(|tag| write!(line, " #{tag}").unwrap());
            line
        };
        let mut lines: Vec<String> = tasks.iter().map(line).collect();
        lines.sort();
        lines
    }
}

/// The transcript with the answers that are given now.
async fn played(text: &str) -> String {
    let (mut person, mut before, mut out) = (Person::new(), Vec::new(), String::new());
    for line in text.lines() {
        if line.starts_with('<') || line.starts_with('=') || line.starts_with("  ") {
            continue;
        }
        writeln!(out, "{line}").unwrap();
        if line.starts_with('#') {
            (person, before) = (Person::new(), Vec::new());
        } else if let Some(task) = line.strip_prefix("+ ") {
            person.add(task).await;
            before = person.tasks().await;
        } else if let Some(said) = line.strip_prefix("> ") {
            let spoken = person.say(said).await;
            writeln!(out, "< {}", spoken.words.replace('\n', "\n  ")).unwrap();
            let after = person.tasks().await;
            if after != before {
                writeln!(out, "= {}", after.join(" | ")).unwrap();
            }
            before = after;
        }
    }
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn transcripts_are_answered_as_they_stand() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogue");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 5, "the transcripts are found");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let now = played(&text).await;
        if std::env::var_os("UPDATE_DIALOGUES").is_some() {
            std::fs::write(&file, now).unwrap();
            continue;
        }
        for (at, (want, is)) in text.lines().zip(now.lines()).enumerate() {
            assert_eq!(want, is, "{}:{}", file.display(), at + 1);
        }
        assert_eq!(text.lines().count(), now.lines().count(), "{}", file.display());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_turn_that_is_sent_again_is_answered_and_kept_once() {
    let person = Person::new();
    let (write, saying) = (person.write("chat buy milk"), person.saying("buy milk", Place::Recent));
    let first = person.engine.talk(ACCOUNT, write.clone(), saying.clone()).await.unwrap();
    let again = person.engine.talk(ACCOUNT, write, saying).await.unwrap();
    assert_eq!((again.words, again.conversation.messages), (first.words, 2));
    assert!(matches!(again.said, Ok(Said::Written(..))));
    assert_eq!(person.tasks().await, ["buy milk"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_is_no_command_that_undo_or_the_log_know() {
    let person = Person::new();
    person.say("buy milk").await;
    for text in ["hello", "what is due", "move it", "never mind"] {
        person.say(text).await;
    }
    let log = person.engine.operations(ACCOUNT, LogList { limit: 10, ..LogList::default() }).await.unwrap();
    assert_eq!(log.iter().map(|one| one.header.command.as_str()).collect::<Vec<_>>(), ["chat buy milk"]);
    person.engine.undo(ACCOUNT, person.write("undo"), 1).await.unwrap();
    assert_eq!(person.tasks().await, Vec::<String>::new());
    person.say("thanks").await;
    person.engine.redo(ACCOUNT, person.write("redo"), 1).await.unwrap();
    assert_eq!(person.tasks().await, ["buy milk"], "something said does not clear what can be done again");
    let (shown, messages) = person.engine.conversation(ACCOUNT, None, 100).await.unwrap();
    assert_eq!((shown.messages, messages.len()), (12, 12), "what was taken back was said all the same");
    assert_eq!((messages[0].speaker, messages[0].text.as_str()), (Speaker::Person, "buy milk"));
    assert_eq!(messages[1].operation, Some(log[0].header.id));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correction_is_one_step_for_undo() {
    let person = Person::new();
    person.add("dentist").await;
    person.say("move the dentist to thursday 5pm").await;
    person.say("no, friday").await;
    assert_eq!(person.tasks().await, ["dentist 2026-11-27T17:00"]);
    person.say("undo").await;
    assert_eq!(person.tasks().await, ["dentist"]);
    person.say("buy milk tomorrow").await;
    person.say("i meant monday 6pm").await;
    person.say("no, buy bread").await;
    assert_eq!(person.tasks().await, ["buy bread 2026-11-23T18:00", "dentist"]);
    person.say("undo").await;
    assert_eq!(person.tasks().await, ["dentist"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_is_taken_up_again_while_it_is_recent_and_by_its_id_at_any_time() {
    let person = Person::new();
    let first = person.say("remind me to call mom").await;
    assert!(first.is_new && first.conversation.conversation.state.question.is_some());
    person.now_ms.set(NOW_MS + 11 * 3_600_000);
    let second = person.say("tomorrow 9am").await;
    assert!(!second.is_new);
    assert_eq!(person.tasks().await, ["call mom 2026-11-23T09:00"]);
    person.now_ms.set(NOW_MS + 24 * 3_600_000);
    let third = person.say("move it to friday").await;
    assert!(third.is_new, "after twelve hours another begins");
    let place = Place::Named(first.conversation.conversation.id.letters());
    let write = person.write("chat");
    let back = person.engine.talk(ACCOUNT, write, person.saying("make it urgent", place)).await.unwrap();
    assert_eq!(back.conversation.conversation.id, first.conversation.conversation.id);
    let all = person.engine.conversations(ACCOUNT, usize::MAX).await.unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].conversation.id, first.conversation.conversation.id, "the latest first");
    let latest = person.engine.conversations(ACCOUNT, 1).await.unwrap();
    assert_eq!((latest.len(), latest[0].conversation.id), (1, first.conversation.conversation.id));
    let nowhere = person.saying("hello", Place::Named("zzzzzzzz".to_owned()));
    assert!(person.engine.talk(ACCOUNT, person.write("chat"), nowhere).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn contents_of_old_conversations_go_and_a_full_one_goes_on_in_another() {
    let person = Person::new();
    let first = person.say("hello").await;
    person.now_ms.set(NOW_MS - 91 * 24 * 3_600_000);
    let old = person.engine.talk(ACCOUNT, person.write("chat"), person.saying("a secret", Place::New)).await.unwrap();
    assert_ne!(old.conversation.conversation.id, first.conversation.conversation.id);
    person.now_ms.set(NOW_MS);
    assert_eq!(person.engine.clean(ACCOUNT).await.unwrap().conversations, 1);
    assert_eq!(person.engine.clean(ACCOUNT).await.unwrap().conversations, 0);
    let left = person.engine.conversations(ACCOUNT, usize::MAX).await.unwrap();
    assert_eq!(left.iter().map(|one| one.conversation.id).collect::<Vec<_>>(), [first.conversation.conversation.id]);
    person.say("buy milk").await;
    for _ in 2..MESSAGES_MAX / 2 {
        person.say("thanks").await;
    }
    let other = person.say("move it to friday").await;
    assert!(other.is_new && other.conversation.conversation.id != first.conversation.conversation.id);
    assert_eq!(person.tasks().await, ["buy milk 2026-11-27"], "what was in mind still is");
}

/// Takes every sentence for this one.
struct Insists(Reading);

impl Assistant for Insists {
    fn propose(&self, _: Doubt) -> Proposal<'_> {
        let reading = self.0.clone();
        Box::pin(async move { Some(reading) })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_assistant_is_asked_only_about_what_is_doubtful() {
    let person = Person::new();
    for task in ["buy milk", "buy oat milk"] {
        person.add(task).await;
    }
    let language = person.caller().language();
    let doubtful = "set it to friday";
    assert!(understand(doubtful, &language).confidence < tasks_engine::assistant::ASKED_BELOW);
    let reading = understand("mark all tasks as done", &language);
    let engine = person.engine.clone().with_assistant(Arc::new(Insists(reading)));
    let say = |text: &str| {
        let (write, saying) = (person.write("chat"), person.saying(text, Place::Recent));
        engine.talk(ACCOUNT, write, saying)
    };
    say("call dad tomorrow").await.unwrap();
    assert_eq!(person.tasks().await.len(), 3, "what is sure is not put to it");
    let asked = say(doubtful).await.unwrap();
    assert!(matches!(asked.said, Ok(Said::Ask { .. })), "what it proposes for several tasks is asked about: {asked:?}");
    say("yes").await.unwrap();
    assert!(person.tasks().await.iter().all(|task| task.contains("(done)")));
}

/// Words that conversations are made of.
const WORDS: &[&str] = &[
    "milk",
    "the",
    "it",
    "them",
    "second",
    "one",
    "last",
    "all",
    "no",
    "yes",
    "not",
    "that",
    "other",
    "move",
    "to",
    "friday",
    "6pm",
    "delete",
    "done",
    "mark",
    "as",
    "snooze",
    "for",
    "10",
    "minutes",
    "remind",
    "me",
    "undo",
    "urgent",
    "rename",
    "call",
    "mom",
    "never",
    "mind",
    "actually",
    "i",
    "meant",
    "and",
    "too",
    ",",
    "every",
    "week",
    "what",
    "is",
    "due",
    "both",
    "2",
    "🎉",
    "\u{1b}[31m",
    "\u{202e}",
    "''",
    "\"",
    "-",
    "@home",
    "#x",
    "//",
    "everything",
    "make",
    "add",
    "task",
    "a",
    "show",
    "help",
];

fn message() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(WORDS).prop_map(str::to_owned);
    prop_oneof![
        6 => proptest::collection::vec(word, 1..7).prop_map(|words| words.join(" ")),
        1 => "\\PC{1,40}",
        1 => "[\\x00-\\x7f]{1,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn anything_can_be_said_and_nothing_changes_that_the_answer_does_not_tell(
        messages in proptest::collection::vec(message(), 1..10)
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let person = Person::new();
            for task in ["buy milk tomorrow", "buy oat milk", "call mom friday 5pm", "the report #x"] {
                person.add(task).await;
            }
            for text in messages.iter().filter(|text| !text.trim().is_empty()) {
                let before = person.tasks().await;
                let spoken = person.say(text).await;
                let changed = match &spoken.said {
                    Ok(Said::Written(_, written)) => written.operation.is_some(),
                    Ok(Said::Undone(steps)) => !steps.is_empty(),
                    _ => false,
                };
                assert!(!spoken.words.trim().is_empty(), "{text:?} is answered");
                assert!(changed || person.tasks().await == before, "{text:?} changed tasks: {}", spoken.words);
            }
        });
    }
}
