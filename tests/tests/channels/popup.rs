//! Pop-ups, shown by dunst over a session bus.

use crate::machine::couriers;
use crate::with::{Ordered, on_runtime, parcel, session, slip};
use std::time::{Duration, Instant};
use tasks_daemon::notify::courier::{Errand, Reaction};
use tasks_daemon::notify::{Outcome, Parcel, Slip};
use tasks_tests::desktop::{Desktop, picture_place, until};

/// How soon a reminder must be on the screen; the promise is 50 ms from its instant, on a machine that does nothing else.
const SOON: Duration = Duration::from_secs(2);
/// How long a bus that does not answer may hold things up.
const BOUNDED: Duration = Duration::from_secs(8);

#[test]
fn a_pop_up_is_shown_pressed_replaced_and_taken_away() {
    let Some(desktop) = Desktop::start() else { return };
    on_runtime(async {
        let mut ordered = Ordered::new(&desktop.variables(), "");
        let began = Instant::now();
        let one = parcel(slip(3, "Buy <milk> & bread"));
        assert_eq!(ordered.show(one.clone()).await, Outcome::Delivered);
        println!("shown after {:?}", began.elapsed());
        assert!(began.elapsed() < SOON);
        desktop.wait_for(1);
        // The same task again: in its place.
        let late = Slip { late_words: "25 min".to_owned(), priority: "urgent".to_owned(), ..one.slips[0].clone() };
        assert_eq!(ordered.show(parcel(late)).await, Outcome::Delivered);
        assert_eq!(ordered.show(parcel(slip(4, "Call mom"))).await, Outcome::Delivered);
        desktop.wait_for(2);
        let picture = picture_place("reminders.png");
        if desktop.picture(&picture) {
            println!("a picture is in {}", picture.display());
        }
        desktop.press("snooze");
        let (snoozed, reaction) = ordered.reaction().await;
        assert_eq!(reaction, Reaction::Snooze);
        let menu = desktop.menu();
        for button in ["Done", "Snooze 10 min", "Open"] {
            assert!(menu.contains(button), "{menu}");
        }
        desktop.wait_for(1);
        desktop.press("done");
        let (done, reaction) = ordered.reaction().await;
        assert_eq!(reaction, Reaction::Done);
        let mut both = [snoozed, done].concat();
        both.sort();
        assert_eq!(both, [one.rows.clone(), parcel(slip(4, "")).rows].concat());
        desktop.wait_for(0);
        // Handled elsewhere.
        assert_eq!(ordered.show(one.clone()).await, Outcome::Delivered);
        desktop.wait_for(1);
        ordered.courier.everywhere(Errand::Withdraw(one.reminders.clone())).await;
        desktop.wait_for(0);
        assert_eq!(ordered.show(one.clone()).await, Outcome::Delivered);
        desktop.wait_for(1);
        desktop.dismiss();
        assert_eq!(ordered.reaction().await, (one.rows, Reaction::Dismissed));
    });
    let shown = desktop.taken();
    let (title, body) = &shown[0];
    assert_eq!((title.as_str(), body.as_str()), ("Buy <milk> & bread", "@home · due 17:00 (in 15 min)"));
    assert!(shown.iter().any(|(_, body)| body.contains("this reminder is 25 min late")), "{shown:?}");
}

#[test]
fn missed_ones_are_one_pop_up_that_goes_when_all_are_handled() {
    let Some(desktop) = Desktop::start() else { return };
    on_runtime(async {
        let ordered = Ordered::new(&desktop.variables(), "");
        let slips: Vec<Slip> = (1..=5).map(|n| slip(n, &format!("missed {n}"))).collect();
        let reminders: Vec<String> = slips.iter().map(|slip| slip.reminder.clone()).collect();
        let digest =
            Parcel { key: "d".to_owned(), total: 300, slips, reminders: reminders.clone(), ..Parcel::default() };
        for _ in 0..2 {
            assert_eq!(ordered.show(digest.clone()).await, Outcome::Delivered);
        }
        desktop.wait_for(1);
        desktop.picture(&picture_place("digest.png"));
        ordered.courier.everywhere(Errand::Withdraw(reminders[1..].to_vec())).await;
        assert_eq!(desktop.count(), 1, "one is still open");
        ordered.courier.everywhere(Errand::Withdraw(reminders[..1].to_vec())).await;
        desktop.wait_for(0);
    });
    let (title, body) = &desktop.taken()[0];
    assert_eq!(title, "300 reminders you missed");
    assert!(body.contains("• 17:00 · missed 5") && body.contains("and 295 more"), "{body}");
}

#[test]
fn open_runs_what_is_set_for_it() {
    let Some(desktop) = Desktop::start() else { return };
    on_runtime(async {
        let mut ordered = Ordered::new(&desktop.variables(), "");
        let opened = ordered.home.scratch().join("opened");
        let line = format!("open_command = 'echo \"$TASKS_ID $DISPLAY\" >{}'\n", opened.display());
        std::fs::write(ordered.home.path.join("config.toml"), line).unwrap();
        assert_eq!(ordered.show(parcel(slip(3, "Buy milk"))).await, Outcome::Delivered);
        desktop.press("default");
        assert_eq!(ordered.reaction().await.1, Reaction::Open);
        let expected = format!("{} {}\n", slip(3, "").task, desktop.variables()[1].1);
        until("the command", || std::fs::read_to_string(&opened).is_ok_and(|text| text == expected));
    });
}

