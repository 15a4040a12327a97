//! A courier of the real binary, driven as the daemon drives it.

use serde_json::json;
use std::ffi::OsString;
use std::future::Future;
use tasks_daemon::notify::courier::{Courier, Errand, Launch, Reaction};
use tasks_daemon::notify::{Outcome, Parcel, Slip};
use tasks_daemon::session::{Newest, Session};
use tasks_tests::{Home, tasks_bin};
use tokio::sync::mpsc;

/// Far more than anything here takes, also on a machine that does much else.
#[cfg(target_os = "linux")]
const LIMIT: std::time::Duration = std::time::Duration::from_secs(30);

/// A courier in a home of its own.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only pop-ups of Linux are pressed"))]
pub(crate) struct Ordered {
    pub(crate) courier: Courier,
    pub(crate) newest: Newest,
    reactions: mpsc::Receiver<(Vec<String>, Reaction)>,
    pub(crate) home: Home,
}

impl Ordered {
    /// Somebody works in a session with these variables, and has these settings.
    pub(crate) fn new(variables: &[(&str, &str)], settings: &str) -> Self {
        let home = Home::new();
        std::fs::create_dir_all(&home.path).unwrap();
        std::fs::write(home.path.join("config.toml"), settings).unwrap();
        let newest = Newest::new(session(variables));
        let (sender, reactions) = mpsc::channel(8);
        // As `Home::command` has it: the courier inherits the rest from the test, as it would from the daemon.
        let own = |name: &str, value: &std::ffi::OsStr| (OsString::from(name), value.to_owned());
        let nowhere = home.scratch().join("no-session");
        let launch = Launch {
            program: tasks_bin().to_owned(),
            arguments: ["daemon", "courier"].map(OsString::from).to_vec(),
            environment: vec![
                own("TASKS_HOME", home.path.as_os_str()),
                own("HOME", home.scratch().as_os_str()),
                own("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", nowhere.display()).as_ref()),
                own("SSL_CERT_FILE", home.scratch().join("authority.pem").as_os_str()),
                own("TASKS_TZ", "Europe/Berlin".as_ref()),
            ],
        };
        Self { courier: Courier::new(launch, newest.clone(), sender), newest, reactions, home }
    }

    #[cfg(target_os = "linux")]
    pub(crate) async fn show(&self, parcel: Parcel) -> Outcome {
        self.courier.run(Errand::Show(parcel)).await
    }

    pub(crate) async fn mail(&self, to: &str, parcel: Parcel) -> Outcome {
        self.courier.run(Errand::Mail { to: Some(to.to_owned()), parcel }).await
    }

    pub(crate) async fn post(&self, url: String, parcel: Parcel) -> Outcome {
        self.courier.run(Errand::Post { url, parcel }).await
    }

    /// The next thing that somebody did with a pop-up.
    #[cfg(target_os = "linux")]
    pub(crate) async fn reaction(&mut self) -> (Vec<String>, Reaction) {
        tokio::time::timeout(LIMIT, self.reactions.recv()).await.expect("in time").expect("a reaction")
    }
}

pub(crate) fn session(variables: &[(&str, &str)]) -> Session {
    let find = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value));
    Session::of(&find)
}

/// A reminder for the task of that number.
pub(crate) fn slip(number: u32, title: &str) -> Slip {
    Slip {
        row: letters('r', number),
        reminder: letters('m', number),
        task: letters('t', number),
        number,
        title: title.to_owned(),
        project: "home".to_owned(),
        priority: "medium".to_owned(),
        due_words: "17:00 (in 15 min)".to_owned(),
        due_short: "17:00".to_owned(),
        due: json!({ "at": "2026-11-22T17:00:00+01:00", "tz": "Europe/Berlin" }),
        at: "2026-11-22T16:45:00+01:00".to_owned(),
        attempt: 1,
        ..Slip::default()
    }
}

pub(crate) fn parcel(slip: Slip) -> Parcel {
    Parcel {
        key: slip.row.clone(),
        rows: vec![slip.row.clone()],
        reminders: vec![slip.reminder.clone()],
        total: 1,
        now_unix_ms: 1_795_362_300_000,
        slips: vec![slip],
    }
}

/// Something that looks like an id.
fn letters(kind: char, number: u32) -> String {
    let last = char::from_u32(u32::from('k') + number % 16).unwrap();
    kind.to_string().repeat(31) + &last.to_string()
}

pub(crate) fn on_runtime<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}
