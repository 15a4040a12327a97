//! Webhooks, received by Python's own HTTP server.

use crate::with::{Ordered, on_runtime, parcel, slip};
use tasks_daemon::notify::Outcome;
use tasks_tests::peers::Peer;

const SECRET: &str = "correct horse battery staple";

fn ordered() -> Ordered {
    let ordered = Ordered::new(&[], "webhook.secret_file = '~/secret'\n");
    std::fs::write(ordered.home.scratch().join("secret"), format!("{SECRET}\n")).unwrap();
    ordered
}

#[test]
fn a_webhook_is_signed_and_names_the_delivery() {
    let receiver = Peer::receiver(&[SECRET]);
    let outcome = on_runtime(async {
        let url = format!("http://127.0.0.1:{}/hook?key=k3y", receiver.port);
        ordered().post(url, parcel(slip(3, "Buy milk & \"bread\""))).await
    });
    assert_eq!(outcome, Outcome::Delivered);
    let got = receiver.next();
    assert_eq!((&got["signed"], got["path"].as_str()), (&true.into(), Some("/hook?key=k3y")), "{got}");
    let (headers, body) = (&got["headers"], &got["body"]);
    assert_eq!(headers["idempotency-key"], slip(3, "").row);
    assert_eq!(headers["webhook-id"], headers["idempotency-key"]);
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(body["reminders"][0]["task"]["title"], "Buy milk & \"bread\"");
    assert_eq!(body["reminders"][0]["task"]["due"]["tz"], "Europe/Berlin");
    assert_eq!((&body["type"], &body["total"]), (&"reminder".into(), &1.into()));
    assert_eq!(receiver.rest(), Vec::<serde_json::Value>::new());
}

#[test]
fn answers_say_whether_another_attempt_makes_sense() {
    let answers = "503,429:7,408,409,400,401,404,410,501,302";
    let receiver = Peer::receiver(&[SECRET, answers]);
    on_runtime(async {
        let ordered = ordered();
        for answer in answers.split(',') {
            let outcome = ordered.post(format!("http://127.0.0.1:{}", receiver.port), parcel(slip(3, "t"))).await;
            let (again, reason, after) = match outcome {
                Outcome::Later { reason, after_s } => (true, reason, after_s),
                Outcome::Never { reason } => (false, reason, 0),
                outcome => panic!("{answer}: {outcome:?}"),
            };
            assert_eq!(again, ["503", "429:7", "408", "409"].contains(&answer), "{answer}");
            assert_eq!(after, if answer == "429:7" { 7 } else { 0 });
            assert!(reason.contains(&answer[..3]), "{reason}");
        }
    });
    assert_eq!(receiver.rest().len(), 10, "each was sent once, and none was sent on to elsewhere");
}

#[test]
fn a_receiver_that_is_not_there_is_tried_again_and_its_address_told_to_nobody() {
    on_runtime(async {
        let ordered = ordered();
        let outcome = ordered.post("http://127.0.0.1:9/hook?key=k3y".to_owned(), parcel(slip(3, "t"))).await;
        let Outcome::Later { reason, after_s: 0 } = outcome else { panic!("{outcome:?}") };
        assert!(!reason.contains("k3y") && !reason.contains("hook") && reason.contains("refused"), "{reason}");
        let outcome = ordered.post("ftp://127.0.0.1/".to_owned(), parcel(slip(3, "t"))).await;
        assert!(matches!(outcome, Outcome::Never { .. }), "{outcome:?}");
    });
}

#[test]
fn an_unreadable_secret_sends_nothing_unsigned() {
    let receiver = Peer::receiver(&[SECRET]);
    let ordered = ordered();
    std::fs::remove_file(ordered.home.scratch().join("secret")).unwrap();
    let outcome =
        on_runtime(async { ordered.post(format!("http://127.0.0.1:{}", receiver.port), parcel(slip(3, "t"))).await });
    let Outcome::Later { reason, .. } = outcome else { panic!("{outcome:?}") };
    assert!(reason.contains("webhook.secret_file"), "{reason}");
    assert!(receiver.rest().is_empty());
}
