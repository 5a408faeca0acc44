//! Builds that really fail: real projects, real cargo, PyO3's real build script. Each has a healthy twin, the same project
//! without the fault, which builds and of which nothing is said.
//!
//! All share one target directory, so that what does not differ is compiled once. They need PyO3 from cargo's registry, and
//! so the network the first time.
#![allow(clippy::unwrap_used)] // What cannot be run is a failed test.
#![allow(
    clippy::disallowed_methods,
    reason = "the test makes the projects, and the messages, that it gives to the crate"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use anatomy::{OutputContext, explain_output};

/// What would make a build look elsewhere than the test means.
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
struct Project {
    dir: PathBuf,
}

impl Project {
    /// An empty directory for it; its path is the same in every run, so that cargo recognises what it built.
    fn new(name: &str) -> Self {
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

    fn write(self, file: &str, text: &str) -> Self {
        let path = self.dir.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// The manifest from below `[package]`'s name on.
    fn manifest(self, rest: &str) -> Self {
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

    /// Runs cargo here; what it said, and whether it succeeded.
    fn cargo(&self, args: &[&str], env: &[(&str, &str)]) -> (bool, String) {
        let mut command = Command::new(env!("CARGO"));
        command.args(args).current_dir(&self.dir);
        for name in MISLEADING {
            command.env_remove(name);
        }
        // What the cargo that runs this test adds would change what build scripts see.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") {
                command.env_remove(name);
            }
        }
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("builds-target");
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
    fn fails(&self, code: &str, args: &[&str], env: &[(&str, &str)]) {
        let (succeeded, said) = self.cargo(args, env);
        assert!(!succeeded, "it was to fail with {code}\n{said}");
        assert_eq!(codes(&said), [code], "{said}");
    }

    /// Requires that cargo succeeds, and that nothing is said of it.
    #[track_caller]
    fn is_healthy(&self, args: &[&str], env: &[(&str, &str)]) {
        let (succeeded, said) = self.cargo(args, env);
        assert!(succeeded, "the healthy twin was to build\n{said}");
        assert_eq!(codes(&said), [""; 0], "{said}");
    }

    /// PyO3's configuration with these lines in place of the usual ones, in a file.
    fn config(&self, name: &str, lines: &[(&str, &str)]) -> String {
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
    fn differs_by(&self, lines: &[(&str, &str)], code: &str) {
        let healthy = self.config("healthy.txt", &[]);
        self.is_healthy(&["build"], &[("PYO3_CONFIG_FILE", &healthy)]);
        let sick = self.config("sick.txt", lines);
        self.fails(code, &["build"], &[("PYO3_CONFIG_FILE", &sick)]);
    }
}

fn codes(said: &str) -> Vec<String> {
    explain_output(said, &OutputContext::new().speaker("cargo"))
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}

#[test]
fn wr0201_python_is_too_new() {
    Project::new("too-new").differs_by(&[("version", "3.99")], "WR0201");
}

#[test]
fn wr0202_python_is_too_old() {
    Project::new("too-old").differs_by(&[("version", "3.6")], "WR0202");
}

#[test]
fn wr0203_the_stable_abi_is_newer_than_the_interpreter() {
    let project = Project::new("abi3-above").manifest(
        "[lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\npyo3-ffi = \"0.30\"\n\n[features]\nold = [\"pyo3-ffi/abi3-py311\"]\nnew = [\"pyo3-ffi/abi3-py315\"]\n",
    );
    // An interpreter is asked, not a file: this one is older than the feature.
    project.is_healthy(&["build", "--features", "old"], &[]);
    project.fails("WR0203", &["build", "--features", "new"], &[]);
}

#[test]
fn wr0204_a_free_threaded_python_that_is_not_supported() {
    let project = Project::new("free-threaded");
    let healthy = [("version", "3.14"), ("build_flags", "Py_GIL_DISABLED")];
    let healthy = project.config("healthy.txt", &healthy);
    project.is_healthy(&["build"], &[("PYO3_CONFIG_FILE", &healthy)]);
    let sick = [("version", "3.13"), ("build_flags", "Py_GIL_DISABLED")];
    let sick = project.config("sick.txt", &sick);
    project.fails("WR0204", &["build"], &[("PYO3_CONFIG_FILE", &sick)]);
}

#[test]
fn wr0205_another_word_size() {
    let other = if cfg!(target_pointer_width = "64") {
        "32"
    } else {
        "64"
    };
    Project::new("width").differs_by(&[("pointer_width", other)], "WR0205");
}

#[test]
fn wr0206_no_python_is_found() {
    let project = Project::new("no-python");
    project.is_healthy(&["build"], &[]);
    let tools = project.dir.join("bin");
    std::fs::create_dir(&tools).unwrap();
    #[cfg(unix)]
    for name in ["cc", "rustc", "cargo", "ld", "as"] {
        let found = find(name);
        std::os::unix::fs::symlink(found, tools.join(name)).unwrap();
    }
    project.fails("WR0206", &["build"], &[("PATH", tools.to_str().unwrap())]);
}

#[test]
fn wr0207_a_configuration_file_by_a_relative_path() {
    let project = Project::new("relative");
    let file = project.config("pyo3.txt", &[]);
    project.is_healthy(&["build"], &[("PYO3_CONFIG_FILE", &file)]);
    project.fails("WR0207", &["build"], &[("PYO3_CONFIG_FILE", "pyo3.txt")]);
}

#[test]
fn wr0209_a_test_program_that_is_not_linked_with_python() {
    let project = Project::new("unlinked").write(
        "src/lib.rs",
        "#[test]\nfn it_is_there() {\n    assert_eq!(unsafe { pyo3_ffi::Py_IsInitialized() }, 0);\n}\n",
    );
    project.is_healthy(&["test", "--lib", "--no-run"], &[]);
    project.fails(
        "WR0209",
        &["test", "--lib", "--no-run"],
        &[("PYO3_BUILD_EXTENSION_MODULE", "1")],
    );
}

#[test]
#[cfg(target_os = "linux")]
fn wr0211_python_s_library_is_not_there() {
    let project = Project::new("no-library");
    let lines = [
        ("suppress_build_script_link_lines", "false"),
        ("lib_name", "python3.12"),
        ("lib_dir", "/nowhere"),
    ];
    let file = project.config("sick.txt", &lines);
    // An extension does not link it, a library that embeds Python does.
    project.is_healthy(
        &["build"],
        &[
            ("PYO3_CONFIG_FILE", &file),
            ("PYO3_BUILD_EXTENSION_MODULE", "1"),
        ],
    );
    project.fails("WR0211", &["build"], &[("PYO3_CONFIG_FILE", &file)]);
}

#[test]
fn wr0212_two_versions_of_pyo3() {
    let project = Project::new("two-versions");
    project.is_healthy(&["build"], &[]);
    let project = project.manifest(
        "[dependencies]\npyo3-ffi = \"0.30\"\nolder = { package = \"pyo3-ffi\", version = \"0.29\" }\n",
    );
    project.fails("WR0212", &["build"], &[]);
}

#[test]
fn wr0214_a_hyphen_in_the_library_s_name() {
    let healthy = "[lib]\nname = \"my_module\"\ncrate-type = [\"cdylib\"]\n";
    let project = Project::new("hyphen").manifest(healthy);
    project.is_healthy(&["build"], &[]);
    let project = project.manifest(&healthy.replace("my_module", "my-module"));
    project.fails("WR0214", &["build"], &[]);
}

#[test]
fn wr0215_a_cdylib_that_rust_s_tests_want_to_use() {
    let project = Project::new("importable")
        .manifest("[lib]\ncrate-type = [\"cdylib\", \"rlib\"]\n")
        .write("src/lib.rs", "pub fn two() -> u32 {\n    2\n}\n")
        .write(
            "tests/it.rs",
            "use importable::two;\n\n#[test]\nfn it() {\n    assert_eq!(two(), 2);\n}\n",
        );
    project.is_healthy(&["test", "--no-run"], &[]);
    let project = project.manifest("[lib]\ncrate-type = [\"cdylib\"]\n");
    project.fails("WR0215", &["test", "--no-run"], &[]);
}

#[test]
#[cfg(target_os = "linux")]
fn wr0219_no_linker() {
    let project = Project::new("linker").manifest("[lib]\ncrate-type = [\"cdylib\"]\n");
    project.is_healthy(&["build"], &[]);
    project.fails(
        "WR0219",
        &["build"],
        &[("RUSTFLAGS", "-Clinker=nowhere-at-all")],
    );
}

#[test]
fn wr0220_a_tool_chain_that_is_too_old() {
    let project = Project::new("old-rust").manifest("rust-version = \"1.85\"\n");
    project.is_healthy(&["build"], &[]);
    let project = project.manifest("rust-version = \"1.999\"\n");
    project.fails("WR0220", &["build"], &[]);
    let project = project.manifest("");
    let text = std::fs::read_to_string(project.dir.join("Cargo.toml")).unwrap();
    let project = project.write("Cargo.toml", &text.replace("2021", "2999"));
    let (succeeded, said) = project.cargo(&["build"], &[]);
    assert!(!succeeded, "{said}");
}

/// Where a program is.
#[cfg(unix)]
fn find(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap();
    std::env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("these tests need `{name}` on PATH"))
}
