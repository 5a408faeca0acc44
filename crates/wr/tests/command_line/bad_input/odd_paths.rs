//! Names that few people think of: spaces, letters beyond ASCII, bytes that aren't valid UTF-8.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use testkit::{Extension, Workshop, workshop};

/// Moves the whole course into a directory with this name, and returns its path.
fn moved(at: &Workshop, name: &OsStr) -> std::path::PathBuf {
    let dir = at.path(name);
    std::fs::create_dir(&dir).unwrap();
    for part in [".git", ".wr.toml", "exercises"] {
        std::fs::rename(at.path(part), dir.join(part)).unwrap();
    }
    dir
}

const ODD: &str = "Übungen für Größe 'n' \"Maß\" $x; 日本 & 🦀";

#[test]
fn an_extension_below_spaces_and_letters_of_all_kinds() {
    let at = workshop!("odd-path-extension");
    let extension = Extension::named_after(&at);
    at.course();
    extension.put_into(&at);
    let dir = moved(&at, OsStr::new(ODD));
    let outcome = at.wr(["check", &extension.id]).at(&dir).run();
    outcome.status(0);
    std::fs::write(
        dir.join(extension.dir()).join("src/lib.rs"),
        extension
            .source
            .replace("MODULE", &extension.module)
            .replace("42", "43"),
    )
    .unwrap();
    let outcome = at.wr(["check", &extension.id]).at(&dir).run();
    outcome.status(1).says("sample/tests/test_sample.py:5");
}

#[test]
fn all_of_wrs_own_files_below_such_a_path() {
    let at = workshop!("odd-path-state");
    at.course()
        .python_exercise("01_odd/01_state", "def test_a():\n    pass\n");
    let dir = moved(&at, OsStr::new(ODD));
    at.wr(["check", "01_state"])
        .at(&dir)
        .own_state()
        .run()
        .status(0);
    assert!(dir.join(".wr/venv").is_dir());
}

#[test]
fn rust_below_a_path_that_is_not_utf8() {
    let at = workshop!("odd-path-rust");
    at.course()
        .command_exercise("01_a/01_x", &[&["true"]])
        .rust_exercise("01_a/02_y");
    let dir = moved(&at, OsStr::from_bytes(b"caf\xe9"));
    at.wr(["check", "01_x"]).at(&dir).run().status(0);
    at.wr(["list"]).at(&dir).run().status(0).says("01_x");
    // Cargo itself refuses such a path; what counts is that this is reported and nothing panics.
    let outcome = at.wr(["check", "02_y"]).at(&dir).run();
    outcome.status(1).never_says("panicked at");
}

#[test]
fn python_below_a_path_that_is_not_utf8() {
    let at = workshop!("odd-path-python");
    at.course()
        .python_exercise("01_odd/02_bytes", "def test_a():\n    assert 1 + 1 == 2\n");
    let dir = moved(&at, OsStr::from_bytes(b"caf\xe9"));
    let outcome = at.wr(["check", "02_bytes"]).at(&dir).run();
    outcome.status(0).never_says("panicked at");
}

#[test]
fn a_folder_whose_name_is_not_utf8_is_skipped_and_reported() {
    let at = workshop!("odd-path-folder");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    at.folder(std::path::Path::new("exercises/01_a").join(OsStr::from_bytes(b"02_\xff")));
    let outcome = at.wr(["list"]).run();
    outcome.status(0).says("01_x").complains("not valid UTF-8");
}

#[test]
fn arguments_that_are_not_utf8() {
    let at = workshop!("odd-path-argument");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    let outcome = at
        .wr([OsStr::new("check"), OsStr::from_bytes(b"\xff")])
        .run();
    outcome
        .status(2)
        .complains("error: ")
        .never_says("panicked at");
    let outcome = at
        .wr([OsStr::new("open"), OsStr::from_bytes(b"\xff")])
        .run();
    outcome
        .status(2)
        .complains("error: ")
        .never_says("panicked at");
}

#[test]
fn a_course_reached_through_a_link() {
    let at = workshop!("odd-path-link");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    let dir = moved(&at, OsStr::new("real"));
    std::os::unix::fs::symlink(&dir, at.path("link")).unwrap();
    at.wr(["check"])
        .at("link/exercises/01_a/01_x")
        .run()
        .status(0);
    at.wr(["list"]).at("real").run().says("1 of 1 solved");
}
