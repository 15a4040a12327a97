//! Bars and lines made of signs.

/// Blocks of one to eight eighths of a row.
const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The values in at most `columns` groups of neighbours, each made one value; and how many are in a group. The last group is whole: the
/// first may be smaller.
pub(super) fn grouped(values: &[u64], columns: usize, one: impl Fn(&[u64]) -> u64) -> (Vec<u64>, usize) {
    let size = values.len().div_ceil(columns.max(1)).max(1);
    (values.rchunks(size).rev().map(one).collect(), size)
}

/// Upright bars, the top row first: `rows` rows of a column each `wide` signs wide.
pub(super) fn bars(values: &[u64], rows: usize, wide: usize, is_unicode: bool) -> Vec<String> {
    let max = values.iter().copied().max().unwrap_or(0).max(1);
    let eighths = |value: u64| {
        let exact = u128::from(value) * rows as u128 * 8 / u128::from(max);
        // What is not nothing is seen.
        usize::try_from(exact).unwrap_or(0).max(usize::from(value > 0))
    };
    let sign = |value: u64, row: usize| match eighths(value).saturating_sub(row * 8) {
        0 => ' ',
        8.. if is_unicode => '█',
        some if is_unicode => EIGHTHS[some - 1],
        // Of letters there are only whole ones; the lowest row shows the least.
        some if some >= 4 || row == 0 => '#',
        _ => ' ',
    };
    let gap = usize::from(wide > 2);
    let bar =
        |value: u64, row: usize| format!("{}{}", sign(value, row).to_string().repeat(wide - gap), " ".repeat(gap));
    (0..rows).rev().map(|row| values.iter().map(|value| bar(*value, row)).collect()).collect()
}

/// A line from value to value, the top row first, each value `wide` signs wide. It spans from the least to the greatest.
pub(super) fn line(values: &[u64], rows: usize, wide: usize, is_unicode: bool) -> Vec<String> {
    let (min, max) = (values.iter().min().copied().unwrap_or(0), values.iter().max().copied().unwrap_or(0));
    let span = u128::from((max - min).max(1));
    let steps = rows.saturating_sub(1) as u128;
    let level = |value: u64| usize::try_from((u128::from(value - min) * steps * 2 + span) / (span * 2)).unwrap_or(0);
    let mut grid = vec![Vec::new(); rows];
    let mut last = None;
    for value in values {
        let here = level(*value);
        let from = last.replace(here).unwrap_or(here);
        for (row, signs) in grid.iter_mut().enumerate() {
            let turn = turn(from, here, row, is_unicode);
            signs.push(turn);
            let along = if row == here { if is_unicode { '─' } else { '-' } } else { ' ' };
            signs.extend(std::iter::repeat_n(along, wide - 1));
        }
    }
    grid.into_iter().rev().map(|signs| signs.into_iter().collect()).collect()
}

/// The sign of a row where the line goes from one level to another.
fn turn(from: usize, to: usize, row: usize, is_unicode: bool) -> char {
    let (low, high) = (from.min(to), from.max(to));
    if row < low || row > high {
        return ' ';
    }
    if !is_unicode {
        return match () {
            () if row == to => '*',
            () if row == from => ' ',
            () => '|',
        };
    }
    match () {
        () if from == to => '─',
        () if row == to && to > from => '╭',
        () if row == to => '╰',
        () if row == from && to > from => '╯',
        () if row == from => '╮',
        () => '│',
    }
}

/// A lying bar of at most `columns` signs for a part of `max`; anything but nothing is seen.
pub(super) fn lying(value: u64, max: u64, columns: usize, is_unicode: bool) -> String {
    let eighths = u128::from(value) * columns as u128 * 8 / u128::from(max.max(1));
    let eighths = usize::try_from(eighths).unwrap_or(0).max(usize::from(value > 0));
    if !is_unicode {
        return "#".repeat(eighths.div_ceil(8));
    }
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
    format!("{}{rest}", "█".repeat(eighths / 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_high_as_their_values() {
        assert_eq!(bars(&[0, 1, 4, 8, 16], 2, 1, true), ["   ▁█".replace('▁', " "), " ▁▄██".to_owned()]);
        assert_eq!(bars(&[0, 1, 1000], 2, 1, false), ["  #", " ##"]);
        assert_eq!(bars(&[2, 2], 1, 3, true), ["██ ██ "]);
        assert_eq!(bars(&[0, 0], 1, 1, true), ["  "]);
        assert_eq!(bars(&[u64::MAX, 1], 1, 1, true), ["█▁"]);
    }

    #[test]
    fn lines_go_from_value_to_value() {
        assert_eq!(line(&[0, 2, 2, 1, 0], 3, 1, true), [" ╭─╮ ", " │ ╰╮", "─╯  ╰"]);
        assert_eq!(line(&[0, 2, 1], 3, 1, false), [" * ", " |*", "*  "]);
        assert_eq!(line(&[5, 5], 2, 2, true), ["    ", "────"]);
        assert_eq!(line(&[], 1, 1, true), [""]);
    }

    #[test]
    fn neighbours_are_taken_together_when_there_are_too_many() {
        let sum = |values: &[u64]| values.iter().sum();
        assert_eq!(grouped(&[1, 2, 3, 4, 5], 5, sum), (vec![1, 2, 3, 4, 5], 1));
        assert_eq!(grouped(&[1, 2, 3, 4, 5], 3, sum), (vec![1, 5, 9], 2));
        assert_eq!(grouped(&[], 3, sum), (vec![], 1));
    }

    #[test]
    fn lying_bars_are_as_long_as_their_values() {
        assert_eq!(
            (lying(4, 8, 4, true), lying(1, 8, 4, true), lying(0, 8, 4, true)),
            ("██".into(), "▌".into(), String::new())
        );
        assert_eq!((lying(8, 8, 4, false), lying(1, 800, 4, false)), ("####".into(), "#".into()));
        assert_eq!(lying(0, 0, 4, true), "");
    }
}
