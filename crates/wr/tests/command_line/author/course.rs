//! A small, complete course without defects, which tests then damage in one place.

use std::time::Duration;

use serde_json::Value;
use testkit::{Outcome, Workshop};

/// The existing exercise.
pub(super) const TOTAL: &str = "01_shop/01_total";

/// Its folder, and its solution's.
pub(super) const EXERCISE: &str = "exercises/01_shop/01_total";
pub(super) const SOLUTION: &str = "solutions/01_shop/01_total";

/// A course with a book and one exercise of this kind, as `wr author new` writes it, with every placeholder filled in.
pub(super) fn course(at: &Workshop, kind: &str) {
    at.folder(".git").write(".wr.toml", "");
    at.write("book/src/SUMMARY.md", "# Summary\n");
    at.wr(["author", "new", "01_shop", "total", "--kind", kind])
        .run()
        .status(0);
    fill(at, TOTAL);
}

/// Replaces the placeholders.
pub(super) fn fill(at: &Workshop, id: &str) {
    for file in [
        format!("exercises/{id}/.wr.toml"),
        format!("solutions/{id}/WHY.md"),
        format!("book/src/{id}.md"),
    ] {
        let text = at.read(&file).replace("TODO(author)", "Written");
        at.write(file, text);
    }
}

/// `wr author check` of one proof, or of several separated by commas.
pub(super) fn check(at: &Workshop, proofs: &str, more: &[&str]) -> Outcome {
    let args = [
        &["author", "check", "--only", proofs, "--format", "json"],
        more,
    ]
    .concat();
    // The first one that needs PyO3 compiles it, alongside other tests.
    at.wr(args).limit(Duration::from_mins(10)).run()
}

/// The defects that a check found, as `proof file: cause`, with the first line of the cause.
pub(super) fn defects(outcome: &Outcome) -> Vec<String> {
    let document = outcome.json();
    let mut all: Vec<Value> = document["defects"].as_array().unwrap().clone();
    for row in document["exercises"].as_array().unwrap() {
        for proof in row["proofs"].as_object().unwrap().values() {
            all.extend(proof["defects"].as_array().into_iter().flatten().cloned());
        }
    }
    assert_eq!(document["holds"], all.is_empty());
    outcome.status(i32::from(!all.is_empty()));
    all.iter()
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap().to_owned();
            assert!(!text("next").is_empty(), "{one}");
            format!(
                "{} {}: {}",
                text("proof"),
                one["at"]["file"].as_str().unwrap(),
                text("cause").lines().next().unwrap_or_default()
            )
        })
        .collect()
}

/// The outcome of a proof of an exercise, such as `holds`.
pub(super) fn outcome_of(outcome: &Outcome, exercise: &str, proof: &str) -> String {
    let document = outcome.json();
    let rows = document["exercises"].as_array().unwrap().clone();
    let row = rows
        .iter()
        .find(|row| row["exercise"] == exercise)
        .unwrap_or_else(|| panic!("{exercise} is not in {}", outcome.account()));
    row["proofs"][proof]["outcome"]
        .as_str()
        .unwrap_or_else(|| panic!("{proof} is not in {}", outcome.account()))
        .to_owned()
}
