//! Short things said in a dialogue: yes, no, "the second one", "no, friday". Tables per language, English first.

use tasks_domain::dialogue::{Pick, Reply};

const YES: &[&str] = &[
    "y",
    "yes",
    "yeah",
    "yep",
    "yup",
    "sure",
    "ok",
    "okay",
    "do it",
    "do that",
    "go ahead",
    "please do",
    "yes please",
    "of course",
    "right",
    "correct",
    "that's right",
    "exactly",
    "confirm",
    "i'm sure",
    "fine",
];
const NO: &[&str] =
    &["n", "no", "nope", "nah", "no thanks", "no thank you", "don't", "dont", "do not", "not now", "wrong"];
const CANCEL: &[&str] = &[
    "never mind",
    "nevermind",
    "nvm",
    "cancel",
    "cancel that",
    "forget it",
    "forget that",
    "forget about it",
    "leave it",
    "stop",
    "skip it",
    "nothing",
    "none",
    "none of them",
    "neither",
];
/// Openings behind which stands what is right.
const SURE_OPENINGS: &[&str] = &[
    "no, i meant",
    "no i meant",
    "no, i mean",
    "no i mean",
    "no, make it",
    "no make it",
    "no, make that",
    "no, rather",
    "no, the",
    "no the",
    "sorry, i meant",
    "sorry i meant",
    "i meant",
    "i mean",
    "not that one, the",
    "not that one but",
    "not that one,",
    "not that one",
    "not that,",
    "not this one,",
    "not this one",
    "wrong one, the",
    "wrong one,",
    "wrong one",
    "rather",
    "no,",
    "nope,",
    "no -",
    "no:",
];
/// Openings of what may be a correction, or something new.
const OPENINGS: &[&str] = &[
    "no",
    "nope",
    "sorry,",
    "sorry",
    "wait,",
    "wait",
    "oops,",
    "oops",
    "actually,",
    "actually",
    "or better",
    "better",
];
/// What may stand behind a correction.
const CLOSINGS: &[&str] = &["instead", "rather", "i meant", "i mean", "please"];
const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
const NUMBERS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
/// What may stand around a choice.
const AROUND: [&str; 14] =
    ["the", "number", "no", "nr", "one", "ones", "task", "tasks", "please", "item", "that", "it's", "its", "with"];
/// Most words of a choice.
const PICK_WORDS_MAX: usize = 12;
/// Longest text that can be an answer by its words; what is longer says something of its own.
const REPLY_BYTES_MAX: usize = 200;

/// What a text says as an answer, a choice or a correction.
pub fn read_reply(text: &str) -> Reply<'_> {
    let text = text.trim();
    if text.len() > REPLY_BYTES_MAX {
        return Reply::Other;
    }
    let bare = text.trim_end_matches(['.', '!', '?', ',']).to_lowercase().replace('\u{2019}', "'");
    let is = |words: &[&str]| words.contains(&bare.as_str());
    if is(YES) {
        return Reply::Yes;
    }
    if is(NO) {
        return Reply::No;
    }
    if is(CANCEL) {
        return Reply::Cancel;
    }
    if let Some(pick) = read_pick(text) {
        return Reply::Pick(pick);
    }
    if let Some((rest, sure)) = correction(text) {
        // "not that one, the other".
        return if read_pick(rest) == Some(Pick::Other) {
            Reply::Pick(Pick::Other)
        } else {
            Reply::Correction { rest, sure }
        };
    }
    also(text).map_or(Reply::Other, Reply::Also)
}

/// The words behind an opening, when they are not all of the text.
fn behind<'a>(text: &'a str, opening: &str) -> Option<&'a str> {
    let head = text.get(..opening.len())?;
    let rest = &text[opening.len()..];
    let ends = !opening.ends_with(|c: char| c.is_alphanumeric()) || rest.starts_with([' ', ',', ':']);
    let rest = rest.trim_start_matches([' ', ',', ':', '-']).trim();
    (head.eq_ignore_ascii_case(opening) && ends && !rest.is_empty()).then_some(rest)
}

