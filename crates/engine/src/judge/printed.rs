//! Selects which part of a suite's output is shown.

use std::fmt::Write;

use crate::test::{Failure, Suite, panics};

/// The output of a suite that is worth showing below the findings.
pub(super) fn output(suite: &Suite) -> String {
    let mut text = String::new();
    for failed in &suite.failed {
        if !failed.text.trim().is_empty() {
            let _ = write!(text, "{}\n{}\n\n", failed.id, failed.text.trim_end());
        }
    }
    // If a run timed out, no test reports the rest of its output.
    if text.is_empty() || !suite.trace.is_empty() {
        text.push_str(&suite.output);
    }
    text
}

/// The excerpt to show by default: what the tests printed, and the reports of failures that no finding shows in full.
/// `None` if that is everything.
pub(super) fn excerpt(suite: &Suite) -> Option<String> {
    if suite.failed.is_empty() {
        let has_trace = !suite.trace.is_empty();
        return has_trace.then(|| without_boilerplate(&suite.output));
    }
    let mut text = String::new();
    let mut shown_failures: Vec<&Failure> = Vec::new();
    for failed in &suite.failed {
        let shown = match &failed.failure {
            // No finding shows an exception's traceback.
            Failure::Raised { .. } | Failure::NoAttribute { .. }
                if !shown_failures.contains(&&failed.failure) =>
            {
                failed.text.clone()
            }
            _ => panics::without(&failed.printed),
        };
        shown_failures.push(&failed.failure);
        if !shown.trim().is_empty() {
            let _ = write!(text, "{}\n{}\n\n", failed.id, shown.trim_end());
        }
    }
    if !suite.trace.is_empty() {
        text.push_str(&without_boilerplate(&suite.output));
    }
    Some(text)
}

/// The output of a run that timed out, without pytest's header and without the dump of its threads.
fn without_boilerplate(output: &str) -> String {
    const BOILERPLATE: [&str; 9] = [
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
    // pytest's progress line doesn't end with a newline.
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
                && !BOILERPLATE.iter().any(|start| line.starts_with(start))
        })
        .fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pytests_header_is_left_out() {
        let output = "============ test session starts ============\nplatform linux -- Python 3.12\nrootdir: /x\ncollected 3 items\n\na word\ntests/test_it.py ..Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n";
        assert_eq!(without_boilerplate(output), "a word\n");
        let hung = "collected 1 item\n\ntests/test_it.py \nTimeout (0:00:01)!\nThread 0x1\n";
        assert_eq!(without_boilerplate(hung), "");
    }
}
