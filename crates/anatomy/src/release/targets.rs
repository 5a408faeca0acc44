//! The Pythons and systems that a release is checked against.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Serialize, Serializer};

use super::ReleasedWheel;
use super::promise::PromisedPython;
use crate::loads::{Python, System};
use crate::target::{Implementation, PythonVersion};
use crate::wheel::{Platform, Tag};

/// The maintained CPython versions as of November 2026: support for 3.10 ended a month ago.
const MAINTAINED: std::ops::RangeInclusive<u8> = 11..=15;

/// The supported free-threaded builds: 3.13's was experimental (PEP 779).
const FREE_THREADED: std::ops::RangeInclusive<u8> = 14..=15;

/// The maintained `PyPy`.
const PYPY: u8 = 11;

/// The oldest and newest Pythons to consider, however a wheel is tagged.
const KNOWN: std::ops::RangeInclusive<u8> = 6..=20;

/// Newer than any real system, so it accepts every wheel that any system of its family does.
const NEWEST_GLIBC: (u32, u32) = (2, 60);
const NEWEST_MUSL: (u32, u32) = (1, 9);
const NEWEST_MACOS: (u32, u32) = (40, 0);
const NEWEST_ANDROID: u32 = 60;
const NEWEST_IOS: (u32, u32) = (40, 0);

/// A kind of system, regardless of version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Linux with glibc, by the architecture's name in tags.
    Glibc(String),
    /// Linux with musl.
    Musl(String),
    /// macOS.
    MacOs(String),
    /// Windows, by its tag.
    Windows(String),
    /// Android.
    Android(String),
    /// iOS.
    Ios(String),
    /// Another one, by its tag.
    Other(String),
}

impl Family {
    /// The newest system in the family, which accepts every wheel that any system in the family accepts.
    pub(super) fn newest(&self) -> System {
        match self {
            Self::Glibc(architecture) => System::Glibc {
                version: NEWEST_GLIBC,
                architecture: architecture.clone(),
            },
            Self::Musl(architecture) => System::Musl {
                version: NEWEST_MUSL,
                architecture: architecture.clone(),
            },
            Self::MacOs(architecture) => System::MacOs {
                version: NEWEST_MACOS,
                architecture: architecture.clone(),
            },
            Self::Windows(tag) => System::Windows(tag.clone()),
            Self::Android(abi) => System::Android {
                api: NEWEST_ANDROID,
                abi: abi.clone(),
            },
            Self::Ios(architecture) => System::Ios {
                version: NEWEST_IOS,
                architecture: architecture.clone(),
            },
            Self::Other(tag) => System::Other(tag.clone()),
        }
    }

    /// The families whose systems may accept a platform tag.
    fn of(tag: &str) -> Vec<Self> {
        let one = |family: Self| vec![family];
        match Platform::parse(tag) {
            Platform::Manylinux(_, _, architecture) => one(Self::Glibc(architecture.to_owned())),
            Platform::Musllinux(_, _, architecture) => one(Self::Musl(architecture.to_owned())),
            Platform::Linux(architecture) => vec![
                Self::Glibc(architecture.to_owned()),
                Self::Musl(architecture.to_owned()),
            ],
            Platform::MacOs(_, _, architecture) => {
                let machines: &[&str] = match architecture {
                    "universal2" => &["arm64", "x86_64"],
                    "arm64" => &["arm64"],
                    _ => &["x86_64"],
                };
                machines
                    .iter()
                    .map(|machine| Self::MacOs((*machine).to_owned()))
                    .collect()
            }
            Platform::Windows(_) => one(Self::Windows(tag.to_owned())),
            Platform::Any => Vec::new(),
            Platform::Android(..) | Platform::Ios(..) | Platform::Wasm(_) | Platform::Other => {
                one(Self::of_rarer(tag))
            }
        }
    }

    fn of_rarer(tag: &str) -> Self {
        if let Some((_, abi)) = tag
            .strip_prefix("android_")
            .and_then(|rest| rest.split_once('_'))
        {
            Self::Android(abi.to_owned())
        } else if let Some(architecture) = tag
            .strip_prefix("ios_")
            .and_then(|rest| rest.splitn(3, '_').nth(2))
        {
            Self::Ios(architecture.to_owned())
        } else {
            Self::Other(tag.to_owned())
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Glibc(architecture) => write!(f, "Linux {architecture}"),
            Self::Musl(architecture) => write!(f, "musl {architecture}"),
            Self::MacOs(architecture) => write!(f, "macOS {architecture}"),
            Self::Windows(tag) => f.write_str(match tag.as_str() {
                "win32" => "Windows x86",
                "win_amd64" => "Windows x86_64",
                "win_arm64" => "Windows arm64",
                other => other,
            }),
            Self::Android(abi) => write!(f, "Android {abi}"),
            Self::Ios(architecture) => write!(f, "iOS {architecture}"),
            Self::Other(tag) => f.write_str(tag),
        }
    }
}