fn correction(text: &str) -> Option<(&str, bool)> {
    let found = |openings: &[&str]| openings.iter().find_map(|opening| behind(text, opening));
    let opened = found(SURE_OPENINGS).map(|rest| (rest, true)).or_else(|| found(OPENINGS).map(|rest| (rest, false)));
    // "no, i meant the other one", "oops, no, friday": what stands behind one opening may begin with another.
    let opened =
        opened.map(|(rest, sure)| correction(rest).map_or((rest, sure), |(rest, inner)| (rest, sure || inner)));
    let (rest, sure) = opened.unwrap_or((text, false));
    let closing = CLOSINGS.iter().find_map(|closing| {
        let at = rest.len().checked_sub(closing.len())?;
        let (head, tail) = (rest.get(..at)?, rest.get(at..)?);
        (tail.eq_ignore_ascii_case(closing) && head.ends_with([' ', ',']))
            .then(|| (head.trim_end_matches([' ', ',']), *closing))
    });
    match (opened, closing) {
        (None, Some((head, "instead" | "i meant" | "rather"))) if !head.is_empty() => Some((head, false)),
        (Some(_), Some((head, _))) if !head.is_empty() => Some((head, sure)),
        _ => opened,
    }
}

/// "and the bread too", "the third one as well".
fn also(text: &str) -> Option<&str> {
    let ends = ["too", "as well", "also"];
    let text = text.trim_end_matches(['.', '!']);
    let opened = ["and", "also"].iter().find_map(|opening| behind(text, opening));
    let rest = opened.unwrap_or(text);
    let closed = ends.iter().find_map(|end| {
        let at = rest.len().checked_sub(end.len())?;
        let (head, tail) = (rest.get(..at)?, rest.get(at..)?);
        (tail.eq_ignore_ascii_case(end) && head.ends_with(' ')).then(|| head.trim())
    });
    let one = opened.filter(|rest| {
        let last = rest.split_whitespace().next_back().unwrap_or_default();
        last.eq_ignore_ascii_case("one") || read_pick(rest).is_some()
    });
    closed.or(one).filter(|rest| !rest.is_empty())
}

/// Which of some things in a row a text chooses, when it says nothing else.
pub fn read_pick(text: &str) -> Option<Pick> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|w| !w.is_empty()).collect();
    if words.len() > PICK_WORDS_MAX || matches!(words.first(), None | Some(&"and")) {
        return None;
    }
    // A sign in front of a number means something else: a tag, a priority, a negative number.
    if text.contains(['+', '@', '!', '/']) {
        return None;
    }
    match words.as_slice() {
        ["all" | "both"]
        | ["all" | "both", "of", "them" | "these" | "those"]
        | ["all", "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine"]
        | ["them", "all"] => return Some(Pick::All),
        ["other" | "others"] | ["the", "other"] | ["other", "one"] | ["the", "other", "one"] => {
            return Some(Pick::Other);
        }
        _ => {}
    }
    let mut rest = words.as_slice();
    while let [first, tail @ ..] = rest
        && !tail.is_empty()
        && ["the", "number", "no", "nr", "task", "item", "it's", "its", "with"].contains(first)
    {
        rest = tail;
    }
    match rest {
        ["last"] | ["last", "one" | "task" | "item"] => return Some(Pick::Last(1)),
        ["first" | "last", count] | ["first" | "last", count, "ones" | "tasks" | "items" | "of"]
            if counted(count).is_some_and(|count| count > 1) =>
        {
            let count = counted(count)?;
            return Some(if rest[0] == "first" { Pick::First(count) } else { Pick::Last(count) });
        }
        _ => {}
    }
    let mut places = Vec::new();
    let (mut says, mut one) = (false, false);
    for word in rest {
        match place(word) {
            Some(place) => {
                says = true;
                places.push(place);
            }
            None if *word == "one" && places.is_empty() => one = true,
            None if *word == "and" || AROUND.contains(word) => {}
            None => return None,
        }
    }
    if one && !says {
        // "one" alone is the first; "the one" says nothing.
        return (words == ["one"] || words == ["number", "one"]).then_some(Pick::At(vec![1]));
    }
    (!places.is_empty()).then_some(Pick::At(places))
}

/// "2nd", "second", "2".
fn place(word: &str) -> Option<usize> {
    let ordinal = |word: &str| ORDINALS.iter().position(|one| *one == word).map(|at| at + 1);
    let digits = word.strip_suffix("st").or_else(|| word.strip_suffix("nd")).or_else(|| word.strip_suffix("rd"));
    let digits = digits.or_else(|| word.strip_suffix("th")).unwrap_or(word);
    let number =
        || digits.parse::<usize>().ok().filter(|n| (1..=999).contains(n) && digits.bytes().all(|b| b.is_ascii_digit()));
    ordinal(word).or_else(number).or_else(|| counted(word).filter(|n| *n > 1 && NUMBERS.contains(&word)))
}

/// "two", "2".
fn counted(word: &str) -> Option<usize> {
    let named = NUMBERS.iter().position(|one| *one == word).map(|at| at + 1);
    named.or_else(|| word.parse().ok().filter(|n| (1..=99).contains(n)))
}
