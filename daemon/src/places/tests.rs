use super::*;
use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use tasks_domain::error::ErrorKind;

fn env(pairs: &[(&str, &Path)]) -> impl Fn(&str) -> Option<OsString> {
    let map: HashMap<String, OsString> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), value.as_os_str().to_owned())).collect();
    move |name| map.get(name).cloned()
}

fn in_home(home: &Path) -> Places {
    Places::from_env(&env(&[("TASKS_HOME", home)])).unwrap()
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    (folder, path)
}

fn root() -> bool {
    rustix::process::geteuid().is_root()
}

fn give_to(path: &Path, uid: u32) {
    std::os::unix::fs::chown(path, Some(uid), None).unwrap();
}

#[test]
fn tasks_home_moves_everything_into_one_folder() {
    let (_kept, home) = folder();
    let places = in_home(&home);
    assert_eq!(places.config_file(), home.join("config.toml"));
    assert_eq!(places.database(), home.join("data/tasks.db"));
    assert_eq!(places.lock_file(), home.join("data/daemon.lock"));
    assert_eq!(places.starting_lock(), home.join("data/starting.lock"));
    assert_eq!(places.log_file(), home.join("logs/daemon.log"));
    assert_eq!(fs::read_dir(&home).unwrap().count(), 0, "asking makes nothing");
}

#[cfg(not(target_os = "macos"))]
#[test]
fn without_it_the_xdg_folders_are_used_and_relative_ones_are_ignored() {
    let (_kept, home) = folder();
    let places = Places::from_env(&env(&[("HOME", &home), ("XDG_DATA_HOME", Path::new("relative"))])).unwrap();
    assert_eq!(places.config_file(), home.join(".config/tasks/config.toml"));
    assert_eq!(places.data_folder(), home.join(".local/share/tasks"));
    assert_eq!(places.log_folder(), home.join(".local/state/tasks"));
    let [config, data, state] = ["c", "d", "s"].map(|name| home.join(name));
    let xdg = [("XDG_CONFIG_HOME", &*config), ("XDG_DATA_HOME", &*data), ("XDG_STATE_HOME", &*state)];
    let places = Places::from_env(&env(&xdg)).unwrap();
    assert_eq!(places.config_file(), config.join("tasks/config.toml"));
    assert_eq!(places.data_folder(), data.join("tasks"));
    assert_eq!(places.log_folder(), state.join("tasks"));
}

#[test]
fn an_empty_tasks_home_counts_as_none() {
    let (_kept, home) = folder();
    let places = Places::from_env(&env(&[("HOME", &home), ("TASKS_HOME", Path::new(""))])).unwrap();
    assert_eq!(places.home(), None);
}

#[test]
fn the_socket_is_the_same_however_the_folder_is_named_and_whether_or_not_it_exists() {
    let (_kept, base) = folder();
    let real = base.join("real");
    let link = base.join("link");
    let before = in_home(&real.join("missing/../home"));
    let socket = before.socket().unwrap();
    before.make_data_folder().unwrap();
    symlink(&real, &link).unwrap();
    assert_eq!(in_home(&real.join("home")).socket().unwrap(), socket);
    assert_eq!(in_home(&link.join("home")).socket().unwrap(), socket);
    assert_ne!(in_home(&base.join("other")).socket().unwrap(), socket, "another home has another daemon");
}

#[test]
fn a_home_of_150_bytes_has_a_short_socket() {
    let (_kept, base) = folder();
    let long = base.join("x".repeat(150 - base.as_os_str().len() - 1));
    assert_eq!(long.as_os_str().len(), 150);
    let socket = in_home(&long).socket().unwrap();
    let name = socket.file_stem().unwrap().to_str().unwrap();
    assert!(name.len() == 16 && name.chars().all(|digit| digit.is_ascii_hexdigit()), "{name}");
    let euid = rustix::process::geteuid().as_raw();
    assert_eq!(socket.parent().unwrap(), Path::new(&format!("/tmp/tasks-{euid}")));
}

#[test]
fn the_runtime_folder_is_made_private_and_made_private_again() {
    let (_kept, base) = folder();
    let places = in_home(&base.join("home")).with_runtime_base(&base);
    assert_eq!(socket::reachable(&places).unwrap(), None, "no folder, no daemon");
    let (path, _) = socket::prepare(&places).unwrap();
    let folder = path.parent().unwrap();
    assert_eq!(fs::metadata(folder).unwrap().mode() & 0o777, 0o700);
    assert_eq!(socket::reachable(&places).unwrap(), Some(path.clone()));
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(socket::reachable(&places).unwrap(), None, "others may have put something there");
    assert_eq!(socket::prepare(&places).unwrap().0, path);
    assert_eq!(fs::metadata(folder).unwrap().mode() & 0o777, 0o700);
}

#[test]
fn a_runtime_folder_that_is_a_link_is_not_used() {
    let (_kept, base) = folder();
    let places = in_home(&base.join("home")).with_runtime_base(&base);
    let elsewhere = base.join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, socket::path(&places).unwrap().parent().unwrap()).unwrap();
    places.make_data_folder().unwrap();
    let (path, _) = socket::prepare(&places).unwrap();
    assert_eq!(path.parent().unwrap(), base.join("home/data/run"));
    assert_eq!(fs::read_dir(elsewhere).unwrap().count(), 0);
}

#[test]
fn a_runtime_folder_of_somebody_else_is_gone_round_or_named_as_the_reason() {
    if !root() {
        return;
    }
    let (_kept, base) = folder();
    let places = in_home(&base.join("home")).with_runtime_base(&base);
    let taken = socket::path(&places).unwrap().parent().unwrap().to_owned();
    fs::create_dir(&taken).unwrap();
    give_to(&taken, 4242);
    assert_eq!(socket::path(&places).unwrap().parent().unwrap(), base.join("home/data/run"));
    let long = in_home(&base.join("x".repeat(120))).with_runtime_base(&base);
    let failure = long.socket().unwrap_err();
    assert_eq!(failure.kind, ErrorKind::Unavailable);
    assert!(failure.hint.unwrap().contains(&taken.display().to_string()));
}

#[test]
fn the_data_of_another_user_is_refused_and_nothing_is_made() {
    if !root() {
        return;
    }
    let (_kept, base) = folder();
    let theirs = base.join("theirs");
    fs::create_dir(&theirs).unwrap();
    give_to(&theirs, 4242);
    let refused = Places::from_env(&env(&[("HOME", &theirs)])).unwrap_err();
    assert_eq!(refused.kind, ErrorKind::NotAllowed);
    assert!(refused.message.contains("4242"), "{}", refused.message);
    assert_eq!(fs::read_dir(&theirs).unwrap().count(), 0);
}

#[test]
fn folders_of_root_may_be_built_in_by_others_but_not_taken() {
    if !root() {
        return;
    }
    let (_kept, base) = folder();
    let data = base.join("data");
    assert!(owner::check(&data, 4242).is_ok(), "the kernel decides when it is made");
    fs::create_dir(&data).unwrap();
    assert!(matches!(owner::check(&data, 4242), Err(DaemonError::NotOwner { owner: 0, .. })));
}

#[test]
fn a_file_where_a_folder_is_wanted_is_a_clear_error() {
    let (_kept, base) = folder();
    let file = base.join("file");
    fs::write(&file, "").unwrap();
    let failure = Failure::from(in_home(&file).make_data_folder().unwrap_err());
    assert!(failure.message.contains("cannot make the folder"), "{}", failure.message);
}
