//! Names with spaces, names in other scripts, and names that aren't valid UTF-8.

use std::fs;

use tempfile::TempDir;
use wr_course::{Course, Progress};

use crate::fixture::{Fixture, id};

fn check_root(name: impl AsRef<std::path::Path>) {
    let dir = TempDir::new().unwrap();
    let root = dir.path().join(name);
    fs::create_dir_all(root.join(".git")).unwrap();
    fs::create_dir_all(root.join("exercises/01_a/01_x")).unwrap();
    fs::write(root.join(".wr.toml"), "").unwrap();
    let course = Course::find(&root.join("exercises/01_a")).unwrap();
    assert_eq!(course.exercises().len(), 1);
    assert!(
        course
            .exercise_at(&root.join("exercises/01_a/01_x/src"))
            .is_some()
    );
    let mut progress = Progress::open(&course).unwrap();
    assert!(progress.can_record(), "{:?}", progress.notices());
    progress.set_solved(&id("01_a/01_x"), true).unwrap();
    drop(progress);
    assert!(root.join("exercises/progress.db").is_file());
    // Damage is handled under any name, too.
    fs::write(root.join("exercises/progress.db"), "damaged").unwrap();
    assert_eq!(Progress::open(&course).unwrap().notices().len(), 1);
}

#[test]
fn a_clone_may_be_called_anything() {
    check_root("my course (2)");
    check_root("Übungen für Größe");
    check_root("コース 🦀");
    check_root("100%25 #1 & 'more'");
    #[cfg(unix)]
    check_root("file:x?mode=memory");
}

#[cfg(target_os = "linux")]
#[test]
fn a_clone_may_have_a_name_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    check_root(std::ffi::OsStr::from_bytes(b"caf\xe9"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_whose_name_is_not_utf8_is_skipped_and_reported() {
    use std::os::unix::ffi::OsStrExt;
    let fixture = Fixture::new(&["01_a/01_x"]);
    for name in [&b"01_a/02_caf\xe9"[..], b"02_caf\xe9", b"caf\xe9"] {
        let path = fixture
            .path("exercises")
            .join(std::ffi::OsStr::from_bytes(name));
        fs::create_dir_all(path).unwrap();
    }
    let course = fixture.course();
    assert_eq!(course.exercises().len(), 1);
    assert_eq!(course.skipped_folders().len(), 3);
    for passed in course.skipped_folders() {
        assert_eq!(passed.reason, wr_course::Reason::NotUtf8);
        assert!(passed.to_string().contains("not valid UTF-8"));
    }
}

#[test]
fn exercises_may_be_called_anything() {
    let names = [
        "01_a/01_with space",
        "01_a/02_größe",
        "01_a/03_it's; DROP TABLE open_exercises",
        "01_a/04_名前 🦀",
    ];
    let fixture = Fixture::new(&names);
    let mut progress = fixture.progress();
    for name in names {
        progress.set_solved(&id(name), true).unwrap();
    }
    assert_eq!(fixture.opened(&fixture.progress()), names);
}
