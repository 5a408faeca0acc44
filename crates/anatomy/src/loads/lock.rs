//! Lock files: whether each locked package has a wheel for a Python on a system.
//!
//! `uv.lock` and `pylock.toml` (PEP 751) list each package's files by name, so nothing else is needed.

mod pylock;
mod uv;

use std::collections::{BTreeSet, HashMap, VecDeque};

use diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

use super::Host;
use super::markers::holds;
use super::rules::{no_wheel, python_excluded};
use crate::names::normalized_distribution;
use crate::wheel::WheelName;

/// Longer files aren't read; lock files of large projects have a few megabytes.
const LONGEST: usize = 64 << 20;

/// A parsed lock file.
#[derive(Debug, Clone, Default)]
pub struct Lock {
    requires_python: Option<String>,
    packages: Vec<Package>,
    /// The packages that make up the project itself, by their index in the list.
    roots: Vec<usize>,
}

/// The text isn't a lock file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseLockError {
    /// It isn't TOML, or lacks what a lock file has.
    #[error("it can't be read as a lock file: {0}")]
    Broken(String),
    /// Its format version is too new.
    #[error("its format version is {0}, but only version {1} is supported")]
    Version(String, &'static str),
    /// It's too long.
    #[error("it has more than {LONGEST} bytes")]
    TooLong,
}

#[derive(Debug, Clone, Default)]
struct Package {
    name: String,
    version: Option<String>,
    /// If there are any, one of them has to be true.
    markers: Vec<String>,
    requires_python: Option<String>,
    wheels: Vec<String>,
    sdist: Option<String>,
    origin: Origin,
    dependencies: Vec<Dependency>,
}

/// Where a package comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// An index, with files.
    #[default]
    Index,
    /// A directory on disk: the project itself, or another one.
    Directory,
    /// A Git repository or the like.
    Repository,
}

#[derive(Debug, Clone, Deserialize)]
struct Dependency {
    name: String,
    version: Option<String>,
    marker: Option<String>,
}

/// A package in a lock file, for one Python on one system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LockedPackage {
    /// Its name.
    pub name: String,
    /// Its version, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What an installer does for it.
    #[serde(flatten)]
    pub installs: Installs,
    /// What's wrong with it.
    pub findings: Vec<Diagnostic>,
}

/// What an installer does for a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "installs", rename_all = "snake_case")]
pub enum Installs {
    /// It installs a wheel.
    Wheel {
        /// The wheel's file name.
        file: String,
        /// Whether it's for every platform.
        is_pure: bool,
    },
    /// It builds the package from source.
    Source {
        /// The source's file name; `None` for directories and repositories.
        #[serde(skip_serializing_if = "Option::is_none")]
        file: Option<String>,
        /// Where the source comes from.
        origin: Origin,
    },
    /// It gives up.
    Nothing,
}

/// The packages in a lock file, for one Python on one system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LockAnswer {
    /// What's wrong with the file as a whole: it excludes the Python.
    pub findings: Vec<Diagnostic>,
    /// The packages that this Python and system need, sorted by name.
    pub packages: Vec<LockedPackage>,
    /// How many packages are only locked for other Pythons and systems.
    pub left_out: usize,
}

impl Lock {
    /// Parses a `uv.lock`.
    ///
    /// # Errors
    ///
    /// A [`ParseLockError`] if the text isn't one.
    pub fn parse_uv(text: &str) -> Result<Self, ParseLockError> {
        uv::parse(text)
    }

    /// Parses a `pylock.toml`.
    ///
    /// # Errors
    ///
    /// A [`ParseLockError`] if the text isn't one.
    pub fn parse_pylock(text: &str) -> Result<Self, ParseLockError> {
        pylock::parse(text)
    }

    /// What an installer does for each package that a Python on a system needs.
    pub fn judge(&self, host: &Host) -> LockAnswer {
        let needed = self.needed(host);
        let mut packages: Vec<LockedPackage> = needed
            .iter()
            .filter_map(|index| self.packages.get(*index))
            .map(|package| package.judge(host))
            .collect();
        packages.sort_by(|one, other| {
            (normalized_distribution(&one.name), &one.version)
                .cmp(&(normalized_distribution(&other.name), &other.version))
        });
        LockAnswer {
            findings: self
                .requires_python
                .as_deref()
                .and_then(|required| python_excluded::check(required, "the lock file", host))
                .into_iter()
                .collect(),
            left_out: self
                .packages
                .len()
                .saturating_sub(needed.len())
                .saturating_sub(self.roots.len()),
            packages,
        }
    }

