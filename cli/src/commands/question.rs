//! Questions about a sentence, put to the person at the terminal.

use crate::ctx::Ctx;
use crate::error::CliError;
use crate::output::label_of;
use tasks_domain::error::{Error, ErrorKind};
use tasks_proto::v1::{self, QuestionKind};

/// Puts a question, and reads the answer as it is typed.
pub(super) fn put(ctx: &mut Ctx, kind: QuestionKind, question: &v1::Question) -> Result<String, CliError> {
    if !ctx.ui.can_ask() {
        return Err(unanswered(kind, question));
    }
    if question.again {
        ctx.ui.note(&format!("that is no answer; it could be {}", question.example))?;
    }
    let places = kind == QuestionKind::Which;
    let hint = match kind {
        QuestionKind::Which => format!(" [1-{}]", question.tasks.len()),
        QuestionKind::Sure => " [y/N]".to_owned(),
        _ => String::new(),
    };
    ctx.ui.show_asked(&question.tasks, places)?;
    let answer = ctx.ui.ask_line(&mut ctx.stdin, &format!("{}{hint} ", question.words))?;
    if answer.trim().is_empty() {
        let message = match kind {
            QuestionKind::Which => "nothing was chosen: nothing was changed",
            QuestionKind::Sure => "not confirmed: nothing was changed",
            _ => "no answer: nothing was changed",
        };
        return Err(CliError::hinted(ErrorKind::Refused, message, format!("answer with {}", question.example)));
    }
    Ok(answer)
}

/// Why a sentence is not done where nobody can be asked.
pub(super) fn unanswered(kind: QuestionKind, question: &v1::Question) -> CliError {
    let name = |task: &v1::Task| format!("{} {}", label_of(task), task.title);
    let deed = question.deed();
    match kind {
        QuestionKind::Which => {
            let names: Vec<String> = question.tasks.iter().map(name).collect();
            let first = question.tasks.first().map(label_of).unwrap_or_default();
            CliError::hinted(
                ErrorKind::Ambiguous,
                format!("\"{}\" could be about {}", question.text, names.join(", or ")),
                format!("name it by its number: tasks {} {first}", command(deed)),
            )
        }
        QuestionKind::Sure => {
            let tasks = match question.tasks.as_slice() {
                [task] => name(task),
                tasks => format!("{} tasks", tasks.len()),
            };
            CliError::hinted(
                ErrorKind::Refused,
                format!("this would {} {tasks}, and there is no terminal to ask on", verb(deed)),
                "say --yes if you mean it, or look first with --dry-run",
            )
        }
        kind => {
            let error = missing(kind, question);
            let hint = error.hint().map(|hint| format!("{} {hint}", question.words));
            CliError::hinted(error.kind(), error.to_string(), hint.unwrap_or_else(|| question.words.clone()))
        }
    }
}

/// The refusal of a sentence without this piece.
fn missing(kind: QuestionKind, question: &v1::Question) -> Error {
    match (kind, question.deed()) {
        (QuestionKind::Name, _) => Error::NoTaskNamed,
        (QuestionKind::Title, v1::Deed::Add) => Error::EmptyTitle,
        (QuestionKind::Time, v1::Deed::Add) => Error::NoReminderTime,
        (QuestionKind::Time, _) => Error::NoTimeNamed,
        (QuestionKind::Rule, _) => Error::NoRuleNamed,
        _ => Error::NothingToChange { text: question.text.clone() },
    }
}

fn command(deed: v1::Deed) -> &'static str {
    match deed {
        v1::Deed::Add | v1::Deed::Unspecified => "add",
        v1::Deed::Edit => "edit",
        v1::Deed::Done => "done",
        v1::Deed::Delete => "rm",
    }
}

fn verb(deed: v1::Deed) -> &'static str {
    match deed {
        v1::Deed::Add | v1::Deed::Unspecified => "add",
        v1::Deed::Edit => "change",
        v1::Deed::Done => "finish",
        v1::Deed::Delete => "delete",
    }
}
