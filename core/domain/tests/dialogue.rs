//! The table of the dialogue: what was in mind and what was heard, and the move that follows.

use proptest::prelude::*;
use tasks_domain::dialogue::{
    After, Asked, Deed, Heard, KEPT_MAX, Last, Move, Named, Pick, Piece, Question, Remark, Reply, Request, State, step,
};
use tasks_domain::id::{OperationId, TaskId};

fn task(n: u8) -> TaskId {
    TaskId::from_bytes([n; 16])
}

fn operation() -> OperationId {
    OperationId::from_bytes([9; 16])
}

fn heard<'a>(text: &'a str, reply: Reply<'a>) -> Heard<'a> {
    Heard { text, reply, commands: false, same: false, values: false, named: Named::Nobody }
}

fn asking(asked: Asked, tasks: &[TaskId]) -> State {
    let request = Request::new("delete milk");
    let question = Question { asked, deed: Deed::Delete, request, tasks: tasks.to_vec() };
    State { question: Some(question), ..State::default() }
}

fn done(deed: Deed, others: &[TaskId]) -> State {
    let request = Request::new("move milk to thursday");
    let last = Last { operation: operation(), deed, request, tasks: vec![task(1)], others: others.to_vec() };
    State::default().after(After::Done(last))
}

fn chosen(got: Move) -> Vec<TaskId> {
    match got {
        Move::Do(request) => request.chosen,
        other => panic!("nothing is done: {other:?}"),
    }
}

#[test]
fn one_of_several_is_chosen_by_place_or_words() {
    let state = asking(Asked::Which, &[task(1), task(2), task(3)]);
    let pick = |pick| chosen(step(&state, &heard("", Reply::Pick(pick))));
    assert_eq!(pick(Pick::At(vec![2])), [task(2)]);
    assert_eq!(pick(Pick::At(vec![3, 1])), [task(3), task(1)]);
    assert_eq!(pick(Pick::Last(1)), [task(3)]);
    assert_eq!(pick(Pick::First(2)), [task(1), task(2)]);
    assert_eq!(pick(Pick::All).len(), 3);
    let named = Heard { named: Named::One(task(2)), ..heard("the oat one", Reply::Other) };
    assert_eq!(chosen(step(&state, &named)), [task(2)]);
    let fewer = Heard { named: Named::Several(vec![task(1), task(2)]), ..heard("milk", Reply::Other) };
    assert!(matches!(step(&state, &fewer), Move::Ask(question) if question.tasks == [task(1), task(2)]));
    for nothing in [Reply::Other, Reply::Yes, Reply::Pick(Pick::At(vec![4])), Reply::Pick(Pick::First(9))] {
        assert!(matches!(step(&state, &heard("x", nothing.clone())), Move::Again(_)), "{nothing:?}");
    }
    for dropped in [Reply::Cancel, Reply::No] {
        assert!(matches!(step(&state, &heard("x", dropped)), Move::Drop(_)));
    }
    let other = Heard { commands: true, ..heard("what is due", Reply::Other) };
    assert_eq!(step(&state, &other), Move::Do(Request::new("what is due")), "a new sentence goes before the question");
}

