//! Builds a wheel with maturin and unpacks it next to the environment.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::install::{broken, output_of, succeeded};
use super::{Environment, Environments, NotReady, unwritable};
use crate::process::Finished;
use crate::rules;
use crate::system::Command;

/// Why there is no wheel to test.
pub(crate) enum NoWheel {
    /// The environment isn't available.
    NotReady(NotReady),
    /// maturin refused or failed, with its output.
    NotBuilt(String),
}

impl From<NotReady> for NoWheel {
    fn from(reason: NotReady) -> Self {
        Self::NotReady(reason)
    }
}

impl Environments<'_> {
    /// Builds the project's wheel with the environment's maturin, as `maturin develop` does, and installs it below `dir`, with its
    /// programs in `dir/bin`. The environment isn't changed.
    pub(crate) fn wheel(
        &self,
        environment: &Environment,
        root: &Path,
        target_dir: &Path,
        dir: &Path,
    ) -> Result<(), NoWheel> {
        let failed = |error: std::io::Error| NotReady::from(unwritable(&error));
        self.system.remove(dir).map_err(failed)?;
        let wheels = dir.join("wheels");
        self.system.create_dir(&wheels).map_err(failed)?;
        let mut command = Command::new(&environment.python, root)
            .args(["-I", "-m", "maturin", "build", "--interpreter"])
            .arg(&environment.python)
            .arg("--out")
            .arg(&wheels);
        if cfg!(target_os = "linux") {
            // The wheel never leaves this machine.
            command = command.args(["--compatibility", "linux"]);
        }
        let bin = environment.python.parent().unwrap_or(root);
        let path = OsString::from("PATH");
        let present = self.env.get(&path).cloned().unwrap_or_default();
        let dirs = std::iter::once(bin.to_owned()).chain(std::env::split_paths(&present));
        // maturin looks for the generator of the bindings among the environment's programs.
        if let Ok(joined) = std::env::join_paths(dirs) {
            command = command.env(path, joined);
        }
        let finished = self.tool(&command.env("CARGO_TARGET_DIR", target_dir))?;
        if !succeeded(&finished) {
            return Err(NoWheel::NotBuilt(output_of(&finished)));
        }
        let wheel = self
            .system
            .list(&wheels)
            .unwrap_or_default()
            .into_iter()
            .map(|entry| entry.path)
            .find(|path| path.extension() == Some(OsStr::new("whl")));
        let Some(wheel) = wheel else {
            return Err(NoWheel::NotBuilt(output_of(&finished)));
        };
        let (command, finished) = self.unpack(environment, &wheel, dir)?;
        if succeeded(&finished) {
            return Ok(());
        }
        let output = output_of(&finished);
        let names = [wheel.display().to_string()];
        let finding = rules::packages_not_installed::finding(&names, "pip", &output);
        Err(broken(finding, &command, output).into())
    }

    fn unpack(
        &self,
        environment: &Environment,
        wheel: &Path,
        dir: &Path,
    ) -> Result<(Command, Finished), NotReady> {
        let command = self
            .installer(environment)
            .args(["--no-deps", "--target"])
            .arg(dir)
            .arg(wheel);
        let finished = self.tool(&command)?;
        Ok((command, finished))
    }
}
