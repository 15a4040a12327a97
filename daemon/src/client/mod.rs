//! The side of whoever wants something from the daemon: reach it, start it, ask it, stop it.

pub(crate) mod blocking;
pub(crate) mod call;
pub(crate) mod connect;
pub(crate) mod control;
pub(crate) mod inherited;
pub(crate) mod probe;
pub(crate) mod start;
