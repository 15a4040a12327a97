//! Expands rules with something nobody here wrote: python-dateutil, and the zones of Python's zoneinfo.
//!
//! The first run installs both below the target folder, from `PyPI` or, where that cannot be reached, from the system's
//! packages. Without them the tests fail and say why: they are the proof that the arithmetic is right.

use serde_json::Value;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

const DATEUTIL: &str = "2.9.0.post0";
const TZDATA: &str = "2025.2";

/// What one program says, as one JSON value a line for a line.
pub(crate) fn ask(cases: &[Value]) -> Vec<Value> {
    let python = python();
    let mut child = Command::new(&python.program)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recurrence_peer/expand.py"))
        .env("PYTHONPATH", &python.path)
        // The zones are those of the tzdata package, not of whatever machine this is.
        .env("PYTHONTZPATH", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let lines: String = cases.iter().map(|case| format!("{case}\n")).collect();
    // Beside the reading, as neither pipe holds all of it.
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "expand.py failed: {}", output.status);
    writer.join().unwrap().unwrap();
    let answers: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), cases.len(), "one answer a case");
    answers
}

/// A Python, and where the packages are.
struct Python {
    program: PathBuf,
    path: PathBuf,
}

/// Whatever Python comes first on the path, and the system's, which has the system's packages.
const PYTHONS: [&str; 2] = ["python3", "/usr/bin/python3"];

fn python() -> &'static Python {
    static PYTHON: OnceLock<Python> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("dateutil-{DATEUTIL}"));
        let find = |imports: &str| {
            let can = |name: &&str| works(Command::new(name).args(["-c", imports]).env("PYTHONPATH", &path));
            PYTHONS.into_iter().find(can)
        };
        let ready = || find("import zoneinfo, dateutil.rrule, tzdata");
        let mut tried = String::new();
        let mut found = ready();
        if found.is_none() {
            if find("import zoneinfo").is_none() {
                tried.push_str(&apt_get(&["python3"]));
            }
            if let Some(program) = find("import zoneinfo") {
                tried.push_str(&install(program, &path));
            }
            found = ready();
        }
        let Some(program) = found else {
            panic!(
                "these tests compare with python-dateutil {DATEUTIL}: they need Python 3.9 or newer, and PyPI to install it into {} \
                 (or, on Debian: apt-get install python3 python3-dateutil python3-tzdata)\n{tried}",
                path.display()
            )
        };
        Python { program: program.into(), path }
    })
}

/// Tries each way in turn; what they said.
fn install(program: &str, folder: &Path) -> String {
    let packages = [format!("python-dateutil=={DATEUTIL}"), format!("tzdata=={TZDATA}")];
    let environment = folder.with_extension("venv");
    let pip_of = |program: &Path, target: &Path| {
        let mut pip = Command::new(program);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target"])
            .arg(target)
            .args(&packages);
        pip
    };
    // Installed beside its place and moved there when it is whole: another test run may do the same now.
    let beside = folder.with_extension(format!("new-{}", std::process::id()));
    let mut tried = String::new();
    let mut venv = Command::new(program);
    venv.args(["-m", "venv"]).arg(&environment);
    for (what, command) in [
        ("a virtual environment", &mut venv),
        ("pip in it", &mut pip_of(&environment.join("bin/python"), &beside)),
        ("pip of the system", &mut pip_of(Path::new(program), &beside)),
    ] {
        if what.starts_with("pip") && beside.join("dateutil").is_dir() {
            break;
        }
        if let Err(problem) = run(command) {
            tried.push_str(&format!("{what}: {problem}\n"));
        }
    }
    if !beside.join("dateutil").is_dir() {
        tried.push_str(&apt_get(&["python3-dateutil", "python3-tzdata"]));
    }
    if std::fs::rename(&beside, folder).is_err() {
        // Somebody else was faster, or there is nothing to move.
        _ = std::fs::remove_dir_all(&beside);
    }
    tried
}

/// Installs packages of the system, where that is Debian and we may; what went wrong.
fn apt_get(packages: &[&str]) -> String {
    let mut tried = String::new();
    for arguments in [&["update"][..], &[&["install", "-y"][..], packages].concat()] {
        if let Err(problem) = run(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive")) {
            tried.push_str(&format!("apt-get {}: {problem}\n", arguments.join(" ")));
        }
    }
    tried
}

fn run(command: &mut Command) -> Result<(), String> {
    let Output { status, stderr, .. } = command.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("{status}: {}", String::from_utf8_lossy(&stderr).trim())) }
}

fn works(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
