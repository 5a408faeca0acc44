//! The binaries of a wheel as files, for tools that read only those.

use std::fs;
use std::io;
use std::path::PathBuf;

use anyhow::Context;

use super::tools::Tools;
use super::wheel::Inspected;

/// Unpacks a member below `target`, unless it is there from an earlier run, and returns where it is.
pub(super) fn unpacked(wheel: &Inspected, member: &str, tools: &Tools) -> anyhow::Result<PathBuf> {
    let directory = tools.directory("members")?.join(&wheel.file);
    // The name is ours, since a member's own may lead anywhere.
    let path = directory.join(member.replace(['/', '\\'], "__"));
    if !path.is_file() {
        fs::create_dir_all(&directory)?;
        let mut archive = zip::ZipArchive::new(fs::File::open(&wheel.path)?)?;
        let mut entry = archive.by_name(member).with_context(|| member.to_owned())?;
        let half = path.with_extension("part");
        io::copy(&mut entry, &mut fs::File::create(&half)?)?;
        fs::rename(half, &path)?;
    }
    Ok(path)
}
