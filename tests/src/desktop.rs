//! A real desktop for one test: a session bus (dbus-daemon), a screen that nobody sees (Xvfb) and a notification service (dunst)
//! which shows pop-ups and tells what is pressed.
//!
//! Buttons are pressed through dunst's own menu of actions: it runs a program that picks a line, and ours picks the one that the
//! test asks for, so that the signal on the bus is dunst's.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Far more than anything here takes, also on a machine that does much else.
const LIMIT: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(10);
/// How long a menu takes at most, unless dunst was busy.
const MENU_PAUSE: Duration = Duration::from_secs(1);
const PROGRAMS: [&str; 4] = ["dbus-daemon", "Xvfb", "dunst", "dunstctl"];
const PACKAGES: [&str; 5] = ["dbus", "dbus-daemon", "dunst", "xvfb", "fonts-dejavu-core"];

/// A desktop, ended with this.
pub struct Desktop {
    folder: TempDir,
    bus: Child,
    screen: Child,
    service: Option<Child>,
    address: String,
    display: String,
}

impl Desktop {
    /// A new one; `None`, and said so, where its programs are not there and cannot be installed. In CI that is a failure.
    pub fn start() -> Option<Self> {
        if !are_installed() {
            assert!(std::env::var_os("CI").is_none(), "missing: apt-get install {}", PACKAGES.join(" "));
            said("skipped: no desktop to test with; on Debian: apt-get install", &PACKAGES.join(" "));
            return None;
        }
        // A socket's path is at most 107 bytes.
        let folder = tempfile::Builder::new().prefix("tasks-desktop-").tempdir_in("/tmp").expect("a folder");
        let path = folder.path().to_owned();
        let socket = path.join("bus");
        fs::write(path.join("bus.conf"), bus_configuration(&socket)).expect("a file");
        let bus = quiet(
            Command::new("dbus-daemon")
                .args(["--nofork", "--nopidfile"])
                .arg(format!("--config-file={}", path.join("bus.conf").display())),
        )
        .spawn()
        .expect("dbus-daemon runs");
        until("the session bus", || socket.exists());
        // Xvfb picks a free display and writes its number to the descriptor, here its standard output.
        let number = path.join("display");
        let screen = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1024x600x24", "-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(fs::File::create(&number).expect("a file"))
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb runs");
        let read = || fs::read_to_string(&number).unwrap_or_default();
        until("the screen", || read().ends_with('\n'));
        let (address, display) = (format!("unix:path={}", socket.display()), format!(":{}", read().trim()));
        let mut desktop = Self { folder, bus, screen, service: None, address, display };
        desktop.start_service();
        Some(desktop)
    }

