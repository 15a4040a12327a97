//! The courier's own side: takes orders, delivers, acts on what is pressed.

use super::meeting::Meeting;
use super::{Answer, Errand, LINE_BYTES_MAX, Order, Reaction};
use crate::notify::desktop::{Heard, Popup, Pressed, Screen};
use crate::notify::{Channels, Outcome, Parcel, command, email, webhook};
use crate::session::Session;
use rustix::event::{PollFd, PollFlags, Timespec};
use std::fmt;
use std::os::fd::AsFd;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tasks_domain::error::ErrorKind;
use tasks_proto::error::Failure;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;
use tokio::net::unix::pipe::{Receiver, Sender};
use tokio::process::Command;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Mails and webhooks at once; whoever comes then waits in the pipe.
const ERRANDS_MAX: usize = 8;
/// What the notification service said and nobody has acted upon yet: more than there are pop-ups.
const HEARD_MAX: usize = 64;
/// How long a command that acts on a press may take.
const PRESS_LIMIT: Duration = Duration::from_secs(30);
/// What the button Snooze 10 min means to the command.
const SNOOZE_LENGTH: &str = "10m";

/// What the courier works with.
pub struct Work {
    /// What is set now; asked for each errand, so that a change counts at once.
    pub channels: Box<dyn Fn() -> Result<Channels, String> + Send + Sync>,
    /// This program, which is run for what is pressed.
    pub program: String,
    /// Where the desktop is.
    pub session: Session,
    /// Where the next daemon finds it; `None` where it cannot.
    pub meeting: Option<Meeting>,
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Work").field("program", &self.program).finish_non_exhaustive()
    }
}

/// Is the courier over standard input and output, which are pipes of the daemon's.
pub async fn serve_pipes(work: Work) -> Result<(), Failure> {
    let pipes = || -> std::io::Result<_> {
        let input = Receiver::from_owned_fd(rustix::stdio::stdin().try_clone_to_owned()?)?;
        Ok((input, Sender::from_owned_fd(rustix::stdio::stdout().try_clone_to_owned()?)?))
    };
    let (input, output) = pipes().map_err(|_| {
        let failure = Failure::new(ErrorKind::Usage, "the courier takes its orders from the daemon, over pipes");
        failure.with_hint("nothing is to be done: the daemon starts it when there is something to deliver")
    })?;
    let failed = |error: std::io::Error| Failure::new(ErrorKind::Failed, format!("the courier cannot go on: {error}"));
    serve(work, Link { input: Box::new(input), output: Box::new(output) }).await.map_err(failed)
}

/// The way from and to a daemon.
struct Link {
    input: Box<dyn Orders>,
    output: Box<dyn AsyncWrite + Unpin>,
}

/// Where orders come from.
trait Orders: AsyncRead + AsFd + Unpin {}
impl<T: AsyncRead + AsFd + Unpin> Orders for T {}

impl Link {
    /// Over a socket. Both ways have a descriptor each, as over pipes.
    fn over(stream: UnixStream) -> std::io::Result<Self> {
        let output = stream.into_std()?;
        let input = UnixStream::from_std(output.try_clone()?)?;
        Ok(Self { input: Box::new(input), output: Box::new(UnixStream::from_std(output)?) })
    }
}

/// Is the courier, until nothing is left to do and its input has ended.
async fn serve(mut work: Work, first: Link) -> std::io::Result<()> {
    let (sender, mut heard) = mpsc::channel(HEARD_MAX);
    let meeting = work.meeting.take();
    let next_daemon = async || match &meeting {
        Some(meeting) => meeting.next().await,
        None => std::future::pending().await,
    };
    let Link { input, output } = first;
    let mut serving = Serving {
        work: Arc::new(work),
        screen: Screen::new(sender),
        errands: JoinSet::new(),
        output,
        newest: 0,
        idle_told: 0,
    };
    let mut lines = BufReader::new(input);
    let mut line = Vec::new();
    let mut ended = false;
    loop {
        serving.tell_idle().await?;
        if ended && serving.is_idle() {
            return Ok(());
        }
        let room = serving.errands.len() < ERRANDS_MAX;
        tokio::select! {
            // What people did first: an order must not draw anew what somebody has just closed.
            biased;
            Some(heard) = heard.recv() => serving.heard(heard).await?,
            Some(done) = serving.errands.join_next() => {
                if let Ok(Some((number, outcome))) = done {
                    serving.answer(&Answer::Went { number, outcome }).await?;
                }
            }
            // Cancelled in the middle of a line, it goes on with it: what was read is in `line`.
            read = next_line(&mut lines, &mut line), if !ended && room => {
                if read? {
                    let order = serde_json::from_slice::<Order>(&line);
                    line.clear();
                    // A line that is none of ours comes from another build, which waits no longer than its limit.
                    if let Ok(order) = order
                        && !orphaned(lines.get_ref())
                    {
                        serving.take(order).await?;
                    }
                } else {
                    ended = true;
                    // Nobody would record it: the next daemon does it again. What is on the screen stays.
                    serving.errands.shutdown().await;
                }
            }
            daemon = next_daemon() => if let Ok(link) = daemon.and_then(Link::over) {
                // There is never more than one: the one before has ended.
                serving.errands.shutdown().await;
                (lines, ended) = (BufReader::new(link.input), false);
                line.clear();
                serving.follow(link.output).await?;
            }
        }
    }
}

