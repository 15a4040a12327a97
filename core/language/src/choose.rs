//! The best consistent set of candidates: none overlaps another, none fills what another fills.

use crate::candidate::Candidate;

const SETS: usize = Candidate::SLOT_SETS;
/// Worse than any sum of scores: not reachable.
const NEVER: i32 = i32::MIN / 2;

/// Indexes of the chosen candidates, in the order of the text. Weighted interval choice, one table row per candidate and one
/// column per set of filled slots: time and memory grow with the number of candidates only (and its logarithm).
pub(crate) fn choose(candidates: &[Candidate]) -> Vec<usize> {
    if candidates.len() <= 1 {
        return (0..candidates.len()).collect();
    }
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|i| candidates[*i].end);
    let ends: Vec<usize> = order.iter().map(|i| candidates[*i].end).collect();
    // best[n][set]: the best sum among the first n candidates that fills exactly `set`.
    let mut best = vec![[NEVER; SETS]; order.len() + 1];
    best[0][0] = 0;
    for (n, index) in order.iter().enumerate() {
        let candidate = &candidates[*index];
        let slots = usize::from(candidate.slots);
        let free = ends[..n].partition_point(|end| *end <= candidate.start);
        let mut row = best[n];
        for set in (0..SETS).filter(|set| set & slots == slots) {
            let with = best[free][set & !slots] + candidate.score;
            // Of two equal readings the later one in the text is meant: dates stand at the end.
            if with >= row[set] && with > 0 {
                row[set] = with;
            }
        }
        best[n + 1] = row;
    }
    walk_back(candidates, &order, &ends, &best)
}

fn walk_back(candidates: &[Candidate], order: &[usize], ends: &[usize], best: &[[i32; SETS]]) -> Vec<usize> {
    let mut set = (0..SETS).max_by_key(|set| best[order.len()][*set]).unwrap_or(0);
    let mut chosen = Vec::new();
    let mut n = order.len();
    while n > 0 {
        if best[n][set] == best[n - 1][set] {
            n -= 1;
            continue;
        }
        let candidate = &candidates[order[n - 1]];
        chosen.push(order[n - 1]);
        set &= !usize::from(candidate.slots);
        n = ends[..n - 1].partition_point(|end| *end <= candidate.start);
    }
    chosen.reverse();
    chosen
}
