//! Lock files, which name the wheels of each package.

use std::path::Path;

use anatomy::loads::Lock;

use crate::inspect::bytes;
use crate::inspect::report::{Trouble, shown};

/// The most that the parser accepts.
const LARGEST: u64 = 64 << 20;

/// Whether a file's name is a lock file's: `uv.lock`, `pylock.toml`, `pylock.name.toml` (PEP 751).
pub(super) fn is_lock(path: &Path) -> bool {
    is_uv_lock(path) || is_pylock(path)
}

fn is_uv_lock(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "uv.lock")
}

fn is_pylock(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name == "pylock.toml"
        || name
            .strip_prefix("pylock.")
            .and_then(|rest| rest.strip_suffix(".toml"))
            .is_some_and(|middle| !middle.is_empty() && !middle.contains('.'))
}

pub(super) fn read(path: &Path) -> Result<Lock, Trouble> {
    // If it can't be opened, the error says why.
    bytes::open(path)?;
    let text = bytes::text(path, LARGEST)
        .ok_or_else(|| Trouble::new(shown(path), "it isn't UTF-8 text, or it's too long"))?;
    let lock = if is_uv_lock(path) {
        Lock::parse_uv(&text)
    } else {
        Lock::parse_pylock(&text)
    };
    lock.map_err(|error| {
        Trouble::new(shown(path), error.to_string()).help("recreate it with the tool that wrote it")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_files_are_recognised_by_name() {
        for name in ["uv.lock", "a/uv.lock", "pylock.toml", "pylock.dev.toml"] {
            assert!(is_lock(Path::new(name)), "{name}");
        }
        for name in [
            "Cargo.lock",
            "pylock.a.b.toml",
            "pylock..toml",
            "pyproject.toml",
            "xuv.lock",
        ] {
            assert!(!is_lock(Path::new(name)), "{name}");
        }
    }
}
