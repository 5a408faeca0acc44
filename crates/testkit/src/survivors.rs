//! Detects processes that outlive the `wr` that started them.

use std::time::{Duration, Instant};

/// The variable that every process below a `wr` under test inherits.
pub(crate) const MARK: &str = "WR_TEST_MARK";

/// How long a killed process may take to disappear.
const PATIENCE: Duration = Duration::from_secs(3);

/// Requires that every process with this mark is gone, or goes soon.
#[track_caller]
pub(crate) fn none_of(mark: &str) {
    let started = Instant::now();
    loop {
        let left = survivors(mark);
        if left.is_empty() {
            return;
        }
        assert!(started.elapsed() < PATIENCE, "these outlive wr: {left:#?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The command lines of running processes that have this mark in their environment.
#[cfg(target_os = "linux")]
fn survivors(mark: &str) -> Vec<String> {
    let wanted = format!("{MARK}={mark}");
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc")
        .expect("there is a /proc")
        .flatten()
    {
        let name = entry.file_name();
        if !name.as_encoded_bytes().iter().all(u8::is_ascii_digit) {
            continue;
        }
        // A process may be gone before we look at it, or belong to someone else.
        let Ok(environ) = std::fs::read(entry.path().join("environ")) else {
            continue;
        };
        let is_marked = environ
            .split(|byte| *byte == 0)
            .any(|variable| variable == wanted.as_bytes());
        if is_marked {
            let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line).replace('\0', " ");
            found.push(format!("{}: {line}", name.to_string_lossy()));
        }
    }
    found
}

/// Without `/proc`, a process that outlives `wr` shows up by keeping its output open.
#[cfg(not(target_os = "linux"))]
fn survivors(_: &str) -> Vec<String> {
    Vec::new()
}
