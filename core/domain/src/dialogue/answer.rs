//! What a thing said means in a conversation: the table of the dialogue.

use super::{Asked, Deed, Last, Pick, Piece, Question, Reply, Request, State};
use crate::id::TaskId;

/// Which tasks the words of an answer name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Named {
    /// None.
    #[default]
    Nobody,
    /// This one, without doubt.
    One(TaskId),
    /// Any of these.
    Several(Vec<TaskId>),
}

/// What was said, as the language understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard<'a> {
    /// As it was said.
    pub text: &'a str,
    /// As an answer.
    pub reply: Reply<'a>,
    /// It asks for something by itself, whatever was said before: a list, a change, help. Of a correction, what is right instead does.
    pub commands: bool,
    /// The command is about what the conversation is about, and of the kind that was done last: "no, move it to friday".
    pub same: bool,
    /// It says a new value and nothing else: a date, a priority, how often. Of a correction, what is right instead.
    pub values: bool,
    /// Those that its words name: of the tasks to choose from when a question asks which; without a question, the open task that is
    /// named and nothing else said of it ("the milk one").
    pub named: Named,
}

/// A short remark that changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// There is no question that could be dropped.
    NothingOpen,
    /// There is nothing that could be corrected.
    NothingToCorrect,
    /// "no" to something that was done.
    WhatInstead,
    /// "yes" to nothing.
    Glad,
}

/// What is to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// This is asked for.
    Do(Request),
    /// This has to be asked first.
    Ask(Question),
    /// The answer is none: the open question is asked again.
    Again(Question),
    /// The open question is dropped, and nothing is done.
    Drop(Question),
    /// These tasks are spoken of, and nothing is said about what to do with them.
    About(Vec<TaskId>),
    /// Nothing but a remark.
    Say(Remark),
}

/// What the thing heard comes to.
pub fn step(state: &State, heard: &Heard) -> Move {
    match &state.question {
        Some(question) => answer(question, heard),
        None => afresh(state, heard),
    }
}

/// With an open question.
fn answer(question: &Question, heard: &Heard) -> Move {
    let dropped = matches!(heard.reply, Reply::Cancel | Reply::No);
    if dropped {
        return Move::Drop(question.clone());
    }
    let request = || question.request.clone();
    let again = || if heard.commands { Move::Do(Request::new(heard.text)) } else { Move::Again(question.clone()) };
    match question.asked {
        Asked::Sure => match &heard.reply {
            Reply::Yes => Move::Do(Request { agreed: true, ..request().about(question.tasks.clone()) }),
            Reply::Pick(pick) => match pick.of(&question.tasks) {
                Some(chosen) => Move::Do(Request { agreed: true, ..request().about(chosen) }),
                None => again(),
            },
            Reply::Correction { rest, .. } if heard.values => {
                Move::Do(request().about(question.tasks.clone()).with(Piece::Value, *rest))
            }
            _ => again(),
        },
        Asked::Which => match (&heard.reply, &heard.named) {
            (Reply::Pick(pick), _) if pick.of(&question.tasks).is_some() => {
                Move::Do(request().about(pick.of(&question.tasks).unwrap_or_default()))
            }
            (_, Named::One(task)) if !heard.commands => Move::Do(request().about(vec![*task])),
            (_, Named::Several(tasks)) if !heard.commands && tasks.len() < question.tasks.len() => {
                Move::Ask(Question { tasks: tasks.clone(), ..question.clone() })
            }
            _ => again(),
        },
        Asked::Piece(piece @ (Piece::Name | Piece::Title)) => match &heard.reply {
            _ if heard.commands => again(),
            Reply::Correction { rest, .. } => Move::Do(request().with(piece, *rest)),
            _ => Move::Do(request().with(piece, heard.text)),
        },
        Asked::Piece(piece) => match &heard.reply {
            Reply::Correction { rest, .. } if heard.values => Move::Do(request().with(piece, *rest)),
            _ if heard.values => Move::Do(request().with(piece, heard.text)),
            _ => again(),
        },
    }
}

