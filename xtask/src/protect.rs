//! `cargo xtask protect`: records the digests of the exercises' tests, so that the runner can tell when they were
//! changed.

use std::path::Path;

use anyhow::Context;
use author::protected_files;
use course::{Course, Exercise, config_file};
use toml_edit::{DocumentMut, Item, Table, value};

use crate::tidy::workspace_root;

/// Updates the `[protected]` table of every exercise, and prints which files changed.
pub(crate) fn run() -> anyhow::Result<bool> {
    let root = workspace_root()?;
    let course = Course::find(&root).map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut changed = 0;
    for exercise in course.exercises() {
        let file = config_file(exercise.dir());
        let before = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let after = renewed(&before, exercise)
            .with_context(|| format!("cannot update {}", file.display()))?;
        if after != before {
            std::fs::write(&file, after)
                .with_context(|| format!("cannot write {}", file.display()))?;
            println!("{}", shown(&file, &root));
            changed += 1;
        }
    }
    println!("{changed} of {} files changed", course.exercises().len());
    Ok(true)
}

fn renewed(text: &str, exercise: &Exercise) -> anyhow::Result<String> {
    let mut document: DocumentMut = text.parse()?;
    document.remove("protected");
    let mut table = Table::new();
    for (path, digest) in protected_files(exercise)? {
        table.insert(&path, value(digest.to_string()));
    }
    if !table.is_empty() {
        document.insert("protected", Item::Table(table));
    }
    Ok(document.to_string())
}

fn shown(file: &Path, root: &Path) -> String {
    file.strip_prefix(root)
        .unwrap_or(file)
        .display()
        .to_string()
}
