//! Search: from words to the tasks that fit them best.

use crate::error::EngineError;
use crate::request::{Hit, SearchQuery, Searched};
use crate::select;
use crate::store::{Class, StoreRead, Stretch};
use crate::view::Viewer;
use std::ops::ControlFlow;
use tasks_domain::error::Error;
use tasks_domain::filter::Need;
use tasks_domain::search::{Fit, Wanted, fit};
use tasks_domain::task::Task;

/// Most terms that stand for one word.
const TERMS_MAX: usize = 200;
/// Most terms that are compared with a word that is nowhere as it was typed.
const COMPARED_MAX: usize = 20_000;
/// Tasks that are weighed: of more that fit, the newest.
const WEIGHED_MAX: usize = 1_000;
/// Greater than every character that a term goes on with.
const LAST: char = '\u{10ffff}';

/// The tasks that fit best: open ones first, then those with more of the words, then by their score.
pub(crate) fn search(tx: &dyn StoreRead, query: &SearchQuery) -> Result<Searched, EngineError> {
    let mut wanted = Wanted::all(&query.text);
    if wanted.is_empty() {
        return Err(Error::NothingToSearch { text: query.text.clone() }.into());
    }
    wanted.iter_mut().try_for_each(|one| know(tx, one))?;
    let rows = rows(tx, &wanted)?;
    let filter = select::read_for_counts(tx, &query.filter, &query.caller)?;
    let now = query.caller.now;
    let mut found: Vec<(Fit, Task, Option<u32>)> = Vec::new();
    for class in select::classes(&filter).into_iter().filter(|class| *class != Class::Gone) {
        let mut failed = None;
        tx.scan_rows(&Stretch::all(class), &rows, &mut |row| {
            let Some(fit) = fit(&wanted, &row.task, now) else { return ControlFlow::Continue(()) };
            match select::holds(tx, &filter, &row.task, now) {
                Ok(true) => found.push((fit, row.task, row.number)),
                Ok(false) => {}
                Err(error) => {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        })?;
        failed.map_or(Ok(()), Err)?;
    }
    found.sort_by(|(a, one, _), (b, other, _)| b.compare(a).then_with(|| one.id.cmp(&other.id)));
    let more = found.len() > query.limit;
    found.truncate(query.limit);
    let mut viewer = Viewer::new(tx, now);
    let hit = |(fit, task, number)| Ok(Hit { shown: viewer.shown(task, number, false)?, fit });
    let hits = found.into_iter().map(hit).collect::<Result<_, EngineError>>()?;
    let meant = wanted.iter().filter_map(|one| Some((one.word().to_owned(), one.meant()?.to_owned()))).collect();
    Ok(Searched { hits, more, meant })
}

/// Finds out which terms stand for a word: those that begin with it; without any, those that it may be a slip of.
fn know(tx: &dyn StoreRead, wanted: &mut Wanted) -> Result<(), EngineError> {
    let word = wanted.word().to_owned();
    wanted.take_begun(tx.terms(&word, &format!("{word}{LAST}"), TERMS_MAX)?);
    if wanted.is_known() {
        return Ok(());
    }
    // The first letter is seldom wrong, and the first two may be swapped: what begins otherwise need not be compared.
    let mut begins: Vec<char> = word.chars().take(2).collect();
    begins.dedup();
    for begin in begins {
        wanted.take_near(tx.terms(&begin.to_string(), &format!("{begin}{LAST}"), COMPARED_MAX)?);
    }
    Ok(())
}

/// Rows that have all words, or any of them when none has all.
fn rows(tx: &dyn StoreRead, wanted: &[Wanted]) -> Result<Vec<i64>, EngineError> {
    let needs = wanted.iter().filter(|one| one.is_known());
    let needs: Vec<Need> =
        needs.map(|one| Need::Any(one.terms().map(|term| Need::Term(term.to_owned())).collect())).collect();
    if needs.is_empty() {
        return Ok(Vec::new());
    }
    let all = needs.len() == wanted.len();
    let mut rows = if all { tx.newest_with(&Need::All(needs.clone()), WEIGHED_MAX)? } else { Vec::new() };
    if rows.is_empty() {
        rows = tx.newest_with(&Need::Any(needs), WEIGHED_MAX)?;
    }
    rows.sort_unstable();
    Ok(rows)
}
