//! Sentences that begin a task, leave it, or take it up again: "start it", "stop the report task", "reopen the second one".

use super::command::Bounds;
use crate::line::Line;
use crate::settings::Context;
use tasks_domain::command::Step;

/// Verbs and the step each asks for.
const VERBS: &[(&str, Step)] = &[
    ("start", Step::Start),
    ("begin", Step::Start),
    ("resume", Step::Start),
    ("stop", Step::Stop),
    ("reopen", Step::Reopen),
];
/// The step that a sentence asks for by its verb, and the words behind it.
pub fn step_asked<'a>(text: &'a str, context: &Context) -> Option<(Step, &'a str)> {
    let line = Line::new(text, context);
    let at = Bounds::of(&line).from;
    if at + 1 >= line.len() {
        return None;
    }
    let (_, step) = VERBS.iter().find(|(verb, _)| verb.eq_ignore_ascii_case(line.spelling(at)))?;
    let behind = text[line.bytes(at, at + 1).end..].trim_matches([' ', ',']);
    (!behind.is_empty()).then_some((*step, behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use tasks_domain::when::{Now, Zone};

    #[test]
    fn a_step_is_asked_for_by_its_verb() {
        let now = Now::from_unix_ms(1_795_338_000_000, Zone::UTC).unwrap();
        let context = Context { now, settings: Settings::default() };
        for (text, want) in [
            ("start it", Some((Step::Start, "it"))),
            ("Please stop the report task", Some((Step::Stop, "the report task"))),
            ("could you reopen the second one", Some((Step::Reopen, "the second one"))),
            ("start", None),
            ("restart it", None),
            ("buy milk", None),
            ("", None),
        ] {
            assert_eq!(step_asked(text, &context), want, "{text}");
        }
    }
}
