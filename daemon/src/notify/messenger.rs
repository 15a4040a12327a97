//! What the engine is handed as the channels of this host: turns what is due into parcels for the courier, and what people press
//! into reactions.

use super::courier::{self, Courier, Errand, Launch};
use super::{Outcome, Parcel, Slip};
use crate::places::Places;
use crate::session::Newest;
use chrono::SecondsFormat;
use serde_json::{Value, json};
use tasks_domain::id::{DeliveryId, IdPrefix, ReminderId};
use tasks_domain::reminder::{Channel, Deliver, Delivering, Delivery, Notice, OnScreen, Reacted, Reaction};
use tasks_domain::when::{LocalTime, Now, When};
use tokio::sync::mpsc;

/// Most reminders of a parcel that are told one by one; the rest is counted.
const SLIPS_MAX: usize = 100;

/// Presses that wait for the engine: more than there are pop-ups.
const PRESSES_MAX: usize = 64;

/// How instants and lengths are put into words for people.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// When something is due, as "17:00 (in 15 min)".
    pub due: fn(When, Now) -> String,
    /// The same in a list, as "17:00".
    pub due_short: fn(When, Now) -> String,
    /// A length of time in seconds, as "25 min".
    pub length: fn(i64) -> String,
}

/// The channels, through the courier.
#[derive(Clone, Debug)]
pub struct Messenger {
    courier: Courier,
    places: Places,
    sessions: Newest,
    words: Words,
}

impl Messenger {
    /// Delivers through a courier of these places, in these words, where `sessions` says that the desktop is. What people do on
    /// pop-ups goes to `reactions`. Must be called within a runtime.
    pub fn new(
        places: &Places,
        launch: Launch,
        sessions: Newest,
        words: Words,
        reactions: mpsc::Sender<Reacted>,
    ) -> Self {
        let (sender, pressed) = mpsc::channel(PRESSES_MAX);
        tokio::spawn(pass_on(pressed, reactions));
        let courier = Courier::new(launch, sessions.clone(), sender);
        Self { courier, places: places.clone(), sessions, words }
    }

    fn parcel(&self, delivery: &Delivery) -> Parcel {
        let notices = &delivery.notices;
        Parcel {
            key: delivery.key().letters(),
            slips: notices.iter().take(SLIPS_MAX).map(|notice| self.slip(notice)).collect(),
            total: notices.len(),
            rows: notices.iter().map(|notice| notice.row.letters()).collect(),
            reminders: notices.iter().map(|notice| notice.reminder.letters()).collect(),
            now_unix_ms: notices.first().map_or(0, |notice| notice.now.unix_ms()),
        }
    }

    fn slip(&self, notice: &Notice) -> Slip {
        let late_s = if notice.is_late() { notice.late_by().num_seconds() } else { 0 };
        let at = Now::from_unix_ms(notice.at_unix_ms, notice.now.zone()).unwrap_or(notice.now);
        let at = LocalTime::at(at.instant(), at.zone()).zoned().fixed_offset();
        Slip {
            row: notice.row.letters(),
            reminder: notice.reminder.letters(),
            task: notice.task.letters(),
            number: notice.number.unwrap_or(0),
            title: notice.title.clone(),
            project: notice.project.clone().unwrap_or_default(),
            priority: notice.priority.as_str().to_owned(),
            due_words: notice.due.map(|due| (self.words.due)(due, notice.now)).unwrap_or_default(),
            due_short: notice.due.map(|due| (self.words.due_short)(due, notice.now)).unwrap_or_default(),
            due: notice.due.map_or(Value::Null, document),
            at: at.to_rfc3339_opts(SecondsFormat::Secs, false),
            late_words: if late_s > 0 { (self.words.length)(late_s) } else { String::new() },
            late_s: late_s.unsigned_abs(),
            attempt: notice.attempt,
        }
    }

    async fn hand_over(&self, delivery: &Delivery) -> Outcome {
        let parcel = self.parcel(delivery);
        let outcome = self.courier.run(match &delivery.channel {
            Channel::Desktop => Errand::Show(parcel),
            Channel::Email { to } => Errand::Mail { to: to.clone(), parcel },
            Channel::Webhook { url } => Errand::Post { url: url.clone(), parcel },
        });
        let outcome = outcome.await;
        // Neither what it says nor where it goes: that is the person's matter, and the ledger's.
        let (key, channel) = (delivery.key(), delivery.channel.as_str());
        match &outcome {
            Outcome::Delivered => {
                tracing::info!(%key, channel, reminders = delivery.notices.len(), "delivered");
                self.sessions.works();
            }
            Outcome::Later { .. } => tracing::warn!(%key, channel, "not delivered, and may be later"),
            Outcome::Never { .. } => tracing::warn!(%key, channel, "refused"),
            Outcome::Nowhere { .. } => {
                tracing::warn!(%key, channel, "held back: the channel is not there");
                self.sessions.held();
            }
        }
        outcome
    }
}

