//! Looks into a source tree for what its manifests do not say.

use std::path::{Path, PathBuf};

use crate::system::{FileKind, System};

/// Directories that hold what tools made, not what people wrote.
const MADE: [&str; 8] = [
    "target",
    "node_modules",
    "__pycache__",
    "venv",
    "build",
    "dist",
    "site-packages",
    "wrong",
];

/// How many directories a search enters at most; a bound for whoever starts it in the wrong place.
const MOST_DIRECTORIES: usize = 4096;

/// Every directory below `root` that holds what people write, `root` first.
pub(crate) fn directories(system: &dyn System, root: &Path) -> Vec<PathBuf> {
    let mut found = vec![root.to_owned()];
    let mut next = 0;
    while next < found.len() && found.len() < MOST_DIRECTORIES {
        for entry in system.list(&found[next]).unwrap_or_default() {
            if entry.kind == FileKind::Directory && is_written_by_people(&entry.path) {
                found.push(entry.path);
            }
        }
        next += 1;
    }
    found
}

/// Whether a directory holds what people write, by its name.
fn is_written_by_people(dir: &Path) -> bool {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && !MADE.contains(&&*name)
}

/// Every file below `root` that `wanted` accepts, in the order of their paths.
pub(crate) fn files(
    system: &dyn System,
    root: &Path,
    wanted: &dyn Fn(&Path) -> bool,
) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    let mut entered = 0;
    while let Some(dir) = open.pop() {
        entered += 1;
        if entered > MOST_DIRECTORIES {
            break;
        }
        for entry in system.list(&dir).unwrap_or_default() {
            match entry.kind {
                FileKind::Directory if is_written_by_people(&entry.path) => {
                    open.push(entry.path.clone());
                }
                FileKind::File if wanted(&entry.path) => found.push(entry.path.clone()),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// Whether a file is one that pytest collects by default (`python_files`).
pub(crate) fn is_python_test(path: &Path) -> bool {
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

/// Whether a crate's documentation holds examples.
pub(crate) fn has_doctests(system: &dyn System, crate_dir: &Path) -> bool {
    any_source(system, &crate_dir.join("src"), &|text| {
        text.lines().any(|line| {
            let line = line.trim_start();
            line.starts_with("/// ```") || line.starts_with("//! ```")
        })
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
