//! The ways to get from a save to the answer.

mod cargo_build;
mod import_hook;
mod maturin_develop;
mod plain_pytest;
mod uv_run;
mod wr_check;
mod wr_watch;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use serde_json::Value;

pub(super) use wr_watch::WrWatch;

use super::bench_dir::BenchDir;
use super::edits::Edit;
use super::projects::Project;

/// A way to get from a save to the answer.
pub(super) trait Way {
    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// What a person would type.
    fn typed(&self) -> &'static str;

    /// Whether it handles this kind of edit.
    fn answers(&self, edit: Edit) -> bool {
        let _ = edit;
        true
    }

    /// Builds and installs what is needed before the first edit.
    fn set_up(&mut self, bench_dir: &BenchDir, project: Project, dir: &Path) -> anyhow::Result<()>;

    /// Waits for the answer to the save that was just made.
    fn answer(&mut self, dir: &Path) -> anyhow::Result<Answer>;

    /// Stops whatever was started.
    fn end(&mut self) -> anyhow::Result<()> {
        Ok(())
    }
}

/// The answer of a way.
pub(super) struct Answer {
    /// Whether everything passed.
    pub(super) is_good: bool,
    /// All output.
    pub(super) printed: String,
    /// The verdict, if it came from `wr`.
    pub(super) verdict: Option<Value>,
}

/// The floor, which all others are compared with, and then the others.
pub(super) fn all() -> Vec<Box<dyn Way>> {
    vec![
        Box::new(cargo_build::CargoBuild),
        Box::<wr_watch::WrWatch>::default(),
        Box::<wr_check::WrCheck>::default(),
        Box::<plain_pytest::PlainPytest>::default(),
        Box::new(maturin_develop::MaturinDevelop::with_pip()),
        Box::new(maturin_develop::MaturinDevelop::with_uv()),
        Box::<import_hook::ImportHook>::default(),
        Box::<uv_run::UvRun>::default(),
    ]
}

/// Refuses unknown names.
pub(super) fn known(names: &[String]) -> anyhow::Result<()> {
    let all: Vec<_> = all().iter().map(|way| way.name()).collect();
    for name in names {
        if !all.contains(&name.as_str()) {
            bail!("there is no way `{name}`; there are: {}", all.join(", "));
        }
    }
    Ok(())
}

/// Runs a command to completion.
fn finish(command: &mut Command) -> anyhow::Result<Answer> {
    let output = command
        .output()
        .with_context(|| format!("cannot start {command:?}"))?;
    Ok(Answer {
        is_good: output.status.success(),
        printed: format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ),
        verdict: None,
    })
}

/// A command in an activated virtual environment.
fn activated(program: &str, venv: &Path, dir: &Path) -> anyhow::Result<Command> {
    let bin = venv.join("bin");
    let present = std::env::var_os("PATH").unwrap_or_default();
    let dirs = std::iter::once(bin.clone()).chain(std::env::split_paths(&present));
    let mut command = super::bench_dir::command(bin.join(program), dir);
    command
        .env("PATH", std::env::join_paths(dirs)?)
        .env("VIRTUAL_ENV", venv);
    Ok(command)
}
