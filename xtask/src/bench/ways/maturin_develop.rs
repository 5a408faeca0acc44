//! `maturin develop && pytest`, as maturin's guide teaches it, and the same with `--uv`, which installs with uv instead
//! of pip.

use std::path::{Path, PathBuf};

use super::{Answer, Way, activated, finish};
use crate::bench::bench_dir::BenchDir;
use crate::bench::projects::Project;

pub(super) struct MaturinDevelop {
    name: &'static str,
    typed: &'static str,
    arguments: &'static [&'static str],
    venv: PathBuf,
}

impl MaturinDevelop {
    pub(super) fn with_pip() -> Self {
        Self {
            name: "maturin",
            typed: "maturin develop && pytest",
            arguments: &["develop"],
            venv: PathBuf::new(),
        }
    }

    pub(super) fn with_uv() -> Self {
        Self {
            name: "maturin-uv",
            typed: "maturin develop --uv && pytest",
            arguments: &["develop", "--uv"],
            venv: PathBuf::new(),
        }
    }
}

impl Way for MaturinDevelop {
    fn name(&self) -> &'static str {
        self.name
    }

    fn typed(&self) -> &'static str {
        self.typed
    }

    fn set_up(
        &mut self,
        bench_dir: &BenchDir,
        _project: Project,
        dir: &Path,
    ) -> anyhow::Result<()> {
        self.venv = bench_dir.venv(self.name)?;
        let done = self.answer(dir)?;
        anyhow::ensure!(done.is_good, "{} failed:\n{}", self.typed, done.printed);
        Ok(())
    }

    fn answer(&mut self, dir: &Path) -> anyhow::Result<Answer> {
        let built = finish(activated("maturin", &self.venv, dir)?.args(self.arguments))?;
        if !built.is_good {
            return Ok(built);
        }
        finish(&mut activated("pytest", &self.venv, dir)?)
    }
}
