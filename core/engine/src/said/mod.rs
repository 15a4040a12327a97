//! What people say: one sentence is read once, its intent decides which command it is, and its words which tasks.
//!
//! The rules of the dialogue: one clear winner is acted on; several are given back to be chosen from; none is an error. What is
//! doubtful, or is about many tasks, is given back to be agreed to. The same request with the tasks that a person chose is done.

mod asked;
mod changed;
mod named;

use crate::command::Understood;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::recurring;
use crate::remind;
use crate::request::{Fields, Shown, TakenBack, TextReading, Write, Written};
use crate::store::{Store, StoreRead};
use crate::usual;
use crate::{text, view};
use named::Found;
use tasks_domain::command::{Command, Step};
use tasks_domain::error::Error;
use tasks_domain::id::{AccountId, TaskId};
use tasks_language::{Intent, Reading, understand_within};

/// A reading that is less sure is asked about before it changes or deletes a task.
const SURE: f32 = 0.6;
/// More tasks are not changed without a question.
const UNASKED_MAX: usize = 2;

/// A sentence, and what a person answered to a question about it.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// As typed.
    pub text: String,
    /// The id of the task that is made, should it ask for one.
    pub new_task: TaskId,
    /// The tasks a person chose or agreed to; empty when nobody was asked.
    pub chosen: Vec<TaskId>,
    /// Do not ask back.
    pub agreed: bool,
}

/// What a sentence asks to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A new task.
    Add,
    /// Other values.
    Edit,
    /// Done.
    Done,
    /// Into the trash.
    Delete,
}

/// What became of a sentence.
#[derive(Clone, Debug)]
pub enum Said {
    /// It was done, or would be.
    Written(Deed, Box<Written>),
    /// The newest commands were taken back.
    Undone(Vec<TakenBack>),
    /// These tasks are asked for, as words of a filter.
    List(Vec<String>),
    /// Help is asked for.
    Help,
    /// Any of these may be meant; nothing was done.
    Choose(Deed, Vec<Shown>),
    /// These are meant; nothing was done without a yes.
    Agree(Deed, Vec<Shown>),
}

/// A sentence, how it was understood, and what became of it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How it was understood.
    pub reading: TextReading,
    /// What became of it.
    pub said: Said,
}

impl<S: Store> Engine<S> {
    /// Does what a sentence asks for.
    ///
    /// Fails when it asks for nothing, names no task that is there, or asks for what cannot be done.
    pub async fn say(&self, account: AccountId, write: Write, sentence: Sentence) -> Result<Answer, EngineError> {
        let reading = understand_within(&sentence.text, &write.caller.language(), text::SCOPE);
        let kept = TextReading { text: sentence.text.clone(), reading };
        let said = match kept.reading.intent {
            Intent::CreateTask | Intent::SetReminder | Intent::CreateRecurring => {
                self.say_new(account, write, &sentence, kept.reading.clone()).await?
            }
            Intent::ListTasks => Said::List(asked::filter(&sentence.text, &kept.reading, &write.caller.language())),
            Intent::UpdateTask | Intent::Snooze => self.say_known(account, write, &sentence, &kept, Deed::Edit).await?,
            Intent::CompleteTask => self.say_known(account, write, &sentence, &kept, Deed::Done).await?,
            Intent::DeleteTask => self.say_known(account, write, &sentence, &kept, Deed::Delete).await?,
            Intent::Undo => Said::Undone(self.undo(account, write, asked::steps(&sentence.text)).await?),
            Intent::Help => Said::Help,
            Intent::None => return Err(Error::NotACommand { text: sentence.text }.into()),
        };
        Ok(Answer { reading: kept, said })
    }

    async fn say_new(
        &self,
        account: AccountId,
        write: Write,
        sentence: &Sentence,
        reading: Reading,
    ) -> Result<Said, EngineError> {
        let (id, said, caller) = (sentence.new_task, sentence.text.clone(), write.caller.clone());
        let understand = move |tx: &dyn StoreRead| {
            let usual = usual::of_context(tx, &caller)?;
            let asked =
                Reading { reminds: reading.reminds || reading.intent == Intent::SetReminder, ..reading.clone() };
            let (patch, reading, warned) = text::as_new(&said, asked)?;
            if patch.title.is_none() {
                return Err(Error::EmptyTitle.into());
            }
            let (patch, language) = (patch.over(usual.patch), caller.language());
            let fields = Fields::default();
            let again = recurring::said(&fields, Some(&reading.reading), &language)?;
            let (id, mut patch, why) = recurring::for_new(id, patch, &again, &fields.rule, &language)?;
            let silent = remind::texts::of_new(&mut patch, Some(&reading), &[], &caller)?;
            let command = Command::Add(vec![(id, patch)]);
            let warnings = usual.warning.into_iter().chain(warned).chain(silent).chain(why).collect();
            Ok(Understood::of(command, vec![reading], warnings))
        };
        Ok(Said::Written(Deed::Add, Box::new(self.execute(account, write, understand).await?)))
    }

    /// A sentence about tasks that are there.
    async fn say_known(
        &self,
        account: AccountId,
        write: Write,
        sentence: &Sentence,
        kept: &TextReading,
        deed: Deed,
    ) -> Result<Said, EngineError> {
        let (asked, said) = (sentence.clone(), kept.clone());
        let (operation, caller, dry_run) = (write.operation, write.caller.clone(), write.dry_run);
        let look = move |tx: &dyn StoreRead| {
            // A request sent again is answered by the operation itself, whatever its words name by now.
            let again = tx.operation(operation)?.is_some();
            let found = if again || !asked.chosen.is_empty() {
                Found::Tasks(asked.chosen.clone(), false)
            } else {
                named::tasks(tx, &said, &caller, deed)?
            };
            let show = |ids: &[TaskId]| {
                let shown = ids.iter().map(|id| view::shown_by_id(tx, *id, caller.now));
                Ok::<_, EngineError>(shown.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
            };
            Ok(match found {
                Found::Several(ids) => Err(Said::Choose(deed, show(&ids)?)),
                Found::Tasks(ids, by_filter) => {
                    let doubtful = said.reading.confidence < SURE || by_filter || ids.len() > UNASKED_MAX;
                    let asks = doubtful && !again && !asked.agreed && !dry_run;
                    if asks { Err(Said::Agree(deed, show(&ids)?)) } else { Ok(ids) }
                }
            })
        };
        let ids = match self.store().read(account, look).await? {
            Ok(ids) => ids,
            Err(ask) => return Ok(ask),
        };
        let (kept, now) = (kept.clone(), write.caller.now);
        let understand = move |tx: &dyn StoreRead| {
            let command = match deed {
                Deed::Done => Command::Step(Step::Done, ids.clone()),
                Deed::Delete => Command::Step(Step::Delete, ids.clone()),
                Deed::Add | Deed::Edit => Command::Edit(changed::patches(tx, &kept, &ids, now)?),
            };
            Ok(Understood::of(command, vec![kept.clone()], Vec::new()))
        };
        Ok(Said::Written(deed, Box::new(self.execute(account, write, understand).await?)))
    }
}
