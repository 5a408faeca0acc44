//! Finds what's worth inspecting in a directory.

use std::path::{Path, PathBuf};

use super::bytes::cannot_read;
use super::report::{Trouble, shown};

/// The search stops after this many, so that anyone who passes a whole disk finds out soon.
const MOST_ENTRIES: usize = 500_000;

/// Directories with generated files.
const MADE: [&str; 5] = [
    "target",
    "node_modules",
    "__pycache__",
    "venv",
    "site-packages",
];

/// The directories that a search enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Enter {
    /// All of them.
    All,
    /// Those that people write in: not hidden ones, and not those that tools fill.
    Written,
}

/// The files below a directory that `wanted` accepts, sorted. Links to directories aren't followed, so searches can't
/// loop; a directory that can't be entered is reported.
pub(super) fn files(
    root: &Path,
    enter: Enter,
    wanted: impl Fn(&Path) -> bool,
) -> Result<(Vec<PathBuf>, Vec<Trouble>), Trouble> {
    let mut found = Vec::new();
    let mut troubles = Vec::new();
    let mut open = vec![root.to_owned()];
    let mut seen = 0;
    while let Some(dir) = open.pop() {
        let entries = match std::fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(error) if dir == root => return Err(cannot_read(root, &error)),
            // Ignore entries that have disappeared in the meantime.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                troubles.push(cannot_read(&dir, &error));
                continue;
            }
        };
        for entry in entries.flatten() {
            seen += 1;
            if seen > MOST_ENTRIES {
                return Err(Trouble::new(
                    shown(root),
                    format!("it contains more than {MOST_ENTRIES} files"),
                )
                .help("pass a directory further down"));
            }
            let path = entry.path();
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() {
                if enter == Enter::All || is_written_by_people(&path) {
                    open.push(path);
                }
            } else if wanted(&path) && is_file(&path, kind) {
                found.push(path);
            }
        }
    }
    found.sort();
    troubles.sort_by(|a, b| a.target.cmp(&b.target));
    Ok((found, troubles))
}

/// Whether it's a file, or a link to one.
fn is_file(path: &Path, kind: std::fs::FileType) -> bool {
    kind.is_file() || (kind.is_symlink() && path.is_file())
}

fn is_written_by_people(dir: &Path) -> bool {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && !MADE.contains(&&*name)
}

/// Whether a file's name is a wheel's.
pub(super) fn is_wheel(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("whl"))
}

/// Whether a file's name is that of a loadable binary.
pub(super) fn is_binary(path: &Path) -> bool {
    anatomy::is_binary_name(&path.to_string_lossy())
}
