//! The daemon as a service of the person's login: a systemd user unit or a launchd agent.
//!
//! Nobody needs it, as the first command starts the daemon; it is for those who want it there before, as for reminders.

use crate::error::DaemonError;
use crate::places::{HOME_VARIABLE, Places};
use std::fs;
use std::path::{Path, PathBuf};
use tasks_proto::error::Failure;

/// Who starts services on this platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manager {
    /// Linux.
    Systemd,
    /// macOS.
    Launchd,
}

impl Manager {
    /// The one of this platform.
    pub const fn of_this_platform() -> Self {
        if cfg!(target_os = "macos") { Self::Launchd } else { Self::Systemd }
    }
}

/// A service that was written, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// Where it lies.
    pub path: PathBuf,
    /// The command that starts it now and at every login, for a shell.
    pub enable: String,
    /// The command that takes it out again.
    pub disable: String,
}

/// Writes the service for `program`, unless that is only tried; one that is there already is replaced.
pub fn install(places: &Places, program: &Path, dry_run: bool) -> Result<Installed, Failure> {
    Ok(write(places, program, Manager::of_this_platform(), dry_run)?)
}

fn write(places: &Places, program: &Path, manager: Manager, dry_run: bool) -> Result<Installed, DaemonError> {
    let folder = places.unit_folder().ok_or(DaemonError::NoHome)?;
    let name = name(places);
    let path = folder.join(file_name(manager, &name));
    if !dry_run {
        fs::create_dir_all(folder).map_err(DaemonError::file("make the folder", folder))?;
        let text = text(manager, &name, program, places.home());
        fs::write(&path, text).map_err(DaemonError::file("write", &path))?;
    }
    let [enable, disable] = match manager {
        Manager::Systemd => [
            format!("systemctl --user daemon-reload && systemctl --user enable --now {name}.service"),
            format!("systemctl --user disable --now {name}.service"),
        ],
        Manager::Launchd => {
            let path = shell_word(&path.to_string_lossy());
            [format!("launchctl load -w {path}"), format!("launchctl unload -w {path}")]
        }
    };
    Ok(Installed { path, enable, disable })
}

/// One for the usual places, and one for each `TASKS_HOME` beside them.
fn name(places: &Places) -> String {
    places.home().map_or_else(|| "tasks".to_owned(), |_| format!("tasks-{}", places.mark()))
}

fn file_name(manager: Manager, name: &str) -> String {
    match manager {
        Manager::Systemd => format!("{name}.service"),
        Manager::Launchd => format!("{}.plist", label(name)),
    }
}

fn label(name: &str) -> String {
    format!("local.{name}.daemon")
}

/// The text of the service `name` that runs `program`, with `TASKS_HOME` when everything lies there.
pub fn text(manager: Manager, name: &str, program: &Path, home: Option<&Path>) -> String {
    let program = program.to_string_lossy();
    let home = home.map(Path::to_string_lossy);
    match manager {
        Manager::Systemd => unit(&program, home.as_deref()),
        Manager::Launchd => agent(&label(name), &program, home.as_deref()),
    }
}

/// A daemon that gives way to another one ends with 0 and is not started again.
fn unit(program: &str, home: Option<&str>) -> String {
    let environment = home
        .map_or_else(String::new, |home| format!("Environment={}\n", unit_word(&format!("{HOME_VARIABLE}={home}"))));
    format!(
        "[Unit]\n\
         Description=Companion daemon of tasks\n\
         Documentation=man:tasks-daemon(1)\n\
         \n\
         [Service]\n\
         Type=exec\n\
         ExecStart={} daemon run\n\
         {environment}Restart=on-failure\n\
         RestartSec=5\n\
         \n\
         [Install]\n\
         WantedBy=default.target\n",
        unit_word(program)
    )
}

/// One word of a unit: quoted, with nothing in it that systemd replaces.
fn unit_word(text: &str) -> String {
    let mut word = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => word.extend(['\\', character]),
            '%' => word.push_str("%%"),
            '\n' => word.push_str("\\n"),
            _ => word.push(character),
        }
    }
    word.push('"');
    word
}

