//! Keeps packages of one name apart in the target directory that all exercises share.
//!
//! Cargo tells packages apart by their paths *within their workspaces*. Two exercises that are workspaces of their own, with
//! packages of one name and version, are therefore the same to it: in a shared target directory it may take the library or
//! the tests of one for those of the other, and a verdict would be about the wrong code. A setting of the profile is part
//! of what cargo recognises a unit by. So each package gets a value of its own for one that changes nothing: an upper bound
//! on the number of pieces it is compiled in, beyond what any exercise reaches. Dependencies are not touched, so that PyO3 is
//! still compiled once for all (cargo book, "Profiles", overrides; "Package ID Specifications").
//!
//! Cargo takes one override for a package in a profile. Where the author has written one, ours would be refused, so there the
//! workspace gets a target directory of its own: within a workspace cargo does tell packages apart. PyO3 is then compiled once
//! more for that workspace.
//!
//! In a profile other than `dev` the number of pieces is the author's to choose, and changes what is built. There a package
//! gets a target directory of its own; its dependencies would have been compiled anew for that profile in any case.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::overrides;
use crate::manifest::{self, CargoToml};
use crate::system::System;

/// Above the bound that rustc sets for incremental builds by itself.
const BASE: u32 = 256;

/// The profile in which all packages share one target directory.
pub(crate) const SHARED: &str = "dev";

/// A package, and in what profile it is built.
#[derive(Clone, Copy)]
pub(crate) struct Apart<'a> {
    pub(crate) system: &'a dyn System,
    pub(crate) env: &'a BTreeMap<OsString, OsString>,
    pub(crate) manifest: &'a Path,
    pub(crate) profile: &'a str,
    /// What else cargo is given as its configuration.
    pub(crate) config: &'a [String],
}

impl Apart<'_> {
    /// Its target directory, where `shared` is that of all.
    pub(crate) fn target_dir(&self, shared: &Path) -> PathBuf {
        let apart = |of: &Path| {
            let digest = blake3::hash(of.as_os_str().as_encoded_bytes()).to_hex();
            shared.join(format!("apart-{}", &digest[..12]))
        };
        if self.profile != SHARED {
            apart(self.manifest)
        } else if self.is_shared() {
            shared.to_owned()
        } else {
            let workspace = manifest::workspace_of(self.system, self.manifest);
            apart(workspace.as_deref().unwrap_or(self.manifest))
        }
    }

    /// Whether it is built in the target directory of all.
    pub(crate) fn is_shared(&self) -> bool {
        self.profile == SHARED
            && self.name().is_none_or(|name| {
                !overrides::may_name(self.system, self.env, self.manifest, &name, self.config)
            })
    }

    /// The arguments of cargo that keep it apart in the target directory of all; none where its manifest cannot be read,
    /// which cargo itself reports, and where it has a target directory of its own.
    pub(crate) fn arguments(&self) -> Vec<String> {
        match (self.name(), self.manifest.parent()) {
            (Some(name), Some(dir)) if self.is_shared() => {
                vec!["--config".to_owned(), setting(&name, dir)]
            }
            _ => Vec::new(),
        }
    }

    fn name(&self) -> Option<String> {
        let read: CargoToml = manifest::read(self.system, self.manifest).ok()??;
        read.package_name().map(str::to_owned)
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

    /// How a package of these texts is built in a profile: in the directory of all, or in one of its own, and with how many
    /// arguments.
    fn built(name: &str, manifest: &str, settings: &str, profile: &str) -> (bool, usize) {
        let dir = std::env::temp_dir().join(format!("wr-apart-{}-{name}", std::process::id()));
        let system = NativeSystem::new("wr".into());
        let file = dir.join("inner/Cargo.toml");
        let text = format!("[package]\nname = \"x\"\nversion = \"0.1.0\"\n{manifest}");
        system.write(&file, text.as_bytes()).unwrap();
        let config = dir.join(".cargo/config.toml");
        system.write(&config, settings.as_bytes()).unwrap();
        let env = BTreeMap::new();
        let package = Apart {
            system: &system,
            env: &env,
            manifest: &file,
            profile,
            config: &[],
        };
        let shared = Path::new("/s/target");
        let built = (
            package.target_dir(shared) == shared,
            package.arguments().len(),
        );
        system.remove(&dir).unwrap();
        built
    }

    #[test]
    fn a_profile_of_the_author_s_gets_a_directory_of_its_own() {
        assert_eq!(built("dev", "[workspace]\n", "", "dev"), (true, 2));
        assert_eq!(built("release", "[workspace]\n", "", "release"), (false, 0));
    }

    #[test]
    fn an_override_for_the_package_gets_a_directory_of_its_own() {
        let own = "[profile.dev.package.x]\nopt-level = 1\n";
        assert_eq!(built("own", own, "", "dev"), (false, 0));
        assert_eq!(built("configured", "", own, "dev"), (false, 0));
        let test = own.replace("dev", "test");
        assert_eq!(built("test", &test, "", "dev"), (false, 0));
        // These collide with nothing: PyO3 stays compiled once for all.
        for (name, near) in [
            ("other", own.replace(".x", ".y")),
            ("all", own.replace(".x", ".\"*\"")),
            ("released", own.replace("dev", "release")),
            ("whole", "[profile.dev]\nopt-level = 1\n".to_owned()),
        ] {
            assert_eq!(built(name, &near, "", "dev"), (true, 2), "{name}");
        }
    }

    #[test]
    fn paths_are_written_as_cargo_writes_them() {
        assert_eq!(
            in_url(Path::new("/a b/größe%")),
            "/a%20b/gr%C3%B6%C3%9Fe%25"
        );
    }
}
