//! `wr new`: a project that works from the start, and what `wr` says in an empty directory.

use std::fs;

use serde_json::json;
use testkit::workshop;

#[test]
fn a_new_project_builds_and_passes_its_tests() {
    let at = workshop!("new-mixed");
    at.wr(["new", "prj-new-mixed"])
        .run()
        .status(0)
        .says("prj-new-mixed is ready. It's the Python package `prj_new_mixed`")
        .says("python/prj_new_mixed/_core.pyi")
        .says("cd prj-new-mixed");
    // Someone else's workspace above doesn't matter, and neither does a second look at the manifests.
    let checked = at
        .wr(["check", "--format", "json"])
        .at("prj-new-mixed")
        .run();
    checked.status(0);
    let verdict = checked.verdict();
    assert_eq!(verdict["status"], json!("solved"), "{verdict}");
    assert_eq!(verdict["diagnostics"], json!([]), "{verdict}");
    at.wr(["inspect", "."])
        .at("prj-new-mixed")
        .run()
        .status(0)
        .says("nothing wrong was found");
    let code = "import prj_new_mixed; print(prj_new_mixed.sum_of_squares([3, 4]))";
    at.wr(["run", "-c", code])
        .at("prj-new-mixed")
        .run()
        .status(0)
        .says("25.0");
}

#[test]
fn so_does_one_without_python_code_and_with_the_stable_abi() {
    let at = workshop!("new-rust");
    at.write("Cargo.toml", "[workspace]\nmembers = []\n");
    let new = [
        "new",
        "below/prj_new_rust",
        "--layout",
        "rust",
        "--abi3",
        "--format",
        "json",
    ];
    let new = at.wr(new).run();
    new.status(0);
    let written = new.json();
    assert_eq!(written["command"], json!("new"));
    assert_eq!(written["distribution"], json!("prj-new-rust"));
    assert_eq!(written["module"], json!("prj_new_rust"));
    let checked = at
        .wr(["check", "--format", "json"])
        .at("below/prj_new_rust")
        .run();
    checked.status(0);
    assert_eq!(checked.verdict()["diagnostics"], json!([]));
}

#[test]
fn nothing_is_overwritten_and_names_have_to_work() {
    let at = workshop!("new-refused");
    at.write("taken/notes.txt", "mine").write("file", "mine");
    at.wr(["new", "taken"]).run().fails(
        "taken isn't empty: it contains notes.txt",
        "never overwrites",
    );
    at.wr(["new", "file"])
        .run()
        .fails("already exists and isn't a directory", "another name");
    for (name, why) in [
        ("json", "a module of Python's standard library"),
        ("class", "a keyword of Python"),
        ("crate", "a keyword of Rust"),
        ("2fast", "has to start with a letter"),
        ("größe", "it contains 'ö'"),
        ("pytest", "the project's own tools"),
    ] {
        at.wr(["new", name])
            .run()
            .status(2)
            .complains(why)
            .complains("help: ");
        assert!(!at.path(name).exists(), "{name}");
    }
    at.wr(["new", "fine", "--abi3", "2.7"])
        .run()
        .status(2)
        .complains("expected a version from 3.9 to 3.14");
    // An empty repository is as good as an empty directory, and gives the project its name.
    at.folder("sums-in-here/.git");
    at.wr(["init", "."])
        .at("sums-in-here")
        .run()
        .status(0)
        .says("sums-in-here is ready")
        .never_says("cd ");
    assert_eq!(at.read("taken/notes.txt"), "mine");
    assert_eq!(fs::read_dir(at.path("taken")).unwrap().count(), 1);
    at.wr(["new", ".", "--name", "another"])
        .at("taken")
        .run()
        .fails("isn't empty", "empty directory");
}

#[cfg(unix)]
#[test]
fn a_directory_that_is_not_writable_is_reported() {
    let at = workshop!("new-read-only");
    at.wr(["new", "fast-sums"])
        .user(65534)
        .run()
        .fails("cannot write", "nothing was left behind");
    assert!(!at.path("fast-sums").exists());
}

#[test]
fn wr_alone_says_what_can_be_done_in_an_empty_directory() {
    // Not below this repository, which is a course.
    let dir = tempfile::tempdir().unwrap();
    let at = workshop!("new-nowhere");
    let guide = at.wr::<&str>([]).at(dir.path()).run();
    guide
        .fails("is not in a git repository", "`wr new` starts one")
        .says("wr new fast")
        .says("wr inspect numpy")
        .says("wr doctor");
    // Other commands say only what's wrong, and JSON has only the error.
    at.wr(["list"])
        .at(dir.path())
        .run()
        .never_says("wr inspect");
    let json = at.wr(["--format", "json"]).at(dir.path()).run();
    assert_eq!(json.status(2).json()["command"], json!("error"));
}
