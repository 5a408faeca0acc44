//! Where an exercise's original files come from: a commit of the course's repository.
//!
//! Learners may commit their work, and then the last commit contains their answers. So the version that they started
//! from comes first: the newest commit that they share with the repository they cloned. Git itself writes the files, so line
//! endings, filters and permissions are those of a checkout.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use course::{Course, Exercise, ExerciseId};
use engine::{Cancel, Command, Ended, Finished, System};

use super::backup::Store;
use super::cannot;
use crate::environment;
use crate::error::CommandError;

/// How long git may take: a partial clone may have to fetch files.
const PATIENCE: Duration = Duration::from_mins(2);

/// The branches that may be the course's own, best first. A fork's `origin` is the learner's, and by convention `upstream` is
/// the repository that was forked.
const UPSTREAM: [&str; 7] = [
    "refs/remotes/upstream/HEAD",
    "refs/remotes/upstream/main",
    "refs/remotes/upstream/master",
    "@{upstream}",
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
];

/// A commit that may have an exercise's original files.
struct Version {
    commit: String,
    /// What it's called.
    name: String,
    exercises: BTreeSet<ExerciseId>,
}

/// The commits that have the original files, best first.
pub(crate) struct Originals<'o> {
    git: Git<'o>,
    /// The exercises directory, relative to the root.
    exercises: PathBuf,
    versions: Vec<Version>,
}

impl<'o> Originals<'o> {
    /// Looks for them in the course's repository, or in one revision of it.
    pub(crate) fn find(
        system: &'o dyn System,
        course: &'o Course,
        from: Option<&str>,
    ) -> Result<Self, CommandError> {
        let git = Git {
            system,
            root: course.root(),
        };
        let exercises = course
            .exercises_dir()
            .strip_prefix(course.root())
            .unwrap_or(course.exercises_dir())
            .to_owned();
        let commits = match from {
            Some(revision) => vec![git.named(revision)?],
            None => git.candidates()?,
        };
        let mut versions: Vec<Version> = Vec::new();
        for (commit, name) in commits {
            if versions.iter().any(|known| known.commit == commit) {
                continue;
            }
            versions.push(Version {
                exercises: git.exercises(&commit, &exercises)?,
                commit,
                name,
            });
        }
        if versions.is_empty() {
            return Err(CommandError::new(format!(
                "{} has no commit yet, so git doesn't know the original files",
                course.root().display()
            ))
            .help(
                "commit the files if they are still as they came; otherwise clone the course again and copy them from there",
            ));
        }
        Ok(Self {
            git,
            exercises,
            versions,
        })
    }

    /// The course's exercises, also those whose directories are missing now, in course order.
    pub(crate) fn exercises(&self, course: &Course) -> Vec<Exercise> {
        let committed = self.versions.iter().flat_map(|one| &one.exercises);
        let present = course.exercises().iter().map(Exercise::id);
        let all: BTreeSet<&ExerciseId> = committed.chain(present).collect();
        let dir = |id: &ExerciseId| {
            let chapter = course.exercises_dir().join(id.chapter().as_str());
            chapter.join(id.name().as_str())
        };
        all.into_iter()
            .map(|id| Exercise::new(id.clone(), dir(id)))
            .collect()
    }

    /// Writes the original files of exercises to where the store expects them, and returns where each comes from.
    pub(super) fn write(
        &self,
        store: &Store,
        exercises: &[Exercise],
    ) -> Result<Vec<String>, CommandError> {
        let staging = store.staging();
        fs::create_dir_all(&staging).map_err(|error| cannot("create", &staging, &error))?;
        let chosen = exercises
            .iter()
            .map(|exercise| self.version_of(exercise.id()))
            .collect::<Result<Vec<_>, _>>()?;
        for (at, version) in self.versions.iter().enumerate() {
            let of_version: Vec<&ExerciseId> = exercises
                .iter()
                .zip(&chosen)
                .filter(|(_, chosen)| chosen.commit == version.commit)
                .map(|(exercise, _)| exercise.id())
                .collect();
            let place = match of_version.as_slice() {
                [] => continue,
                [one] => self.place_of(one),
                // Starting git for each of many exercises would take seconds.
                _ => self.place(),
            };
            let written = staging.join(format!(".written-{at}"));
            self.check_out(version, &place, &written)?;
            for id in of_version {
                let (from, to) = (written.join(self.place_of(id)), store.staged(id));
                let parent = to.parent().unwrap_or(&staging);
                fs::create_dir_all(parent)
                    .and_then(|()| fs::rename(&from, &to))
                    .map_err(|error| cannot("write", &to, &error))?;
            }
        }
        Ok(chosen.into_iter().map(|one| one.name.clone()).collect())
    }

    /// The best version that has an exercise.
    fn version_of(&self, id: &ExerciseId) -> Result<&Version, CommandError> {
        let mut having = self
            .versions
            .iter()
            .filter(|one| one.exercises.contains(id));
        having.next().ok_or_else(|| self.unknown(id))
    }

    /// Writes a directory of a version below `to`, where it has the same path as in the repository: attributes go by paths.
    fn check_out(&self, version: &Version, place: &str, to: &Path) -> Result<(), CommandError> {
        let index = to.with_extension("index");
        let below = format!("--prefix={place}/");
        let tree = format!("{}:{place}", version.commit);
        let read: &[&str] = match place {
            "" => &["read-tree", &version.commit],
            _ => &["read-tree", &below, &tree],
        };
        self.git.must(read, Some(&index))?;
        let prefix = format!("--prefix={}/", to.display());
        let checkout = ["checkout-index", "--all", "--quiet", &prefix];
        self.git.must(&checkout, Some(&index))
    }

