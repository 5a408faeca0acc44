//! `cargo xtask diagnosis`: writes the book's diagnosis chapter from the rules' documentation.

use anyhow::Context;

use crate::tidy::{cargo, chapter, orphaned, tree::Tree};

/// Writes what has changed, and prints which files those are.
pub(crate) fn run() -> anyhow::Result<bool> {
    let tree = Tree::load(&cargo())?;
    let wanted = chapter(&tree);
    let mut changed = 0;
    for path in orphaned(&tree, &wanted) {
        let file = tree.root.join(&path);
        std::fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        println!("removed {path}");
        changed += 1;
    }
    for (path, text) in &wanted {
        if tree.text(path) == Some(text.as_str()) {
            continue;
        }
        let file = tree.root.join(path);
        let written = file
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&file, text));
        written.with_context(|| format!("cannot write {}", file.display()))?;
        println!("{path}");
        changed += 1;
    }
    println!("{changed} of {} files changed", wanted.len());
    Ok(true)
}