/// Whether the daemon has ended, also when orders of its last moments are still to be read: nobody would record what became of them,
/// and the next daemon gives them again.
fn orphaned(input: &impl AsFd) -> bool {
    let mut polled = [PollFd::new(input, PollFlags::IN)];
    let asked = rustix::event::poll(&mut polled, Some(&Timespec::default()));
    asked.is_ok() && polled[0].revents().contains(PollFlags::HUP)
}

/// Reads to the end of a line into `line`; false at the end of the input, or where a line is too long to be one.
async fn next_line<R: AsyncRead + Unpin>(lines: &mut BufReader<R>, line: &mut Vec<u8>) -> std::io::Result<bool> {
    let room = LINE_BYTES_MAX.saturating_sub(line.len()) as u64;
    (&mut *lines).take(room).read_until(b'\n', line).await?;
    Ok(line.last() == Some(&b'\n'))
}

struct Serving {
    work: Arc<Work>,
    screen: Screen,
    /// Mails, webhooks, and presses that are being acted upon.
    errands: JoinSet<Option<(u64, Outcome)>>,
    output: Box<dyn AsyncWrite + Unpin>,
    /// Number of the newest order.
    newest: u64,
    /// The newest one when idleness was last told.
    idle_told: u64,
}

impl Serving {
    fn is_idle(&self) -> bool {
        self.screen.is_empty() && self.errands.is_empty()
    }

    async fn tell_idle(&mut self) -> std::io::Result<()> {
        if self.is_idle() && self.idle_told < self.newest {
            self.idle_told = self.newest;
            self.answer(&Answer::Idle { number: self.newest }).await?;
        } else if !self.is_idle() {
            // It is to be told again, without another order between.
            self.idle_told = 0;
        }
        Ok(())
    }

    /// Takes its orders from another daemon from now on, which is told what is up.
    async fn follow(&mut self, output: Box<dyn AsyncWrite + Unpin>) -> std::io::Result<()> {
        (self.output, self.newest, self.idle_told) = (output, 0, 0);
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let session = self.work.session.variables().map(owned).collect();
        self.answer(&Answer::Here { session, up: self.screen.up() }).await
    }

    async fn take(&mut self, order: Order) -> std::io::Result<()> {
        let Order { number, errand } = order;
        self.newest = self.newest.max(number);
        let work = Arc::clone(&self.work);
        match errand {
            Errand::Mail { to, parcel } => {
                self.errands.spawn(async move { Some((number, mail(&work, to, &parcel).await)) });
            }
            Errand::Post { url, parcel } => {
                self.errands.spawn(async move { Some((number, post(&work, &url, &parcel).await)) });
            }
            Errand::Show(parcel) => self.show(number, Popup::of(parcel)).await?,
            Errand::Redraw(parcel) => {
                // Where it cannot be, what is up stays: it was right when it was drawn.
                _ = self.screen.redraw(Popup::of(parcel)).await;
                self.answer(&Answer::Went { number, outcome: Outcome::Delivered }).await?;
            }
            Errand::Withdraw(reminders) => {
                self.screen.withdraw(&reminders);
                self.answer(&Answer::Went { number, outcome: Outcome::Delivered }).await?;
            }
        }
        Ok(())
    }

