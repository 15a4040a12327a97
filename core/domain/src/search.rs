//! Search: how well a task fits words that somebody remembers, slips of the finger included.
//!
//! Pure: which terms there are and which tasks have them is the store's to tell; what fits a word, and how well, is decided here.

use crate::task::{Status, Task};
use crate::text::{Project, Tag};
use crate::when::Now;
use crate::words::{distance, fold, spans, words};

/// Most words of a search; more are left out.
pub const WORDS_MAX: usize = 16;
/// Most terms that stand for one word.
const FORMS_MAX: usize = 64;

/// How a term stands for a word that was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Whole,
    /// It goes on.
    Begins,
    /// With so many slips.
    Slips(usize),
}

impl Form {
    fn weight(self) -> f64 {
        match self {
            Self::Whole => 1.0,
            Self::Begins => 0.7,
            Self::Slips(1) => 0.5,
            Self::Slips(_) => 0.3,
        }
    }
}

/// One word that is looked for, with the terms that stand for it.
#[derive(Clone, Debug)]
pub struct Wanted {
    word: String,
    forms: Vec<(String, Form)>,
}

impl Wanted {
    /// The words of a text, before anything stands for them.
    pub fn all(text: &str) -> Vec<Self> {
        words(text).take(WORDS_MAX).map(|word| Self { word, forms: Vec::new() }).collect()
    }

    /// The word, folded.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// The terms that stand for it.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(|(term, _)| term.as_str())
    }

    /// Takes terms that begin with the word.
    pub fn take_begun(&mut self, terms: impl IntoIterator<Item = String>) {
        for term in terms {
            let form = if term == self.word { Form::Whole } else { Form::Begins };
            self.forms.push((term, form));
        }
    }

    /// Takes those of the terms that the word may have been meant to be. Short words and numbers are meant as they are.
    pub fn take_near(&mut self, terms: impl IntoIterator<Item = String>) {
        let most = match self.word.chars().count() {
            0..4 => return,
            4..8 => 1,
            _ => 2,
        };
        if self.word.bytes().all(|b| b.is_ascii_digit()) {
            return;
        }
        let near = |term: String| distance(&self.word, &term, most).map(|slips| (term, Form::Slips(slips)));
        self.forms.extend(terms.into_iter().filter_map(near));
        self.forms.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
        self.forms.dedup();
        self.forms.truncate(FORMS_MAX);
    }

    /// Whether anything stands for it.
    pub fn is_known(&self) -> bool {
        !self.forms.is_empty()
    }

    /// What it was taken for when it is nowhere as it was typed.
    pub fn meant(&self) -> Option<&str> {
        self.forms.first().filter(|(_, form)| matches!(form, Form::Slips(_))).map(|(term, _)| term.as_str())
    }

    fn fits(&self, word: &str) -> Option<Form> {
        self.forms.iter().filter(|(term, _)| term == word).map(|(_, form)| *form).min()
    }
}

/// How well a task fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Open tasks all come before done ones.
    pub live: bool,
    /// How many of the words it has.
    pub words: usize,
    /// The better the greater.
    pub score: f64,
    /// Places in the title: byte offsets, the end excluded.
    pub title: Vec<(usize, usize)>,
    /// A line of the notes with places in it, when a word is only there.
    pub excerpt: Option<(String, Vec<(usize, usize)>)>,
}

impl Fit {
    /// Which of two fits better.
    pub fn compare(&self, other: &Self) -> std::cmp::Ordering {
        (self.live, self.words).cmp(&(other.live, other.words)).then(self.score.total_cmp(&other.score))
    }
}

/// Weights of where a word is found.
const TITLE: f64 = 3.0;
const LABEL: f64 = 2.0;
const NOTES: f64 = 1.0;
/// What is added when the words stand in the title as they were typed.
const PHRASE: f64 = 2.0;
/// Longest part of a line of notes that is shown, in characters.
const EXCERPT_CHARS: usize = 100;

/// How well `task` fits; `None` when it has none of the words.
///
/// Words in the title count most, whole words more than begun or mistyped ones, short texts more than long ones (after BM25's
/// idea of length); what was changed lately counts up to twice as much as what was not.
#[expect(clippy::cast_precision_loss, reason = "counts of words and days are small")]
pub fn fit(wanted: &[Wanted], task: &Task, now: Now) -> Option<Fit> {
    let title = Found::of(wanted, &task.title);
    let notes = Found::of(wanted, task.notes.as_deref().unwrap_or_default());
    let mut labels = vec![None; wanted.len()];
    for name in task.project.iter().map(Project::as_str).chain(task.tags.iter().map(Tag::as_str)) {
        for (best, form) in labels.iter_mut().zip(Found::of(wanted, name).best) {
            *best = greater(*best, form);
        }
    }
    let (mut sum, mut had) = (0.0, 0);
    for (at, label) in labels.iter().enumerate() {
        let in_title = (title.best[at], TITLE * title.density());
        let here = [in_title, (*label, LABEL), (notes.best[at], NOTES * notes.density())];
        let best = here.iter().filter_map(|(form, weight)| Some((*form)? * weight));
        let best = best.fold(0.0, f64::max);
        sum += best;
        had += usize::from(best > 0.0);
    }
    if sum == 0.0 {
        return None;
    }
    let typed = crate::words::Phrase::new(&wanted.iter().map(Wanted::word).collect::<Vec<_>>().join(" "));
    if wanted.len() > 1 && typed.is_in(&task.title) {
        sum += PHRASE;
    }
    let days = ((now.unix_ms() - task.modified_at).max(0) as f64) / 86_400_000.0;
    let score = sum * (1.0 + 1.0 / (1.0 + days / 30.0));
    let only_notes = (0..wanted.len()).any(|at| notes.best[at].is_some() && title.best[at].is_none());
    let excerpt = if only_notes { excerpt(wanted, task.notes.as_deref().unwrap_or_default()) } else { None };
    let live = matches!(task.status(), Status::Open | Status::Started);
    Some(Fit { live, words: had, score, title: title.places, excerpt })
}

