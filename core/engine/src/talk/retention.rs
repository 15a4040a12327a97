//! How long conversations are kept: 90 days after their last message, and the latest 200 of them.

use super::kept::ids;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::retention::{BATCH, newest};
use crate::store::{Link, Store, StoreRead, StoreTxn, Verdict};
use tasks_domain::conversation::{CONVERSATIONS_MAX, Conversation, outlives_contents};
use tasks_domain::field;
use tasks_domain::id::{AccountId, ConversationId};
use tasks_domain::register::EntityId;

/// How long after its last message a conversation is kept, in milliseconds.
const AGE_MS: i64 = 90 * 24 * 3_600 * 1_000;

impl<S: Store> Engine<S> {
    /// Drops the contents of what was kept long enough; of how many conversations.
    pub(crate) async fn empty_talk(&self, account: AccountId) -> Result<usize, EngineError> {
        let clock = self.clock_unix_ms();
        let old = self.store().read(account, move |tx| old(tx, newest(tx, clock)?)).await?;
        for id in &old {
            let id = *id;
            let parts = self.store().read(account, move |tx| parts(tx, id)).await?;
            for part in parts.chunks(BATCH) {
                let part = part.to_vec();
                let job = move |tx: &mut dyn StoreTxn| {
                    part.iter().try_for_each(|entity| empty(tx, *entity))?;
                    Ok(Verdict::Commit(()))
                };
                self.store().write(account, job).await?;
            }
        }
        Ok(old.len())
    }
}

/// The conversations whose contents are to go.
fn old(tx: &dyn StoreRead, now_ms: i64) -> Result<Vec<ConversationId>, EngineError> {
    let mut there = Vec::new();
    for id in ids(tx)? {
        there.extend(super::kept::read(tx, id)?.map(|Conversation { id, spoken_at, .. }| (spoken_at, id)));
    }
    there.sort_unstable();
    let too_many = there.len().saturating_sub(CONVERSATIONS_MAX);
    let old = there.iter().enumerate().filter(|(at, (spoken, _))| *at < too_many || *spoken <= now_ms - AGE_MS);
    Ok(old.map(|(_, (_, id))| *id).collect())
}

/// The parts of a conversation whose contents go with it, itself last: what is interrupted is done again.
fn parts(tx: &dyn StoreRead, id: ConversationId) -> Result<Vec<EntityId>, EngineError> {
    let mut parts = tx.parts(Link::Message, *id.as_bytes())?;
    parts.push(id.into());
    Ok(parts)
}

/// Drops the contents; what tells other replicas that it was there stays.
fn empty(tx: &mut dyn StoreTxn, entity: EntityId) -> Result<(), EngineError> {
    let Some(registers) = tx.entity(entity)? else { return Ok(()) };
    let emptied = registers.emptied(outlives_contents, field::EMPTIED);
    Ok(tx.put_entity(entity, &emptied, None)?)
}
