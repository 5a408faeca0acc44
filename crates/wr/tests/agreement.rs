//! Speed may never change a verdict: the ordinary, slow ways to build and test an extension module agree with `wr` on
//! the exercises.
//!
//! `cargo xtask course` proves that `wr` rejects every wrong answer as its author expects, and that the ordinary tools accept a copy of
//! every solution. The long test in this file proves that they reject every wrong answer, too.
//!
//! The first run installs the ordinary tools, maturin and uv, from the package index, so it needs the network.
#![cfg(unix)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use engine::{Outcome as TestOutcome, Status, Verdict};
use tempfile::TempDir;

use support::course::{self, Case, Checked, Variant};
use support::ordinary::{Outcome, Tested, Tools};
use support::python;

#[test]
fn uv_agrees_on_the_setup_exercise() {
    let python = python::any();
    let tools = Tools::install(&python);
    let cases: Vec<Case> = [Variant::Starter, Variant::Solution]
        .map(|variant| Case {
            exercise: "01_intro/01_setup".to_owned(),
            variant,
        })
        .into();
    let expected = [Status::Unfinished, Status::Solved];
    let rows: Vec<Row> = cases
        .into_iter()
        .zip(expected)
        .map(|(case, expected)| {
            let outside = copied_out(&case);
            let started = Instant::now();
            let ordinary = tools.uv(&outside.path().join("exercise"));
            let slow = started.elapsed();
            let checked = course::check(&case, &python);
            assert_eq!(checked.verdict.status, expected, "{}", checked.ended);
            Row {
                case,
                checked,
                ordinary,
                slow,
            }
        })
        .collect();
    report("uv sync, uv run pytest", &rows);
}

#[test]
fn maturin_and_pytest_agree_on_the_setup_exercise_in_every_state() {
    let setup = |case: &Case| case.exercise == "01_intro/01_setup";
    let cases: Vec<Case> = course::extension_cases()
        .into_iter()
        .filter(setup)
        .collect();
    assert!(
        cases.len() > 3,
        "the course has no exercise 01_intro/01_setup"
    );
    compare(cases);
}

/// The exercises in which the ways differ most: the longest one of each chapter, and the first whose tests need a certain set of
/// packages in addition to pytest. `cargo xtask course` tries copies of all exercises.
#[test]
fn maturin_and_pytest_agree_on_starters_and_solutions() {
    let cases: Vec<Case> = course::extension_cases()
        .into_iter()
        .filter(|case| !matches!(case.variant, Variant::Wrong(_)))
        .collect();
    let usual = cases
        .iter()
        .find(|case| case.exercise == "01_intro/01_setup");
    let usual = needs(usual.expect("the course has its first extension"));
    let mut first = BTreeMap::from([(usual, String::new())]);
    for case in &cases {
        first
            .entry(needs(case))
            .or_insert_with(|| case.exercise.clone());
    }
    let is_compared = |case: &Case| {
        case.exercise.ends_with("_outro") || first.get(&needs(case)) == Some(&case.exercise)
    };
    compare(cases.into_iter().filter(is_compared).collect());
}

/// The whole table, for anyone who changes the engine or the course: `cargo test -p wr --test agreement -- --ignored`.
#[test]
#[ignore = "takes a quarter of an hour; every wrong answer is built and tested by the ordinary tools too"]
fn maturin_and_pytest_agree_on_every_wrong_answer() {
    let is_wrong = |case: &Case| matches!(case.variant, Variant::Wrong(_));
    compare(
        course::extension_cases()
            .into_iter()
            .filter(is_wrong)
            .collect(),
    );
}

