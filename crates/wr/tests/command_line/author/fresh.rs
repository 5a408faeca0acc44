//! `wr author new`: everything it writes works from the start, except what is marked as still to be written.

use testkit::{Workshop, workshop};

use super::course::{TOTAL, check, course, defects, fill, outcome_of};

const QUICK: &str = "names,files,manifests,protected,giveaway,starter,wrong,solution";

fn check_new(at: &Workshop, kind: &str, proofs: &str) {
    at.folder(".git").write(".wr.toml", "");
    at.write("book/src/SUMMARY.md", "# Summary\n");
    at.wr(["author", "new", "01_shop", "total", "--kind", kind])
        .run()
        .status(0)
        .says("Created 01_shop/01_total, package `total`.");
    let found = defects(&check(at, "files", &[]));
    let placeholders = found
        .iter()
        .filter(|one| one.ends_with("this still has to be written"));
    assert_eq!(placeholders.count(), found.len());
    assert!(found.len() > 3, "{found:?}");
    fill(at, TOTAL);
    let outcome = check(at, proofs, &[]);
    assert_eq!(defects(&outcome), [""; 0], "{}", outcome.account());
}

#[test]
fn an_extension() {
    let at = workshop!("author-new-extension");
    check_new(&at, "extension", &format!("{QUICK},mutants"));
}

#[test]
fn rust() {
    let at = workshop!("author-new-rust");
    check_new(&at, "rust", &format!("{QUICK},clean,mutants"));
}

#[test]
fn python() {
    let at = workshop!("author-new-python");
    check_new(&at, "python", &format!("{QUICK},clean,mutants"));
    let outcome = check(&at, "mutants,clean", &[]);
    assert_eq!(outcome_of(&outcome, TOTAL, "mutants"), "not_applicable");
}

#[test]
fn names_are_unique_and_versions_match_the_siblings() {
    let at = workshop!("author-new-siblings");
    course(&at, "rust");
    at.replace(
        "exercises/01_shop/01_total/Cargo.toml",
        "edition = \"2024\"",
        "edition = \"2021\"",
    );
    at.wr(["author", "new", "02_more", "total", "--kind", "rust"])
        .run()
        .status(0)
        .says("Created 02_more/01_total, package `more_total`.");
    let manifest = at.read("exercises/02_more/01_total/Cargo.toml");
    assert!(manifest.contains("name = \"more_total\""), "{manifest}");
    assert!(manifest.contains("edition = \"2021\""), "{manifest}");
    assert_eq!(
        at.read("book/src/SUMMARY.md"),
        "# Summary\n- [Shop]()\n  - [Total](01_shop/01_total.md)\n- [More]()\n  - [Total](02_more/01_total.md)\n"
    );
}

#[test]
fn existing_files_are_never_overwritten() {
    let at = workshop!("author-new-twice");
    course(&at, "rust");
    let before = at.read("exercises/01_shop/01_total/src/lib.rs");
    let again = [
        "author", "new", "01_shop", "total", "--kind", "python", "--at", "1", "--force",
    ];
    // Number 1 is freed first, so that both exist.
    at.wr(again)
        .run()
        .status(0)
        .says("01_shop/01_total → 01_shop/02_total");
    assert_eq!(at.read("exercises/01_shop/02_total/src/lib.rs"), before);
    at.wr(["author", "new", "01_shop", "Not-a-name", "--kind", "rust"])
        .run()
        .fails("`Not-a-name` can't be a module name", "lowercase letters");
    at.wr(["author", "new", "shop", "x", "--kind", "rust"])
        .run()
        .fails("there is no chapter `shop`", "such as 04_data");
}

#[test]
fn a_new_course_starts_with_its_first_exercise() {
    let at = workshop!("author-new-course");
    // The tests' own directory is inside a course, and nothing is started there automatically.
    let new = ["author", "new", "01_a", "newcoursefirst", "--kind", "rust"];
    at.folder(".git");
    at.wr(new).run().fails(".wr.toml is missing", "");
    let elsewhere = tempfile::tempdir().unwrap();
    let read = |place: &str| std::fs::read_to_string(elsewhere.path().join(place)).unwrap();
    at.wr(new).at(elsewhere.path()).run().fails(
        "is not in a git repository, and a course must be in one",
        "git init",
    );
    std::fs::create_dir(elsewhere.path().join(".git")).unwrap();
    at.wr(new).at(elsewhere.path()).run().status(0);
    assert!(read(".wr.toml").starts_with("# This file marks the root of the course"));
    assert!(read("exercises/Cargo.toml").contains("[workspace]"));
    // There is no book, so there is no page.
    assert!(!elsewhere.path().join("book").exists());
    at.wr(["list"])
        .at(elsewhere.path())
        .run()
        .status(0)
        .says("01_newcoursefirst");
}
