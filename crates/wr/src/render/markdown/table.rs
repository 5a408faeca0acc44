//! A table: in columns if they fit, otherwise one row below the other.

use super::words::Words;
use crate::render::style::DIM;

/// Between two columns.
const GAP: &str = "  ";

/// How far the cells of a row are indented if the columns don't fit.
const INDENT: &str = "  ";

/// The rows so far; the first one has the headings.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Words>>,
}

impl Table {
    pub(super) fn start_row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Adds a cell to the last row.
    pub(super) fn push(&mut self, cell: Words) {
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    /// The table in at most this many columns of the terminal.
    pub(super) fn lines(&self, room: Option<usize>) -> Vec<String> {
        let widths = self.widths();
        let whole = widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1);
        if room.is_none_or(|room| whole <= room) {
            self.in_columns(&widths)
        } else {
            self.row_by_row(room)
        }
    }

    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        (0..columns)
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                cells.map(Words::width).max().unwrap_or(0)
            })
            .collect()
    }

    fn in_columns(&self, widths: &[usize]) -> Vec<String> {
        let mut lines: Vec<String> = self
            .rows
            .iter()
            .enumerate()
            .map(|(position, row)| {
                let mut line = String::new();
                let mut missing = 0;
                for (cell, width) in row.iter().zip(widths) {
                    line.push_str(&" ".repeat(missing));
                    let words = if position == 0 {
                        cell.bold().line()
                    } else {
                        cell.line()
                    };
                    line.push_str(&words);
                    missing = width.saturating_sub(cell.width()) + GAP.len();
                }
                line
            })
            .collect();
        if !lines.is_empty() {
            let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            lines.insert(1, format!("{DIM}{}{DIM:#}", rules.join(GAP)));
        }
        lines
    }

    fn row_by_row(&self, room: Option<usize>) -> Vec<String> {
        let Some((headings, rows)) = self.rows.split_first() else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        for row in rows {
            let Some((first, others)) = row.split_first() else {
                continue;
            };
            lines.extend(first.bold().lines(room));
            for (cell, heading) in others.iter().zip(headings.iter().skip(1)) {
                let inner = room.map(|room| room.saturating_sub(INDENT.len()));
                let labelled = cell.after_label(heading);
                lines.extend(
                    labelled
                        .lines(inner)
                        .into_iter()
                        .map(|line| format!("{INDENT}{line}")),
                );
            }
        }
        lines
    }
}
