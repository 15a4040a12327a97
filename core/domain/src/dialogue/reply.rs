//! What a short thing said can be: an answer, a choice, a correction.

/// Which of some things in a row are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Those at these places, from 1: "the second one", "1 and 3".
    At(Vec<usize>),
    /// So many from the beginning: "the first two".
    First(usize),
    /// So many from the end: "the last one".
    Last(usize),
    /// "all of them", "both".
    All,
    /// The one that it was not: "the other one".
    Other,
}

impl Pick {
    /// Those of the row; `None` when one of them is not there, or when it does not say which.
    pub fn of<T: Copy + PartialEq>(&self, row: &[T]) -> Option<Vec<T>> {
        if row.is_empty() {
            return None;
        }
        match self {
            Self::At(places) => {
                let mut found: Vec<T> = Vec::with_capacity(places.len());
                for place in places {
                    let one = *row.get(place.checked_sub(1)?)?;
                    if !found.contains(&one) {
                        found.push(one);
                    }
                }
                Some(found)
            }
            Self::First(count) => (1..=row.len()).contains(count).then(|| row[..*count].to_vec()),
            Self::Last(count) => (1..=row.len()).contains(count).then(|| row[row.len() - count..].to_vec()),
            Self::All => Some(row.to_vec()),
            Self::Other => None,
        }
    }
}

/// What was said, as far as it is an answer to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply<'a> {
    /// "yes", "go ahead".
    Yes,
    /// "no", "don't".
    No,
    /// "never mind", "forget it".
    Cancel,
    /// "the second one", "2", "both".
    Pick(Pick),
    /// "no, friday", "i meant 6pm": what is right instead.
    Correction {
        /// What is right.
        rest: &'a str,
        /// It can be nothing else: "actually, buy bread" may be something new, "i meant bread" may not.
        sure: bool,
    },
    /// "and the bread too": the same with something else.
    Also(&'a str),
    /// Anything else.
    Other,
}
