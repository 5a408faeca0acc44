//! Searches a source tree for what its manifests don't say.

use std::path::{Path, PathBuf};

use crate::system::{Entry, FileKind, System};

/// Directories that tools create, by names that nothing else has.
const TOOL_DIRECTORIES: [&str; 2] = ["__pycache__", "node_modules"];

/// Files that mark a directory as created by tools, whatever its name: that of every cache (the Cache Directory Tagging
/// Specification), of cargo's target directory, and of a virtual environment (PEP 405).
const TOOL_MARKERS: [&str; 3] = ["CACHEDIR.TAG", ".rustc_info.json", "pyvenv.cfg"];

/// Directories that pytest doesn't enter by default (`norecursedirs`), apart from those above.
const NOT_COLLECTED: [&str; 5] = ["build", "dist", "venv", "CVS", "_darcs"];

/// How many directories a search enters at most, in case it's started in the wrong place.
const MOST_DIRECTORIES: usize = 4096;

/// The part of a directory tree that users write.
pub(crate) struct Tree {
    /// The directory itself and every directory below it.
    pub(crate) directories: Vec<PathBuf>,
    /// The wanted files, in the order of their paths.
    pub(crate) files: Vec<PathBuf>,
    /// Whether everything was searched. It isn't if there are too many directories.
    pub(crate) is_whole: bool,
}

/// Directories of tools that no build or test reads, although they aren't marked as caches.
const OF_TOOLS: [&str; 8] = [
    ".git", ".hg", ".svn", ".jj", ".idea", ".vscode", ".vs", ".zed",
];

/// Searches everything below `root` that users write for the files that `wanted` accepts.
pub(crate) fn tree(system: &dyn System, root: &Path, wanted: &dyn Fn(&Path) -> bool) -> Tree {
    walk(system, root, wanted, &has_tool_name)
}

/// The same with hidden directories, except those of tools and of `wr` itself.
pub(crate) fn whole_tree(system: &dyn System, root: &Path, wanted: &dyn Fn(&Path) -> bool) -> Tree {
    let is_skipped = |dir: &Path| {
        let name = dir.file_name().unwrap_or_default();
        name == ".wr"
            || OF_TOOLS
                .iter()
                .chain(&TOOL_DIRECTORIES)
                .any(|known| name == *known)
    };
    walk(system, root, wanted, &is_skipped)
}

fn walk(
    system: &dyn System,
    root: &Path,
    wanted: &dyn Fn(&Path) -> bool,
    is_skipped: &dyn Fn(&Path) -> bool,
) -> Tree {
    let mut tree = Tree {
        directories: Vec::new(),
        files: Vec::new(),
        is_whole: true,
    };
    let mut open = vec![root.to_owned()];
    while let Some(dir) = open.pop() {
        let entries = system.list(&dir).unwrap_or_default();
        if dir != root && entries.iter().any(is_tool_marker) {
            continue;
        }
        if tree.directories.len() == MOST_DIRECTORIES {
            tree.is_whole = false;
            break;
        }
        tree.directories.push(dir);
        for entry in entries {
            match entry.kind {
                FileKind::Directory if !is_skipped(&entry.path) => open.push(entry.path),
                FileKind::File if wanted(&entry.path) => tree.files.push(entry.path),
                _ => {}
            }
        }
    }
    tree.files.sort();
    tree
}

fn is_tool_marker(entry: &Entry) -> bool {
    let name = entry.path.file_name();
    name.is_some_and(|name| TOOL_MARKERS.iter().any(|mark| name == *mark))
}

fn has_tool_name(dir: &Path) -> bool {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || TOOL_DIRECTORIES.contains(&&*name)
}

/// Every directory below `root` with files that users write, including `root` itself.
pub(crate) fn directories(system: &dyn System, root: &Path) -> Vec<PathBuf> {
    tree(system, root, &|_| false).directories
}

/// Every file below `root` that `wanted` accepts, in the order of their paths.
pub(crate) fn files(
    system: &dyn System,
    root: &Path,
    wanted: &dyn Fn(&Path) -> bool,
) -> Vec<PathBuf> {
    tree(system, root, wanted).files
}

/// Whether there is a file below `root` with a name that pytest collects by default. pytest decides which tests there are.
pub(crate) fn has_files_like_tests(system: &dyn System, root: &Path) -> bool {
    files(system, root, &is_python_test).iter().any(|file| {
        let inside = file.strip_prefix(root).unwrap_or(file);
        let mut parts = inside.components();
        !parts.any(|part| NOT_COLLECTED.iter().any(|name| part.as_os_str() == *name))
    })
}

/// Whether a file is one that pytest collects by default (`python_files`).
fn is_python_test(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(".py")
        .is_some_and(|stem| stem.starts_with("test_") || stem.ends_with("_test"))
}

/// The file names that a shared library may have on the systems that Python runs on.
pub(crate) fn file_names(library: &str) -> [String; 3] {
    [
        format!("lib{library}.so"),
        format!("lib{library}.dylib"),
        format!("{library}.dll"),
    ]
}

/// Whether a file is Python source.
pub(crate) fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "py")
}

/// Whether a file is Rust source.
pub(crate) fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "rs")
}

/// Whether a crate's library has unit tests.
pub(crate) fn has_unit_tests(system: &dyn System, crate_dir: &Path) -> bool {
    any_source(system, &crate_dir.join("src"), &|text| {
        text.contains("#[test]") || text.contains("#[cfg(test)]")
    })
}

/// Whether a condition holds for the text of any Rust source below a directory.
pub(crate) fn any_source(system: &dyn System, dir: &Path, holds: &dyn Fn(&str) -> bool) -> bool {
    any_text(system, dir, &is_rust, holds)
}

/// Whether a condition holds for the text of any file of a kind below a directory.
pub(crate) fn any_text(
    system: &dyn System,
    dir: &Path,
    is_kind: &dyn Fn(&Path) -> bool,
    holds: &dyn Fn(&str) -> bool,
) -> bool {
    files(system, dir, is_kind).iter().any(|file| {
        system
            .read(file)
            .is_ok_and(|bytes| holds(&String::from_utf8_lossy(&bytes)))
    })
}