impl Serialize for Family {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The systems that a release is checked against: the most common ones, and those that one of its wheels is for.
pub(super) fn families(wheels: &[ReleasedWheel<'_>]) -> Vec<Family> {
    let common = [
        Family::Glibc("x86_64".to_owned()),
        Family::Glibc("aarch64".to_owned()),
        Family::Musl("x86_64".to_owned()),
        Family::Musl("aarch64".to_owned()),
        Family::MacOs("arm64".to_owned()),
        Family::MacOs("x86_64".to_owned()),
        Family::Windows("win_amd64".to_owned()),
        Family::Windows("win_arm64".to_owned()),
    ];
    let named: BTreeSet<Family> = tags(wheels)
        .flat_map(|tag| Family::of(&tag.platform))
        .filter(|family| !common.contains(family))
        .collect();
    let mut families: Vec<Family> = common.into_iter().chain(named).collect();
    // Rarer machines come after the common ones with the same system.
    families.sort_by_key(|family| match family {
        Family::Glibc(_) => 0,
        Family::Musl(_) => 1,
        Family::MacOs(_) => 2,
        Family::Windows(_) => 3,
        Family::Android(_) => 4,
        Family::Ios(_) => 5,
        Family::Other(_) => 6,
    });
    families
}

/// The Pythons that a release is checked against: the maintained ones, the promised ones, and those that have their own
/// wheel.
pub(super) fn pythons(wheels: &[ReleasedWheel<'_>], promised: &[PromisedPython]) -> Vec<Python> {
    let cpython = |minor: u8| Python::cpython(PythonVersion::new(3, minor));
    let free_threaded = |minor: u8| Python::free_threaded(PythonVersion::new(3, minor));
    let named = tags(wheels).filter_map(python_of);
    let mut pythons: Vec<Python> = MAINTAINED
        .map(cpython)
        .chain(FREE_THREADED.map(free_threaded))
        .chain([Python::pypy(PythonVersion::new(3, PYPY))])
        .chain(promised.iter().map(|one| one.python))
        .chain(named)
        .filter(|python| python.version.major == 3 && KNOWN.contains(&python.version.minor))
        .collect();
    pythons.sort_by_key(|python| order(*python));
    pythons.dedup();
    pythons
}

/// The order of the columns: first standard builds, then free-threaded ones, then `PyPy`.
pub(super) fn order(python: Python) -> (u8, PythonVersion) {
    let group = match python.implementation {
        Implementation::CPython if python.is_free_threaded() => 1,
        Implementation::CPython => 0,
        _ => 2,
    };
    (group, python.version)
}

/// The only Python that a tag is for, or the oldest one that a stable ABI tag is for.
fn python_of(tag: &Tag) -> Option<Python> {
    if let Some(digits) = tag.python.strip_prefix("pp") {
        return Some(Python::pypy(PythonVersion::from_digits(digits)?));
    }
    let version = tag.cpython()?;
    Some(
        if tag.abi == "abi3t" || (tag.abi.starts_with("cp") && tag.abi.ends_with('t')) {
            Python::free_threaded(version)
        } else {
            Python::cpython(version)
        },
    )
}

/// The free-threaded builds that a project supports, if it supports any.
pub(super) fn supported_free_threaded() -> impl Iterator<Item = Python> {
    FREE_THREADED.map(|minor| Python::free_threaded(PythonVersion::new(3, minor)))
}

/// The `PyPy` versions that a project supports, if it supports any.
pub(super) fn supported_pypy() -> impl Iterator<Item = Python> {
    std::iter::once(Python::pypy(PythonVersion::new(3, PYPY)))
}

/// The maintained `CPython` versions.
pub(super) fn maintained() -> impl Iterator<Item = Python> {
    MAINTAINED.map(|minor| Python::cpython(PythonVersion::new(3, minor)))
}

pub(super) fn tags<'w>(wheels: &[ReleasedWheel<'w>]) -> impl Iterator<Item = &'w Tag> {
    let wheels: Vec<&'w crate::wheel::WheelFacts> =
        wheels.iter().map(|wheel| wheel.facts).collect();
    wheels.into_iter().flat_map(|facts| &facts.name.tags)
}
