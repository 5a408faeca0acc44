//! Columns, and how to group them. Plain Rust, without Python. This file is complete.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// One column of a table.
pub enum Column {
    Numbers(Vec<f64>),
    Labels(Vec<String>),
}

impl Column {
    pub fn len(&self) -> usize {
        match self {
            Column::Numbers(numbers) => numbers.len(),
            Column::Labels(labels) => labels.len(),
        }
    }
}

/// Why a file couldn't be read.
pub enum Failure {
    /// Reading failed.
    Io(io::Error),
    /// This line, counted from 1, is wrong.
    Line(usize, String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Io(error)
    }
}

/// Reads lines of cells with commas between them. The first line has the names. A column has numbers if its first cell is
/// one, and labels otherwise.
pub fn parse(reader: impl BufRead) -> Result<Vec<(String, Column)>, Failure> {
    let mut lines = reader.lines();
    let header = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let names = header.split(',').map(|name| name.trim().to_owned());
    let mut columns: Vec<(String, Column)> = names
        .map(|name| (name, Column::Numbers(Vec::new())))
        .collect();
    for (at, line) in lines.enumerate() {
        let line = line?;
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        if cells.len() != columns.len() {
            let reason = format!("{} cells instead of {}", cells.len(), columns.len());
            return Err(Failure::Line(at + 2, reason));
        }
        for ((_, column), cell) in columns.iter_mut().zip(cells) {
            let number = cell.parse();
            if at == 0 && number.is_err() {
                *column = Column::Labels(Vec::new());
            }
            match (column, number) {
                (Column::Labels(labels), _) => labels.push(cell.to_owned()),
                (Column::Numbers(numbers), Ok(number)) => numbers.push(number),
                (Column::Numbers(_), Err(_)) => {
                    let reason = format!("{cell:?} isn't a number");
                    return Err(Failure::Line(at + 2, reason));
                }
            }
        }
    }
    Ok(columns)
}

/// What to do with the numbers of a group.
#[derive(Clone, Copy)]
pub enum How {
    Sum,
    Mean,
    Max,
    Count,
}

impl How {
    /// By its name: `sum`, `mean`, `max` or `count`.
    pub fn named(name: &str) -> Option<How> {
        match name {
            "sum" => Some(How::Sum),
            "mean" => Some(How::Mean),
            "max" => Some(How::Max),
            "count" => Some(How::Count),
            _ => None,
        }
    }
}

/// The different labels, sorted, and for each of them the row numbers that have it.
pub fn groups(labels: &[String]) -> BTreeMap<&str, Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, label) in labels.iter().enumerate() {
        groups.entry(label).or_default().push(row);
    }
    groups
}

/// One number for the rows of a group.
pub fn measure(numbers: &[f64], rows: &[usize], how: How) -> f64 {
    let numbers = rows.iter().map(|&row| numbers[row]);
    match how {
        How::Sum => numbers.sum(),
        How::Mean => numbers.sum::<f64>() / rows.len() as f64,
        How::Max => numbers.fold(f64::NEG_INFINITY, f64::max),
        How::Count => rows.len() as f64,
    }
}
