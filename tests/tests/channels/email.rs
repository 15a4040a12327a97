//! Mail, taken by a real mail server.

use crate::with::{Ordered, on_runtime, parcel, slip};
use std::process::{Command, Stdio};
use tasks_daemon::notify::{Outcome, Parcel};
use tasks_tests::peers::Peer;

fn ordered(server: &str, more: &str) -> Ordered {
    let settings = format!("[email]\nserver = '{server}'\nfrom = 'Tasks <tasks@example.org>'\n{more}");
    let ordered = Ordered::new(&[], &settings);
    std::fs::write(ordered.home.scratch().join("password"), "pässword\n").unwrap();
    ordered
}

fn plain(peer: &Peer) -> Ordered {
    ordered(&format!("smtp+plain://127.0.0.1:{}", peer.port), "")
}

#[test]
fn a_mail_has_the_task_and_an_id_that_repeats_share() {
    let server = Peer::smtp(&[]);
    let one = slip(3, "Überweisung an Zoë: 50 € 🏠");
    on_runtime(async {
        let ordered = plain(&server);
        for attempt in 1..=2 {
            let outcome = ordered.mail("me@example.org", parcel(one.clone())).await;
            assert_eq!(outcome, Outcome::Delivered, "attempt {attempt}");
        }
    });
    let (first, second) = (server.next(), server.next());
    assert_eq!((&first["from"], &first["to"][0]), (&"tasks@example.org".into(), &"me@example.org".into()));
    let headers = &first["headers"];
    assert_eq!(headers["subject"], "Reminder: Überweisung an Zoë: 50 € 🏠");
    assert_eq!(headers["auto-submitted"], "auto-generated");
    assert_eq!(headers["message-id"], format!("<{}@example.org>", one.row));
    assert_eq!(headers["message-id"], second["headers"]["message-id"]);
    let text = first["text"].as_str().unwrap().replace("\r\n", "\n");
    assert!(text.starts_with("Überweisung an Zoë: 50 € 🏠\n@home · due 17:00 (in 15 min)\n"), "{text}");
    assert!(text.contains("tasks done 3"), "{text}");
}

#[test]
fn several_that_were_missed_are_one_mail() {
    let server = Peer::smtp(&[]);
    let slips: Vec<_> = (1..=7).map(|n| slip(n, &format!("task {n}"))).collect();
    let several = Parcel { key: "digest".to_owned(), total: 300, slips, ..Parcel::default() };
    assert_eq!(on_runtime(async { plain(&server).mail("me@example.org", several).await }), Outcome::Delivered);
    let mail = server.next();
    assert_eq!(mail["headers"]["subject"], "Reminder: 300 reminders you missed");
    let text = mail["text"].as_str().unwrap();
    assert!(text.contains("• 17:00 · task 7") && text.contains("and 293 more"), "{text}");
}

#[test]
fn a_server_that_wants_another_attempt_is_told_from_one_that_refuses() {
    let server = Peer::smtp(&["--answers", "451 4.3.0 later,550 5.1.1 no such mailbox"]);
    on_runtime(async {
        let ordered = plain(&server);
        let outcome = ordered.mail("me@example.org", parcel(slip(1, "secret title"))).await;
        let Outcome::Later { reason, .. } = outcome else { panic!("{outcome:?}") };
        assert!(reason.contains("451") && !reason.contains("secret title"), "{reason}");
        let outcome = ordered.mail("me@example.org", parcel(slip(1, "secret title"))).await;
        let Outcome::Never { reason } = outcome else { panic!("{outcome:?}") };
        assert!(reason.contains("550") && !reason.contains("secret title"), "{reason}");
        assert_eq!(
            ordered.mail("me@example.org", parcel(slip(1, "t"))).await,
            Outcome::Delivered,
            "one refusal stops nothing"
        );
    });
    let away = ordered("smtp+plain://127.0.0.1:9", "");
    let outcome = on_runtime(async { away.mail("me@example.org", parcel(slip(1, "t"))).await });
    assert!(matches!(outcome, Outcome::Later { .. }), "{outcome:?}");
}

#[test]
fn nobody_to_write_to_or_no_server_holds_the_mail_back() {
    let unset = Ordered::new(&[], "");
    let outcome = on_runtime(async { unset.mail("me@example.org", parcel(slip(1, "t"))).await });
    let Outcome::Nowhere { reason } = outcome else { panic!("{outcome:?}") };
    assert!(reason.contains("email.server"), "{reason}");
}

#[test]
fn a_password_goes_over_tls_to_a_server_that_is_who_it_says() {
    let (login, folder) = ("user = 'me'\npassword_file = '~/password'\n", tempfile::tempdir().unwrap());
    let Some((certificate, key)) = certificate(folder.path()) else { return };
    let tls = ["--cert", &certificate, "--key", &key, "--auth", "me:pässword"];
    for (scheme, more) in [("smtp", &[][..]), ("smtps", &["--implicit"][..])] {
        let server = Peer::smtp(&[&tls[..], more].concat());
        let ordered = ordered(&format!("{scheme}://localhost:{}", server.port), login);
        let send = || on_runtime(async { ordered.mail("me@example.org", parcel(slip(1, "t"))).await });
        let outcome = send();
        assert!(matches!(outcome, Outcome::Later { .. }), "nobody vouches for it: {outcome:?}");
        std::fs::copy(&certificate, ordered.home.scratch().join("authority.pem")).unwrap();
        assert_eq!(send(), Outcome::Delivered, "{scheme}");
        let mail = server.next();
        assert_eq!((&mail["tls"], &mail["auth"]), (&true.into(), &true.into()), "{mail}");
        std::fs::write(ordered.home.scratch().join("password"), "wrong\n").unwrap();
        let outcome = send();
        assert!(matches!(outcome, Outcome::Never { .. }), "{outcome:?}");
        assert!(!format!("{outcome:?}").contains("wrong"), "{outcome:?}");
        assert!(server.rest().is_empty());
    }
}

/// A server's certificate that vouches for itself, and its key.
#[expect(clippy::print_stdout, reason = "a test that cannot show something says so")]
fn certificate(folder: &std::path::Path) -> Option<(String, String)> {
    let place = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (certificate, key) = (place("certificate.pem"), place("key.pem"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args([
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-out",
            &certificate,
            "-keyout",
            &key,
        ])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .stderr(Stdio::null())
        .status();
    if made.is_ok_and(|status| status.success()) {
        return Some((certificate, key));
    }
    assert!(std::env::var_os("CI").is_none(), "openssl is missing: apt-get install openssl");
    println!("skipped: openssl is not there to make a certificate");
    None
}
