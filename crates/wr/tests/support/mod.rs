//! Helpers for tests that run `wr` and the ordinary tools: copies of trees, programs and their output, interpreters,
//! and a directory that survives from one test run to the next.
#![allow(
    dead_code,
    reason = "every test program includes all of this and uses a part of it"
)]

pub mod course;
pub mod ordinary;
pub mod program;
pub mod python;
pub mod tree;
pub mod wr;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long the ordinary tools may take to test an exercise. Some tests build wheels, and other tests run at the same time; but a
/// wrong answer that hangs takes all of it.
pub const TEST_LIMIT: Duration = Duration::from_mins(2);

/// The repository that the tests belong to.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("the crate is two directories below the root")
        .to_owned()
}

/// A directory that test runs share: what is expensive to create, such as installed tools and compiled dependencies, is
/// created once.
pub fn kept(name: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("cargo's directory for tests is in its target directory");
    target.join("wr-tests").join(name)
}

/// Locks a kept directory against other threads and processes until dropped.
#[must_use]
pub fn lock(name: &str) -> File {
    let file = kept("locks").join(name);
    let dir = file.parent().expect("the file is in a directory");
    let locked = fs::create_dir_all(dir)
        .and_then(|()| File::create(&file))
        .and_then(|opened| opened.lock().map(|()| opened));
    locked.unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Prints something worth reading even if the test passes, although the test harness hides output.
pub fn tell(text: &str) {
    // Standard error may be closed; that isn't what the test is about.
    let _ = writeln!(std::io::stderr(), "{text}");
}
