//! The engine's requests about rules, and the slots that arrive while nobody asks.

mod arrive;
mod asked;
