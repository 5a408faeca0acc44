//! How software is installed on this system.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::system::System;

/// The system's package manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    manager: Manager,
    /// Whether to install with `sudo`. Without it, the user is root or has other means.
    sudo: bool,
}

/// A package manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manager {
    Apt,
    Dnf,
    Pacman,
    Zypper,
    Apk,
    Brew,
    Unknown,
}

/// Something that a user may have to install.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Package {
    /// A linker, with a C compiler around it.
    Linker,
    /// CPython.
    Python,
    /// What `venv` needs, if it's a separate package.
    Venv {
        /// The interpreter's version as (major, minor).
        version: (u32, u32),
    },
    /// The library of CPython, for programs that are linked with it.
    PythonLibrary {
        /// The interpreter's version as (major, minor).
        version: (u32, u32),
    },
    /// Git.
    Git,
}

impl Platform {
    /// Detects the system from `os-release` (freedesktop.org, "os-release").
    pub fn detect(system: &dyn System, env: &BTreeMap<OsString, OsString>) -> Self {
        let path = env.get(OsStr::new("PATH")).map(OsString::as_os_str);
        let sudo = system
            .find_program(OsStr::new("sudo"), path, Path::new("/"))
            .is_some();
        let manager = if cfg!(target_os = "macos") {
            Manager::Brew
        } else {
            ["/etc/os-release", "/usr/lib/os-release"]
                .iter()
                .find_map(|file| system.read(Path::new(file)).ok())
                .map_or(Manager::Unknown, |bytes| {
                    manager(&String::from_utf8_lossy(&bytes))
                })
        };
        Self { manager, sudo }
    }

    /// The command that installs something; `None` if the system isn't known.
    pub fn install(&self, package: Package) -> Option<String> {
        let names = self.names(package)?;
        let root = |command: &str| {
            let sudo = if self.sudo { "sudo " } else { "" };
            format!("{sudo}{command} {names}")
        };
        Some(match self.manager {
            Manager::Apt => root("apt install"),
            Manager::Dnf => root("dnf install"),
            Manager::Pacman => root("pacman -S"),
            Manager::Zypper => root("zypper install"),
            Manager::Apk => root("apk add"),
            Manager::Brew if package == Package::Linker => "xcode-select --install".to_owned(),
            Manager::Brew => format!("brew install {names}"),
            Manager::Unknown => return None,
        })
    }

    fn names(&self, package: Package) -> Option<String> {
        let name = match (package, self.manager) {
            (Package::Linker, Manager::Apt) => "build-essential",
            (Package::Linker, Manager::Pacman) => "base-devel",
            (Package::Linker, Manager::Apk) => "build-base",
            (Package::Linker, _) => "gcc",
            (Package::Python, Manager::Apt) => "python3 python3-venv",
            (Package::Python, Manager::Pacman | Manager::Brew) => "python",
            (Package::Python, _) => "python3",
            // Only Debian and its derivatives package `ensurepip` separately.
            (
                Package::Venv {
                    version: (major, minor),
                },
                Manager::Apt,
            ) => {
                return Some(format!("python{major}.{minor}-venv"));
            }
            (Package::Venv { .. }, _) => return None,
            (
                Package::PythonLibrary {
                    version: (major, minor),
                },
                manager,
            ) => {
                return Some(match manager {
                    Manager::Apt => format!("libpython{major}.{minor}-dev"),
                    Manager::Dnf => format!("python{major}.{minor}-devel"),
                    Manager::Zypper => format!("python{major}{minor}-devel"),
                    Manager::Apk => "python3-dev".to_owned(),
                    Manager::Pacman => "python".to_owned(),
                    Manager::Brew => format!("python@{major}.{minor}"),
                    Manager::Unknown => return None,
                });
            }
            (Package::Git, _) => "git",
        };
        Some(name.to_owned())
    }
}

fn manager(os_release: &str) -> Manager {
    let value = |key: &str| {
        let mut lines = os_release.lines();
        lines
            .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
            .unwrap_or_default()
            .trim_matches(['"', '\''])
            .to_owned()
    };
    let names = format!("{} {}", value("ID"), value("ID_LIKE"));
    names
        .split_ascii_whitespace()
        .find_map(|name| {
            Some(match name {
                "debian" | "ubuntu" => Manager::Apt,
                "fedora" | "rhel" | "centos" => Manager::Dnf,
                "arch" => Manager::Pacman,
                "suse" | "opensuse" | "opensuse-leap" | "opensuse-tumbleweed" => Manager::Zypper,
                "alpine" => Manager::Apk,
                _ => return None,
            })
        })
        .unwrap_or(Manager::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_of_a_distribution_decides() {
        for (text, expected) in [
            ("ID=debian\n", Manager::Apt),
            (
                "NAME=x\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n",
                Manager::Apt,
            ),
            (
                "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n",
                Manager::Dnf,
            ),
            ("ID=manjaro\nID_LIKE=arch\n", Manager::Pacman),
            (
                "ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n",
                Manager::Zypper,
            ),
            ("ID=alpine\n", Manager::Apk),
            ("ID=nixos\n", Manager::Unknown),
            ("", Manager::Unknown),
        ] {
            assert_eq!(manager(text), expected, "{text}");
        }
    }

    #[test]
    fn commands_fit_the_system() {
        let on = |manager, sudo| Platform { manager, sudo };
        let venv = Package::Venv { version: (3, 12) };
        let install = |platform: &Platform, package| platform.install(package);
        assert_eq!(
            install(&on(Manager::Apt, true), venv).as_deref(),
            Some("sudo apt install python3.12-venv")
        );
        assert_eq!(install(&on(Manager::Dnf, true), venv), None);
        let library = Package::PythonLibrary { version: (3, 13) };
        assert_eq!(
            install(&on(Manager::Apt, true), library).as_deref(),
            Some("sudo apt install libpython3.13-dev")
        );
        assert_eq!(
            install(&on(Manager::Zypper, false), library).as_deref(),
            Some("zypper install python313-devel")
        );
        assert_eq!(install(&on(Manager::Unknown, false), library), None);
        assert_eq!(
            install(&on(Manager::Apk, false), Package::Linker).as_deref(),
            Some("apk add build-base")
        );
        assert_eq!(
            install(&on(Manager::Brew, true), Package::Linker).as_deref(),
            Some("xcode-select --install")
        );
        assert_eq!(install(&on(Manager::Unknown, true), Package::Git), None);
    }
}
