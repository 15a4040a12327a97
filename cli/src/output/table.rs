//! Rows of tasks in aligned columns that fit the screen.

use super::style::{Paint, Role};
use super::text::{cut, width};
use super::ui::Ui;
use crate::columns::Column;
use std::convert::Infallible;

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
            out.push_str(&paint.apply_linked(piece.role, &text, &piece.text));
            used += width(&text) + blank;
            if text.len() != piece.text.len() || text != piece.text {
                break;
            }
        }
        (out, used)
    }
}

/// One row: a cell for each column of its table.
pub(super) type Row = Vec<Cell>;

/// The widths at which rows are drawn; 0 for a column that is not shown.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    columns: Vec<Column>,
    widths: Vec<usize>,
    /// Columns that three of four titles need: a long one must not cost all rows a column.
    usual_title: usize,
    /// Columns that found no room.
    left_out: Vec<Column>,
}

impl Layout {
    /// A layout of the usual columns for all `rows` at once, so that sections line up; fitted to the screen if the answer goes to one.
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a Row>, ui: &Ui) -> Self {
        let mut measured = Self::measured(&Column::USUAL, rows);
        if let Some(at) = Column::USUAL.iter().position(|column| *column == Column::Relative && !ui.relative_dates()) {
            measured.widths[at] = 0;
        }
        measured.fitted_as_usual(ui.columns())
    }

    fn fitted_as_usual(self, screen: Option<usize>) -> Self {
        self.fitted(screen, |layout| {
            let mut order: Vec<usize> = (0..Column::USUAL.len()).collect();
            order.retain(|index| layout.columns[*index].drops() > 0);
            order.sort_by_key(|index| std::cmp::Reverse(layout.columns[*index].drops()));
            order
        })
    }

    /// The same of columns that somebody chose: the last go first.
    pub(super) fn chosen<'a>(columns: &[Column], rows: impl Iterator<Item = &'a Row>, screen: Option<usize>) -> Self {
        let mut measured = Self::measured(columns, rows);
        measured.usual_title = measured.usual_title.min(TITLE_LEAST);
        measured.fitted(screen, |layout| {
            let is_kept = |index: &usize| layout.columns[*index].drops() == 0;
            (0..layout.columns.len()).rev().filter(|index| !is_kept(index)).collect()
        })
    }

    /// Columns that found no room on the screen.
    pub(super) fn left_out(&self) -> &[Column] {
        &self.left_out
    }

    fn measured<'a>(columns: &[Column], rows: impl Iterator<Item = &'a Row>) -> Self {
        let mut widths = vec![0; columns.len()];
        let mut titles = Vec::new();
        for row in rows {
            for ((width, cell), column) in widths.iter_mut().zip(row).zip(columns) {
                let wide = cell.width();
                *width = (*width).max(wide);
                if *column == Column::Title {
                    titles.push(wide);
                }
            }
        }
        titles.sort_unstable();
        let usual_title = titles.get(titles.len() * 3 / 4).copied().unwrap_or(0);
        Self { columns: columns.to_vec(), widths, usual_title, left_out: Vec::new() }
    }

    /// Made to fit: shrinks or leaves out the columns in the order that `order` tells.
    fn fitted(mut self, screen: Option<usize>, order: impl Fn(&Self) -> Vec<usize>) -> Self {
        let Some(screen) = screen else { return self };
        for (width, column) in self.widths.iter_mut().zip(&self.columns) {
            if column.shrinks() {
                *width = (*width).min(LABELS_MAX);
            }
        }
        let title = self.columns.iter().position(|column| *column == Column::Title);
        let wide = title.map_or(0, |title| self.widths[title]);
        let least = wide.min(self.usual_title.clamp(TITLE_LEAST, TITLE_MIN));
        for index in order(&self) {
            let over = (self.total() + least).saturating_sub(wide + screen);
            if over == 0 {
                break;
            }
            let column = self.columns[index];
            if column.shrinks() {
                let left = self.widths[index].checked_sub(over).filter(|left| *left >= LABELS_MIN);
                if let Some(left) = left {
                    self.widths[index] = left;
                    continue;
                }
            }
            // The date is what people look for: rather a shorter title than none of it.
            let keeps_some_title = self.total() - wide + least.min(TITLE_LEAST) <= screen;
            if column == Column::Due && keeps_some_title {
                continue;
            }
            if self.widths[index] > 0 {
                self.left_out.push(column);
            }
            self.widths[index] = 0;
        }
        if let Some(title) = title {
            let others = self.total() - self.widths[title];
            self.widths[title] = self.widths[title].min(screen.saturating_sub(others).max(1));
        }
        self
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
        for ((column, columns), cell) in self.columns.iter().zip(&self.widths).zip(row) {
            let columns = *columns;
            if columns == 0 {
                continue;
            }
            if !first {
                missing += GAP;
            }
            first = false;
            let (text, used) = cell.paint(columns, paint);
            let blanks = columns - used;
            if text.is_empty() {
                missing += columns;
                continue;
            }
            let (before, behind) = if column.is_right() { (blanks, 0) } else { (0, blanks) };
            out.push_str(&" ".repeat(missing + before));
            out.push_str(&text);
            missing = behind;
        }
        out
    }
}

