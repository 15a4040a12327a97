//! How long one line takes to read, and how many are read in a second.

use tasks_domain::when::{Now, Zone};
use tasks_language::{Context, Settings, parse, understand};

const LINES: [&str; 5] = [
    "buy milk",
    "buy milk tomorrow 5pm",
    "Call mom next friday at half past six #family @home !high // bring cake",
    "Pay rent every month on the 1st at 9am p1 #home remind me 1 day before",
    "prepare the slides for the board on the 3rd of february from 9 to 11am for 2 hours",
];

/// Said to a task manager rather than written down for one.
const SAID: [&str; 5] = [
    "buy milk tomorrow 5pm",
    "what's due on friday?",
    "move the dentist appointment to next tuesday 3pm",
    "i finished the quarterly report",
    "prepare the slides for the board on the 3rd of february from 9 to 11am for 2 hours",
];

/// A megabyte in one line, which must not take longer than a blink.
#[divan::bench(args = ["delete the task ", "buy milk tomorrow at 5 ", "x", "pay rent every month on the 1st #home // "])]
fn megabyte(bencher: divan::Bencher<'_, '_>, piece: &str) {
    let (context, text) = (context(), piece.repeat((1 << 20) / piece.len()));
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench(|| understand(divan::black_box(&text), &context));
}

fn main() {
    divan::main();
}

fn context() -> Context {
    let now =
        Now::from_unix_ms(1_795_338_000_000, Zone::Europe__Berlin).unwrap_or_else(|| unreachable!("a time in range"));
    Context { now, settings: Settings::default() }
}

#[divan::bench(args = SAID)]
fn said(bencher: divan::Bencher<'_, '_>, text: &str) {
    let context = context();
    bencher.counter(divan::counter::ItemsCount::new(1_usize)).bench(|| understand(divan::black_box(text), &context));
}

#[divan::bench(args = LINES)]
fn line(bencher: divan::Bencher<'_, '_>, text: &str) {
    let context = context();
    bencher.counter(divan::counter::ItemsCount::new(1_usize)).bench(|| parse(divan::black_box(text), &context));
}
