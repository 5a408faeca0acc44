//! A system, the way wheels' platform tags name it.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::Architecture;

/// The system that a Python runs on. Architectures are named as in platform tags.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// Linux with this glibc version.
    Glibc {
        /// Major and minor version of glibc.
        version: (u32, u32),
        /// Such as `x86_64` or `aarch64`.
        architecture: String,
    },
    /// Linux with this musl version.
    Musl {
        /// Major and minor version of musl.
        version: (u32, u32),
        /// Such as `x86_64` or `aarch64`.
        architecture: String,
    },
    /// This macOS version.
    MacOs {
        /// Major and minor version of macOS.
        version: (u32, u32),
        /// Such as `x86_64` or `arm64`.
        architecture: String,
    },
    /// Windows; the string is the whole tag: `win32`, `win_amd64` or `win_arm64`.
    Windows(String),
    /// Android.
    Android {
        /// The API level.
        api: u32,
        /// Such as `arm64_v8a`.
        abi: String,
    },
    /// This iOS version.
    Ios {
        /// Major and minor version of iOS.
        version: (u32, u32),
        /// Such as `arm64_iphoneos`.
        architecture: String,
    },
    /// Another system, which accepts wheels with exactly this tag, such as `pyemscripten_2026_0_wasm32`.
    Other(String),
}

/// The text isn't a system.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseSystemError {
    /// Linux without a C library.
    #[error("`{0}` doesn't name a C library: use manylinux_2_28_x86_64 or musllinux_1_2_x86_64")]
    NoLibrary(String),
    /// Several architectures at once.
    #[error("`{0}` names several architectures: pick one, as in macosx_11_0_arm64")]
    SeveralArchitectures(String),
    /// Something else.
    #[error(
        "`{0}` isn't a platform such as manylinux_2_28_x86_64, musllinux_1_2_aarch64, macosx_11_0_arm64 or win_amd64"
    )]
    Unknown(String),
}

/// No system has a higher version; the tags that a system accepts are counted down from its version.
const HIGHEST: u32 = 500;

impl System {
    /// The processor architecture, if it's a known one.
    pub fn architecture(&self) -> Option<Architecture> {
        match self {
            Self::Glibc { architecture, .. }
            | Self::Musl { architecture, .. }
            | Self::MacOs { architecture, .. } => Architecture::parse(architecture),
            Self::Windows(tag) => Architecture::parse(tag.strip_prefix("win_").unwrap_or(tag)),
            Self::Android { abi, .. } => match abi.as_str() {
                "arm64_v8a" => Some(Architecture::Aarch64),
                "armeabi_v7a" => Some(Architecture::Arm),
                "x86_64" => Some(Architecture::X86_64),
                "x86" => Some(Architecture::X86),
                _ => None,
            },
            Self::Ios { architecture, .. } => {
                let name = architecture
                    .strip_suffix("_iphoneos")
                    .or_else(|| architecture.strip_suffix("_iphonesimulator"))?;
                Architecture::parse(name)
            }
            Self::Other(tag) => tag.ends_with("wasm32").then_some(Architecture::Wasm32),
        }
    }

    /// The platform tags whose wheels it accepts, best first, without `any` (PEP 425, 513, 571, 599, 600, 656, 730,
    /// 738).
    pub fn platforms(&self) -> Vec<String> {
        match self {
            Self::Glibc {
                version,
                architecture,
            } => {
                let machines = linux_machines(architecture);
                let manylinux = machines
                    .iter()
                    .flat_map(|machine| manylinux(*version, machine));
                let plain = machines.iter().map(|machine| format!("linux_{machine}"));
                manylinux.chain(plain).collect()
            }
            Self::Musl {
                version: (major, minor),
                architecture,
            } => {
                let machines = linux_machines(architecture);
                let musllinux = machines.iter().flat_map(|machine| {
                    (0..=*minor)
                        .rev()
                        .map(move |minor| format!("musllinux_{major}_{minor}_{machine}"))
                });
                let plain = machines.iter().map(|machine| format!("linux_{machine}"));
                musllinux.chain(plain).collect()
            }
            Self::MacOs {
                version,
                architecture,
            } => macos(*version, architecture),
            Self::Windows(tag) | Self::Other(tag) => vec![tag.clone()],
            Self::Android { api, abi } => (OLDEST_ANDROID.min(*api)..=*api)
                .rev()
                .map(|api| format!("android_{api}_{abi}"))
                .collect(),
            Self::Ios {
                version: (major, minor),
                architecture,
            } => {
                let own = (0..=*minor).rev().map(|minor| (*major, minor));
                // No iOS version had more minor versions than this.
                let older = (OLDEST_IOS..*major)
                    .rev()
                    .flat_map(|major| (0..=9).rev().map(move |minor| (major, minor)));
                own.chain(older)
                    .map(|(major, minor)| format!("ios_{major}_{minor}_{architecture}"))
                    .collect()
            }
        }
    }
}

