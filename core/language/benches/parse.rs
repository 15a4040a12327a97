//! How long one line takes to read.

use tasks_domain::when::{Now, Zone};
use tasks_language::{Context, Settings, parse};

const LINES: [&str; 4] = [
    "buy milk",
    "buy milk tomorrow 5pm",
    "Call mom next friday at half past six #family @home !high // bring cake",
    "prepare the slides for the board on the 3rd of february from 9 to 11am for 2 hours",
];

fn main() {
    divan::main();
}

#[divan::bench(args = LINES)]
fn line(bencher: divan::Bencher<'_, '_>, text: &str) {
    let now =
        Now::from_unix_ms(1_795_338_000_000, Zone::Europe__Berlin).unwrap_or_else(|| unreachable!("a time in range"));
    let context = Context { now, settings: Settings::default() };
    bencher.counter(divan::counter::BytesCount::of_str(text)).bench(|| parse(divan::black_box(text), &context));
}
