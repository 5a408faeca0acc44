//! Anything that looks like part of a course but isn't: skipped folders, and solutions or pages without an exercise.

use std::collections::BTreeSet;

use course::{Course, FolderName};

use crate::places::folders;
use crate::{Defect, Places, Proof};

pub(crate) fn check(course: &Course, places: &Places) -> Vec<Defect> {
    let mut defects = Vec::new();
    for folder in course.skipped_folders() {
        let prefix = format!("{}: ", folder.path.display());
        let description = folder.to_string();
        defects.push(Defect::new(
            Proof::Names,
            places.shown(&folder.path),
            format!(
                "the course skips this folder: {}",
                description.trim_start_matches(&prefix)
            ),
            "name it with two or more digits, an underscore and a name, or move it elsewhere",
        ));
    }
    let known: BTreeSet<(String, String)> = course
        .exercises()
        .iter()
        .map(|one| (one.id().chapter().to_string(), one.id().name().to_string()))
        .collect();
    for (chapter, dir) in folders(&places.solutions()) {
        for (name, dir) in folders(&dir) {
            if !known.contains(&(chapter.clone(), name)) {
                defects.push(Defect::new(
                    Proof::Names,
                    places.shown(&dir),
                    "there is no such exercise",
                    "give the folder the name of its exercise, or remove it",
                ));
            }
        }
    }
    for (chapter, dir) in folders(&places.pages()) {
        if chapter.parse::<FolderName>().is_err() {
            continue;
        }
        let mut pages: Vec<_> = std::fs::read_dir(&dir)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|end| end == "md"))
            .collect();
        pages.sort();
        for page in pages {
            let name = page
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let is_numbered = name.parse::<FolderName>().is_ok();
            if is_numbered && !known.contains(&(chapter.clone(), name)) {
                defects.push(Defect::new(
                    Proof::Names,
                    places.shown(&page),
                    "the page belongs to no exercise",
                    "give it the name of its exercise, or remove it and its line in SUMMARY.md",
                ));
            }
        }
    }
    defects
}
