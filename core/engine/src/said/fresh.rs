//! Sentences that ask for something new.

use super::Turn;
use super::act::{Acted, Asking, done};
use crate::command::Understood;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::request::{Fields, Write};
use crate::store::{Store, StoreRead};
use crate::{recurring, remind, text, usual};
use tasks_domain::command::Command;
use tasks_domain::dialogue::{Asked, Deed, Piece};
use tasks_domain::id::AccountId;
use tasks_language::{Intent, Reading};

/// The piece without which nothing can be made.
fn missing(reading: &Reading) -> Option<Piece> {
    let when = reading.due.is_some() || reading.rrule.is_some() || !reading.reminders.is_empty();
    if reading.title.is_none() {
        Some(Piece::Title)
    } else if reading.intent == Intent::SetReminder && !when {
        Some(Piece::Time)
    } else if reading.intent == Intent::CreateRecurring && reading.rrule.is_none() {
        Some(Piece::Rule)
    } else {
        None
    }
}

impl<S: Store> Engine<S> {
    /// Makes a task.
    pub(super) async fn make(
        &self,
        account: AccountId,
        write: Write,
        turn: &Turn,
        asking: &Asking,
    ) -> Result<Acted, EngineError> {
        let reading = asking.kept.reading.clone();
        if let Some(piece) = missing(&reading) {
            let question = asking.question(Asked::Piece(piece), Deed::Add, Vec::new());
            return self.ask(account, &write, asking, question).await;
        }
        let (id, said, caller) = (turn.new_task, asking.kept.text.clone(), write.caller.clone());
        let operation = write.operation;
        let understand = move |tx: &dyn StoreRead| {
            let usual = usual::of_context(tx, &caller)?;
            let asked =
                Reading { reminds: reading.reminds || reading.intent == Intent::SetReminder, ..reading.clone() };
            let (patch, reading, warned) = text::as_new(&said, asked)?;
            if patch.title.is_none() {
                return Err(text::untitled(&said).into());
            }
            let (patch, language) = (patch.over(usual.patch), caller.language());
            let fields = Fields::default();
            let again = recurring::said(&fields, Some(&reading), &language)?;
            let (id, mut patch, why) = recurring::for_new(id, patch, &again, &fields.rule, &language)?;
            let silent = remind::texts::of_new(&mut patch, Some(&reading), &[], &caller)?;
            let command = Command::Add(vec![(id, patch)]);
            let warnings = usual.warning.into_iter().chain(warned).chain(silent).chain(why).collect();
            Ok(Understood::of(command, vec![reading], warnings))
        };
        let written = self.execute(account, write, understand).await?;
        let made = written.tasks.iter().map(|shown| shown.task.id).collect();
        Ok(done(asking, Deed::Add, operation, made, Vec::new(), written))
    }
}
