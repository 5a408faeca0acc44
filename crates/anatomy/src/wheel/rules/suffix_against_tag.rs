//! An extension's suffix contradicts the wheel's tag, so the Python that installs it won't find it.
//!
//! The tag says which Python the wheel is for, and each extension's suffix says which Python considers it. If a
//! `cp312-cp312` wheel contains `fast.cpython-311-….so`, Python 3.12 installs it but then says
//!
//! ```text
//! ModuleNotFoundError: No module named 'fast'
//! ```
//!
//! Only some builds consider the stable ABI suffixes: builds with the GIL look for `.abi3.so`, and both kinds of build
//! look for `.abi3t.so` since Python 3.15, as well as for suffixes with a platform, such as
//! `.abi3-x86_64-linux-gnu.so`. `PyPy` has its own suffixes, such as `.pypy310-pp73-x86_64-linux-gnu.so`, and so does
//! `GraalPy`, whose suffix also contains its own version: `.graalpy250-312-native-x86_64-linux.so`.
//!
//! A suffix also names a system, which must match the tag: Python on `manylinux_2_17_x86_64` ignores
//! `fast.cpython-312-darwin.so`, and also a file that ends in `x86_64-linux-musl`. And every Python 3 installs a wheel
//! tagged `py3-none`, but an extension for one version is no use to the others.
//!
//! ## Example
//!
//! A stale file from an earlier build was left in the source tree and packaged; an `abi3` wheel contains a file with
//! the suffix of one version; or a wheel tagged `abi3t`, for free-threaded builds, contains `fast.abi3.so`.
//!
//! ## What to do
//!
//! Remove leftovers from earlier builds (`git status --ignored` shows them), and build the wheel from a clean tree.
//! Renaming a finished wheel doesn't make it work with another Python.
//!
//! ## Where it is specified
//!
//! [PEP 3149](https://peps.python.org/pep-3149/), [PEP 425](https://peps.python.org/pep-0425/),
//! [PEP 803](https://peps.python.org/pep-0803/).

use std::collections::{HashMap, HashSet};

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::{others, platform_mismatch, platforms, policy_unmet};
use crate::facts::Architecture;
use crate::names::{AbiTag, FileName};
use crate::python_api::FIRST_ABI3T;
use crate::target::{Implementation, PythonVersion, Threading};
use crate::wheel::{IosTarget, Platform, Runtime, Tag, WheelExtension, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0604",
    "suffix-against-tag",
    include_str!("suffix_against_tag.rs"),
);

/// The finding lists at most this many files.
const SHOWN: usize = 5;

/// One finding for all files: in a wheel with the wrong tag they're all wrong.
pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let (tag, unseen) = match first_tag_with_unseen(facts) {
        Some((tag, unseen)) => (format!("{}-{}", tag.python, tag.abi), unseen),
        None => match of_other_system(facts) {
            systems if !systems.is_empty() => (facts.name.tags.first()?.platform.clone(), systems),
            _ => return for_some_only(facts),
        },
    };
    let first = unseen.first()?;
    let others = others(unseen.len() - 1);
    let finding = RULE.finding(format!(
        "the wheel is tagged `{tag}`, but that Python ignores `{}`{others}",
        first.path
    ));
    let finding = unseen.iter().take(SHOWN).fold(finding, |finding, one| {
        finding.because(Evidence::mismatch("suffix", tag.clone(), one.path.clone()))
    });
    Some(finding.hint(
        "remove leftovers from earlier builds and build the wheel from a clean tree, or tag it with the Python it was \
         built for",
    ))
}

/// A wheel for every Python 3 whose extensions only some of them consider.
fn for_some_only(facts: &WheelFacts) -> Option<Diagnostic> {
    // Another rule judges wheels that are also for every platform.
    let is_for_all = |tag: &Tag| tag.python == "py3" && tag.abi == "none" && tag.platform != "any";
    let tag = facts.name.tags.iter().find(|tag| is_for_all(tag))?;
    let mut kinds: HashSet<AbiTag> = HashSet::new();
    for extension in &facts.extensions {
        match FileName::parse(&extension.path) {
            file if file.first_python().is_some() => kinds.insert(AbiTag::Abi3t),
            file => match file.tag() {
                Some(kind @ AbiTag::Version { .. }) => kinds.insert(kind),
                _ => return None,
            },
        };
    }
    let mut kinds = kinds.into_iter();
    let (kind, None) = (kinds.next()?, kinds.next()) else {
        return None;
    };
    let path = &facts.extensions.first()?.path;
    let others = others(facts.extensions.len() - 1);
    let (who, wanted) = match kind {
        AbiTag::Version {
            implementation,
            version,
            ..
        } => {
            let PythonVersion { major, minor } = version;
            match implementation {
                Implementation::CPython => (
                    format!("only Python {version} looks"),
                    format!("cp{major}{minor}-cp{major}{minor}"),
                ),
                other => (
                    format!("only {other} {version} looks"),
                    format!("that of {other} {version}"),
                ),
            }
        }
        _ => (
            format!("only Python {FIRST_ABI3T} and later looks"),
            format!("cp{}{}-abi3t", FIRST_ABI3T.major, FIRST_ABI3T.minor),
        ),
    };
    Some(
        RULE.finding(format!(
            "the wheel is tagged `{}-{}` for every Python 3, but {who} at `{path}`{others}",
            tag.python, tag.abi
        ))
        .severity(Severity::Warning)
        .because(Evidence::mismatch(
            "tag",
            wanted,
            format!("{}-{}", tag.python, tag.abi),
        ))
        .hint(
            "tag the wheel with the Python version it was built for, as maturin and setuptools do",
        ),
    )
}

