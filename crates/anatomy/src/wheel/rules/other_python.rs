//! An extension is linked with the library of a different Python than the wheel's tag names.
//!
//! On Windows every extension names the DLL of its Python: `python311.dll` for Python 3.11, `python313t.dll` for the
//! free-threaded build of 3.13, `libpypy3.10-c.dll` for `PyPy`. Any Python finds an extension without a version in its
//! own name, such as `fast.pyd`; only then does it turn out that the DLL belongs to another Python:
//!
//! ```text
//! ImportError: DLL load failed while importing fast: The specified module could not be found.
//! ```
//!
//! Extensions for a stable ABI name `python3.dll` or `python3t.dll`. Builds with the GIL include the latter since
//! Python 3.15; in a free-threaded process the former would load a second Python.
//!
//! ## Example
//!
//! A wheel built for Python 3.11 was renamed to `cp312-cp312`.
//!
//! ## What to do
//!
//! Build the extension for each version that has a tag, or use the stable ABI, where one wheel is enough.
//!
//! ## Where it is specified
//!
//! [PEP 425](https://peps.python.org/pep-0425/) for tags; [PEP 803](https://peps.python.org/pep-0803/) for `abi3t`; Python's documentation under
//! [Differences between Unix and Windows](https://docs.python.org/3/extending/windows.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use super::others;
use crate::facts::Library;
use crate::python_api::FIRST_ABI3T;
use crate::target::{PythonVersion, Threading};
use crate::wheel::{Platform, Tag, WheelExtension, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0615",
    "wheel-other-python",
    include_str!("other_python.rs"),
);

/// The finding lists at most this many files.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let tags = || {
        let tags = facts.name.tags.iter();
        tags.filter(|tag| matches!(Platform::parse(&tag.platform), Platform::Windows(_)))
    };
    // Another rule judges a DLL for one version under a tag for several, by what the tag promises about the stable ABI.
    let is_for_one = tags().all(Tag::is_for_one_version);
    let tag = tags().next()?;
    let is_wrong = |linked: &Linked| match linked {
        Linked::Stable(Threading::Gil) => tags().any(is_for_free_threading),
        Linked::Stable(Threading::FreeThreaded) => tags().any(is_for_gil_before_abi3t),
        linked => is_for_one && !tags().any(|tag| linked.is_of(tag)),
    };
    let wrong: Vec<(&WheelExtension, &Library)> = facts
        .extensions
        .iter()
        .filter_map(|extension| {
            let images = extension.facts.images.iter();
            let library = images
                .flat_map(|image| &image.libraries)
                .find(|library| Linked::with(library).is_some_and(|linked| is_wrong(&linked)))?;
            Some((extension, library))
        })
        .collect();
    let (extension, library) = wrong.first()?;
    let others = others(wrong.len() - 1);
    let wanted = format!("{}-{}", tag.python, tag.abi);
    let finding = RULE.finding(format!(
        "the wheel is tagged `{wanted}`, but `{}` is linked with `{}`{others}",
        extension.path, library.name
    ));
    let finding = wrong
        .iter()
        .take(SHOWN)
        .fold(finding, |finding, (extension, library)| {
            finding.because(Evidence::mismatch(
                format!("Python of {}", extension.path),
                wanted.clone(),
                library.name.clone(),
            ))
        });
    Some(finding.hint("build it for the Python that the tag names, or tag the wheel with the Python it was built for"))
}

/// Whether a free-threaded build accepts a tag.
fn is_for_free_threading(tag: &Tag) -> bool {
    tag.abi == "abi3t" || tag.threading() == Threading::FreeThreaded
}

/// Whether a build with the GIL that didn't have `python3t.dll` yet accepts a tag.
fn is_for_gil_before_abi3t(tag: &Tag) -> bool {
    let is_for_gil = tag.abi == "abi3" || tag.abi == tag.python;
    is_for_gil && tag.cpython().is_some_and(|version| version < FIRST_ABI3T)
}

/// The Python that a DLL belongs to.
#[derive(Debug, PartialEq, Eq)]
enum Linked {
    /// All versions of one build type.
    Stable(Threading),
    CPython(PythonVersion, Threading),
    PyPy(PythonVersion),
}

impl Linked {
    fn with(library: &Library) -> Option<Self> {
        let file = library.file_name().to_ascii_lowercase();
        if let Some(rest) = file.strip_prefix("libpypy") {
            let version = rest.split_once("-c").map_or(rest, |(version, _)| version);
            return PythonVersion::parse(version).map(Self::PyPy);
        }
        match file.as_str() {
            "python3.dll" | "python3_d.dll" => return Some(Self::Stable(Threading::Gil)),
            "python3t.dll" | "python3t_d.dll" => {
                return Some(Self::Stable(Threading::FreeThreaded));
            }
            _ => {}
        }
        let version = library.python_version()?;
        let flags = file.strip_suffix(".dll")?;
        let flags = flags.strip_suffix("_d").unwrap_or(flags);
        Some(Self::CPython(
            version,
            if flags.ends_with('t') {
                Threading::FreeThreaded
            } else {
                Threading::Gil
            },
        ))
    }

    fn is_of(&self, tag: &Tag) -> bool {
        match self {
            Self::Stable(_) => true,
            Self::CPython(version, threading) => {
                tag.cpython() == Some(*version)
                    && (tag.abi == "none" || tag.threading() == *threading)
            }
            Self::PyPy(version) => tag.pypy() == Some(*version),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_name_their_python() {
        let linked = |name: &str| {
            Linked::with(&Library {
                name: name.to_owned(),
                optional: false,
            })
        };
        let python =
            |minor, threading| Some(Linked::CPython(PythonVersion::new(3, minor), threading));
        assert_eq!(linked("python311.dll"), python(11, Threading::Gil));
        assert_eq!(
            linked("PYTHON313t.dll"),
            python(13, Threading::FreeThreaded)
        );
        assert_eq!(linked("python312_d.dll"), python(12, Threading::Gil));
        assert_eq!(
            linked("libpypy3.10-c.dll"),
            Some(Linked::PyPy(PythonVersion::new(3, 10)))
        );
        assert_eq!(linked("python3.dll"), Some(Linked::Stable(Threading::Gil)));
        assert_eq!(
            linked("python3t.dll"),
            Some(Linked::Stable(Threading::FreeThreaded))
        );
        assert_eq!(linked("kernel32.dll"), None);
    }
}