    /// The variables by which programs find it.
    pub fn variables(&self) -> [(&'static str, &str); 2] {
        [("DBUS_SESSION_BUS_ADDRESS", &self.address), ("DISPLAY", &self.display)]
    }

    /// Starts the notification service, which runs from the beginning.
    pub fn start_service(&mut self) {
        let folder = self.folder.path();
        let menu = folder.join("menu");
        fs::write(&menu, MENU.replace("FOLDER", &folder.display().to_string())).expect("a file");
        fs::set_permissions(&menu, fs::Permissions::from_mode(0o700)).expect("a program");
        let settings = folder.join("dunstrc");
        fs::write(&settings, DUNSTRC.replace("MENU", &menu.display().to_string())).expect("a file");
        let mut command = Command::new("dunst");
        let service = quiet(command.arg("-conf").arg(settings)).envs(self.variables()).spawn().expect("dunst runs");
        self.service = Some(service);
        until("the notification service", || self.control(&["count", "displayed"]).is_some());
    }

    /// Ends the notification service, and leaves the bus.
    pub fn stop_service(&mut self) {
        if let Some(mut service) = self.service.take() {
            _ = service.kill();
            _ = service.wait();
        }
    }

    /// How many pop-ups are on the screen.
    pub fn count(&self) -> usize {
        let count = self.control(&["count", "displayed"]).expect("dunst answers");
        count.trim().parse().expect("a number")
    }

    /// Waits until so many are on the screen.
    #[track_caller]
    pub fn wait_for(&self, count: usize) {
        until(&format!("{count} pop-ups"), || self.count() == count);
    }

    /// Presses the button with this key, as `done`, on the newest pop-up that has it.
    pub fn press(&self, key: &str) {
        let path = |name: &str| self.folder.path().join(name);
        assert!(self.open_menu(key), "nothing is shown that could be pressed");
        let picked = fs::read_to_string(path("picked")).expect("a file");
        assert!(picked.contains(&format!(",{key}]")), "no button {key}: {}", self.menu());
    }

    /// The titles of what is on the screen, as far as it has buttons, one line a button: `#Done (Buy milk) [3,done]`.
    pub fn buttons(&self) -> String {
        // No line ends so: nothing is pressed. Where nothing is shown there is no menu.
        if self.count() > 0 && self.open_menu("\t") { self.menu() } else { String::new() }
    }

    /// Opens dunst's menu and picks the line with this key; false where nothing is shown any more.
    fn open_menu(&self, key: &str) -> bool {
        let path = |name: &str| self.folder.path().join(name);
        _ = fs::remove_file(path("picked"));
        fs::write(path("choice"), key).expect("a file");
        let began = Instant::now();
        while began.elapsed() < LIMIT {
            self.control(&["context"]);
            let asked = Instant::now();
            // dunst does not hear it while it still puts the menu before away: it is asked again then.
            while asked.elapsed() < MENU_PAUSE {
                if path("picked").exists() {
                    return true;
                }
                std::thread::sleep(PAUSE);
            }
            if self.count() == 0 {
                return false;
            }
        }
        panic!("in vain waited for a menu with {key}");
    }

    /// The lines of dunst's menu when a button was last pressed: every button on the screen.
    pub fn menu(&self) -> String {
        fs::read_to_string(self.folder.path().join("offered")).unwrap_or_default()
    }

    /// Closes the newest pop-up, as a person would.
    pub fn dismiss(&self) {
        self.control(&["close"]);
    }

    /// Takes all of them away and gives their titles and bodies, newest first.
    pub fn taken(&self) -> Vec<(String, String)> {
        self.control(&["close-all"]);
        let history = self.control(&["history"]).expect("dunst answers");
        let history: serde_json::Value = serde_json::from_str(&history).expect("JSON");
        let text = |one: &serde_json::Value, key: &str| one[key]["data"].as_str().unwrap_or_default().to_owned();
        let all = history["data"][0].as_array().expect("a list");
        all.iter().map(|one| (text(one, "summary"), text(one, "body"))).collect()
    }

    /// Writes a picture of the screen, where scrot is there to take it.
    pub fn picture(&self, file: &Path) -> bool {
        let mut command = Command::new("scrot");
        quiet(command.args(["-o", "-z"]).arg(file)).envs(self.variables()).status().is_ok_and(|status| status.success())
    }

    fn control(&self, words: &[&str]) -> Option<String> {
        let output = Command::new("dunstctl").args(words).envs(self.variables()).stderr(Stdio::null()).output();
        output.ok().filter(|output| output.status.success()).map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        self.stop_service();
        for child in [&mut self.screen, &mut self.bus] {
            _ = child.kill();
            _ = child.wait();
        }
    }
}

/// Waits for a condition; fails when it does not come.
#[track_caller]
pub fn until(what: &str, condition: impl Fn() -> bool) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < LIMIT, "in vain waited for {what}");
        std::thread::sleep(PAUSE);
    }
}

/// Installs packages of the system, where that is Debian and we may; whether that worked.
pub fn apt_get(packages: &[&str]) -> bool {
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        let command = command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        quiet(command).status().is_ok_and(|status| status.success())
    };
    rustix::process::geteuid().is_root()
        && apt(&["update", "-q"])
        && apt(&[&["install", "-y", "-q", "--no-install-recommends"][..], packages].concat())
}

fn are_installed() -> bool {
    static INSTALLED: OnceLock<bool> = OnceLock::new();
    let there = |name: &&str| {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&folders).any(|folder| folder.join(name).is_file())
    };
    *INSTALLED.get_or_init(|| PROGRAMS.iter().all(there) || (apt_get(&PACKAGES) && PROGRAMS.iter().all(there)))
}

#[expect(clippy::print_stdout, reason = "a test that cannot show something says so")]
fn said(what: &str, more: &str) {
    println!("{what} {more}");
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}

fn bus_configuration(socket: &Path) -> String {
    format!(
        "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \
         \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n\
         <busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>\
         <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>\
         <allow own=\"*\"/></policy></busconfig>",
        socket.display()
    )
}

/// The folder of the desktop's own, for what a test puts beside it.
impl AsRef<Path> for Desktop {
    fn as_ref(&self) -> &Path {
        self.folder.path()
    }
}

/// A place in a folder that is kept for people to look at: below the target folder.
pub fn picture_place(name: &str) -> PathBuf {
    let this = std::env::current_exe().expect("a test has a path");
    this.ancestors().nth(3).expect("a test lies in target/PROFILE/deps").join("tmp").join(name)
}

/// What dunst runs as its menu: the lines come in, the picked one goes out. A line ends in `[ID,KEY]`.
const MENU: &str = "#!/bin/sh
cat >FOLDER/offered
grep -F \",$(cat FOLDER/choice)]\" FOLDER/offered | tail -1 >FOLDER/picking
cat FOLDER/picking
mv FOLDER/picking FOLDER/picked
";

const DUNSTRC: &str = "[global]
    font = DejaVu Sans 12
    width = (300, 460)
    height = 300
    offset = 20x20
    notification_limit = 30
    format = \"<b>%s</b>\\n%b\"
    markup = full
    show_indicators = yes
    idle_threshold = 0
    history_length = 400
    sticky_history = yes
    dmenu = MENU
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
";
