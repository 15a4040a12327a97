//! Which task a person means by words: "the dentist", "quarterly report", "mlik". Pure: the same words and tasks give the same
//! answer, whatever order the tasks come in.

use crate::words;

/// Tasks that are at least so like the words may be meant.
pub const MEANT: f32 = 0.55;
/// The best is the clear winner when the next is at least so much less like the words.
const CLEAR: f32 = 0.15;
/// A task with exactly these words as its title.
const SAME: f32 = 1.0;
/// Most of the likeness comes from the words that were said, the rest from how much of the title they are.
const SAID_SHARE: f32 = 0.8;
/// Words of a project or tag say a little less than those of the title.
const LABEL_SHARE: f32 = 0.9;
/// Longest word that counts in full: "a" says less than "dentist", "dentist" as much as "appointment".
const WEIGHT_MAX: u8 = 7;
/// Words that name nothing.
const FILLERS: [&str; 14] =
    ["the", "a", "an", "my", "this", "that", "to", "for", "of", "task", "todo", "with", "and", "about"];

/// The words that name a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    words: Vec<String>,
    folded: Vec<String>,
}

/// What of a task can be named.
#[derive(Clone, Copy, Debug)]
pub struct Nameable<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its project and tags.
    pub labels: &'a [&'a str],
}

/// Which of several tasks is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant<K> {
    /// This one, without doubt.
    One(K),
    /// One of these, the likeliest first.
    Several(Vec<K>),
    /// None of them.
    Nobody,
}

impl Name {
    /// The name in these words.
    pub fn of(text: &str) -> Self {
        let folded: Vec<String> = words::words(text).collect();
        let mut words: Vec<String> = folded.iter().filter(|word| !FILLERS.contains(&word.as_str())).cloned().collect();
        if words.is_empty() {
            words.clone_from(&folded);
        }
        Self { words, folded }
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How like the task is to what the words say: 0 not at all, 1 its very title.
    pub fn likeness(&self, task: &Nameable) -> f32 {
        let title: Vec<String> = words::words(task.title).collect();
        if self.words.is_empty() || title.is_empty() {
            return 0.0;
        }
        if title == self.folded {
            return SAME;
        }
        let labels: Vec<String> = task.labels.iter().flat_map(|label| words::words(label)).collect();
        let best = |word: &String, among: &[String]| among.iter().map(|other| alike(word, other)).fold(0.0, f32::max);
        let (mut said, mut found) = (0.0, 0.0);
        for word in &self.words {
            said += weight(word);
            found += weight(word) * best(word, &title).max(LABEL_SHARE * best(word, &labels));
        }
        let of_title = title.iter().filter(|word| !FILLERS.contains(&word.as_str()));
        let (mut whole, mut hit) = (0.0, 0.0);
        for word in of_title {
            whole += weight(word);
            hit += weight(word) * best(word, &self.words);
        }
        let named = if whole > 0.0 { hit / whole } else { 0.0 };
        (found / said * (SAID_SHARE + (1.0 - SAID_SHARE) * named)).min(0.999)
    }
}

/// Decides between tasks by their likeness; `touched` (Unix milliseconds) puts the latest first among equals.
pub fn decide<K: Copy + PartialEq>(tasks: impl IntoIterator<Item = (K, f32, i64)>) -> Meant<K> {
    let mut like: Vec<(K, f32, i64)> = tasks.into_iter().filter(|(_, likeness, _)| *likeness >= MEANT).collect();
    like.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.2.cmp(&a.2)));
    let Some((best, top, _)) = like.first().copied() else { return Meant::Nobody };
    let exact = |likeness: f32| likeness >= SAME;
    let near = |likeness: f32| if exact(top) { exact(likeness) } else { top - likeness < CLEAR };
    let near: Vec<K> = like.iter().take_while(|(_, likeness, _)| near(*likeness)).map(|(task, _, _)| *task).collect();
    if near.len() == 1 { Meant::One(best) } else { Meant::Several(near) }
}

fn weight(word: &str) -> f32 {
    f32::from(u8::try_from(word.chars().count()).unwrap_or(WEIGHT_MAX).min(WEIGHT_MAX))
}

/// How alike two folded words are: the same, of one stem, begun, or misspelt.
fn alike(said: &str, word: &str) -> f32 {
    if said == word {
        return 1.0;
    }
    if stem(said) == stem(word) && stem(said).chars().count() > 2 {
        return 0.95;
    }
    let long = said.chars().count();
    if long > 2 && word.starts_with(said) {
        return 0.85;
    }
    let slips = match long {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    if slips > 0 && words::distance(said, word, slips).is_some() { 0.75 } else { 0.0 }
}

/// The word without the endings that nouns and verbs take.
fn stem(word: &str) -> &str {
    let endings = ["'s", "ing", "ies", "es", "ed", "s", "e", "y"];
    endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|rest| rest.chars().count() > 2)).unwrap_or(word)
}
