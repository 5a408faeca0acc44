//! Finds the interpreter to use.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use pep440_rs::VersionSpecifiers;

use super::{Interpreter, in_environment, probe_within};
use crate::system::{Cancel, System, SystemExt};

/// The newest minor version of Python 3 that is searched for by name; newer ones are found as `python3`.
const NEWEST_BY_NAME: u32 = 20;

/// Where to look for interpreters.
#[derive(Debug, Clone)]
pub struct Interpreters<'a> {
    /// The environment: `PATH`, `VIRTUAL_ENV`, `PYENV_ROOT` and `HOME` are used.
    pub env: &'a BTreeMap<OsString, OsString>,
    /// The path, name or version that the user asked for; if set, no other interpreter is used.
    pub requested: Option<&'a str>,
    /// How long a candidate may take to describe itself.
    pub patience: Duration,
    /// Ends the search, even while an interpreter hangs.
    pub cancel: &'a Cancel,
}

/// Why no interpreter is suitable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoInterpreter {
    /// The interpreters that were found, none of them suitable.
    pub unfit: Vec<Interpreter>,
    /// The programs that look like interpreters but didn't respond, with the reasons.
    pub silent: Vec<(PathBuf, String)>,
    /// What the user asked for, if that wasn't found.
    pub requested: Option<String>,
}

impl fmt::Display for NoInterpreter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.requested, self.unfit.first()) {
            (Some(requested), None) => write!(f, "no Python interpreter `{requested}` was found"),
            (_, Some(unfit)) => write!(
                f,
                "Python {} at {} isn't suitable",
                unfit.version_text(),
                unfit.executable.display()
            ),
            (None, None) => f.write_str("no Python interpreter was found"),
        }
    }
}

