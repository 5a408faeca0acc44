//! An extension's file name, and what its suffix promises.

use serde::Serialize;

use crate::python_api::FIRST_ABI3T;
use crate::target::{Implementation, PythonVersion, Threading};

/// What the suffix of an extension's file says about the interpreters that may load it (PEP 3149, PEP 384, PEP 703).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "tag", rename_all = "snake_case")]
pub enum AbiTag {
    /// `.so`, `.pyd`: any interpreter tries it.
    Untagged,
    /// `.abi3.so`: `CPython` with the GIL, from the version that the Limited API was set to.
    Abi3,
    /// `.abi3t.so`: both builds of `CPython` since 3.15 (PEP 803).
    Abi3t,
    /// `.cpython-312-….so`, `.cp312-….pyd`, `.pypy310-…`: one version of one implementation.
    Version {
        /// The implementation.
        implementation: Implementation,
        /// Its version.
        version: PythonVersion,
        /// Whether the version has the `t` of the free-threaded build.
        threading: Threading,
    },
}

/// The name of a file that may be an extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileName {
    name: String,
    module: Option<String>,
    tag: Option<AbiTag>,
    platform: Option<String>,
}

impl FileName {
    /// Parses a file name. Its directory is dropped, except that the `__init__` in it gets the directory's name, which
    /// is the package's.
    pub fn parse(name: &str) -> Self {
        let mut parts = name.rsplit(['/', '\\']);
        let name = parts.next().unwrap_or(name);
        let package = parts.next();
        let parts = name
            .strip_suffix(".so")
            .or_else(|| name.strip_suffix(".pyd"))
            .map(|stem| match stem.split_once('.') {
                Some((module, suffix)) => (module, parse_tag(suffix)),
                None => (stem, Some((AbiTag::Untagged, None))),
            });
        let (module, tag) = match parts {
            Some(("__init__", Some(tag))) => (package.map(str::to_owned), Some(tag)),
            Some((module, Some(tag))) => (Some(module.to_owned()), Some(tag)),
            _ => (None, None),
        };
        Self {
            name: name.to_owned(),
            module,
            tag: tag.as_ref().map(|(tag, _)| *tag),
            platform: tag.and_then(|(_, platform)| platform),
        }
    }

    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// The module that Python looks for in a file with this name; `None` if Python would ignore the file.
    pub fn module(&self) -> Option<&str> {
        self.module.as_deref()
    }

    /// What the suffix promises; `None` if it isn't an extension's suffix.
    pub fn tag(&self) -> Option<AbiTag> {
        self.tag
    }

    /// The first Python that considers files with this name, if older ones that the suffix is for don't: the `abi3t`
    /// suffixes, and stable ABI suffixes with a platform, were added in 3.15.
    pub fn first_python(&self) -> Option<PythonVersion> {
        match self.tag? {
            AbiTag::Abi3t => Some(FIRST_ABI3T),
            AbiTag::Abi3 => self.platform.as_ref().map(|_| FIRST_ABI3T),
            AbiTag::Untagged | AbiTag::Version { .. } => None,
        }
    }

    /// The platform in the suffix, such as `x86_64-linux-gnu` or `win_amd64`.
    pub fn platform(&self) -> Option<&str> {
        self.platform.as_deref()
    }
}

type Tag = (AbiTag, Option<String>);

/// Parses what's between the module's name and `.so`.
fn parse_tag(suffix: &str) -> Option<Tag> {
    for (name, tag) in [("abi3", AbiTag::Abi3), ("abi3t", AbiTag::Abi3t)] {
        match suffix.strip_prefix(name) {
            Some("") => return Some((tag, None)),
            // Since Python 3.15, a stable ABI suffix may name the platform too.
            Some(rest) if rest.starts_with('-') => {
                let platform = rest.trim_start_matches('-');
                return (!platform.is_empty()).then(|| (tag, Some(platform.to_owned())));
            }
            _ => {}
        }
    }
    let (implementation, rest) = if let Some(rest) = suffix.strip_prefix("cpython-") {
        (Implementation::CPython, rest)
    } else if let Some(rest) = suffix.strip_prefix("cp") {
        (Implementation::CPython, rest)
    } else if let Some(rest) = suffix.strip_prefix("pypy") {
        (Implementation::PyPy, rest)
    } else {
        (
            Implementation::GraalPy,
            suffix.strip_prefix("graalpy")?.split_once('-')?.1,
        )
    };
    let (version, platform) = match rest.split_once('-') {
        Some((version, platform)) => (version, Some(platform.to_owned())),
        None => (rest, None),
    };
    let digits = version.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let flags = version.get(digits.len()..).unwrap_or_default();
    Some((
        AbiTag::Version {
            implementation,
            version: PythonVersion::from_digits(digits)?,
            threading: if flags.contains('t') {
                Threading::FreeThreaded
            } else {
                Threading::Gil
            },
        },
        platform,
    ))
}

