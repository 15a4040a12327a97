//! What the model looks at: words, pairs of words, pairs with a gap between, runs of four letters. The same as in
//! `train/train.py`, byte for byte.

/// Rows of the model's table; a power of two.
pub(super) const BUCKETS: usize = 1 << 14;
/// Words that are looked at: what someone wants is said at the beginning.
const WORDS_MAX: usize = 48;
/// Bytes of a word that its runs of letters are taken from.
const LETTERS_MAX: usize = 32;
const FNV_START: u32 = 0x811c_9dc5;
const FNV_FACTOR: u32 = 0x0100_0193;

/// The kinds of features, kept apart by their number.
#[derive(Clone, Copy)]
enum Kind {
    Word = 1,
    Pair = 2,
    Gap = 3,
    Letters = 4,
}

/// Calls `each` with the bucket of every feature of the text, one by one, repetitions included.
pub(super) fn features(text: &str, mut each: impl FnMut(usize)) {
    let edge = |mark: u8| (FNV_START ^ u32::from(mark)).wrapping_mul(FNV_FACTOR);
    let (mut before, mut last) = (None, edge(b'^'));
    let mut follow = |hash: u32, each: &mut dyn FnMut(usize)| {
        each(bucket(Kind::Pair, last, hash));
        if let Some(before) = before {
            each(bucket(Kind::Gap, before, hash));
        }
        (before, last) = (Some(last), hash);
    };
    let mut words = Words { rest: text.as_bytes(), letters: [0; LETTERS_MAX + 2] };
    for _ in 0..WORDS_MAX {
        let Some((hash, length)) = words.next_word() else { break };
        each(bucket(Kind::Word, hash, 0));
        follow(hash, &mut each);
        if length > 3 {
            words.letters[0] = b'<';
            words.letters[length + 1] = b'>';
            for run in words.letters[..length + 2].windows(4) {
                let run = u32::from_le_bytes([run[0], run[1], run[2], run[3]]);
                each(bucket(Kind::Letters, run, 0));
            }
        }
    }
    follow(edge(b'$'), &mut each);
}

fn bucket(kind: Kind, a: u32, b: u32) -> usize {
    let mut hash = a.wrapping_mul(0x9e37_79b1)
        ^ b.rotate_left(16).wrapping_mul(0x85eb_ca6b)
        ^ (kind as u32).wrapping_mul(0xc2b2_ae35);
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x2c1b_3c6d);
    hash ^= hash >> 12;
    hash as usize & (BUCKETS - 1)
}

/// The words of a text, one after the other; the letters of the last stand in `letters` from index 1 on.
struct Words<'a> {
    rest: &'a [u8],
    letters: [u8; LETTERS_MAX + 2],
}

impl Words<'_> {
    /// Hash and number of kept bytes of the next word: letters in lower case without apostrophes, a run of digits as "0", or
    /// a mark that means something to us.
    fn next_word(&mut self) -> Option<(u32, usize)> {
        let mut digits = None;
        let (mut hash, mut length) = (FNV_START, 0);
        loop {
            let skipped = apostrophe(self.rest);
            if skipped > 0 {
                self.rest = &self.rest[skipped..];
                continue;
            }
            let byte = self.rest.first().copied();
            let is_digit = byte.is_some_and(|b| b.is_ascii_digit());
            let is_letter = byte.is_some_and(|b| b.is_ascii_alphabetic() || b >= 0x80);
            if !(is_digit || is_letter) || digits.is_some_and(|digits| digits != is_digit) {
                if digits.is_some() {
                    return Some((hash, length));
                }
                self.rest = &self.rest[usize::from(byte.is_some())..];
                let byte = byte?;
                if b"#+@!?:/".contains(&byte) {
                    return Some(((FNV_START ^ u32::from(byte)).wrapping_mul(FNV_FACTOR), 1));
                }
                continue;
            }
            let kept = if is_digit { b'0' } else { byte.unwrap_or_default().to_ascii_lowercase() };
            if !(is_digit && digits.is_some()) {
                hash = (hash ^ u32::from(kept)).wrapping_mul(FNV_FACTOR);
                if length < LETTERS_MAX {
                    length += 1;
                    self.letters[length] = kept;
                }
            }
            digits = Some(is_digit);
            self.rest = &self.rest[1..];
        }
    }
}

/// Length of the apostrophe that the bytes begin with, or 0.
fn apostrophe(bytes: &[u8]) -> usize {
    match bytes {
        [b'\'', ..] => 1,
        [0xe2, 0x80, 0x99, ..] => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_those_that_the_model_was_trained_with() {
        // Printed by `train.py --hashes TEXT`.
        for (text, want) in HASHES {
            let mut found = Vec::new();
            features(text, |bucket| found.push(bucket));
            found.sort_unstable();
            assert_eq!(found, *want, "{text}");
        }
    }

    #[test]
    fn a_long_text_has_no_more_features_than_its_beginning() {
        let mut count = 0;
        features(&"again and ".repeat(100_000), |_| count += 1);
        assert!(count < 1_000, "{count}");
        features(&"x".repeat(1_000_000), |_| count += 1);
        assert!(count < 1_100, "{count}");
    }

    const HASHES: &[(&str, &[usize])] = &[
        ("buy milk", &[2146, 3408, 5745, 6831, 8098, 8709, 9133, 11612, 14228, 14486]),
        (
            "What’s due on 24.12.? #home",
            &[
                101, 692, 692, 770, 1209, 3076, 3314, 4390, 4587, 5150, 5706, 5830, 6211, 6374, 6986, 7451, 7673, 7716,
                7935, 8445, 9214, 9483, 9502, 11611, 12029, 12318, 12479, 12559, 12586, 13171, 15823, 16081,
            ],
        ),
        (
            "don't forget straße & ÜBER",
            &[
                891, 1336, 1436, 2025, 2139, 2814, 5535, 5588, 6210, 6484, 6961, 7543, 7943, 9007, 9396, 9454, 9987,
                10074, 10559, 10617, 11175, 11499, 12169, 12233, 12305, 13019, 13199, 14472, 14556, 14647, 15300,
            ],
        ),
        (
            "a1b22 !high",
            &[
                692, 692, 2004, 2082, 2348, 3284, 3953, 4403, 4496, 5538, 5978, 6461, 7220, 7829, 8876, 9507, 9718,
                10373, 10574, 11177, 16110, 16209,
            ],
        ),
    ];
}
