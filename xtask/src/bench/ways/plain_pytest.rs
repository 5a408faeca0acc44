//! Plain `pytest` on an extension that is installed already: the peer where nothing of Rust has changed.

use std::path::{Path, PathBuf};

use super::{Answer, Way, activated, finish};
use crate::bench::bed::{Bed, must};
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

    fn set_up(&mut self, bed: &Bed, _project: Project, dir: &Path) -> anyhow::Result<()> {
        self.venv = bed.venv("pytest")?;
        must(activated("maturin", &self.venv, dir)?.arg("develop"))?;
        let tested = self.answer(dir)?;
        anyhow::ensure!(tested.is_good, "pytest failed:\n{}", tested.printed);
        Ok(())
    }

    fn answer(&mut self, dir: &Path) -> anyhow::Result<Answer> {
        finish(&mut activated("pytest", &self.venv, dir)?)
    }
}
