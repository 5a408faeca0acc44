//! The digests by which the runner knows that an exercise's tests were changed are those of the tests as they are.

use std::collections::BTreeMap;
use std::path::Path;

use course::{Course, Digest, Exercise};

use super::finding::Finding;
use super::tree::Tree;

/// Compares the table `[protected]` of every exercise with its tests.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Ok(course) = Course::find(&tree.root) else {
        // What is wrong with the course as a whole is told by another check.
        return Vec::new();
    };
    course
        .exercises()
        .iter()
        .filter(|exercise| !is_fresh(&course, exercise))
        .map(|exercise| {
            let file = course::config_file(exercise.dir());
            let shown = file.strip_prefix(&tree.root).unwrap_or(&file);
            Finding::in_file(
                &shown.display().to_string(),
                "`[protected]` does not hold the digests of the exercise's tests",
                "run `cargo xtask protect`",
            )
        })
        .collect()
}

fn is_fresh(course: &Course, exercise: &Exercise) -> bool {
    let (Ok(config), Ok(wanted)) = (exercise.config(course), protected_files(exercise)) else {
        return false;
    };
    let written: BTreeMap<String, Digest> = config
        .protected
        .into_iter()
        .map(|(path, digest)| (path.display().to_string(), digest))
        .collect();
    written == wanted
}

/// The tests that an exercise came with, with their digests: a learner's work is beside them, not in them.
pub(crate) fn protected_files(exercise: &Exercise) -> std::io::Result<BTreeMap<String, Digest>> {
    let mut found = BTreeMap::new();
    for (folder, ending) in [("sample/tests", "py"), ("tests", "rs"), ("tests", "py")] {
        collect(
            exercise.dir(),
            &exercise.dir().join(folder),
            ending,
            &mut found,
        )?;
    }
    Ok(found)
}

fn collect(
    root: &Path,
    dir: &Path,
    ending: &str,
    found: &mut BTreeMap<String, Digest>,
) -> std::io::Result<()> {
    if !dir.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "__pycache__") {
                collect(root, &path, ending, found)?;
            }
        } else if path.extension().is_some_and(|one| one == ending) {
            let shown = path.strip_prefix(root).unwrap_or(&path);
            found.insert(shown.display().to_string(), Digest::of_file(&path)?);
        }
    }
    Ok(())
}
