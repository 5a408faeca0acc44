//! Finds the files that a move affects, and moves them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use course::{Course, ExerciseId};

use super::rewrite::{Location, Names};
use super::{Moved, Renumbering, former_names};
use crate::{AuthorError, Places, files};

/// File types whose text may name an exercise.
const TEXTS: [&str; 6] = ["md", "toml", "txt", "rs", "py", "html"];

pub(super) fn prepare(course: &Course, moved: Vec<Moved>) -> Result<Renumbering, AuthorError> {
    let places = Places::of(course);
    let all: Vec<ExerciseId> = ids(course);
    let names = Names {
        all: &all,
        moved: &moved,
    };
    let renames = renames(&places, &names)?;
    for (_, to) in &renames {
        if to.exists() && !renames.iter().any(|(from, _)| from == to) {
            return Err(AuthorError::Refused {
                message: format!("{} is in the way", places.shown(to)),
                help: "move or remove it, then try again".to_owned(),
            });
        }
    }
    let mut rewrites = Vec::new();
    for file in texts(&places)? {
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        let place = place_of(&places, &names, &file);
        if names.rewrite(&text, place.as_place()) != text {
            rewrites.push(file);
        }
    }
    Ok(Renumbering {
        moved,
        renames,
        rewrites,
    })
}

fn ids(course: &Course) -> Vec<ExerciseId> {
    course
        .exercises()
        .iter()
        .map(|one| one.id().clone())
        .collect()
}

/// Everything named after a moved exercise: its folders, its page, and files next to the page.
fn renames(places: &Places, names: &Names<'_>) -> Result<Vec<(PathBuf, PathBuf)>, AuthorError> {
    let mut found = Vec::new();
    for one in names.moved {
        found.push((places.exercise(&one.from), places.exercise(&one.to)));
        let solution = places.solution(&one.from);
        if solution.exists() {
            found.push((solution, places.solution(&one.to)));
        }
    }
    let chapters: BTreeSet<&str> = names
        .moved
        .iter()
        .map(|one| one.from.chapter().as_str())
        .collect();
    let book = places.root().join("book");
    for trunk in [places.pages(), book.join("examples")] {
        for chapter in &chapters {
            named_after_moved(&trunk, Path::new(chapter), chapter, names, &mut found)?;
        }
    }
    Ok(found)
}

/// The entries in a chapter's folder that are named after moved exercises.
fn named_after_moved(
    trunk: &Path,
    at: &Path,
    chapter: &str,
    names: &Names<'_>,
    found: &mut Vec<(PathBuf, PathBuf)>,
) -> Result<(), AuthorError> {
    let dir = trunk.join(at);
    let Ok(entries) = fs::read_dir(&dir) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry.map_err(AuthorError::file(&dir))?;
        let name = entry.file_name();
        let Some(text) = name.to_str().filter(|_| !files::is_tool_made(&name)) else {
            continue;
        };
        let (word, ending) = text.split_at(text.find('.').unwrap_or(text.len()));
        if let Some((id, tail)) = names.named(chapter, word) {
            let to = names.after(id);
            if to != id {
                let inner = at.strip_prefix(chapter).unwrap_or(at);
                let target = trunk
                    .join(to.chapter().as_str())
                    .join(inner)
                    .join(format!("{}{tail}{ending}", to.name()));
                found.push((entry.path(), target));
            }
        } else if entry.path().is_dir() {
            named_after_moved(trunk, &at.join(text), chapter, names, found)?;
        }
    }
    Ok(())
}

/// The files that may name an exercise.
fn texts(places: &Places) -> Result<Vec<PathBuf>, AuthorError> {
    let mut found = Vec::new();
    let is_text = |file: &Path| {
        let end = file
            .extension()
            .and_then(|end| end.to_str())
            .unwrap_or_default();
        TEXTS.contains(&end)
    };
    for dir in [
        places.root().join("book"),
        places.solutions(),
        places.exercises().to_owned(),
    ] {
        if dir.is_dir() {
            let below = files::below(&dir).map_err(AuthorError::file(&dir))?;
            found.extend(below.into_values().filter(|file| is_text(file)));
        }
    }
    let readme = places.root().join("README.md");
    if readme.is_file() {
        found.push(readme);
    }
    Ok(found)
}

/// Where a file is, before and after the move.
struct FileMove {
    before: Option<String>,
    after: Option<String>,
}

