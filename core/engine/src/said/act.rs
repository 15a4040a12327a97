//! Doing what a request asks for.

use super::hear::deed_of;
use super::{Said, Turn, asked, named};
use crate::assistant::{ASKED_BELOW, Doubt};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::request::{TextReading, Write, Written};
use crate::store::{Store, StoreRead};
use crate::text::SCOPE;
use tasks_domain::dialogue::{After, Asked, Deed, Last, Named, Piece, Question, Request};
use tasks_domain::id::{AccountId, OperationId, TaskId};
use tasks_language::{Context, Intent, Reading, amend, entitle, read_pick, step_asked, understand_within};

/// What became of a request.
pub(super) struct Acted {
    pub(super) reading: TextReading,
    pub(super) said: Said,
    pub(super) after: After,
}

/// A request with its reading.
#[derive(Clone)]
pub(super) struct Asking {
    pub(super) request: Request,
    pub(super) kept: TextReading,
    /// An assistant read it: what it proposes for more than one task is asked about.
    pub(super) proposed: bool,
}

impl Asking {
    /// A question whose answer completes the request; with the tasks that it is about or to choose from.
    pub(super) fn question(&self, asked: Asked, deed: Deed, tasks: Vec<TaskId>) -> Question {
        Question { asked, deed, request: self.request.clone(), tasks }
    }
}

impl<S: Store> Engine<S> {
    pub(super) async fn act(
        &self,
        account: AccountId,
        write: Write,
        turn: &Turn,
        request: Request,
    ) -> Result<Acted, EngineError> {
        let language = write.caller.language();
        let write = Write { instead_of: request.instead_of, ..write };
        let (reading, proposed) = self.read_request(&request, &language).await;
        let reading = self.finishes(account, &write, reading, &request, &language).await?;
        let kept = TextReading { text: request.text.clone(), reading };
        let asking = Asking { request, kept, proposed };
        let reading = &asking.kept.reading;
        let plain = |said, after| Acted { reading: asking.kept.clone(), said, after };
        match reading.intent {
            Intent::ListTasks => {
                let mut filter = asked::filter(&asking.request.text, reading, &language);
                for (_, text) in &asking.request.more {
                    asked::correct(&mut filter, text, &language);
                }
                Ok(plain(Said::List(filter), After::Asks(Request { instead_of: None, ..asking.request.clone() })))
            }
            Intent::Undo => {
                let steps = self.undo(account, write, asked::steps(&asking.request.text)).await?;
                let tasks = steps.iter().flat_map(|step| &step.written.tasks).filter(|shown| shown.task.exists);
                let after = After::Undone(tasks.map(|shown| shown.task.id).collect());
                Ok(plain(Said::Undone(steps), after))
            }
            Intent::Help => Ok(plain(Said::Help, After::Nothing)),
            Intent::None => Ok(plain(Said::NotOurs, After::Nothing)),
            Intent::CreateTask | Intent::SetReminder | Intent::CreateRecurring => {
                let means_known = reading.title.as_deref().is_some_and(|title| named::is_spoken_of(title, &turn.state));
                if means_known {
                    self.about_known(account, write, turn, &asking).await
                } else {
                    self.make(account, write, turn, &asking).await
                }
            }
            intent => match deed_of(intent) {
                Some(deed) => self.change(account, write, turn, &asking, deed).await,
                None => Ok(plain(Said::NotOurs, After::Nothing)),
            },
        }
    }

    /// Puts the question that the request leaves open.
    pub(super) async fn ask(
        &self,
        account: AccountId,
        write: &Write,
        asking: &Asking,
        question: Question,
    ) -> Result<Acted, EngineError> {
        let tasks = self.shown(account, write, question.tasks.clone()).await?;
        let said = Said::Ask { question: Box::new(question.clone()), tasks, again: false };
        Ok(Acted { reading: asking.kept.clone(), said, after: After::Asked(question) })
    }

    /// "finish the report" and "start the report" are something new to do, unless there is such a task: then it is done, or begun.
    async fn finishes(
        &self,
        account: AccountId,
        write: &Write,
        reading: Reading,
        request: &Request,
        language: &Context,
    ) -> Result<Reading, EngineError> {
        let said = request.text.trim();
        let verb = ["finish ", "complete "]
            .iter()
            .find(|verb| said.get(..verb.len()).is_some_and(|opening| opening.eq_ignore_ascii_case(verb)));
        let rest = verb.map(|verb| &said[verb.len()..]);
        let stepped = step_asked(said, language).map(|(_, rest)| rest).filter(|_| rest.is_none());
        let new = matches!(reading.intent, Intent::CreateTask | Intent::None);
        let (Some(words), true, None, true) = (rest.or(stepped), new, reading.due, request.more.is_empty()) else {
            return Ok(reading);
        };
        let name = named::called(words).to_owned();
        let sentence = if rest.is_some() { format!("mark {words} as done") } else { format!("start the {name} task") };
        let now = write.caller.now;
        match self.store().read(account, move |tx: &dyn StoreRead| named::only(tx, &name, now)).await? {
            // Of several, which is asked.
            Named::One(_) | Named::Several(_) => Ok(understand_within(&sentence, language, SCOPE)),
            Named::Nobody => Ok(reading),
        }
    }

    /// The reading of a request with what was said about it afterwards; whether an assistant proposed it.
    async fn read_request(&self, request: &Request, language: &Context) -> (Reading, bool) {
        let mut reading = understand_within(&request.text, language, SCOPE);
        let mut proposed = false;
        if reading.confidence < ASKED_BELOW {
            let doubt = Doubt { text: request.text.clone(), reading: reading.clone(), context: language.clone() };
            if let Some(better) = self.assistant().propose(doubt).await {
                (reading, proposed) = (better, true);
            }
        }
        for (piece, text) in &request.more {
            match piece {
                Piece::Title => retitle(&mut reading, text, language),
                Piece::Name => rename_target(&mut reading, text),
                Piece::Time | Piece::Value | Piece::Rule => {
                    // What says no values was not taken for an answer; a request of an older conversation may hold such all the same.
                    amend(&mut reading, text, language, SCOPE);
                }
            }
        }
        (reading, proposed)
    }
}

/// What a request came to that was done.
pub(super) fn done(
    asking: &Asking,
    deed: Deed,
    operation: OperationId,
    tasks: Vec<TaskId>,
    others: Vec<TaskId>,
    written: Written,
) -> Acted {
    let after = match &written.operation {
        Some(_) => {
            let request = asking.request.clone();
            After::Done(Last { operation, deed, request, tasks, others })
        }
        None => After::Unchanged(tasks),
    };
    Acted { reading: asking.kept.clone(), said: Said::Written(deed, Box::new(written)), after }
}

fn retitle(reading: &mut Reading, text: &str, language: &Context) {
    match reading.intent {
        Intent::UpdateTask => {
            let mut changes = reading.changes.take().unwrap_or_default();
            changes.title = Some(text.trim().to_owned());
            reading.changes = Some(changes);
        }
        _ => entitle(reading, text, language, SCOPE),
    }
}

/// The task is called otherwise: what else the sentence says of which one it is does not hold any more.
fn rename_target(reading: &mut Reading, text: &str) {
    // What chooses from a list keeps its words: "the second one".
    let name = if read_pick(text).is_some() || named::is_it(text) { text.trim() } else { named::called(text) };
    let name = Some(name.to_owned());
    if deed_of(reading.intent) == Some(Deed::Add) {
        reading.title = name;
        return;
    }
    reading.target = name;
    (reading.due, reading.project) = (None, None);
    reading.tags.clear();
}
