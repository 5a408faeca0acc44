//! The binaries of a wheel as files, for tools that only read files.

use std::fs;
use std::io;
use std::path::PathBuf;

use anyhow::Context;

use super::tools::Tools;
use super::wheel::Inspected;

/// Unpacks a member to `target`, unless it exists from an earlier run, and returns its path.
pub(super) fn unpacked(wheel: &Inspected, member: &str, tools: &Tools) -> anyhow::Result<PathBuf> {
    let directory = tools.directory("members")?.join(&wheel.file);
    // We choose the name, since a member's own name may point anywhere.
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
