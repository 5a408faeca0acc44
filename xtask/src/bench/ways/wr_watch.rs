//! `wr watch`: keeps running and answers every save.

use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use anyhow::Context;
use serde_json::Value;

use super::{Answer, Way};
use crate::bench::bench_dir::{BenchDir, command};
use crate::bench::edits::Edit;
use crate::bench::projects::Project;
use crate::documents;

/// If there is no answer by then, there won't be one.
const PATIENCE: Duration = Duration::from_mins(5);

#[derive(Default)]
pub(in crate::bench) struct WrWatch {
    running: Option<(Child, Receiver<Value>)>,
}

impl WrWatch {
    /// Starts watching and waits for the first verdict.
    pub(in crate::bench) fn start(
        &mut self,
        bench_dir: &BenchDir,
        dir: &Path,
    ) -> anyhow::Result<()> {
        let mut child = command(&bench_dir.wr, dir)
            .args(["watch", "--format", "json"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start wr watch")?;
        let stdout = child.stdout.take().context("wr watch has no output")?;
        let verdicts = documents::read(stdout);
        self.running = Some((child, verdicts));
        let first = self.answer(dir)?;
        anyhow::ensure!(first.is_good, "wr watch says:\n{}", first.printed);
        Ok(())
    }

    pub(in crate::bench) fn id(&self) -> Option<u32> {
        self.running.as_ref().map(|(child, _)| child.id())
    }
}

impl Way for WrWatch {
    fn name(&self) -> &'static str {
        "watch"
    }

    fn typed(&self) -> &'static str {
        "wr watch"
    }

    fn answers(&self, edit: Edit) -> bool {
        edit != Edit::Nothing
    }

    fn set_up(
        &mut self,
        bench_dir: &BenchDir,
        _project: Project,
        dir: &Path,
    ) -> anyhow::Result<()> {
        self.start(bench_dir, dir)
    }

    fn answer(&mut self, _dir: &Path) -> anyhow::Result<Answer> {
        let (_, verdicts) = self.running.as_ref().context("wr watch is not running")?;
        loop {
            let document = verdicts
                .recv_timeout(PATIENCE)
                .context("wr watch gives no verdict")?;
            // The greeting isn't a verdict.
            if document.get("verdicts").is_some() || document.get("error").is_some() {
                return Ok(Answer {
                    is_good: document["solved"].as_bool() == Some(true),
                    printed: format!("{document:#}"),
                    verdict: Some(document),
                });
            }
        }
    }

    fn end(&mut self) -> anyhow::Result<()> {
        if let Some((mut child, _)) = self.running.take() {
            let id = rustix::process::Pid::from_child(&child);
            rustix::process::kill_process(id, rustix::process::Signal::INT)?;
            child.wait()?;
        }
        Ok(())
    }
}

impl Drop for WrWatch {
    fn drop(&mut self) {
        // If a measurement failed halfway, nothing may stay behind.
        let _ = self.end();
    }
}
