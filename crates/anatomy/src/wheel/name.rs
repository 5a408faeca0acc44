//! A wheel's file name, which says what it's for (PEP 427, PEP 425).

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::facts::Architecture;
use crate::names::normalized_distribution;
use crate::target::{PythonVersion, Threading};

/// A tag: the Python, the ABI and the platform.
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
    /// The version in a `cp3…` tag.
    pub fn cpython(&self) -> Option<PythonVersion> {
        PythonVersion::from_digits(self.python.strip_prefix("cp")?)
    }

    /// The Python version that a `PyPy` tag names, from its ABI tag, such as `pypy310_pp73`, because the other one used
    /// to contain `PyPy`'s own version.
    pub fn pypy(&self) -> Option<PythonVersion> {
        let python = self.python.strip_prefix("pp")?;
        let digits = match self.abi.strip_prefix("pypy") {
            Some(abi) => abi.split('_').next()?,
            None => python,
        };
        (digits.len() > 1)
            .then(|| PythonVersion::from_digits(digits))
            .flatten()
    }

    /// The Python version that the tag names, for any implementation. A tag such as `py3` doesn't name one.
    pub fn version(&self) -> Option<PythonVersion> {
        if self.python.starts_with("pp") {
            return self.pypy();
        }
        let digits = ["cp", "graalpy", "py"]
            .iter()
            .find_map(|letters| self.python.strip_prefix(letters))?;
        (digits.len() > 1)
            .then(|| PythonVersion::from_digits(digits))
            .flatten()
    }

    /// Whether only that version of that implementation accepts the tag.
    pub fn is_for_one_version(&self) -> bool {
        let is_stable = self.abi.starts_with("abi3");
        self.version().is_some() && !is_stable && !self.python.starts_with("py")
    }

    /// The threading in a tag such as `cp313-cp313t`.
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

