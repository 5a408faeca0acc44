//! What all ways rely on: the tools, built and installed once and kept between runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use super::Profile;

/// The tools to compare, from the package index. The bounds of maturin are those of the exercises.
const TOOLS: [&str; 4] = [
    "maturin>=1.9.4,<2",
    "maturin-import-hook>=0.3,<1",
    "uv>=0.9,<1",
    "pytest>=8.4,<10",
];

/// The directory of all files that the benchmark creates.
pub(super) struct BenchDir {
    pub(super) dir: PathBuf,
    /// The program to measure.
    pub(super) wr: PathBuf,
    pub(super) profile: Profile,
}

impl BenchDir {
    /// Builds `wr` and installs missing tools.
    pub(super) fn prepare(root: &Path, profile: Profile) -> anyhow::Result<Self> {
        eprintln!("building wr");
        let mut cargo = Command::new("cargo");
        cargo
            .current_dir(root)
            .args(["build", "--quiet", "--package", "wr"]);
        let built = match profile {
            Profile::Release => {
                cargo.arg("--release");
                "release"
            }
            Profile::Dev => "debug",
        };
        must(&mut cargo)?;
        let metadata = cargo_metadata::MetadataCommand::new()
            .manifest_path(root.join("Cargo.toml"))
            .no_deps()
            .exec()?;
        let target = metadata.target_directory.into_std_path_buf();
        let dir = target.join("bench");
        fs::create_dir_all(&dir)?;
        let wr = target.join(built).join("wr");
        Ok(Self { dir, wr, profile })
    }

    /// A virtual environment with the tools, one for each way, since they install packages into it.
    pub(super) fn venv(&self, name: &str) -> anyhow::Result<PathBuf> {
        let venv = self.dir.join("venvs").join(name);
        let ready = venv.join("ready");
        let wanted = TOOLS.join("\n");
        if fs::read_to_string(&ready).is_ok_and(|present| present == wanted) {
            return Ok(venv);
        }
        eprintln!("installing {} for {name}", TOOLS.join(", "));
        must(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        must(
            Command::new(venv.join("bin/pip"))
                .args(["install", "--quiet", "--disable-pip-version-check"])
                .args(TOOLS),
        )
        .context("cannot install the tools from the package index")?;
        fs::write(&ready, wanted)?;
        Ok(venv)
    }

    /// A copy of a project for one way, so that no way reuses another's builds.
    pub(super) fn plot(&self, project: &str, way: &str) -> PathBuf {
        self.dir.join("projects").join(way).join(project)
    }
}

/// Variables of the caller that change what the tools do.
pub(super) const INFLUENCES: [&str; 12] = [
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PYTHONDONTWRITEBYTECODE",
    "PYTEST_ADDOPTS",
    "RUST_BACKTRACE",
    "RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "WR_STATE_DIR",
    "PYO3_PYTHON",
    // Variables that this program inherits from `cargo xtask`.
    "CARGO",
    "CARGO_MANIFEST_DIR",
    "RUSTUP_TOOLCHAIN",
];

/// A command without influences from the caller's environment.
pub(super) fn command(program: impl AsRef<std::ffi::OsStr>, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir);
    for name in INFLUENCES {
        command.env_remove(name);
    }
    command
}

/// Makes a directory the root of a course.
pub(super) fn found_course(dir: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(dir)?;
    if !dir.join(".git").exists() {
        // Without its own repository, the search for the course would continue further up.
        must(command("git", dir).args(["init", "--quiet"]))?;
    }
    fs::write(dir.join(".wr.toml"), "")?;
    Ok(())
}

/// Runs a command that has to succeed.
pub(super) fn must(command: &mut Command) -> anyhow::Result<()> {
    let output = command
        .output()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        bail!(
            "{command:?} failed:\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(())
}
