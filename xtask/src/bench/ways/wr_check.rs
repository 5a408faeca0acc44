//! `wr check`: one verdict, then the end.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::{Answer, Way, finish};
use crate::bench::bench_dir::{BenchDir, command};
use crate::bench::projects::Project;

#[derive(Default)]
pub(super) struct WrCheck {
    wr: PathBuf,
}

impl Way for WrCheck {
    fn name(&self) -> &'static str {
        "check"
    }

    fn typed(&self) -> &'static str {
        "wr check"
    }

    fn set_up(
        &mut self,
        bench_dir: &BenchDir,
        _project: Project,
        dir: &Path,
    ) -> anyhow::Result<()> {
        self.wr.clone_from(&bench_dir.wr);
        let checked = self.answer(dir)?;
        anyhow::ensure!(checked.is_good, "wr check failed:\n{}", checked.printed);
        Ok(())
    }

    fn answer(&mut self, dir: &Path) -> anyhow::Result<Answer> {
        let mut answer = finish(command(&self.wr, dir).args(["check", "--format", "json"]))?;
        let document = serde_json::from_str(&answer.printed)
            .with_context(|| format!("wr printed no JSON:\n{}", answer.printed))?;
        answer.verdict = Some(document);
        Ok(answer)
    }
}
