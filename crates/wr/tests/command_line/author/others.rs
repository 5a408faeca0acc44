//! Courses written for another runner, and what interrupts or prevents a proof.

use testkit::{Workshop, verification, workshop};

use super::course::{check, defects, outcome_of};

/// No hints, no solutions, no book, its own commands, and a folder with another name.
#[test]
fn a_course_for_another_runner() {
    let at = workshop!("author-others");
    at.folder(".git")
        .write(
            ".wr.toml",
            "exercises_dir = \"lessons\"\nskip_build = true\n[[verification]]\ncommand = \"false\"\n",
        )
        .write("lessons/01_a/01_otherscommand/notes.txt", "")
        .write("lessons/01_a/02_otherspython/test_it.py", "def test_it():\n    assert False\n");
    let outcome = check(
        &at,
        "names,files,manifests,protected,giveaway,starter,wrong,solution,clean,load,mutants",
        &[],
    );
    assert_eq!(defects(&outcome), [""; 0]);
    for exercise in ["01_a/01_otherscommand", "01_a/02_otherspython"] {
        assert_eq!(outcome_of(&outcome, exercise, "starter"), "holds");
        for proof in [
            "manifests",
            "protected",
            "giveaway",
            "wrong",
            "solution",
            "clean",
            "load",
            "mutants",
        ] {
            assert_eq!(outcome_of(&outcome, exercise, proof), "not_applicable");
        }
    }
    at.wr(["author", "check", "--only", "starter,solution"])
        .run()
        .status(0)
        .says("  01_otherscommand  ✓    –\n")
        .says("– solution: there is no solution");
}

#[test]
fn a_starter_that_passes_its_commands() {
    let at = workshop!("author-others-solved");
    at.course()
        .command_exercise("01_a/01_otherssolved", &[&["true"]]);
    assert_eq!(
        defects(&check(&at, "starter", &[])),
        ["starter exercises/01_a/01_otherssolved/.wr.toml: the starter is already solved"]
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_proof_leaves_the_course_as_it_was() {
    let at = workshop!("author-interrupted");
    let mark = at.path("started").display().to_string();
    let script = format!("touch {mark}; sleep 60");
    at.course()
        .command_exercise("01_a/01_slow", &[&["sh", "-c", &script]]);
    let before = at.read("exercises/01_a/01_slow/.wr.toml");
    let mut running = at.wr(["author", "check", "--only", "starter"]).start();
    running.wait_for(&at.path("started"));
    running.interrupt();
    running.wait().status(130).complains("interrupted");
    assert_eq!(at.read("exercises/01_a/01_slow/.wr.toml"), before);
}

#[test]
fn wrong_usage_is_reported() {
    let at = workshop!("author-usage");
    at.course().command_exercise("01_a/01_x", &[&["false"]]);
    at.wr(["author", "check", "--only", "everything"])
        .run()
        .status(2)
        .complains("the proofs are names, files, manifests");
    at.wr(["author", "check", "01_a/07_gone"])
        .run()
        .fails("there is no exercise `07_gone`", "01_x");
}

/// Runs git in a workshop, with a user name set.
fn git(at: &Workshop, args: &[&str]) {
    let done = std::process::Command::new("git")
        .current_dir(at.root())
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(args)
        .output()
        .unwrap();
    assert!(done.status.success(), "{args:?}: {done:?}");
}

#[test]
fn solutions_on_a_branch() {
    let at = workshop!("author-branch");
    git(&at, &["init", "--quiet", "--initial-branch=main", "."]);
    let test = &["test", "-e", "done"];
    at.folder("exercises")
        .write(".wr.toml", verification(&[test]))
        .write("exercises/01_a/01_branchx/todo", "")
        .write("exercises/01_a/02_branchy/todo", "")
        .write("exercises/01_a/03_branchz/todo", "");
    git(&at, &["add", "."]);
    git(&at, &["commit", "--quiet", "-m", "starters"]);
    git(&at, &["checkout", "--quiet", "-b", "solutions"]);
    // Files that the solution doesn't need are gone there, and its `.wr.toml` doesn't count.
    at.rename(
        "exercises/01_a/01_branchx/todo",
        "exercises/01_a/01_branchx/done",
    );
    at.write(
        "exercises/01_a/02_branchy/.wr.toml",
        verification(&[&["true"]]),
    );
    at.remove("exercises/01_a/03_branchz");
    git(&at, &["add", "."]);
    git(&at, &["commit", "--quiet", "-m", "solutions"]);
    git(&at, &["checkout", "--quiet", "main"]);
    // By default, only the proofs for every course are run.
    let args = [
        "author",
        "check",
        "--solutions",
        "solutions",
        "--format",
        "json",
    ];
    let outcome = at.wr(args).run();
    outcome.status(1);
    let found = |exercise: &str, proof: &str| outcome_of(&outcome, exercise, proof);
    assert_eq!(found("01_a/01_branchx", "starter"), "holds");
    assert_eq!(found("01_a/01_branchx", "solution"), "holds");
    assert_eq!(found("01_a/02_branchy", "solution"), "fails");
    assert_eq!(found("01_a/03_branchz", "solution"), "not_applicable");
    let rows = outcome.json()["exercises"].clone();
    assert!(rows[0]["proofs"].get("mutants").is_none(), "{rows}");
    // The work tree and its index are unchanged.
    git(&at, &["diff", "--quiet"]);
    git(&at, &["diff", "--cached", "--quiet"]);
    at.wr(["author", "check", "--solutions", "no-such-branch"])
        .run()
        .fails(
            "git doesn't know the revision `no-such-branch`",
            "git branch",
        );
}
