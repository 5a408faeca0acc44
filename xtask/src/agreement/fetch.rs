//! Downloads source distributions with pip, and unpacks them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};

use super::list::Project;
use super::tools::Tools;
use super::{emptied, program};

const LIMIT: Duration = Duration::from_mins(10);

/// The source distribution, downloaded if it's missing.
pub(super) fn archive(project: &Project, tools: &Tools) -> anyhow::Result<PathBuf> {
    let kept = tools
        .dir("archives")?
        .join(format!("{}-{}.tar.gz", project.name, project.version));
    if !kept.is_file() {
        download(project, tools, &kept).with_context(|| {
            format!(
                "cannot fetch {} {}: see that the package index can be reached, and that the file is still there",
                project.name, project.version
            )
        })?;
    }
    Ok(kept)
}

/// Downloads it with pip: exactly this file, according to the hash.
fn download(project: &Project, tools: &Tools, kept: &Path) -> anyhow::Result<()> {
    let dir = emptied(&tools.dir("fetching")?)?;
    let requirement = dir.join("requirement.txt");
    fs::write(
        &requirement,
        format!(
            "{}=={} --hash=sha256:{}\n",
            project.name, project.version, project.sha256
        ),
    )?;
    let mut pip = tools.command("pip", &dir);
    pip.args(["download", "--quiet", "--disable-pip-version-check"])
        .args(["--no-deps", "--no-build-isolation", "--require-hashes"])
        .args(["--no-binary", &project.name])
        .arg("--requirement")
        .arg(&requirement);
    program::must(&mut pip, LIMIT, &tools.logs("fetch"))?;
    for entry in fs::read_dir(&dir)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".tar.gz") {
            fs::rename(&path, kept)?;
            return Ok(());
        }
    }
    bail!("pip downloaded something other than a source distribution")
}

/// Unpacks it into an otherwise empty directory, and returns the project's root.
pub(super) fn fresh(
    project: &Project,
    archive: &Path,
    way: &str,
    tools: &Tools,
) -> anyhow::Result<PathBuf> {
    let dir = emptied(&tools.dir(way)?.join(&project.name))?;
    let mut tar = program::command("tar", &dir);
    tar.args(["--extract", "--gzip", "--strip-components=1", "--file"])
        .arg(archive);
    program::must(&mut tar, LIMIT, &tools.logs("unpack"))?;
    // A checkout has a root; without one, pytest and cargo would search further up and find this repository.
    fs::create_dir_all(dir.join(".git"))?;
    fs::write(dir.join(".git/HEAD"), "ref: refs/heads/main\n")?;
    Ok(dir)
}