    /// On the screen, or by the command that stands in for one.
    async fn show(&mut self, number: u64, popup: Popup) -> std::io::Result<()> {
        let Err(why) = self.screen.show(popup.clone()).await else {
            return self.answer(&Answer::Went { number, outcome: Outcome::Delivered }).await;
        };
        let work = Arc::clone(&self.work);
        self.errands.spawn(async move {
            let outcome = match (work.channels)().map(|channels| channels.notify_command) {
                Ok(Some(line)) => command::show(&line, &popup.title, &popup.body, &popup.parcel, &work.session).await,
                Ok(None) => Outcome::nowhere(why),
                Err(why) => Outcome::later(why),
            };
            Some((number, outcome))
        });
        Ok(())
    }

    async fn heard(&mut self, heard: Heard) -> std::io::Result<()> {
        let Some((popup, pressed)) = self.screen.settle(heard) else { return Ok(()) };
        let reaction = match pressed {
            Pressed::Done => Reaction::Done,
            Pressed::Snooze => Reaction::Snooze,
            Pressed::Open => {
                if let Err(why) = self.open(&popup) {
                    self.complain(&popup, why).await;
                }
                Reaction::Open
            }
            Pressed::Dismissed => Reaction::Dismissed,
            Pressed::Gone => return Ok(()),
        };
        let told = self.tell(&Answer::Reacted { rows: popup.parcel.rows.clone(), reaction }).await;
        if told.is_err()
            && let Err(why) = self.command(&popup, reaction).await
        {
            self.complain(&popup, why).await;
        }
        Ok(())
    }

    fn open(&self, popup: &Popup) -> Result<(), String> {
        let line = (self.work.channels)()?.open_command;
        let task = popup.parcel.single().map(|slip| slip.task.as_str()).unwrap_or_default();
        command::open(line.as_deref(), &self.work.program, task, &self.work.session)
    }

    /// What a press means as a command, for when there is no daemon to tell.
    async fn command(&self, popup: &Popup, reaction: Reaction) -> Result<(), String> {
        let Some(slip) = popup.parcel.single() else { return Ok(()) };
        match reaction {
            Reaction::Done => run(&self.work.program, &["done", &slip.task]).await,
            Reaction::Snooze => run(&self.work.program, &["snooze", &slip.task, SNOOZE_LENGTH]).await,
            Reaction::Open | Reaction::Dismissed => Ok(()),
        }
    }

    /// Says on the screen that a press did not do what it says.
    async fn complain(&mut self, popup: &Popup, why: String) {
        // Nobody can be told where nothing can be shown; the task is as it was.
        _ = self.screen.show(popup.complaint(why)).await;
    }

    /// Tells the daemon; where that has ended, what is on the screen stays all the same.
    async fn answer(&mut self, answer: &Answer) -> std::io::Result<()> {
        match self.tell(answer).await {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            told => told,
        }
    }

    async fn tell(&mut self, answer: &Answer) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(answer).unwrap_or_default();
        line.push(b'\n');
        self.output.write_all(&line).await?;
        self.output.flush().await
    }
}

async fn mail(work: &Work, to: Option<String>, parcel: &Parcel) -> Outcome {
    match (work.channels)().map(|channels| channels.mail) {
        Ok(Some(settings)) => match to.as_ref().or(settings.to.as_ref()) {
            Some(to) => email::send(&settings, to, parcel).await,
            None => Outcome::nowhere("it is not said to whom: tasks config set email.to you@example.org"),
        },
        Ok(None) => Outcome::nowhere("no mail server is set: tasks config set email.server smtps://mail.example.org"),
        Err(why) => Outcome::later(why),
    }
}

async fn post(work: &Work, url: &str, parcel: &Parcel) -> Outcome {
    match (work.channels)() {
        Ok(channels) => webhook::send(url, channels.webhook_secret.as_ref(), parcel).await,
        Err(why) => Outcome::later(why),
    }
}

/// Runs a command of this program, as somebody at a terminal would. The first line of what it says when it fails.
async fn run(program: &str, words: &[&str]) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    match timeout(PRESS_LIMIT, command.output()).await {
        Ok(Ok(output)) if output.status.success() => Ok(()),
        Ok(Ok(output)) => {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            Err(said.lines().next().unwrap_or("tasks said nothing").to_owned())
        }
        Ok(Err(error)) => Err(format!("tasks cannot be run: {error}")),
        Err(_) => Err(format!("tasks did not answer within {} seconds", PRESS_LIMIT.as_secs())),
    }
}
