//! Folders and files: whose they are, who may read them, what disk they are on.

use super::{Check, State};
use crate::ctx::Ctx;
use crate::error::CliError;
use rustix::fs::{Access, StatVfsMountFlags, access, statvfs};
use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use tasks_daemon::places::Places;
use tasks_domain::error::ErrorKind;

/// Room on the disk below which writes may fail soon, and below which that is near, in bytes.
const ROOM_MIN: u64 = 20 * 1024 * 1024;
const ROOM_LOW: u64 = 200 * 1024 * 1024;
/// Bits of a mode that let others in.
const OTHERS: u32 = 0o077;
/// Bits of a mode that let others write.
const OTHERS_WRITE: u32 = 0o022;
/// Size of the write-ahead log from which on it should have been taken back, in bytes.
const WAL_LARGE: u64 = 64 * 1024 * 1024;
/// What a SQLite file begins with, and where its version lies (the SQLite file format, section 1.3).
const MAGIC: &[u8] = b"SQLite format 3\0";
const USER_VERSION: std::ops::Range<usize> = 60..64;

/// Data, settings and logs: there, ours, and closed to others.
pub(super) fn folders(_: &Ctx, places: &Places) -> Vec<Check> {
    let config = places.config_file().parent().unwrap_or(Path::new("/"));
    let mut checks = vec![folder("data", places.data_folder(), OTHERS)];
    // The folder of the settings may be read by others, as many have it, but nobody else may write there.
    checks.push(folder("settings folder", config, OTHERS_WRITE));
    checks.push(folder("logs", places.log_folder(), OTHERS));
    checks.push(log(places));
    checks
}

fn folder(name: &'static str, path: &Path, forbidden: u32) -> Check {
    let shown = path.display();
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Check::ok(name, format!("{shown} is not there yet; it is made when it is needed"));
        }
        Err(error) => return Check::problem(name, format!("cannot look at {shown}: {error}"), "see who may enter it"),
    };
    if !found.is_dir() {
        return Check::problem(name, format!("{shown} is not a folder"), "move it away");
    }
    let mode = found.mode() & 0o777;
    let euid = rustix::process::geteuid().as_raw();
    if found.uid() != euid {
        let hint = "run tasks as its owner, or have it given back to you";
        return Check::warning(name, format!("{shown} belongs to user {}, and this is {euid}", found.uid()), hint);
    }
    if mode & forbidden != 0 {
        let what = if forbidden == OTHERS { "others may look into" } else { "others may write into" };
        let message = format!("{what} {shown} (mode {mode:o})");
        return Check::warning(name, message, format!("tasks doctor --fix, or chmod 700 {shown}"))
            .fixed_by(close(path.to_owned(), 0o700));
    }
    if access(path, Access::WRITE_OK | Access::EXEC_OK).is_err() {
        return Check::problem(
            name,
            format!("{shown} cannot be written"),
            "see that the disk is writable and the folder yours",
        );
    }
    Check::ok(name, format!("{shown} (mode {mode:o})"))
}

fn close(path: PathBuf, mode: u32) -> impl FnOnce(&Ctx) -> Result<String, CliError> {
    move |_| {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode))
            .map_err(|error| CliError::new(ErrorKind::Failed, error.to_string()))?;
        Ok(format!("closed {} to others (mode {mode:o})", path.display()))
    }
}

fn log(places: &Places) -> Check {
    let path = places.log_file();
    match access(&path, Access::WRITE_OK) {
        Ok(()) => Check::ok("log", format!("{} can be written", path.display())),
        Err(rustix::io::Errno::NOENT) => Check::ok("log", "there is none yet"),
        Err(error) => {
            let hint = "see whose it is; until then the daemon logs nothing";
            Check::warning("log", format!("{} cannot be written: {error}", path.display()), hint)
        }
    }
}

/// The nearest folder that is there.
fn existing(path: &Path) -> &Path {
    path.ancestors().find(|path| path.exists()).unwrap_or(Path::new("/"))
}

