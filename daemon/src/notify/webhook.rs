//! Webhooks: a POST of JSON, signed as Standard Webhooks has it (<https://www.standardwebhooks.com>), so that receivers can use the
//! libraries that exist for that.
//!
//! `webhook-id` and `Idempotency-Key` are the row of the ledger: a repeat after a crash carries the same one.

use super::{Outcome, Parcel, Secret, Slip};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use ring::hmac;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// From the first byte out to the last byte in.
const LIMIT: Duration = Duration::from_secs(30);
/// For the connection alone.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// Longest wish of a receiver to be left alone that is followed.
const AFTER_MAX: Duration = Duration::from_hours(1);
/// How secrets of Standard Webhooks begin; what follows is base64.
const SECRET_MARK: &str = "whsec_";

/// What a receiver gets: the reminder, or several that were missed.
fn body(parcel: &Parcel) -> String {
    let reminders: Vec<Value> = parcel.slips.iter().map(object).collect();
    json!({ "version": 1, "type": "reminder", "id": parcel.key, "total": parcel.total, "reminders": reminders })
        .to_string()
}

fn object(slip: &Slip) -> Value {
    json!({
        "id": slip.row,
        "reminder": slip.reminder,
        "at": slip.at,
        "late_s": slip.late_s,
        "attempt": slip.attempt,
        "task": {
            "id": slip.task,
            "number": (slip.number > 0).then_some(slip.number),
            "title": slip.title,
            "project": Some(&slip.project).filter(|project| !project.is_empty()),
            "priority": slip.priority,
            "due": slip.due,
        },
    })
}

/// The value of `webhook-signature`: `v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body`.
pub fn signature(secret: &Secret, id: &str, timestamp_s: i64, body: &str) -> String {
    let text = secret.expose();
    let decoded = text.strip_prefix(SECRET_MARK).and_then(|text| STANDARD.decode(text).ok());
    let key = hmac::Key::new(hmac::HMAC_SHA256, decoded.as_deref().unwrap_or(text.as_bytes()));
    let tag = hmac::sign(&key, format!("{id}.{timestamp_s}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(tag))
}

/// Posts it once.
pub async fn send(url: &str, secret: Option<&Secret>, parcel: &Parcel) -> Outcome {
    let url = match Url::parse(url) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => url,
        _ => return Outcome::never("the address of the webhook is no http or https address"),
    };
    let client = match client(&url) {
        Ok(client) => client,
        Err(error) => return Outcome::later(format!("no connection can be made: {}", cause(error))),
    };
    let body = body(parcel);
    let timestamp_s = parcel.now_unix_ms.div_euclid(1_000);
    let mut request = client
        .post(url)
        .header(CONTENT_TYPE, "application/json")
        .header("Idempotency-Key", &parcel.key)
        .header("webhook-id", &parcel.key)
        .header("webhook-timestamp", timestamp_s);
    if let Some(secret) = secret {
        request = request.header("webhook-signature", signature(secret, &parcel.key, timestamp_s, &body));
    }
    match request.body(body).send().await {
        Ok(response) => judge(&response),
        Err(error) if error.is_builder() => Outcome::never(format!("the request cannot be made: {}", cause(error))),
        Err(error) if error.is_timeout() => Outcome::later("the receiver did not answer in time"),
        Err(error) => Outcome::later(format!("the receiver was not reached: {}", cause(error))),
    }
}

fn client(url: &Url) -> reqwest::Result<Client> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    // The first of the process stays; it is the same one.
    _ = rustls::crypto::CryptoProvider::install_default((*provider).clone());
    let builder = Client::builder()
        .user_agent(concat!("tasks/", env!("CARGO_PKG_VERSION")))
        // A receiver that moved is a matter for its owner: signed texts are not sent on to where an answer points.
        .redirect(Policy::none())
        .connect_timeout(CONNECT_LIMIT)
        .timeout(LIMIT);
    // Without TLS the machine's certificates are not needed, and need not be there.
    if url.scheme() == "http" { builder.tls_certs_only([]) } else { builder }.build()
}

fn judge(response: &Response) -> Outcome {
    let status = response.status();
    let said = format!("the receiver answered {status}");
    match status {
        _ if status.is_success() => Outcome::Delivered,
        // What may be different next time: too slow, being worked on, too early, too many, or the receiver's own trouble.
        StatusCode::REQUEST_TIMEOUT | StatusCode::CONFLICT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            Outcome::Later { reason: said, after_s: after_s(response) }
        }
        StatusCode::NOT_IMPLEMENTED | StatusCode::HTTP_VERSION_NOT_SUPPORTED => Outcome::never(said),
        _ if status.is_server_error() => Outcome::Later { reason: said, after_s: after_s(response) },
        _ if status.is_redirection() => Outcome::never(format!("{said}: it has moved")),
        _ => Outcome::never(said),
    }
}

/// `Retry-After` in seconds (RFC 9110, section 10.2.3); a date there is left alone.
fn after_s(response: &Response) -> u64 {
    let text = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.trim().parse().ok()).unwrap_or(0).min(AFTER_MAX.as_secs())
}

/// The innermost cause, without the address: that is often a secret itself.
fn cause(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_standard_webhooks() {
        // The example of the specification's reference libraries.
        let secret = Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let body = r#"{"test": 2432232314}"#;
        let signed = signature(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