fn agent(label: &str, program: &str, home: Option<&str>) -> String {
    let environment = home.map_or_else(String::new, |home| {
        format!(
            "  <key>EnvironmentVariables</key>\n  <dict>\n    <key>{HOME_VARIABLE}</key>\n    <string>{}</string>\n  </dict>\n",
            xml(home)
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n\
         <dict>\n\
         \x20 <key>Label</key>\n\
         \x20 <string>{}</string>\n\
         \x20 <key>ProgramArguments</key>\n\
         \x20 <array>\n\
         \x20   <string>{}</string>\n\
         \x20   <string>daemon</string>\n\
         \x20   <string>run</string>\n\
         \x20 </array>\n\
         {environment}\
         \x20 <key>RunAtLoad</key>\n\
         \x20 <true/>\n\
         \x20 <key>KeepAlive</key>\n\
         \x20 <dict>\n\
         \x20   <key>SuccessfulExit</key>\n\
         \x20   <false/>\n\
         \x20 </dict>\n\
         \x20 <key>ProcessType</key>\n\
         \x20 <string>Background</string>\n\
         </dict>\n\
         </plist>\n",
        xml(label),
        xml(program)
    )
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    #[test]
    fn the_unit_runs_the_program_and_leaves_it_alone_when_it_ends_well() {
        let text = text(Manager::Systemd, "tasks", Path::new("/usr/bin/tasks"), None);
        let expected = "[Unit]\nDescription=Companion daemon of tasks\nDocumentation=man:tasks-daemon(1)\n\n[Service]\nType=exec\n\
            ExecStart=\"/usr/bin/tasks\" daemon run\nRestart=on-failure\nRestartSec=5\n\n[Install]\nWantedBy=default.target\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn odd_paths_stay_one_word_of_the_unit() {
        let text = text(Manager::Systemd, "tasks", Path::new("/my \"bin\"/50%/tasks"), Some(Path::new("/a b\\c")));
        assert!(text.contains("ExecStart=\"/my \\\"bin\\\"/50%%/tasks\" daemon run\n"), "{text}");
        assert!(text.contains("\nEnvironment=\"TASKS_HOME=/a b\\\\c\"\n"), "{text}");
    }

    #[test]
    fn the_agent_is_well_formed_whatever_the_paths() {
        let text = text(Manager::Launchd, "tasks", Path::new("/a&b/<tasks>"), Some(Path::new("/home")));
        assert!(text.starts_with("<?xml") && text.ends_with("</plist>\n"));
        assert!(text.contains("    <string>/a&amp;b/&lt;tasks&gt;</string>\n    <string>daemon</string>\n"), "{text}");
        assert!(text.contains("  <key>EnvironmentVariables</key>\n  <dict>\n    <key>TASKS_HOME</key>\n"), "{text}");
        assert!(text.contains("<string>local.tasks.daemon</string>"), "{text}");
        for name in ["dict", "array", "key", "string", "plist"] {
            let count = |tag: String| text.matches(&tag).count();
            let opened = count(format!("<{name}>")) + count(format!("<{name} "));
            assert_eq!(opened, count(format!("</{name}>")), "{name}");
        }
    }

    #[test]
    fn it_is_written_where_the_manager_looks_and_each_home_has_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let places = |home: Option<&str>| {
            let variables = [
                ("XDG_CONFIG_HOME", Some(root.clone())),
                ("HOME", Some(root.clone())),
                ("TASKS_HOME", home.map(|home| root.join(home))),
            ];
            let env = move |name: &str| -> Option<OsString> {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.and_then(|(_, value)| value.clone()).map(OsString::from)
            };
            Places::from_env(&env).unwrap()
        };
        let program = Path::new("/usr/bin/tasks");
        let tried = write(&places(None), program, Manager::Systemd, true).unwrap();
        assert!(!tried.path.exists(), "that was only tried");
        let usual = write(&places(None), program, Manager::Systemd, false).unwrap();
        assert_eq!(usual, tried);
        assert_eq!(usual.path.file_name().unwrap(), "tasks.service");
        assert!(usual.enable.ends_with("systemctl --user enable --now tasks.service"));
        let [one, two] =
            ["one", "two"].map(|home| write(&places(Some(home)), program, Manager::Systemd, false).unwrap());
        assert_ne!(one.path, two.path);
        assert!(fs::read_to_string(&one.path).unwrap().contains("TASKS_HOME="));
        if cfg!(not(target_os = "macos")) {
            assert_eq!(usual.path, root.join("systemd/user/tasks.service"));
        }
        let again = write(&places(None), Path::new("/opt/tasks"), Manager::Systemd, false).unwrap();
        assert_eq!(again, usual);
        assert!(fs::read_to_string(&again.path).unwrap().contains("/opt/tasks"));
    }
}
