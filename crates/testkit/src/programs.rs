//! Programs that stand in for real ones, and directories with only some programs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Workshop, environment};

impl Workshop {
    /// Writes an executable script called `name` into the directory `dir` and returns the directory.
    #[cfg(unix)]
    pub fn script(&self, dir: &str, name: &str, lines: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let file = Path::new(dir).join(name);
        self.write(&file, format!("#!/bin/sh\n{lines}\n"));
        fs::set_permissions(self.path(&file), fs::Permissions::from_mode(0o755))
            .expect("a file that a test wrote can be made executable");
        self.path(dir)
    }

    /// A directory with links to exactly these programs.
    #[cfg(unix)]
    pub fn only(&self, dir: &str, programs: &[&str]) -> PathBuf {
        self.folder(dir);
        for program in programs {
            let link = self.path(dir).join(program);
            std::os::unix::fs::symlink(find(program), link).expect("a link can be made");
        }
        self.path(dir)
    }
}

/// Finds a program the way a test's `wr` does.
fn find(program: &str) -> PathBuf {
    let path = environment::clean()
        .remove(std::ffi::OsStr::new("PATH"))
        .expect("PATH is always set");
    std::env::split_paths(&path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("these tests need `{program}` on PATH"))
}

/// The Python that tests use: the interpreter itself, not a shim for it.
pub fn python() -> PathBuf {
    environment::python()
}
