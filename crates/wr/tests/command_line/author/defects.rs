//! One defect of each kind is found by its own proof, and by no other.

use testkit::{Workshop, workshop};

use super::course::{EXERCISE, SOLUTION, TOTAL, check, course, defects, outcome_of};

const OF_FILES: &str = "names,files,manifests,protected,giveaway";

/// A Rust course whose only defects, according to the file proofs, are these.
fn check_files(at: &Workshop, expect: &[&str]) {
    assert_eq!(defects(&check(at, OF_FILES, &[])), expect);
}

#[test]
fn nothing_is_wrong() {
    let at = workshop!("author-sound");
    course(&at, "rust");
    check_files(&at, &[]);
    let outcome = check(&at, "starter,wrong,solution,clean", &[]);
    assert_eq!(defects(&outcome), [""; 0]);
    for proof in ["starter", "wrong", "solution", "clean"] {
        assert_eq!(outcome_of(&outcome, TOTAL, proof), "holds");
    }
    let outcome = at
        .wr(["author", "check", "--only", "names,files,starter"])
        .run();
    outcome
        .status(0)
        .says("01_shop\n  01_total  ✓    ✓    ✓\n")
        .says("1 exercise, 3 proofs: everything holds\n");
}

#[test]
fn names() {
    let at = workshop!("author-names");
    course(&at, "rust");
    at.write("exercises/01_shop/01_twin/test_it.py", "")
        .write("exercises/02_more/1_x/test_it.py", "")
        .write("solutions/01_shop/09_gone/WHY.md", "x")
        .write("book/src/01_shop/08_gone.md", "x");
    let found = defects(&check(&at, "names", &[]));
    assert_eq!(
        found,
        [
            "names exercises/02_more/1_x: the course skips this folder: the folder's name is not two or more digits, an underscore and a name",
            "names solutions/01_shop/09_gone: there is no such exercise",
            "names book/src/01_shop/08_gone.md: the page belongs to no exercise",
            "names exercises/01_shop/01_total: 01_twin has the same number",
            "names exercises/01_shop/01_twin: 01_total has the same number",
        ]
    );
}

#[test]
fn files() {
    let at = workshop!("author-files");
    course(&at, "rust");
    at.write("book/src/SUMMARY.md", "# Summary\n")
        .write(format!("{SOLUTION}/WHY.md"), "\n")
        .write(format!("{SOLUTION}/wrong/first-only/.wr.toml"), "")
        .write("book/src/01_shop/01_total.md", "TODO(author): all of it\n");
    check_files(
        &at,
        &[
            "files book/src/SUMMARY.md: the page of the exercise 01_shop/01_total is not in the summary",
            "files solutions/01_shop/01_total/WHY.md: WHY.md doesn't explain the solution",
            "files solutions/01_shop/01_total/wrong/first-only/.wr.toml: no [expect] says how this is meant to fail",
            "files book/src/01_shop/01_total.md: this still has to be written",
        ],
    );
}

#[test]
fn manifests() {
    let at = workshop!("author-manifests");
    course(&at, "extension");
    let manifest = format!("{EXERCISE}/pyproject.toml");
    at.replace(&manifest, "version = \"0.1.0\"", "version = \"0.2.0\"")
        .replace(
            format!("{EXERCISE}/Cargo.toml"),
            "edition = \"2024\"",
            "edition.workspace = true",
        )
        .replace(
            format!("{EXERCISE}/sample/pyproject.toml"),
            "dependencies = [\"total\"]",
            "dependencies = []",
        );
    check_files(
        &at,
        &[
            "manifests exercises/01_shop/01_total/pyproject.toml: the project has version 0.2.0, but the crate has version 0.1.0",
            "manifests exercises/01_shop/01_total/sample/pyproject.toml: it uses `total` but doesn't depend on it",
            "manifests exercises/01_shop/01_total/Cargo.toml: `package.edition` is inherited from a workspace, so the exercise doesn't build when copied out of the repository",
        ],
    );
}

#[test]
fn protected() {
    let at = workshop!("author-protected");
    course(&at, "rust");
    at.replace(format!("{EXERCISE}/tests/total.rs"), "123", "124");
    check_files(
        &at,
        &[
            "protected exercises/01_shop/01_total/.wr.toml: the digest of tests/total.rs doesn't match the file",
        ],
    );
}

