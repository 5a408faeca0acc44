//! `wr author renumber`: exercises move along with everything that uses their names, and learners' progress follows.

use std::process::Command;

use testkit::{Workshop, workshop};

use super::course::{check, defects};

fn git(at: &Workshop, args: &[&str]) {
    let ended = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(args)
        .current_dir(at.root())
        .output()
        .unwrap();
    assert!(ended.status.success(), "{args:?}: {ended:?}");
}

/// Three Python exercises, with solutions and pages that link to each other, committed.
fn course(at: &Workshop) {
    git(at, &["init", "--quiet"]);
    at.write(".wr.toml", "");
    at.write("book/src/SUMMARY.md", "# Summary\n");
    for name in ["first", "second", "third"] {
        at.wr(["author", "new", "01_a", name, "--kind", "python"])
            .run()
            .status(0);
    }
    at.write(
        "book/src/01_a/03_third.md",
        "# Third\n\nAfter [the first](01_first.md) and [the second](../01_a/02_second.md#x).\n\n{{#include output/03_third_run.txt}}\n",
    )
    .write("book/src/01_a/output/03_third_run.txt", "out\n");
    at.write(".gitignore", "progress.db*\n");
    git(at, &["add", "--all"]);
    git(at, &["commit", "--quiet", "--message", "A course."]);
}

#[test]
fn everything_moves_and_progress_follows() {
    let at = workshop!("author-renumber");
    course(&at);
    // A learner has solved the third.
    at.wr(["open", "01_a/03_third"]).run().status(0);
    at.write(
        "exercises/01_a/03_third/third.py",
        at.read("solutions/01_a/03_third/third.py"),
    );
    at.wr(["check", "01_a/03_third"]).run().status(0);
    git(&at, &["checkout", "--quiet", "."]);

    let args = ["author", "renumber", "01_a/03_third", "--to", "1"];
    let dry = at.wr([&args[..], &["--dry-run"]].concat()).run();
    dry.status(0)
        .says("01_a/03_third → 01_a/01_third")
        .says("would be renamed: exercises/01_a/03_third → exercises/01_a/01_third");
    assert!(at.path("exercises/01_a/03_third").exists());

    at.wr(args).run().status(0);
    for place in [
        "exercises/01_a/01_third/third.py",
        "exercises/01_a/02_first/first.py",
        "exercises/01_a/03_second/second.py",
        "solutions/01_a/01_third/WHY.md",
        "book/src/01_a/02_first.md",
        "book/src/01_a/output/01_third_run.txt",
    ] {
        assert!(at.path(place).is_file(), "{place}");
    }
    assert_eq!(
        at.read("book/src/01_a/01_third.md"),
        "# Third\n\nAfter [the first](02_first.md) and [the second](../01_a/03_second.md#x).\n\n{{#include output/01_third_run.txt}}\n"
    );
    assert!(
        at.read("book/src/SUMMARY.md")
            .contains("[Third](01_a/01_third.md)")
    );
    assert!(
        at.read("exercises/01_a/01_third/.wr.toml")
            .starts_with("formerly = [\"01_a/03_third\"]\n")
    );
    assert_eq!(
        defects(&check(&at, "names,manifests,protected", &[])),
        [""; 0]
    );
    let list = at.wr(["list", "--format", "json"]).run();
    let states: Vec<(String, String)> = list.json()["exercises"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["exercise"].to_string(), one["state"].to_string()))
        .collect();
    assert_eq!(
        states[0],
        ("\"01_third\"".to_owned(), "\"solved\"".to_owned())
    );
}

#[test]
fn uncommitted_changes_are_not_put_at_risk() {
    let at = workshop!("author-renumber-dirty");
    course(&at);
    at.write("exercises/01_a/01_first/first.py", "# Not committed.\n");
    let args = ["author", "renumber", "01_a/01_first", "--to", "5"];
    at.wr(args).run().fails(
        "there are uncommitted changes: M exercises/01_a/01_first/first.py",
        "--force",
    );
    assert!(at.path("exercises/01_a/01_first").exists());
    at.wr([&args[..], &["--force"]].concat()).run().status(0);
    assert_eq!(
        at.read("exercises/01_a/05_first/first.py"),
        "# Not committed.\n"
    );
}

#[test]
fn room_is_made_and_gaps_are_closed() {
    let at = workshop!("author-renumber-gaps");
    course(&at);
    at.wr(["author", "renumber", "01_a", "--insert-at", "2"])
        .run()
        .status(0)
        .says("01_a/02_second → 01_a/03_second")
        .says("01_a/03_third → 01_a/04_third");
    at.wr(["author", "renumber", "1", "--close", "--force"])
        .run()
        .status(0)
        .says("01_a/03_second → 01_a/02_second");
    // Back where it was, so it has no former name.
    let config = at.read("exercises/01_a/02_second/.wr.toml");
    assert!(
        config.starts_with("formerly = [\"01_a/03_second\"]\n"),
        "{config}"
    );
    at.wr(["author", "renumber", "1", "--close"])
        .run()
        .fails("there is nothing to move", "wr list");
}
