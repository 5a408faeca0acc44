//! `wr watch`, asked for a verdict by saving a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::documents;

use super::ways::{Said, said};

/// How long a verdict may take.
const PATIENCE: Duration = Duration::from_mins(5);

/// A running watch, which ends on drop.
#[derive(Debug)]
pub(super) struct Watch {
    child: Child,
    documents: Receiver<Value>,
    file: PathBuf,
    saves: u32,
}

impl Watch {
    /// Starts it; each save changes a comment in a file.
    pub(super) fn start(command: &mut Command, file: &Path) -> anyhow::Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start wr watch")?;
        let stdout = child.stdout.take().context("wr watch has no output")?;
        let documents = documents::read(stdout);
        Ok(Self {
            child,
            documents,
            file: file.to_owned(),
            saves: 0,
        })
    }

    /// The next verdict.
    pub(super) fn verdict(&self) -> anyhow::Result<Said> {
        let started = Instant::now();
        loop {
            let document = self
                .documents
                .recv_timeout(PATIENCE)
                .context("wr watch gives no verdict")?;
            if let Some(error) = document.get("error") {
                bail!("wr watch says: {error}");
            }
            if let Some(verdict) = document["verdicts"].get(0) {
                return said(verdict, started.elapsed());
            }
        }
    }

    /// Saves the file, and waits for the verdict.
    pub(super) fn save(&mut self) -> anyhow::Result<Said> {
        self.saves += 1;
        let text = fs::read_to_string(&self.file)?;
        fs::write(&self.file, format!("{text}# save {}\n", self.saves))?;
        self.verdict()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
