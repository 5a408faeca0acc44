//! Databases and folders without write permission.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use wr_course::{CourseError, Notice};

use crate::fixture::{Fixture, id};

/// Runs `body` where permissions apply. They don't apply to root, which is who runs tests in a container; in that case,
/// an unprivileged process runs the test called `name` again.
fn as_ordinary_user(name: &str, body: impl FnOnce()) {
    let probe = TempDir::new().unwrap();
    allow(probe.path(), 0o555);
    if fs::write(probe.path().join("x"), "").is_err() {
        allow(probe.path(), 0o755);
        return body();
    }
    allow(probe.path(), 0o755);
    // Other users may not have access to the build's folder, so copy the program to where they do.
    let program = probe.path().join("tests");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    allow(&program, 0o755);
    let nobody = 65534;
    chown(probe.path(), Some(nobody), Some(nobody)).unwrap();
    let output = Command::new(&program)
        .args(["--exact", name, "--test-threads=1"])
        .env("TMPDIR", probe.path())
        .current_dir(probe.path())
        .uid(nobody)
        .gid(nobody)
        .output()
        .expect("the test must run as an ordinary user");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Work continues in memory, earlier progress is visible, and the learner is warned.
fn check(fixture: &Fixture, expect: &[&str]) {
    let before = fs::read(fixture.db()).ok();
    let mut progress = fixture.progress();
    assert!(!progress.can_record());
    assert!(
        matches!(progress.notices(), [Notice::NotRecorded { .. }]),
        "{:?}",
        progress.notices()
    );
    assert!(
        progress.notices()[0]
            .to_string()
            .contains("progress is not recorded")
    );
    assert_eq!(fixture.opened(&progress), expect);
    progress.set_solved(&id("01_a/02_y"), true).unwrap();
    progress.set_current(&id("01_a/02_y")).unwrap();
    assert!(fixture.opened(&progress).contains(&"01_a/02_y".to_owned()));
    assert_eq!(
        progress.current(&fixture.course()).unwrap(),
        Some(id("01_a/02_y"))
    );
    assert_eq!(fs::read(fixture.db()).ok(), before);
}

fn with_progress() -> Fixture {
    let fixture = Fixture::new(&["01_a/01_x", "01_a/02_y"]);
    fixture
        .progress()
        .set_solved(&id("01_a/01_x"), true)
        .unwrap();
    fixture
}

#[test]
fn a_folder_that_is_not_writable() {
    as_ordinary_user("unwritable::a_folder_that_is_not_writable", || {
        let fixture = with_progress();
        allow(&fixture.path("exercises"), 0o555);
        check(&fixture, &["01_a/01_x"]);
        allow(&fixture.db(), 0o444);
        check(&fixture, &["01_a/01_x"]);
        allow(&fixture.path("exercises"), 0o755);

        let fixture = Fixture::new(&["01_a/01_x", "01_a/02_y"]);
        allow(&fixture.path("exercises"), 0o555);
        check(&fixture, &[]);
        allow(&fixture.path("exercises"), 0o755);
    });
}

#[test]
fn a_file_that_is_not_writable() {
    as_ordinary_user("unwritable::a_file_that_is_not_writable", || {
        let fixture = with_progress();
        allow(&fixture.db(), 0o444);
        check(&fixture, &["01_a/01_x"]);
    });
}

#[test]
fn a_file_that_is_not_readable() {
    as_ordinary_user("unwritable::a_file_that_is_not_readable", || {
        let fixture = with_progress();
        allow(&fixture.db(), 0o000);
        let progress = fixture.progress();
        assert!(!progress.can_record());
        assert!(fixture.opened(&progress).is_empty());
    });
}

#[test]
fn a_damaged_file_in_a_folder_that_is_not_writable() {
    as_ordinary_user(
        "unwritable::a_damaged_file_in_a_folder_that_is_not_writable",
        || {
            let fixture = with_progress();
            let whole = fs::read(fixture.db()).unwrap();
            fs::write(fixture.db(), &whole[..whole.len() - 1]).unwrap();
            allow(&fixture.path("exercises"), 0o555);
            check(&fixture, &["01_a/01_x"]);
            let notice = fixture.progress().notices()[0].to_string();
            assert!(notice.contains("damaged"), "{notice}");
            allow(&fixture.path("exercises"), 0o755);
        },
    );
}

#[test]
fn course_folders_and_files_that_are_not_readable() {
    as_ordinary_user(
        "unwritable::course_folders_and_files_that_are_not_readable",
        || {
            let fixture = Fixture::new(&["01_a/01_x"]);
            for path in [".wr.toml", "exercises", "exercises/01_a"] {
                allow(&fixture.path(path), 0o000);
                let error = fixture.find("").unwrap_err();
                assert!(
                    matches!(&error, CourseError::Unreadable { .. }),
                    "{path}: {error}"
                );
                assert!(error.help().unwrap().contains("permission"));
                allow(&fixture.path(path), 0o755);
            }
        },
    );
}

#[test]
fn a_folder_in_the_place_of_the_journal() {
    // Not even root can write without a journal.
    let fixture = Fixture::new(&["01_a/01_x"]);
    fixture.write("exercises/progress.db-journal/file", "");
    let course = fixture.course();
    let mut progress = wr_course::Progress::open(&course).unwrap();
    assert!(!progress.can_record());
    progress.set_solved(&id("01_a/01_x"), true).unwrap();
}
