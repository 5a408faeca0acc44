//! The course is found from any directory in it.

use testkit::workshop;

use crate::states::list;

#[test]
fn from_any_folder_of_the_work_tree() {
    let at = workshop!("found-from-anywhere");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    at.folder("exercises/01_a/01_x/src/deep").folder("notes");
    for dir in [
        "",
        "notes",
        "exercises",
        "exercises/01_a",
        "exercises/01_a/01_x/src/deep",
    ] {
        let outcome = at.wr(["list"]).at(dir).run();
        outcome.status(0).says("01_x");
    }
}

#[test]
fn in_a_linked_work_tree_where_git_is_a_file() {
    let at = workshop!("found-in-linked-tree");
    at.write(".git", "gitdir: /elsewhere/.git/worktrees/x\n");
    at.write(".wr.toml", "")
        .command_exercise("01_a/01_x", &[&["true"]]);
    at.wr(["check", "01_x"]).run().status(0);
}

#[test]
fn the_exercises_may_be_in_another_folder_and_unknown_keys_are_ignored() {
    let at = workshop!("found-exercises-dir");
    at.course();
    at.write(
        ".wr.toml",
        "exercises_dir = \"lessons/all\"\ncolour = \"red\"\n[other]\nkey = 1\n",
    );
    at.write(
        "lessons/all/01_a/01_x/.wr.toml",
        "[[verification]]\ncommand = \"true\"\n",
    );
    assert_eq!(list(&at), ["01_a/01_x closed"]);
    at.wr(["check", "01_x"]).run().status(0);
    assert!(at.path("lessons/all/progress.db").is_file());
}

#[test]
fn check_verifies_the_exercise_around_the_current_folder() {
    let at = workshop!("check-where-one-stands");
    at.course()
        .command_exercise("01_a/01_x", &[&["true"]])
        .command_exercise("01_a/02_y", &[&["true"]])
        .folder("exercises/01_a/02_y/sample/src/sample");
    let outcome = at
        .wr(["check", "--format", "json"])
        .at("exercises/01_a/02_y/sample/src/sample")
        .run();
    assert_eq!(outcome.status(0).verdict()["exercise"], "01_a/02_y");
}

#[test]
fn check_in_a_chapters_folder_verifies_the_chapter() {
    let at = workshop!("check-in-a-chapter");
    at.course()
        .command_exercise("01_a/01_x", &[&["true"]])
        .command_exercise("01_a/02_y", &[&["false"]])
        .command_exercise("02_b/01_z", &[&["false"]]);
    at.wr(["open", "02_b/01_z"]).run().status(0);
    let chapter = at.wr(["check"]).at("exercises/01_a").run();
    chapter
        .status(1)
        .says("01_a/01_x")
        .says("01_a/02_y")
        .says("1 of 2 solved")
        .never_says("02_b/01_z");
    at.wr(["check", "exercises/01_a"])
        .run()
        .says("1 of 2 solved");
    // Above the chapters, it verifies the current exercise.
    at.wr(["check"]).run().says("02_b/01_z").never_says("01_a");
}