/// Room, and what kind of disk it is.
pub(super) fn disk(_: &Ctx, places: &Places) -> Vec<Check> {
    let folder = existing(places.data_folder());
    let mut checks = match statvfs(folder) {
        Err(error) => {
            vec![Check::warning("disk", format!("cannot ask for the room at {}: {error}", folder.display()), "")]
        }
        Ok(found) => {
            let room = found.f_bavail.saturating_mul(found.f_frsize);
            let shown = format!("{} MiB free at {}", room / 1024 / 1024, folder.display());
            vec![if found.f_flag.contains(StatVfsMountFlags::RDONLY) {
                let hint = "make it writable, or set TASKS_HOME to a folder on another disk";
                Check::problem("disk", format!("{} is on a read-only disk", folder.display()), hint)
            } else if found.f_files > 0 && found.f_favail == 0 {
                Check::problem("disk", "the disk has no room for another file (no free inodes)", "remove files there")
            } else if room < ROOM_MIN {
                Check::problem("disk", shown, "make room: changes will be refused")
            } else if room < ROOM_LOW {
                Check::warning("disk", shown, "make room before it is full")
            } else {
                Check::ok("disk", shown)
            }]
        }
    };
    checks.extend(network(folder));
    checks
}

/// Numbers of file systems that are served over a network (linux/magic.h and the kernel's file systems).
#[cfg(target_os = "linux")]
const NETWORKS: [(i128, &str); 10] = [
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xff53_4d42, "CIFS"),
    (0xfe53_4d42, "SMB"),
    (0x6573_5546, "FUSE"),
    (0x5346_414f, "AFS"),
    (0x0102_1997, "9P"),
    (0x00c3_6400, "Ceph"),
    (0x0bd0_0bd0, "Lustre"),
    (0x0161_1970, "GFS2"),
];

#[cfg(target_os = "linux")]
fn network(folder: &Path) -> Vec<Check> {
    let Ok(found) = rustix::fs::statfs(folder) else { return Vec::new() };
    // Its sign and width differ from machine to machine; the numbers have 32 bits.
    vec![served(i128::from(found.f_type) & 0xffff_ffff)]
}

/// What it means that the data lies on a file system of that kind.
#[cfg(target_os = "linux")]
fn served(kind: i128) -> Check {
    match NETWORKS.iter().find(|(number, _)| *number == kind) {
        Some((_, name)) => {
            let message = format!("the data lies on a {name} file system, where locks may not hold and stalls happen");
            Check::warning("file system", message, "keep the data on a local disk: TASKS_HOME, or XDG_DATA_HOME")
        }
        None => Check::ok("file system", "local"),
    }
}

#[cfg(not(target_os = "linux"))]
fn network(_: &Path) -> Vec<Check> {
    Vec::new()
}

/// The database's files, looked at from outside.
pub(super) fn files(_: &Ctx, places: &Places) -> Vec<Check> {
    let path = places.database();
    let mut checks = Vec::new();
    match fs::metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            checks.push(Check::ok("database file", "there is none yet; the first task makes it"));
        }
        Err(error) => {
            checks.push(Check::problem("database file", format!("cannot look at {}: {error}", path.display()), ""));
        }
        Ok(found) => checks.push(database_file(&path, &found)),
    }
    // What was changed last stands in these only.
    for beside in [with_suffix(&path, "-wal"), with_suffix(&path, "-shm")] {
        checks.extend(fs::metadata(&beside).ok().and_then(|found| read_by_others(&beside, &found)));
    }
    let wal = fs::metadata(with_suffix(&path, "-wal")).map_or(0, |file| file.len());
    if wal > WAL_LARGE {
        let message = format!("the write-ahead log has {} MiB", wal / 1024 / 1024);
        checks.push(Check::warning("write-ahead log", message, "tasks daemon restart takes it back into the database"));
    }
    let aside = set_aside(places);
    if !aside.is_empty() {
        let message = format!("{} damaged databases were set aside: {}", aside.len(), aside.join(", "));
        let hint =
            format!("what could be read of them is in the new one; they lie in {}", places.data_folder().display());
        checks.push(Check::warning("set aside", message, hint));
    }
    checks
}

fn database_file(path: &Path, found: &fs::Metadata) -> Check {
    let name = "database file";
    let shown = path.display();
    let head = fs::File::open(path).and_then(|mut file| {
        let mut head = [0; 100];
        std::io::Read::read_exact(&mut file, &mut head).map(|()| head)
    });
    match head {
        // A new file is empty until the daemon has made its tables.
        Err(_) if found.len() == 0 => {}
        Err(error) => {
            return Check::problem(name, format!("cannot read {shown}: {error}"), "see whose it is, and the disk");
        }
        Ok(head) if !head.starts_with(MAGIC) => {
            let hint = "tasks daemon restart sets it aside, and keeps what can be read of it";
            return Check::problem(name, format!("{shown} is not a database"), hint);
        }
        Ok(head) => {
            let version = u32::from_be_bytes(head[USER_VERSION].try_into().unwrap_or_default());
            if version > tasks_sqlite::schema::VERSION {
                let message =
                    format!("{shown} has schema {version}, and this build knows {}", tasks_sqlite::schema::VERSION);
                return Check::problem(name, message, "install the newer tasks again");
            }
        }
    }
    read_by_others(path, found)
        .unwrap_or_else(|| Check::ok(name, format!("{shown}, {} KiB", found.len().div_ceil(1024))))
}

