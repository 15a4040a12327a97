//! The terminal, or what stands for it: where answers and talk go.

use super::label;
use super::links;
use super::pager::Pager;
use super::style::{Paint, Role};
use super::text;
use super::theme::Palette;
use super::wrap::wrap;
use crate::error::CliError;
use crate::host::{Env, Streams, Terminals};
use crate::settings::ColorWhen;
use crate::settings::{self, Hyperlinks, Theme};
use std::io::{self, BufRead, BufWriter, Write};
use tasks_domain::error::ErrorKind;
use tasks_proto::v1;

/// Width of a terminal that does not tell.
const COLUMNS: usize = 80;
/// Narrowest width that is laid out for.
const COLUMNS_MIN: usize = 20;
/// Longest answer to a question, in bytes.
const ANSWER_BYTES_MAX: usize = 200;
/// Tasks named in a question before many are changed.
const ASKED_TASKS_MAX: usize = 5;

/// The form of the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
    /// Ids only.
    Quiet,
}

/// What a person may set about the look of answers; what is left to `auto` follows the environment.
#[derive(Clone, Debug)]
pub struct Look {
    /// When to paint.
    pub color: ColorWhen,
    /// The background to paint for.
    pub theme: Theme,
    /// When addresses become links.
    pub hyperlinks: Hyperlinks,
    /// The program for long answers.
    pub pager: settings::Pager,
    /// Nothing is paged, whatever the environment says.
    pub no_pager: bool,
    /// Whether dates say how far away they are.
    pub relative_dates: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            color: ColorWhen::Auto,
            theme: Theme::Auto,
            hyperlinks: Hyperlinks::Auto,
            pager: settings::Pager::Auto,
            no_pager: false,
            relative_dates: true,
        }
    }
}

/// An answer that is kept until it is known whether it fits on the screen.
#[derive(Default)]
struct Page {
    text: String,
    /// What is said beside it, which a pager would hide.
    talk: String,
}

/// Where answers and talk go.
pub struct Ui {
    out: BufWriter<Box<dyn Write>>,
    err: Box<dyn Write>,
    terminals: Terminals,
    form: Form,
    paint: Paint,
    paint_talk: Paint,
    columns: Option<usize>,
    talk_columns: Option<usize>,
    /// Columns that the line of progress takes now.
    progress_width: usize,
    rows: Option<usize>,
    is_unicode: bool,
    relative_dates: bool,
    pager: Option<Pager>,
    page: Option<Page>,
}

impl Ui {
    /// The terminal of these streams; also hands back the standard input.
    pub fn of(streams: Streams, env: &Env, form: Form, color: ColorWhen) -> (Self, Box<dyn BufRead>) {
        let terminals = streams.terminals;
        let told = streams.columns.or_else(|| env.text("COLUMNS")?.parse().ok().filter(|columns| *columns > 0));
        let mut ui = Self {
            out: BufWriter::with_capacity(64 * 1024, streams.stdout),
            err: streams.stderr,
            terminals,
            form,
            paint: Paint::none(),
            paint_talk: Paint::none(),
            columns: terminals.stdout.then(|| told.unwrap_or(COLUMNS).max(COLUMNS_MIN)),
            progress_width: 0,
            talk_columns: terminals.stderr.then(|| told.unwrap_or(COLUMNS).max(COLUMNS_MIN)),
            rows: streams.rows.filter(|_| terminals.stdout && terminals.stdin),
            is_unicode: is_unicode(env),
            relative_dates: true,
            pager: None,
            page: None,
        };
        ui.set_look(&Look { color, ..Look::default() }, env);
        (ui, streams.stdin)
    }

    /// Paints, links and pages as the person wants it; `auto` follows the environment.
    pub fn set_look(&mut self, look: &Look, env: &Env) {
        let palette = Palette::of(env, look.theme);
        let terminals = self.terminals;
        let links = |is_terminal: bool| match look.hyperlinks {
            Hyperlinks::Auto => is_terminal && links::is_supported(env),
            Hyperlinks::Always => true,
            Hyperlinks::Never => false,
        };
        let paint = |is_terminal| {
            let palette = Some(palette).filter(|_| paints(look.color, is_terminal, env));
            Paint::new(palette, links(is_terminal)).with_distances(look.relative_dates)
        };
        (self.paint, self.paint_talk) = (paint(terminals.stdout), paint(terminals.stderr));
        let dumb = env.text("TERM").as_deref() == Some("dumb");
        self.pager = if dumb || look.no_pager { None } else { Pager::of(env, &look.pager) };
        self.relative_dates = look.relative_dates;
    }

    /// The form of the answer.
    pub fn form(&self) -> Form {
        self.form
    }

