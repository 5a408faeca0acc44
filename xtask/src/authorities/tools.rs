//! The authorities themselves: Python tools are installed in `target`, system tools are looked up.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::tools::with_packages;

/// The Python tools, in the versions that `known.toml` refers to.
const PYTHON_TOOLS: [&str; 10] = [
    "abi3audit==0.0.26",
    "abi3t-doctor==0.1.0",
    "auditwheel==6.8.2",
    "check-wheel-contents==0.6.3",
    "delocate==0.13.0",
    "delvewheel==1.13.2",
    "packaging==26.4",
    "pip==26.3",
    "uv==0.13.9",
    // Makes the copies with other tags.
    "wheel==0.48.0",
];

/// The system programs, and the Debian package of each.
const PROGRAMS: [(&str, &str); 6] = [
    ("readelf", "binutils"),
    ("llvm-nm", "llvm"),
    ("llvm-objdump", "llvm"),
    ("llvm-readobj", "llvm"),
    ("obj2yaml", "llvm"),
    ("wasm-objdump", "wabt"),
];

/// Where the tools are.
#[derive(Debug)]
pub(super) struct Tools {
    place: PathBuf,
    python: PathBuf,
}

impl Tools {
    /// Creates the virtual environment with the Python tools, unless it exists with the same versions.
    pub(super) fn prepare(place: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            place: place.to_owned(),
            python: with_packages(&place.join("venv"), &PYTHON_TOOLS)?,
        })
    }

    /// Checks that the system programs are installed.
    pub(super) fn check_system() -> anyhow::Result<()> {
        let missing: Vec<&(&str, &str)> = PROGRAMS
            .iter()
            .filter(|(program, _)| Command::new(program).arg("--version").output().is_err())
            .collect();
        if let Some((_, _)) = missing.first() {
            let names: Vec<&str> = missing.iter().map(|(program, _)| *program).collect();
            let packages: std::collections::BTreeSet<&str> =
                missing.iter().map(|(_, package)| *package).collect();
            let packages: Vec<&str> = packages.into_iter().collect();
            bail!(
                "not on this machine: {}; on Debian and its kin: apt-get install {}",
                names.join(", "),
                packages.join(" ")
            );
        }
        Ok(())
    }

    /// The environment's interpreter.
    pub(super) fn python(&self) -> &Path {
        &self.python
    }

    /// A program from one of the Python tools.
    pub(super) fn script(&self, name: &str) -> PathBuf {
        self.python.with_file_name(name)
    }

    /// A search path with an `otool`: LLVM's, if the system has none. LLVM's doesn't know Apple's option `-m`, which
    /// only matters for archives, so it's called without.
    pub(super) fn path_with_otool(&self) -> anyhow::Result<OsString> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut directories: Vec<PathBuf> = std::env::split_paths(&path).collect();
        let has = |name: &str| {
            directories
                .iter()
                .map(|directory| directory.join(name))
                .find(|path| path.is_file())
        };
        if has("otool").is_none() {
            // Distributions only put some of LLVM's programs on the search path, as links to the directory that has all
            // of them.
            let objdump = has("llvm-objdump").context("there is no `llvm-objdump`")?;
            let otool = fs::canonicalize(objdump)?.with_file_name("llvm-otool");
            anyhow::ensure!(otool.is_file(), "there is no {}", otool.display());
            let directory = self.directory("otool")?;
            make_otool(&directory.join("otool"), &otool)?;
            directories.insert(0, directory);
        }
        Ok(std::env::join_paths(directories)?)
    }

    /// Shortens our own paths in a string so that they start below `target/authorities`.
    pub(super) fn without_place(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.place.display()), "")
    }

    /// Runs a command to completion, whatever its exit status, and returns its output without any path of this machine.
    pub(super) fn said(&self, command: &mut Command) -> anyhow::Result<Said> {
        let output = command
            .output()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let text = |bytes: &[u8]| self.without_place(&String::from_utf8_lossy(bytes));
        Ok(Said {
            code: output.status.code(),
            printed: text(&output.stdout),
            errors: text(&output.stderr),
        })
    }

    /// A directory in `target`, created if necessary.
    pub(super) fn directory(&self, name: &str) -> anyhow::Result<PathBuf> {
        let directory = self.place.join(name);
        fs::create_dir_all(&directory)?;
        Ok(directory)
    }

    /// The tools by name and version.
    pub(super) fn versions() -> anyhow::Result<Vec<String>> {
        let mut versions: Vec<String> = PYTHON_TOOLS
            .iter()
            .filter(|tool| !tool.starts_with("wheel="))
            .map(|tool| tool.replace("==", " "))
            .collect();
        let readelf = run(Command::new("readelf").arg("--version"))?;
        versions.extend(readelf.lines().next().map(str::to_owned));
        let llvm = run(Command::new("llvm-readobj").arg("--version"))?;
        versions.extend(
            llvm.lines()
                .find(|line| line.contains("version"))
                .map(|line| line.trim().to_owned()),
        );
        let wabt = run(Command::new("wasm-objdump").arg("--version"))?;
        versions.push(format!("wasm-objdump {}", wabt.trim()));
        Ok(versions)
    }
}

/// What a command printed.
#[derive(Debug)]
pub(super) struct Said {
    /// Nothing if it was killed by a signal.
    pub(super) code: Option<i32>,
    pub(super) printed: String,
    errors: String,
}

impl Said {
    /// The last line of its standard error.
    pub(super) fn last_error(&self) -> String {
        let line = self.lines().last();
        line.unwrap_or("without a word").to_owned()
    }

    /// All of its standard error, on one line.
    pub(super) fn all_errors(&self) -> String {
        self.lines().collect::<Vec<_>>().join(" ")
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        let lines = self.errors.lines().map(str::trim);
        // pip uses the same stream to announce a newer pip.
        lines.filter(|line| !line.is_empty() && !line.starts_with("[notice]"))
    }
}

#[cfg(unix)]
fn make_otool(path: &Path, llvm: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let text = format!(
        "#!/bin/sh\nfor argument; do\n    shift\n    [ \"$argument\" = -m ] || set -- \"$@\" \"$argument\"\ndone\n\
         exec '{}' \"$@\"\n",
        llvm.display()
    );
    if fs::read_to_string(path).ok().as_deref() != Some(&text) {
        // Several threads may do this at once, and none may find an incomplete file.
        let half = path.with_extension(format!("{:?}", std::thread::current().id()));
        fs::write(&half, text)?;
        fs::set_permissions(&half, fs::Permissions::from_mode(0o755))?;
        fs::rename(&half, path)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_otool(_: &Path, _: &Path) -> anyhow::Result<()> {
    bail!("delocate needs `otool`")
}

/// Runs a command to completion and returns its output; its standard error becomes the error.
pub(super) fn run(command: &mut Command) -> anyhow::Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    if !output.status.success() {
        let arguments: Vec<&OsStr> = command.get_args().collect();
        bail!(
            "{} {arguments:?} failed: {}",
            command.get_program().display(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    // Names in binaries needn't be valid UTF-8.
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
