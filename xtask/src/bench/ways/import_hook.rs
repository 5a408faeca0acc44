//! maturin's import hook: just `pytest`, and the extension is built when a test imports it.

use std::path::{Path, PathBuf};

use super::{Answer, Way, activated, finish};
use crate::bench::bench_dir::{BenchDir, must};
use crate::bench::projects::Project;

#[derive(Default)]
pub(super) struct ImportHook {
    venv: PathBuf,
}

impl Way for ImportHook {
    fn name(&self) -> &'static str {
        "import-hook"
    }

    fn typed(&self) -> &'static str {
        "pytest, with maturin's import hook"
    }

    fn set_up(
        &mut self,
        bench_dir: &BenchDir,
        _project: Project,
        dir: &Path,
    ) -> anyhow::Result<()> {
        self.venv = bench_dir.venv("import-hook")?;
        // Not when the hook builds for the first time: it takes over editable installs.
        must(activated("maturin", &self.venv, dir)?.arg("develop"))?;
        must(activated("python", &self.venv, dir)?.args([
            "-m",
            "maturin_import_hook",
            "site",
            "install",
            "--force",
        ]))?;
        let tested = self.answer(dir)?;
        anyhow::ensure!(tested.is_good, "pytest failed:\n{}", tested.printed);
        Ok(())
    }

    fn answer(&mut self, dir: &Path) -> anyhow::Result<Answer> {
        finish(&mut activated("pytest", &self.venv, dir)?)
    }
}
