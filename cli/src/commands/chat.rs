//! `tasks chat`: a conversation.

mod prompt;

use super::lines::Lines;
use crate::ctx::{Ctx, WriteArgs};
use crate::error::CliError;
use crate::ids;
use crate::outcome::{ChatRecord, ChatTurn, Outcome};
use crate::output;
use prompt::{Prompt, Typed};
use std::io;
use tasks_domain::conversation::{self, RECENT_MS};
use tasks_domain::error::Error;
use tasks_domain::id::ConversationId;
use tasks_proto::v1;
use tasks_proto::v1::do_response::Answer;

/// Most characters of what was said that the log keeps.
const COMMAND_CHARS_MAX: usize = 1_000;
/// Conversations that are listed when nothing else is said.
const LISTED: u32 = 20;
/// Messages that are shown when a conversation is taken up again.
const SHOWN_AGAIN: u32 = 4;
/// What leaves a conversation.
const LEAVING: [&str; 8] = ["quit", "exit", "bye", "q", ":q", "good bye", "goodbye", "leave"];

const EXAMPLES: &str = "\
Examples:
  tasks chat                            talk; Ctrl-D or quit leaves
  tasks chat \"remind me to call mom\"    say one thing; what is asked back is answered by the next: tasks chat \"at 6\"
  tasks chat < said.txt                 a message a line, an answer a line
  tasks chat list                       the conversations
  tasks chat show                       what was said in the last one

What can be said:
  buy milk tomorrow 5pm                 what is due this week?
  move the second one to friday         no, thursday
  mark all of them as done              undo
  snooze it for 10 minutes              not that one, the other
  never mind                            help

It keeps in mind what was spoken of (it, them, the second one, the milk one), asks for what is missing, and asks before it changes three
or more tasks. A conversation is taken up again for twelve hours after its last message; conversations are kept for 90 days.
The exit code of one message is 4 when it is answered with a question.";

/// Talk about tasks, in a conversation that keeps in mind what was said
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<ChatVerb>,
    /// What to say; without it, talk on the terminal, or read a message a line from standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// Begin a new conversation
    #[arg(long, conflicts_with = "resume")]
    new: bool,
    /// Go on with this conversation, however long ago it was
    #[arg(long, value_name = "CONVERSATION")]
    resume: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

/// What can be done with conversations besides talking.
#[derive(clap::Subcommand, Debug)]
enum ChatVerb {
    /// List the conversations, the latest first
    List {
        /// At most so many; 0 for all
        #[arg(long, value_name = "N", default_value_t = LISTED)]
        limit: u32,
    },
    /// Show what was said in a conversation
    Show {
        /// The beginning of its id; without it, the last one
        #[arg(value_name = "CONVERSATION")]
        id: Option<String>,
        /// Only the newest so many messages
        #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
        limit: u32,
    },
}

/// Runs it.
pub fn run(args: &Args, ctx: &mut Ctx) -> Result<Outcome, CliError> {
    match &args.verb {
        Some(ChatVerb::List { limit }) => return list(ctx, *limit),
        Some(ChatVerb::Show { id, limit }) => {
            return Ok(Outcome::Conversation(Box::new(get(ctx, id.as_deref().unwrap_or_default(), *limit)?)));
        }
        None => {}
    }
    let mut talk = Talk { conversation: args.resume.clone().unwrap_or_default(), begin: args.new, write: args.write };
    let text = args.text.join(" ");
    if text == "-" || args.text.is_empty() && !ctx.ui.stdin_is_terminal() {
        return lines(ctx, &mut talk);
    }
    if args.text.is_empty() {
        return converse(ctx, &mut talk);
    }
    Ok(Outcome::Spoken(Box::new(talk.say(ctx, text)?)))
}

fn list(ctx: &Ctx, limit: u32) -> Result<Outcome, CliError> {
    let all = ctx.call(|client| async move {
        Ok(client.chat().list_conversations(v1::ListConversationsRequest { limit }).await?.into_inner().conversations)
    })?;
    Ok(Outcome::Conversations(all))
}

fn get(ctx: &Ctx, reference: &str, limit: u32) -> Result<ChatRecord, CliError> {
    let request = v1::GetConversationRequest { conversation: reference.to_owned(), limit };
    let got = ctx.call(|client| {
        let request = request.clone();
        async move { Ok(client.chat().get_conversation(request).await?.into_inner()) }
    })?;
    Ok(ChatRecord { conversation: got.conversation.unwrap_or_default(), messages: got.messages })
}

/// A conversation that goes on.
struct Talk {
    /// The beginning of its id; empty until it is known which.
    conversation: String,
    /// The next message begins a new one.
    begin: bool,
    write: WriteArgs,
}

