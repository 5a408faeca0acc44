//! The tags that a Python on a system accepts, best first, and why it doesn't accept a wheel's tags (PEP 425).
//!
//! The set and the order are those of `packaging.tags`, which pip uses; `crates/anatomy/tests/supported_tags.rs`
//! compares the two.

use std::collections::HashMap;

use super::name::{Platform, Tag};
use crate::python_api::FIRST_ABI3T;
use crate::target::{Implementation, PythonVersion};
use crate::target::{Python, System};

/// The platform for wheels that run everywhere.
const ANY: &str = "any";

/// The tags that a Python on a system accepts. Each pair of Python and ABI tag is combined with each platform.
#[derive(Debug, Clone)]
pub struct SupportedTags {
    python: Python,
    system: System,
    /// Pairs of Python and ABI tag to combine with the system's platforms.
    pairs: Vec<(String, String)>,
    /// Pairs to combine with `any`, which come after all others.
    for_all: Vec<(String, String)>,
    platforms: Vec<String>,
    /// Each platform's index in the list above.
    platform_ranks: HashMap<String, usize>,
}

impl SupportedTags {
    /// The tags that a Python accepts on a system.
    pub fn new(python: Python, system: &System) -> Self {
        let (own, interpreter) = match python.implementation {
            Implementation::CPython => (cpython_pairs(python), digits("cp", python.version)),
            // All releases since 7.3 share an ABI.
            Implementation::PyPy => {
                let interpreter = digits("pp", python.version);
                let abi = format!("{}_pp73", digits("pypy", python.version));
                let pairs = vec![(interpreter.clone(), abi), pair(&interpreter, "none")];
                (pairs, "pp3".to_owned())
            }
            // The ABI contains GraalPy's own version, which isn't known here.
            Implementation::GraalPy => (Vec::new(), digits("graalpy", python.version)),
        };
        let pure = pure_pythons(python.version);
        let pairs = own
            .into_iter()
            .chain(pure.iter().map(|python| pair(python, "none")))
            .collect();
        let for_all = std::iter::once(&interpreter)
            .chain(&pure)
            .map(|python| pair(python, "none"))
            .collect();
        let platforms = system.platforms();
        let platform_ranks = platforms
            .iter()
            .enumerate()
            .map(|(rank, platform)| (platform.clone(), rank))
            .collect();
        Self {
            python,
            system: system.clone(),
            pairs,
            for_all,
            platforms,
            platform_ranks,
        }
    }

    /// The Python they're for.
    pub fn python(&self) -> Python {
        self.python
    }

    /// The system they're for.
    pub fn system(&self) -> &System {
        &self.system
    }

    /// All of them, best first.
    pub fn iter(&self) -> impl Iterator<Item = Tag> {
        let tag = |(python, abi): &(String, String), platform: &str| Tag {
            python: python.clone(),
            abi: abi.clone(),
            platform: platform.to_owned(),
        };
        let own = self
            .pairs
            .iter()
            .flat_map(move |pair| self.platforms.iter().map(move |one| tag(pair, one)));
        own.chain(self.for_all.iter().map(move |pair| tag(pair, ANY)))
    }

    /// A tag's position among them, 0 for the best; `None` if it isn't one of them.
    pub fn rank(&self, tag: &Tag) -> Option<usize> {
        let is = |(python, abi): &(String, String)| *python == tag.python && *abi == tag.abi;
        if tag.platform == ANY {
            let rank = self.for_all.iter().position(is)?;
            let before = self.pairs.len().saturating_mul(self.platforms.len());
            return Some(before.saturating_add(rank));
        }
        let platform = self.platform_ranks.get(&tag.platform)?;
        let rank = self.pairs.iter().position(is)?;
        Some(
            rank.saturating_mul(self.platforms.len())
                .saturating_add(*platform),
        )
    }

