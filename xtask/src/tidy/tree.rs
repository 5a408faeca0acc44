//! The repository as the checks see it: its files, its workspace's packages, and the lock file.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

use super::tokens::RustFile;

/// The repository.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// The absolute path of the root, for code that has to read the disk again.
    pub(crate) root: PathBuf,
    /// The packages of the workspace.
    pub(crate) packages: Vec<Package>,
    /// The files by path relative to the root, with `/` as the separator. Binary files are stored as empty.
    files: BTreeMap<String, String>,
}

/// A package of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its manifest, relative to the root.
    pub(crate) manifest: String,
    /// Its dependencies, by name.
    pub(crate) dependencies: Vec<(String, Kind)>,
}

/// Where a dependency is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// In the package itself or its build script.
    Normal,
    /// Only in its tests and examples.
    Development,
}

impl Tree {
    /// Reads the repository of the workspace around the current directory: the files that git tracks, or would track.
    pub(crate) fn load(cargo: &OsStr) -> anyhow::Result<Self> {
        let metadata = metadata(cargo)?;
        let root = metadata.workspace_root.clone().into_std_path_buf();
        let packages = metadata.packages.iter().map(|package| {
            let manifest = package.manifest_path.as_std_path();
            Package {
                name: package.name.to_string(),
                manifest: relative(manifest.strip_prefix(&root).unwrap_or(manifest)),
                dependencies: package
                    .dependencies
                    .iter()
                    .map(|one| {
                        let kind = match one.kind {
                            DependencyKind::Development => Kind::Development,
                            _ => Kind::Normal,
                        };
                        (one.name.clone(), kind)
                    })
                    .collect(),
            }
        });
        Ok(Self {
            packages: packages.collect(),
            files: files(&root)?,
            root,
        })
    }

    /// The contents of a file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether a file or folder exists.
    pub(crate) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.contains_key(path) || self.paths_below(path).next().is_some()
    }

    /// The paths in a folder, relative to it.
    pub(crate) fn paths_below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a str> {
        let prefix = format!("{}/", folder.trim_end_matches('/'));
        self.files
            .range(prefix.clone()..)
            .map_while(move |(path, _)| path.strip_prefix(prefix.as_str()))
    }

    /// The names of a folder's direct subfolders, in order.
    pub(crate) fn folders_in(&self, folder: &str) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .paths_below(folder)
            .filter_map(|path| path.split_once('/'))
            .map(|(name, _)| name)
            .collect();
        names.dedup();
        names
    }

    /// The project's own Rust sources: those of the crates and of this program. Files in a folder called `fixtures` are
    /// only test data, so they don't count.
    pub(crate) fn rust_files(&self) -> impl Iterator<Item = RustFile<'_>> {
        self.files
            .iter()
            .filter(|(path, _)| is_own_source(path))
            .map(|(path, text)| RustFile::new(path, text))
    }

    /// The first line of a file that contains a string, counted from 1; the first line of the file if none does.
    pub(crate) fn line_of(&self, path: &str, wanted: &str) -> usize {
        let mut lines = self.text(path).unwrap_or_default().lines();
        lines
            .position(|line| line.contains(wanted))
            .map_or(1, |at| at + 1)
    }

    /// Every file's path and text.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.iter();
        files.map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// A tree in memory.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self {
            files: files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .collect(),
            ..Self::default()
        }
    }

    /// The tree with packages in its workspace.
    #[cfg(test)]
    pub(crate) fn with_packages(mut self, packages: Vec<Package>) -> Self {
        self.packages = packages;
        self
    }

    /// Writes files to a folder and reads them back as a tree.
    #[cfg(test)]
    pub(crate) fn on_disk(root: &Path, files: &[(&str, &str)]) -> Self {
        for (path, text) in files {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self {
            root: root.to_owned(),
            ..Self::of(files)
        }
    }
}

/// The metadata that cargo reports for the workspace around the current directory.
pub(crate) fn metadata(cargo: &OsStr) -> anyhow::Result<Metadata> {
    MetadataCommand::new()
        .cargo_path(cargo)
        .no_deps()
        .exec()
        .context("cannot read the workspace")
}

/// Directories whose Rust files are data of tests: the corpus holds mistakes, and code in which they are corrected.
const NOT_CODE: [&str; 2] = ["fixtures", "corpus"];

fn is_own_source(path: &str) -> bool {
    let is_rust = Path::new(path).extension().is_some_and(|end| end == "rs");
    let ours = path.starts_with("crates/") || path.starts_with("xtask/");
    is_rust && ours && !path.split('/').any(|part| NOT_CODE.contains(&part))
}

fn files(root: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    // In a container, the checkout often belongs to a different user than the one running the check.
    let trusted = format!("safe.directory={}", root.display());
    let listed = Command::new("git")
        .args(["-c", trusted.as_str()])
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root)
        .output()
        .context("cannot start git, which lists the repository's files")?;
    if !listed.status.success() {
        bail!(
            "git can't list the files of {}: {}",
            root.display(),
            String::from_utf8_lossy(&listed.stderr).trim()
        );
    }
    let mut files = BTreeMap::new();
    for path in String::from_utf8_lossy(&listed.stdout).split_terminator('\0') {
        // Git may still list files that have been removed.
        if let Ok(bytes) = std::fs::read(root.join(path)) {
            let text = String::from_utf8(bytes).unwrap_or_default();
            files.insert(path.to_owned(), text);
        }
    }
    Ok(files)
}

/// A path with `/` as the separator on every system.
fn relative(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(OsStr::to_string_lossy).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_files_and_folders() {
        let tree = Tree::of(&[("a/b/c.rs", "1\n2\n"), ("a/d.md", ""), ("ab/e", "")]);
        assert!(tree.has("a/b") && tree.has("a/b/") && tree.has("a/d.md"));
        assert!(!tree.has("a/b/c") && !tree.has("b"));
        assert_eq!(tree.folders_in("a"), ["b"]);
        assert_eq!(
            tree.paths_below("a").collect::<Vec<_>>(),
            ["b/c.rs", "d.md"]
        );
        assert_eq!(tree.line_of("a/b/c.rs", "2"), 2);
    }

    #[test]
    fn sources_are_those_of_the_tools() {
        let tree = Tree::of(&[
            ("crates/a/src/lib.rs", ""),
            ("crates/a/tests/fixtures/broken.rs", ""),
            ("exercises/01_a/01_b/src/lib.rs", ""),
            ("crates/a/tests/corpus/a-mistake/wrong.rs", ""),
            ("xtask/src/main.rs", ""),
        ]);
        let paths: Vec<_> = tree.rust_files().map(|file| file.path).collect();
        assert_eq!(paths, ["crates/a/src/lib.rs", "xtask/src/main.rs"]);
    }
}