/// Rows of plain words in columns: for pipes, where nothing is cut and nothing painted. The last column is not padded.
///
/// All cells are one text: a list of many tasks costs no piece of memory a cell.
#[derive(Debug)]
pub(super) struct Plain {
    text: String,
    /// Where each cell ends in `text`, row by row.
    ends: Vec<usize>,
    /// Of each column.
    widths: Vec<usize>,
}

impl Plain {
    /// An empty table of so many columns.
    pub(super) fn new(columns: usize) -> Self {
        Self { text: String::new(), ends: Vec::new(), widths: vec![0; columns] }
    }

    /// Adds the next cell of the row, or the first of the next one: what `write` appends.
    pub(super) fn cell(&mut self, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        let column = self.ends.len() % self.widths.len();
        self.widths[column] = self.widths[column].max(width(&self.text[start..]));
        self.ends.push(self.text.len());
    }

    /// All lines.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::with_capacity(self.ends.len() / self.widths.len());
        let taken: Result<(), Infallible> = self.each_piece(|piece| {
            lines.extend(piece.lines().map(str::to_owned));
            Ok(())
        });
        let Ok(()) = taken;
        lines
    }

    /// Hands out the lines, many at a time, each with its end.
    pub(super) fn each_piece<E>(&self, mut take: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
        let (mut piece, mut start) = (String::with_capacity(PIECE_BYTES + 1_024), 0);
        for row in self.ends.chunks(self.widths.len()) {
            let mut blanks = 0;
            for (end, columns) in row.iter().zip(&self.widths) {
                let cell = &self.text[start..*end];
                if !cell.is_empty() {
                    blank(&mut piece, blanks);
                    piece.push_str(cell);
                    blanks = 0;
                }
                blanks += columns - width(cell) + GAP;
                start = *end;
            }
            piece.truncate(piece.trim_end_matches(' ').len());
            piece.push('\n');
            if piece.len() >= PIECE_BYTES {
                take(&piece)?;
                piece.clear();
            }
        }
        take(&piece)
    }
}

/// Bytes of lines that are handed out together.
const PIECE_BYTES: usize = 32 * 1024;

/// Adds so many blanks, in stretches: a long list has a million.
fn blank(line: &mut String, mut count: usize) {
    const BLANKS: &str = "                                                                ";
    while count > 0 {
        let some = count.min(BLANKS.len());
        line.push_str(&BLANKS[..some]);
        count -= some;
    }
}

/// The lines of rows of plain words, as [`Plain`] has them.
pub(super) fn plain<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let mut table = Plain::new(N);
    rows.iter().flatten().for_each(|cell| table.cell(|text| text.push_str(cell)));
    table.lines()
}
