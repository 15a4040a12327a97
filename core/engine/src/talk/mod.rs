//! Conversations: what is said is answered with what was said before in mind, and both are kept.
//!
//! A turn is two transactions: the command that the words come to, an operation like any other; then the two messages and what the
//! conversation keeps in mind, an operation that `undo` passes by and the log does not tell. A turn that is sent again does neither
//! twice: the ids of its messages follow from its own.

mod kept;
pub(crate) mod retention;
mod small;
mod words;

use crate::apply::{apply, next_stamp};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::request::{ListQuery, TextReading, Write};
use crate::said::{Answer, Said, Turn};
use crate::store::{Store, StoreRead, StoreTxn, Verdict};
use kept::Opened;
pub(crate) use kept::SHELF;
use tasks_domain::conversation::{self, Conversation, Message};
use tasks_domain::dialogue::{After, KEPT_MAX, State};
use tasks_domain::error::Error;
use tasks_domain::id::{AccountId, ConversationId, OperationId, TaskId};
use tasks_domain::operation::{Header, Reason};
use tasks_domain::sort::SortOrder;

/// Which conversation something is said in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The one that was spoken in last, when that is not long ago; else a new one.
    Recent,
    /// A new one.
    New,
    /// The one whose id begins so.
    Named(String),
}

/// Something said in a conversation.
#[derive(Clone, Debug)]
pub struct Saying {
    /// Where.
    pub place: Place,
    /// The id of the conversation that begins, should one.
    pub new_conversation: ConversationId,
    /// What, as typed.
    pub text: String,
    /// The id of the task that is made, should it ask for one.
    pub new_task: TaskId,
    /// Do not ask whether it is meant.
    pub agreed: bool,
}

/// A conversation as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationShown {
    /// It.
    pub conversation: Conversation,
    /// The shortest beginning of its printed id that names no other.
    pub short_id: String,
    /// How many messages it has.
    pub messages: usize,
}

/// The answer to something said.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// The conversation as it is now.
    pub conversation: ConversationShown,
    /// It begins with this.
    pub is_new: bool,
    /// How it was understood.
    pub reading: Option<TextReading>,
    /// What became of it, or why it cannot be done.
    pub said: Result<Said, Error>,
    /// The answer in words, as it is kept.
    pub words: String,
}

impl<S: Store> Engine<S> {
    /// Answers something said in a conversation, and keeps both there. What cannot be done is an answer too, not a failure.
    pub async fn talk(&self, account: AccountId, write: Write, saying: Saying) -> Result<Spoken, EngineError> {
        conversation::check(&saying.text)?;
        let (place, new, turn, now) =
            (saying.place.clone(), saying.new_conversation, write.operation, write.caller.now.unix_ms());
        let open = move |tx: &dyn StoreRead| {
            let opened = kept::open(tx, &place, new, now)?;
            Ok((opened, kept::answered(tx, turn)?))
        };
        let (opened, answered) = self.store().read(account, open).await?;
        if let Some(message) = answered {
            return self.answered(account, write, opened, message).await;
        }
        let state = opened.state.clone();
        let said =
            Turn { text: saying.text.clone(), new_task: saying.new_task, state: state.clone(), agreed: saying.agreed };
        let (reading, said, state) = match self.say(account, write.clone(), said).await {
            Ok(Answer { reading, said: Said::List(filter), state }) => {
                let (said, after) = self.listed(account, &write, filter).await?;
                (reading, said, state.after(after))
            }
            Ok(Answer { reading, said, state }) => (reading, Ok(said), state),
            // An open question stays open: what was said about it cannot be done, something else may.
            Err(EngineError::Domain(error)) => (None, Err(error), state),
            Err(error) => return Err(error),
        };
        let words = match &said {
            Ok(Said::NotOurs) => small::answer(&saying.text),
            Ok(said) => words::answer(said, &state, write.caller.now),
            Err(error) => words::failure(error),
        };
        let is_new = opened.there.is_none();
        let kept = Kept { said: saying.text, answer: words.clone(), state, operation: operation_of(&said) };
        let conversation = self.keep_turn(account, write, opened, kept).await?;
        Ok(Spoken { conversation, is_new, reading, said, words })
    }

    /// The conversations, the latest first, at most so many.
    pub async fn conversations(&self, account: AccountId, limit: usize) -> Result<Vec<ConversationShown>, EngineError> {
        self.store().read(account, move |tx: &dyn StoreRead| kept::latest_of_all(tx, limit)).await
    }

