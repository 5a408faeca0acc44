//! Determines this machine's system without asking an interpreter.

use std::path::{Path, PathBuf};

use anatomy::loads::System;

use crate::inspect::bytes;

/// The largest C libraries have a few megabytes.
const LARGEST_LIBRARY: u64 = 64 << 20;
const LARGEST_LIST: u64 = 1 << 20;

/// How glibc's version text starts.
const GLIBC_SAYS: &[u8] = b"GNU C Library";
const BEFORE_VERSION: &[u8] = b"release version ";

/// The version assumed for musl, which hasn't changed since 2019.
const MUSL: (u32, u32) = (1, 2);

/// This machine's system; `None` if it can't be determined.
pub(super) fn this() -> Option<System> {
    let architecture = std::env::consts::ARCH;
    match std::env::consts::OS {
        "linux" => linux(architecture),
        "macos" => {
            let list = Path::new("/System/Library/CoreServices/SystemVersion.plist");
            let version = macos_version(&bytes::text(list, LARGEST_LIST)?)?;
            Some(macos(version, architecture))
        }
        "windows" => Some(System::Windows(
            match architecture {
                "x86" => "win32",
                "aarch64" => "win_arm64",
                _ => "win_amd64",
            }
            .to_owned(),
        )),
        _ => None,
    }
}

/// macOS, whose tags have different processor names than Rust.
pub(super) fn macos(version: (u32, u32), architecture: &str) -> System {
    System::MacOs {
        version,
        architecture: match architecture {
            "aarch64" => "arm64".to_owned(),
            other => other.to_owned(),
        },
    }
}

/// This macOS's version.
fn macos_version(list: &str) -> Option<(u32, u32)> {
    let (_, rest) = list.split_once("<key>ProductVersion</key>")?;
    let (_, rest) = rest.split_once("<string>")?;
    let (version, _) = rest.split_once("</string>")?;
    let mut numbers = version.split('.').map(str::parse::<u32>);
    let major = numbers.next()?.ok()?;
    Some((major, numbers.next().and_then(Result::ok).unwrap_or(0)))
}

fn linux(architecture: &str) -> Option<System> {
    // Tags have different processor names than Rust.
    let name = match architecture {
        "x86" => "i686",
        "arm" => "armv7l",
        "powerpc64" if cfg!(target_endian = "little") => "ppc64le",
        other => other,
    };
    if let Some(version) = glibc_version() {
        return Some(System::Glibc {
            version,
            architecture: name.to_owned(),
        });
    }
    has_musl().then(|| System::Musl {
        version: MUSL,
        architecture: name.to_owned(),
    })
}

/// The version of this system's glibc, from its own file.
fn glibc_version() -> Option<(u32, u32)> {
    library_directories()
        .into_iter()
        .map(|dir| dir.join("libc.so.6"))
        .find_map(|file| glibc_version_in(&bytes::content(&file, LARGEST_LIBRARY)?))
}

fn glibc_version_in(library: &[u8]) -> Option<(u32, u32)> {
    let find = |text: &[u8], part: &[u8]| text.windows(part.len()).position(|found| found == part);
    let said = library.get(find(library, GLIBC_SAYS)?..)?;
    let version = said.get(..200.min(said.len()))?;
    let version = version.get(find(version, BEFORE_VERSION)? + BEFORE_VERSION.len()..)?;
    let end = version
        .iter()
        .position(|letter| !(letter.is_ascii_digit() || *letter == b'.'))?;
    let text = std::str::from_utf8(version.get(..end)?).ok()?;
    let (major, minor) = text.trim_end_matches('.').split_once('.')?;
    let minor = minor.split('.').next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// The directories where a Linux system keeps its C library: `/lib64`, `/lib/x86_64-linux-gnu` and the like.
pub(super) fn library_directories() -> Vec<PathBuf> {
    let architecture = std::env::consts::ARCH;
    let roots = ["/lib64", "/usr/lib64", "/lib", "/usr/lib"].map(PathBuf::from);
    let mut found = Vec::new();
    for root in roots {
        let below = std::fs::read_dir(&root).into_iter().flatten().flatten();
        let multiarch = below.map(|entry| entry.path()).filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // `i386-linux-gnu` is the other one on a machine with two.
            name.ends_with("-linux-gnu")
                && (name.starts_with(architecture) || architecture == "x86")
        });
        found.extend(multiarch);
        found.push(root);
    }
    found
}

fn has_musl() -> bool {
    std::fs::read_dir("/lib")
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("ld-musl-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glibc_says_its_version() {
        let library = b"\0GNU C Library (Debian GLIBC 2.36-9+deb12u9) stable release version 2.36.\nCopyright\0";
        assert_eq!(glibc_version_in(library), Some((2, 36)));
        let older =
            b"GNU C Library (GNU libc) stable release version 2.17, by Roland McGrath et al.\n";
        assert_eq!(glibc_version_in(older), Some((2, 17)));
        let development = b"GNU C Library (GNU libc) development release version 2.42.9000.\n";
        assert_eq!(glibc_version_in(development), Some((2, 42)));
        assert_eq!(glibc_version_in(b"GNU C Library"), None);
        assert_eq!(glibc_version_in(b""), None);
    }

    #[test]
    fn macos_says_its_version() {
        let list = "<key>ProductVersion</key>\n\t<string>14.5</string>";
        assert_eq!(macos_version(list), Some((14, 5)));
        assert_eq!(macos_version("<string>14.5</string>"), None);
    }

    #[test]
    fn this_machine_is_a_known_system() {
        let is_known = cfg!(any(target_os = "linux", target_os = "macos", windows));
        assert_eq!(this().is_some(), is_known, "{:?}", this());
    }
}
