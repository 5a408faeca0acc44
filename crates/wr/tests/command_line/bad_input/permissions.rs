//! Unreadable directories and unwritable checkouts.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use testkit::{Invocation, Workshop, workshop};

/// A user without any special permissions.
const NOBODY: u32 = 65534;

/// A course that the user running `wr` may read but not write, in a place that everyone may enter.
struct ReadOnly {
    at: Workshop,
    dir: PathBuf,
}

impl ReadOnly {
    fn new(at: Workshop) -> Self {
        let dir = std::env::temp_dir().join(format!("wr-{}-{}", at.name(), std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        // The program too: it may be where only its owner may enter.
        fs::copy(at.program(), dir.join("wr")).unwrap();
        at.course().command_exercise("01_a/01_x", &[&["true"]]);
        copy(at.root(), &dir.join("course"));
        fs::create_dir(dir.join("home")).unwrap();
        Self { at, dir }
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.dir.join("course").join(relative)
    }

    /// `wr`, run by a user to whom the course's permissions apply: they don't apply to root.
    fn wr(&self, args: &[&str]) -> Invocation {
        let home = self.dir.join("home");
        let invocation = self
            .at
            .wr(args)
            .program(&self.dir.join("wr"))
            .at(self.path(""))
            .own_state()
            .without("XDG_CACHE_HOME")
            .env("HOME", &home);
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(&home, Some(NOBODY), Some(NOBODY)).unwrap();
            invocation.user(NOBODY)
        } else {
            invocation
        }
    }

    fn allow(&self, relative: &str, mode: u32) {
        fs::set_permissions(self.path(relative), Permissions::from_mode(mode)).unwrap();
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        for entry in ["", "exercises", "exercises/01_a", "exercises/01_a/01_x"] {
            let _ = fs::set_permissions(self.path(entry), Permissions::from_mode(0o755));
        }
        let _ = fs::remove_dir_all(&self.dir);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn a_read_only_checkout_is_verified_and_its_progress_not_recorded() {
    let course = ReadOnly::new(workshop!("read-only-checkout"));
    for dir in ["", "exercises", "exercises/01_a", "exercises/01_a/01_x"] {
        course.allow(dir, 0o555);
    }
    let outcome = course.wr(&["check", "01_x"]).run();
    outcome
        .status(0)
        .complains("progress is not recorded")
        .complains("permission to write");
    assert!(!course.path(".wr").exists() && !course.path("exercises/progress.db").exists());
    assert!(
        course.dir.join("home/.cache/wr").is_dir(),
        "{}",
        outcome.account()
    );
    course.wr(&["list"]).run().status(0).says("01_x");
    course.wr(&[]).run().status(0).says("Next: 01_a/01_x");
}

#[test]
fn a_read_only_database_is_read() {
    let course = ReadOnly::new(workshop!("read-only-database"));
    let connection = rusqlite::Connection::open(course.path("exercises/progress.db")).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE open_exercises (chapter TEXT, exercise TEXT, solved INTEGER, PRIMARY KEY (chapter, exercise)); \
             INSERT INTO open_exercises VALUES ('01_a', '01_x', 1)",
        )
        .unwrap();
    drop(connection);
    course.allow("exercises/progress.db", 0o444);
    course.allow("exercises", 0o555);
    let outcome = course.wr(&["list"]).run();
    outcome
        .status(0)
        .says("1 of 1 solved")
        .complains("progress is not recorded");
}

#[test]
fn an_unreadable_exercises_directory() {
    let course = ReadOnly::new(workshop!("unreadable-exercises"));
    course.allow("exercises", 0o000);
    let named = course.path("exercises").display().to_string();
    for args in [&["list"][..], &["check", "01_x"], &[]] {
        course.wr(args).run().fails(&named, "permission");
    }
}

#[test]
fn an_unreadable_chapter() {
    let course = ReadOnly::new(workshop!("unreadable-chapter"));
    course.allow("exercises/01_a", 0o000);
    let named = course.path("exercises/01_a").display().to_string();
    course.wr(&["list"]).run().fails(&named, "permission");
}

#[test]
fn an_unreadable_exercise() {
    let course = ReadOnly::new(workshop!("unreadable-exercise"));
    course.allow("exercises/01_a/01_x", 0o000);
    course.wr(&["list"]).run().status(0).says("01_x");
    let named = course.path("exercises/01_a/01_x").display().to_string();
    course
        .wr(&["check", "01_x"])
        .run()
        .fails(&named, "permission");
}

#[test]
fn an_unreadable_configuration() {
    let course = ReadOnly::new(workshop!("unreadable-config"));
    course.allow(".wr.toml", 0o000);
    let named = course.path(".wr.toml").display().to_string();
    course.wr(&["list"]).run().fails(&named, "permission");
}

#[test]
fn an_unwritable_state_directory_is_reported_with_its_variable() {
    let course = ReadOnly::new(workshop!("read-only-state"));
    course.allow("", 0o555);
    let state = course.path("kept-here");
    let outcome = course
        .wr(&["check", "01_x"])
        .env("WR_STATE_DIR", &state)
        .run();
    outcome.fails(&state.display().to_string(), "WR_STATE_DIR");
}
