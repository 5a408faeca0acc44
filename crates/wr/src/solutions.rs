//! A copy of the course in which every exercise is solved: the exercises with their solutions laid over them.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use course::{Course, CourseError, Exercise};

/// The folder, beside the exercises', that holds the solutions under the exercises' paths.
const SOLUTIONS: &str = "solutions";

/// What lies beside a solution's files and is no part of it.
const BESIDE: [&str; 2] = ["WHY.md", "wrong"];

/// What tools made of an exercise is not copied.
const MADE: [&str; 6] = [
    "target",
    "__pycache__",
    ".venv",
    ".pytest_cache",
    "progress.db",
    "node_modules",
];

/// Whether there is a solution for an exercise.
pub(crate) fn has(course: &Course, exercise: &Exercise) -> bool {
    folder(course, exercise).is_dir()
}

fn folder(course: &Course, exercise: &Exercise) -> PathBuf {
    course
        .root()
        .join(SOLUTIONS)
        .join(exercise.id().chapter().as_str())
        .join(exercise.id().name().as_str())
}

/// Writes the solved course below `into` and opens it. Only what differs is written, so that a build of it stays fresh; what
/// the course does not hold any more is removed.
pub(crate) fn lay_over(course: &Course, into: &Path) -> Result<Course, CourseError> {
    let exercises = course
        .exercises_dir()
        .strip_prefix(course.root())
        .map_or_else(|_| PathBuf::from("exercises"), Path::to_owned);
    let mut files = Vec::new();
    collect(course.exercises_dir(), &exercises, &mut files)
        .map_err(unreadable(course.exercises_dir()))?;
    for exercise in course.exercises() {
        let solution = folder(course, exercise);
        let below = exercises
            .join(exercise.id().chapter().as_str())
            .join(exercise.id().name().as_str());
        if solution.is_dir() {
            collect(&solution, &below, &mut files).map_err(unreadable(&solution))?;
            files.retain(|(_, to)| !BESIDE.iter().any(|name| to.starts_with(below.join(name))));
        }
    }
    let config = course.root().join(".wr.toml");
    files.push((config, PathBuf::from(".wr.toml")));
    write(&files, into).map_err(unreadable(into))?;
    fs::create_dir_all(into.join(".git")).map_err(unreadable(into))?;
    Course::find(into)
}

fn unreadable(path: &Path) -> impl Fn(io::Error) -> CourseError + '_ {
    move |source| CourseError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

/// The files below `from`, with where they go; a later one of the same place wins.
fn collect(from: &Path, to: &Path, files: &mut Vec<(PathBuf, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if MADE.iter().any(|made| name == *made) {
            continue;
        }
        let (path, place) = (entry.path(), to.join(&name));
        if fs::metadata(&path)?.is_dir() {
            collect(&path, &place, files)?;
        } else {
            files.push((path, place));
        }
    }
    Ok(())
}

fn write(files: &[(PathBuf, PathBuf)], into: &Path) -> io::Result<()> {
    let mut wanted = BTreeSet::new();
    // The last file of a place is the solution's.
    for (from, place) in files.iter().rev() {
        let to = into.join(place);
        if !wanted.insert(to.clone()) {
            continue;
        }
        let bytes = fs::read(from)?;
        if fs::read(&to).is_ok_and(|present| present == bytes) {
            continue;
        }
        if let Some(dir) = to.parent() {
            fs::create_dir_all(dir)?;
        }
        fs::write(&to, bytes)?;
    }
    remove_others(into, &wanted)
}

fn remove_others(dir: &Path, wanted: &BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if name == ".git" || MADE.iter().any(|made| name == *made) {
            continue;
        }
        if path.is_dir() {
            remove_others(&path, wanted)?;
            // A folder that still holds something stays.
            let _ = fs::remove_dir(&path);
        } else if !wanted.contains(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}
