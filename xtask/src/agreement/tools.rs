//! The ordinary tools, installed in `target`, and `wr`, built from this checkout.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context;

use super::program;

/// The packages to install: maturin and uv, and the projects' build backends, which pip needs to identify a download.
const INSTALLED: [&str; 5] = [
    "maturin>=1.9.4,<2",
    "uv>=0.9,<1",
    "setuptools>=80",
    "setuptools-scm",
    "setuptools-rust",
];

const INSTALL_LIMIT: Duration = Duration::from_mins(15);

/// Where everything is.
#[derive(Debug)]
pub(super) struct Tools {
    place: PathBuf,
    bin: PathBuf,
    /// The interpreter that the environments are created for.
    pub(super) python: PathBuf,
    pub(super) wr: PathBuf,
}

impl Tools {
    /// Builds `wr`, and installs whatever is missing.
    pub(super) fn prepare(place: &Path, python: &str) -> anyhow::Result<Self> {
        println!("building wr");
        let workspace = crate::tidy::workspace_root()?;
        let mut build = Command::new(crate::tidy::cargo());
        build
            .args(["build", "--quiet", "--package", "wr"])
            .current_dir(&workspace);
        anyhow::ensure!(build.status()?.success(), "cannot build `wr`");
        let version = version_of(python)?;
        // Resolve the name now, whatever is on `PATH` later.
        let python = asked(Path::new(python), "sys.executable")?;
        let place = place.join(&version);
        let venv = place.join("tools");
        let tools = Self {
            bin: venv.join("bin"),
            python: PathBuf::from(python),
            wr: workspace.join("target/debug/wr"),
            place,
        };
        let note = venv.join("installed");
        let wanted = INSTALLED.join(" ");
        if fs::read_to_string(&note).ok().as_deref() != Some(&wanted) {
            println!("installing {wanted} for Python {version}");
            fs::create_dir_all(&tools.place)?;
            let mut make = program::command(&tools.python, &tools.place);
            make.args(["-m", "venv"]).arg(&venv);
            program::must(&mut make, INSTALL_LIMIT, &tools.logs("tools"))
                .context("no virtual environment (on Debian: apt-get install python3-venv)")?;
            let mut pip = tools.command("pip", &tools.place);
            pip.args(["install", "--quiet", "--disable-pip-version-check"])
                .args(INSTALLED);
            program::must(&mut pip, INSTALL_LIMIT, &tools.logs("tools"))
                .context("cannot install the tools; is the package index reachable?")?;
            fs::write(&note, &wanted)?;
        }
        Ok(tools)
    }

    /// A directory in `target` for this version of Python, created if necessary.
    pub(super) fn dir(&self, name: &str) -> anyhow::Result<PathBuf> {
        let dir = self.place.join(name);
        fs::create_dir_all(&dir)?;
        Ok(dir)
    }

    /// Where a step's output is kept.
    pub(super) fn logs(&self, step: &str) -> PathBuf {
        self.place.join("logs").join(step)
    }

    /// One of the tools, with the tools first on its search path.
    pub(super) fn command(&self, name: &str, dir: &Path) -> Command {
        self.with_path(program::command(self.bin.join(name), dir))
    }

    /// A command with the tools first on its search path.
    pub(super) fn with_path(&self, mut command: Command) -> Command {
        command.env("PATH", self.path_before(&[]));
        command
    }

    /// A program of a virtual environment, as if activated.
    pub(super) fn activated(&self, program: &Path, venv: &Path, dir: &Path) -> Command {
        let mut command = program::command(program, dir);
        command
            .env("VIRTUAL_ENV", venv)
            .env("PATH", self.path_before(&[venv.join("bin")]));
        command
    }

    fn path_before(&self, first: &[PathBuf]) -> std::ffi::OsString {
        let present = std::env::var_os("PATH").unwrap_or_default();
        let dirs = first
            .iter()
            .cloned()
            .chain([self.bin.clone()])
            .chain(std::env::split_paths(&present));
        std::env::join_paths(dirs).unwrap_or(present.clone())
    }

    /// The path of the tool with this name.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }

    /// The versions of everything that the results depend on.
    pub(super) fn versions(&self) -> anyhow::Result<Vec<String>> {
        let mut versions = vec![format!("CPython {}", full_version_of(&self.python)?)];
        for name in ["maturin", "uv"] {
            let mut command = self.command(name, &self.place);
            command.arg("--version");
            let ended = program::must(&mut command, INSTALL_LIMIT, &self.logs("versions"))?;
            let words: Vec<&str> = ended.stdout.split_whitespace().take(2).collect();
            versions.push(words.join(" "));
        }
        Ok(versions)
    }
}

fn version_of(python: &str) -> anyhow::Result<String> {
    asked(Path::new(python), "'%d.%d' % sys.version_info[:2]")
}

fn full_version_of(python: &Path) -> anyhow::Result<String> {
    asked(python, "'%d.%d.%d' % sys.version_info[:3]")
}

fn asked(python: &Path, what: &str) -> anyhow::Result<String> {
    let output = Command::new(python)
        .args(["-I", "-c", &format!("import sys; print({what})")])
        .output()
        .with_context(|| format!("cannot start {}", python.display()))?;
    anyhow::ensure!(
        output.status.success(),
        "{} says no version",
        python.display()
    );
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