    /// How the answer is painted.
    pub fn paint(&self) -> Paint {
        self.paint
    }

    /// How talk is painted.
    pub fn paint_talk(&self) -> Paint {
        self.paint_talk
    }

    /// Columns of the screen; `None` when the answer goes elsewhere and is not to be cut.
    pub fn columns(&self) -> Option<usize> {
        self.columns
    }

    /// Whether lines and blocks can be drawn: the locale's signs are Unicode's.
    pub fn draws_unicode(&self) -> bool {
        self.is_unicode
    }

    /// Whether dates say how far away they are.
    pub fn relative_dates(&self) -> bool {
        self.relative_dates
    }

    /// Keeps what is written until [`Self::end_page`], if it could be too long for the screen.
    pub(super) fn begin_page(&mut self) {
        if self.form == Form::Human && self.rows.is_some() && self.pager.is_some() {
            self.page = Some(Page::default());
        }
    }

    /// Sends what was kept: through the pager if it is longer than the screen, else as it is.
    pub(super) fn end_page(&mut self) -> Result<(), CliError> {
        let Some(page) = self.page.take() else { return Ok(()) };
        let lines = page.text.lines().count();
        // The prompt needs a row as well.
        let fits = self.rows.is_none_or(|rows| lines < rows);
        let shown = !fits && {
            self.flush()?;
            self.pager.as_ref().is_some_and(|pager| pager.show(page.text.as_bytes()))
        };
        if !shown {
            self.out.write_all(page.text.as_bytes()).map_err(|error| CliError::of_output(&error))?;
        }
        if !page.talk.is_empty() {
            self.flush()?;
            self.talk(&page.talk);
        }
        Ok(())
    }

    /// Columns of the screen for talk; `None` when that goes elsewhere.
    pub fn talk_columns(&self) -> Option<usize> {
        self.talk_columns
    }

    /// Whether somebody is there to answer a question.
    pub fn can_ask(&self) -> bool {
        self.terminals.stdin && self.terminals.stderr
    }

    /// Whether standard input is a terminal.
    pub fn stdin_is_terminal(&self) -> bool {
        self.terminals.stdin
    }

    /// Whether an editor that needs a terminal could run.
    pub fn is_interactive(&self) -> bool {
        self.terminals.stdin && self.terminals.stdout
    }

    /// Writes a part of the answer.
    pub fn write(&mut self, text: &str) -> Result<(), CliError> {
        if let Some(page) = &mut self.page {
            page.text.push_str(text);
            return Ok(());
        }
        self.out.write_all(text.as_bytes()).map_err(|error| CliError::of_output(&error))
    }

    /// Writes a line of the answer.
    pub fn line(&mut self, text: &str) -> Result<(), CliError> {
        self.write(text.trim_end_matches(' '))?;
        self.write("\n")
    }

    /// Writes a line of the answer in words, broken between them at the edge of the screen; further lines begin with `indent`
    /// blanks.
    pub fn words(&mut self, text: &str, indent: usize) -> Result<(), CliError> {
        self.line(&wrap(text, self.columns, indent))
    }