#[test]
fn giveaway() {
    let at = workshop!("author-giveaway");
    course(&at, "rust");
    at.replace(
        format!("{EXERCISE}/src/lib.rs"),
        "    todo!",
        "    // prices.iter().sum()\n    todo!",
    );
    check_files(
        &at,
        &[
            "giveaway exercises/01_shop/01_total/src/lib.rs: a comment contains the answer: `prices . iter ( ) . sum ( )`",
        ],
    );
}

#[test]
fn starter() {
    let at = workshop!("author-starter");
    course(&at, "rust");
    let config = format!("{EXERCISE}/.wr.toml");
    at.replace(&config, "\"unfinished\"", "\"tests_fail\"");
    let outcome = check(&at, "starter", &[]);
    assert_eq!(
        defects(&outcome),
        ["starter exercises/01_shop/01_total/.wr.toml: expected `tests_fail`, got `unfinished`"]
    );
    // The correct text is shown, ready to be copied.
    outcome.says("[expect]\\nstatus = \\\"unfinished\\\"\\nfailing = [\\n");
    at.replace(&config, "\"tests_fail\"", "\"unfinished\"");
    at.replace(&config, "    \"total::prices_are_added\",\n", "");
    assert_eq!(
        defects(&check(&at, "starter", &[])),
        [
            "starter exercises/01_shop/01_total/.wr.toml: fail but should not: total::prices_are_added"
        ]
    );
    at.write(
        format!("{EXERCISE}/src/lib.rs"),
        at.read(format!("{SOLUTION}/src/lib.rs")),
    );
    assert_eq!(
        defects(&check(&at, "starter", &[])),
        ["starter exercises/01_shop/01_total/.wr.toml: the starter is already solved"]
    );
}

#[test]
fn wrong() {
    let at = workshop!("author-wrong");
    course(&at, "rust");
    at.write(
        format!("{SOLUTION}/wrong/first-only/src/lib.rs"),
        at.read(format!("{SOLUTION}/src/lib.rs")),
    )
    .replace(
        format!("{SOLUTION}/wrong/largest-only/.wr.toml"),
        "prices_are_added",
        "nothing_costs_nothing",
    );
    let outcome = check(&at, "wrong", &[]);
    assert_eq!(
        defects(&outcome),
        [
            "wrong solutions/01_shop/01_total/wrong/first-only/.wr.toml: the wrong answer passes all tests",
            "wrong solutions/01_shop/01_total/wrong/largest-only/.wr.toml: fail but should not: total::prices_are_added",
        ]
    );
    outcome.says("should fail but do not: total::nothing_costs_nothing");
}

#[test]
fn solution() {
    let at = workshop!("author-solution");
    course(&at, "rust");
    at.replace(format!("{SOLUTION}/src/lib.rs"), ".sum()", ".product()");
    assert_eq!(
        defects(&check(&at, "solution", &[])),
        ["solution solutions/01_shop/01_total: the solution is `tests_fail`"]
    );
}

#[test]
fn clean() {
    let at = workshop!("author-clean");
    course(&at, "rust");
    at.replace(
        format!("{SOLUTION}/src/lib.rs"),
        "    prices.iter().sum()",
        "    let unused = 1;\n    return prices.iter().sum();\n\n",
    );
    let found = defects(&check(&at, "clean", &[]));
    assert_eq!(
        found,
        [
            "clean solutions/01_shop/01_total/src/lib.rs: unused variable: `unused` (unused_variables)",
            "clean solutions/01_shop/01_total/src/lib.rs: unneeded `return` statement (clippy::needless_return)",
            "clean solutions/01_shop/01_total: the solution is not formatted",
        ]
    );
}

#[test]
fn load() {
    let at = workshop!("author-load");
    course(&at, "python");
    let runs = at.path("runs");
    // The third time is one too many.
    let tests = format!(
        "import pathlib\n\nfrom total import total\n\n\ndef test_nothing_costs_nothing():\n    pass\n\n\ndef test_prices_are_added():\n    runs = pathlib.Path({:?})\n    before = runs.read_text() if runs.exists() else ''\n    runs.write_text(before + 'x')\n    assert total([1, 2]) == 3 and len(before) < 2\n",
        runs.display().to_string()
    );
    at.write(format!("{EXERCISE}/tests/test_total.py"), tests);
    let outcome = check(&at, "load", &["--times", "4"]);
    assert_eq!(
        defects(&outcome),
        ["load solutions/01_shop/01_total: the solution failed in 2 of 4 runs under load"]
    );
    // None of them was answered from memory.
    assert_eq!(at.read("runs"), "xxxx");
}
