//! Every exercise has its page, its place in the book's summary, hints, and a statement of how its starter fails.

use std::path::Path;

use course::{Course, CourseError, Exercise, ExerciseConfig};
use diagnostic::SourceLocation;

use super::finding::Finding;
use super::tree::Tree;

const SUMMARY: &str = "book/src/SUMMARY.md";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let course = match Course::find(&tree.root) {
        Ok(course) => course,
        Err(error) => return vec![unreadable(tree, ".wr.toml", &error)],
    };
    let mut findings = Vec::new();
    for folder in course.passed_over() {
        let path = format!("{}: ", folder.path.display());
        let text = folder.to_string();
        findings.push(Finding::in_file(
            &shown(tree, &folder.path),
            format!(
                "the course passes this over: {}",
                text.trim_start_matches(&path)
            ),
            "name it by two digits, an underscore and a name, or move it away",
        ));
    }
    for exercise in course.exercises() {
        findings.extend(check_page(tree, exercise));
        findings.extend(check_config(tree, &course, exercise));
    }
    findings
}

fn check_page(tree: &Tree, exercise: &Exercise) -> Vec<Finding> {
    let id = exercise.id();
    let page = format!("book/src/{id}.md");
    let mut findings = Vec::new();
    if !tree.has(&page) {
        findings.push(Finding::in_file(
            &page,
            format!("the exercise {id} has no page"),
            "write the page; `book/src/authoring/exercise.md` says what belongs there",
        ));
    }
    let summary = tree.text(SUMMARY).unwrap_or_default();
    if !summary.contains(&format!("({id}.md)")) {
        findings.push(Finding::in_file(
            SUMMARY,
            format!("the page of the exercise {id} is not in the summary"),
            format!("add a line that links to `{id}.md`"),
        ));
    }
    findings
}

fn check_config(tree: &Tree, course: &Course, exercise: &Exercise) -> Vec<Finding> {
    let file = format!("{}/.wr.toml", shown(tree, exercise.dir()));
    if !tree.has(&file) {
        return vec![Finding::in_file(
            &file,
            format!("the exercise {} has no configuration", exercise.id()),
            "write two to four hints and [expect]; see `book/src/authoring/exercise.md`",
        )];
    }
    let config = match exercise.config(course) {
        Ok(config) => config,
        Err(error) => return vec![unreadable(tree, &file, &error)],
    };
    let mut findings = Vec::new();
    if !(2..=4).contains(&config.hints.len()) {
        findings.push(Finding::at_line(
            &file,
            tree.line_of(&file, "hints"),
            format!("the number of hints is {}", config.hints.len()),
            "write two to four, in rising order of help",
        ));
    }
    findings.extend(check_expectation(tree, &file, &config));
    findings
}

/// Whether a configuration says what is expected, and of what status.
pub(super) fn check_expectation(
    tree: &Tree,
    file: &str,
    config: &ExerciseConfig,
) -> Option<Finding> {
    let expect = config.expect.as_ref();
    if expect.is_some_and(|expect| expect.status.is_some()) {
        return None;
    }
    Some(Finding::at_line(
        file,
        tree.line_of(file, "[expect]"),
        "nothing says how this is meant to fail",
        "write [expect] with the `status`; `book/src/authoring/exercise.md` lists them",
    ))
}

/// The finding that a file of the course cannot be read.
pub(super) fn unreadable(tree: &Tree, file: &str, error: &CourseError) -> Finding {
    let next = error.help();
    let next = next.unwrap_or_else(|| {
        "mend the file; `book/src/authoring/exercise.md` describes it".to_owned()
    });
    match error {
        CourseError::Toml(error) => {
            let file = shown(tree, &error.file);
            let at = SourceLocation::column(file, error.line, error.column);
            Finding::at(at, error.reason.clone(), next)
        }
        other => Finding::in_file(file, other.to_string(), next),
    }
}

/// A path relative to the root.
pub(super) fn shown(tree: &Tree, path: &Path) -> String {
    let path = path.strip_prefix(&tree.root).unwrap_or(path);
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "hints = [\"a\", \"b\"]\n[expect]\nstatus = \"unfinished\"\n";

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join(".git")).unwrap();
        std::fs::create_dir_all(folder.path().join("exercises")).unwrap();
        let mut all = vec![(".wr.toml", "")];
        all.extend_from_slice(files);
        check(&Tree::on_disk(folder.path(), &all))
            .into_iter()
            .map(|one| format!("{}: {}", one.at, one.cause))
            .collect()
    }

    #[test]
    fn a_complete_exercise_is_fine() {
        let files = [
            ("exercises/01_a/01_b/.wr.toml", CONFIG),
            ("book/src/01_a/01_b.md", "# B"),
            (SUMMARY, "- [B](01_a/01_b.md)"),
        ];
        assert_eq!(found(&files), [""; 0]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let files = [("exercises/01_a/01_b/src/lib.rs", "")];
        assert_eq!(
            found(&files),
            [
                "book/src/01_a/01_b.md: the exercise 01_a/01_b has no page",
                "book/src/SUMMARY.md: the page of the exercise 01_a/01_b is not in the summary",
                "exercises/01_a/01_b/.wr.toml: the exercise 01_a/01_b has no configuration",
            ]
        );
    }

    #[test]
    fn the_configuration_is_looked_into() {
        let page = ("book/src/01_a/01_b.md", "# B");
        let summary = (SUMMARY, "- [B](01_a/01_b.md)");
        let config = "# one\nhints = [\"a\"]\n[expect]\ncode = \"WR0101\"\n";
        assert_eq!(
            found(&[page, summary, ("exercises/01_a/01_b/.wr.toml", config)]),
            [
                "exercises/01_a/01_b/.wr.toml:2: the number of hints is 1",
                "exercises/01_a/01_b/.wr.toml:3: nothing says how this is meant to fail",
            ]
        );
        let broken = found(&[
            page,
            summary,
            ("exercises/01_a/01_b/.wr.toml", "hints = 3\n"),
        ]);
        assert_eq!(broken.len(), 1);
        assert!(
            broken[0].starts_with("exercises/01_a/01_b/.wr.toml:1:9: "),
            "{}",
            broken[0]
        );
    }

    #[test]
    fn a_folder_that_the_course_does_not_see_is_named() {
        let found = found(&[("exercises/1_a/x", "")]);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("exercises/1_a: "), "{}", found[0]);
    }
}
