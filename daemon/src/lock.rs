//! The two locks that decide who lives, and how a holder that does not let go is ended.

use crate::error::DaemonError;
use rustix::fs::{FlockOperation, fcntl_lock};
use rustix::io::Errno;
use rustix::process::{Flock, FlockType, Pid, Signal, fcntl_getlk};
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long a daemon that is ending may take; a second more than its own deadline.
pub(crate) const DRAIN_LIMIT: Duration = Duration::from_secs(6);
/// How long a holder that was asked to end has to show that it does, before it is killed.
const SIGNAL_GRACE: Duration = Duration::from_millis(150);
/// How long the kernel may take to end a killed process.
const KILL_GRACE: Duration = Duration::from_secs(2);

/// What the holder of the life lock says about itself, in the lock file. Only a hint: that it lives, the kernel says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Serving,
    Draining,
}

impl Stage {
    /// Of one length, so that writing one over the other leaves nothing.
    fn word(self) -> &'static [u8] {
        match self {
            Self::Serving => b"serving \n",
            Self::Draining => b"draining\n",
        }
    }
}

/// Whoever holds the life lock; without a pid when it lives in another pid namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) pid: Option<Pid>,
}

/// The life lock's file. A POSIX record lock belongs to the process and is lost when ANY descriptor of the file is
/// closed, so a process opens it once and clones share that descriptor.
#[derive(Clone, Debug)]
pub(crate) struct LifeLock {
    file: Arc<File>,
    path: PathBuf,
}

impl LifeLock {
    /// Opens the file, making it when it is absent. Takes nothing.
    pub(crate) fn open(path: &Path) -> Result<Self, DaemonError> {
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path);
        let file = opened.map_err(DaemonError::file("open", path))?;
        Ok(Self { file: Arc::new(file), path: path.to_owned() })
    }

    /// Opens the file if there is one.
    pub(crate) fn open_existing(path: &Path) -> Result<Option<Self>, DaemonError> {
        match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => Ok(Some(Self { file: Arc::new(file), path: path.to_owned() })),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(DaemonError::file("open", path)(error)),
        }
    }

    /// Whether the lock is now ours.
    pub(crate) fn try_acquire(&self) -> Result<bool, DaemonError> {
        match fcntl_lock(&*self.file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(true),
            Err(Errno::AGAIN | Errno::ACCESS) => Ok(false),
            Err(error) => Err(DaemonError::file("lock", &self.path)(error.into())),
        }
    }

    /// Gives the lock up now, not when the last clone is dropped.
    pub(crate) fn release(&self) {
        fcntl_lock(&*self.file, FlockOperation::NonBlockingUnlock).ok();
    }

    /// The other process that holds the lock, if one does.
    pub(crate) fn holder(&self) -> Result<Option<Holder>, DaemonError> {
        let found = fcntl_getlk(&*self.file, &Flock::from(FlockType::WriteLock));
        let found = found.map_err(|error| DaemonError::file("ask for the lock of", &self.path)(error.into()))?;
        Ok(found.map(|lock| Holder { pid: lock.pid }))
    }

    /// Says what the holder, this process, is doing.
    pub(crate) fn mark(&self, stage: Stage) -> io::Result<()> {
        self.file.write_all_at(stage.word(), 0)
    }

    /// What the holder said last.
    pub(crate) fn stage(&self) -> Stage {
        let mut word = [0; 9];
        match self.file.read_exact_at(&mut word, 0) {
            Ok(()) if word == Stage::Draining.word() => Stage::Draining,
            _ => Stage::Serving,
        }
    }

    /// Begins to wait for the lock.
    pub(crate) fn wait(&self) -> Waiting {
        // One message at most: that the lock is ours, or why not.
        let (sender, receiver) = sync_channel(1);
        let lock = self.clone();
        // Blocks in the kernel, so that nothing polls. Not joined: it ends with the process when the lock never comes, and
        // when it comes too late, the descriptor is closed with it and the lock with that.
        thread::spawn(move || {
            let acquired = loop {
                match fcntl_lock(&*lock.file, FlockOperation::LockExclusive) {
                    Err(Errno::INTR) => {}
                    acquired => break acquired,
                }
            };
            sender.send(acquired.map_err(io::Error::from)).ok();
        });
        Waiting { lock: self.clone(), acquired: receiver }
    }

    fn held_by(&self, pid: Option<Pid>) -> DaemonError {
        DaemonError::LifeLockHeld { pid: pid.map(|pid| pid.as_raw_nonzero().get()), path: self.path.clone() }
    }

    /// Sends a signal to the holder, and to nobody else: the process is pinned down first, then the kernel is asked again.
    fn signal(&self, signal: Signal) -> Result<(), DaemonError> {
        let Some(pid) = self.holder()?.and_then(|holder| holder.pid) else { return Ok(()) };
        let sent = send(pid, signal, || matches!(self.holder(), Ok(Some(Holder { pid: Some(now) })) if now == pid));
        match sent {
            // It ended by itself.
            Ok(()) | Err(Errno::SRCH) => Ok(()),
            // It is not ours to end.
            Err(Errno::PERM) => Err(self.held_by(Some(pid))),
            Err(error) => Err(DaemonError::System { action: "end the old daemon", source: error.into() }),
        }
    }
}