/// Older ones aren't considered (`packaging.tags`).
const OLDEST_ANDROID: u32 = 16;
const OLDEST_IOS: u32 = 12;

/// A machine, and another one whose code it also runs.
fn linux_machines(architecture: &str) -> Vec<&str> {
    match architecture {
        "armv8l" => vec!["armv8l", "armv7l"],
        one => vec![one],
    }
}

/// The glibc tags, down to the oldest that any policy has: 2.5 on x86, 2.17 elsewhere.
fn manylinux((major, minor): (u32, u32), machine: &str) -> Vec<String> {
    let oldest = if matches!(machine, "x86_64" | "i686") {
        5
    } else {
        17
    };
    if major != 2 {
        return Vec::new();
    }
    (oldest..=minor)
        .rev()
        .flat_map(|minor| {
            let old = match minor {
                17 => Some("manylinux2014"),
                12 => Some("manylinux2010"),
                5 => Some("manylinux1"),
                _ => None,
            };
            std::iter::once(format!("manylinux_2_{minor}_{machine}"))
                .chain(old.map(|old| format!("{old}_{machine}")))
        })
        .collect()
}

/// The macOS tags. Since 11 there's a major version every year, and minor versions have no tags.
fn macos((major, minor): (u32, u32), architecture: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut add = |version: (u32, u32), formats: &[&str]| {
        for format in formats {
            tags.push(format!("macosx_{}_{}_{format}", version.0, version.1));
        }
    };
    if major == 10 {
        for minor in (0..=minor).rev() {
            add((10, minor), &macos_formats((10, minor), architecture));
        }
    }
    if major > 10 {
        for major in (11..=major).rev() {
            add((major, 0), &macos_formats((major, 0), architecture));
        }
        for minor in (4..=16).rev() {
            if architecture == "x86_64" {
                add((10, minor), &macos_formats((10, minor), architecture));
            } else {
                add((10, minor), &["universal2"]);
            }
        }
    }
    tags
}

/// The kinds of binaries that a processor runs, as macOS tags name them.
fn macos_formats(version: (u32, u32), architecture: &str) -> Vec<&str> {
    match architecture {
        "x86_64" if version < (10, 4) => Vec::new(),
        "x86_64" => vec![
            "x86_64",
            "intel",
            "fat64",
            "fat3",
            "universal2",
            "universal",
        ],
        "arm64" => vec!["arm64", "universal2"],
        other => vec![other],
    }
}

impl FromStr for System {
    type Err = ParseSystemError;