/// The extensions whose suffix names another system than every tag does.
fn of_other_system(facts: &WheelFacts) -> Vec<&WheelExtension> {
    extensions_without_twin(facts, |extension, file| {
        let Some(system) = system_of(file) else {
            return false;
        };
        // Other rules report files that were also built for another system.
        platforms(facts).all(|(_, platform)| {
            platform_mismatch::fits(platform, extension)
                && !policy_unmet::is_for_other_libc(platform, extension)
        }) && !platforms(facts).any(|(_, platform)| sees(platform, file, system))
    })
}

/// The system that a suffix names. Other implementations have suffixes in formats of their own.
fn system_of(file: &FileName) -> Option<&str> {
    let system = file.platform()?;
    match file.tag()? {
        AbiTag::Version {
            implementation: Implementation::PyPy,
            ..
        } => {
            // The version of PyPy's own ABI comes first, such as `pp73`.
            let (_, system) = system.split_once('-')?;
            Some(system)
        }
        AbiTag::Version {
            implementation: Implementation::GraalPy,
            ..
        } => None,
        _ => Some(system),
    }
}

/// Whether Python on a platform considers files whose suffix names this system. If that's unknown, it does.
fn sees(platform: Platform<'_>, file: &FileName, system: &str) -> bool {
    let is_pyd = file.as_str().to_ascii_lowercase().ends_with(".pyd");
    let (machine, rest) = system.split_once('-').unwrap_or((system, ""));
    let is_of_machine = || {
        let wanted = platform.architectures();
        Architecture::parse(machine).is_none_or(|one| wanted.is_empty() || wanted.contains(&one))
    };
    match platform {
        Platform::Any | Platform::Other => true,
        Platform::MacOs(..) => system == "darwin",
        Platform::Windows(tag) => {
            is_pyd
                && match system.strip_prefix("win") {
                    Some(_) => {
                        system == "win32" && tag == "win32" || {
                            system.strip_prefix("win_") == Some(tag)
                        }
                    }
                    // MSYS2 builds have their own naming scheme.
                    None => system.starts_with("mingw"),
                }
        }
        Platform::Manylinux(..) => !is_pyd && rest.starts_with("linux-gnu") && is_of_machine(),
        // Older Pythons on musl accepted glibc's suffix. The version that stopped differs between distributions, so
        // only later ones are judged.
        Platform::Musllinux(..) => {
            let is_old = matches!(file.tag(), Some(AbiTag::Version { implementation, version, .. })
                if version < PythonVersion::new(3, 12) || implementation != Implementation::CPython);
            let is_musl = rest.starts_with("linux-musl");
            !is_pyd && (is_musl || is_old && rest.starts_with("linux-gnu")) && is_of_machine()
        }
        Platform::Linux(_) => {
            let is_linux = rest.starts_with("linux-gnu") || rest.starts_with("linux-musl");
            !is_pyd && is_linux && is_of_machine()
        }
        Platform::Android(..) => !is_pyd && rest.starts_with("linux-android") && is_of_machine(),
        Platform::Ios(.., apparatus) => {
            // Some builds put the processor before it.
            let name = system.rsplit('-').next().unwrap_or(system);
            name == match apparatus {
                IosTarget::Device => "iphoneos",
                IosTarget::Simulator => "iphonesimulator",
            }
        }
        Platform::Wasm(Runtime::Emscripten) => !is_pyd && system.contains("emscripten"),
        Platform::Wasm(Runtime::Wasi) => !is_pyd && system.contains("wasi"),
    }
}

/// The extensions that a Python named by one of the tags doesn't consider.
pub(super) fn unseen(facts: &WheelFacts) -> Vec<&WheelExtension> {
    first_tag_with_unseen(facts).map_or_else(Vec::new, |(_, unseen)| unseen)
}