#[cfg(target_os = "linux")]
fn send(pid: Pid, signal: Signal, still_holds: impl Fn() -> bool) -> Result<(), Errno> {
    use rustix::process::{PidfdFlags, pidfd_open, pidfd_send_signal};
    let process = pidfd_open(pid, PidfdFlags::empty())?;
    if still_holds() { pidfd_send_signal(process, signal) } else { Ok(()) }
}

#[cfg(not(target_os = "linux"))]
fn send(pid: Pid, signal: Signal, still_holds: impl Fn() -> bool) -> Result<(), Errno> {
    if still_holds() { rustix::process::kill_process(pid, signal) } else { Ok(()) }
}

/// Somebody else has the lock and we want it.
#[derive(Debug)]
pub(crate) struct Waiting {
    lock: LifeLock,
    acquired: Receiver<io::Result<()>>,
}

impl Waiting {
    /// Whether the lock became ours within `limit`.
    pub(crate) fn within(&self, limit: Duration) -> Result<bool, DaemonError> {
        match self.acquired.recv_timeout(limit) {
            Ok(Ok(())) => Ok(true),
            Ok(Err(error)) => Err(DaemonError::file("lock", &self.lock.path)(error)),
            Err(RecvTimeoutError::Timeout) => Ok(false),
            Err(RecvTimeoutError::Disconnected) => {
                let source = io::Error::other("the waiting thread ended");
                Err(DaemonError::System { action: "wait for the old daemon", source })
            }
        }
    }

    /// Makes the holder let go: asks, waits for as long as it shows that it is ending, then kills. The lock is ours
    /// afterwards.
    pub(crate) fn evict(&self) -> Result<(), DaemonError> {
        self.lock.signal(Signal::TERM)?;
        if self.within(SIGNAL_GRACE)? {
            return Ok(());
        }
        if self.lock.stage() == Stage::Draining && self.within(DRAIN_LIMIT)? {
            return Ok(());
        }
        self.lock.signal(Signal::KILL)?;
        if self.within(KILL_GRACE)? {
            return Ok(());
        }
        Err(self.lock.held_by(self.lock.holder()?.and_then(|holder| holder.pid)))
    }
}

/// Held by the one process that is changing who lives.
#[derive(Debug)]
pub(crate) struct StartingLock {
    /// Closing it releases the lock: it belongs to the descriptor (flock), not to the process.
    _file: File,
}

impl StartingLock {
    /// Waits for the lock, until `deadline` at most.
    pub(crate) fn take(path: &Path, deadline: Instant) -> Result<Self, DaemonError> {
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path);
        let file = opened.map_err(DaemonError::file("open", path))?;
        match file.try_lock() {
            Ok(()) => return Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(DaemonError::file("lock", path)(error)),
        }
        // One message at most: the locked file, or why not. A thread that comes too late closes the file again.
        let (sender, receiver) = sync_channel(1);
        thread::spawn(move || {
            let locked = loop {
                match file.lock() {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    locked => break locked,
                }
            };
            sender.send(locked.map(|()| file)).ok();
        });
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Ok(file)) => Ok(Self { _file: file }),
            Ok(Err(error)) => Err(DaemonError::file("lock", path)(error)),
            Err(_) => Err(DaemonError::StartingLockHeld { path: path.to_owned() }),
        }
    }
}
