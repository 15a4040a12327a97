//! Mail: one plain text to one person, over SMTP.

use super::slip::one_line;
use super::{MailSettings, Outcome, Parcel, Security};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{AsyncSmtpTransport, Error as SmtpError};
use lettre::{AsyncTransport as _, Tokio1Executor};
use std::time::{Duration, UNIX_EPOCH};
use tokio::time::timeout;

/// For one step of the conversation.
const STEP_LIMIT: Duration = Duration::from_secs(15);
/// For all of it.
const LIMIT: Duration = Duration::from_secs(45);
/// Most titles in one mail.
const TITLES_MAX: usize = 100;

/// Sends it once. Nothing of the mail goes into the outcome.
pub async fn send(settings: &MailSettings, to: &str, parcel: &Parcel) -> Outcome {
    let message = match message(settings, to, parcel) {
        Ok(message) => message,
        Err(reason) => return Outcome::never(reason),
    };
    let transport = match transport(settings) {
        Ok(transport) => transport,
        Err(error) => return Outcome::later(format!("TLS cannot be used: {}", cause(&error))),
    };
    match timeout(LIMIT, transport.send(message)).await {
        Ok(Ok(_)) => Outcome::Delivered,
        Ok(Err(error)) => judge(&error),
        Err(_) => Outcome::later("the mail server did not answer in time"),
    }
}

/// Whether it is an address that mail can carry, as `me@example.org` or `Me <me@example.org>`.
pub fn is_mailbox(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok()
}

/// Whether the server takes our name and password; sends nothing.
pub async fn check(settings: &MailSettings) -> Result<(), String> {
    settings.from.parse::<Mailbox>().map_err(|_| "email.from is no mail address".to_owned())?;
    let transport = transport(settings).map_err(|error| format!("TLS cannot be used: {}", cause(&error)))?;
    match timeout(STEP_LIMIT, transport.test_connection()).await {
        Ok(Ok(true)) => Ok(()),
        Ok(Ok(false)) => Err("the mail server does not answer as one".to_owned()),
        Ok(Err(error)) => Err(one_line(&cause(&error))),
        Err(_) => Err("the mail server did not answer in time".to_owned()),
    }
}

fn message(settings: &MailSettings, to: &str, parcel: &Parcel) -> Result<Message, String> {
    let from: Mailbox = settings.from.parse().map_err(|_| "email.from is no mail address".to_owned())?;
    let to: Mailbox = to.parse().map_err(|_| "the recipient is no mail address".to_owned())?;
    let date = UNIX_EPOCH + Duration::from_millis(u64::try_from(parcel.now_unix_ms).unwrap_or(0));
    let mut lines = vec![parcel.title()];
    lines.extend(parcel.lines(TITLES_MAX));
    if let Some(one) = parcel.single() {
        let reference = one.reference();
        lines.extend([String::new(), format!("tasks done {reference}"), format!("tasks snooze {reference} 10m")]);
    }
    // RFC 3834: nobody's holiday answers to this.
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    Message::builder()
        // The same for every attempt: who gets two keeps one.
        .message_id(Some(format!("<{}@{}>", parcel.key, from.email.domain())))
        .date(date)
        .from(from)
        .to(to)
        .subject(format!("Reminder: {}", parcel.title()))
        .raw_header(automatic)
        .header(ContentType::TEXT_PLAIN)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(lines.join("\n") + "\n")
        .map_err(|error| one_line(&error.to_string()))
}

fn transport(settings: &MailSettings) -> Result<AsyncSmtpTransport<Tokio1Executor>, SmtpError> {
    let server = &settings.server;
    let tls = match server.security {
        Security::Tls => Tls::Wrapper(TlsParameters::new(server.host.clone())?),
        Security::StartTls => Tls::Required(TlsParameters::new(server.host.clone())?),
        Security::Plain => Tls::None,
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
        .port(server.port)
        .tls(tls)
        .timeout(Some(STEP_LIMIT));
    if let Some((user, password)) = &settings.login {
        builder = builder.credentials(Credentials::new(user.clone(), password.expose().to_owned()));
    }
    Ok(builder.build())
}

/// 4yz of RFC 5321 is for another attempt, 5yz is an answer for good, anything else is a connection that may work again.
fn judge(error: &SmtpError) -> Outcome {
    let said = match error.status() {
        Some(code) => format!("the mail server answered {code}: {}", cause(error)),
        None => format!("the mail server was not reached: {}", cause(error)),
    };
    // A client error is ours: no way to log in that both sides know, an address that SMTP cannot carry.
    if error.is_permanent() || error.is_client() { Outcome::never(said) } else { Outcome::later(said) }
}

fn cause(error: &SmtpError) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