#[test]
fn without_a_desktop_it_is_held_back_soon_or_the_command_shows_it() {
    let (bus, _listening) = mute_bus();
    let somewhere = format!("unix:path={}", bus.path().join("bus").display());
    for variables in [vec![], vec![("DBUS_SESSION_BUS_ADDRESS", somewhere.as_str())]] {
        on_runtime(async {
            let ordered = Ordered::new(&variables, "");
            let began = Instant::now();
            let outcome = ordered.show(parcel(slip(3, "Buy milk"))).await;
            println!("held back after {:?}: {outcome:?}", began.elapsed());
            assert!(matches!(outcome, Outcome::Nowhere { .. }), "{outcome:?}");
            assert!(began.elapsed() < BOUNDED);
            let shown = ordered.home.scratch().join("shown");
            let command = |line: &str| {
                let line = format!("notify_command = '''{line}'''\n");
                std::fs::write(ordered.home.path.join("config.toml"), line).unwrap();
            };
            command(&format!("echo \"$TASKS_TITLE/$TASKS_BODY/$TASKS_NUMBER\" >{}", shown.display()));
            assert_eq!(ordered.show(parcel(slip(3, "Buy `milk`; $(x)"))).await, Outcome::Delivered);
            let text = std::fs::read_to_string(&shown).unwrap();
            assert_eq!(text, "Buy `milk`; $(x)/@home · due 17:00 (in 15 min)/3\n");
            command("exit 3");
            let outcome = ordered.show(parcel(slip(3, "Buy milk"))).await;
            assert!(matches!(&outcome, Outcome::Later { reason, .. } if reason.contains('3')), "{outcome:?}");
        });
    }
}

/// Somebody listens there and never says a word.
fn mute_bus() -> (tempfile::TempDir, std::os::unix::net::UnixListener) {
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    let listener = std::os::unix::net::UnixListener::bind(folder.path().join("bus")).unwrap();
    (folder, listener)
}

#[test]
fn a_service_that_comes_later_or_comes_back_is_used() {
    let Some(mut desktop) = Desktop::start() else { return };
    desktop.stop_service();
    on_runtime(async {
        let ordered = Ordered::new(&[], "");
        assert!(matches!(ordered.show(parcel(slip(3, "t"))).await, Outcome::Nowhere { .. }));
        let mut news = ordered.newest.changes();
        let variables = desktop.variables().map(|(name, value)| (name, value.to_owned()));
        let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        ordered.newest.seen(Some(session(&variables)));
        assert!(news.has_changed().unwrap(), "who waits for a desktop is woken");
        news.mark_unchanged();
        let outcome = ordered.show(parcel(slip(3, "t"))).await;
        assert!(matches!(outcome, Outcome::Nowhere { .. }), "a bus without a service: {outcome:?}");
        desktop.start_service();
        assert_eq!(ordered.show(parcel(slip(3, "t"))).await, Outcome::Delivered);
        desktop.wait_for(1);
    });
}

#[test]
fn what_happens_to_a_pop_up_in_its_first_moment_is_heard() {
    let Some(desktop) = Desktop::start() else { return };
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        // Somebody closes each as soon as it is there, mostly before its showing is even answered.
        let closing = scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                desktop.dismiss();
            }
        });
        on_runtime(async {
            let mut ordered = Ordered::new(&desktop.variables(), "");
            for number in 0..40 {
                let one = parcel(slip(number % 10, "Buy milk"));
                assert_eq!(ordered.show(one.clone()).await, Outcome::Delivered);
                assert_eq!(ordered.reaction().await, (one.rows, Reaction::Dismissed), "the one with number {number}");
            }
        });
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        closing.join().unwrap();
    });
}

#[test]
fn the_courier_ends_with_the_service_that_showed_what_was_up() {
    let Some(mut desktop) = Desktop::start() else { return };
    on_runtime(async {
        let ordered = Ordered::new(&desktop.variables(), "");
        assert_eq!(ordered.show(parcel(slip(3, "t"))).await, Outcome::Delivered);
        assert_eq!(couriers(&ordered.home), 1);
        desktop.stop_service();
        until_no_courier(&ordered).await;
    });
}

#[test]
fn the_courier_ends_when_nothing_is_up_and_stays_while_something_is() {
    let Some(desktop) = Desktop::start() else { return };
    on_runtime(async {
        let mut ordered = Ordered::new(&desktop.variables(), "");
        assert_eq!(ordered.show(parcel(slip(3, "t"))).await, Outcome::Delivered);
        assert_eq!(couriers(&ordered.home), 1);
        desktop.press("done");
        ordered.reaction().await;
        until_no_courier(&ordered).await;
    });
}

/// Waits until it was heard that nothing is left.
async fn until_no_courier(ordered: &Ordered) {
    let began = Instant::now();
    while couriers(&ordered.home) > 0 {
        assert!(began.elapsed() < Duration::from_secs(30), "the courier stays");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[test]
fn buttons_go_on_working_when_the_daemon_has_ended() {
    let Some(desktop) = Desktop::start() else { return };
    let home = on_runtime(async {
        let ordered = Ordered::new(&desktop.variables(), "");
        let task =
            ordered.home.run(&["add", "Buy milk", "--json"]).json()["tasks"][0]["id"].as_str().unwrap().to_owned();
        let shown = Slip { task, ..slip(1, "Buy milk") };
        assert_eq!(ordered.show(parcel(shown)).await, Outcome::Delivered);
        desktop.wait_for(1);
        // The end of this runtime is the end of the daemon's side.
        ordered.home
    });
    assert_eq!(desktop.count(), 1);
    desktop.press("done");
    until("the task to be done", || home.titles(&["status:done"]) == ["Buy milk"]);
    desktop.wait_for(0);
}
