//! Mutants that the tests let pass, and those that an author accepts.

use testkit::workshop;

use super::course::{EXERCISE, SOLUTION, TOTAL, check, course, defects, outcome_of};

const WEAK: &str = "//! Too weak.\n\nuse total::total;\n\n#[test]\nfn nothing_costs_nothing() {\n    assert_eq!(total(&[]), 0);\n}\n\n#[test]\nfn prices_are_added() {}\n";

#[test]
fn survivors_are_listed_and_may_be_accepted() {
    let at = workshop!("author-mutants");
    course(&at, "rust");
    let outcome = check(&at, "mutants", &[]);
    assert_eq!(defects(&outcome), [""; 0]);
    outcome.says("\"detail\": \"2 killed\"");

    at.write(format!("{EXERCISE}/tests/total.rs"), WEAK);
    let outcome = check(&at, "mutants", &[]);
    assert_eq!(
        defects(&outcome),
        ["mutants solutions/01_shop/01_total/src/lib.rs: no test notices that total returns 0"]
    );

    let accepted = format!("{SOLUTION}/mutants.toml");
    let survivor = "[[survivor]]\nmutant = \"total returns 0\"\nreason = ";
    at.write(&accepted, format!("{survivor}\"For this test.\"\n"));
    let outcome = check(&at, "mutants", &[]);
    assert_eq!(defects(&outcome), [""; 0]);
    outcome.says("\"detail\": \"1 killed, 1 accepted\"");

    at.write(&accepted, format!("{survivor}\" \"\n"));
    assert_eq!(
        defects(&check(&at, "mutants", &[])),
        [
            "mutants solutions/01_shop/01_total/mutants.toml: the reason for \"total returns 0\" is empty"
        ]
    );
}

#[test]
fn an_accepted_mutant_that_does_not_survive_is_a_defect() {
    let at = workshop!("author-mutants-stale");
    course(&at, "rust");
    at.write(
        format!("{SOLUTION}/mutants.toml"),
        "[[survivor]]\nmutant = \"total returns 0\"\nreason = \"It was so once.\"\n",
    );
    assert_eq!(
        defects(&check(&at, "mutants", &[])),
        [
            "mutants solutions/01_shop/01_total/mutants.toml: there is no surviving mutant named \"total returns 0\""
        ]
    );
    // With a limit, nothing is known about the rest, and their number is reported.
    let outcome = check(&at, "mutants", &["--mutants", "1"]);
    assert_eq!(defects(&outcome), [""; 0]);
    outcome.says("1 killed, 1 left out");
}

#[test]
fn a_mutant_that_does_not_compile_is_not_killed() {
    let at = workshop!("author-mutants-refused");
    course(&at, "rust");
    let source = "//! What is due.\n\n/// The sum.\npub fn total(prices: &[u64]) -> u64 {\n    sum(prices)\n}\n\nfn sum(prices: &[u64]) -> u64 {\n    prices.iter().sum()\n}\n";
    at.write(format!("{SOLUTION}/src/lib.rs"), source);
    let outcome = check(&at, "mutants", &[]);
    assert_eq!(defects(&outcome), [""; 0]);
    assert_eq!(outcome_of(&outcome, TOTAL, "mutants"), "holds");
    // `sum` can't be left out, since `total` calls it.
    outcome.says("4 killed, 1 not viable");
}
