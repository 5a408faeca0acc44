//! The Python lines that were being executed when a run timed out, read from the source files.

use std::path::Path;

use diagnostic::SourceLocation;

use crate::system::System;
use crate::test::ActiveFrame;

/// How many lines of a function are read at most.
const MOST_LINES: usize = 60;

/// Reads the lines of the project's own files that a traceback names; file names are relative to `root`.
pub(crate) fn read(system: &dyn System, trace: &str, root: &Path) -> Vec<ActiveFrame> {
    let mut found: Vec<ActiveFrame> = Vec::new();
    for (file, number) in trace.lines().filter_map(frame) {
        let place = SourceLocation::line(file, number);
        if found.iter().any(|known| known.place == place) {
            continue;
        }
        let Ok(bytes) = system.read(&root.join(file)) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        let until = usize::try_from(number).unwrap_or(usize::MAX);
        let lines: Vec<&str> = text.lines().take(until).collect();
        let Some(line) = lines.last().filter(|_| lines.len() == until) else {
            continue;
        };
        let is_start = |line: &&&str| {
            let line = line.trim_start();
            line.starts_with("def ") || line.starts_with("async def ")
        };
        let above = lines.iter().rev().take(MOST_LINES);
        let length = above.clone().position(|line| is_start(&line)).unwrap_or(0);
        let before = lines.get(lines.len() - 1 - length..).unwrap_or_default();
        found.push(ActiveFrame {
            place,
            line: line.trim().to_owned(),
            before: before.join("\n"),
        });
    }
    found
}

/// The file and line in `  File "tests/test_it.py", line 7 in test_it`.
fn frame(line: &str) -> Option<(&str, u32)> {
    let rest = line.trim_start().strip_prefix("File \"")?;
    let (file, rest) = rest.split_once("\", line ")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((file, digits.parse().ok().filter(|number| *number > 0)?))
}
