//! A terminal of a given width, on which `tasks` can be run as people see it.

use crate::{Home, Ran};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};

/// A terminal of that size: the end of its screen and keyboard, and the end of its programs.
fn terminal(columns: u16, rows: u16) -> (OwnedFd, File) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&master).and_then(|()| unlockpt(&master)).expect("a terminal of ours");
    let name = ptsname(&master, Vec::new()).expect("a terminal with a name");
    let name = name.to_str().expect("its name is text").to_owned();
    let slave = OpenOptions::new().read(true).write(true).open(name).expect("its other end");
    let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&slave, size).expect("a terminal with a width");
    (master, slave)
}

impl Home {
    /// Runs `tasks` with these words on a terminal of so many columns. Answer and talk come as one text, as they are seen: `stdout` has
    /// both. Nothing can be typed, there are no colours, and nothing is paged.
    pub fn run_on_terminal(&self, words: &[&str], columns: u16) -> Ran {
        self.on_terminal(self.command(words), columns)
    }

    /// The same with any command, in an environment that is ready.
    pub fn on_terminal(&self, mut command: Command, columns: u16) -> Ran {
        command.env("TERM", "dumb");
        self.on_screen(command, columns, 50, false)
    }

    /// Any command on a terminal where a line is typed whenever the screen ends with one of these prompts.
    pub fn on_keyboard(&self, mut command: Command, columns: u16, prompts: &[&str], typed: &[&str]) -> Ran {
        let (master, slave) = terminal(columns, 50);
        let end = || slave.try_clone().expect("one end twice");
        command.stdin(end()).stdout(end()).stderr(end());
        let mut child = command.spawn().expect("it runs");
        drop((command, slave));
        let mut keyboard = File::from(master.try_clone().expect("the terminal twice"));
        let mut screen = File::from(master);
        let (mut shown, mut read, mut typed) = (String::new(), [0; 4096], typed.iter());
        // A line editor draws the prompt again with every key: one counts that stands on a line of its own after what was typed.
        let mut typed_at = None;
        // Linux says "input/output error" when nobody writes any more.
        while let Ok(count @ 1..) = screen.read(&mut read) {
            shown.push_str(&String::from_utf8_lossy(&read[..count]));
            let plain = without_movements(&shown);
            let answered = typed_at.is_none_or(|at| plain.get(at..).is_some_and(|since| since.contains('\n')));
            if answered
                && prompts.iter().any(|prompt| plain.ends_with(prompt))
                && let Some(line) = typed.next()
            {
                typed_at = Some(plain.len());
                keyboard.write_all(line.as_bytes()).expect("somebody takes it");
            }
        }
        let status = child.wait().expect("it ends");
        let stdout = without_movements(&shown).replace("\r\n", "\n");
        Ran { code: status.code().unwrap_or(-1), stdout, stderr: String::new() }
    }

    /// A command that goes on until it is interrupted, as with Ctrl-C, which happens once `until` is seen.
    pub fn interrupted_on_terminal(&self, mut command: Command, columns: u16, until: &str) -> Ran {
        command.env("TERM", "dumb");
        let (master, slave) = terminal(columns, 50);
        let end = || slave.try_clone().expect("one end twice");
        command.stdin(Stdio::null()).stdout(end()).stderr(end());
        let mut child = command.spawn().expect("it runs");
        drop((command, slave));
        let (mut screen, mut shown, mut read) = (File::from(master), String::new(), [0; 4096]);
        let mut told = false;
        while let Ok(count @ 1..) = screen.read(&mut read) {
            shown.push_str(&String::from_utf8_lossy(&read[..count]));
            if !told && shown.contains(until) {
                told = true;
                crate::signal(i32::try_from(child.id()).expect("an id of a process"), rustix::process::Signal::INT);
            }
        }
        let (status, stdout) = (child.wait().expect("it ends"), shown.replace("\r\n", "\n").into_bytes());
        crate::ran(std::process::Output { status, stdout, stderr: Vec::new() })
    }

    /// Any command on a terminal of that size, where something could be typed if asked for.
    pub fn on_screen(&self, mut command: Command, columns: u16, rows: u16, can_type: bool) -> Ran {
        let (master, slave) = terminal(columns, rows);
        let end = || slave.try_clone().expect("one end twice");
        command.stdin(if can_type { end().into() } else { Stdio::null() }).stdout(end()).stderr(end());
        let mut child = command.spawn().expect("it runs");
        // This process must hold none of the other end, or the reading never ends.
        drop((command, slave));
        let mut screen = Vec::new();
        // Linux says "input/output error" when nobody writes any more.
        _ = File::from(master).read_to_end(&mut screen);
        let status = child.wait().expect("it ends");
        let stdout = String::from_utf8(screen).expect("output is UTF-8").replace("\r\n", "\n");
        Ran { code: status.code().unwrap_or(-1), stdout, stderr: String::new() }
    }
}

/// The text of a screen without what moves the cursor about.
fn without_movements(text: &str) -> String {
    let (mut plain, mut chars) = (String::new(), text.chars());
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => _ = chars.by_ref().skip(1).find(char::is_ascii_alphabetic),
            '\r' if !chars.as_str().starts_with('\n') => {}
            c => plain.push(c),
        }
    }
    plain
}
