//! The interpreters of this machine, found independently of how `wr` finds them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::program;

/// An interpreter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Python {
    pub program: PathBuf,
    pub version: (u32, u32, u32),
    /// Whether it can create virtual environments with pip.
    pub has_ensurepip: bool,
}

impl Python {
    pub fn version_text(&self) -> String {
        let (major, minor, micro) = self.version;
        format!("{major}.{minor}.{micro}")
    }

    pub fn minor(&self) -> (u32, u32) {
        (self.version.0, self.version.1)
    }
}

const SCRIPT: &str = "
import platform, sys
from importlib.util import find_spec
pip = find_spec('ensurepip') is not None and find_spec('venv') is not None
print(platform.python_implementation(), *sys.version_info[:3], int(pip), sys.executable)
";

/// Every CPython 3 on `PATH` and among the versions of pyenv and uv, those on `PATH` first.
pub fn all() -> Vec<Python> {
    let mut found: Vec<Python> = Vec::new();
    for candidate in candidates() {
        if let Some(python) = ask(&candidate)
            && !found.iter().any(|one| one.program == python.program)
        {
            found.push(python);
        }
    }
    found
}

/// The interpreter for tests that accept any: the first one that `wr` supports and that can create environments.
pub fn any() -> Python {
    all()
        .into_iter()
        .find(|one| one.minor() >= (3, 11) && one.has_ensurepip)
        .expect("these tests need CPython 3.11 or newer with `venv` (Debian: python3-venv)")
}

fn candidates() -> Vec<PathBuf> {
    let names = ["python3".to_owned(), "python".to_owned()]
        .into_iter()
        .chain((11..20).map(|minor| format!("python3.{minor}")));
    let dirs: Vec<PathBuf> = variable("PATH")
        .map(|path| std::env::split_paths(&path).collect())
        .unwrap_or_default();
    let on_path = names.flat_map(|name| {
        let found: Vec<_> = dirs.iter().map(|dir| dir.join(&name)).collect();
        found
    });
    let home = variable("HOME").map(PathBuf::from).unwrap_or_default();
    let pyenv = variable("PYENV_ROOT").map_or_else(|| home.join(".pyenv"), PathBuf::from);
    let kept = [pyenv.join("versions"), home.join(".local/share/uv/python")];
    let managed = kept.iter().flat_map(|dir| {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        let mut programs: Vec<_> = entries
            .map(|entry| entry.path().join("bin").join("python"))
            .collect();
        programs.sort();
        programs
    });
    on_path
        .chain(managed)
        .filter(|file| file.is_file())
        .collect()
}

fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

fn ask(program: &Path) -> Option<Python> {
    let dir = program.parent()?;
    let mut command = program::command(OsStr::new(program), dir);
    command.args(["-I", "-S", "-c", SCRIPT]);
    let ended = program::run(&mut command, Duration::from_secs(20));
    if !ended.succeeded() {
        return None;
    }
    let mut words = ended.stdout.trim().splitn(6, ' ');
    if words.next()? != "CPython" {
        return None;
    }
    let mut number = || words.next()?.parse::<u32>().ok();
    let version = (number()?, number()?, number()?);
    let has_ensurepip = number()? == 1;
    Some(Python {
        program: PathBuf::from(words.next()?),
        version,
        has_ensurepip,
    })
}
