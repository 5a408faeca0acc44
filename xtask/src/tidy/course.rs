//! The course's files satisfy `wr author check`, as far as reading them can tell.

use course::Course;

use super::finding::Finding;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let report = Course::find(&tree.root)
        .map_err(author::AuthorError::from)
        .and_then(|course| author::check_files(&course));
    match report {
        Ok(report) => report
            .defects()
            .map(|defect| Finding::at(defect.at.clone(), defect.cause.clone(), defect.next.clone()))
            .collect(),
        Err(error) => {
            let next = error.help();
            let next = next.unwrap_or_else(|| {
                "fix the file; `book/src/authoring/exercise.md` describes it".to_owned()
            });
            vec![Finding::in_file(".wr.toml", error.to_string(), next)]
        }
    }
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
            ("book/src/SUMMARY.md", "- [B](01_a/01_b.md)"),
        ];
        assert_eq!(found(&files), [""; 0]);
    }

    #[test]
    fn defects_become_findings() {
        let files = [
            ("exercises/01_a/01_b/.wr.toml", "hints = [\"a\"]\n"),
            ("book/src/SUMMARY.md", ""),
        ];
        assert_eq!(
            found(&files),
            [
                "book/src/01_a/01_b.md: the exercise 01_a/01_b has no page",
                "book/src/SUMMARY.md: the page of the exercise 01_a/01_b is not in the summary",
                "exercises/01_a/01_b/.wr.toml:1: the number of hints is 1",
            ]
        );
    }

    #[test]
    fn an_unreadable_course_is_a_finding() {
        assert_eq!(found(&[(".wr.toml", "exercises_dir = 3")]).len(), 1);
    }
}
