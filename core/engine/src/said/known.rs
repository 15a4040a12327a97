//! Sentences about tasks that are there.

use super::act::{Acted, Asking, done};
use super::named::Found;
use super::{SURE, Turn, UNASKED_MAX, changed, named, shown};
use crate::command::Understood;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::request::{Caller, Fields, Targets, TaskEdit, Write};
use crate::store::{Store, StoreRead};
use tasks_domain::command::{Command, Step};
use tasks_domain::dialogue::{Asked, Deed, Piece, Question};
use tasks_domain::error::Error;
use tasks_domain::id::{AccountId, TaskId};
use tasks_domain::reminder::Channel;
use tasks_language::{Changes, Intent, SpanKind, step_asked};

/// The tasks that are meant, or what has to be asked.
enum Meant {
    /// These; and others that could have been meant.
    Tasks { ids: Vec<TaskId>, others: Vec<TaskId> },
    /// Nothing is done before this is answered.
    Ask(Question),
}

/// The step that a change is, when it has no values: "start it", "reopen the report".
fn step_of(asking: &Asking, caller: &Caller) -> Option<Step> {
    let reading = &asking.kept.reading;
    let bare = reading.changes.as_ref().is_none_or(|changes| *changes == Changes::default());
    let (step, _) = step_asked(&asking.request.text, &caller.language())?;
    (bare && reading.intent == Intent::UpdateTask).then_some(step)
}

impl<S: Store> Engine<S> {
    /// Changes, finishes or deletes tasks.
    pub(super) async fn change(
        &self,
        account: AccountId,
        write: Write,
        turn: &Turn,
        asking: &Asking,
        deed: Deed,
    ) -> Result<Acted, EngineError> {
        let (ids, others) = match self.meant(account, &write, turn, asking, deed).await? {
            Meant::Tasks { ids, others } => (ids, others),
            Meant::Ask(question) => return self.ask(account, &write, asking, question).await,
        };
        let (kept, caller) = (asking.kept.clone(), write.caller.clone());
        let (operation, targets) = (write.operation, ids.clone());
        let step = step_of(asking, &write.caller);
        let understand = move |tx: &dyn StoreRead| {
            let mut warnings = Vec::new();
            let command = match (deed, step) {
                (Deed::Done, _) => Command::Step(Step::Done, targets.clone()),
                (Deed::Delete, _) => Command::Step(Step::Delete, targets.clone()),
                (Deed::Add | Deed::Edit, Some(step)) => Command::Step(step, targets.clone()),
                (Deed::Add | Deed::Edit, None) => {
                    Command::Edit(changed::patches(tx, &kept, &targets, &caller, &mut warnings)?)
                }
            };
            Ok(Understood::of(command, vec![kept.clone()], warnings))
        };
        let written = self.execute(account, write, understand).await?;
        Ok(done(asking, deed, operation, ids, others, written))
    }

    /// What asks for a reminder or a rule of a task that was spoken of: "remind me about it tomorrow", "make it repeat every monday".
    pub(super) async fn about_known(
        &self,
        account: AccountId,
        write: Write,
        turn: &Turn,
        asking: &Asking,
    ) -> Result<Acted, EngineError> {
        let mut asking = asking.clone();
        asking.kept.reading.target =
            asking.kept.reading.title.take().map(|title| named::without_verb(&title).to_owned());
        let said = |kinds: &[SpanKind]| {
            let spans = asking.kept.reading.spans.iter().filter(|span| kinds.contains(&span.kind));
            let texts = spans.filter_map(|span| asking.kept.text.get(span.span.start..span.span.end));
            let own = texts.collect::<Vec<_>>().join(" ");
            let mut more = asking.request.more.iter().filter(|(piece, _)| !matches!(piece, Piece::Name | Piece::Title));
            more.next_back().map_or(own, |(_, text)| text.clone())
        };
        let reminds = asking.kept.reading.intent == Intent::SetReminder;
        let repeats = asking.kept.reading.rrule.is_some();
        let (text, piece) = if repeats {
            (said(&[SpanKind::Rrule, SpanKind::Date, SpanKind::Time]), Piece::Rule)
        } else {
            let piece = if reminds { Piece::Time } else { Piece::Value };
            (said(&[SpanKind::Date, SpanKind::Time, SpanKind::Reminder]), piece)
        };
        let (ids, others) = match self.meant(account, &write, turn, &asking, Deed::Edit).await? {
            Meant::Tasks { ids, others } => (ids, others),
            Meant::Ask(question) => return self.ask(account, &write, &asking, question).await,
        };
        if text.trim().is_empty() {
            // The question is when to remind, as for something new.
            let deed = if reminds { Deed::Add } else { Deed::Edit };
            let question = asking.question(Asked::Piece(piece), deed, Vec::new());
            return self.ask(account, &write, &asking, question).await;
        }
        let operation = write.operation;
        let targets = Targets::from(ids.iter().map(TaskId::letters).collect::<Vec<_>>());
        let written = if reminds && !repeats {
            self.remind(account, write, targets, (vec![text], Channel::Desktop)).await?
        } else {
            let fields = Fields { repeat: repeats.then(|| text.clone()), ..Fields::default() };
            let text = if repeats { String::new() } else { text };
            self.edit(account, write, vec![TaskEdit { targets, text, fields, ..TaskEdit::default() }]).await?
        };
        Ok(done(&asking, Deed::Edit, operation, ids, others, written))
    }

    /// The tasks that a request is about.
    async fn meant(
        &self,
        account: AccountId,
        write: &Write,
        turn: &Turn,
        asking: &Asking,
        deed: Deed,
    ) -> Result<Meant, EngineError> {
        let (asking, state, agreed) = (asking.clone(), turn.state.clone(), turn.agreed);
        let (operation, caller, dry_run) = (write.operation, write.caller.clone(), write.dry_run);
        let look = move |tx: &dyn StoreRead| {
            // A request sent again is answered by the operation itself, whatever its words name by now.
            let again = tx.operation(operation)?.is_some();
            let chosen = &asking.request.chosen;
            let found = if again || !chosen.is_empty() {
                let there = shown(tx, chosen, caller.now)?.iter().map(|shown| shown.task.id).collect();
                Ok(Found::these(there))
            } else {
                named::tasks(tx, &asking.kept, &caller, deed, &state)
            };
            let found = match found {
                Err(EngineError::Domain(Error::NoTaskNamed)) => {
                    return Ok(Meant::Ask(asking.question(Asked::Piece(Piece::Name), deed, Vec::new())));
                }
                found => found?,
            };
            let (ids, by_filter, others) = match found {
                Found::Several(ids) => return Ok(Meant::Ask(asking.question(Asked::Which, deed, ids))),
                Found::Tasks { ids, by_filter, others } => (ids, by_filter, others),
            };
            if !again
                && step_of(&asking, &caller).is_none()
                && let Some(piece) = changed::missing(&asking.kept)
            {
                let mut question = asking.question(Asked::Piece(piece), deed, ids.clone());
                question.request.chosen = ids;
                return Ok(Meant::Ask(question));
            }
            let doubtful = asking.kept.reading.confidence < SURE && chosen.is_empty() && asking.request.more.is_empty();
            let many = ids.len() > UNASKED_MAX || asking.proposed && ids.len() > 1;
            let asks = (doubtful || by_filter || many) && !again && !asking.request.agreed && !agreed && !dry_run;
            Ok(if asks { Meant::Ask(asking.question(Asked::Sure, deed, ids)) } else { Meant::Tasks { ids, others } })
        };
        self.store().read(account, look).await
    }
}
