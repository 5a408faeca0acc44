//! `wr reset`: original files come back, and the learner's are never lost.

use std::fs::{self, File};
use std::process::Command;

use serde_json::json;
use testkit::{Workshop, workshop};

const STARTER: &str = "def double(number):\n    raise NotImplementedError\n";
const ANSWER: &str = "def double(number):\n    return 2 * number\n";
const TESTS: &str = "from answer import double\n\n\ndef test_a():\n    assert double(4) == 8\n";
const FILE: &str = "exercises/01_a/01_x/answer.py";

/// A course in a repository of its own: two exercises in the first chapter, one in the second.
fn course(at: &Workshop) {
    git(at, &["init", "--quiet", "--initial-branch", "main"]);
    at.course();
    for id in ["01_a/01_x", "01_a/02_y", "02_b/01_z"] {
        at.python_exercise(id, TESTS);
        at.write(format!("exercises/{id}/answer.py"), STARTER);
    }
    at.write(".gitignore", "progress.db*\n__pycache__/\n");
    commit(at, "the course");
}

fn commit(at: &Workshop, message: &str) {
    git(at, &["add", "--all"]);
    git(at, &["commit", "--quiet", "--message", message]);
}

#[track_caller]
fn git(at: &Workshop, args: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
        .args(args)
        .current_dir(at.root())
        // The tests may run in a hook of this repository.
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .expect("git can be started");
    assert!(output.status.success(), "git {args:?}: {output:?}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn an_exercise_gets_its_original_files_and_the_learner_can_have_theirs_back() {
    let at = workshop!("reset-one");
    course(&at);
    at.wr(["open", "01_x"]).run().status(0);
    at.write(FILE, ANSWER)
        .write("exercises/01_a/01_x/notes/a.txt", "mine")
        .write("exercises/01_a/01_x/__pycache__/built.pyc", "made")
        .remove("exercises/01_a/01_x/test_it.py");

    let reset = at.wr(["reset"]).run();
    reset
        .status(0)
        .says("01_a/01_x has its original files again (the last commit, ")
        .says("replaced  answer.py")
        .says("restored  test_it.py")
        .says("moved     notes/a.txt")
        .says("in .wr-backups/1; `wr reset --undo`");
    assert_eq!(at.read(FILE), STARTER);
    assert_eq!(at.read("exercises/01_a/01_x/test_it.py"), TESTS);
    assert!(!at.path("exercises/01_a/01_x/notes").exists());
    assert_eq!(at.read("exercises/01_a/01_x/__pycache__/built.pyc"), "made");
    let kept = ".wr-backups/1/files/01_a/01_x";
    assert_eq!(at.read(format!("{kept}/answer.py")), ANSWER);
    assert_eq!(at.read(format!("{kept}/notes/a.txt")), "mine");
    // Git and the course ignore the backups.
    assert_eq!(git(&at, &["status", "--porcelain"]), "");
    at.wr(["list"]).run().status(0).never_says("backups");

    at.wr(["reset", "--undo"])
        .run()
        .status(0)
        .says("01_a/01_x has the files of backup 1 again");
    assert_eq!(at.read(FILE), ANSWER);
    assert_eq!(at.read("exercises/01_a/01_x/notes/a.txt"), "mine");
    assert!(!at.path("exercises/01_a/01_x/test_it.py").exists());

    // The undo can be undone.
    at.wr(["reset", "--undo"]).run().status(0);
    assert_eq!(at.read(FILE), STARTER);
    at.wr(["reset", "--undo", "1"]).run().status(0);
    assert_eq!(at.read(FILE), ANSWER);
    at.wr(["reset", "--list"])
        .run()
        .status(0)
        .says("1  just now        before a reset of 01_a/01_x")
        .says("2  just now        before an undo of 01_a/01_x");
    at.wr(["reset", "--undo", "9"])
        .run()
        .fails("there is no backup 9", "wr reset --list");
}

#[test]
fn a_solved_exercise_is_open_again_until_its_answer_is_back() {
    let at = workshop!("reset-progress");
    course(&at);
    at.wr(["open", "01_x"]).run().status(0);
    at.write(FILE, ANSWER);
    at.wr(["check"]).run().status(0);
    let states = |at: &Workshop| {
        let list = at.wr(["list", "--format", "json"]).run().json();
        let exercises = list["exercises"].as_array().unwrap().clone();
        let states = exercises.into_iter().map(|mut one| one["state"].take());
        states.collect::<Vec<_>>()
    };
    assert_eq!(states(&at), ["solved", "closed", "closed"]);
    at.wr(["reset"]).run().status(0);
    assert_eq!(states(&at), ["opened", "closed", "closed"]);
    at.wr(["check"]).run().status(1);
    at.wr(["reset", "--undo"]).run().status(0);
    assert_eq!(states(&at), ["solved", "closed", "closed"]);
    // Restoring what was never opened doesn't open it.
    at.write("exercises/02_b/01_z/answer.py", ANSWER);
    at.wr(["reset", "--all", "--yes"]).run().status(0);
    assert_eq!(states(&at), ["opened", "closed", "closed"]);
}

#[test]
fn several_exercises_need_a_yes() {
    let at = workshop!("reset-several");
    course(&at);
    for id in ["01_a/01_x", "01_a/02_y", "02_b/01_z"] {
        at.write(format!("exercises/{id}/answer.py"), ANSWER);
    }
    at.wr(["reset", "1"])
        .run()
        .fails("2 exercises differ", "`--yes`");
    assert_eq!(at.read(FILE), ANSWER);
    let reset = at.wr(["reset", "01_a", "--yes", "--format", "json"]).run();
    let reset = reset.status(0).json();
    assert_eq!(reset["command"], json!("reset"));
    assert_eq!(reset["exercises"].as_array().unwrap().len(), 2);
    assert_eq!(reset["exercises"][1]["replaced"], json!(["answer.py"]));
    assert_eq!(reset["backup"]["number"], json!(1));
    assert_eq!(at.read("exercises/02_b/01_z/answer.py"), ANSWER);
    at.wr(["reset", "--all", "--yes"])
        .run()
        .status(0)
        .says("02_b/01_z has its original files again")
        .says("2 more had them already");
    at.wr(["reset", "--all"])
        .run()
        .status(0)
        .says("All of them have their original files already.");
    at.wr(["reset", "9/9"])
        .run()
        .fails("there is no chapter `9`", "the chapters are 01_a, 02_b");
}

#[test]
fn committed_answers_are_not_the_original() {
    let at = workshop!("reset-committed");
    let up = workshop!("reset-committed-upstream");
    course(&up);
    git(&at, &["clone", "--quiet", up.root().to_str().unwrap(), "."]);
    at.write(FILE, ANSWER);
    commit(&at, "my answer");
    at.wr(["reset", "1/1"])
        .run()
        .status(0)
        .says("(origin/main, commit ");
    assert_eq!(at.read(FILE), STARTER);

    // After a push, only the learner knows what was first.
    at.wr(["reset", "--undo"]).run().status(0);
    git(&up, &["checkout", "--quiet", "--detach"]);
    git(&at, &["push", "--quiet", "origin", "main"]);
    at.wr(["reset", "1/1"])
        .run()
        .status(0)
        .says("has its original files already (origin/main, ")
        .says("`wr reset --from COMMIT`");
    assert_eq!(at.read(FILE), ANSWER);
    at.wr(["reset", "1/1", "--from", "HEAD~1"])
        .run()
        .status(0)
        .says("(HEAD~1, commit ");
    assert_eq!(at.read(FILE), STARTER);
    at.wr(["reset", "1/1", "--from", "nowhere"])
        .run()
        .fails("git doesn't know the revision `nowhere`", "git log");
}

#[test]
fn a_deleted_exercise_comes_back() {
    let at = workshop!("reset-deleted");
    course(&at);
    at.remove("exercises/01_a");
    at.wr(["open", "01_x"]).run().status(2);
    at.wr(["reset", "1/1"])
        .run()
        .status(0)
        .says("restored  answer.py");
    assert_eq!(at.read(FILE), STARTER);
    at.wr(["reset", "exercises/01_a/02_y"]).run().status(0);
    assert!(at.path("exercises/01_a/02_y/test_it.py").is_file());
}

#[test]
fn an_interrupted_reset_is_completed_with_the_first_backup() {
    let at = workshop!("reset-interrupted");
    course(&at);
    at.write(FILE, ANSWER)
        .write("exercises/01_a/01_x/notes.txt", "mine");
    at.wr(["reset", "1/1"]).run().status(0);
    // As if it had been killed after it moved the notes.
    at.write(FILE, ANSWER).remove(".wr-backups/1/finished");
    at.folder(".wr-backups/.incomplete/files");
    at.wr(["reset", "--list"])
        .run()
        .says("before a reset of 01_a/01_x, which was interrupted");
    at.wr(["reset", "1/1"])
        .run()
        .status(0)
        .says("in .wr-backups/1;");
    assert_eq!(at.read(FILE), STARTER);
    assert!(!at.path(".wr-backups/.incomplete").exists());
    at.wr(["reset", "--undo"]).run().status(0);
    assert_eq!(at.read("exercises/01_a/01_x/notes.txt"), "mine");

    // What was written since then gets a backup of its own.
    at.wr(["reset", "1/1"]).run().status(0);
    at.write(FILE, "another answer")
        .remove(".wr-backups/3/finished");
    at.wr(["reset", "1/1"])
        .run()
        .status(0)
        .says("in .wr-backups/4;");
    assert_eq!(
        at.read(".wr-backups/4/files/01_a/01_x/answer.py"),
        "another answer"
    );
}

#[cfg(unix)]
#[test]
fn links_are_kept_as_links_and_never_followed() {
    use std::os::unix::fs::symlink;
    let at = workshop!("reset-links");
    course(&at);
    at.write("elsewhere/answer.py", "precious");
    at.remove(FILE);
    symlink(at.path("elsewhere/answer.py"), at.path(FILE)).unwrap();
    symlink(at.path("elsewhere"), at.path("exercises/01_a/01_x/linked")).unwrap();
    at.wr(["reset", "1/1"])
        .run()
        .status(0)
        .says("replaced  answer.py")
        .says("moved     linked");
    assert!(!at.path(FILE).is_symlink());
    assert_eq!(at.read(FILE), STARTER);
    assert_eq!(at.read("elsewhere/answer.py"), "precious");
    at.wr(["reset", "--undo"]).run().status(0);
    assert!(at.path(FILE).is_symlink());
    assert!(at.path("exercises/01_a/01_x/linked").is_symlink());

    // An exercise that is a link as a whole leads out of the course.
    at.rename("exercises/01_a/02_y", "elsewhere/02_y");
    symlink(at.path("elsewhere/02_y"), at.path("exercises/01_a/02_y")).unwrap();
    at.write("elsewhere/02_y/answer.py", ANSWER);
    at.wr(["reset", "1/2"])
        .run()
        .fails("01_a/02_y is a symbolic link", "remove the link");
    assert_eq!(at.read("elsewhere/02_y/answer.py"), ANSWER);
}

#[cfg(unix)]
#[test]
fn read_only_files_are_replaced_and_read_only_directories_reported() {
    use std::os::unix::fs::PermissionsExt;
    let at = workshop!("reset-read-only");
    course(&at);
    at.write(FILE, ANSWER);
    fs::set_permissions(at.path(FILE), fs::Permissions::from_mode(0o444)).unwrap();
    at.wr(["reset", "1/1"]).run().status(0);
    assert_eq!(at.read(FILE), STARTER);
    at.wr(["reset", "--undo"]).run().status(0);
    assert_eq!(at.read(FILE), ANSWER);
    // Another user may read everything and write nothing.
    at.remove(".wr-backups");
    at.wr(["reset", "1/1"])
        .user(65534)
        .run()
        .fails("cannot create", "none of your work was lost");
    assert_eq!(at.read(FILE), ANSWER);
}

#[test]
fn a_course_that_git_knows_nothing_about_says_what_to_do() {
    let at = workshop!("reset-no-commit");
    git(&at, &["init", "--quiet"]);
    at.course().python_exercise("01_a/01_x", TESTS);
    at.wr(["reset", "1/1"])
        .run()
        .fails("has no commit yet", "clone the course again");
    commit(&at, "the course");
    // Written by its author, or an older commit's.
    at.python_exercise("01_a/02_y", TESTS);
    at.wr(["reset", "1/2"]).run().fails(
        "git has no exercises/01_a/02_y in the last commit",
        "git log --oneline --all -- exercises/01_a/02_y",
    );
    at.wr(["reset", "1/1"]).path([at.root()]).run().fails(
        "git has the original files, but it cannot be started",
        "install git",
    );
}

#[test]
fn two_resets_take_turns() {
    let at = workshop!("reset-turns");
    course(&at);
    at.write(FILE, ANSWER);
    at.folder(".wr-backups");
    let lock = File::create(at.path(".wr-backups/.lock")).unwrap();
    lock.lock().unwrap();
    at.wr(["reset", "1/1"])
        .run()
        .fails("another wr is restoring files", "try again");
    assert_eq!(at.read(FILE), ANSWER);
    drop(lock);
    at.wr(["reset", "1/1"]).run().status(0);
}

#[test]
fn without_backups_there_is_nothing_to_undo() {
    let at = workshop!("reset-nothing");
    course(&at);
    at.wr(["reset", "--undo"])
        .run()
        .fails("nothing to undo", "backs up yours first");
    at.wr(["reset", "--list"])
        .run()
        .status(0)
        .says("There are no backups");
    let list = at.wr(["reset", "--list", "--format", "json"]).run();
    assert_eq!(list.json()["backups"], json!([]));
}