    /// Parses a platform tag as the system itself: `manylinux_2_28_x86_64` is a system with glibc 2.28.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let tag = text.trim().to_ascii_lowercase().replace(['-', '.'], "_");
        let unknown = || ParseSystemError::Unknown(text.to_owned());
        let versioned = |rest: &str| -> Result<((u32, u32), String), ParseSystemError> {
            let (major, rest) = rest.split_once('_').ok_or_else(unknown)?;
            let (minor, architecture) = rest.split_once('_').ok_or_else(unknown)?;
            let number = |text: &str| -> Result<u32, ParseSystemError> {
                text.parse()
                    .ok()
                    .filter(|number| *number <= HIGHEST)
                    .ok_or_else(unknown)
            };
            let version = (number(major)?, number(minor)?);
            if architecture.is_empty() {
                return Err(unknown());
            }
            Ok((version, architecture.to_owned()))
        };
        for (prefix, minor) in [
            ("manylinux1_", 5),
            ("manylinux2010_", 12),
            ("manylinux2014_", 17),
        ] {
            if let Some(architecture) = tag.strip_prefix(prefix).filter(|rest| !rest.is_empty()) {
                return Ok(Self::Glibc {
                    version: (2, minor),
                    architecture: architecture.to_owned(),
                });
            }
        }
        if let Some(rest) = tag.strip_prefix("manylinux_") {
            let (version, architecture) = versioned(rest)?;
            return Ok(Self::Glibc {
                version,
                architecture,
            });
        }
        if let Some(rest) = tag.strip_prefix("musllinux_") {
            let (version, architecture) = versioned(rest)?;
            return Ok(Self::Musl {
                version,
                architecture,
            });
        }
        if let Some(rest) = tag.strip_prefix("macosx_") {
            let (version, architecture) = versioned(rest)?;
            let is_several = ["universal", "intel", "fat"]
                .iter()
                .any(|several| architecture.starts_with(several));
            if is_several {
                return Err(ParseSystemError::SeveralArchitectures(text.to_owned()));
            }
            return Ok(Self::MacOs {
                version,
                architecture,
            });
        }
        if let Some(rest) = tag.strip_prefix("ios_") {
            let (version, architecture) = versioned(rest)?;
            return Ok(Self::Ios {
                version,
                architecture,
            });
        }
        if let Some(rest) = tag.strip_prefix("android_") {
            let (api, abi) = rest.split_once('_').ok_or_else(unknown)?;
            let api = api
                .parse()
                .ok()
                .filter(|api| *api <= HIGHEST)
                .ok_or_else(unknown)?;
            return Ok(Self::Android {
                api,
                abi: abi.to_owned(),
            });
        }
        if tag.starts_with("linux_") {
            return Err(ParseSystemError::NoLibrary(text.to_owned()));
        }
        if matches!(tag.as_str(), "win32" | "win_amd64" | "win_arm64") {
            return Ok(Self::Windows(tag));
        }
        let is_other = [
            "pyemscripten_",
            "pyodide_",
            "emscripten_",
            "wasi_",
            "freebsd_",
        ]
        .iter()
        .any(|prefix| tag.starts_with(prefix));
        if is_other {
            return Ok(Self::Other(tag));
        }
        Err(unknown())
    }
}

impl fmt::Display for System {
    /// The system's platform tag.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Glibc {
                version: (major, minor),
                architecture,
            } => write!(f, "manylinux_{major}_{minor}_{architecture}"),
            Self::Musl {
                version: (major, minor),
                architecture,
            } => write!(f, "musllinux_{major}_{minor}_{architecture}"),
            Self::MacOs {
                version: (major, minor),
                architecture,
            } => write!(f, "macosx_{major}_{minor}_{architecture}"),
            Self::Ios {
                version: (major, minor),
                architecture,
            } => write!(f, "ios_{major}_{minor}_{architecture}"),
            Self::Android { api, abi } => write!(f, "android_{api}_{abi}"),
            Self::Windows(tag) | Self::Other(tag) => f.write_str(tag),
        }
    }
}

impl Serialize for System {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system(tag: &str) -> System {
        tag.parse().unwrap()
    }

    #[test]
    fn a_tag_names_a_system() {
        for (tag, architecture) in [
            ("manylinux_2_28_x86_64", Architecture::X86_64),
            ("musllinux_1_2_aarch64", Architecture::Aarch64),
            ("macosx_11_0_arm64", Architecture::Aarch64),
            ("win_amd64", Architecture::X86_64),
            ("win32", Architecture::X86),
            ("win_arm64", Architecture::Aarch64),
            ("android_24_arm64_v8a", Architecture::Aarch64),
            ("ios_13_0_arm64_iphonesimulator", Architecture::Aarch64),
            ("pyemscripten_2026_0_wasm32", Architecture::Wasm32),
        ] {
            assert_eq!(system(tag).to_string(), tag);
            assert_eq!(system(tag).architecture(), Some(architecture), "{tag}");
        }
        assert_eq!(
            system("manylinux2014_x86_64").to_string(),
            "manylinux_2_17_x86_64"
        );
    }

    #[test]
    fn text_that_is_not_a_system_is_refused() {
        for tag in [
            "",
            "any",
            "linux_x86_64",
            "manylinux_2_x86_64",
            "manylinux_2_99999_x86_64",
            "manylinux_2_17_",
            "manylinux2014_",
            "macosx_11_0_universal2",
            "win_ia64",
            "x86_64",
            "android_arm64",
        ] {
            assert!(tag.parse::<System>().is_err(), "{tag}");
        }
    }
}
