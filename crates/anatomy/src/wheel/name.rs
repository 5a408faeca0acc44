//! The name of a wheel's file, which says for whom it is (PEP 427, PEP 425).

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::expectation::{PythonVersion, Threading};
use crate::facts::Architecture;
use crate::names::normalized_distribution;

/// A tag: for which Python, which ABI and which platform.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    /// The Python tag, such as `cp312` or `py3`.
    pub python: String,
    /// The ABI tag, such as `cp312`, `abi3` or `none`.
    pub abi: String,
    /// The platform tag, such as `manylinux_2_17_x86_64` or `any`.
    pub platform: String,
}

impl Tag {
    /// The version of a tag `cp3…`.
    pub fn cpython(&self) -> Option<PythonVersion> {
        PythonVersion::from_digits(self.python.strip_prefix("cp")?)
    }

    /// The threading of a tag `cp313-cp313t`.
    pub fn threading(&self) -> Threading {
        if self.abi.starts_with("cp") && self.abi.ends_with('t') {
            Threading::FreeThreaded
        } else {
            Threading::Gil
        }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.python, self.abi, self.platform)
    }
}

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A platform tag, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform<'tag> {
    /// Every platform.
    Any,
    /// glibc of this version or later, with the architecture's name: also the older names `manylinux1` to `2014`.
    Manylinux(u32, u32, &'tag str),
    /// musl of this version or later, with the architecture's name.
    Musllinux(u32, u32, &'tag str),
    /// The Linux it was built on, and no other promise.
    Linux(&'tag str),
    /// macOS of this version or later, with the architecture's name; `universal2` and its like are several.
    MacOs(u32, u32, &'tag str),
    /// Windows.
    Windows(&'tag str),
    /// Another one.
    Other,
}

impl<'tag> Platform<'tag> {
    /// Reads a platform tag (PEP 425, 513, 571, 599, 600, 656).
    pub fn parse(tag: &'tag str) -> Self {
        let versioned = |rest: &'tag str| -> Option<(u32, u32, &'tag str)> {
            let (major, rest) = rest.split_once('_')?;
            let (minor, architecture) = rest.split_once('_')?;
            Some((major.parse().ok()?, minor.parse().ok()?, architecture))
        };
        for (prefix, minor) in [
            ("manylinux1_", 5),
            ("manylinux2010_", 12),
            ("manylinux2014_", 17),
        ] {
            if let Some(architecture) = tag.strip_prefix(prefix) {
                return Self::Manylinux(2, minor, architecture);
            }
        }
        if let Some((major, minor, architecture)) =
            tag.strip_prefix("manylinux_").and_then(versioned)
        {
            Self::Manylinux(major, minor, architecture)
        } else if let Some((major, minor, architecture)) =
            tag.strip_prefix("musllinux_").and_then(versioned)
        {
            Self::Musllinux(major, minor, architecture)
        } else if let Some(architecture) = tag.strip_prefix("linux_") {
            Self::Linux(architecture)
        } else if let Some((major, minor, architecture)) =
            tag.strip_prefix("macosx_").and_then(versioned)
        {
            Self::MacOs(major, minor, architecture)
        } else {
            match tag {
                "any" => Self::Any,
                "win32" => Self::Windows("win32"),
                _ => tag.strip_prefix("win_").map_or(Self::Other, Self::Windows),
            }
        }
    }

    /// The architectures that a file must have, every one of them; nothing where that is not known.
    pub fn architectures(self) -> Vec<Architecture> {
        match self {
            Self::MacOs(_, _, "universal2") => vec![Architecture::X86_64, Architecture::Aarch64],
            Self::Manylinux(_, _, name)
            | Self::Musllinux(_, _, name)
            | Self::Linux(name)
            | Self::MacOs(_, _, name)
            | Self::Windows(name) => Architecture::parse(name).into_iter().collect(),
            Self::Any | Self::Other => Vec::new(),
        }
    }
}

/// The name of a wheel's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WheelName {
    /// The distribution's name, with underscores for hyphens.
    pub distribution: String,
    /// Its version.
    pub version: String,
    /// The build number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build: Option<String>,
    /// Every tag that the compressed tags stand for.
    pub tags: Vec<Tag>,
}

/// The name of a file is no wheel's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the name of a wheel: it should be name-version-python-abi-platform.whl")]
pub struct ParseWheelNameError(String);

impl WheelName {
    /// Whether `name` is the distribution's, in whatever spelling.
    pub fn is_of_distribution(&self, name: &str) -> bool {
        normalized_distribution(&self.distribution) == normalized_distribution(name)
    }

    /// Whether `version` is the wheel's, in whatever spelling: 1.0 and 1.0.0 are one (PEP 440).
    pub fn is_of_version(&self, version: &str) -> bool {
        match (parse_version(&self.version), parse_version(version)) {
            (Some(one), Some(other)) => one == other,
            _ => plain(&self.version) == plain(version),
        }
    }

    /// Whether its version is one by PEP 440.
    pub(super) fn has_known_version(&self) -> bool {
        parse_version(&self.version).is_some()
    }

    /// Whether a directory is the wheel's own `.dist-info`.
    pub(super) fn owns(&self, directory: &str) -> bool {
        directory
            .strip_suffix(".dist-info")
            .and_then(|stem| stem.rsplit_once('-'))
            .is_some_and(|(name, version)| {
                self.is_of_distribution(name) && self.is_of_version(version)
            })
    }
}

/// In the names of files and directories an underscore stands for a hyphen.
fn parse_version(text: &str) -> Option<pep440_rs::Version> {
    text.parse()
        .or_else(|_| text.replace('_', "-").parse())
        .ok()
}

/// What is left of a version that is none by PEP 440. Older tools wrote other characters than these into the names of files.
fn plain(version: &str) -> String {
    version
        .to_lowercase()
        .replace(['-', '_', '.', '+', '!'], "-")
}

impl FromStr for WheelName {
    type Err = ParseWheelNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let file = text.rsplit(['/', '\\']).next().unwrap_or(text);
        let error = || ParseWheelNameError(text.to_owned());
        let stem = file.strip_suffix(".whl").ok_or_else(error)?;
        let parts: Vec<&str> = stem.split('-').collect();
        let (head, build, python, abi, platform) = match parts.as_slice() {
            [name, version, python, abi, platform] => {
                ((name, version), None, python, abi, platform)
            }
            [name, version, build, python, abi, platform] => (
                (name, version),
                Some((*build).to_owned()),
                python,
                abi,
                platform,
            ),
            _ => return Err(error()),
        };
        if parts.iter().any(|part| part.is_empty()) {
            return Err(error());
        }
        Ok(Self {
            distribution: (*head.0).to_owned(),
            version: (*head.1).to_owned(),
            build,
            tags: expand(python, abi, platform),
        })
    }
}

/// `cp39.cp310-abi3-…` stands for every combination (PEP 425). Names are short, so their number is bounded.
fn expand(python: &str, abi: &str, platform: &str) -> Vec<Tag> {
    const MOST: usize = 1000;
    let mut tags = Vec::new();
    for python in python.split('.') {
        for abi in abi.split('.') {
            for platform in platform.split('.') {
                if tags.len() < MOST {
                    tags.push(Tag {
                        python: python.to_owned(),
                        abi: abi.to_owned(),
                        platform: platform.to_owned(),
                    });
                }
            }
        }
    }
    tags
}

/// Reads a line `Tag: cp312-cp312-…` of the file `WHEEL`.
pub(super) fn parse_tag(text: &str) -> Vec<Tag> {
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [python, abi, platform] => expand(python, abi, platform),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let name: WheelName =
            "pydantic_core-2.1-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
                .parse()
                .unwrap();
        assert_eq!(name.tags.len(), 2);
        assert_eq!(name.tags[0].cpython(), Some(PythonVersion::new(3, 9)));
        assert_eq!(
            Platform::parse(&name.tags[0].platform),
            Platform::Manylinux(2, 17, "x86_64")
        );
        assert_eq!(
            Platform::parse(&name.tags[1].platform),
            Platform::Manylinux(2, 17, "x86_64")
        );
        let built: WheelName = "x-1.0-1-cp313-cp313t-win_amd64.whl".parse().unwrap();
        assert_eq!(built.build.as_deref(), Some("1"));
        assert_eq!(built.tags[0].threading(), Threading::FreeThreaded);
        for text in ["x.whl", "x-1.zip", "x-1--a-b.whl", ""] {
            assert!(text.parse::<WheelName>().is_err(), "{text}");
        }
    }

    #[test]
    fn spellings_of_a_version_are_one() {
        let is = |one: &str, other: &str| {
            let name: WheelName = format!("x-{one}-py3-none-any.whl").parse().unwrap();
            name.is_of_version(other)
        };
        for (one, other) in [
            ("1.0", "1.0.0"),
            ("1.0rc1", "1.0.RC-1"),
            ("1.0+cu_118", "1.0+cu.118"),
            ("1.0_1", "1.0.post1"),
            ("2024a_x", "2024A-x"),
        ] {
            assert!(is(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("1.10", "11.0"),
            ("1.0", "1!1.0"),
            ("1.0", "1.0+x"),
            ("a", "b"),
        ] {
            assert!(!is(one, other), "{one} {other}");
        }
    }

    #[test]
    fn platforms_name_architectures() {
        let of = |tag| Platform::parse(tag).architectures();
        assert_eq!(of("macosx_11_0_arm64"), [Architecture::Aarch64]);
        assert_eq!(of("macosx_10_12_universal2").len(), 2);
        assert_eq!(of("win_amd64"), [Architecture::X86_64]);
        assert_eq!(of("win32"), [Architecture::X86]);
        assert_eq!(of("musllinux_1_2_aarch64"), [Architecture::Aarch64]);
        assert_eq!(of("any"), []);
    }
}