impl Talk {
    /// Says something and gets the answer.
    fn say(&mut self, ctx: &mut Ctx, text: String) -> Result<ChatTurn, CliError> {
        conversation::check(&text)?;
        let unix_ms = ctx.present.now.unix_ms();
        let task = ids::tasks(unix_ms, 1)?.first().map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        let said: String = text.trim().chars().take(COMMAND_CHARS_MAX).collect();
        let mut options = ctx.write_options(self.write)?;
        options.command = format!("chat {said}");
        if let Some(caller) = &mut options.caller {
            caller.context = ctx.in_context().context;
        }
        let request = v1::TalkRequest {
            options: Some(options),
            text: text.clone(),
            new_task_id: task,
            new_conversation_id: ids::conversation(unix_ms)?.as_bytes().to_vec(),
            begin: self.begin,
            conversation: self.conversation.clone(),
            agreed: self.write.yes,
        };
        let response = ctx.call(|client| {
            let request = request.clone();
            async move { Ok(client.chat().talk(request).await?.into_inner()) }
        })?;
        if !self.write.dry_run {
            let id = response.conversation.as_ref().and_then(|one| ConversationId::from_slice(&one.id));
            self.conversation = id.map(|id| id.letters()).unwrap_or_default();
            self.begin = false;
        }
        let mut turn = ChatTurn { text, response, near: Vec::new() };
        if let Some(Answer::Written(done)) = turn.answer() {
            turn.near = done.result.as_ref().map(|result| ctx.near_of_one(&result.tasks)).unwrap_or_default();
        }
        Ok(turn)
    }

    /// Says something, and writes the answer; the exit code.
    fn answer(&mut self, ctx: &mut Ctx, text: String) -> Result<u8, CliError> {
        let turn = self.say(ctx, text)?;
        let code = turn.exit_code();
        output::render(&mut ctx.ui, Outcome::Spoken(Box::new(turn)), ctx.present.now)?;
        ctx.ui.flush()?;
        Ok(code)
    }
}

/// A message a line; what cannot be done is answered, and the next line goes on.
fn lines(ctx: &mut Ctx, talk: &mut Talk) -> Result<Outcome, CliError> {
    let stdin = std::mem::replace(&mut ctx.stdin, Box::new(io::empty()));
    let mut lines = Lines::of(stdin).of_messages();
    let mut code = 0;
    while let Some(text) = lines.next()? {
        if text.trim().is_empty() {
            continue;
        }
        conversation::check(&text).map_err(|error| in_line(error, lines.number()))?;
        code = talk.answer(ctx, text)?;
    }
    Ok(Outcome::Over(code))
}

fn in_line(error: Error, line: usize) -> CliError {
    let mut failure = tasks_proto::error::Failure::from(error);
    failure.line = u32::try_from(line).ok();
    failure.into()
}

/// Talks with the person at the terminal, until it leaves.
fn converse(ctx: &mut Ctx, talk: &mut Talk) -> Result<Outcome, CliError> {
    greet(ctx, talk)?;
    let mut prompt = Prompt::new(ctx);
    let mut interrupted = false;
    loop {
        ctx.ui.flush()?;
        match prompt.read(ctx)? {
            Typed::End => break,
            Typed::Interrupt if interrupted => break,
            Typed::Interrupt => {
                interrupted = true;
                ctx.ui.note("Ctrl-C again, Ctrl-D or quit leaves")?;
                continue;
            }
            Typed::Line(text) if text.trim().is_empty() => {}
            Typed::Line(text)
                if LEAVING.contains(&text.trim().trim_end_matches(['.', '!']).to_lowercase().as_str()) =>
            {
                break;
            }
            Typed::Line(text) => {
                // A conversation can last: what is tomorrow is meant as of now.
                ctx.present = ctx.present.afresh(&ctx.env, &ctx.config)?;
                match talk.answer(ctx, text) {
                    Ok(_) => {}
                    Err(error @ CliError::Failure(_)) => output::report(&mut ctx.ui, &error),
                    Err(error) => return Err(error),
                }
            }
        }
        interrupted = false;
    }
    prompt.keep();
    Ok(Outcome::Over(0))
}

/// Says what can be said, or what was said before.
fn greet(ctx: &mut Ctx, talk: &mut Talk) -> Result<(), CliError> {
    let asked_for = !talk.conversation.is_empty();
    let last = if talk.begin {
        None
    } else {
        match get(ctx, &talk.conversation, SHOWN_AGAIN) {
            Ok(record) => Some(record),
            Err(error) if asked_for => return Err(error),
            Err(_) => None,
        }
    };
    let age = |record: &ChatRecord| ctx.present.now.unix_ms() - record.conversation.spoken_at_unix_ms;
    let Some(record) = last.filter(|record| asked_for || age(record) < RECENT_MS) else {
        return ctx.ui.note("say what is to be done, or ask what is due; help tells more, Ctrl-D leaves");
    };
    let id = ConversationId::from_slice(&record.conversation.id);
    talk.conversation = id.map(|id| id.letters()).unwrap_or_default();
    output::render(&mut ctx.ui, Outcome::Conversation(Box::new(record)), ctx.present.now)
}