/// The first tag whose Python misses extensions, and those extensions.
fn first_tag_with_unseen(facts: &WheelFacts) -> Option<(&Tag, Vec<&WheelExtension>)> {
    let files: Vec<FileName> = facts
        .extensions
        .iter()
        .map(|extension| FileName::parse(&extension.path))
        .collect();
    let mut judged = HashSet::new();
    facts
        .name
        .tags
        .iter()
        .filter(|tag| judged.insert((tag.python.as_str(), tag.abi.as_str())))
        .find_map(|tag| {
            let python = Python::of(tag)?;
            // If the same module also exists with another suffix, a file is just a leftover, or chosen at run time.
            let found: HashSet<Option<&str>> = files
                .iter()
                .filter(|file| python.looks_at(file))
                .map(FileName::module)
                .collect();
            let missed: Vec<&WheelExtension> = facts
                .extensions
                .iter()
                .zip(&files)
                .filter(|(_, file)| !found.contains(&file.module()))
                .map(|(extension, _)| extension)
                .collect();
            (!missed.is_empty()).then_some((tag, missed))
        })
}

/// The extensions for which this holds and that have no twin with another suffix.
fn extensions_without_twin(
    facts: &WheelFacts,
    is_so: impl Fn(&WheelExtension, &FileName) -> bool,
) -> Vec<&WheelExtension> {
    let files: Vec<FileName> = facts
        .extensions
        .iter()
        .map(|extension| FileName::parse(&extension.path))
        .collect();
    let mut spellings: HashMap<Option<&str>, HashSet<&str>> = HashMap::new();
    for file in &files {
        let known = spellings.entry(file.module()).or_default();
        known.insert(file.as_str());
    }
    // If the same module also exists with another suffix, the file is just a leftover, or chosen at run time.
    let has_twin = |file: &FileName| {
        spellings
            .get(&file.module())
            .is_some_and(|known| known.len() > 1)
    };
    facts
        .extensions
        .iter()
        .zip(&files)
        .filter(|(extension, file)| !has_twin(file) && is_so(extension, file))
        .map(|(extension, _)| extension)
        .collect()
}

/// The Pythons that accept a tag.
#[derive(Debug, Clone, Copy)]
enum Python<'tag> {
    /// One version of `CPython`, of one build or of both.
    One(PythonVersion, Option<Threading>),
    /// This version of `CPython` and later ones, of one build.
    Since(PythonVersion, Threading),
    /// One version of `PyPy`.
    PyPy(PythonVersion),
    /// The builds of `GraalPy` that an ABI tag such as `graalpy250_312_native` names: their own version, and that of the language.
    GraalPy(&'tag str),
}

impl<'tag> Python<'tag> {
    /// `None` for tags without a version, and for those that no Python accepts, such as `cp311-cp312` from a compressed
    /// name.
    fn of(tag: &'tag Tag) -> Option<Self> {
        if tag.python.starts_with("graalpy") {
            return Some(Self::GraalPy(&tag.abi));
        }
        let version = tag.version()?;
        if tag.python.starts_with("pp") {
            return Some(Self::PyPy(version));
        }
        tag.python.strip_prefix("cp")?;
        match tag.abi.as_str() {
            "none" => Some(Self::One(version, None)),
            "abi3" => Some(Self::Since(version, Threading::Gil)),
            // No free-threaded build accepts it before that version.
            "abi3t" => Some(Self::Since(
                version.max(FIRST_ABI3T),
                Threading::FreeThreaded,
            )),
            abi => {
                let flags = abi.strip_prefix(tag.python.as_str())?;
                flags
                    .bytes()
                    .all(|flag| flag.is_ascii_lowercase())
                    .then(|| Self::One(version, Some(tag.threading())))
            }
        }
    }

    /// Whether all of them consider a file.
    fn looks_at(self, file: &FileName) -> bool {
        let Some(tag) = file.tag() else { return false };
        let (oldest, threading) = match self {
            Self::One(version, threading) => (version, threading),
            Self::Since(version, threading) => (version, Some(threading)),
            Self::PyPy(version) => {
                return match tag {
                    AbiTag::Untagged => true,
                    AbiTag::Abi3 | AbiTag::Abi3t => false,
                    AbiTag::Version {
                        implementation,
                        version: found,
                        ..
                    } => implementation == Implementation::PyPy && found == version,
                };
            }
            // It only considers its own full suffix, `.so` and `.pyd`.
            Self::GraalPy(abi) => {
                return match tag {
                    AbiTag::Untagged => true,
                    AbiTag::Abi3 | AbiTag::Abi3t => false,
                    AbiTag::Version { implementation, .. } => {
                        let own = format!(".{}-", abi.replace('_', "-"));
                        implementation == Implementation::GraalPy
                            && (abi == "none" || file.as_str().contains(&own))
                    }
                };
            }
        };
        let is_known = file.first_python().is_none_or(|first| oldest >= first);
        match tag {
            AbiTag::Untagged => true,
            AbiTag::Abi3 => is_known && threading != Some(Threading::FreeThreaded),
            AbiTag::Abi3t => is_known,
            AbiTag::Version {
                implementation,
                version,
                threading: found,
            } => {
                matches!(self, Self::One(..))
                    && implementation == Implementation::CPython
                    && version == oldest
                    && threading.is_none_or(|wanted| wanted == found)
            }
        }
    }
}
