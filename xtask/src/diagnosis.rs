//! `cargo xtask diagnosis`: writes the book's chapter of diagnosis pages anew from the rules' own pages.

use anyhow::Context;

use crate::tidy::{cargo, chapter, superfluous, tree::Tree};

/// Writes what has changed, and says which files those are.
pub(crate) fn run() -> anyhow::Result<bool> {
    let tree = Tree::load(&cargo())?;
    let wanted = chapter(&tree);
    let mut changed = 0;
    for path in superfluous(&tree, &wanted) {
        let file = tree.root.join(&path);
        std::fs::remove_file(&file)
            .with_context(|| format!("{} cannot be removed", file.display()))?;
        println!("{path} is gone");
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
        written.with_context(|| format!("{} cannot be written", file.display()))?;
        println!("{path}");
        changed += 1;
    }
    println!("{changed} of {} files changed", wanted.len());
    Ok(true)
}