impl Deliver for Messenger {
    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Delivering<'a, tasks_domain::reminder::Outcome> {
        Box::pin(async move { self.hand_over(delivery).await.into() })
    }

    fn withdraw<'a>(&'a self, reminders: &'a [ReminderId]) -> Delivering<'a, ()> {
        let reminders = reminders.iter().map(ReminderId::letters).collect();
        Box::pin(self.courier.everywhere(Errand::Withdraw(reminders)))
    }

    fn redraw<'a>(&'a self, delivery: &'a Delivery) -> Delivering<'a, ()> {
        Box::pin(self.courier.everywhere(Errand::Redraw(self.parcel(delivery))))
    }

    fn left_on_screen(&self) -> Delivering<'_, Vec<Vec<OnScreen>>> {
        Box::pin(async {
            let told = |(row_of, of): &(String, String)| {
                Some(OnScreen { reminder: ReminderId::from_reversed(whole(of)?), row: row(row_of)? })
            };
            let left = self.courier.take_over(&self.places).await;
            left.iter().map(|up| up.iter().filter_map(told).collect()).collect()
        })
    }
}

/// As in the JSON of a task.
fn document(due: When) -> Value {
    match due {
        When::Date(date) => json!({ "date": date.to_string() }),
        When::At(time) => {
            let at = time.zoned().fixed_offset().to_rfc3339_opts(SecondsFormat::Secs, false);
            json!({ "at": at, "tz": time.zone().name() })
        }
    }
}

/// What people did on pop-ups, as the engine takes it; ends with either end.
async fn pass_on(mut pressed: mpsc::Receiver<(Vec<String>, courier::Reaction)>, engine: mpsc::Sender<Reacted>) {
    while let Some((rows, reaction)) = pressed.recv().await {
        let reaction = match reaction {
            courier::Reaction::Done => Reaction::Done,
            courier::Reaction::Snooze => Reaction::SNOOZE,
            courier::Reaction::Open => Reaction::Open,
            courier::Reaction::Dismissed => Reaction::Dismissed,
        };
        let rows = rows.iter().filter_map(|letters| row(letters)).collect();
        if engine.send(Reacted { rows, reaction }).await.is_err() {
            return;
        }
    }
}

/// The row with these letters, all of them.
fn row(letters: &str) -> Option<DeliveryId> {
    whole(letters).map(DeliveryId::from_reversed)
}

/// The bytes of an id of which all letters are there, in the order of the letters.
fn whole(letters: &str) -> Option<[u8; 16]> {
    let (low, high) = IdPrefix::parse(letters)?.range();
    (low == high).then_some(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;
    use tasks_domain::id::TaskId;
    use tasks_domain::priority::Priority;
    use tasks_domain::when::Zone;

    const DUE: fn(When, Now) -> String = |due, _| due.date().to_string();

    fn parcel(delivery: &Delivery) -> Parcel {
        let launch = Launch { program: "/nowhere".into(), arguments: Vec::new(), environment: Vec::new() };
        let words = Words { due: DUE, due_short: DUE, length: |seconds| format!("{seconds} s") };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let _context = runtime.enter();
        let home = |name: &str| (name == "TASKS_HOME").then(|| "/nowhere/tasks".into());
        let places = Places::from_env(&home).unwrap();
        Messenger::new(&places, launch, Newest::new(Session::default()), words, mpsc::channel(1).0).parcel(delivery)
    }

    fn notice(number: u8, late_s: i64) -> Notice {
        let at_unix_ms = 1_795_362_300_000;
        Notice {
            reminder: ReminderId::from_bytes([number; 16]),
            row: DeliveryId::from_bytes([number + 100; 16]),
            task: TaskId::from_bytes([number + 200; 16]),
            number: Some(u32::from(number)),
            title: format!("task {number}"),
            project: None,
            due: Some(When::Date("2026-11-22".parse().unwrap())),
            priority: Priority::Urgent,
            at_unix_ms,
            now: Now::from_unix_ms(at_unix_ms + late_s * 1_000, Zone::Europe__Berlin).unwrap(),
            told_unix_ms: at_unix_ms + late_s * 1_000,
            attempt: 1,
        }
    }

    #[test]
    fn a_parcel_says_what_is_due_and_how_late_it_is() {
        let one = Delivery { channel: Channel::Desktop, notices: vec![notice(7, 90)] };
        let told = parcel(&one);
        let slip = told.single().unwrap();
        assert_eq!(
            (slip.title.as_str(), slip.due_words.as_str(), slip.late_words.as_str()),
            ("task 7", "2026-11-22", "90 s")
        );
        assert_eq!((slip.at.as_str(), &slip.due), ("2026-11-22T16:45:00+01:00", &json!({ "date": "2026-11-22" })));
        assert_eq!((told.key.clone(), slip.row.clone()), (one.notices[0].row.letters(), told.rows[0].clone()));
        let punctual = Delivery { notices: vec![notice(7, 1)], ..one };
        assert_eq!(parcel(&punctual).slips[0].late_words, "", "a second is the way of the world");
    }

    #[test]
    fn of_very_many_all_rows_are_named_and_the_first_are_told() {
        let many = Delivery { channel: Channel::Desktop, notices: (0..150).map(|n| notice(n % 50, 90)).collect() };
        let told = parcel(&many);
        assert_eq!((told.slips.len(), told.total, told.rows.len()), (SLIPS_MAX, 150, 150));
        assert!(told.single().is_none());
    }

    #[test]
    fn rows_come_back_as_they_went() {
        let one = notice(7, 0).row;
        assert_eq!(row(&one.letters()), Some(one));
        assert!(row(&one.letters()[..31]).is_none() && row("").is_none());
    }
}