impl FileMove {
    fn as_place(&self) -> Location<'_> {
        Location {
            before: self.before.as_deref(),
            after: self.after.as_deref(),
        }
    }
}

fn place_of(places: &Places, names: &Names<'_>, file: &Path) -> FileMove {
    let within = file.strip_prefix(places.root()).unwrap_or(file);
    let parts: Vec<&str> = within
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    let chapter_at = parts
        .iter()
        .position(|part| names.all.iter().any(|id| id.chapter().as_str() == *part));
    let Some(at) = chapter_at else {
        return FileMove {
            before: None,
            after: None,
        };
    };
    let before = parts[at];
    let word = |part: &str| part.split('.').next().unwrap_or_default().to_owned();
    let owner = parts[at + 1..]
        .iter()
        .find_map(|part| names.named(before, &word(part)).map(|(id, _)| id.clone()));
    let after = owner.map_or_else(
        || before.to_owned(),
        |id| names.after(&id).chapter().to_string(),
    );
    FileMove {
        before: Some(before.to_owned()),
        after: Some(after),
    }
}

pub(super) fn carry_out(renumbering: &Renumbering, course: &Course) -> Result<(), AuthorError> {
    let places = Places::of(course);
    let all = ids(course);
    let names = Names {
        all: &all,
        moved: &renumbering.moved,
    };
    // Prepare all new contents before moving anything: an unreadable file stops the move here.
    let mut written: BTreeMap<PathBuf, String> = BTreeMap::new();
    for file in &renumbering.rewrites {
        let text = fs::read_to_string(file).map_err(AuthorError::file(file))?;
        let place = place_of(&places, &names, file);
        written.insert(file.clone(), names.rewrite(&text, place.as_place()));
    }
    let root = fs::read_to_string(course::config_file(places.root())).unwrap_or_default();
    for one in &renumbering.moved {
        let file = course::config_file(&places.exercise(&one.from));
        let own = match written.remove(&file) {
            Some(text) => Some(text),
            None => fs::read_to_string(&file).ok(),
        };
        let text = former_names::recorded(
            own.as_deref(),
            &root,
            &one.from.to_string(),
            &one.to.to_string(),
        )?;
        written.insert(file, text);
    }
    rename_all(&renumbering.renames)?;
    for (file, text) in written {
        let file = renamed(&renumbering.renames, &file);
        replace(&file, &text)?;
    }
    Ok(())
}

/// Where a file is after the renames.
fn renamed(renames: &[(PathBuf, PathBuf)], file: &Path) -> PathBuf {
    renames
        .iter()
        .find_map(|(from, to)| {
            let rest = file.strip_prefix(from).ok()?;
            Some(if rest.as_os_str().is_empty() {
                to.clone()
            } else {
                to.join(rest)
            })
        })
        .unwrap_or_else(|| file.to_owned())
}

/// Renames each entry as soon as its new path is free; if they block each other, one is moved aside.
fn rename_all(renames: &[(PathBuf, PathBuf)]) -> Result<(), AuthorError> {
    let mut left: Vec<(PathBuf, PathBuf)> = renames.to_vec();
    while !left.is_empty() {
        let free = left
            .iter()
            .position(|(_, to)| to.symlink_metadata().is_err());
        let Some(index) = free else {
            let (from, to) = left.remove(0);
            let free_path = free_path(&to);
            fs::rename(&from, &free_path).map_err(AuthorError::file(&from))?;
            left.push((free_path, to));
            continue;
        };
        let (from, to) = left.remove(index);
        let dir = to.parent().unwrap_or(&to);
        fs::create_dir_all(dir).map_err(AuthorError::file(dir))?;
        fs::rename(&from, &to).map_err(AuthorError::file(&from))?;
    }
    Ok(())
}

/// A free path next to another.
fn free_path(to: &Path) -> PathBuf {
    let name = to
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    (0..=u16::MAX)
        .map(|number| to.with_file_name(format!(".{name}.moving-{number}")))
        .find(|path| path.symlink_metadata().is_err())
        .unwrap_or_else(|| to.to_owned())
}

/// Writes a file atomically.
fn replace(file: &Path, text: &str) -> Result<(), AuthorError> {
    let temporary = free_path(file);
    fs::write(&temporary, text).map_err(AuthorError::file(&temporary))?;
    fs::rename(&temporary, file).map_err(AuthorError::file(file))
}
