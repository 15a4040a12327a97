//! A terminal of a given width, on which `tasks` can be run as people see it.

use crate::{Home, Ran};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::{File, OpenOptions};
use std::io::Read as _;
use std::process::{Command, Stdio};

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

    /// Any command on a terminal of that size, where something could be typed if asked for.
    pub fn on_screen(&self, mut command: Command, columns: u16, rows: u16, can_type: bool) -> Ran {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&master).and_then(|()| unlockpt(&master)).expect("a terminal of ours");
        let name = ptsname(&master, Vec::new()).expect("a terminal with a name");
        let name = name.to_str().expect("its name is text").to_owned();
        let slave = OpenOptions::new().read(true).write(true).open(name).expect("its other end");
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&slave, size).expect("a terminal with a width");
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
