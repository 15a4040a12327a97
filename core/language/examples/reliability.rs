//! Prints how well the confidence of intents is calibrated: cases by confidence, with what was right of each.
//!
//! usage: `cargo run -p tasks-language --example reliability -- CASES.tsv`, with lines `intent TAB source TAB text`. A task
//! with and without a reminder counts as the same wish, as both add a task.
#![expect(clippy::print_stdout, reason = "a tool for developers prints")]

use std::process::ExitCode;
use tasks_domain::when::{Now, Zone};
use tasks_language::{Context, Intent, Settings, understand};

const BINS: usize = 10;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        println!("usage: reliability CASES.tsv");
        return ExitCode::from(2);
    };
    let cases = match std::fs::read_to_string(&path) {
        Ok(cases) => cases,
        Err(error) => {
            println!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let Some(now) = Now::from_unix_ms(1_795_338_000_000, Zone::Europe__Berlin) else { return ExitCode::FAILURE };
    let context = Context { now, settings: Settings::default() };
    let mut bins = [(0_u32, 0_u32, 0.0_f64); BINS];
    for line in cases.lines() {
        let mut columns = line.splitn(3, '\t');
        let (Some(want), Some(_), Some(text)) = (columns.next(), columns.next(), columns.next()) else { continue };
        let reading = understand(text, &context);
        let right = same(want, reading.intent);
        let above = |bin: &u8| reading.confidence >= f32::from(*bin) / 10.0;
        let bin = &mut bins[(1..10_u8).take_while(above).count()];
        *bin = (bin.0 + 1, bin.1 + u32::from(right), bin.2 + f64::from(reading.confidence));
    }
    let total: u32 = bins.iter().map(|bin| bin.0).sum();
    println!("confidence    cases   said   right");
    let mut error = 0.0;
    for (at, (cases, right, said)) in bins.iter().enumerate().filter(|(_, bin)| bin.0 > 0) {
        let (said, right) = (said / f64::from(*cases), f64::from(*right) / f64::from(*cases));
        error += f64::from(*cases) / f64::from(total) * (said - right).abs();
        println!("from 0.{at}      {cases:>5}   {said:.2}   {right:.2}");
    }
    println!("expected calibration error {error:.3} of {total} cases");
    ExitCode::SUCCESS
}

fn same(want: &str, intent: Intent) -> bool {
    let adds = |word: &str| matches!(word, "create_task" | "set_reminder" | "create_recurring");
    want == intent.as_str() || adds(want) && adds(intent.as_str())
}