    /// The place for JSON.
    pub fn out(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// Sends what is written so far.
    pub fn flush(&mut self) -> Result<(), CliError> {
        self.out.flush().map_err(|error| CliError::of_output(&error))
    }

    /// Says something beside the answer, unless ids only were asked for.
    pub fn note(&mut self, text: &str) -> Result<(), CliError> {
        if self.form != Form::Human {
            return Ok(());
        }
        self.flush()?;
        let line = self.paint_talk.apply(Role::Faint, &wrap(text, self.talk_columns, 0));
        self.talk(&format!("{line}\n"));
        Ok(())
    }

    /// Says how far something is that takes long, on a line that the next one takes the place of; the empty text takes it away.
    pub fn progress(&mut self, text: &str) {
        if !self.terminals.stderr || self.form != Form::Human {
            return;
        }
        let room = self.talk_columns.unwrap_or(COLUMNS).saturating_sub(1);
        let text = text::cut(text, room).into_owned();
        let width = text::width(&text);
        let line = format!("\r{}{}", text, " ".repeat(self.progress_width.saturating_sub(width)));
        self.progress_width = width;
        self.talk(&line);
        if width == 0 {
            self.talk("\r");
        }
    }

    /// Warns of something. Under `--json` the answer itself carries its warnings.
    pub fn warn(&mut self, text: &str) -> Result<(), CliError> {
        if self.form == Form::Json {
            return Ok(());
        }
        self.flush()?;
        let line = format!("{} {}", self.paint_talk.apply(Role::Warning, "warning:"), text::clean(text));
        self.talk(&(wrap(&line, self.talk_columns, "warning: ".len()) + "\n"));
        Ok(())
    }

    /// Writes an error that is rendered already.
    pub fn complain(&mut self, text: &str) {
        // Whatever was answered before stands above the complaint; if nobody reads it there is nobody to tell.
        let _ = self.end_page();
        let _ = self.out.flush();
        self.talk(text);
    }

    fn talk(&mut self, text: &str) {
        if let Some(page) = &mut self.page {
            return page.talk.push_str(text);
        }
        // Nobody listens to a standard error that cannot be written.
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }

    /// Asks a question; `usual` is the answer of whoever only presses the enter key.
    pub fn ask(&mut self, stdin: &mut dyn BufRead, question: &str, usual: bool) -> Result<bool, CliError> {
        self.flush()?;
        self.talk(question);
        let answer = read_answer(stdin)
            .map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot read the answer: {error}")))?;
        Ok(match answer.trim().to_lowercase().as_str() {
            // The end of the input is no yes.
            "" => usual && answer.ends_with('\n'),
            word => matches!(word, "y" | "yes"),
        })
    }

    /// Shows tasks that a question is about, above it: with their places when it is to be answered with one of those.
    pub fn show_asked(&mut self, tasks: &[v1::Task], places: bool) -> Result<(), CliError> {
        self.flush()?;
        let most = if places { tasks.len() } else { ASKED_TASKS_MAX };
        let label = |(at, task): (usize, &v1::Task)| if places { (at + 1).to_string() } else { label::of_task(task) };
        let names: Vec<String> = tasks.iter().take(most).enumerate().map(label).collect();
        let widest = names.iter().map(|name| text::width(name)).max().unwrap_or(0);
        let room = self.talk_columns.unwrap_or(COLUMNS).saturating_sub(widest + 4);
        let mut lines = String::new();
        for (name, task) in names.iter().zip(tasks) {
            let name = self.paint_talk.apply(Role::Id, &format!("{name:>widest$}"));
            lines.push_str(&format!("  {name}  {}\n", text::cut(&text::clean(&task.title), room)));
        }
        if tasks.len() > most {
            lines.push_str(&format!("  … and {} more\n", tasks.len() - most));
        }
        self.talk(&lines);
        Ok(())
    }

    /// Asks, and reads a line of an answer.
    pub fn ask_line(&mut self, stdin: &mut dyn BufRead, question: &str) -> Result<String, CliError> {
        self.ask_text(stdin, question, ANSWER_BYTES_MAX)
    }

    /// The same with an answer of at most so many bytes; the rest of a longer one is the next answer. Empty at the end of the input.
    pub fn ask_text(&mut self, stdin: &mut dyn BufRead, question: &str, most: usize) -> Result<String, CliError> {
        self.flush()?;
        self.talk(question);
        read_line(stdin, most)
            .map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot read the answer: {error}")))
    }

    /// Shows the tasks and asks; anything but yes is refused.
    pub fn confirm(&mut self, stdin: &mut dyn BufRead, tasks: &[v1::Task], question: &str) -> Result<(), CliError> {
        self.show_asked(tasks, false)?;
        self.talk(&format!("{question} [y/N] "));
        let answer = read_answer(stdin)
            .map_err(|error| CliError::new(ErrorKind::Failed, format!("cannot read the answer: {error}")))?;
        if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
            return Ok(());
        }
        Err(CliError::hinted(ErrorKind::Refused, "not confirmed: nothing was changed", "answer y, or say --yes"))
    }
}

/// Whether to paint a stream. Flags and settings first, then `NO_COLOR` (no-color.org), `CLICOLOR_FORCE` and `CLICOLOR`
/// (bixense.com/clicolors), then whether somebody reads it.
fn paints(color: ColorWhen, is_terminal: bool, env: &Env) -> bool {
    let is_zero = |name: &str| env.text(name).is_some_and(|value| value == "0");
    match color {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if env.os("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
        ColorWhen::Auto if env.text("CLICOLOR_FORCE").is_some() && !is_zero("CLICOLOR_FORCE") => true,
        ColorWhen::Auto => is_terminal && !is_zero("CLICOLOR") && env.text("TERM").as_deref() != Some("dumb"),
    }
}

/// Whether the locale's signs are Unicode's: the first of the variables that is set says; with none, as in cron, nobody draws anyway.
fn is_unicode(env: &Env) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| env.text(name));
    locale.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// One short line; the rest of a long one is of no interest.
fn read_answer(stdin: &mut dyn BufRead) -> io::Result<String> {
    read_line(stdin, ANSWER_BYTES_MAX)
}

fn read_line(stdin: &mut dyn BufRead, most: usize) -> io::Result<String> {
    let mut bytes = Vec::new();
    io::Read::take(stdin, most as u64).read_until(b'\n', &mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
