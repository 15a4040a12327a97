//! A linear model over hashed words: what a sentence wants, and how sure that is.
//!
//! Trained by `core/language/train/train.py`; the data and their licences are named in `core/language/train/ATTRIBUTION.md`.

mod weights;

use super::features::{BUCKETS, features};
use crate::reading::Intent;
use weights::{BIAS, CALIBRATION, SCALE};

/// Columns of the table: the intents, and plain to-do lines, which are tasks to create.
const LABELS: usize = 12;
const INTENTS: [Intent; LABELS - 1] = [
    Intent::CreateTask,
    Intent::ListTasks,
    Intent::UpdateTask,
    Intent::CompleteTask,
    Intent::DeleteTask,
    Intent::SetReminder,
    Intent::Snooze,
    Intent::CreateRecurring,
    Intent::Undo,
    Intent::Help,
    Intent::None,
];

/// One row of signed steps a bucket; read where it lies, nothing is unpacked.
static WEIGHTS: &[u8; BUCKETS * LABELS] = include_bytes!("weights.bin");

/// How likely each intent is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    shares: [f32; LABELS - 1],
    /// Whether a task is rather written down ("put the bins out") than asked for ("put milk on my list").
    pub(super) written_down: bool,
}

impl Guess {
    /// Reads the text.
    pub(super) fn of(text: &str) -> Self {
        let mut sums = [0.0_f32; LABELS];
        let mut count = 0_u16;
        features(text, |bucket| {
            let row = &WEIGHTS[bucket * LABELS..(bucket + 1) * LABELS];
            for (sum, step) in sums.iter_mut().zip(row) {
                *sum += f32::from(step.cast_signed());
            }
            count += 1;
        });
        let unit = SCALE / f32::from(count.max(1)).sqrt();
        let mut scores = BIAS;
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score += sum * unit;
        }
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let mut total = 0.0;
        for score in &mut scores {
            *score = (*score - top).exp();
            total += *score;
        }
        let mut shares = [0.0; LABELS - 1];
        for (share, score) in shares.iter_mut().zip(scores) {
            *share = score / total;
        }
        let todo = scores[LABELS - 1] / total;
        let written_down = todo > shares[0];
        shares[0] += todo;
        Self { shares, written_down }
    }

    /// How likely this intent is, 0 to 1.
    pub(super) fn share(&self, intent: Intent) -> f32 {
        INTENTS.iter().position(|i| *i == intent).map_or(0.0, |at| self.shares[at])
    }

    /// The likeliest intent.
    pub(super) fn best(&self) -> Intent {
        let mut best = 0;
        for (at, share) in self.shares.iter().enumerate() {
            if *share > self.shares[best] {
                best = at;
            }
        }
        INTENTS[best]
    }
}

/// How often a guess with this share of the model is right, by sentences that were held out of its training.
pub(super) fn sureness(share: f32) -> f32 {
    let (mut low, mut right) = CALIBRATION[0];
    if share <= low {
        return right * share / low;
    }
    for (high, better) in CALIBRATION {
        if share <= high && high > low {
            return right + (better - right) * (share - low) / (high - low);
        }
        (low, right) = (high, better);
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_one() {
        for text in ["", "buy milk", "what's due tomorrow?", "🎉", "delete everything"] {
            let guess = Guess::of(text);
            let sum: f32 = guess.shares.iter().sum();
            assert!((sum - 1.0).abs() < 1e-4, "{text}: {sum}");
        }
    }

    #[test]
    fn the_surer_the_model_the_surer_we_are() {
        let mut last = 0.0;
        for step in 0..=100_u8 {
            let sure = sureness(f32::from(step) / 100.0);
            assert!(sure >= last && sure <= 1.0, "{step}: {sure}");
            last = sure;
        }
    }
}
