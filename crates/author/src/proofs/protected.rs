//! The digests that reveal changes to an exercise's tests match the tests.

use std::collections::BTreeMap;
use std::path::Path;

use course::{Digest, Exercise};

use crate::subject::Subject;
use crate::{AuthorError, Defect, Outcome, Proof};

pub(crate) fn check(subject: &Subject<'_>) -> Result<Outcome, AuthorError> {
    if !subject.conventions.protection {
        return Ok(Outcome::not_applicable(
            "no exercise in this course protects its tests",
        ));
    }
    let wanted =
        protected_files(subject.exercise).map_err(AuthorError::file(subject.exercise.dir()))?;
    let Ok(config) = subject.exercise.config(subject.course) else {
        return Ok(Outcome::not_applicable("cannot read the configuration"));
    };
    let written: BTreeMap<String, Digest> = config
        .protected
        .into_iter()
        .map(|(path, digest)| (path.display().to_string(), digest))
        .collect();
    let file = course::config_file(subject.exercise.dir());
    let shown = subject.places.shown(&file);
    let mut defects = Vec::new();
    let mut say = |cause: String, next: String| {
        defects.push(Defect::new(Proof::Protected, shown.clone(), cause, next));
    };
    for (path, digest) in &wanted {
        let line = format!("`\"{path}\" = \"{digest}\"`");
        match written.get(path) {
            Some(found) if found == digest => {}
            Some(_) => say(
                format!("the digest of {path} doesn't match the file"),
                format!("change its line below [protected] to {line}"),
            ),
            None => say(
                format!("{path} is not protected"),
                format!("add {line} below [protected]"),
            ),
        }
    }
    for path in written.keys().filter(|path| !wanted.contains_key(*path)) {
        // Other kinds of files may be protected too, as long as they haven't changed.
        let path = Path::new(path);
        let is_fresh = Digest::of_file(&subject.exercise.dir().join(path))
            .is_ok_and(|found| Some(&found) == written.get(&path.display().to_string()));
        if !is_fresh {
            say(
                format!("the digest of {} doesn't match the file", path.display()),
                "update it, or remove the line".to_owned(),
            );
        }
    }
    Ok(Outcome::of(defects, ""))
}

/// The tests that an exercise comes with, and their digests. A learner's own work is in other files.
///
/// # Errors
///
/// A folder or a test could not be read.
pub fn protected_files(exercise: &Exercise) -> std::io::Result<BTreeMap<String, Digest>> {
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
