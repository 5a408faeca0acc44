//! The Cargo workspace that a crate belongs to, which has its own manifest and lock file.

use toml::{Table, Value};

use super::Texts;
use super::paths::{directory, join};

/// How far up to look for a workspace root.
const HIGHEST: usize = 64;

/// A workspace manifest.
pub(super) struct Workspace {
    /// Its path inside the project, or above it with `..`.
    pub(super) path: String,
    table: Table,
}

impl Workspace {
    /// The workspace of the crate whose manifest is at a path: the crate's own, the one that `package.workspace` names,
    /// or the nearest one upwards (cargo book, "Workspaces").
    pub(super) fn of(texts: &Texts, path: &str) -> Option<Self> {
        let own: Table = texts.get(path)?.parse().ok()?;
        let here = directory(path);
        let named = own
            .get("package")
            .and_then(|package| package.get("workspace"))
            .and_then(Value::as_str)
            .map(|named| join(here, &format!("{named}/Cargo.toml")));
        if own.contains_key("workspace") {
            return Some(Self {
                path: path.to_owned(),
                table: own,
            });
        }
        if let Some(path) = named {
            return Self::at(texts, path);
        }
        (1..HIGHEST)
            .map(|up| join(here, &format!("{}Cargo.toml", "../".repeat(up))))
            .find_map(|path| Self::at(texts, path))
    }

    fn at(texts: &Texts, path: String) -> Option<Self> {
        let table: Table = texts.get(&path)?.parse().ok()?;
        table
            .contains_key("workspace")
            .then_some(Self { path, table })
    }

    /// What `[workspace.dependencies]` says about a dependency.
    pub(super) fn dependency(&self, name: &str) -> Option<&Value> {
        self.table.get("workspace")?.get("dependencies")?.get(name)
    }
}
