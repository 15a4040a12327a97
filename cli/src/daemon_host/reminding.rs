//! The reminder clock within the daemon: its timer and its channels.

use crate::output::dates;
use chrono::Timelike as _;
use std::pin::Pin;
use std::sync::Arc;
use tasks_daemon::notify::courier::Launch;
use tasks_daemon::notify::messenger::{Messenger, Words};
use tasks_daemon::places::Places;
use tasks_daemon::session::Newest;
use tasks_daemon::wall_clock::WallTimer;
use tasks_domain::id::AccountId;
use tasks_domain::when::{LocalTime, Now, When};
use tasks_engine::clock::Timer;
use tasks_engine::clock::{Clock as _, SystemClock};
use tasks_engine::engine::Engine;
use tasks_engine::reminders::clock::Host;
use tasks_engine::store::Store;
use tasks_proto::error::Failure;
use tokio::sync::mpsc;

/// Reactions of people that may wait for the engine.
const REACTIONS_MAX: usize = 16;

/// Begins to remind; ends with the store. What is answered is to be told where the desktop is from which requests come.
pub(super) fn begin<S: Store>(engine: &Engine<S>, clock: SystemClock, places: &Places) -> Result<Newest, Failure> {
    let sessions = Newest::new(places.session().clone());
    let (sender, reactions) = mpsc::channel(REACTIONS_MAX);
    let words = Words { due, due_short, length: dates::roughly };
    let channels = Arc::new(Messenger::new(places, Launch::of(places)?, sessions.clone(), words, sender));
    let host = Host { timer: Box::new(Wall { timer: WallTimer::new(), clock }), channels, reactions };
    let reminding = engine.clone();
    tokio::spawn(async move { reminding.keep_reminding(AccountId::LOCAL, host).await });
    let (arriving, timer) = (engine.clone(), Box::new(Wall { timer: WallTimer::new(), clock }));
    let zone = crate::present::zone_of_machine();
    tokio::spawn(async move { arriving.keep_arriving(AccountId::LOCAL, zone, timer).await });
    let (engine, mut changes) = (engine.clone(), sessions.changes());
    tokio::spawn(async move {
        while changes.changed().await.is_ok() {
            engine.channels_changed();
        }
    });
    Ok(sessions)
}

/// "17:00 (in 15 min)", "today", "Tue 24 Nov 17:00 (tomorrow)".
fn due(due: When, now: Now) -> String {
    let relative = dates::relative(due, now);
    let due = to_the_minute(due);
    let time = dates::time_of(due, now);
    let today = due.date_in(now.zone()) == now.today();
    match (today, time.is_empty()) {
        (true, true) => relative,
        (true, false) => format!("{time} ({relative})"),
        (false, _) => format!("{} ({relative})", dates::full(due, now)),
    }
}

/// "17:00", "today", "Tue 24 Nov 17:00".
fn due_short(due: When, now: Now) -> String {
    let due = to_the_minute(due);
    let (today, time) = (due.date_in(now.zone()) == now.today(), dates::time_of(due, now));
    if today && !time.is_empty() {
        time
    } else if today {
        dates::relative(due, now)
    } else {
        dates::full(due, now)
    }
}

/// "in 2 hours" is exact to the second; in a pop-up that would only be noise.
fn to_the_minute(due: When) -> When {
    match due {
        When::Date(_) => due,
        When::At(at) => When::At(LocalTime::new(at.local().with_second(0).unwrap_or(at.local()), at.zone())),
    }
}

/// The timer of the machine.
struct Wall {
    timer: WallTimer,
    clock: SystemClock,
}

impl Timer for Wall {
    fn wait(&mut self, unix_ms: i64) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let machine = |unix_ms| self.clock.on_the_machine(unix_ms);
        let (at, now) = (machine(unix_ms), machine(self.clock.now_unix_ms()));
        Box::pin(self.timer.until(at, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tasks_domain::when::Zone;

    #[test]
    fn a_due_is_told_as_it_looks_from_here() {
        let zone = Zone::Europe__Berlin;
        let at = |text: &str| When::At(LocalTime::new(text.parse().unwrap(), zone));
        let now = Now::new("2026-11-22T15:45:00Z".parse().unwrap(), zone);
        assert_eq!(due(at("2026-11-22T17:00:00"), now), "17:00 (in 15 min)");
        assert_eq!(due(at("2026-11-23T17:00:00"), now), "Mon 23 Nov 17:00 (tomorrow)");
        assert_eq!(due(When::Date("2026-11-22".parse().unwrap()), now), "today");
        assert_eq!(due(When::Date("2026-11-24".parse().unwrap()), now), "Tue 24 Nov (in 2 days)");
        assert_eq!(due(at("2026-11-22T17:00:24"), now), "17:00 (in 15 min)");
        assert_eq!(due_short(at("2026-11-22T17:00:24"), now), "17:00");
        assert_eq!(due_short(at("2026-11-24T17:00:00"), now), "Tue 24 Nov 17:00");
        assert_eq!(due_short(When::Date("2026-11-22".parse().unwrap()), now), "today");
    }
}
