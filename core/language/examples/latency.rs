//! Prints how long lines take to be understood: the middle, the slowest tenth and the slowest hundredth, in microseconds.
//!
//! usage: `cargo run --release -p tasks-language --example latency -- LINES.txt`, one line of to-do text each. Every line is read
//! several times and the middle of them counts, so that what else the machine does is left out; the first reading of all lines is
//! printed as well.
#![expect(clippy::print_stdout, reason = "a tool for developers prints")]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;
use tasks_domain::when::{Now, Zone};
use tasks_language::{Context, Settings, understand};

/// How often each line is read.
const ROUNDS: usize = 9;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        println!("usage: latency LINES.txt");
        return ExitCode::from(2);
    };
    let lines = match std::fs::read_to_string(&path) {
        Ok(lines) => lines,
        Err(error) => {
            println!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let Some(now) = Now::from_unix_ms(1_795_338_000_000, Zone::Europe__Berlin) else { return ExitCode::FAILURE };
    let context = Context { now, settings: Settings::default() };
    let mut first: Vec<(u128, &str)> = Vec::new();
    let mut middle: Vec<(u128, &str)> = Vec::new();
    let read = |line: &str| {
        let start = Instant::now();
        black_box(understand(black_box(line), &context));
        start.elapsed().as_nanos()
    };
    for line in lines.lines() {
        first.push((read(line), line));
    }
    for line in lines.lines() {
        let mut times: Vec<u128> = (0..ROUNDS).map(|_| read(line)).collect();
        times.sort_unstable();
        middle.push((times[ROUNDS / 2], line));
    }
    println!("{} lines", first.len());
    for (name, times) in [("first reading", &mut first), ("middle of several", &mut middle)] {
        times.sort_unstable();
        let part = |percent: usize| times.get(times.len() * percent / 100).map_or(0, |(nanos, _)| *nanos);
        println!("{name}: p50 {}, p90 {}, p99 {}", micros(part(50)), micros(part(90)), micros(part(99)));
    }
    for (nanos, line) in middle.iter().rev().take(5) {
        println!("{}  {}", micros(*nanos), line.chars().take(90).collect::<String>());
    }
    ExitCode::SUCCESS
}

fn micros(nanos: u128) -> String {
    format!("{}.{:02} µs", nanos / 1000, nanos % 1000 / 10)
}
