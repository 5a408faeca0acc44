//! The directory where the user's own cargo keeps its builds.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cargo_metadata::MetadataCommand;

use crate::process::{Ended, run_watched};
use crate::system::{Cancel, Command, Stream, System};

/// Reading manifests takes milliseconds, but cargo may have to wait for another cargo that holds its lock.
const LIMIT: Duration = Duration::from_mins(1);

/// Where cargo keeps its builds of this package by default. Cargo itself evaluates its variables and configuration files (cargo
/// book, "Build cache"). `None` if cargo can't read the manifest, which the build itself then reports.
pub(crate) fn build_dir(
    system: &dyn System,
    env: &BTreeMap<OsString, OsString>,
    manifest: &Path,
    cancel: &Cancel,
) -> Option<PathBuf> {
    let mut command = Command::new("cargo", manifest.parent().unwrap_or(manifest))
        .args([
            "metadata",
            "--format-version=1",
            "--no-deps",
            "--manifest-path",
        ])
        .arg(manifest);
    command.env.clone_from(env);
    let mut json = String::new();
    let finished = run_watched(system, &command, LIMIT, cancel, &mut |stream, line| {
        if stream == Stream::Stdout && line.starts_with('{') {
            line.clone_into(&mut json);
        }
    });
    let Ended::Exited(exit) = finished.ok()?.ended else {
        return None;
    };
    let metadata = MetadataCommand::parse(&json).ok()?;
    let dir = metadata
        .build_directory
        .unwrap_or(metadata.target_directory);
    exit.success().then(|| dir.into())
}
