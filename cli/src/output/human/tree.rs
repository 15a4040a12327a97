//! Tasks as a tree: parts under what they are a part of.

use std::collections::HashMap;
use tasks_proto::v1;

/// Levels that are drawn; deeper ones stand at the last of them.
const LEVELS_MAX: usize = 12;

/// A task and where it stands in the tree.
pub(super) struct Leaf<'a> {
    /// The task.
    pub(super) task: &'a v1::Task,
    /// The lines that lead to it; empty at the top.
    pub(super) lines: String,
}

/// The signs that lines are drawn with.
struct Pen {
    more: &'static str,
    last: &'static str,
    through: &'static str,
    nothing: &'static str,
}

const LINES: Pen = Pen { more: "├─", last: "└─", through: "│  ", nothing: "   " };
const ASCII: Pen = Pen { more: "|-", last: "`-", through: "|  ", nothing: "   " };

/// The tasks in their order, where each one whose parent is among them stands under that, in the same order among its siblings. All
/// come out exactly once, those of a cycle too.
pub(super) fn grown(tasks: &[v1::Task], is_unicode: bool) -> Vec<Leaf<'_>> {
    let pen = if is_unicode { &LINES } else { &ASCII };
    let places: HashMap<&[u8], usize> = tasks.iter().enumerate().map(|(at, task)| (task.id.as_slice(), at)).collect();
    let parent_of = |at: usize| places.get(tasks[at].parent.as_slice()).copied().filter(|parent| *parent != at);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); tasks.len()];
    let mut roots = Vec::new();
    for at in 0..tasks.len() {
        match parent_of(at) {
            Some(parent) => children[parent].push(at),
            None => roots.push(at),
        }
    }
    let mut leaves = Vec::with_capacity(tasks.len());
    let mut seen = vec![false; tasks.len()];
    // What nothing leads to from above goes round in circles: each circle is cut where the list has it first.
    let rest: Vec<usize> = (0..tasks.len()).collect();
    for root in roots.into_iter().chain(rest) {
        // (task, lines before it, whether it is the last of its siblings, how deep)
        let mut todo = vec![(root, String::new(), true, 0_usize)];
        while let Some((at, before, is_last, depth)) = todo.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            let elbow = match depth {
                0 => "",
                _ if is_last => pen.last,
                _ => pen.more,
            };
            leaves.push(Leaf { task: &tasks[at], lines: format!("{before}{elbow}") });
            let stem = match depth {
                0 | LEVELS_MAX.. => "",
                _ if is_last => pen.nothing,
                _ => pen.through,
            };
            let under: Vec<usize> = children[at].iter().copied().filter(|child| !seen[*child]).collect();
            let count = under.len();
            let below =
                |(index, child): (usize, usize)| (child, format!("{before}{stem}"), index + 1 == count, depth + 1);
            todo.extend(under.into_iter().enumerate().map(below).rev());
        }
    }
    leaves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(id: u8, parent: u8) -> v1::Task {
        let id_of = |id: u8| if id == 0 { Vec::new() } else { vec![id] };
        v1::Task { id: id_of(id), parent: id_of(parent), title: id.to_string(), ..v1::Task::default() }
    }

    fn drawn(tasks: &[v1::Task]) -> Vec<String> {
        grown(tasks, true).iter().map(|leaf| format!("{}{}", leaf.lines, leaf.task.title)).collect()
    }

    #[test]
    fn parts_stand_under_their_whole_in_the_order_of_the_list() {
        let tasks = [task(5, 2), task(1, 0), task(4, 2), task(2, 1), task(3, 1), task(6, 9)];
        assert_eq!(drawn(&tasks), ["1", "├─2", "│  ├─5", "│  └─4", "└─3", "6"]);
    }

    #[test]
    fn circles_come_out_once_and_end() {
        assert_eq!(drawn(&[task(1, 2), task(2, 1), task(3, 3), task(4, 0)]), ["3", "4", "1", "└─2"]);
    }

    #[test]
    fn a_deep_tree_neither_overflows_nor_grows_without_end() {
        let tasks: Vec<v1::Task> = (1..=10_000_u32)
            .map(|at| v1::Task {
                id: at.to_be_bytes().to_vec(),
                parent: if at == 1 { Vec::new() } else { (at - 1).to_be_bytes().to_vec() },
                ..v1::Task::default()
            })
            .collect();
        let leaves = grown(&tasks, false);
        assert_eq!(leaves.len(), 10_000);
        assert!(leaves.iter().all(|leaf| leaf.lines.len() <= 3 * LEVELS_MAX));
    }
}