    /// The best of a wheel's tags; `None` if no installer accepts the wheel.
    pub fn best<'tags>(&self, tags: &'tags [Tag]) -> Option<(usize, &'tags Tag)> {
        tags.iter()
            .filter_map(|tag| Some((self.rank(tag)?, tag)))
            .min_by_key(|(rank, _)| *rank)
    }

    /// Why no installer accepts a wheel with these tags, based on the closest tag; `None` if one does.
    pub fn refusal<'tags>(&self, tags: &'tags [Tag]) -> Option<Refusal<'tags>> {
        if self.best(tags).is_some() {
            return None;
        }
        tags.iter()
            .map(|tag| self.refusal_of(tag))
            .min_by_key(Refusal::distance)
    }

    fn refusal_of<'tags>(&self, tag: &'tags Tag) -> Refusal<'tags> {
        let is = |(python, abi): &(String, String)| *python == tag.python && *abi == tag.abi;
        let is_for_python = if tag.platform == ANY {
            self.for_all.iter().any(is)
        } else {
            self.pairs.iter().any(is)
        };
        let is_for_system = tag.platform == ANY || self.platform_ranks.contains_key(&tag.platform);
        Refusal {
            tag,
            python: (!is_for_python).then(|| python_reason(tag, self.python)),
            platform: (!is_for_system).then(|| platform_reason(&tag.platform, &self.system)),
        }
    }
}

/// Why a tag isn't accepted: at least one of the reasons is present. Each is a sentence about the wheel, without a full
/// stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal<'tags> {
    /// The tag that's closest to an acceptable one.
    pub tag: &'tags Tag,
    /// What's wrong with the Python or the ABI, such as `it's only for CPython 3.12`.
    pub python: Option<String>,
    /// What's wrong with the platform.
    pub platform: Option<String>,
}

impl Refusal<'_> {
    pub(crate) fn distance(&self) -> usize {
        usize::from(self.python.is_some()) + usize::from(self.platform.is_some())
    }

    /// The version in the closest tag, for any implementation.
    pub(crate) fn version(&self) -> Option<PythonVersion> {
        let python = self.tag.python.as_str();
        PythonVersion::from_digits(
            python.trim_start_matches(|letter: char| letter.is_ascii_lowercase()),
        )
    }

    /// Everything that's wrong, in one line.
    pub fn reason(&self) -> String {
        let reasons: Vec<&str> = self
            .python
            .iter()
            .chain(&self.platform)
            .map(String::as_str)
            .collect();
        reasons.join(", and ")
    }
}

fn pair(python: &str, abi: &str) -> (String, String) {
    (python.to_owned(), abi.to_owned())
}

/// `cp312`, as tags write a version.
fn digits(prefix: &str, version: PythonVersion) -> String {
    format!("{prefix}{}{}", version.major, version.minor)
}

/// The first Python with a stable ABI (PEP 384).
const FIRST_ABI3: u8 = 2;

/// The last Python whose ABI tag contains the letter for its allocator.
const LAST_WITH_M: PythonVersion = PythonVersion::new(3, 7);

fn cpython_pairs(python: Python) -> Vec<(String, String)> {
    let version = python.version;
    let interpreter = digits("cp", version);
    let flags = if python.is_free_threaded() {
        "t"
    } else if version <= LAST_WITH_M {
        "m"
    } else {
        ""
    };
    // Free-threaded builds have their own stable ABI. It exists since 3.15, but installers count from the first
    // version, as with the other one (`packaging.tags`, PEP 803).
    let stable = if python.is_free_threaded() {
        "abi3t"
    } else {
        "abi3"
    };
    let older = (FIRST_ABI3..version.minor)
        .rev()
        .map(|minor| digits("cp", PythonVersion::new(version.major, minor)));
    [
        pair(&interpreter, &format!("{interpreter}{flags}")),
        pair(&interpreter, stable),
        pair(&interpreter, "none"),
    ]
    .into_iter()
    .chain(older.map(|python| pair(&python, stable)))
    .collect()
}

/// The tags of wheels for any implementation: for the version itself, the major version, and each version before it.
fn pure_pythons(version: PythonVersion) -> Vec<String> {
    let older = (0..version.minor)
        .rev()
        .map(|minor| digits("py", PythonVersion::new(version.major, minor)));
    [digits("py", version), format!("py{}", version.major)]
        .into_iter()
        .chain(older)
        .collect()
}

