//! Looks into a source tree for what its manifests do not say.

use std::path::{Path, PathBuf};

use crate::system::{Entry, FileKind, System};

/// Directories that hold what tools made, by names that nothing else carries.
const MADE: [&str; 2] = ["__pycache__", "node_modules"];

/// Files by which a directory tells that tools made it, whatever it is called: that of every cache (the Cache Directory
/// Tagging Specification), of cargo's target directory, and of a virtual environment (PEP 405).
const MARKS: [&str; 3] = ["CACHEDIR.TAG", ".rustc_info.json", "pyvenv.cfg"];

/// Directories that pytest does not enter by default (`norecursedirs`), besides those that are known as made.
const NOT_COLLECTED: [&str; 5] = ["build", "dist", "venv", "CVS", "_darcs"];

/// How many directories a search enters at most; a bound for whoever starts it in the wrong place.
const MOST_DIRECTORIES: usize = 4096;

/// What a directory holds that people write.
pub(crate) struct Tree {
    /// It and every directory below it.
    pub(crate) directories: Vec<PathBuf>,
    /// The files that were wanted, in the order of their paths.
    pub(crate) files: Vec<PathBuf>,
    /// Whether nothing was left out because there was too much of it.
    pub(crate) is_whole: bool,
}

/// Directories of tools that nothing which is built or tested reads, though they are not marked as caches.
const OF_TOOLS: [&str; 8] = [
    ".git", ".hg", ".svn", ".jj", ".idea", ".vscode", ".vs", ".zed",
];

/// Looks through everything below `root` that people write, for the files that `wanted` accepts.
pub(crate) fn tree(system: &dyn System, root: &Path, wanted: &dyn Fn(&Path) -> bool) -> Tree {
    walk(system, root, wanted, &is_named_as_made)
}

/// The same with hidden directories, but for those of tools and of `wr` itself.
pub(crate) fn whole_tree(system: &dyn System, root: &Path, wanted: &dyn Fn(&Path) -> bool) -> Tree {
    let is_passed_over = |dir: &Path| {
        let name = dir.file_name().unwrap_or_default();
        name == ".wr" || OF_TOOLS.iter().chain(&MADE).any(|known| name == *known)
    };
    walk(system, root, wanted, &is_passed_over)
}

fn walk(
    system: &dyn System,
    root: &Path,
    wanted: &dyn Fn(&Path) -> bool,
    is_passed_over: &dyn Fn(&Path) -> bool,
) -> Tree {
    let mut tree = Tree {
        directories: Vec::new(),
        files: Vec::new(),
        is_whole: true,
    };
    let mut open = vec![root.to_owned()];
    while let Some(dir) = open.pop() {
        let entries = system.list(&dir).unwrap_or_default();
        if dir != root && entries.iter().any(marks_as_made) {
            continue;
        }
        if tree.directories.len() == MOST_DIRECTORIES {
            tree.is_whole = false;
            break;
        }
        tree.directories.push(dir);
        for entry in entries {
            match entry.kind {
                FileKind::Directory if !is_passed_over(&entry.path) => open.push(entry.path),
                FileKind::File if wanted(&entry.path) => tree.files.push(entry.path),
                _ => {}
            }
        }
    }
    tree.files.sort();
    tree
}

fn marks_as_made(entry: &Entry) -> bool {
    let name = entry.path.file_name();
    name.is_some_and(|name| MARKS.iter().any(|mark| name == *mark))
}

fn is_named_as_made(dir: &Path) -> bool {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || MADE.contains(&&*name)
}

/// Every directory below `root` that holds what people write, with `root` itself.
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

/// Whether there is a file below `root` by a name that pytest collects by default. Which tests there are is pytest's to say.
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

/// The names that a shared library may have, on the systems that Python runs on.
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

/// Whether a crate's library holds unit tests.
pub(crate) fn has_unit_tests(system: &dyn System, crate_dir: &Path) -> bool {
    any_source(system, &crate_dir.join("src"), &|text| {
        text.contains("#[test]") || text.contains("#[cfg(test)]")
    })
}

/// Whether a crate has tests in files of their own (cargo book, "Cargo Targets").
pub(crate) fn has_integration_tests(system: &dyn System, crate_dir: &Path) -> bool {
    any_source(system, &crate_dir.join("tests"), &|text| {
        text.contains("#[test]")
    })
}

/// Whether the text of any Rust source below a directory is so.
pub(crate) fn any_source(system: &dyn System, dir: &Path, is_so: &dyn Fn(&str) -> bool) -> bool {
    files(system, dir, &is_rust).iter().any(|file| {
        system
            .read(file)
            .is_ok_and(|bytes| is_so(&String::from_utf8_lossy(&bytes)))
    })
}
