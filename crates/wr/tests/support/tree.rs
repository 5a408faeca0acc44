//! Copies of directories.

use std::fs;
use std::path::Path;

/// Files that tools create.
const MADE: [&str; 9] = [
    "target",
    "__pycache__",
    ".pytest_cache",
    ".venv",
    ".wr",
    "uv.lock",
    "progress.db",
    "progress.db-wal",
    "progress.db-shm",
];

/// Copies the files that people wrote in `from` over those in `to`. Every file is new, so cargo notices the change.
pub fn copy(from: &Path, to: &Path) {
    copy_without(from, to, &[]);
}

/// Copies everything except entries with these names.
pub fn copy_without(from: &Path, to: &Path, left_out: &[&str]) {
    let failed =
        |path: &Path, error: std::io::Error| -> ! { panic!("{}: {error}", path.display()) };
    fs::create_dir_all(to).unwrap_or_else(|error| failed(to, error));
    for entry in fs::read_dir(from).unwrap_or_else(|error| failed(from, error)) {
        let path = entry.unwrap_or_else(|error| failed(from, error)).path();
        let name = path.file_name().expect("an entry has a name");
        let text = name.to_string_lossy();
        if MADE.contains(&&*text) || left_out.contains(&&*text) {
            continue;
        }
        let target = to.join(name);
        if path.is_dir() {
            copy_without(&path, &target, left_out);
        } else {
            // The file is replaced rather than overwritten, so that open copies stay unchanged.
            let _ = fs::remove_file(&target);
            fs::copy(&path, &target).unwrap_or_else(|error| failed(&path, error));
        }
    }
}

/// Removes a directory and its contents, if it exists.
pub fn remove(dir: &Path) {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            panic!("{}: {error}", dir.display())
        }
        _ => {}
    }
}

/// Writes a file, creating parent directories.
pub fn write(file: &Path, text: &str) {
    let dir = file.parent().expect("a file is in a directory");
    fs::create_dir_all(dir)
        .and_then(|()| fs::write(file, text))
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}
