//! Who asks, and its present.

use super::malformed;
use crate::v1;
use tasks_domain::error::Error;
use tasks_domain::when::{Now, parse_zone};

/// To the wire.
pub fn to_wire(now: Now, locale: &str) -> v1::Caller {
    v1::Caller { now_unix_ms: now.unix_ms(), zone: now.zone().name().to_owned(), locale: locale.to_owned() }
}

/// From the wire: the present and the locale.
pub fn from_wire(caller: Option<&v1::Caller>) -> Result<(Now, String), Error> {
    let caller = caller.ok_or_else(|| malformed("the request does not say who asks"))?;
    let now = Now::from_unix_ms(caller.now_unix_ms, parse_zone(&caller.zone)?)
        .ok_or_else(|| malformed("the caller's present is out of range"))?;
    Ok((now, caller.locale.clone()))
}