/// Has `wr` and the ordinary tools judge the same cases in parallel, in separate directories.
fn compare(cases: Vec<Case>) {
    let python = python::any();
    let tools = Tools::install(&python);
    let (checked, ordinary) = thread::scope(|scope| {
        let fast = scope.spawn(|| {
            let check = |case| course::check(case, &python);
            cases.iter().map(check).collect::<Vec<_>>()
        });
        let slow = the_maturin_way(&tools, &cases);
        let fast = fast
            .join()
            .unwrap_or_else(|cause| std::panic::resume_unwind(cause));
        (fast, slow)
    });
    let rows: Vec<Row> = cases
        .into_iter()
        .zip(checked)
        .zip(ordinary)
        .map(|((case, checked), (ordinary, slow))| Row {
            case,
            checked,
            ordinary,
            slow,
        })
        .collect();
    report("maturin develop, pytest", &rows);
}

/// Every case in a separate copy outside the repository; cases whose tests need the same packages share a fresh virtual
/// environment, in which each extension is uninstalled before the next is installed.
fn the_maturin_way(tools: &Tools, cases: &[Case]) -> Vec<(Outcome, Duration)> {
    let mut outcomes: Vec<Option<(Outcome, Duration)>> = cases.iter().map(|_| None).collect();
    let mut by_needs: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, case) in cases.iter().enumerate() {
        by_needs.entry(needs(case)).or_default().push(index);
    }
    for indices in by_needs.into_values() {
        let mut environment = None;
        for index in indices {
            let outside = copied_out(&cases[index]);
            let dir = outside.path().join("exercise");
            let environment = environment.get_or_insert_with(|| tools.environment(&dir));
            let started = Instant::now();
            let outcome = environment.maturin(&dir);
            outcomes[index] = Some((outcome, started.elapsed()));
            environment.uninstall(&project_name(&dir));
        }
    }
    outcomes.into_iter().flatten().collect()
}

/// What an exercise's tests need, according to its manifest.
fn needs(case: &Case) -> String {
    let file = support::repository()
        .join("exercises")
        .join(&case.exercise)
        .join("pyproject.toml");
    let manifest: toml::Table = fs::read_to_string(&file)
        .unwrap_or_default()
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    format!("{:?}", manifest.get("dependency-groups"))
}

fn copied_out(case: &Case) -> TempDir {
    let outside = tempfile::tempdir().expect("a temporary directory can be made");
    case.write(&outside.path().join("exercise"));
    outside
}

fn project_name(dir: &std::path::Path) -> String {
    let text = fs::read_to_string(dir.join("pyproject.toml")).unwrap_or_default();
    let manifest: toml::Table = text.parse().expect("pyproject.toml is TOML");
    manifest["project"]["name"]
        .as_str()
        .expect("a project has a name")
        .to_owned()
}

/// A case, the verdict of `wr`, and the result of the ordinary tools.
struct Row {
    case: Case,
    checked: Checked,
    ordinary: Outcome,
    slow: Duration,
}

/// Prints the table, and fails the test if a row disagrees with itself or with the authors' expectation.
fn report(way: &str, rows: &[Row]) {
    let mut table = format!("\n{:>8} {:>8}  wr next to {way}\n", "wr", "ordinary");
    let mut wrong = String::new();
    for row in rows {
        let _ = writeln!(
            table,
            "{:>7.1}s {:>7.1}s  {}: {}",
            row.checked.ended.elapsed.as_secs_f64(),
            row.slow.as_secs_f64(),
            row.case.name(),
            row.checked.verdict.status.name()
        );
        let said = [
            as_expected(&row.case, &row.checked),
            agree(&row.checked.verdict, &row.ordinary),
        ];
        for reason in said.into_iter().filter_map(Result::err) {
            let _ = writeln!(wrong, "\n{}: {reason}", row.case.name());
        }
    }
    support::tell(&table);
    assert!(wrong.is_empty(), "{wrong}");
}

