//! The ways from a save to the answer.

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

/// A way from a save to the answer.
pub(super) trait Way {
    /// What it is called on the command line.
    fn name(&self) -> &'static str;

    /// What a person would type.
    fn typed(&self) -> &'static str;

    /// Whether it answers this kind of edit.
    fn answers(&self, edit: Edit) -> bool {
        let _ = edit;
        true
    }

    /// Builds and installs what has to be there before the first edit.
    fn set_up(&mut self, bench_dir: &BenchDir, project: Project, dir: &Path) -> anyhow::Result<()>;

    /// Waits for the answer to what was saved a moment ago.
    fn answer(&mut self, dir: &Path) -> anyhow::Result<Answer>;

    /// Ends what was started.
    fn end(&mut self) -> anyhow::Result<()> {
        Ok(())
    }
}

/// What a way said.
pub(super) struct Answer {
    /// Whether all is well.
    pub(super) is_good: bool,
    /// All that was printed.
    pub(super) printed: String,
    /// The verdict, where `wr` gave one.
    pub(super) verdict: Option<Value>,
}

/// The floor, which all are compared with, and then the others.
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

/// Refuses names that no way has.
pub(super) fn known(names: &[String]) -> anyhow::Result<()> {
    let all: Vec<_> = all().iter().map(|way| way.name()).collect();
    for name in names {
        if !all.contains(&name.as_str()) {
            bail!("there is no way `{name}`; there are: {}", all.join(", "));
        }
    }
    Ok(())
}

/// Runs a command to its end.
fn finish(command: &mut Command) -> anyhow::Result<Answer> {
    let output = command
        .output()
        .with_context(|| format!("{command:?} cannot be started"))?;
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

/// A command with a virtual environment as after activating it.
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
