//! The authorities themselves: those in Python are installed below `target`, those of the system are looked for.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// The Python tools, in the versions that `known.toml` speaks of.
const PYTHON_TOOLS: [&str; 2] = ["abi3audit==0.0.26", "auditwheel==6.8.2"];

/// The programs of the system, and the package of Debian that has each.
const PROGRAMS: [(&str, &str); 5] = [
    ("readelf", "binutils"),
    ("llvm-readobj", "llvm"),
    ("llvm-nm", "llvm"),
    ("llvm-objdump", "llvm"),
    ("obj2yaml", "llvm"),
];

/// Where the tools are.
#[derive(Debug)]
pub(super) struct Tools {
    place: PathBuf,
    python: PathBuf,
}

impl Tools {
    /// Makes the virtual environment with the Python tools, if it is not there or has other versions.
    pub(super) fn prepare(place: &Path) -> anyhow::Result<Self> {
        let environment = place.join("venv");
        let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
        let tools = Self {
            place: place.to_owned(),
            python: environment.join(scripts).join("python"),
        };
        let note = environment.join("installed");
        let wanted = PYTHON_TOOLS.join(" ");
        if fs::read_to_string(&note).ok().as_deref() != Some(&wanted) {
            println!("installing {wanted} into {}", environment.display());
            fs::create_dir_all(place)?;
            run(Command::new("python3")
                .args(["-m", "venv"])
                .arg(&environment))
            .context(
                "cannot make a virtual environment (on Debian: apt-get install python3-venv)",
            )?;
            run(Command::new(&tools.python)
                .args(["-m", "pip", "install", "--quiet"])
                .args(PYTHON_TOOLS))
            .context("cannot install the Python tools; is the package index reachable?")?;
            fs::write(&note, &wanted)?;
        }
        Ok(tools)
    }

    /// Sees that the programs of the system are there.
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

    /// A directory of our own below `target`, made if need be.
    pub(super) fn directory(&self, name: &str) -> anyhow::Result<PathBuf> {
        let directory = self.place.join(name);
        fs::create_dir_all(&directory)?;
        Ok(directory)
    }

    /// The tools by name and version.
    pub(super) fn versions() -> anyhow::Result<Vec<String>> {
        let mut versions: Vec<String> = PYTHON_TOOLS
            .iter()
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
        Ok(versions)
    }
}

/// Runs a command to its end, and returns what it printed; what it said on its error stream becomes the error.
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
    // Names in binaries need not be UTF-8.
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
