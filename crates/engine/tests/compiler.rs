//! Judges the recorded messages of rustc: on each version of PyO3 a mistake gets the finding of its rule, and no other.

use std::collections::BTreeSet;

use anatomy::project::{Dependencies, Texts};
use diagnostic::{Diagnostic, Evidence as Basis};
use testkit::corpus::{Case, Recording, cases};
use wr_engine::{CourseRequirements, Evidence, Project, compiler_errors, judge};

/// Where a compile error that no rule explains is reported.
const UNEXPLAINED: &str = "compile-error";

/// The findings for a case, as recorded with a version of PyO3.
fn findings(case: &Case, recording: &Recording, pyo3: &str, rustc: &str) -> Vec<Diagnostic> {
    let manifest = case.wrong.manifest.text(&case.name, pyo3);
    let lock = format!("[[package]]\nname = \"pyo3\"\nversion = \"{pyo3}\"\n");
    let manifests = Texts::from([
        ("Cargo.toml".to_owned(), manifest),
        ("Cargo.lock".to_owned(), lock),
    ]);
    let sources = Texts::from([("src/lib.rs".to_owned(), case.wrong.text.clone())]);
    let messages: Vec<String> = recording.messages.iter().map(ToString::to_string).collect();
    let evidence = Evidence::NotCompiled {
        errors: compiler_errors(messages.iter().map(String::as_str)),
        sources: sources.clone(),
        rustc: Some(rustc.to_owned()),
    };
    let project = Project {
        package: None,
        dependencies: Dependencies::read(&manifests),
        sources,
    };
    let requirements = CourseRequirements {
        project: Some(&project),
        ..CourseRequirements::default()
    };
    judge(&case.name, evidence, requirements, Vec::new()).diagnostics
}

/// What is wrong with the findings of a case, if anything is.
fn mistake(case: &Case, found: &[Diagnostic]) -> Option<String> {
    let [finding] = found else {
        let lines: Vec<String> = found
            .iter()
            .map(|one| format!("\n  {} {} {:?}", one.code, one.message, one.hint))
            .collect();
        return Some(format!("{} findings{}", found.len(), lines.concat()));
    };
    let expected = &case.expected;
    let rule = wr_engine::rules().find(|rule| *rule.code() == finding.code);
    let rule = rule.map_or("no rule", |rule| rule.name());
    let place = finding.location().map(|place| {
        let number =
            |number: Option<u32>| number.map_or("-".to_owned(), |number| number.to_string());
        format!("{}:{}", number(place.line), number(place.column))
    });
    let help = finding.hint.as_deref().unwrap_or_default();
    let is_helped = if expected.help.is_empty() {
        help.is_empty()
    } else {
        help.contains(&expected.help)
    };
    let is_right = rule == expected.rule.as_deref().unwrap_or(UNEXPLAINED)
        && place
            .as_ref()
            .is_some_and(|place| expected.place.contains(place))
        && is_helped;
    (!is_right).then(|| format!("{rule} at {place:?}: {}\nhelp: {help}", finding.message))
}

#[test]
fn each_mistake_gets_the_finding_of_its_rule_on_every_version() {
    let mut wrong = String::new();
    for case in cases() {
        let mut recorded = BTreeSet::new();
        for recording in &case.recorded {
            for pyo3 in &recording.pyo3 {
                recorded.insert(pyo3.split('.').nth(1).unwrap().parse::<u32>().unwrap());
                let found = findings(&case, recording, pyo3, &recording.rustc);
                if let Some(mistake) = mistake(&case, &found) {
                    let wanted = &case.expected;
                    wrong += &format!(
                        "{} with PyO3 {pyo3}: {mistake}\nwanted {wanted:?}\n\n",
                        case.name
                    );
                }
            }
        }
        let [first, last] = case.expected.pyo3;
        let missing: Vec<u32> = (first..=last)
            .filter(|minor| !recorded.contains(minor))
            .collect();
        if !missing.is_empty() {
            wrong += &format!(
                "{}: run `cargo xtask record --only {0}` for PyO3 0.{missing:?}\n\n",
                case.name
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_has_a_case_and_every_case_a_rule() {
    let cases = cases();
    let named: BTreeSet<&str> = cases
        .iter()
        .filter_map(|case| case.expected.rule.as_deref())
        .collect();
    let rules: BTreeSet<&str> = wr_engine::rules()
        .filter(|rule| rule.code().as_str().starts_with("WR07"))
        .map(diagnostic::Rule::name)
        .collect();
    assert_eq!(named, rules);
}

#[test]
fn every_rule_has_a_case_for_each_version_on_its_page() {
    let cases = cases();
    for rule in wr_engine::rules().filter(|rule| rule.code().as_str().starts_with("WR07")) {
        let page = rule.page().markdown;
        let (_, range) = page.split_once("Holds for: PyO3 0.").unwrap();
        let (range, _) = range.split_once(',').unwrap();
        let (first, last) = range.split_once(" to 0.").unwrap();
        for minor in first.parse::<u32>().unwrap()..=last.parse().unwrap() {
            let is_about = |case: &Case| {
                case.expected.rule.as_deref() == Some(rule.name()) && case.covers(minor)
            };
            assert!(
                cases.iter().any(is_about),
                "{} with PyO3 0.{minor}",
                rule.name()
            );
        }
    }
}

#[test]
fn no_rule_speaks_about_versions_that_it_was_not_recorded_with() {
    let is_of_a_rule = |found: &[Diagnostic]| {
        found
            .iter()
            .any(|one| one.code.as_str().starts_with("WR07"))
    };
    for case in cases() {
        let recording = case.recorded.last().unwrap();
        for (pyo3, rustc) in [
            ("0.22.6", "1.95.0"),
            ("0.31.0", "1.95.0"),
            ("0.30.1", "1.94.0"),
        ] {
            let found = findings(&case, recording, pyo3, rustc);
            assert!(
                !is_of_a_rule(&found),
                "{} with {pyo3} and {rustc}: {found:#?}",
                case.name
            );
        }
    }
}

#[test]
fn a_finding_carries_the_versions_that_it_holds_for() {
    let all = cases();
    let case = all
        .iter()
        .find(|case| case.name == "self-returned")
        .unwrap();
    let recording = case.recorded.last().unwrap();
    let found = findings(case, recording, "0.30.1", "1.95.0");
    let versions = Basis::Versions {
        rustc: Some("1.95.0".to_owned()),
        pyo3: Some("0.30.1".to_owned()),
    };
    assert!(found[0].evidence.contains(&versions), "{found:#?}");
}