/// Whether `wr` says what the authors expect.
fn as_expected(case: &Case, checked: &Checked) -> Result<(), String> {
    let verdict = &checked.verdict;
    let found = verdict.status.name();
    if case.variant == Variant::Solution {
        return if verdict.status == Status::Solved {
            Ok(())
        } else {
            Err(format!("the solution is {found}\n{}", checked.ended))
        };
    }
    let Some(expected) = &checked.expected else {
        return Err("its .wr.toml has no [expect], which says how it is to fail".to_owned());
    };
    if verdict.status == Status::Solved {
        return Err("it is solved".to_owned());
    }
    if let Some(status) = &expected.status
        && status != found
    {
        return Err(format!(
            "expected {status}, but wr says {found}\n{}",
            checked.ended
        ));
    }
    let codes = support::wr::codes(verdict);
    if let Some(code) = &expected.code
        && !codes.contains(&code.to_string())
    {
        return Err(format!("expected {code}, but wr finds {codes:?}"));
    }
    let python = verdict.python.as_deref().and_then(|one| one.parse().ok());
    let failing: BTreeSet<String> = expected
        .failing_in(python.as_ref())
        .unwrap_or_default()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let failed = failed(verdict);
    // Which tests had failed when time ran out depends on the machine's speed; the others must match.
    let fits = if verdict.status == Status::TimedOut {
        failed.is_subset(&failing)
    } else {
        failing == failed
    };
    if !failing.is_empty() && !fits {
        return Err(format!(
            "{failing:?} are expected to fail, and wr lets {failed:?} fail"
        ));
    }
    Ok(())
}

fn failed(verdict: &Verdict) -> BTreeSet<String> {
    verdict
        .tests
        .iter()
        .filter(|test| test.outcome == TestOutcome::Failed)
        .map(|test| test.id.clone())
        .collect()
}

/// Whether the ordinary tools agree with the verdict, as far as they can tell.
fn agree(verdict: &Verdict, ordinary: &Outcome) -> Result<(), String> {
    let differs = |why: &str| {
        Err(format!(
            "wr says {}, but {why}\n{}",
            verdict.status.name(),
            ordinary.ended()
        ))
    };
    let tested = match (verdict.status, ordinary) {
        (Status::DoesNotCompile, Outcome::NotBuilt(ended)) => {
            return if ended.said().contains("could not compile") {
                Ok(())
            } else {
                differs("the ordinary way does not fail for the compiler's sake")
            };
        }
        (_, Outcome::NotBuilt(_)) => return differs("the ordinary way does not build it"),
        (_, Outcome::Ran(tested)) => tested,
    };
    let said = tested.ended.said();
    let has_failed = tested.ended.code().is_some_and(|code| code != 0);
    let fits = match verdict.status {
        Status::Solved => tested.ended.succeeded(),
        Status::Unfinished => has_failed && said.contains("not yet implemented"),
        Status::TestsFail => has_failed,
        Status::DoesNotImport => {
            has_failed
                && ["ImportError", "ModuleNotFoundError"]
                    .iter()
                    .any(|name| said.contains(name))
        }
        Status::Crashed => tested.signal().is_some() || has_failed,
        Status::TimedOut => tested.ended.status.is_none(),
        Status::DoesNotCompile | Status::Tampered | Status::EnvironmentBroken => false,
    };
    if !fits {
        return differs("the ordinary way ends otherwise");
    }
    same_tests(verdict, tested).or_else(|why| differs(&why))
}

/// Whether the same Python tests failed. If `wr` didn't get to run any, or a process died, there is nothing to compare.
fn same_tests(verdict: &Verdict, tested: &Tested) -> Result<(), String> {
    let of_python: BTreeSet<String> = failed(verdict)
        .into_iter()
        .filter(|id| id.contains(".py"))
        .collect();
    let is_comparable = match verdict.status {
        Status::Solved | Status::Unfinished | Status::TestsFail => true,
        Status::DoesNotImport => !of_python.is_empty(),
        _ => false,
    };
    if is_comparable && of_python != tested.failed {
        return Err(format!(
            "{of_python:?} fail under wr, and {:?} in the ordinary way",
            tested.failed
        ));
    }
    Ok(())
}