/// Without an open question.
fn afresh(state: &State, heard: &Heard) -> Move {
    match &heard.reply {
        Reply::Yes => Move::Say(Remark::Glad),
        Reply::No if state.last.is_some() => Move::Say(Remark::WhatInstead),
        Reply::No | Reply::Cancel => Move::Say(Remark::NothingOpen),
        Reply::Pick(Pick::Other) => swap(state.last.as_ref()),
        Reply::Pick(pick) => {
            let of_list = pick.of(&state.listed);
            match of_list.or_else(|| pick.of(&state.topic)) {
                Some(tasks) => Move::About(tasks),
                None => Move::Do(Request::new(heard.text)),
            }
        }
        Reply::Correction { rest, sure } => correct(state, heard, rest, *sure),
        Reply::Also(rest) => match &state.last {
            Some(last) if last.deed != Deed::Add && !heard.commands => {
                let request = Request { instead_of: None, ..last.request.clone().about(Vec::new()) };
                Move::Do(request.with(Piece::Name, *rest))
            }
            _ => Move::Do(Request::new(heard.text)),
        },
        Reply::Other => match &heard.named {
            Named::One(task) => Move::About(vec![*task]),
            _ if adds_values(state, heard) => correct(state, heard, heard.text, true),
            _ => Move::Do(Request::new(heard.text)),
        },
    }
}

/// "tomorrow at 5" behind "buy flowers": values, and nothing that they could be of but what was made or changed last.
fn adds_values(state: &State, heard: &Heard) -> bool {
    let takes_values = state.last.as_ref().is_some_and(|last| matches!(last.deed, Deed::Add | Deed::Edit));
    takes_values && heard.values && !heard.commands
}

/// "not that one, the other".
fn swap(last: Option<&Last>) -> Move {
    let Some(last) = last.filter(|last| last.deed != Deed::Add) else { return Move::Say(Remark::NothingToCorrect) };
    let request = Request { instead_of: Some(last.operation), agreed: false, ..last.request.clone().about(Vec::new()) };
    match last.others.as_slice() {
        [] => {
            let asked = Asked::Piece(Piece::Name);
            Move::Ask(Question { asked, deed: last.deed, request, tasks: Vec::new() })
        }
        [other] => Move::Do(request.about(vec![*other])),
        others => Move::Ask(Question { asked: Asked::Which, deed: last.deed, request, tasks: others.to_vec() }),
    }
}

/// "no, friday".
fn correct(state: &State, heard: &Heard, rest: &str, sure: bool) -> Move {
    let Some(last) = &state.last else {
        // "show me friday", "no, saturday"
        if let Some(request) = state.asked.as_ref().filter(|_| heard.values && !heard.commands) {
            return Move::Do(request.clone().with(Piece::Value, rest));
        }
        return match sure {
            _ if heard.values && !heard.commands => Move::Say(Remark::NothingToCorrect),
            true => Move::Do(Request::new(rest)),
            false => Move::Do(Request::new(heard.text)),
        };
    };
    let instead_of = Some(last.operation);
    if heard.commands {
        let request = Request::new(rest);
        return Move::Do(if heard.same {
            Request { instead_of, ..request.about(last.tasks.clone()) }
        } else {
            request
        });
    }
    let base = Request { instead_of, agreed: false, ..last.request.clone() };
    if heard.values {
        let chosen = if last.deed == Deed::Add { Vec::new() } else { last.tasks.clone() };
        return Move::Do(Request { agreed: true, ..base.about(chosen).with(Piece::Value, rest) });
    }
    if !sure {
        // "wait for the plumber" is something new, whole.
        return Move::Do(Request::new(heard.text));
    }
    let piece = if last.deed == Deed::Add { Piece::Title } else { Piece::Name };
    Move::Do(base.about(Vec::new()).with(piece, rest))
}
