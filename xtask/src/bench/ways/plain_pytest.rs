//! Plain `pytest` on an installed extension: the alternative if no Rust code has changed.

use std::path::{Path, PathBuf};

use super::{Answer, Way, activated, finish};
use crate::bench::bench_dir::{BenchDir, must};
use crate::bench::edits::Edit;
use crate::bench::projects::Project;

#[derive(Default)]
pub(super) struct PlainPytest {
    venv: PathBuf,
}

impl Way for PlainPytest {
    fn name(&self) -> &'static str {
        "pytest"
    }

    fn typed(&self) -> &'static str {
        "pytest"
    }

    fn answers(&self, edit: Edit) -> bool {
        matches!(edit, Edit::PythonOnly | Edit::Nothing)
    }

    fn set_up(
        &mut self,
        bench_dir: &BenchDir,
        _project: Project,
        dir: &Path,
    ) -> anyhow::Result<()> {
        self.venv = bench_dir.venv("pytest")?;
        must(activated("maturin", &self.venv, dir)?.arg("develop"))?;
        let tested = self.answer(dir)?;
        anyhow::ensure!(tested.is_good, "pytest failed:\n{}", tested.printed);
        Ok(())
    }

    fn answer(&mut self, dir: &Path) -> anyhow::Result<Answer> {
        finish(&mut activated("pytest", &self.venv, dir)?)
    }
}
