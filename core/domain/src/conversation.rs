//! Conversations and their messages, kept as registers like everything else, so that they sync.
//!
//! A conversation is an entity with what it keeps in mind ([`crate::dialogue::State`]); each message is one of its own, written
//! once and never changed. Neither is what `undo` takes back: a person who takes back a change has said so all the same.

use crate::dialogue::State;
use crate::error::Error;
use crate::field::{self, CREATED, EXISTS};
use crate::id::{ConversationId, MessageId, OperationId};
use crate::limits::MESSAGE_BYTES_MAX;
use crate::register::{Change, EntityId, FieldId, Kind, Registers};
use crate::stamp::Stamp;

/// What a conversation is about, in the words it began with.
pub const SUBJECT: FieldId = FieldId(500);
/// Unix milliseconds of its newest message.
pub const SPOKEN: FieldId = FieldId(501);
/// [`State`].
pub const STATE: FieldId = FieldId(502);
/// Of a message: the id of its conversation.
pub const CONVERSATION: FieldId = FieldId(510);
/// Of a message: who said it.
pub const SPEAKER: FieldId = FieldId(511);
/// Of a message: its text.
pub const TEXT: FieldId = FieldId(512);
/// Of an answer: the id of the operation that did what it says.
pub const OPERATION: FieldId = FieldId(513);

/// Longest answer that is kept, in bytes.
pub const ANSWER_BYTES_MAX: usize = 4 * 1024;
/// Most characters of the words that say what a conversation is about.
pub const SUBJECT_CHARS_MAX: usize = 80;
/// Most messages of one conversation; what is said then begins another, which keeps in mind what this one did.
pub const MESSAGES_MAX: usize = 1_000;
/// Most conversations that are kept; of more, the contents of the oldest go.
pub const CONVERSATIONS_MAX: usize = 200;
/// How long a conversation is taken up again by itself after its last message, in milliseconds.
pub const RECENT_MS: i64 = 12 * 3_600 * 1_000;

/// Who said something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// The person.
    Person,
    /// This program.
    Tasks,
}

impl Speaker {
    /// The word for it in JSON and in registers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Tasks => "tasks",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Person, Self::Tasks].into_iter().find(|one| one.as_str() == word)
    }
}

/// A conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Which.
    pub id: ConversationId,
    /// What it is about.
    pub subject: String,
    /// Unix milliseconds of its beginning.
    pub created_at: i64,
    /// Unix milliseconds of its newest message.
    pub spoken_at: i64,
    /// What it keeps in mind.
    pub state: State,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// Who said it.
    pub speaker: Speaker,
    /// What.
    pub text: String,
    /// Unix milliseconds.
    pub at: i64,
    /// The operation that did what it says.
    pub operation: Option<OperationId>,
}

impl Conversation {
    /// What registers say; `None` for one that is not there, or whose contents went.
    pub fn read(id: ConversationId, registers: &Registers) -> Option<Self> {
        let get = |field| registers.get(field, &[]);
        if field::decode::<bool>(get(EXISTS)) != Some(true) {
            return None;
        }
        Some(Self {
            id,
            subject: field::decode(get(SUBJECT))?,
            created_at: field::decode(get(CREATED)).unwrap_or_default(),
            spoken_at: field::decode(get(SPOKEN)).unwrap_or_default(),
            state: get(STATE).and_then(|register| State::decode(&register.value)).unwrap_or_default(),
        })
    }

    /// Whether it is taken up again by itself.
    pub fn is_recent(&self, now_unix_ms: i64) -> bool {
        now_unix_ms.saturating_sub(self.spoken_at) < RECENT_MS
    }
}

impl Message {
    /// What registers say; `None` for one whose contents went.
    pub fn read(id: MessageId, registers: &Registers) -> Option<Self> {
        let get = |field| registers.get(field, &[]);
        Some(Self {
            id,
            speaker: Speaker::from_word(&field::decode::<String>(get(SPEAKER))?)?,
            text: field::decode(get(TEXT))?,
            at: field::decode(get(CREATED)).unwrap_or_default(),
            operation: field::decode_id(get(OPERATION)).map(OperationId::from_bytes),
        })
    }
}

impl From<ConversationId> for EntityId {
    fn from(id: ConversationId) -> Self {
        Self { kind: Kind::CONVERSATION, id: *id.as_bytes() }
    }
}

impl From<MessageId> for EntityId {
    fn from(id: MessageId) -> Self {
        Self { kind: Kind::MESSAGE, id: *id.as_bytes() }
    }
}

impl EntityId {
    /// The conversation it names, when it is one.
    pub fn conversation(&self) -> Option<ConversationId> {
        (self.kind == Kind::CONVERSATION).then(|| ConversationId::from_bytes(self.id))
    }

    /// The message it names, when it is one.
    pub fn message(&self) -> Option<MessageId> {
        (self.kind == Kind::MESSAGE).then(|| MessageId::from_bytes(self.id))
    }
}

/// The ids of the two messages of one turn: they follow from its operation, so that a turn sent twice is kept once.
pub fn message_id(turn: OperationId, speaker: Speaker) -> MessageId {
    let namespace = uuid::Uuid::from_bytes(*turn.as_bytes());
    MessageId::from_bytes(uuid::Uuid::new_v5(&namespace, speaker.as_str().as_bytes()).into_bytes())
}

/// Refuses what is no message.
pub fn check(text: &str) -> Result<(), Error> {
    if text.trim().is_empty() {
        return Err(Error::EmptyMessage);
    }
    if text.len() > MESSAGE_BYTES_MAX {
        return Err(Error::MessageTooLong { bytes: text.len() });
    }
    Ok(())
}

