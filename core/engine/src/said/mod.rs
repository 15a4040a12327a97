//! What people say: one sentence is read once, its intent decides which command it is, and its words which tasks.
//!
//! The rules of the dialogue: one clear winner is acted on; several are given back to be chosen from; none is an error. What is
//! doubtful, or is about many tasks, is given back to be agreed to, and a piece that is missing is asked for. What an answer means is
//! decided by [`tasks_domain::dialogue`]; here it is given what the language reads and the store knows (`hear`), and what it decides
//! is done (`act`).

mod act;
mod asked;
mod changed;
mod fresh;
mod hear;
mod known;
mod named;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::request::{Shown, TakenBack, TextReading, Write, Written};
use crate::store::{Store, StoreRead};
use crate::view;
pub use tasks_domain::dialogue::Deed;
use tasks_domain::dialogue::{After, Move, Question, Remark, State};
use tasks_domain::id::{AccountId, TaskId};

/// A reading that is less sure is asked about before it changes or deletes a task.
const SURE: f32 = 0.6;
/// More tasks are not changed without a question.
const UNASKED_MAX: usize = 2;

/// Something said, and what it is said to.
#[derive(Clone, Debug)]
pub struct Turn {
    /// As typed.
    pub text: String,
    /// The id of the task that is made, should it ask for one.
    pub new_task: TaskId,
    /// What is in mind from before.
    pub state: State,
    /// Do not ask whether it is meant.
    pub agreed: bool,
}

/// What became of something said.
#[derive(Clone, Debug)]
pub enum Said {
    /// It was done, or would be.
    Written(Deed, Box<Written>),
    /// The newest commands were taken back.
    Undone(Vec<TakenBack>),
    /// These tasks are asked for, as words of a filter.
    List(Vec<String>),
    /// These tasks were asked for, and found; only in conversations.
    Listed {
        /// The words of the filter.
        filter: Vec<String>,
        /// They, at most as many as a conversation keeps in mind.
        tasks: Vec<Shown>,
        /// There are more.
        more: bool,
    },
    /// Help is asked for.
    Help,
    /// This has to be answered first; nothing was done.
    Ask {
        /// The question.
        question: Box<Question>,
        /// The tasks it is about, or to choose from.
        tasks: Vec<Shown>,
        /// What was said is no answer to it.
        again: bool,
    },
    /// The open question was dropped; nothing was done.
    Dropped,
    /// These tasks are spoken of, and nothing is said about what to do with them.
    About(Vec<Shown>),
    /// Nothing but a remark.
    Remark(Remark),
    /// It asks for nothing with tasks.
    NotOurs,
}

/// How something said was understood, and what became of it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How it was understood, with what was said before where it completes that; `None` when it was no sentence.
    pub reading: Option<TextReading>,
    /// What became of it.
    pub said: Said,
    /// What is in mind from now on.
    pub state: State,
}

impl<S: Store> Engine<S> {
    /// Does what something said asks for.
    ///
    /// Fails when it names no task that is there, or asks for what cannot be done.
    pub async fn say(&self, account: AccountId, write: Write, turn: Turn) -> Result<Answer, EngineError> {
        let state = turn.state.clone();
        match self.hear(account, &write, &turn).await? {
            Move::Do(request) => {
                let acted = self.act(account, write, &turn, request).await?;
                let said = acted.said;
                let state = if matches!(&said, Said::Written(_, written) if written.dry_run) {
                    state
                } else {
                    state.after(acted.after)
                };
                Ok(Answer { reading: Some(acted.reading), said, state })
            }
            Move::Ask(question) => self.put(account, &write, question, false, state).await,
            Move::Again(question) => self.put(account, &write, question, true, state).await,
            Move::Drop(_) => Ok(Answer { reading: None, said: Said::Dropped, state: state.after(After::Dropped) }),
            Move::About(ids) => {
                let tasks = self.shown(account, &write, ids.clone()).await?;
                let after = After::About(tasks.iter().map(|shown| shown.task.id).collect());
                Ok(Answer { reading: None, said: Said::About(tasks), state: state.after(after) })
            }
            Move::Say(remark) => {
                Ok(Answer { reading: None, said: Said::Remark(remark), state: state.after(After::Nothing) })
            }
        }
    }

    /// Puts a question.
    async fn put(
        &self,
        account: AccountId,
        write: &Write,
        question: Question,
        again: bool,
        state: State,
    ) -> Result<Answer, EngineError> {
        let tasks = self.shown(account, write, question.tasks.clone()).await?;
        let state = if again { state } else { state.after(After::Asked(question.clone())) };
        Ok(Answer { reading: None, said: Said::Ask { question: Box::new(question), tasks, again }, state })
    }

    /// Those of these tasks that are there.
    async fn shown(&self, account: AccountId, write: &Write, ids: Vec<TaskId>) -> Result<Vec<Shown>, EngineError> {
        let now = write.caller.now;
        self.store().read(account, move |tx: &dyn StoreRead| shown(tx, &ids, now)).await
    }
}

fn shown(tx: &dyn StoreRead, ids: &[TaskId], now: tasks_domain::when::Now) -> Result<Vec<Shown>, EngineError> {
    let mut tasks = Vec::with_capacity(ids.len());
    for id in ids {
        tasks.extend(view::shown_by_id(tx, *id, now)?.filter(|shown| shown.task.exists));
    }
    Ok(tasks)
}
