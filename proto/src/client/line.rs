//! A connected socket that can be waited for with a runtime and without one.
//!
//! A command lives for a millisecond and asks one thing. To make a runtime for that, with its queue of events, and to take it down
//! again costs as much as the question. So the program reads and writes the socket itself, and sleeps in `poll` until there is
//! more: [`Line::wait`]. Whoever has a runtime does not notice: polled within one, the socket is registered with it.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::future::Future;
use std::io::{self, IoSlice, Read as _, Write as _};
use std::net::Shutdown;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker, ready};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::runtime::Handle;

/// One end of a connection. Clones are the same end, so that it can be waited for while a client speaks over it.
#[derive(Clone, Debug)]
pub struct Line(Arc<Ends>);

#[derive(Debug)]
struct Ends {
    stream: UnixStream,
    /// What is known without a runtime: whether reading, and writing, are worth a try.
    readable: AtomicBool,
    writable: AtomicBool,
}

impl AsFd for Ends {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

/// Says that the future wants to be polled again.
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Release);
    }
}

impl Line {
    /// A line over a connected socket.
    pub fn new(stream: UnixStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self(Arc::new(Ends { stream, readable: AtomicBool::new(false), writable: AtomicBool::new(true) })))
    }

    /// Polls `future` on this thread until it is ready, sleeping until the line has something new; `None` when that takes longer
    /// than `limit`, and the future can then be waited for again, here or in a runtime.
    ///
    /// The future may wait for this line and for what it does itself, and for nothing else: nobody would wake it.
    pub fn wait<F: Future>(&self, mut future: Pin<&mut F>, limit: Option<Duration>) -> Option<F::Output> {
        let began = Instant::now();
        let woken = Arc::new(Woken(AtomicBool::new(false)));
        let waker = Waker::from(Arc::clone(&woken));
        let mut context = Context::from_waker(&waker);
        loop {
            woken.0.store(false, Ordering::Release);
            if let Poll::Ready(answer) = future.as_mut().poll(&mut context) {
                return Some(answer);
            }
            if woken.0.load(Ordering::Acquire) {
                continue;
            }
            let left = limit.map(|limit| limit.saturating_sub(began.elapsed()));
            if left == Some(Duration::ZERO) || !self.news(left) {
                return None;
            }
        }
    }

    /// Sleeps until the line can be read, or written where that is waited for; whether it was within the limit.
    fn news(&self, limit: Option<Duration>) -> bool {
        let ends = &self.0;
        let wanted = if ends.writable.load(Ordering::Relaxed) { PollFlags::IN } else { PollFlags::IN | PollFlags::OUT };
        let mut descriptors = [PollFd::new(&**ends, wanted)];
        let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
        let found = poll(&mut descriptors, limit.as_ref());
        let [descriptor] = descriptors;
        match found {
            Ok(0) => return false,
            Ok(_) => {
                let seen = descriptor.revents();
                if seen.intersects(PollFlags::OUT | PollFlags::HUP | PollFlags::ERR) {
                    ends.writable.store(true, Ordering::Relaxed);
                }
                // An end and an error are read, too.
                if seen != PollFlags::OUT {
                    ends.readable.store(true, Ordering::Relaxed);
                }
            }
            // Interrupted, or out of kernel memory for a moment: whether there is something is found out by trying.
            Err(_) => {
                ends.readable.store(true, Ordering::Relaxed);
                ends.writable.store(true, Ordering::Relaxed);
            }
        }
        true
    }

    pub(super) fn socket(&self) -> Socket {
        Socket { ends: Arc::clone(&self.0), registered: None }
    }
}

/// The line as a client reads and writes it.
#[derive(Debug)]
pub(super) struct Socket {
    ends: Arc<Ends>,
    /// The same, registered with the runtime in which it was polled last.
    registered: Option<tokio::net::UnixStream>,
}

impl Socket {
    /// The socket as the runtime knows it; `None` outside of one.
    fn in_runtime(&mut self) -> io::Result<Option<Pin<&mut tokio::net::UnixStream>>> {
        if Handle::try_current().is_err() {
            self.registered = None;
        } else if self.registered.is_none() {
            self.registered = Some(tokio::net::UnixStream::from_std(self.ends.stream.try_clone()?)?);
        }
        Ok(self.registered.as_mut().map(Pin::new))
    }

