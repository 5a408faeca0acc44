//! Shortens `faulthandler`'s traceback to the frames around the user's files: pytest alone adds some forty frames.

use std::path::{Component, Path};

use super::last_line_in;
use crate::test::Suite;

/// The heading that the harness writes above a test's output if its process crashed.
const PRINTED: &str = "\n--- printed before the crash ---\n";

/// The directory in which all frames of the harness are.
const OWN_PACKAGE: &str = "wr_harness";

/// How many frames are kept of a thread that isn't in any of the project's files.
const MOST_ELSEWHERE: usize = 3;

/// Records where a suite was when it crashed or its time was up: as Python itself printed it, or otherwise as the harness
/// recorded it.
///
/// The output has the complete traceback, and the suite the part that leads to the project's files.
pub(super) fn record(suite: &mut Suite, output: &mut String, dumped: &str, root: &Path) {
    *output = without_own_frames(output);
    let dumped = without_own_frames(dumped);
    let fatal = output.find("Fatal Python error");
    let whole = fatal.map_or(dumped, |at| {
        let rest = &output[at..];
        rest.split(PRINTED).next().unwrap_or(rest).to_owned()
    });
    suite.last_place = last_line_in(&whole, root);
    suite.trace = shorten(&whole, root);
    if fatal.is_none() && !whole.is_empty() {
        output.push('\n');
        output.push_str(&whole);
    }
}

/// A traceback without the frames of the harness, which are of no use and vary between runs.
fn without_own_frames(trace: &str) -> String {
    let is_own = |line: &&str| {
        let rest = line.strip_prefix("  File \"");
        let file = rest.and_then(|rest| rest.split_once("\", line "));
        file.is_some_and(|(file, _)| file.split(['/', '\\']).rev().nth(1) == Some(OWN_PACKAGE))
    };
    let lines: Vec<&str> = trace.split('\n').filter(|line| !is_own(line)).collect();
    lines.join("\n")
}

/// The traceback without the frames that led to the project's files, with paths relative to `root`.
fn shorten(trace: &str, root: &Path) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut frames: Vec<Frame<'_>> = Vec::new();
    let mut is_native = false;
    for line in trace.lines() {
        if let Some(frame) = Frame::read(line, root) {
            frames.push(frame);
            continue;
        }
        close(&mut frames, &mut lines);
        // Since Python 3.14, the C stack follows, which mostly names the interpreter's own functions. Before 3.14 it is a list of
        // all loaded extensions.
        is_native |= line.contains("C stack trace (");
        is_native &= !line.contains("(most recent call first)") || line.contains("C stack trace (");
        if !is_native && !line.starts_with("Extension modules: ") {
            lines.push(line.to_owned());
        }
    }
    close(&mut frames, &mut lines);
    lines.dedup_by(|one, before| one.trim().is_empty() && before.trim().is_empty());
    lines.join("\n").trim().to_owned()
}

struct Frame<'trace> {
    shown: String,
    /// The part after the file name: the line and the function.
    rest: &'trace str,
    is_own: bool,
}

impl<'trace> Frame<'trace> {
    fn read(line: &'trace str, root: &Path) -> Option<Self> {
        let rest = line.strip_prefix("  File \"")?;
        let (file, rest) = rest.split_once("\", line ")?;
        let path = Path::new(file);
        let inside = path.strip_prefix(root).ok().filter(|path| is_own(path));
        Some(Self {
            shown: inside.map_or_else(|| of_a_library(path), |path| path.display().to_string()),
            rest,
            is_own: inside.is_some(),
        })
    }
}

/// Ends a thread: the callers of the project's outermost frame are only counted.
fn close(frames: &mut Vec<Frame<'_>>, lines: &mut Vec<String>) {
    let outermost = frames.iter().rposition(|frame| frame.is_own);
    let kept = outermost.map_or(MOST_ELSEWHERE, |at| at + 1);
    for frame in frames.iter().take(kept) {
        lines.push(format!("  File \"{}\", line {}", frame.shown, frame.rest));
    }
    match frames.len().saturating_sub(kept) {
        0 => {}
        1 => lines.push("  … called by 1 more".to_owned()),
        more => lines.push(format!("  … called by {more} more")),
    }
    frames.clear();
}