fn greater(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.into_iter().chain(b).reduce(f64::max)
}

/// What of the words a text has.
struct Found {
    /// The best form of each word.
    best: Vec<Option<f64>>,
    places: Vec<(usize, usize)>,
    words: usize,
}

impl Found {
    fn of(wanted: &[Wanted], text: &str) -> Self {
        let mut found = Self { best: vec![None; wanted.len()], places: Vec::new(), words: 0 };
        for (start, end) in spans(text) {
            found.words += 1;
            let word = fold(&text[start..end]);
            let mut fits = false;
            for (best, form) in found.best.iter_mut().zip(wanted.iter().map(|wanted| wanted.fits(&word))) {
                if let Some(form) = form {
                    fits = true;
                    *best = greater(*best, Some(form.weight()));
                }
            }
            if fits {
                found.places.push((start, end));
            }
        }
        found
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    fn density(&self) -> f64 {
        // Half the weight at some twenty words.
        1.0 / (1.0 + self.words as f64 / 20.0)
    }
}

/// The first line of the notes that has one of the words, cut around it.
fn excerpt(wanted: &[Wanted], notes: &str) -> Option<(String, Vec<(usize, usize)>)> {
    for line in notes.lines() {
        let found = Found::of(wanted, line);
        let Some((first, _)) = found.places.first() else { continue };
        let before: Vec<usize> = line[..*first].char_indices().map(|(at, _)| at).collect();
        let begin = before.len().checked_sub(EXCERPT_CHARS / 3).map_or(0, |at| before[at]);
        let end = line[begin..].char_indices().nth(EXCERPT_CHARS).map_or(line.len(), |(at, _)| begin + at);
        let inside = found.places.iter().filter(|(start, stop)| *start >= begin && *stop <= end);
        let places = inside.map(|(start, stop)| (start - begin, stop - begin)).collect();
        return Some((line[begin..end].to_owned(), places));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::TaskId;
    use crate::register::Registers;

    fn now() -> Now {
        Now::new("2026-11-22T09:00:00Z".parse().unwrap(), chrono_tz::Europe::Berlin)
    }

    fn task(title: &str, notes: &str) -> Task {
        Task {
            title: title.to_owned(),
            notes: Some(notes.to_owned()).filter(|notes| !notes.is_empty()),
            ..Task::read(TaskId::from_bytes([1; 16]), &Registers::default())
        }
    }

    fn wanted(text: &str, terms: &[&str]) -> Vec<Wanted> {
        let mut all = Wanted::all(text);
        for one in &mut all {
            let begun: Vec<String> =
                terms.iter().filter(|term| term.starts_with(one.word())).map(|term| (*term).to_owned()).collect();
            if begun.is_empty() {
                one.take_near(terms.iter().map(|term| (*term).to_owned()));
            } else {
                one.take_begun(begun);
            }
        }
        all
    }

    fn score(text: &str, task: &Task) -> f64 {
        fit(&wanted(text, &["milk", "milkshake", "buy", "bread"]), task, now()).map_or(0.0, |fit| fit.score)
    }

    #[test]
    fn titles_count_more_than_notes_and_whole_words_more_than_begun_or_mistyped_ones() {
        let (whole, begun, noted) = (task("buy milk", ""), task("buy milkshake", ""), task("shop", "buy milk"));
        assert!(score("milk", &whole) > score("milk", &begun));
        assert!(score("milk", &whole) > score("milk", &noted));
        assert!(score("milk", &whole) > score("mlik", &whole) && score("mlik", &whole) > 0.0);
        assert!(score("buy milk", &whole) > score("milk buy", &whole), "as it was typed is better");
        assert!(fit(&wanted("milk", &["milk"]), &task("call mom", ""), now()).is_none());
    }

    #[test]
    fn what_was_meant_is_told_and_short_words_are_as_they_are() {
        let near = wanted("mlik", &["milk"]);
        assert_eq!(near[0].meant(), Some("milk"));
        assert!(!wanted("mik", &["milk"])[0].is_known() && !wanted("2026", &["2027"])[0].is_known());
    }

    #[test]
    fn places_and_the_line_of_the_notes_are_told() {
        let task = task("Buy bread", "first\nand then some Milk, too");
        let fit = fit(&wanted("bread milk", &["milk", "bread"]), &task, now()).unwrap();
        assert_eq!(fit.title, [(4, 9)]);
        let (line, places) = fit.excerpt.unwrap();
        assert_eq!((line.as_str(), &line[places[0].0..places[0].1]), ("and then some Milk, too", "Milk"));
    }
}