/// Whether a file's name is that of a loadable binary: for ELF also with a version after the extension, whose parts
/// start with a digit, as in `libssl.so.1.1.1k`. The directory is ignored.
#[must_use]
pub fn is_binary_name(path: &str) -> bool {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let file = file.to_ascii_lowercase();
    [".so", ".pyd", ".dll", ".dylib"].iter().any(|ending| {
        file.strip_suffix(ending)
            .is_some_and(|stem| !stem.is_empty())
    }) || file.split_once(".so.").is_some_and(|(_, version)| {
        version
            .split('.')
            .all(|part| part.starts_with(|first: char| first.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cpython(minor: u8, threading: Threading) -> AbiTag {
        AbiTag::Version {
            implementation: Implementation::CPython,
            version: PythonVersion::new(3, minor),
            threading,
        }
    }

    #[test]
    fn suffixes_are_parsed() {
        let check = |name: &str, module: &str, tag: Option<AbiTag>, platform: Option<&str>| {
            let file = FileName::parse(name);
            assert_eq!(file.module(), Some(module), "{name}");
            assert_eq!(file.tag(), tag, "{name}");
            assert_eq!(file.platform(), platform, "{name}");
        };
        check(
            "fast.cpython-312-x86_64-linux-gnu.so",
            "fast",
            Some(cpython(12, Threading::Gil)),
            Some("x86_64-linux-gnu"),
        );
        check(
            "a/b/fast.cpython-313t-darwin.so",
            "fast",
            Some(cpython(13, Threading::FreeThreaded)),
            Some("darwin"),
        );
        check(
            "fast.cp39-win_amd64.pyd",
            "fast",
            Some(cpython(9, Threading::Gil)),
            Some("win_amd64"),
        );
        check(
            "fast.cpython-37m-darwin.so",
            "fast",
            Some(cpython(7, Threading::Gil)),
            Some("darwin"),
        );
        check("fast.abi3.so", "fast", Some(AbiTag::Abi3), None);
        check("fast.abi3t.so", "fast", Some(AbiTag::Abi3t), None);
        check(
            "fast.abi3-x86_64-linux-gnu.so",
            "fast",
            Some(AbiTag::Abi3),
            Some("x86_64-linux-gnu"),
        );
        check(
            "fast.abi3t-aarch64-linux-gnu.so",
            "fast",
            Some(AbiTag::Abi3t),
            Some("aarch64-linux-gnu"),
        );
        check("fast.pyd", "fast", Some(AbiTag::Untagged), None);
    }

    #[test]
    fn files_that_python_ignores_have_no_module() {
        for name in [
            "libfast.so.1",
            "fast.dylib",
            "fast.dll",
            "fast.1.2.so",
            "fast.abi3-.so",
            "fast.abi3x.so",
            "fast",
            "",
        ] {
            assert_eq!(FileName::parse(name).module(), None, "{name}");
        }
        assert_eq!(FileName::parse("libfast.so").module(), Some("libfast"));
    }
    #[test]
    fn binaries_are_recognised_by_name() {
        for name in [
            "a.so",
            "a.abi3.so",
            "x/liba.so.1.2",
            "x/libssl-7f59e8e2.so.1.1.1k",
            "a.PYD",
            "a.dylib",
        ] {
            assert!(is_binary_name(name), "{name}");
        }
        for name in [
            "a.py",
            "a.so.txt",
            "a.so.1-gdb.py",
            "a.so.1.",
            "so",
            ".so",
            "a.so/b",
            "a.whl",
        ] {
            assert!(!is_binary_name(name), "{name}");
        }
    }
}
