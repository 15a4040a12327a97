//! Rows of tasks in aligned columns that fit the screen.

use super::style::{Paint, Role};
use super::text::{cut, pad, width};

/// Between two columns.
const GAP: usize = 2;
/// Before the first column, on a screen.
const INDENT: usize = 2;
/// Columns that a title keeps while other columns are there, if most titles need so many.
const TITLE_MIN: usize = 24;
/// Columns that a title keeps whatever the other titles need.
const TITLE_LEAST: usize = 12;
/// Widest column of labels on a screen.
const LABELS_MAX: usize = 30;

/// Narrower than this, labels say nothing.
const LABELS_MIN: usize = 8;

/// One piece of a cell in one colour.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Harmless text.
    pub(super) text: String,
    /// Its colour.
    pub(super) role: Role,
}

/// What stands in one column of one row; pieces are parted by a blank.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell(pub(super) Vec<Piece>);

impl Cell {
    /// A cell of one piece; empty for an empty text.
    pub(super) fn of(text: impl Into<String>, role: Role) -> Self {
        let text = text.into();
        Self(if text.is_empty() { Vec::new() } else { vec![Piece { text, role }] })
    }

    fn width(&self) -> usize {
        let blanks = self.0.len().saturating_sub(1);
        self.0.iter().map(|piece| width(&piece.text)).sum::<usize>() + blanks
    }

    /// Painted, cut to `columns`, without padding.
    fn paint(&self, columns: usize, paint: Paint) -> (String, usize) {
        let (mut out, mut used) = (String::new(), 0);
        for (index, piece) in self.0.iter().enumerate() {
            let room = columns - used;
            let blank = usize::from(index > 0);
            if room <= blank {
                break;
            }
            let text = cut(&piece.text, room - blank);
            out.push_str(&" ".repeat(blank));
            out.push_str(&paint.apply(piece.role, &text));
            used += width(&text) + blank;
            if text.len() != piece.text.len() || text != piece.text {
                break;
            }
        }
        (out, used)
    }
}

/// The columns, in order. `Title` shrinks, and `Labels` to some degree; the others go, the greatest `drops` first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Number or letters, to the right.
    Id,
    /// The title.
    Title,
    /// Date or time.
    Due,
    /// How far that is.
    Relative,
    /// Started, waiting and the like.
    State,
    /// Priority.
    Priority,
    /// Project and tags.
    Labels,
}

impl Column {
    /// Which go first when the screen is narrow; 0 never goes.
    fn drops(self) -> u8 {
        match self {
            Self::Id | Self::Title => 0,
            Self::Due => 1,
            Self::Priority => 2,
            Self::State => 3,
            Self::Labels => 4,
            Self::Relative => 5,
        }
    }
}

/// All columns in order.
pub(super) const COLUMNS: [Column; 7] =
    [Column::Id, Column::Title, Column::Due, Column::Relative, Column::State, Column::Priority, Column::Labels];

/// One row: a cell for each of [`COLUMNS`].
pub(super) type Row = [Cell; COLUMNS.len()];

/// The widths at which rows are drawn; 0 for a column that is not shown.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    widths: [usize; COLUMNS.len()],
    /// Columns that three of four titles need: a long one must not cost all rows a column.
    usual_title: usize,
}

impl Layout {
    /// A layout for all `rows` at once, so that sections line up. `screen` is `None` where nothing is cut.
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a Row>, screen: Option<usize>) -> Self {
        let mut widths = [0; COLUMNS.len()];
        let mut titles = Vec::new();
        for row in rows {
            for ((width, cell), column) in widths.iter_mut().zip(row).zip(COLUMNS) {
                *width = (*width).max(cell.width());
                if column == Column::Title {
                    titles.push(cell.width());
                }
            }
        }
        titles.sort_unstable();
        let usual_title = titles.get(titles.len() * 3 / 4).copied().unwrap_or(0);
        let mut layout = Self { widths, usual_title };
        if let Some(screen) = screen {
            layout.fit(screen);
        }
        layout
    }

    fn fit(&mut self, screen: usize) {
        let at = |column: Column| COLUMNS.iter().position(|one| *one == column).unwrap_or(0);
        self.widths[at(Column::Labels)] = self.widths[at(Column::Labels)].min(LABELS_MAX);
        let title = at(Column::Title);
        let least = self.widths[title].min(self.usual_title.clamp(TITLE_LEAST, TITLE_MIN));
        let mut order: Vec<usize> = (0..COLUMNS.len()).filter(|index| COLUMNS[*index].drops() > 0).collect();
        order.sort_by_key(|index| std::cmp::Reverse(COLUMNS[*index].drops()));
        for index in order {
            if self.total() - self.widths[title] + least <= screen {
                break;
            }
            if COLUMNS[index] == Column::Labels {
                let over = self.total() - self.widths[title] + least - screen;
                self.widths[index] =
                    self.widths[index].checked_sub(over).filter(|left| *left >= LABELS_MIN).unwrap_or(0);
                continue;
            }
            // The date is what people look for: rather a shorter title than none of it.
            let keeps_some_title = self.total() - self.widths[title] + least.min(TITLE_LEAST) <= screen;
            if COLUMNS[index] == Column::Due && keeps_some_title {
                break;
            }
            self.widths[index] = 0;
        }
        let others = self.total() - self.widths[title];
        self.widths[title] = self.widths[title].min(screen.saturating_sub(others).max(1));
    }

    fn total(&self) -> usize {
        let shown = self.widths.iter().filter(|width| **width > 0).count();
        INDENT + self.widths.iter().sum::<usize>() + shown.saturating_sub(1) * GAP
    }

    /// One row as a line.
    pub(super) fn line(&self, row: &Row, paint: Paint) -> String {
        let mut out = " ".repeat(INDENT);
        let mut missing = 0;
        let mut first = true;
        for ((column, columns), cell) in COLUMNS.iter().zip(self.widths).zip(row) {
            if columns == 0 {
                continue;
            }
            if !first {
                missing += GAP;
            }
            first = false;
            let (text, used) = cell.paint(columns, paint);
            let blanks = columns - used;
            if *column == Column::Id {
                out.push_str(&" ".repeat(blanks));
                out.push_str(&text);
            } else if text.is_empty() {
                missing += columns;
            } else {
                out.push_str(&" ".repeat(missing));
                out.push_str(&text);
                missing = blanks;
            }
        }
        out
    }
}

/// Rows of plain words in columns: for pipes, where nothing is cut and nothing painted. The last column is not padded.
pub(super) fn plain<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let mut widths = [0; N];
    for row in rows {
        for (column, cell) in widths.iter_mut().zip(row) {
            *column = (*column).max(width(cell));
        }
    }
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).enumerate();
        let cells: Vec<String> =
            cells.map(|(at, (cell, columns))| if at + 1 == N { cell.clone() } else { pad(cell, columns) }).collect();
        cells.join("  ")
    };
    rows.iter().map(line).collect()
}
