//! A screen, a pipe and the present, in tests.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use tasks::host::{Env, Streams, Terminals};
use tasks::outcome::Outcome;
use tasks::output::{Form, Look, Ui, render};
use tasks::settings::ColorWhen;
use tasks::settings::{Hyperlinks, Theme};
use tasks_domain::when::Now;

/// Answer and talk in the order in which they are written.
#[derive(Clone, Default)]
struct Screen(Rc<RefCell<Vec<u8>>>);

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(crate) fn now() -> Now {
    Now::new("2026-11-22T09:00:00Z".parse().unwrap(), chrono_tz::Tz::Europe__Berlin)
}

pub(crate) fn shown_in(outcome: Outcome, columns: Option<usize>, form: Form, color: ColorWhen) -> String {
    shown_with(outcome, columns, form, &Look { color, ..Look::default() }, &[])
}

/// With this look, in an environment that also has these variables.
pub(crate) fn shown_with(
    outcome: Outcome,
    columns: Option<usize>,
    form: Form,
    look: &Look,
    variables: &[(&str, &str)],
) -> String {
    let screen = Screen::default();
    let is_terminal = columns.is_some();
    let streams = Streams {
        stdin: Box::new(io::empty()),
        stdout: Box::new(screen.clone()),
        stderr: Box::new(screen.clone()),
        terminals: Terminals { stdin: is_terminal, stdout: is_terminal, stderr: is_terminal },
        columns,
        rows: None,
    };
    let env = Env::of_list([("TERM", "xterm-256color")].iter().chain(variables).copied());
    let (mut ui, _) = Ui::of(streams, &env, form, look.color);
    ui.set_look(look, &env);
    render(&mut ui, outcome, now()).unwrap();
    ui.flush().unwrap();
    String::from_utf8(screen.0.take()).unwrap()
}

pub(crate) fn on_screen(outcome: Outcome, columns: usize) -> String {
    let text = shown_in(outcome, Some(columns), Form::Human, ColorWhen::Never);
    for line in text.lines().filter(|line| !line.contains(": ")) {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= columns, "wider than {columns}: {line}");
    }
    text
}

pub(crate) fn in_pipe(outcome: Outcome) -> String {
    shown_in(outcome, None, Form::Human, ColorWhen::Auto)
}

pub(crate) fn as_json(outcome: Outcome) -> String {
    shown_in(outcome, None, Form::Json, ColorWhen::Auto)
}

/// Colours of a theme and links, with escapes that can be read.
pub(crate) fn painted(outcome: Outcome, theme: Theme, hyperlinks: Hyperlinks) -> String {
    let look = Look { theme, hyperlinks, ..Look::default() };
    shown_with(outcome, Some(80), Form::Human, &look, &[]).replace('\x1b', "␛")
}