    /// The packages that a Python on a system needs, by index, without those of the project itself.
    fn needed(&self, host: &Host) -> BTreeSet<usize> {
        let may_hold = |marker: &str| holds(marker, host.python(), host.system()) != Some(false);
        let is_for = |package: &Package| {
            package.markers.is_empty() || package.markers.iter().any(|marker| may_hold(marker))
        };
        if self.roots.is_empty() {
            return self
                .packages
                .iter()
                .enumerate()
                .filter(|(_, package)| is_for(package))
                .map(|(index, _)| index)
                .collect();
        }
        // A dependency names a version, or none if only one fits.
        let mut by_name: HashMap<(&str, Option<&str>), Vec<usize>> = HashMap::new();
        for (index, package) in self.packages.iter().enumerate() {
            let mut add = |version| {
                by_name
                    .entry((package.name.as_str(), version))
                    .or_default()
                    .push(index);
            };
            add(None);
            if let Some(version) = package.version.as_deref() {
                add(Some(version));
            }
        }
        let mut found: BTreeSet<usize> = self.roots.iter().copied().collect();
        let mut next: VecDeque<usize> = self.roots.iter().copied().collect();
        while let Some(package) = next.pop_front().and_then(|index| self.packages.get(index)) {
            for dependency in &package.dependencies {
                if dependency
                    .marker
                    .as_deref()
                    .is_some_and(|marker| !may_hold(marker))
                {
                    continue;
                }
                let version = dependency.version.as_deref();
                // A package is only looked up once, no matter how many depend on it.
                let named = by_name.remove(&(dependency.name.as_str(), version));
                for index in named.into_iter().flatten() {
                    let is_meant =
                        version.is_some() || self.packages.get(index).is_some_and(is_for);
                    if is_meant && found.insert(index) {
                        next.push_back(index);
                    }
                }
            }
        }
        for root in &self.roots {
            found.remove(root);
        }
        found
    }
}

impl Package {
    fn judge(&self, host: &Host) -> LockedPackage {
        let names: Vec<(&str, WheelName)> = self
            .wheels
            .iter()
            .filter_map(|file| Some((file.as_str(), file.parse::<WheelName>().ok()?)))
            .collect();
        let best = names
            .iter()
            .filter_map(|(file, name)| Some((host.tags().best(&name.tags)?, file)))
            .min_by_key(|((rank, _), _)| *rank);
        let package = match &self.version {
            Some(version) => format!("{} {version}", self.name),
            None => self.name.clone(),
        };
        let mut findings: Vec<Diagnostic> = self
            .requires_python
            .as_deref()
            .and_then(|required| python_excluded::check(required, &package, host))
            .into_iter()
            .collect();
        let has_source = self.sdist.is_some() || self.origin != Origin::Index;
        let installs = match best {
            Some(((_, tag), file)) => Installs::Wheel {
                file: (*file).to_owned(),
                is_pure: tag.platform == "any",
            },
            None if has_source => Installs::Source {
                file: self.sdist.clone(),
                origin: self.origin,
            },
            None => Installs::Nothing,
        };
        // A directory or repository never has wheels, which its user knows.
        if best.is_none() && self.origin == Origin::Index {
            let nearest = names
                .iter()
                .filter_map(|(file, name)| Some((*file, host.tags().refusal(&name.tags)?)))
                .min_by_key(|(_, refusal)| {
                    let version = refusal.version().map(|version| version.minor);
                    let asked = host.python().version.minor;
                    // The last version before the requested one is the most informative.
                    let apart = version.map(|minor| minor.abs_diff(asked));
                    (refusal.distance(), apart.is_none(), apart)
                })
                .map(|(file, refusal)| (file, refusal.reason()));
            findings.push(no_wheel::finding(
                &package,
                &host.to_string(),
                nearest,
                has_source,
            ));
        }
        LockedPackage {
            name: self.name.clone(),
            version: self.version.clone(),
            installs,
            findings,
        }
    }
}

/// The finding that an index has no wheel for a requirement. `newest` is the newest version that the index has at all.
pub fn no_wheel_on_index(requirement: &str, newest: Option<&str>, host: &Host) -> Diagnostic {
    no_wheel::on_index(requirement, newest, &host.to_string())
}

/// Whether a marker (PEP 508) is true for a Python on a system; `None` if unknown.
pub fn marker_holds(marker: &str, host: &Host) -> Option<bool> {
    holds(marker, host.python(), host.system())
}

/// A package's file. Formats name it in one of these ways.
#[derive(Debug, Clone, Deserialize)]
struct File {
    name: Option<String>,
    filename: Option<String>,
    url: Option<String>,
    path: Option<String>,
}

impl File {
    /// Its name: as given, or the last part of its path or URL.
    fn name(&self) -> Option<String> {
        let given = self.name.as_deref().or(self.filename.as_deref());
        let place = || {
            let place = self.url.as_deref().or(self.path.as_deref())?;
            let place = place.split(['#', '?']).next()?;
            place.rsplit(['/', '\\']).next()
        };
        // In a URL a plus is written as %2B, as in PyTorch's local versions.
        given
            .or_else(place)
            .map(|name| name.replace("%2B", "+").replace("%2b", "+"))
    }
}

fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, ParseLockError> {
    if text.len() > LONGEST {
        return Err(ParseLockError::TooLong);
    }
    toml::from_str(text).map_err(|error| ParseLockError::Broken(error.message().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loads::{Python, System};

    const UV: &str = r#"
version = 1
revision = 3
requires-python = ">=3.11"

[[package]]
name = "app"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "orjson" },
    { name = "pywin32", marker = "sys_platform == 'win32'" },
    { name = "beside" },
]

[package.dev-dependencies]
dev = [{ name = "iniconfig" }]

[[package]]
name = "beside"
version = "1.0"
source = { directory = "../beside" }

[[package]]
name = "iniconfig"
version = "2.1.0"
source = { registry = "https://index.example/simple" }
wheels = [
    { url = "https://files.example/iniconfig-2.1.0-py3-none-any.whl", hash = "sha256:0" },
]

[[package]]
name = "orjson"
version = "3.11.0"
source = { registry = "https://index.example/simple" }
sdist = { url = "https://files.example/orjson-3.11.0.tar.gz", hash = "sha256:0", size = 1 }
wheels = [
    { url = "https://files.example/orjson-3.11.0-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", hash = "sha256:0" },
    { url = "https://files.example/orjson-3.11.0-cp313-cp313-win_amd64.whl", hash = "sha256:0" },
]

[[package]]
name = "pywin32"
version = "311"
source = { registry = "https://index.example/simple" }
wheels = [
    { url = "https://files.example/pywin32-311-cp313-cp313-win_amd64.whl", hash = "sha256:0" },
]
"#;

    fn judge(lock: &Lock, python: &str, system: &str) -> LockAnswer {
        let python: Python = python.parse().unwrap();
        let system: System = system.parse().unwrap();
        lock.judge(&Host::new(python, system))
    }

    /// Each package with a letter: `w` for a wheel, `p` for a pure one, `s` for source, `n` for nothing.
    fn in_words(answer: &LockAnswer) -> Vec<String> {
        answer
            .packages
            .iter()
            .map(|package| {
                let kind = match &package.installs {
                    Installs::Wheel { is_pure: true, .. } => 'p',
                    Installs::Wheel { .. } => 'w',
                    Installs::Source { .. } => 's',
                    Installs::Nothing => 'n',
                };
                format!("{} {kind} {}", package.name, package.findings.len())
            })
            .collect()
    }

    #[test]
    fn a_uv_lock_names_its_wheels() {
        let lock = Lock::parse_uv(UV).unwrap();
        let linux = judge(&lock, "3.13", "manylinux_2_28_x86_64");
        assert_eq!(
            in_words(&linux),
            ["beside s 0", "iniconfig p 0", "orjson w 0"]
        );
        assert_eq!(linux.left_out, 1);
        let newer = judge(&lock, "3.14t", "manylinux_2_28_x86_64");
        assert_eq!(
            in_words(&newer),
            ["beside s 0", "iniconfig p 0", "orjson s 1"]
        );
        let finding = &newer.packages[2].findings[0];
        assert_eq!(finding.code.as_str(), "WR0134");
        assert!(
            finding.message.contains("it's only for CPython 3.13"),
            "{finding:?}"
        );
        let windows = judge(&lock, "3.14", "win_amd64");
        assert_eq!(
            in_words(&windows),
            ["beside s 0", "iniconfig p 0", "orjson s 1", "pywin32 n 1"]
        );
        let old = judge(&lock, "3.10", "manylinux_2_28_x86_64");
        assert_eq!(old.findings[0].code.as_str(), "WR0133");
    }

    #[test]
    fn a_pylock_names_its_wheels() {
        let lock = Lock::parse_pylock(
            r#"
lock-version = "1.0"
created-by = "pip"
requires-python = ">=3.9"

[[packages]]
name = "attrs"
version = "25.1.0"
requires-python = ">=3.8"
wheels = [{name = "attrs-25.1.0-py3-none-any.whl", hashes = {sha256 = "0"}}]

[[packages]]
name = "fast"
version = "1.0+cpu"
marker = "sys_platform == 'linux'"
wheels = [{url = "https://files.example/fast-1.0%2Bcpu-cp312-cp312-manylinux_2_17_x86_64.whl#sha256=0"}]

[[packages]]
name = "old"
version = "1.0"
requires-python = "<3.12"
sdist = {path = "vendor/old-1.0.tar.gz"}

[[packages]]
name = "source"
vcs = {type = "git", url = "https://files.example/source.git"}
"#,
        )
        .unwrap();
        let answer = judge(&lock, "3.12", "manylinux_2_28_x86_64");
        assert_eq!(
            in_words(&answer),
            ["attrs p 0", "fast w 0", "old s 2", "source s 0"]
        );
        assert_eq!(
            in_words(&judge(&lock, "3.12", "macosx_14_0_arm64")),
            ["attrs p 0", "old s 2", "source s 0"]
        );
    }

    #[test]
    fn text_that_is_not_a_lock_file_is_refused() {
        assert!(Lock::parse_uv("").is_err());
        assert!(Lock::parse_uv("version = 2").is_err());
        assert!(Lock::parse_uv("version = [").is_err());
        assert!(Lock::parse_pylock("lock-version = '2.0'\npackages = []").is_err());
        assert!(Lock::parse_pylock("packages = []").is_err());
    }
}