    /// A conversation with its newest messages, at most so many, oldest first. `None` for the one that was spoken in last.
    pub async fn conversation(
        &self,
        account: AccountId,
        reference: Option<String>,
        limit: usize,
    ) -> Result<(ConversationShown, Vec<Message>), EngineError> {
        self.store().read(account, move |tx: &dyn StoreRead| kept::one(tx, reference.as_deref(), limit)).await
    }

    async fn listed(
        &self,
        account: AccountId,
        write: &Write,
        filter: Vec<String>,
    ) -> Result<(Result<Said, Error>, After), EngineError> {
        let query = ListQuery {
            caller: write.caller.clone(),
            filter: filter.clone(),
            order: SortOrder::default(),
            reverse: false,
            then: Vec::new(),
            limit: KEPT_MAX,
            horizon_days: None,
            short_ids: false,
            brief: false,
        };
        match self.list(account, query).await {
            Ok((tasks, more)) => {
                let ids = tasks.iter().map(|shown| shown.task.id).collect();
                Ok((Ok(Said::Listed { filter, tasks, more }), After::Listed(ids)))
            }
            Err(EngineError::Domain(error)) => Ok((Err(error), After::Nothing)),
            Err(error) => Err(error),
        }
    }

    /// Keeps a turn; the conversation as it is then.
    async fn keep_turn(
        &self,
        account: AccountId,
        write: Write,
        opened: Opened,
        kept: Kept,
    ) -> Result<ConversationShown, EngineError> {
        let clock = self.clock();
        let job = move |tx: &mut dyn StoreTxn| {
            let there = kept::read(tx.as_read(), opened.id)?;
            let stamp = next_stamp(tx, clock.now_unix_ms())?;
            let at = write.caller.now.unix_ms();
            let turn = conversation::Turn {
                id: write.operation,
                said: &kept.said,
                answer: &kept.answer,
                operation: kept.operation,
                at,
                state: &kept.state,
            };
            let changes = conversation::keep(opened.id, there.as_ref(), &turn, stamp);
            let header = Header {
                id: kept_id(write.operation),
                device: stamp.device,
                hlc: stamp.hlc,
                at_unix_ms: at,
                reason: Reason::Talk,
                command: String::new(),
                confidence: None,
            };
            apply(tx, header, changes)?;
            let shown = kept::shown(tx.as_read(), opened.id)?;
            let shown = shown.ok_or_else(|| Error::NoSuchConversation { reference: opened.id.letters() })?;
            Ok(if write.dry_run { Verdict::RollBack(shown) } else { Verdict::Commit(shown) })
        };
        self.store().write(account, job).await
    }

    /// The answer to a turn that was answered already: in the words that were kept, with what the command of it did.
    async fn answered(
        &self,
        account: AccountId,
        write: Write,
        opened: Opened,
        message: Message,
    ) -> Result<Spoken, EngineError> {
        let now = write.caller.now;
        let operation = message.operation;
        let look = move |tx: &dyn StoreRead| {
            let shown = kept::shown(tx, opened.id)?;
            let shown = shown.ok_or_else(|| Error::NoSuchConversation { reference: opened.id.letters() })?;
            Ok((shown, kept::done_again(tx, operation, now)?))
        };
        let (conversation, said) = self.store().read(account, look).await?;
        Ok(Spoken { conversation, is_new: false, reading: None, said: Ok(said), words: message.text })
    }
}

/// What is kept of a turn.
struct Kept {
    said: String,
    answer: String,
    state: State,
    operation: Option<OperationId>,
}

/// The operation that did what the answer says.
fn operation_of(said: &Result<Said, Error>) -> Option<OperationId> {
    match said {
        Ok(Said::Written(_, written)) => written.operation.as_ref().map(|logged| logged.header.id),
        Ok(Said::Undone(steps)) => steps.first()?.written.operation.as_ref().map(|logged| logged.header.id),
        _ => None,
    }
}

/// The id of the operation that keeps a turn.
fn kept_id(turn: OperationId) -> OperationId {
    let namespace = uuid::Uuid::from_bytes(*turn.as_bytes());
    OperationId::from_bytes(uuid::Uuid::new_v5(&namespace, b"kept").into_bytes())
}