/// One turn of a conversation, to be kept.
#[derive(Clone, Debug)]
pub struct Turn<'a> {
    /// The turn's own id.
    pub id: OperationId,
    /// What the person said.
    pub said: &'a str,
    /// The answer.
    pub answer: &'a str,
    /// The operation that did what the answer says.
    pub operation: Option<OperationId>,
    /// Unix milliseconds.
    pub at: i64,
    /// What the conversation keeps in mind from now on.
    pub state: &'a State,
}

/// What keeping a turn changes. `there` is the conversation as it is, `None` for one that begins with this turn.
pub fn keep(id: ConversationId, there: Option<&Conversation>, turn: &Turn, stamp: Stamp) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut set = |entity: EntityId, field: FieldId, value: Vec<u8>| {
        changes.push(Change { entity, field, key: Vec::new(), value, stamp });
    };
    let conversation = EntityId::from(id);
    if there.is_none() {
        set(conversation, EXISTS, field::encode(&true));
        set(conversation, SUBJECT, field::encode(&cut_chars(turn.said.trim(), SUBJECT_CHARS_MAX)));
        set(conversation, CREATED, field::encode(&turn.at));
    }
    set(conversation, SPOKEN, field::encode(&turn.at));
    if there.is_none_or(|there| there.state != *turn.state) {
        set(conversation, STATE, turn.state.encode());
    }
    for (speaker, text) in [(Speaker::Person, turn.said), (Speaker::Tasks, cut_bytes(turn.answer, ANSWER_BYTES_MAX))] {
        let message = EntityId::from(message_id(turn.id, speaker));
        set(message, CREATED, field::encode(&turn.at));
        set(message, CONVERSATION, field::encode_id(id.as_bytes()));
        set(message, SPEAKER, field::encode(speaker.as_str()));
        set(message, TEXT, field::encode(text));
        if let Some(operation) = turn.operation.filter(|_| speaker == Speaker::Tasks) {
            set(message, OPERATION, field::encode_id(operation.as_bytes()));
        }
    }
    changes
}

/// Whether a field stays when the contents of a conversation are thrown away: what says that it was there.
pub fn outlives_contents(field: FieldId) -> bool {
    matches!(field, EXISTS | CREATED | CONVERSATION)
}

fn cut_chars(text: &str, most: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.chars().take(most).collect()
}

fn cut_bytes(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DeviceId;
    use crate::stamp::Hlc;

    fn kept(changes: &[Change], entity: EntityId) -> Registers {
        let mut registers = Registers::default();
        changes.iter().filter(|change| change.entity == entity).for_each(|change| _ = registers.merge(change));
        registers
    }

    fn turn<'a>(said: &'a str, answer: &'a str, state: &'a State) -> Turn<'a> {
        let id = OperationId::from_bytes([7; 16]);
        Turn { id, said, answer, operation: Some(OperationId::from_bytes([8; 16])), at: 5, state }
    }

    #[test]
    fn a_turn_is_kept_as_a_conversation_and_two_messages() {
        let (id, state) = (ConversationId::from_bytes([1; 16]), State::default());
        let stamp = Stamp { hlc: Hlc::from_bits(1), device: DeviceId::from_bytes([2; 16]) };
        let turn = turn("buy milk\nand more", "Created 1 buy milk", &state);
        let changes = keep(id, None, &turn, stamp);
        let conversation = Conversation::read(id, &kept(&changes, id.into())).unwrap();
        assert_eq!((conversation.subject.as_str(), conversation.spoken_at), ("buy milk", 5));
        let message = |speaker| {
            let id = message_id(turn.id, speaker);
            Message::read(id, &kept(&changes, id.into())).unwrap()
        };
        assert_eq!(message(Speaker::Person).text, "buy milk\nand more");
        assert_eq!(message(Speaker::Person).operation, None);
        assert_eq!(message(Speaker::Tasks).operation, Some(OperationId::from_bytes([8; 16])));
        let again = keep(id, Some(&conversation), &turn, stamp);
        assert!(again.iter().all(|change| change.field != SUBJECT && change.field != STATE), "{again:?}");
    }

    #[test]
    fn messages_are_neither_empty_nor_endless() {
        assert!(matches!(check(" \n"), Err(Error::EmptyMessage)));
        assert!(check(&"x".repeat(MESSAGE_BYTES_MAX)).is_ok());
        assert!(matches!(check(&"x".repeat(MESSAGE_BYTES_MAX + 1)), Err(Error::MessageTooLong { bytes: 16_385 })));
    }

    #[test]
    fn what_is_kept_of_an_answer_is_cut_between_characters() {
        assert_eq!(cut_bytes("aä", 2), "a");
        assert_eq!(cut_bytes("aä", 3), "aä");
        assert_eq!(cut_chars("ab\ncd", 9), "ab");
    }

    #[test]
    fn contents_that_were_thrown_away_read_as_nothing() {
        let (id, state) = (ConversationId::from_bytes([1; 16]), State::default());
        let stamp = Stamp { hlc: Hlc::from_bits(1), device: DeviceId::from_bytes([2; 16]) };
        let turn = turn("a secret", "kept", &state);
        let changes = keep(id, None, &turn, stamp);
        let message = message_id(turn.id, Speaker::Person);
        for entity in [EntityId::from(id), message.into()] {
            let emptied = kept(&changes, entity).emptied(outlives_contents, field::EMPTIED);
            assert!(
                emptied.iter().all(|(_, _, register)| !String::from_utf8_lossy(&register.value).contains("secret"))
            );
            assert!(!emptied.is_empty());
        }
        let emptied = kept(&changes, id.into()).emptied(outlives_contents, field::EMPTIED);
        assert_eq!(Conversation::read(id, &emptied), None);
    }
}
