//! Missing things: a repository, a configuration, folders, exercises.

use testkit::{Workshop, workshop};

use crate::states::{existing_tool, rows};

/// A directory outside any repository; from a workshop, this repository would be found.
fn outside(at: &Workshop) -> std::path::PathBuf {
    let dir = std::env::temp_dir().join(format!("wr-{}-{}", at.name(), std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let above: Vec<_> = dir
        .ancestors()
        .filter(|dir| dir.join(".git").exists())
        .collect();
    assert!(
        above.is_empty(),
        "this test needs a temporary directory outside of {above:?}"
    );
    dir
}

#[test]
fn no_git_repository() {
    let at = workshop!("missing-git");
    let dir = outside(&at);
    for verb in [&[][..], &["check"], &["list"], &["open", "1/1"], &["hint"]] {
        let outcome = at.wr(verb).at(&dir).run();
        outcome.fails(
            &format!("{} is not in a git repository", dir.display()),
            "change to the folder",
        );
    }
    std::fs::remove_dir_all(dir).unwrap();
}

#[test]
fn no_configuration_at_the_root() {
    let at = workshop!("missing-config");
    let dir = outside(&at);
    for folder in [".git", "exercises/01_a/01_x"] {
        std::fs::create_dir_all(dir.join(folder)).unwrap();
    }
    let outcome = at.wr::<&str>([]).at(dir.join("exercises")).run();
    outcome.fails(
        &format!("{} is missing", dir.join(".wr.toml").display()),
        "may be empty",
    );
    std::fs::remove_dir_all(dir).unwrap();
}

#[test]
fn a_separate_repository_inside_the_course() {
    let at = workshop!("missing-inner-repository");
    at.course().rust_exercise("01_a/01_x");
    at.folder("exercises/01_a/01_x/.git");
    let outcome = at.wr(["check"]).at("exercises/01_a/01_x").run();
    outcome.fails(
        "so this repository is not a course",
        &format!("inside the course at {}", at.root().display()),
    );
}

#[test]
fn no_exercises_directory() {
    let at = workshop!("missing-exercises-dir");
    at.folder(".git")
        .write(".wr.toml", "exercises_dir = \"lessons\"\n");
    let missing = format!("{} does not exist", at.path("lessons").display());
    at.wr(["list"]).run().fails(&missing, "exercises_dir");
    at.write("lessons", "a file");
    at.wr(["list"])
        .run()
        .fails("is not a directory", "exercises_dir");
}

#[test]
fn a_course_without_exercises() {
    let at = workshop!("missing-exercises");
    at.course();
    at.wr::<&str>([])
        .run()
        .fails("contains no exercises", "01_intro/00_welcome");
    at.wr(["list"]).run().status(0).says("0 of 0 solved");
}

#[test]
fn an_empty_exercise() {
    let at = workshop!("missing-content");
    at.course().folder("exercises/01_a/01_x");
    let outcome = at.wr(["check", "01_x"]).run();
    outcome.fails("has no Cargo.toml and no Python code", "git status");
}

#[test]
fn an_exercise_deleted_while_open() {
    let at = workshop!("missing-deleted");
    at.course()
        .command_exercise("01_a/01_x", &[&["true"]])
        .command_exercise("01_a/02_y", &[&["true"]]);
    drop(existing_tool(
        &at,
        &[("01_a", "01_x", true), ("01_a", "02_y", false)],
    ));
    at.remove("exercises/01_a/02_y");
    let before = rows(&at);
    let outcome = at.wr::<&str>([]).run();
    outcome
        .status(0)
        .complains("01_a/02_y no longer exists")
        .complains("formerly");
    at.wr(["list"])
        .run()
        .status(0)
        .complains("01_a/02_y no longer exists");
    assert_eq!(rows(&at), before, "wr keeps its progress");
    at.wr(["check", "02_y"])
        .run()
        .fails("there is no exercise `02_y`", "01_a");
}

#[test]
fn an_exercise_renamed_while_open_keeps_its_row() {
    let at = workshop!("missing-renamed");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    at.wr(["check", "01_x"]).run().status(0);
    at.rename("exercises/01_a/01_x", "exercises/01_a/01_new");
    let outcome = at.wr::<&str>([]).run();
    outcome
        .status(0)
        .complains("01_a/01_x no longer exists")
        .says("Next: 01_a/01_new");
    assert_eq!(rows(&at), [("01_a/01_x".to_owned(), 1)]);
}

#[test]
fn the_current_directory_was_deleted() {
    let at = workshop!("missing-here");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    // A shell is in the directory while it's removed, as a person's would be.
    let script = "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" list";
    let output = std::process::Command::new("sh")
        .args(["-c", script])
        .arg(at.program())
        .current_dir(at.root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("cannot read the current directory") && said.contains("help: "),
        "{said}"
    );
}

#[test]
fn a_target_that_is_neither_exercise_nor_directory() {
    let at = workshop!("missing-target");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    at.wr(["check", "7/7"])
        .run()
        .fails("there is no chapter `7`", "01_a");
    at.wr(["check", "nothing/at/all"])
        .run()
        .fails("nothing/at/all", "01_a");
    let outcome = at.wr(["check"]).run();
    outcome.fails("no exercise is open yet", "run `wr` to open the first one");
}

#[test]
fn errors_are_json_if_json_was_requested() {
    let at = workshop!("missing-as-json");
    at.folder(".git");
    let outcome = at.wr(["list", "--format", "json"]).run();
    let document = outcome.status(2).json();
    assert_eq!(document["error"]["status"], 2);
    assert!(
        document["error"]["message"]
            .as_str()
            .unwrap()
            .contains(".wr.toml is missing")
    );
    assert!(document["error"]["help"].is_string());
}