#[test]
fn only_a_yes_agrees() {
    let state = asking(Asked::Sure, &[task(1), task(2), task(3)]);
    match step(&state, &heard("yes", Reply::Yes)) {
        Move::Do(request) => assert_eq!((request.agreed, request.chosen.len()), (true, 3)),
        other => panic!("{other:?}"),
    }
    assert_eq!(chosen(step(&state, &heard("the first", Reply::Pick(Pick::At(vec![1]))))), [task(1)]);
    assert!(matches!(step(&state, &heard("hmm", Reply::Other)), Move::Again(_)));
    assert!(matches!(step(&state, &heard("no", Reply::No)), Move::Drop(_)));
    let correction = Heard { values: true, ..heard("no, friday", Reply::Correction { rest: "friday", sure: true }) };
    match step(&state, &correction) {
        Move::Do(request) => {
            assert_eq!(request.more, [(Piece::Value, "friday".to_owned())]);
            assert!(!request.agreed, "what is corrected is asked about again");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_missing_piece_takes_what_fits_it() {
    for (piece, values, taken) in [
        (Piece::Time, true, true),
        (Piece::Time, false, false),
        (Piece::Value, true, true),
        (Piece::Rule, false, false),
        (Piece::Title, false, true),
        (Piece::Name, false, true),
    ] {
        let state = asking(Asked::Piece(piece), &[]);
        let got = step(&state, &Heard { values, ..heard("something", Reply::Other) });
        match got {
            Move::Do(request) => assert_eq!((taken, request.more), (true, vec![(piece, "something".to_owned())])),
            Move::Again(_) => assert!(!taken, "{piece:?}"),
            other => panic!("{other:?}"),
        }
        assert!(matches!(step(&state, &heard("never mind", Reply::Cancel)), Move::Drop(_)));
    }
}

#[test]
fn a_correction_takes_the_last_thing_back_and_does_it_right() {
    let said = |deed, values, commands| {
        let heard = Heard { values, commands, ..heard("no, friday", Reply::Correction { rest: "friday", sure: true }) };
        match step(&done(deed, &[]), &heard) {
            Move::Do(request) => request,
            other => panic!("{other:?}"),
        }
    };
    let edited = said(Deed::Edit, true, false);
    assert_eq!((edited.instead_of, edited.chosen.as_slice()), (Some(operation()), [task(1)].as_slice()));
    let added = said(Deed::Add, true, false);
    assert_eq!((added.instead_of, added.chosen.len()), (Some(operation()), 0), "what was made is made anew");
    assert_eq!(said(Deed::Add, false, false).more, [(Piece::Title, "friday".to_owned())]);
    assert_eq!(said(Deed::Done, false, false).more, [(Piece::Name, "friday".to_owned())]);
    assert_eq!(said(Deed::Edit, false, true).instead_of, None, "another command takes nothing back");
    let nothing = Heard { values: true, ..heard("no, friday", Reply::Correction { rest: "friday", sure: true }) };
    assert_eq!(step(&State::default(), &nothing), Move::Say(Remark::NothingToCorrect));
    let plumber = heard("wait for the plumber", Reply::Correction { rest: "for the plumber", sure: false });
    assert_eq!(step(&done(Deed::Edit, &[]), &plumber), Move::Do(Request::new("wait for the plumber")));
}

#[test]
fn the_other_one_is_the_one_that_could_have_been_meant() {
    let other = || heard("the other one", Reply::Pick(Pick::Other));
    let swapped = step(&done(Deed::Done, &[task(2)]), &other());
    assert!(
        matches!(&swapped, Move::Do(request) if request.instead_of == Some(operation()) && request.chosen == [task(2)])
    );
    assert!(matches!(
        step(&done(Deed::Done, &[task(2), task(3)]), &other()),
        Move::Ask(Question { asked: Asked::Which, .. })
    ));
    assert!(matches!(
        step(&done(Deed::Delete, &[]), &other()),
        Move::Ask(Question { asked: Asked::Piece(Piece::Name), .. })
    ));
    assert_eq!(step(&done(Deed::Add, &[]), &other()), Move::Say(Remark::NothingToCorrect));
    assert_eq!(step(&State::default(), &other()), Move::Say(Remark::NothingToCorrect));
}

#[test]
fn a_list_is_what_places_and_them_are_of() {
    let state = State::default().after(After::Listed(vec![task(1), task(2), task(3)]));
    assert_eq!(state.topic, state.listed);
    assert_eq!(step(&state, &heard("2", Reply::Pick(Pick::At(vec![2])))), Move::About(vec![task(2)]));
    let state = state.after(After::About(vec![task(2)]));
    assert_eq!((state.topic.as_slice(), state.listed.len()), ([task(2)].as_slice(), 3), "the list stays in mind");
    let which = Question {
        asked: Asked::Which,
        deed: Deed::Done,
        request: Request::new("finish it"),
        tasks: vec![task(5), task(6)],
    };
    assert_eq!(state.after(After::Asked(which)).listed, [task(5), task(6)]);
}

#[test]
fn a_list_is_corrected_until_something_else_is_asked_for() {
    let asks =
        |state: State| state.after(After::Asks(Request::new("show me friday"))).after(After::Listed(vec![task(1)]));
    let said = Heard { values: true, ..heard("no, saturday", Reply::Correction { rest: "saturday", sure: true }) };
    let state = asks(done(Deed::Edit, &[]));
    assert_eq!(step(&state, &said), Move::Do(Request::new("show me friday").with(Piece::Value, "saturday")));
    let later = state.after(After::Nothing);
    assert_eq!(step(&later, &said), Move::Say(Remark::NothingToCorrect));
}

#[test]
fn answers_to_nothing_do_nothing() {
    let state = State::default();
    assert_eq!(step(&state, &heard("yes", Reply::Yes)), Move::Say(Remark::Glad));
    assert_eq!(step(&state, &heard("never mind", Reply::Cancel)), Move::Say(Remark::NothingOpen));
    assert_eq!(step(&state, &heard("no", Reply::No)), Move::Say(Remark::NothingOpen));
    assert_eq!(step(&done(Deed::Done, &[]), &heard("no", Reply::No)), Move::Say(Remark::WhatInstead));
}

#[test]
fn every_question_has_words_and_an_example() {
    let pieces = [Piece::Name, Piece::Title, Piece::Time, Piece::Value, Piece::Rule];
    let asked = [Asked::Which, Asked::Sure].into_iter().chain(pieces.map(Asked::Piece));
    for asked in asked {
        for deed in [Deed::Add, Deed::Edit, Deed::Done, Deed::Delete] {
            let question = Question { asked, deed, request: Request::new("move it"), tasks: vec![task(1)] };
            assert!(question.words().ends_with('?') && !question.example().is_empty(), "{asked:?} {deed:?}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_in_mind_stays_within_its_bounds_and_survives_its_bytes(
        ids in proptest::collection::vec(any::<u8>(), 0..200),
        texts in proptest::collection::vec("\\PC{0,30}", 0..40),
        bytes in proptest::collection::vec(any::<u8>(), 0..60),
    ) {
        let ids: Vec<TaskId> = ids.into_iter().map(task).collect();
        let mut request = Request::new("x");
        for text in texts {
            request = request.with(Piece::Value, text);
        }
        let last = Last { operation: operation(), deed: Deed::Edit, request, tasks: ids.clone(), others: ids.clone() };
        let state = State::default().after(After::Listed(ids)).after(After::Done(last));
        prop_assert!(state.topic.len() <= KEPT_MAX && state.listed.len() <= KEPT_MAX);
        prop_assert!(state.encode().len() < 16 * 1024, "{}", state.encode().len());
        prop_assert_eq!(State::decode(&state.encode()), Some(state));
        let _ = State::decode(&bytes);
    }
}
