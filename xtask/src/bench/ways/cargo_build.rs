//! Plain `cargo build`: the floor. It tests nothing, and nothing can be imported afterwards.

use std::path::Path;

use super::{Answer, Way, finish};
use crate::bench::bench_dir::{BenchDir, command};
use crate::bench::edits::Edit;
use crate::bench::projects::Project;

pub(super) struct CargoBuild;

impl Way for CargoBuild {
    fn name(&self) -> &'static str {
        "cargo"
    }

    fn typed(&self) -> &'static str {
        "cargo build"
    }

    fn answers(&self, edit: Edit) -> bool {
        edit != Edit::PythonOnly
    }

    fn set_up(&mut self, _bed: &BenchDir, _project: Project, dir: &Path) -> anyhow::Result<()> {
        let built = self.answer(dir)?;
        anyhow::ensure!(built.is_good, "cargo build failed:\n{}", built.printed);
        Ok(())
    }

    fn answer(&mut self, dir: &Path) -> anyhow::Result<Answer> {
        // Not every Python has a library to link with, and an extension doesn't need one.
        finish(
            command("cargo", dir)
                .arg("build")
                .env("PYO3_BUILD_EXTENSION_MODULE", "1"),
        )
    }
}
