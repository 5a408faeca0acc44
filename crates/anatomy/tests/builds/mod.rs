//! Projects built by real cargo in one target directory, so that common parts are compiled once.
#![allow(
    dead_code,
    reason = "every test program includes all of this and uses a part of it"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use wr_anatomy::{OutputContext, explain_output};

/// Variables that would make a build look in the wrong place.
const MISLEADING: [&str; 10] = [
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CONDA_PREFIX",
    "PYO3_BUILD_EXTENSION_MODULE",
    "PYO3_CONFIG_FILE",
    "PYO3_NO_PYTHON",
    "PYO3_PYTHON",
    "PYTHONHOME",
    "RUSTFLAGS",
    "VIRTUAL_ENV",
];

/// A project with one crate.
pub struct Project {
    /// Its location.
    pub dir: PathBuf,
}

impl Project {
    /// An empty directory for it; its path is the same in every run, so that cargo recognises what it built.
    pub fn new(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("builds")
            .join(name);
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(dir.join("src")).unwrap();
        let project = Self { dir };
        let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../../exercises/Cargo.lock");
        std::fs::copy(lock, project.dir.join("Cargo.lock")).unwrap();
        project.write("src/lib.rs", "//! Nothing yet.\n").manifest(
            "[lib]\ncrate-type = [\"cdylib\", \"rlib\"]\n\n[dependencies]\npyo3-ffi = \"0.30\"\n",
        )
    }

    pub fn write(self, file: &str, text: &str) -> Self {
        let path = self.dir.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// The manifest after `[package]`'s name.
    pub fn manifest(self, rest: &str) -> Self {
        let name = self
            .dir
            .file_name()
            .unwrap()
            .to_string_lossy()
            .replace('-', "_");
        let text = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n{rest}\n[workspace]\n"
        );
        self.write("Cargo.toml", &text)
    }

    /// Runs cargo here; returns its output, and whether it succeeded.
    pub fn cargo(&self, args: &[&str], env: &[(&str, &str)]) -> (bool, String) {
        let mut command = Command::new(env!("CARGO"));
        command.args(args).current_dir(&self.dir);
        for name in MISLEADING {
            command.env_remove(name);
        }
        // Variables from the cargo that runs this test would change what build scripts see.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") {
                command.env_remove(name);
            }
        }
        let target = target_dir();
        let output = command
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TERM_COLOR", "never")
            .envs(env.iter().copied())
            .output()
            .unwrap();
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stderr),
            String::from_utf8_lossy(&output.stdout)
        );
        assert!(
            !said.contains("failed to download") && !said.contains("Could not resolve host"),
            "this test needs PyO3 from cargo's registry, or the network to get it\n{said}"
        );
        (output.status.success(), said)
    }

    /// Requires that cargo fails for this cause.
    #[track_caller]
    pub fn fails(&self, code: &str, args: &[&str], env: &[(&str, &str)]) {
        let (succeeded, said) = self.cargo(args, env);
        assert!(!succeeded, "it was to fail with {code}\n{said}");
        assert_eq!(codes(&said), [code], "{said}");
    }

    /// Requires that cargo succeeds without findings.
    #[track_caller]
    pub fn is_healthy(&self, args: &[&str], env: &[(&str, &str)]) {
        let (succeeded, said) = self.cargo(args, env);
        assert!(succeeded, "the healthy twin was to build\n{said}");
        assert_eq!(codes(&said), [""; 0], "{said}");
    }

    /// A PyO3 configuration file with these lines instead of the usual ones.
    pub fn config(&self, name: &str, lines: &[(&str, &str)]) -> String {
        let mut text = String::new();
        let usual = [
            ("implementation", "CPython"),
            ("version", "3.12"),
            ("shared", "true"),
            (
                "pointer_width",
                if cfg!(target_pointer_width = "64") {
                    "64"
                } else {
                    "32"
                },
            ),
            ("suppress_build_script_link_lines", "true"),
        ];
        for (key, value) in usual {
            let other = lines.iter().find(|(name, _)| *name == key);
            text.push_str(&format!(
                "{key}={}\n",
                other.map_or(value, |(_, value)| value)
            ));
        }
        for (key, value) in lines
            .iter()
            .filter(|(name, _)| usual.iter().all(|(one, _)| one != name))
        {
            text.push_str(&format!("{key}={value}\n"));
        }
        let file = self.dir.join(name);
        std::fs::write(&file, text).unwrap();
        file.display().to_string()
    }

    /// Runs cargo with the usual configuration and with one in which these lines differ.
    #[track_caller]
    pub fn differs_by(&self, lines: &[(&str, &str)], code: &str) {
        let healthy = self.config("healthy.txt", &[]);
        self.is_healthy(&["build"], &[("PYO3_CONFIG_FILE", &healthy)]);
        let sick = self.config("sick.txt", lines);
        self.fails(code, &["build"], &[("PYO3_CONFIG_FILE", &sick)]);
    }
}

/// The causes found in cargo's output.
pub fn codes(said: &str) -> Vec<String> {
    explain_output(said, &OutputContext::new().speaker("cargo"))
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}

/// The shared target directory.
pub fn target_dir() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("builds-target")
}

/// A program's path.
#[cfg(unix)]
pub fn find(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap();
    std::env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("these tests need `{name}` on PATH"))
}