impl Interpreters<'_> {
    /// The first interpreter that satisfies `required` and is supported: the default `python3` if suitable, otherwise the newest
    /// of the others.
    pub fn find(
        &self,
        system: &dyn System,
        required: Option<&VersionSpecifiers>,
    ) -> Result<Interpreter, NoInterpreter> {
        let mut missed = NoInterpreter {
            unfit: Vec::new(),
            silent: Vec::new(),
            requested: self.requested.map(str::to_owned),
        };
        for group in self.candidates(system) {
            let mut fit: Vec<Interpreter> = Vec::new();
            for program in group {
                if self.cancel.is_cancelled() {
                    return Err(missed);
                }
                match probe_within(system, self.env, &program, self.patience, self.cancel) {
                    Ok(found) if found.is_supported() && found.satisfies(required) => {
                        fit.push(found);
                    }
                    Ok(found) => {
                        if !missed
                            .unfit
                            .iter()
                            .any(|one| one.executable == found.executable)
                        {
                            missed.unfit.push(found);
                        }
                    }
                    Err(reason) => missed.silent.push((program, reason)),
                }
            }
            if let Some(best) = fit.into_iter().max_by_key(|one| one.version) {
                return Ok(best);
            }
        }
        Err(missed)
    }

    /// Groups of candidates: the first group with a suitable one decides, and later groups are never started.
    fn candidates(&self, system: &dyn System) -> Vec<Vec<PathBuf>> {
        if let Some(requested) = self.requested {
            return self.requested_candidates(system, requested);
        }
        let mut groups = Vec::new();
        if let Some(active) = self.variable("VIRTUAL_ENV") {
            groups.push(vec![in_environment(Path::new(active))]);
        }
        groups.extend(
            ["python3", "python"]
                .iter()
                .filter_map(|name| self.on_path(system, name))
                .map(|program| vec![program]),
        );
        let by_name = (super::OLDEST_SUPPORTED.1..=NEWEST_BY_NAME)
            .filter_map(|minor| self.on_path(system, &format!("python3.{minor}")));
        groups.push(by_name.chain(self.managed(system)).collect());
        groups
    }

    /// The same for a request. The one that it names comes first, so that a newer one never replaces it.
    pub(super) fn requested_candidates(
        &self,
        system: &dyn System,
        requested: &str,
    ) -> Vec<Vec<PathBuf>> {
        let path = PathBuf::from(requested);
        if requested.contains(std::path::is_separator) {
            return vec![vec![if system.is_dir(&path) {
                in_environment(&path)
            } else {
                path
            }]];
        }
        // A virtual environment in the current directory can be named without a separator too.
        let here = in_environment(&path);
        if system.is_file(&here) {
            return vec![vec![std::path::absolute(&here).unwrap_or(here)]];
        }
        let name = if requested.starts_with(|c: char| c.is_ascii_digit()) {
            format!("python{requested}")
        } else {
            requested.to_owned()
        };
        // `python3` means the one on `PATH` and no other, whatever versions a version manager has.
        let version = requested.trim_start_matches("python");
        let names_a_minor_version =
            version.starts_with(|c: char| c.is_ascii_digit()) && version.contains('.');
        let managed = self
            .managed(system)
            .into_iter()
            .filter(|program| names_a_minor_version && is_of_version(program, version));
        vec![
            self.on_path(system, &name).into_iter().collect(),
            managed.collect(),
        ]
    }

    /// The interpreters that version managers keep outside `PATH`: those of pyenv and uv.
    fn managed(&self, system: &dyn System) -> Vec<PathBuf> {
        let home = self.variable("HOME").map(PathBuf::from);
        let below = |base: Option<PathBuf>, rest: &str| base.map(|base| base.join(rest));
        let pyenv = self
            .variable("PYENV_ROOT")
            .map(PathBuf::from)
            .or_else(|| below(home.clone(), ".pyenv"));
        let uv = self
            .variable("XDG_DATA_HOME")
            .map(PathBuf::from)
            .or_else(|| below(home, ".local/share"));
        [below(pyenv, "versions"), below(uv, "uv/python")]
            .into_iter()
            .flatten()
            .filter_map(|dir| system.list(&dir).ok())
            .flatten()
            .map(|entry| in_environment(&entry.path))
            .filter(|program| system.is_file(program))
            .collect()
    }

    pub(super) fn on_path(&self, system: &dyn System, name: &str) -> Option<PathBuf> {
        let path = self.variable("PATH");
        system.find_program(OsStr::new(name), path, Path::new("/"))
    }

    pub(super) fn variable(&self, name: &str) -> Option<&OsStr> {
        let value = self.env.get(OsStr::new(name))?;
        (!value.is_empty()).then_some(value.as_os_str())
    }
}

/// Whether a version manager's installation has a version, such as `3.1` or `3.13.0`: one of its directories is named after it,
/// such as `3.13.0` or `cpython-3.13.0-linux-x86_64-gnu`. `3.1` doesn't match `3.13`.
fn is_of_version(program: &Path, version: &str) -> bool {
    program.components().any(|component| {
        let name = component.as_os_str().to_string_lossy();
        let name = name.strip_prefix("cpython-").unwrap_or(&name);
        name.strip_prefix(version)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_of_version;

    #[test]
    fn versions_are_compared_by_whole_numbers() {
        let pyenv = Path::new("/home/me/.pyenv/versions/3.13.0/bin/python");
        let uv =
            Path::new("/home/me/.local/share/uv/python/cpython-3.13.0-linux-x86_64-gnu/bin/python");
        for program in [pyenv, uv] {
            assert!(is_of_version(program, "3.13"));
            assert!(is_of_version(program, "3.13.0"));
            assert!(!is_of_version(program, "3.1"));
            assert!(!is_of_version(program, "3.12"));
            assert!(!is_of_version(program, "13"));
        }
        let free_threaded = Path::new("/home/me/.pyenv/versions/3.13t/bin/python");
        assert!(!is_of_version(free_threaded, "3.12"));
    }
}
