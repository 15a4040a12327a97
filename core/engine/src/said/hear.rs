//! What was said, as the dialogue needs to know it: read by the language, and held against the titles of tasks.

use super::{SURE, Turn, named};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::lookup;
use crate::request::Write;
use crate::store::{Store, StoreRead};
use crate::text::SCOPE;
use tasks_domain::dialogue::{Asked, Deed, Heard, Move, Named, Piece, Question, Reply, State, step};
use tasks_domain::id::{AccountId, TaskId};
use tasks_domain::naming::{Meant, Name, decide};
use tasks_language::{Intent, Reading, read_reply, says_values, understand_within};

/// How sure a reading must be to be a command where a title is waited for: "finish the report" is one.
const SURE_OVER_TITLE: f32 = 0.9;

impl<S: Store> Engine<S> {
    /// What the thing said comes to.
    pub(super) async fn hear(&self, account: AccountId, write: &Write, turn: &Turn) -> Result<Move, EngineError> {
        let (state, language) = (&turn.state, write.caller.language());
        if turn.text.trim().is_empty() {
            return Ok(Move::Do(tasks_domain::dialogue::Request::new("")));
        }
        let reply = read_reply(&turn.text);
        let core = match &reply {
            Reply::Correction { rest, .. } => *rest,
            _ => turn.text.trim(),
        };
        let reading = understand_within(core, &language, SCOPE);
        let about = request_in_mind(state).map(|text| understand_within(text, &language, SCOPE).intent);
        let values = about.is_some_and(|intent| says_values(intent, core, &language, SCOPE))
            || about.is_none() && says_values(Intent::UpdateTask, core, &language, SCOPE);
        let named = match &state.question {
            Some(Question { asked: Asked::Which, tasks, .. }) => {
                let (ids, name) = (tasks.clone(), Name::of(named::called(core)));
                self.store().read(account, move |tx: &dyn StoreRead| among(tx, &ids, &name)).await?
            }
            None => match only_named(core) {
                Some(words) => {
                    let (words, now) = (words.to_owned(), write.caller.now);
                    self.store().read(account, move |tx: &dyn StoreRead| named::only(tx, &words, now)).await?
                }
                None => Named::Nobody,
            },
            Some(_) => Named::Nobody,
        };
        // "actually, wash the car" is no correction of a date; what stands behind the first word is said.
        let unsaid = matches!(reply, Reply::Correction { sure: false, .. }) && opens_idly(&turn.text);
        let corrects = matches!(reply, Reply::Correction { .. });
        let heard = Heard {
            text: if unsaid { core } else { turn.text.trim() },
            // "urgent" after a change is its correction before it is anything else.
            commands: commands(&reading, state.question.as_ref()) && !(corrects && values),
            same: is_same(state, &reading),
            values,
            named,
            reply,
        };
        Ok(step(state, &heard))
    }
}

/// Whether the first word says nothing by itself.
fn opens_idly(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    ["actually", "sorry", "oops"].iter().any(|idle| idle.eq_ignore_ascii_case(first))
}

/// The name in a text that says nothing else: "the milk one".
fn only_named(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let begins = lower.starts_with("the ") && (lower.ends_with(" one") || lower.ends_with(" task"));
    let end = text.rfind(' ')?;
    (begins && end > 4).then(|| text[4..end].trim()).filter(|name| !name.is_empty())
}

/// The sentence that is completed or corrected.
fn request_in_mind(state: &State) -> Option<&str> {
    let question = state.question.as_ref().map(|question| question.request.text.as_str());
    let done = state.last.as_ref().map(|last| last.request.text.as_str());
    question.or(done).or_else(|| state.asked.as_ref().map(|request| request.text.as_str()))
}

/// Whether a text asks for something by itself.
fn commands(reading: &Reading, question: Option<&Question>) -> bool {
    let waits_for_title = question.is_some_and(|question| question.asked == Asked::Piece(Piece::Title));
    if waits_for_title {
        let plain = matches!(reading.intent, Intent::Undo | Intent::Help | Intent::ListTasks);
        return plain && reading.confidence > SURE_OVER_TITLE;
    }
    let ours = !matches!(reading.intent, Intent::CreateTask | Intent::None);
    ours && reading.confidence >= SURE
}

/// What an intent asks to be done.
pub(super) fn deed_of(intent: Intent) -> Option<Deed> {
    Some(match intent {
        Intent::CreateTask | Intent::SetReminder | Intent::CreateRecurring => Deed::Add,
        Intent::UpdateTask | Intent::Snooze => Deed::Edit,
        Intent::CompleteTask => Deed::Done,
        Intent::DeleteTask => Deed::Delete,
        Intent::ListTasks | Intent::Undo | Intent::Help | Intent::None => return None,
    })
}

/// Whether a command does again to "it" what was done last.
fn is_same(state: &State, reading: &Reading) -> bool {
    let Some(last) = &state.last else { return false };
    let is_it = reading.target.as_deref().is_some_and(named::is_it);
    last.deed == Deed::Edit && deed_of(reading.intent) == Some(last.deed) && is_it
}

/// Which of these tasks the words name.
fn among(tx: &dyn StoreRead, ids: &[TaskId], name: &Name) -> Result<Named, EngineError> {
    let mut like = Vec::new();
    for id in ids {
        let Some(task) = lookup::task(tx, *id)?.filter(|task| task.exists) else { continue };
        let likeness = name.likeness(&named::nameable(&task, &named::labels(&task)));
        like.push((*id, likeness, task.modified_at));
    }
    Ok(match decide(like) {
        Meant::Nobody => Named::Nobody,
        Meant::One(id) => Named::One(id),
        Meant::Several(ids) => Named::Several(ids),
    })
}
