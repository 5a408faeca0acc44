//! Every exercise has a solution that says why it is so and comes with wrong answers; no solution is without an exercise.

use std::collections::BTreeSet;

use course::{Course, Exercise};

use super::exercises::{check_expectation, unreadable};
use super::finding::Finding;
use super::tree::Tree;

/// How many wrong answers an exercise needs at least.
const WRONG_ANSWERS: usize = 2;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    // A course that cannot be read is a finding of the exercises.
    let Ok(course) = Course::find(&tree.root) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for exercise in course.exercises() {
        findings.extend(check_solution(tree, &course, exercise));
    }
    findings.extend(check_strays(tree, &course));
    findings
}

fn check_solution(tree: &Tree, course: &Course, exercise: &Exercise) -> Vec<Finding> {
    let id = exercise.id();
    let folder = format!("solutions/{id}");
    if !tree.has(&folder) {
        return vec![Finding::in_file(
            &folder,
            format!("the exercise {id} has no solution"),
            "put the files in which it differs from the starter there, with WHY.md and wrong answers",
        )];
    }
    let mut findings = Vec::new();
    let why = format!("{folder}/WHY.md");
    if tree.text(&why).is_none_or(|text| text.trim().is_empty()) {
        findings.push(Finding::in_file(
            &why,
            "the solution does not say why it is so",
            "write one to three paragraphs",
        ));
    }
    let wrong = format!("{folder}/wrong");
    let answers = tree.folders_in(&wrong);
    if answers.len() < WRONG_ANSWERS {
        findings.push(Finding::in_file(
            &wrong,
            format!("the number of wrong answers is {}", answers.len()),
            format!(
                "add plausible ones, at least {WRONG_ANSWERS}, each in a folder with a telling name"
            ),
        ));
    }
    for answer in answers {
        findings.extend(check_wrong(
            tree,
            course,
            exercise,
            &format!("{wrong}/{answer}"),
        ));
    }
    findings
}

fn check_wrong(tree: &Tree, course: &Course, exercise: &Exercise, folder: &str) -> Option<Finding> {
    let file = format!("{folder}/.wr.toml");
    if !tree.has(&file) {
        return Some(Finding::in_file(
            &file,
            "nothing says how this wrong answer is rejected",
            "write [expect] with the `status`, as in an exercise's configuration",
        ));
    }
    let answer = Exercise::new(exercise.id().clone(), tree.root.join(folder));
    match answer.config(course) {
        Ok(config) => check_expectation(tree, &file, &config),
        Err(error) => Some(unreadable(tree, &file, &error)),
    }
}

/// Files in `solutions` that belong to no exercise. What lies directly in `solutions` speaks of all.
fn check_strays(tree: &Tree, course: &Course) -> Vec<Finding> {
    let known: BTreeSet<String> = course
        .exercises()
        .iter()
        .map(|exercise| exercise.id().to_string())
        .collect();
    let mut strays = BTreeSet::new();
    for path in tree.paths_below("solutions") {
        let parts: Vec<&str> = path.splitn(3, '/').collect();
        match parts[..] {
            [chapter, name, _] if known.contains(&format!("{chapter}/{name}")) => {}
            [chapter, name, ..] => {
                strays.insert(format!("solutions/{chapter}/{name}"));
            }
            [_] | [] => {}
        }
    }
    strays
        .into_iter()
        .map(|path| {
            Finding::in_file(
                &path,
                "there is no such exercise",
                "name the folder as the exercise is named, or remove it",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPECT: &str = "[expect]\nstatus = \"tests_fail\"\n";

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join(".git")).unwrap();
        let mut all = vec![(".wr.toml", ""), ("exercises/01_a/01_b/src/lib.rs", "")];
        all.extend_from_slice(files);
        check(&Tree::on_disk(folder.path(), &all))
            .into_iter()
            .map(|one| format!("{}: {}", one.at, one.cause))
            .collect()
    }

    #[test]
    fn a_complete_solution_is_fine() {
        let files = [
            ("solutions/README.md", ""),
            ("solutions/01_a/01_b/src/lib.rs", ""),
            ("solutions/01_a/01_b/WHY.md", "Because."),
            ("solutions/01_a/01_b/wrong/x/.wr.toml", EXPECT),
            ("solutions/01_a/01_b/wrong/y/.wr.toml", EXPECT),
        ];
        assert_eq!(found(&files), [""; 0]);
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(
            found(&[]),
            ["solutions/01_a/01_b: the exercise 01_a/01_b has no solution"]
        );
        assert_eq!(
            found(&[
                ("solutions/01_a/01_b/WHY.md", "\n"),
                ("solutions/01_a/01_b/wrong/x/src/lib.rs", ""),
            ]),
            [
                "solutions/01_a/01_b/WHY.md: the solution does not say why it is so",
                "solutions/01_a/01_b/wrong: the number of wrong answers is 1",
                "solutions/01_a/01_b/wrong/x/.wr.toml: nothing says how this wrong answer is rejected",
            ]
        );
    }

    #[test]
    fn a_solution_of_nothing_is_named() {
        let found = found(&[("solutions/01_a/09_gone/WHY.md", "x")]);
        assert_eq!(
            found[1..],
            ["solutions/01_a/09_gone: there is no such exercise"]
        );
    }
}