    /// The exercises directory as git writes it; nothing if it's the root.
    fn place(&self) -> String {
        place(&self.exercises)
    }

    fn place_of(&self, id: &ExerciseId) -> String {
        match self.place().as_str() {
            "" => id.to_string(),
            dir => format!("{dir}/{id}"),
        }
    }

    fn unknown(&self, id: &ExerciseId) -> CommandError {
        let names: Vec<&str> = self.versions.iter().map(|one| one.name.as_str()).collect();
        let place = self.place_of(id);
        CommandError::new(format!("git has no {place} in {}", names.join(" or in "))).help(format!(
            "`git log --oneline --all -- {place}` lists the commits that have it; name one: `wr reset --from COMMIT`"
        ))
    }
}

/// The course's git, whatever the environment says.
struct Git<'g> {
    system: &'g dyn System,
    root: &'g Path,
}

impl Git<'_> {
    /// The commits to look in, with their names: those shared with the course's own branches, then the last one.
    fn candidates(&self) -> Result<Vec<(String, String)>, CommandError> {
        let head = self.commit("HEAD")?;
        let mut found = Vec::new();
        for branch in UPSTREAM {
            let Some(tip) = self.commit(branch)? else {
                continue;
            };
            let shared = match &head {
                Some(head) => self.ask(&["merge-base", head, &tip])?,
                // A checkout that was never completed.
                None => Some(tip),
            };
            if let Some(commit) = shared {
                let short = self.ask(&["rev-parse", "--abbrev-ref", branch])?;
                let branch = short.unwrap_or_else(|| branch.to_owned());
                let name = format!("{branch}, commit {}", abbreviated(&commit));
                found.push((commit, name));
            }
        }
        found.extend(head.map(|commit| {
            let name = format!("the last commit, {}", abbreviated(&commit));
            (commit, name)
        }));
        Ok(found)
    }

    fn named(&self, revision: &str) -> Result<(String, String), CommandError> {
        let commit = self.commit(revision)?.ok_or_else(|| {
            CommandError::new(format!("git doesn't know the revision `{revision}`"))
                .help("`git log --oneline` lists the commits, and `git branch --all` the branches")
        })?;
        let name = format!("{revision}, commit {}", abbreviated(&commit));
        Ok((commit, name))
    }

    fn commit(&self, revision: &str) -> Result<Option<String>, CommandError> {
        let revision = format!("{revision}^{{commit}}");
        self.ask(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &revision,
        ])
    }

    /// The exercises in a commit.
    fn exercises(&self, commit: &str, dir: &Path) -> Result<BTreeSet<ExerciseId>, CommandError> {
        let tree = match place(dir).as_str() {
            "" => commit.to_owned(),
            dir => format!("{commit}:{dir}"),
        };
        let listed = self.run(&["ls-tree", "-d", "-r", "--name-only", &tree], None)?;
        // Deeper directories don't parse, and a commit without the directory has no exercises.
        let lines = listed.stdout.lines().map(str::trim);
        Ok(lines.filter_map(|line| line.parse().ok()).collect())
    }

    /// The first line of the answer, if git has one.
    fn ask(&self, args: &[&str]) -> Result<Option<String>, CommandError> {
        let finished = self.run(args, None)?;
        let line = finished.stdout.lines().next().unwrap_or_default().trim();
        Ok((succeeded(&finished) && !line.is_empty()).then(|| line.to_owned()))
    }

    fn must(&self, args: &[&str], index: Option<&Path>) -> Result<(), CommandError> {
        let finished = self.run(args, index)?;
        if succeeded(&finished) {
            return Ok(());
        }
        let what = args.first().copied().unwrap_or_default();
        let why = match finished.ended {
            Ended::Exited(_) => finished.stderr.last_line(),
            Ended::TimedOut | Ended::Cancelled => "it took too long".to_owned(),
        };
        Err(CommandError::new(format!(
            "`git {what}` could not write the original files: {why}"
        ))
        .help("see git's message; nothing was changed"))
    }

    fn run(&self, args: &[&str], index: Option<&Path>) -> Result<Finished, CommandError> {
        let mut env = environment::for_children();
        // A hook or an alias may have pointed git somewhere else.
        env.retain(|name, _| !name.to_string_lossy().starts_with("GIT_"));
        let mut git_dir = OsString::from("--git-dir=");
        git_dir.push(self.root.join(".git"));
        let mut work_tree = OsString::from("--work-tree=");
        work_tree.push(self.root);
        let mut command = Command::new("git", self.root)
            .envs(&env)
            .args([git_dir, work_tree])
            .args([
                "-c",
                "core.quotePath=false",
                "-c",
                "advice.defaultBranchName=false",
            ])
            .args(args.iter().copied());
        if let Some(index) = index {
            command = command.env("GIT_INDEX_FILE", index);
        }
        engine::run_program(self.system, &command, PATIENCE, &Cancel::new()).map_err(|error| {
            CommandError::new(format!(
                "git has the original files, but it cannot be started: {error}"
            ))
            .help("install git; `wr doctor` tells you how")
        })
    }
}

/// A relative directory as git writes it; nothing if it's the root.
fn place(dir: &Path) -> String {
    let dir = dir.to_string_lossy().replace('\\', "/");
    if dir == "." { String::new() } else { dir }
}

fn succeeded(finished: &Finished) -> bool {
    matches!(finished.ended, Ended::Exited(exit) if exit.success())
}

fn abbreviated(commit: &str) -> &str {
    commit.get(..8).unwrap_or(commit)
}