fn read_by_others(path: &Path, found: &fs::Metadata) -> Option<Check> {
    (found.mode() & OTHERS != 0).then(|| {
        let shown = path.display();
        let message = format!("others may read {shown} (mode {:o})", found.mode() & 0o777);
        Check::warning("database file", message, format!("tasks doctor --fix, or chmod 600 {shown}"))
            .fixed_by(close(path.to_owned(), 0o600))
    })
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Databases that were found damaged.
fn set_aside(places: &Places) -> Vec<String> {
    let Ok(entries) = fs::read_dir(places.data_folder()) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let main = |name: &String| {
        name.contains(".damaged-") && !["-wal", "-shm", "-suspect"].iter().any(|end| name.ends_with(end))
    };
    let mut names: Vec<String> = names.filter(main).collect();
    names.sort();
    names
}

/// The folder of the socket, and what a daemon that was killed left there.
pub(super) fn socket(ctx: &Ctx, places: &Places) -> Vec<Check> {
    let path = match places.socket() {
        Ok(path) => path,
        Err(failure) => return vec![Check::failed("socket", State::Problem, &failure.into())],
    };
    let folder = path.parent().unwrap_or(Path::new("/")).to_owned();
    let mut checks = Vec::new();
    if let Ok(found) = fs::symlink_metadata(&folder)
        && found.mode() & OTHERS != 0
    {
        let message = format!("others may enter {} (mode {:o})", folder.display(), found.mode() & 0o777);
        let hint = "tasks doctor --fix; until then no command goes to a daemon there";
        checks.push(Check::problem("socket", message, hint).fixed_by(close(folder, 0o700)));
    }
    let unfinished = path.with_extension("new");
    let left: Vec<PathBuf> = [path.clone(), unfinished].into_iter().filter(|path| path.exists()).collect();
    let nobody = matches!(crate::link::life::status(&ctx.env), Ok(None));
    if nobody && !left.is_empty() {
        let sockets = left.iter().all(|path| fs::symlink_metadata(path).is_ok_and(|file| file.file_type().is_socket()));
        let message = format!("{} was left by a daemon that is gone", path.display());
        let check = Check::warning("socket", message, "the next daemon replaces it; or tasks doctor --fix");
        checks.push(if sockets { check.fixed_by(remove(left)) } else { check });
    }
    if checks.is_empty() {
        checks.push(Check::ok("socket", path.display().to_string()));
    }
    checks
}

fn remove(paths: Vec<PathBuf>) -> impl FnOnce(&Ctx) -> Result<String, CliError> {
    move |ctx| {
        // Looked at again: somebody may have started a daemon since.
        if !matches!(crate::link::life::status(&ctx.env), Ok(None)) {
            return Ok("a daemon took it over".to_owned());
        }
        for path in &paths {
            match fs::remove_file(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(CliError::new(ErrorKind::Failed, format!("{}: {error}", path.display())));
                }
                _ => {}
            }
        }
        Ok("removed what was left".to_owned())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::served;
    use crate::doctor::State;

    #[test]
    fn data_on_a_network_is_warned_of_by_the_kind_of_its_file_system() {
        // As statfs tells them: NFS, SMB with the sign of 32 bits, FUSE.
        for (kind, name) in [(0x6969, "NFS"), (0xfe53_4d42, "SMB"), (0x6573_5546, "FUSE")] {
            let check = served(kind);
            assert_eq!(check.state, State::Warning, "{name}");
            assert!(check.message.contains(name) && check.hint.contains("TASKS_HOME"), "{}", check.message);
        }
        // ext4, btrfs, tmpfs, ZFS.
        for kind in [0xef53, 0x9123_683e, 0x0102_1994, 0x2fc1_2fc1] {
            assert_eq!(served(kind).state, State::Ok);
        }
    }
}
