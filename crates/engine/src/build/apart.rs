//! Keeps packages of one name apart in the target directory that all exercises share.
//!
//! Cargo tells packages apart by their paths *within their workspaces*. Two exercises that are workspaces of their own, with
//! packages of one name and version, are therefore the same to it: in a shared target directory it may take the library or
//! the tests of one for those of the other, and a verdict would be about the wrong code. A setting of the profile is part
//! of what cargo recognises a unit by. So each package gets a value of its own for one that changes nothing: an upper bound
//! on the number of pieces it is compiled in, beyond what any exercise reaches. Dependencies are not touched, so that PyO3 is
//! still compiled once for all (cargo book, "Profiles", overrides; "Package ID Specifications").
//!
//! In another profile than `dev` the number of pieces is the author's to choose, and changes what is built. There a package
//! gets a target directory of its own; its dependencies would have been compiled anew for that profile in any case.

use std::path::{Path, PathBuf};

use crate::manifest::{self, CargoToml};
use crate::system::System;

/// Above the bound that rustc sets for incremental builds by itself.
const BASE: u32 = 256;

/// The profile in which all packages share one target directory.
pub(crate) const SHARED: &str = "dev";

/// The target directory for the package with this manifest in a profile, where `shared` is that of all.
pub(crate) fn target_dir(shared: &Path, manifest: &Path, profile: &str) -> PathBuf {
    if profile == SHARED {
        return shared.to_owned();
    }
    let digest = blake3::hash(manifest.as_os_str().as_encoded_bytes()).to_hex();
    shared.join(format!("apart-{}", &digest[..12]))
}

/// The arguments of cargo for the package with this manifest; none where it cannot be read, which cargo itself tells, and
/// where it has a target directory of its own.
pub(crate) fn arguments(system: &dyn System, manifest: &Path, profile: &str) -> Vec<String> {
    if profile != SHARED {
        return Vec::new();
    }
    let Ok(Some(read)) = manifest::read::<CargoToml>(system, manifest) else {
        return Vec::new();
    };
    match (read.package_name(), manifest.parent()) {
        (Some(name), Some(dir)) => vec!["--config".to_owned(), setting(name, dir)],
        _ => Vec::new(),
    }
}

fn setting(name: &str, dir: &Path) -> String {
    let digest = blake3::hash(dir.as_os_str().as_encoded_bytes());
    let [first, second, ..] = *digest.as_bytes();
    let value = BASE + u32::from(u16::from_le_bytes([first, second]));
    format!(
        "profile.{SHARED}.package.\"path+file://{}#{name}\".codegen-units={value}",
        in_url(dir)
    )
}

/// A path as it stands in a URL of cargo's, which has to match to the letter (WHATWG URL, "path percent-encode set").
fn in_url(dir: &Path) -> String {
    let mut url = String::new();
    for byte in dir.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => url.push('/'),
            b' '
            | b'"'
            | b'#'
            | b'%'
            | b'<'
            | b'>'
            | b'?'
            | b'\\'
            | b'^'
            | b'`'
            | b'{'
            | b'}'
            | 0..=0x1f
            | 0x7f.. => url.push_str(&format!("%{byte:02X}")),
            plain => url.push(char::from(*plain)),
        }
    }
    // A drive's letter follows the third slash.
    if url.starts_with('/') {
        url
    } else {
        format!("/{url}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::NativeSystem;

    #[test]
    fn packages_of_one_name_get_different_values() {
        let one = setting("same", Path::new("/c/01_a"));
        let other = setting("same", Path::new("/c/02_b"));
        assert!(one.starts_with("profile.dev.package.\"path+file:///c/01_a#same\".codegen-units="));
        assert_ne!(one.rsplit_once('='), other.rsplit_once('='));
        assert_eq!(one, setting("same", Path::new("/c/01_a")));
    }

    #[test]
    fn in_a_profile_of_the_author_s_nothing_is_set() {
        let shared = Path::new("/s/target");
        let of = |manifest: &str, profile| target_dir(shared, Path::new(manifest), profile);
        assert_eq!(of("/c/a/Cargo.toml", "dev"), shared);
        let (one, other) = (
            of("/c/a/Cargo.toml", "release"),
            of("/c/b/Cargo.toml", "release"),
        );
        assert!(one.starts_with(shared) && one != shared && one != other);
        let system = NativeSystem::new("wr".into());
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        assert_eq!(arguments(&system, &here, "release"), [""; 0]);
        assert_eq!(arguments(&system, &here, "dev").len(), 2);
    }

    #[test]
    fn paths_are_written_as_cargo_writes_them() {
        assert_eq!(
            in_url(Path::new("/a b/größe%")),
            "/a%20b/gr%C3%B6%C3%9Fe%25"
        );
    }
}
