//! An extension's suffix contradicts the wheel's tag, so the Python that installs it does not see it.
//!
//! The tag says for which Python the wheel is; the suffix of each extension says which Python looks at it. A
//! `cp312-cp312` wheel with `fast.cpython-311-….so` is installed by Python 3.12, which then says
//!
//! ```text
//! ModuleNotFoundError: No module named 'fast'
//! ```
//!
//! A suffix also names a system, and must be that of the tag: Python on `manylinux_2_17_x86_64` does not look at
//! `fast.cpython-312-darwin.so`, nor at one that ends in `x86_64-linux-musl`. And a wheel tagged `py3-none` is installed by every
//! Python 3, which an extension for one version serves badly.
//!
//! ## Example
//!
//! A stale file of an earlier build lay in the source tree and was packed; or an `abi3` wheel holds a file with the
//! suffix of one version.
//!
//! ## What to do
//!
//! Remove what earlier builds left (`git status --ignored` shows it), and build the wheel from a clean tree.
//!
//! ## Where it is specified
//!
//! [PEP 3149](https://peps.python.org/pep-3149/), [PEP 425](https://peps.python.org/pep-0425/).

use std::collections::{HashMap, HashSet};

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::{others, platform_untrue, platforms, policy_untrue};
use crate::expectation::{Implementation, PythonVersion, Threading};
use crate::facts::Architecture;
use crate::names::{AbiTag, FileName};
use crate::wheel::{Platform, Tag, WheelExtension, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0604",
    "suffix-against-tag",
    include_str!("suffix_against_tag.rs"),
);

/// More files than these say nothing more.
const SHOWN: usize = 5;

/// One finding for all the files: a wheel with the wrong tag has them all wrong.
pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let tag = facts.name.tags.first()?;
    let (tag, unseen) = match unseen(facts) {
        versions if !versions.is_empty() => (format!("{}-{}", tag.python, tag.abi), versions),
        _ => match of_other_system(facts) {
            systems if !systems.is_empty() => (tag.platform.clone(), systems),
            _ => return for_one_version(facts),
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
    Some(finding.hint("remove what earlier builds left, and build the wheel from a clean tree"))
}

/// A wheel for every Python 3 whose extensions are all for one and the same.
fn for_one_version(facts: &WheelFacts) -> Option<Diagnostic> {
    // A wheel that is for every platform too is judged by another rule.
    let is_for_all = |tag: &Tag| tag.python == "py3" && tag.abi == "none" && tag.platform != "any";
    if !facts.name.tags.iter().any(is_for_all) {
        return None;
    }
    let mut versions: HashSet<(PythonVersion, Threading)> = HashSet::new();
    for extension in &facts.extensions {
        match FileName::parse(&extension.path).tag() {
            Some(AbiTag::Version {
                implementation: Implementation::CPython,
                version,
                threading,
            }) => versions.insert((version, threading)),
            _ => return None,
        };
    }
    let mut versions = versions.into_iter();
    let ((version, _), None) = (versions.next()?, versions.next()) else {
        return None;
    };
    let path = &facts.extensions.first()?.path;
    let others = others(facts.extensions.len() - 1);
    let tag = facts.name.tags.iter().find(|tag| is_for_all(tag))?;
    Some(
        RULE.finding(format!(
            "the wheel is tagged `{}-{}` for every Python 3, and Python {version} alone looks at `{path}`{others}",
            tag.python, tag.abi
        ))
        .severity(Severity::Warning)
        .because(Evidence::mismatch(
            "tag",
            format!("cp{0}{1}-cp{0}{1}", version.major, version.minor),
            format!("{}-{}", tag.python, tag.abi),
        ))
        .hint("tag the wheel with the version of Python that it is built for, as maturin and setuptools do"),
    )
}

/// The extensions whose suffix names another system than every tag does.
fn of_other_system(facts: &WheelFacts) -> Vec<&WheelExtension> {
    without_twin(facts, |extension, file| {
        // Other implementations have suffixes of their own making.
        let (Some(system), Some(AbiTag::Version { implementation, .. })) =
            (file.platform(), file.tag())
        else {
            return false;
        };
        if implementation != Implementation::CPython {
            return false;
        }
        // What is built for another system, too, is told by other rules.
        platforms(facts).all(|(_, platform)| {
            platform_untrue::fits(platform, extension)
                && !policy_untrue::is_for_other_libc(platform, extension)
        }) && !platforms(facts).any(|(_, platform)| sees(platform, file, system))
    })
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
            let is_old = matches!(file.tag(), Some(AbiTag::Version { version, .. })
                if version < PythonVersion::new(3, 12));
            let is_musl = rest.starts_with("linux-musl");
            !is_pyd && (is_musl || is_old && rest.starts_with("linux-gnu")) && is_of_machine()
        }
        Platform::Linux(_) => !is_pyd && rest.starts_with("linux-") && is_of_machine(),
    }
}

/// The extensions that none of the Pythons which the tags name looks at.
pub(super) fn unseen(facts: &WheelFacts) -> Vec<&WheelExtension> {
    // Only tags of CPython's versions say which suffix is seen; `py3-none` may hold files for several.
    let tags = &facts.name.tags;
    let is_for_versions = tags
        .iter()
        .all(|tag| tag.cpython().is_some() && tag.abi != "none");
    if !is_for_versions {
        return Vec::new();
    }
    without_twin(facts, |_, file| !is_seen(tags, file))
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

/// Whether a Python that one of the tags names looks at the file. What has no version in its suffix is seen by all.
fn is_seen(tags: &[Tag], file: &FileName) -> bool {
    let Some(AbiTag::Version {
        implementation: Implementation::CPython,
        version,
        threading,
    }) = file.tag()
    else {
        return true;
    };
    tags.iter().any(|tag| {
        tag.abi.starts_with("cp") && tag.cpython() == Some(version) && tag.threading() == threading
    })
}
