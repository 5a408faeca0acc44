//! The harness's Python files: `wr` contains them and writes them where Python can import them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::system::System;

/// The files by their names below the harness's directory, with their content.
macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../harness/", $name)))),*]
    };
}

const FILES: &[(&str, &str)] = &embedded![
    "site/sitecustomize.py",
    "wr_harness/__init__.py",
    "wr_harness/__main__.py",
    "wr_harness/bytecode.py",
    "wr_harness/captured.py",
    "wr_harness/describing.py",
    "wr_harness/failures.py",
    "wr_harness/files.py",
    "wr_harness/forking.py",
    "wr_harness/gate.py",
    "wr_harness/imports.py",
    "wr_harness/load.py",
    "wr_harness/main.py",
    "wr_harness/private.py",
    "wr_harness/protocol.py",
    "wr_harness/reads.py",
    "wr_harness/reporting.py",
    "wr_harness/reports.py",
    "wr_harness/run.py",
    "wr_harness/start.py",
    "wr_harness/tampering.py",
    "wr_harness/worker.py",
    "wr_harness/workers.py",
];

/// The program that starts the harness.
const PROGRAM: &str = "wr_harness/__main__.py";

/// The directory that Python processes started by tests have on `sys.path`, with what it holds.
const SITE: &str = "site";
const SITECUSTOMIZE: &str = "sitecustomize.py";

/// The name of a directory that holds these files and no others. Another version of `wr` has another, so neither changes a file
/// that a process of the other is about to import.
static DIGEST: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = blake3::Hasher::new();
    for (name, text) in FILES {
        hasher.update(format!("{name} {} ", text.len()).as_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
});

/// Where the files of this version are, below the directory for all versions.
pub(super) fn dir_below(all: &Path) -> PathBuf {
    all.join(&*DIGEST)
}

/// Writes those files that are missing.
pub(super) fn write(system: &dyn System, dir: &Path) -> io::Result<()> {
    FILES
        .iter()
        .try_for_each(|(name, text)| system.write(&dir.join(name), text.as_bytes()))
}

/// The program to start.
pub(super) fn program(dir: &Path) -> PathBuf {
    dir.join(PROGRAM)
}

/// The directory of `sitecustomize`.
pub(super) fn site(dir: &Path) -> PathBuf {
    dir.join(SITE)
}

/// The file `sitecustomize.py`.
pub(super) fn sitecustomize(dir: &Path) -> PathBuf {
    site(dir).join(SITECUSTOMIZE)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::environment::OLDEST_PYTEST;
    use crate::system::NativeSystem;

    #[test]
    fn every_module_is_embedded() {
        let system = NativeSystem::new("wr".into());
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("harness");
        let present: BTreeSet<String> = ["site", "wr_harness"]
            .iter()
            .flat_map(|dir| system.list(&root.join(dir)).unwrap())
            .filter(|entry| entry.path.extension().is_some_and(|ending| ending == "py"))
            .map(|entry| {
                let name = entry.path.strip_prefix(&root).unwrap();
                name.display().to_string().replace('\\', "/")
            })
            .collect();
        let embedded: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(embedded, present);
        for name in [PROGRAM, &format!("{SITE}/{SITECUSTOMIZE}")] {
            assert!(embedded.contains(name), "{name}");
        }
    }

    #[test]
    fn the_harness_and_the_engine_agree_on_the_oldest_pytest() {
        let (major, minor) = OLDEST_PYTEST;
        let said = format!("OLDEST_PYTEST = ({major}, {minor})\n");
        let main = FILES.iter().find(|(name, _)| *name == "wr_harness/main.py");
        assert!(main.unwrap().1.contains(&said), "{said}");
    }
}