/// Why a Python doesn't accept the Python tag or the ABI tag.
fn python_reason(tag: &Tag, python: Python) -> String {
    let letters = tag
        .python
        .trim_end_matches(|letter: char| letter.is_ascii_digit());
    let version = tag
        .python
        .get(letters.len()..)
        .and_then(PythonVersion::from_digits);
    let (Some(version), Some(implementation)) = (version, implementation(letters)) else {
        return format!(
            "its tag `{}` isn't one that this Python accepts",
            tag.python
        );
    };
    let newer = |first: PythonVersion| format!("it's for Python {first} and later");
    let name = match implementation {
        For::One(implementation) if implementation != python.implementation => {
            return format!(
                "it's for {implementation}, not for {}",
                python.implementation
            );
        }
        For::One(implementation) => implementation.to_string(),
        For::All if version.major != python.version.major => {
            return format!("it's for Python {}", version.major);
        }
        For::All if version > python.version => return newer(version),
        For::All => "Python".to_owned(),
    };
    match tag.abi.as_str() {
        "abi3" if python.is_free_threaded() => {
            return format!(
                "its stable ABI, abi3, is for builds with the GIL{}",
                if python.version < FIRST_ABI3T {
                    "; free-threaded builds have none before Python 3.15"
                } else {
                    ""
                }
            );
        }
        "abi3t" if !python.is_free_threaded() => {
            return "its stable ABI, abi3t, is for free-threaded builds; a wheel for both would be tagged abi3.abi3t"
                .to_owned();
        }
        "abi3" | "abi3t" if version > python.version => return newer(version),
        _ => {}
    }
    if version != python.version {
        return format!("it's only for {name} {version}");
    }
    let is_free_threaded = tag.abi.starts_with("cp") && tag.abi.ends_with('t');
    match (is_free_threaded, python.is_free_threaded()) {
        (true, false) => "it's only for the free-threaded build".to_owned(),
        (false, true) => "it's only for the build with the GIL".to_owned(),
        _ => format!("its ABI `{}` isn't one that this Python accepts", tag.abi),
    }
}

/// The implementations that a Python tag is for.
enum For {
    All,
    One(Implementation),
}

/// The implementations named by a Python tag's letters.
fn implementation(letters: &str) -> Option<For> {
    match letters {
        "py" => Some(For::All),
        "cp" => Some(For::One(Implementation::CPython)),
        "pp" => Some(For::One(Implementation::PyPy)),
        "graalpy" => Some(For::One(Implementation::GraalPy)),
        _ => None,
    }
}

/// Why a system doesn't accept a platform tag.
fn platform_reason(tag: &str, system: &System) -> String {
    let other = || format!("it's for {tag}, not for {system}");
    let library = match (Platform::parse(tag), system) {
        (
            Platform::Manylinux(major, minor, machine),
            System::Glibc {
                version,
                architecture,
            },
        ) if machine == architecture && (major, minor) > *version => {
            return format!(
                "it needs glibc {major}.{minor} or later, but the system has {}.{}",
                version.0, version.1
            );
        }
        (
            Platform::Musllinux(major, minor, machine),
            System::Musl {
                version,
                architecture,
            },
        ) if machine == architecture && (major, minor) > *version => {
            return format!(
                "it needs musl {major}.{minor} or later, but the system has {}.{}",
                version.0, version.1
            );
        }
        (
            Platform::MacOs(major, minor, machine),
            System::MacOs {
                version,
                architecture,
            },
        ) if (machine == architecture || machine == "universal2") && (major, minor) > *version => {
            return format!(
                "it needs macOS {major}.{minor} or later, but the system has {}.{}",
                version.0, version.1
            );
        }
        (Platform::Manylinux(_, _, machine), System::Musl { architecture, .. })
            if machine == architecture =>
        {
            Some(("glibc", "musl"))
        }
        (Platform::Musllinux(_, _, machine), System::Glibc { architecture, .. })
            if machine == architecture =>
        {
            Some(("musl", "glibc"))
        }
        _ => None,
    };
    match library {
        Some((needed, found)) => {
            format!("it's for Linux with {needed}, but the system has {found}")
        }
        None => other(),
    }
}
