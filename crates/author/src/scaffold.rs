//! Writes a new exercise: starter, tests, solution, wrong answers, hints and a page, with a small placeholder task.
//! Markers show what the author still has to write; everything else works from the start.

mod kind;
mod manifest;
mod summary;
mod versions;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use course::{Course, Digest, ExerciseId};

use crate::{AuthorError, Places};
pub use kind::Kind;
use versions::Versions;

const WORKSPACE: &str = include_str!("../templates/workspace.toml.txt");
const PAGE: &str = include_str!("../templates/page.md.txt");
const WHY: &str = include_str!("../templates/why.md.txt");
const CONFIG: &str = include_str!("../templates/wr.toml.txt");

/// An exercise to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExercise {
    /// Its chapter and name.
    pub id: ExerciseId,
    /// What kind it is.
    pub kind: Kind,
    /// The title of its page; if none is given, it's derived from the name.
    pub title: Option<String>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaffolded {
    /// The exercise.
    pub id: ExerciseId,
    /// The name of its crate, module or project.
    pub package: String,
    /// The files, relative to the root, in the order of their paths.
    pub files: Vec<String>,
}

/// Writes a new exercise into a course. Existing files are never overwritten.
///
/// # Errors
///
/// The exercise already exists, its name can't be turned into a package name, or a file could not be written.
pub fn scaffold(course: &Course, new: &NewExercise) -> Result<Scaffolded, AuthorError> {
    let places = Places::of(course);
    let id = &new.id;
    for path in [places.exercise(id), places.solution(id)] {
        if path.exists() {
            return Err(AuthorError::Refused {
                message: format!("{} already exists", places.shown(&path)),
                help: "choose another name or number".to_owned(),
            });
        }
    }
    let package = manifest::package_name(course, id)?;
    let versions = Versions::of(course);
    let title = new
        .title
        .clone()
        .unwrap_or_else(|| title_of(id.name().title()));
    let is_rust = new.kind != Kind::Python;
    let workspace = manifest::Workspace::of(course, &places);
    let own_workspace = if workspace == manifest::Workspace::None {
        "\n[workspace]"
    } else {
        ""
    };
    let fill = |text: &str| {
        versions
            .fill(text)
            .replace("@PACKAGE@", &package)
            .replace("@WORKSPACE@", own_workspace)
            .replace("@TITLE@", &title)
            .replace("@ID@", &id.to_string())
            .trim_end()
            .to_owned()
            + "\n"
    };
    let parts = new.kind.parts(&package);
    let mut files: BTreeMap<PathBuf, String> = BTreeMap::new();
    let (dir, solution) = (places.exercise(id), places.solution(id));
    for (place, text) in &parts.starter {
        files.insert(dir.join(place), fill(text));
    }
    let expect = |status: &str| {
        let failing: Vec<String> = parts
            .failing
            .iter()
            .map(|test| format!("    \"{test}\",\n"))
            .collect();
        fill(&format!(
            "[expect]\nstatus = \"{status}\"\nfailing = [\n{}]\n",
            failing.concat()
        ))
    };
    let protected = protected(&files, &dir);
    let config = CONFIG.replace("@EXPECT@", &expect(parts.status));
    files.insert(course::config_file(&dir), fill(&config) + &protected);
    files.insert(solution.join(&parts.answer), fill(parts.solution));
    files.insert(solution.join("WHY.md"), fill(WHY));
    for (name, text, failing) in &parts.wrong {
        let answer = solution.join("wrong").join(name);
        files.insert(answer.join(&parts.answer), fill(text));
        let failing: Vec<String> = failing
            .iter()
            .map(|test| format!("    \"{test}\",\n"))
            .collect();
        let expect = format!(
            "[expect]\nstatus = \"tests_fail\"\nfailing = [\n{}]\n",
            failing.concat()
        );
        files.insert(course::config_file(&answer), fill(&expect));
    }
    if places.summary().is_file() {
        files.insert(places.page(id), fill(PAGE));
    }
    if is_rust && workspace == manifest::Workspace::ToBeMade {
        files.insert(places.exercises().join("Cargo.toml"), WORKSPACE.to_owned());
    }
    for (file, text) in &files {
        write_new(file, text)?;
    }
    let mut written: Vec<PathBuf> = files.into_keys().collect();
    if is_rust && let Some(file) = workspace.add(&places, id)? {
        written.push(file);
    }
    if places.summary().is_file() {
        let file = places.summary();
        let text = fs::read_to_string(&file).map_err(AuthorError::file(&file))?;
        let text = summary::with(&text, id, &title);
        fs::write(&file, text).map_err(AuthorError::file(&file))?;
        written.push(file);
    }
    let mut files: Vec<String> = written.iter().map(|file| places.shown(file)).collect();
    files.sort();
    Ok(Scaffolded {
        id: id.clone(),
        package,
        files,
    })
}

/// The `[protected]` table for the tests among these files.
fn protected(files: &BTreeMap<PathBuf, String>, dir: &Path) -> String {
    let mut text = "\n[protected]\n".to_owned();
    for (file, contents) in files {
        let place = file.strip_prefix(dir).unwrap_or(file);
        if crate::files::is_test(place) {
            let digest = Digest::of_bytes(contents.as_bytes());
            text.push_str(&format!("\"{}\" = \"{digest}\"\n", place.display()));
        }
    }
    text
}

fn write_new(file: &Path, text: &str) -> Result<(), AuthorError> {
    let dir = file.parent().unwrap_or(file);
    fs::create_dir_all(dir).map_err(AuthorError::file(dir))?;
    let mut opened = fs::File::create_new(file).map_err(AuthorError::file(file))?;
    std::io::Write::write_all(&mut opened, text.as_bytes()).map_err(AuthorError::file(file))
}

/// A name turned into a title: `moving_averages` becomes "Moving averages".
fn title_of(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => words,
    }
}