    fn write(&self, write: impl Fn(&UnixStream) -> io::Result<usize>) -> Poll<io::Result<usize>> {
        attempt(&self.ends.writable, || write(&self.ends.stream))
    }
}

/// Once the kernel had nothing, the next try comes after [`Line::news`].
fn attempt(worth: &AtomicBool, mut io: impl FnMut() -> io::Result<usize>) -> Poll<io::Result<usize>> {
    while worth.load(Ordering::Relaxed) {
        match io() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => worth.store(false, Ordering::Relaxed),
            done => return Poll::Ready(done),
        }
    }
    Poll::Pending
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if let Some(socket) = self.in_runtime()? {
            return socket.poll_read(cx, buffer);
        }
        let Ends { stream, readable, .. } = &*self.ends;
        let wanted = buffer.initialize_unfilled();
        let count = ready!(attempt(readable, || (&mut { stream }).read(wanted)))?;
        if count > 0 && count < wanted.len() {
            // That was all there is: another try would only hear so.
            readable.store(false, Ordering::Relaxed);
        }
        buffer.advance(count);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.in_runtime()? {
            Some(socket) => socket.poll_write(cx, bytes),
            None => self.write(|mut stream| stream.write(bytes)),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.in_runtime()? {
            Some(socket) => socket.poll_write_vectored(cx, parts),
            None => self.write(|mut stream| stream.write_vectored(parts)),
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// Nothing is held back.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.ends.stream.shutdown(Shutdown::Write))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::thread;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    fn pair() -> (Line, UnixStream) {
        let (ours, theirs) = UnixStream::pair().unwrap();
        (Line::new(ours).unwrap(), theirs)
    }

    #[test]
    fn what_comes_wakes_whoever_waits_without_a_runtime() {
        let (line, mut other) = pair();
        let mut socket = line.socket();
        let asked = thread::spawn(move || {
            let mut question = [0; 4];
            other.read_exact(&mut question).unwrap();
            other.write_all(&question).unwrap();
        });
        let mut answer = [0; 4];
        let mut exchange = pin!(async {
            socket.write_all(b"milk").await?;
            socket.read_exact(&mut answer).await
        });
        line.wait(exchange.as_mut(), None).unwrap().unwrap();
        assert_eq!(&answer, b"milk");
        asked.join().unwrap();
    }

    #[test]
    fn what_is_late_can_be_waited_for_in_a_runtime() {
        let (line, mut other) = pair();
        let mut socket = line.socket();
        let mut answer = [0; 4];
        let mut read = pin!(socket.read_exact(&mut answer));
        assert!(line.wait(read.as_mut(), Some(Duration::from_millis(5))).is_none());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
        other.write_all(b"mi").unwrap();
        let late = thread::spawn(move || other.write_all(b"lk").map(|()| other));
        runtime.block_on(read).unwrap();
        assert_eq!(&answer, b"milk");
        // And again without one.
        let mut other = late.join().unwrap().unwrap();
        other.write_all(b"more").unwrap();
        let mut read = pin!(socket.read_exact(&mut answer));
        line.wait(read.as_mut(), None).unwrap().unwrap();
        assert_eq!(&answer, b"more");
    }

    #[test]
    fn more_than_the_kernel_takes_is_written_as_there_is_room() {
        const MORE: usize = 4 << 20;
        let (line, mut other) = pair();
        let mut socket = line.socket();
        let reader = thread::spawn(move || {
            let mut all = Vec::new();
            other.read_to_end(&mut all).map(|_| all.len())
        });
        let mut write = pin!(async {
            socket.write_all(&vec![7; MORE]).await?;
            socket.shutdown().await
        });
        line.wait(write.as_mut(), None).unwrap().unwrap();
        assert_eq!(reader.join().unwrap().unwrap(), MORE);
    }

    #[test]
    fn the_end_of_the_line_is_read_as_the_end() {
        let (line, other) = pair();
        let mut socket = line.socket();
        drop(other);
        let mut byte = [0];
        let mut read = pin!(socket.read(&mut byte));
        assert_eq!(line.wait(read.as_mut(), None).unwrap().unwrap(), 0);
    }
}
