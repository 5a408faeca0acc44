//! Keeps packages with the same name apart in the target directory that all exercises share.
//!
//! Cargo identifies packages by their paths *within their workspaces*. Two exercises that are separate workspaces,
//! with packages of the same name and version, are therefore the same to cargo: in a shared target directory it may
//! use the library or the tests of one for the other, and a verdict would be about the wrong code. Profile settings
//! are part of what cargo identifies a unit by. So each package gets its own value of a setting that changes
//! nothing: an upper bound on the number of codegen units, higher than any exercise reaches. Dependencies aren't
//! affected, so PyO3 is still compiled only once (cargo book, "Profiles", overrides; "Package ID Specifications").
//!
//! Cargo accepts one override per package in a profile. If the author has written one, cargo would reject `wr`'s, so
//! then the workspace gets its own target directory: within a workspace, cargo does keep packages apart. PyO3 is
//! then compiled once more for that workspace.
//!
//! In a profile other than `dev`, the author chooses the number of codegen units, which changes what is built.
//! There a package gets its own target directory; its dependencies would have to be compiled again for that profile
//! anyway.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::overrides;
use crate::manifest::{self, CargoToml};
use crate::system::System;

/// Above rustc's own bound for incremental builds.
const BASE: u32 = 256;

/// The profile in which all packages share one target directory.
pub(crate) const SHARED: &str = "dev";

/// A package and the profile that it's built in.
#[derive(Clone, Copy)]
pub(crate) struct Apart<'a> {
    pub(crate) system: &'a dyn System,
    pub(crate) env: &'a BTreeMap<OsString, OsString>,
    pub(crate) manifest: &'a Path,
    pub(crate) profile: &'a str,
    /// Further configuration passed to cargo.
    pub(crate) config: &'a [String],
}

impl Apart<'_> {
    /// Its target directory; `shared` is the one that packages share.
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

    /// Whether it's built in the shared target directory.
    pub(crate) fn is_shared(&self) -> bool {
        self.profile == SHARED
            && self.name().is_none_or(|name| {
                !overrides::may_name(self.system, self.env, self.manifest, &name, self.config)
            })
    }

    /// The cargo arguments that keep it apart in the shared target directory. There are none if it has its own target
    /// directory or if its manifest can't be read, which cargo itself reports.
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

/// A path as cargo writes it in a URL, which has to match exactly (WHATWG URL, "path percent-encode set").
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
    // A drive letter follows the third slash.
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
    fn packages_with_the_same_name_get_different_values() {
        let one = setting("same", Path::new("/c/01_a"));
        let other = setting("same", Path::new("/c/02_b"));
        assert!(one.starts_with("profile.dev.package.\"path+file:///c/01_a#same\".codegen-units="));
        assert_ne!(one.rsplit_once('='), other.rsplit_once('='));
        assert_eq!(one, setting("same", Path::new("/c/01_a")));
    }

    /// How a package with this manifest is built in a profile: whether in the shared directory, and with how many arguments.
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
    fn an_authors_profile_gets_its_own_directory() {
        assert_eq!(built("dev", "[workspace]\n", "", "dev"), (true, 2));
        assert_eq!(built("release", "[workspace]\n", "", "release"), (false, 0));
    }

    #[test]
    fn a_package_with_an_override_gets_its_own_directory() {
        let own = "[profile.dev.package.x]\nopt-level = 1\n";
        assert_eq!(built("own", own, "", "dev"), (false, 0));
        assert_eq!(built("configured", "", own, "dev"), (false, 0));
        let test = own.replace("dev", "test");
        assert_eq!(built("test", &test, "", "dev"), (false, 0));
        // These don't conflict with `wr`'s, so PyO3 is still compiled only once.
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
