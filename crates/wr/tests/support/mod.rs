//! What the tests share that run `wr` beside the ordinary tools: copies of trees, programs with their output, interpreters,
//! and a place that survives from one run of the tests to the next.
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

/// How long a run of tests may take, under `wr` and beside it: no test of the course takes a second, and a wrong answer that
/// hangs is waited for on both sides.
pub const TEST_LIMIT: Duration = Duration::from_secs(30);

/// The repository that the tests belong to.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("the crate lies two directories below the root")
        .to_owned()
}

/// A directory that runs of the tests share: what is expensive to make, such as installed tools and compiled
/// dependencies, is made once.
pub fn kept(name: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("cargo's directory for tests lies in its target directory");
    target.join("wr-tests").join(name)
}

/// Keeps everybody else away from a kept directory, in this process and in others, as long as it lives.
#[must_use]
pub fn lock(name: &str) -> File {
    let file = kept("locks").join(name);
    let dir = file.parent().expect("the file lies in a directory");
    let locked = fs::create_dir_all(dir)
        .and_then(|()| File::create(&file))
        .and_then(|opened| opened.lock().map(|()| opened));
    locked.unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Tells something that is to be read even though the test passes, where the test harness hides what is printed.
pub fn tell(text: &str) {
    // Standard error may be closed; the test is not about that.
    let _ = writeln!(std::io::stderr(), "{text}");
}
