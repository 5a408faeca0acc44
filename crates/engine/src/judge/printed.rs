//! What is shown of what a suite printed.

use std::fmt::Write;

use crate::test::{Failure, Suite, panics};

/// What is worth showing of a suite below the findings.
pub(super) fn output(suite: &Suite) -> String {
    let mut text = String::new();
    for failed in &suite.failed {
        if !failed.text.trim().is_empty() {
            let _ = write!(text, "{}\n{}\n\n", failed.id, failed.text.trim_end());
        }
    }
    // Of a run that came to no end, what it printed after that is not told by any test.
    if text.is_empty() || !suite.trace.is_empty() {
        text.push_str(&suite.output);
    }
    text
}

/// What of that is worth showing beneath the findings: what the tests printed, and the account of what no finding tells
/// in full. `None` where that is all.
pub(super) fn excerpt(suite: &Suite) -> Option<String> {
    if suite.failed.is_empty() {
        let is_told = !suite.trace.is_empty();
        return is_told.then(|| without_ceremony(&suite.output));
    }
    let mut text = String::new();
    let mut told: Vec<&Failure> = Vec::new();
    for failed in &suite.failed {
        let shown = match &failed.failure {
            // The way that an exception took is in no finding.
            Failure::Raised { .. } | Failure::NoAttribute { .. }
                if !told.contains(&&failed.failure) =>
            {
                failed.text.clone()
            }
            _ => panics::without(&failed.printed),
        };
        told.push(&failed.failure);
        if !shown.trim().is_empty() {
            let _ = write!(text, "{}\n{}\n\n", failed.id, shown.trim_end());
        }
    }
    if !suite.trace.is_empty() {
        text.push_str(&without_ceremony(&suite.output));
    }
    Some(text)
}

/// What a run printed that came to no end, without what pytest says of itself and without the account of where it was.
fn without_ceremony(output: &str) -> String {
    const CEREMONY: [&str; 9] = [
        "=====",
        "platform ",
        "cachedir: ",
        "rootdir: ",
        "configfile: ",
        "testpaths: ",
        "plugins: ",
        "collecting ",
        "collected ",
    ];
    let is_progress = |line: &str| {
        line.split_once(".py ")
            .is_some_and(|(_, rest)| rest.trim().chars().all(|c| ".FEsxX".contains(c)))
    };
    // pytest leaves its line of progress open.
    let before = ["Fatal Python error", "\nTimeout ("]
        .iter()
        .filter_map(|mark| output.find(mark))
        .min()
        .unwrap_or(output.len());
    output[..before]
        .lines()
        .filter(|line| {
            !line.trim().is_empty()
                && !is_progress(line)
                && !CEREMONY.iter().any(|start| line.starts_with(start))
        })
        .fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pytest_says_of_itself_is_left_out() {
        let output = "============ test session starts ============\nplatform linux -- Python 3.12\nrootdir: /x\ncollected 3 items\n\na word\ntests/test_it.py ..Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n";
        assert_eq!(without_ceremony(output), "a word\n");
        let hung = "collected 1 item\n\ntests/test_it.py \nTimeout (0:00:01)!\nThread 0x1\n";
        assert_eq!(without_ceremony(hung), "");
    }
}