/// A parsed platform tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform<'tag> {
    /// Every platform.
    Any,
    /// glibc of this version or later, with the architecture's name: includes the legacy names `manylinux1` to `2014`.
    Manylinux(u32, u32, &'tag str),
    /// musl of this version or later, with the architecture's name.
    Musllinux(u32, u32, &'tag str),
    /// Just the Linux it was built on.
    Linux(&'tag str),
    /// macOS of this version or later, with the architecture's name; `universal2` and the like are several.
    MacOs(u32, u32, &'tag str),
    /// Windows.
    Windows(&'tag str),
    /// Android of this API level or later, with the name of its ABI (PEP 738).
    Android(u32, &'tag str),
    /// iOS of this version or later (PEP 730).
    Ios(u32, u32, &'tag str, IosTarget),
    /// WebAssembly, for a runtime such as Pyodide (PEP 783).
    Wasm(Runtime),
    /// Another one.
    Other,
}

/// Where an iOS build runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IosTarget {
    /// On a phone or tablet.
    Device,
    /// In the simulator on a Mac.
    Simulator,
}

/// A WebAssembly runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runtime {
    /// Emscripten, as used by Pyodide.
    Emscripten,
    /// WASI.
    Wasi,
}

impl<'tag> Platform<'tag> {
    /// Parses a platform tag (PEP 425, 513, 571, 599, 600, 656, 730, 738, 783).
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
        } else if let Some((api, abi)) = tag
            .strip_prefix("android_")
            .and_then(|rest| rest.split_once('_'))
            .and_then(|(api, abi)| Some((api.parse().ok()?, abi)))
        {
            Self::Android(api, abi)
        } else if let Some((major, minor, rest)) = tag.strip_prefix("ios_").and_then(versioned) {
            if let Some(architecture) = rest.strip_suffix("_iphoneos") {
                Self::Ios(major, minor, architecture, IosTarget::Device)
            } else if let Some(architecture) = rest.strip_suffix("_iphonesimulator") {
                Self::Ios(major, minor, architecture, IosTarget::Simulator)
            } else {
                Self::Other
            }
        } else if tag.ends_with("_wasm32") {
            let is = |prefixes: &[&str]| prefixes.iter().any(|prefix| tag.starts_with(prefix));
            if is(&["pyemscripten_", "pyodide_", "emscripten_"]) {
                Self::Wasm(Runtime::Emscripten)
            } else if is(&["wasi_"]) {
                Self::Wasm(Runtime::Wasi)
            } else {
                Self::Other
            }
        } else {
            match tag {
                "any" => Self::Any,
                "win32" => Self::Windows("win32"),
                _ => tag.strip_prefix("win_").map_or(Self::Other, Self::Windows),
            }
        }
    }

    /// The architectures that a file must have, all of them; `None` if unknown.
    pub fn architectures(self) -> Vec<Architecture> {
        match self {
            Self::MacOs(_, _, "universal2") => vec![Architecture::X86_64, Architecture::Aarch64],
            Self::Manylinux(_, _, name)
            | Self::Musllinux(_, _, name)
            | Self::Linux(name)
            | Self::MacOs(_, _, name)
            | Self::Windows(name)
            | Self::Ios(_, _, name, _)
            | Self::Android(_, name) => {
                let name = match name {
                    "arm64_v8a" => "arm64",
                    "armeabi_v7a" => "armv7",
                    name => name,
                };
                Architecture::parse(name).into_iter().collect()
            }
            Self::Wasm(_) => vec![Architecture::Wasm32],
            Self::Any | Self::Other => Vec::new(),
        }
    }
}

/// A wheel's file name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WheelName {
    /// The distribution's name, with underscores for hyphens.
    pub distribution: String,
    /// Its version.
    pub version: String,
    /// The build number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build: Option<String>,
    /// All tags that the compressed tags expand to.
    pub tags: Vec<Tag>,
}

/// The file name isn't a wheel's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` isn't a wheel's name, which should be name-version-python-abi-platform.whl")]
pub struct ParseWheelNameError(String);

impl WheelName {
    /// Whether `name` is the distribution's, in any spelling.
    pub fn is_of_distribution(&self, name: &str) -> bool {
        normalized_distribution(&self.distribution) == normalized_distribution(name)
    }

    /// Whether `version` is the wheel's, in any spelling: 1.0 and 1.0.0 are the same (PEP 440).
    pub fn is_of_version(&self, version: &str) -> bool {
        match (parse_version(&self.version), parse_version(version)) {
            (Some(one), Some(other)) => one == other,
            _ => plain(&self.version) == plain(version),
        }
    }

    /// Whether its version is valid under PEP 440.
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

/// In file and directory names, an underscore replaces a hyphen.
fn parse_version(text: &str) -> Option<pep440_rs::Version> {
    text.parse()
        .or_else(|_| text.replace('_', "-").parse())
        .ok()
}

/// Normalises a version that isn't valid under PEP 440. Older tools replaced certain characters in file names.
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

/// `cp39.cp310-abi3-…` expands to every combination (PEP 425). Names are short, so their number is limited.
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

/// Parses a line `Tag: cp312-cp312-…` in the file `WHEEL`.
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
    fn wheel_names_are_parsed() {
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
    fn spellings_of_a_version_are_equal() {
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
    fn platforms_have_architectures() {
        let of = |tag| Platform::parse(tag).architectures();
        assert_eq!(of("macosx_11_0_arm64"), [Architecture::Aarch64]);
        assert_eq!(of("macosx_10_12_universal2").len(), 2);
        assert_eq!(of("win_amd64"), [Architecture::X86_64]);
        assert_eq!(of("win32"), [Architecture::X86]);
        assert_eq!(of("musllinux_1_2_aarch64"), [Architecture::Aarch64]);
        assert_eq!(of("any"), []);
        assert_eq!(of("android_21_arm64_v8a"), [Architecture::Aarch64]);
        assert_eq!(of("android_21_armeabi_v7a"), [Architecture::Arm]);
        assert_eq!(of("android_24_x86_64"), [Architecture::X86_64]);
        assert_eq!(of("ios_13_0_arm64_iphoneos"), [Architecture::Aarch64]);
        assert_eq!(
            of("ios_13_0_x86_64_iphonesimulator"),
            [Architecture::X86_64]
        );
        assert_eq!(of("pyemscripten_2026_0_wasm32"), [Architecture::Wasm32]);
    }

    #[test]
    fn platforms_of_small_machines_are_parsed() {
        assert_eq!(
            Platform::parse("android_21_arm64_v8a"),
            Platform::Android(21, "arm64_v8a")
        );
        assert_eq!(
            Platform::parse("ios_13_0_arm64_iphonesimulator"),
            Platform::Ios(13, 0, "arm64", IosTarget::Simulator)
        );
        assert_eq!(
            Platform::parse("pyodide_2024_0_wasm32"),
            Platform::Wasm(Runtime::Emscripten)
        );
        assert_eq!(
            Platform::parse("wasi_0_1_wasm32"),
            Platform::Wasm(Runtime::Wasi)
        );
        for tag in [
            "android_x_arm64_v8a",
            "ios_13_0_arm64",
            "freebsd_14_0_amd64",
        ] {
            assert_eq!(Platform::parse(tag), Platform::Other, "{tag}");
        }
    }

    #[test]
    fn tags_name_versions_of_python() {
        let version = |tag: &str| {
            let found = parse_tag(tag)[0].version();
            found.map(|version| version.to_string())
        };
        for (tag, expected) in [
            ("cp312-cp312-any", "3.12"),
            ("cp39-abi3-any", "3.9"),
            ("pp310-pypy310_pp73-any", "3.10"),
            ("pp36-pypy36_pp73-any", "3.6"),
            ("pp373-pypy36_pp73-any", "3.6"),
            ("graalpy311-graalpy242_311_native-any", "3.11"),
            ("py310-none-any", "3.10"),
        ] {
            assert_eq!(version(tag).as_deref(), Some(expected), "{tag}");
        }
        for tag in [
            "py3-none-any",
            "pp371-pypy3_71-any",
            "cp3-none-any",
            "jy27-none-any",
        ] {
            assert_eq!(version(tag), None, "{tag}");
        }
    }
}
