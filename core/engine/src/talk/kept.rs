//! Conversations as a store holds them.

use super::{ConversationShown, Place};
use crate::error::EngineError;
use crate::log;
use crate::request::Written;
use crate::said::{Deed, Said};
use crate::store::{Link, StoreRead};
use crate::view;
use tasks_domain::conversation::{Conversation, MESSAGES_MAX, Message, Speaker, message_id};
use tasks_domain::dialogue::State;
use tasks_domain::error::Error;
use tasks_domain::id::{ConversationId, IdPrefix, OperationId, shortest_unique};
use tasks_domain::register::{EntityId, Kind};
use tasks_domain::when::Now;

/// What all conversations are linked to, so that they are found without a walk.
pub(crate) const SHELF: [u8; 16] = [0; 16];
/// How many of the newest conversations can be the one that was spoken in last.
const RECENT_MAX: usize = 50;
/// Candidates of an ambiguous reference.
const CANDIDATES_MAX: usize = 8;

/// A conversation in which something is about to be said.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub(super) id: ConversationId,
    /// As it is; `None` for one that begins.
    pub(super) there: Option<Conversation>,
    /// What is in mind.
    pub(super) state: State,
}

/// The conversation, when it is there.
pub(super) fn read(tx: &dyn StoreRead, id: ConversationId) -> Result<Option<Conversation>, EngineError> {
    Ok(tx.entity(id.into())?.and_then(|registers| Conversation::read(id, &registers)))
}

/// All ids of conversations, oldest first.
pub(super) fn ids(tx: &dyn StoreRead) -> Result<Vec<ConversationId>, EngineError> {
    let parts = tx.parts(Link::Conversation, SHELF)?;
    Ok(parts.iter().filter_map(EntityId::conversation).collect())
}

/// Opens the conversation that is asked for. One that is full goes on as another.
pub(super) fn open(
    tx: &dyn StoreRead,
    place: &Place,
    new: ConversationId,
    now_unix_ms: i64,
) -> Result<Opened, EngineError> {
    let there = match place {
        Place::New => read(tx, new)?,
        Place::Recent => latest(tx)?.filter(|one| one.is_recent(now_unix_ms)),
        Place::Named(reference) => Some(named(tx, reference)?),
    };
    let Some(there) = there else { return Ok(Opened { id: new, there: None, state: State::default() }) };
    let state = there.state.clone();
    let messages = tx.parts(Link::Message, *there.id.as_bytes())?.len();
    if messages >= MESSAGES_MAX {
        return Ok(Opened { id: new, there: None, state });
    }
    Ok(Opened { id: there.id, there: Some(there), state })
}

/// The conversation that was spoken in last.
fn latest(tx: &dyn StoreRead) -> Result<Option<Conversation>, EngineError> {
    let mut latest: Option<Conversation> = None;
    for id in ids(tx)?.into_iter().rev().take(RECENT_MAX) {
        let one = read(tx, id)?;
        latest = latest.into_iter().chain(one).max_by_key(|one| one.spoken_at);
    }
    Ok(latest)
}

/// The conversation whose printed id begins so.
fn named(tx: &dyn StoreRead, reference: &str) -> Result<Conversation, EngineError> {
    let none = || Error::NoSuchConversation { reference: reference.to_owned() };
    let prefix = IdPrefix::parse(reference.trim()).ok_or_else(none)?;
    let mut found = Vec::new();
    for entity in tx.entities_with_prefix(Kind::CONVERSATION, prefix, CANDIDATES_MAX)? {
        if let Some(id) = entity.conversation() {
            found.extend(read(tx, id)?);
        }
    }
    match found.len() {
        0 => Err(none().into()),
        1 => Ok(found.remove(0)),
        _ => Err(Error::AmbiguousConversation { reference: reference.to_owned() }.into()),
    }
}

/// The conversation as it is listed.
pub(super) fn shown(tx: &dyn StoreRead, id: ConversationId) -> Result<Option<ConversationShown>, EngineError> {
    let Some(conversation) = read(tx, id)? else { return Ok(None) };
    let reversed = |id: EntityId| ConversationId::from_bytes(id.id).reversed();
    let (before, after) = tx.entities_beside(id.into())?;
    let short_id = shortest_unique(id.reversed(), before.map(reversed), after.map(reversed));
    let messages = tx.parts(Link::Message, *id.as_bytes())?.len();
    Ok(Some(ConversationShown { conversation, short_id, messages }))
}

/// The conversations, the latest first, at most so many: the messages of no others are counted.
pub(super) fn latest_of_all(tx: &dyn StoreRead, limit: usize) -> Result<Vec<ConversationShown>, EngineError> {
    let mut all = Vec::new();
    for id in ids(tx)? {
        all.extend(read(tx, id)?);
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.spoken_at));
    let mut latest = Vec::new();
    for one in all.into_iter().take(limit) {
        latest.extend(shown(tx, one.id)?);
    }
    Ok(latest)
}

/// A conversation with its newest messages.
pub(super) fn one(
    tx: &dyn StoreRead,
    reference: Option<&str>,
    limit: usize,
) -> Result<(ConversationShown, Vec<Message>), EngineError> {
    let none = || Error::NoSuchConversation { reference: reference.unwrap_or("the last one").to_owned() };
    let found = match reference {
        Some(reference) => named(tx, reference)?,
        None => latest(tx)?.ok_or_else(none)?,
    };
    let shown = shown(tx, found.id)?.ok_or_else(none)?;
    let ids = tx.parts(Link::Message, *found.id.as_bytes())?;
    let mut messages = Vec::new();
    for id in ids.iter().skip(ids.len().saturating_sub(limit)).filter_map(EntityId::message) {
        messages.extend(tx.entity(id.into())?.and_then(|registers| Message::read(id, &registers)));
    }
    Ok((shown, messages))
}

/// The answer that a turn got, when it was answered already.
pub(super) fn answered(tx: &dyn StoreRead, turn: OperationId) -> Result<Option<Message>, EngineError> {
    let id = message_id(turn, Speaker::Tasks);
    Ok(tx.entity(id.into())?.and_then(|registers| Message::read(id, &registers)))
}

/// What the command of an answered turn did.
pub(super) fn done_again(tx: &dyn StoreRead, operation: Option<OperationId>, now: Now) -> Result<Said, EngineError> {
    let done = operation.map(|id| tx.operation(id)).transpose()?.flatten();
    let Some((_, done)) = done else { return Ok(Said::Dropped) };
    let mut tasks = Vec::new();
    for id in log::touched(tx, &done)? {
        tasks.extend(view::shown_by_id(tx, id, now)?);
    }
    let operation = log::entry(tx, done.header.id)?;
    Ok(Said::Written(Deed::Edit, Box::new(Written { operation, tasks, ..Written::default() })))
}
