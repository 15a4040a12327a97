//! How far one has come: up to which event everything is done, though events end in any order.

use super::place::Place;
use crate::error::CliError;
use std::collections::VecDeque;

/// Stands for one event until it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticket(u64);

/// The events at work, in their order.
#[derive(Debug)]
pub(super) struct Progress {
    place: Option<Place>,
    /// Number of the first in `open`.
    first: u64,
    /// Cursor of each, and whether it is done.
    open: VecDeque<(String, bool)>,
}

impl Progress {
    /// Kept in that place, if there is one.
    pub(super) fn new(place: Option<Place>) -> Self {
        Self { place, first: 0, open: VecDeque::new() }
    }

    /// One more, behind all others.
    pub(super) fn begin(&mut self, cursor: &str) -> Ticket {
        self.open.push_back((cursor.to_owned(), false));
        Ticket(self.first + self.open.len() as u64 - 1)
    }

    /// It is done. Keeps the place behind the last event before which all are.
    pub(super) fn end(&mut self, ticket: Ticket) -> Result<(), CliError> {
        let at = usize::try_from(ticket.0 - self.first).unwrap_or(usize::MAX);
        if let Some((_, done)) = self.open.get_mut(at) {
            *done = true;
        }
        let mut behind = None;
        while let Some((cursor, _)) = self.open.pop_front_if(|(_, done)| *done) {
            self.first += 1;
            behind = Some(cursor);
        }
        match (behind, &mut self.place) {
            (Some(cursor), Some(place)) => place.keep(&cursor),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_moves_only_over_events_that_are_done() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("place");
        let read = || std::fs::read_to_string(&file).unwrap().trim().to_owned();
        let mut progress = Progress::new(Some(Place::open(&file).unwrap()));
        let tickets: Vec<Ticket> = (1..=4).map(|n| progress.begin(&format!("kkkkkkkk-{n}"))).collect();
        progress.end(tickets[1]).unwrap();
        assert_eq!(read(), "", "the first is still at work");
        progress.end(tickets[0]).unwrap();
        assert_eq!(read(), "kkkkkkkk-2");
        progress.end(tickets[3]).unwrap();
        progress.end(tickets[2]).unwrap();
        assert_eq!(read(), "kkkkkkkk-4");
        let next = progress.begin("kkkkkkkk-10");
        progress.end(next).unwrap();
        assert_eq!(read(), "kkkkkkkk-10");
    }
}
