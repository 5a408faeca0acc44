//! An extension's suffix contradicts the wheel's tag, so the Python that installs it does not see it.
//!
//! The tag says for which Python the wheel is; the suffix of each extension says which Python looks at it. A
//! `cp312-cp312` wheel with `fast.cpython-311-….so` is installed by Python 3.12, which then says
//!
//! ```text
//! ModuleNotFoundError: No module named 'fast'
//! ```
//!
//! The suffixes of the stable ABI are seen by some builds alone: `.abi3.so` by those with the GIL, `.abi3t.so` by both kinds
//! of build from Python 3.15 on, and the same with a platform in it, such as `.abi3-x86_64-linux-gnu.so`, from 3.15 on too. `PyPy` looks
//! at its own suffixes, such as `.pypy310-pp73-x86_64-linux-gnu.so`, and so does `GraalPy`, whose suffix also names its own version:
//! `.graalpy250-312-native-x86_64-linux.so`.
//!
//! A suffix also names a system, and must be that of the tag: Python on `manylinux_2_17_x86_64` doesn't look at
//! `fast.cpython-312-darwin.so`, nor at one that ends in `x86_64-linux-musl`. And a wheel tagged `py3-none` is installed by every
//! Python 3, which an extension for one version serves badly.
//!
//! ## Example
//!
//! A stale file of an earlier build was left in the source tree and was packed; an `abi3` wheel holds a file with the
//! suffix of one version; or a wheel tagged `abi3t`, for free-threaded builds, holds `fast.abi3.so`.
//!
//! ## What to do
//!
//! Remove what earlier builds left (`git status --ignored` shows it), and build the wheel from a clean tree. A finished wheel
//! can't be made fit for another Python by renaming it.
//!
//! ## Where it is specified
//!
//! [PEP 3149](https://peps.python.org/pep-3149/), [PEP 425](https://peps.python.org/pep-0425/),
//! [PEP 803](https://peps.python.org/pep-0803/).

use std::collections::{HashMap, HashSet};

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::{others, platform_untrue, platforms, policy_untrue};
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

/// More files than these say nothing more.
const SHOWN: usize = 5;

/// One finding for all the files: a wheel with the wrong tag has them all wrong.
pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let (tag, unseen) = match unseen_under(facts) {
        Some((tag, unseen)) => (format!("{}-{}", tag.python, tag.abi), unseen),
        None => match of_other_system(facts) {
            systems if !systems.is_empty() => (facts.name.tags.first()?.platform.clone(), systems),
            _ => return for_some_alone(facts),
        },
    };
    let first = unseen.first()?;
    let others = others(unseen.len() - 1);
    let finding = RULE.finding(format!(
        "the wheel is tagged `{tag}`, under which Python does not look at `{}`{others}",
        first.path
    ));
    let finding = unseen.iter().take(SHOWN).fold(finding, |finding, one| {
        finding.because(Evidence::mismatch("suffix", tag.clone(), one.path.clone()))
    });
    Some(finding.hint(
        "remove what earlier builds left and build the wheel from a clean tree, or tag it with the Python that it was built for",
    ))
}

/// A wheel for every Python 3 at whose extensions only some look.
fn for_some_alone(facts: &WheelFacts) -> Option<Diagnostic> {
    // A wheel that is for every platform too is judged by another rule.
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
                    format!("Python {version} alone looks"),
                    format!("cp{major}{minor}-cp{major}{minor}"),
                ),
                other => (
                    format!("{other} {version} alone looks"),
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
            "the wheel is tagged `{}-{}` for every Python 3, and {who} at `{path}`{others}",
            tag.python, tag.abi
        ))
        .severity(Severity::Warning)
        .because(Evidence::mismatch(
            "tag",
            wanted,
            format!("{}-{}", tag.python, tag.abi),
        ))
        .hint("tag the wheel with the version of Python that it is built for, as maturin and setuptools do"),
    )
}

/// The extensions whose suffix names another system than every tag does.
fn of_other_system(facts: &WheelFacts) -> Vec<&WheelExtension> {
    without_twin(facts, |extension, file| {
        let Some(system) = system_of(file) else {
            return false;
        };
        // What is built for another system, too, is told by other rules.
        platforms(facts).all(|(_, platform)| {
            platform_untrue::fits(platform, extension)
                && !policy_untrue::is_for_other_libc(platform, extension)
        }) && !platforms(facts).any(|(_, platform)| sees(platform, file, system))
    })
}

/// The system that a suffix names. Other implementations than these have suffixes of their own making.
fn system_of(file: &FileName) -> Option<&str> {
    let system = file.platform()?;
    match file.tag()? {
        AbiTag::Version {
            implementation: Implementation::PyPy,
            ..
        } => {
            // Before it comes the version of PyPy's own ABI, such as `pp73`.
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

/// Whether Python on a platform looks at files whose suffix names this system. Where that is not known, it does.
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
                    // Builds by MSYS2 name themselves in their own way.
                    None => system.starts_with("mingw"),
                }
        }
        Platform::Manylinux(..) => !is_pyd && rest.starts_with("linux-gnu") && is_of_machine(),
        // Older Pythons on musl took the suffix of glibc's. From which version on they do not is not the same everywhere, so
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
            // Some builds write the processor before it.
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

/// The extensions that a Python which one of the tags names doesn't look at.
pub(super) fn unseen(facts: &WheelFacts) -> Vec<&WheelExtension> {
    unseen_under(facts).map_or_else(Vec::new, |(_, unseen)| unseen)
}

/// The first of the tags under which a Python misses extensions, and these.
fn unseen_under(facts: &WheelFacts) -> Option<(&Tag, Vec<&WheelExtension>)> {
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
            // Where the same module is there under another suffix, a file is merely left over, or chosen at run time.
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

/// The extensions of which this is so, and for which no other is there instead.
fn without_twin(
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
    // Where the same module is there under another suffix, the file is merely left over, or chosen at run time.
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

/// The Pythons that take a tag.
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
    /// Nothing for tags that name no version, and for those that no Python takes, such as `cp311-cp312` of a compressed name.
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
            // No free-threaded build takes it before.
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

    /// Whether all of them look at a file.
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
            // It looks at its own whole suffix, at `.so` and `.pyd`, and at nothing else.
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
