//! `uv run pytest`: if a source file has changed, uv rebuilds the extension through maturin's build backend.

use std::path::{Path, PathBuf};

use super::{Answer, Way, finish};
use crate::bench::bench_dir::{BenchDir, command};
use crate::bench::projects::Project;

#[derive(Default)]
pub(super) struct UvRun {
    uv: PathBuf,
    cache: PathBuf,
}

impl Way for UvRun {
    fn name(&self) -> &'static str {
        "uv"
    }

    fn typed(&self) -> &'static str {
        "uv run pytest"
    }

    fn set_up(
        &mut self,
        bench_dir: &BenchDir,
        _project: Project,
        dir: &Path,
    ) -> anyhow::Result<()> {
        self.uv = bench_dir.venv("uv")?.join("bin/uv");
        self.cache = bench_dir.dir.join("uv-cache");
        let tested = self.answer(dir)?;
        anyhow::ensure!(tested.is_good, "uv run pytest failed:\n{}", tested.printed);
        Ok(())
    }

    fn answer(&mut self, dir: &Path) -> anyhow::Result<Answer> {
        finish(
            command(&self.uv, dir)
                .args(["run", "pytest"])
                .env("UV_CACHE_DIR", &self.cache)
                .env("UV_PYTHON", "python3")
                .env("UV_PYTHON_DOWNLOADS", "never"),
        )
    }
}