/// Whether a path below the root is the project's own, not an installed one.
pub(super) fn is_own(below: &Path) -> bool {
    !below.components().any(|part| {
        matches!(
            part.as_os_str().to_str(),
            Some(".wr" | ".venv" | "site-packages")
        )
    })
}

/// The short name of a library's file: relative to `site-packages` or to the directory of the standard library.
fn of_a_library(path: &Path) -> String {
    let parts: Vec<_> = path.components().collect();
    let is_start = |part: &Component<'_>| {
        let name = part.as_os_str().to_string_lossy();
        name == "site-packages" || name.starts_with("python3.")
    };
    let from = parts.iter().rposition(is_start).map_or(0, |at| at + 1);
    let below: std::path::PathBuf = parts.into_iter().skip(from).collect();
    below.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(trace: &str, expect: &str) {
        assert_eq!(shorten(trace, Path::new("/c/exercises/x")), expect);
    }

    #[test]
    fn callers_of_the_test_are_counted() {
        check(
            "Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n  \
             File \"/c/exercises/x/sample/src/sample/__init__.py\", line 3 in read\n  \
             File \"/c/exercises/x/sample/tests/test_it.py\", line 7 in test_it\n  \
             File \"/c/.wr/venv/lib/python3.12/site-packages/_pytest/python.py\", line 166 in pytest_pyfunc_call\n  \
             File \"/c/.wr/venv/lib/python3.12/site-packages/pluggy/_callers.py\", line 121 in _multicall\n  \
             File \"/c/.wr/harness/0a/wr_harness/run.py\", line 30 in run\n\n\
             Extension modules: a.b, c.d (total: 2)\n",
            "Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n  \
             File \"sample/src/sample/__init__.py\", line 3 in read\n  \
             File \"sample/tests/test_it.py\", line 7 in test_it\n  … called by 3 more",
        );
    }

    #[test]
    fn frames_of_the_harness_are_left_out() {
        let own = "  File \"/s/harness/0a/wr_harness/run.py\", line 9 in run\n";
        let trace = format!("Thread 1:\n  File \"/p/a.py\", line 1 in f\n{own}{own}end");
        assert_eq!(
            without_own_frames(&trace),
            "Thread 1:\n  File \"/p/a.py\", line 1 in f\nend"
        );
    }

    #[test]
    fn every_thread_is_shown() {
        check(
            "Timeout (0:00:05)!\nThread 0x2 (most recent call first):\n  \
             File \"/usr/lib/python3.12/threading.py\", line 359 in wait\n  \
             File \"/c/exercises/x/test_it.py\", line 4 in work\n  \
             File \"/usr/lib/python3.12/threading.py\", line 1012 in run\n  \
             File \"/usr/lib/python3.12/threading.py\", line 1075 in _bootstrap_inner\n\n\
             Thread 0x1 (most recent call first):\n  \
             File \"/v/lib/python3.12/site-packages/pool/a.py\", line 1 in a\n  \
             File \"/v/lib/python3.12/site-packages/pool/b.py\", line 2 in b\n",
            "Timeout (0:00:05)!\nThread 0x2 (most recent call first):\n  \
             File \"threading.py\", line 359 in wait\n  \
             File \"test_it.py\", line 4 in work\n  … called by 2 more\n\n\
             Thread 0x1 (most recent call first):\n  \
             File \"pool/a.py\", line 1 in a\n  File \"pool/b.py\", line 2 in b",
        );
    }

    #[test]
    fn the_c_stack_is_left_out() {
        check(
            "Fatal Python error: Aborted\n\nCurrent thread 0x1 [python] (most recent call first):\n  \
             File \"/c/exercises/x/test_it.py\", line 4 in test_it\n\n\
             Current thread's C stack trace (most recent call first):\n  \
             Binary file \"/usr/bin/python3.14\", at _Py_DumpStack+0x31 [0x6]\n  \
             <truncated rest of calls>\n",
            "Fatal Python error: Aborted\n\nCurrent thread 0x1 [python] (most recent call first):\n  \
             File \"test_it.py\", line 4 in test_it",
        );
    }
}
