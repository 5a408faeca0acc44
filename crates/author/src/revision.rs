//! Solutions that a course keeps in another revision of its repository, as published courses do: a branch on which the
//! exercises are solved.

use std::fs;
use std::path::{Path, PathBuf};

use course::Course;
use engine::{Command, Finished};

use crate::AuthorError;
use crate::config::ProofConfig;
use crate::program;

/// Writes out the exercises of a revision and returns where they are.
///
/// # Errors
///
/// Git doesn't know the revision, it contains no exercises, or they cannot be written.
pub fn write_revision(
    config: &ProofConfig<'_>,
    course: &Course,
    revision: &str,
) -> Result<PathBuf, AuthorError> {
    let commit = commit(config, course, revision)?;
    let into = config.workshop.join("revision");
    let index = config.workshop.join("revision-index");
    for old in [&into, &index] {
        remove(old).map_err(AuthorError::file(old))?;
    }
    fs::create_dir_all(&into).map_err(AuthorError::file(&into))?;
    let exercises = course
        .exercises_dir()
        .strip_prefix(course.root())
        .unwrap_or(course.exercises_dir());
    let tree = format!("{commit}:{}", exercises.display());
    // With a separate index, so that the author's index stays unchanged.
    let git = |args: &[&str]| {
        let command = git(config, course.root(), args).env("GIT_INDEX_FILE", index.as_os_str());
        run(config, &command)
    };
    let read = git(&["read-tree", &tree])?;
    if !program::succeeded(&read) {
        return Err(AuthorError::Tool {
            message: format!("{revision} has no folder {}", exercises.display()),
            help: format!("`git ls-tree {revision}` lists what it has"),
        });
    }
    let prefix = format!("--prefix={}/", into.display());
    let written = git(&["checkout-index", "--all", "--quiet", &prefix])?;
    if !program::succeeded(&written) {
        return Err(AuthorError::Tool {
            message: format!(
                "cannot write the exercises of {revision}: {}",
                program::tail(&written, 3)
            ),
            help: "see git's message and try again".to_owned(),
        });
    }
    remove(&index).map_err(AuthorError::file(&index))?;
    Ok(into)
}

/// The commit that a revision names, or that the remote branch of this name points to.
fn commit(
    config: &ProofConfig<'_>,
    course: &Course,
    revision: &str,
) -> Result<String, AuthorError> {
    for name in [revision.to_owned(), format!("origin/{revision}")] {
        let name = format!("{name}^{{commit}}");
        let args = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &name,
        ];
        let found = run(config, &git(config, course.root(), &args))?;
        if program::succeeded(&found) {
            return Ok(found.stdout.text().trim().to_owned());
        }
    }
    Err(AuthorError::Tool {
        message: format!("git doesn't know the revision `{revision}`"),
        help: "`git branch --all` lists the branches; `git fetch` gets new ones".to_owned(),
    })
}

fn git(config: &ProofConfig<'_>, root: &Path, args: &[&str]) -> Command {
    program::command(config, "git", root).args(args.iter().copied())
}

fn run(config: &ProofConfig<'_>, command: &Command) -> Result<Finished, AuthorError> {
    program::run(config, command, "install git; `wr doctor` tells you how")
}

fn remove(path: &Path) -> std::io::Result<()> {
    let removed = match path.symlink_metadata() {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
