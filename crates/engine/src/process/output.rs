//! The output of a process, bounded.

use std::collections::VecDeque;

/// How much of the beginning and of the end is kept, each, in bytes.
const KEPT: usize = 256 * 1024;

/// What a process printed: everything if it's short, otherwise the beginning and the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    head: Vec<String>,
    head_bytes: usize,
    tail: VecDeque<String>,
    tail_bytes: usize,
    dropped_lines: u64,
}

impl Output {
    /// Adds a line.
    pub fn push(&mut self, line: &str) {
        if self.tail.is_empty() && self.head_bytes + line.len() <= KEPT {
            self.head_bytes += line.len() + 1;
            self.head.push(line.to_owned());
            return;
        }
        self.tail_bytes += line.len() + 1;
        self.tail.push_back(line.to_owned());
        while self.tail_bytes > KEPT {
            let Some(first) = self.tail.pop_front() else {
                break;
            };
            self.tail_bytes -= first.len() + 1;
            self.dropped_lines += 1;
        }
    }

    /// The lines that were kept.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.head
            .iter()
            .map(String::as_str)
            .chain(self.tail.iter().map(String::as_str))
    }

    /// The last non-empty line.
    pub fn last_line(&self) -> String {
        self.lines()
            .rev()
            .map(str::trim)
            .find(|line| !line.is_empty())
            .unwrap_or_default()
            .to_owned()
    }

    /// Everything that was kept, with a note where lines were dropped.
    pub fn text(&self) -> String {
        let mut text = self.head.join("\n");
        if self.dropped_lines > 0 {
            text.push_str(&format!("\n[… {} lines left out …]", self.dropped_lines));
        }
        for line in &self.tail {
            text.push('\n');
            text.push_str(line);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_output_is_kept_whole() {
        let mut output = Output::default();
        output.push("one");
        output.push("");
        output.push("two");
        assert_eq!(output.text(), "one\n\ntwo");
        assert_eq!(output.last_line(), "two");
    }

    #[test]
    fn endless_output_stays_bounded() {
        let mut output = Output::default();
        for number in 0..200_000 {
            output.push(&format!("line number {number}"));
        }
        let text = output.text();
        assert!(text.len() < 3 * KEPT);
        assert!(text.starts_with("line number 0\n"));
        assert!(text.ends_with("line number 199999"));
        assert!(text.contains("lines left out"));
    }
}
