//! File systems.

use std::io;
use std::path::Path;

use crate::system::Volume;

/// Linux's numbers for file systems (`statfs(2)`), for those whose kind matters to a build.
#[cfg(target_os = "linux")]
const KINDS: [(u64, &str); 13] = [
    (0xEF53, "ext4"),
    (0x5846_5342, "xfs"),
    (0x9123_683E, "btrfs"),
    (0x2FC1_2FC1, "zfs"),
    (0x0102_1994, "tmpfs"),
    (0x794C_7630, "overlayfs"),
    (0x6969, "nfs"),
    (0xFF53_4D42, "cifs"),
    (0xFE53_4D42, "smb2"),
    (0x0102_1997, "9p"),
    (0x6573_5546, "fuse"),
    (0x5346_414F, "afs"),
    (0x00C3_6400, "ceph"),
];

/// The file system of a path, or of its nearest existing parent directory.
#[cfg(unix)]
pub(super) fn of(path: &Path) -> io::Result<Volume> {
    let there = path.ancestors().find(|dir| dir.exists()).unwrap_or(path);
    let found = rustix::fs::statvfs(there)?;
    Ok(Volume {
        free: found.f_bavail.saturating_mul(found.f_frsize),
        size: found.f_blocks.saturating_mul(found.f_frsize),
        kind: kind(there),
    })
}

#[cfg(target_os = "linux")]
fn kind(path: &Path) -> Option<&'static str> {
    let number = u64::try_from(rustix::fs::statfs(path).ok()?.f_type).ok()?;
    KINDS
        .iter()
        .find(|(known, _)| *known == number & 0xFFFF_FFFF)
        .map(|(_, name)| *name)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn kind(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(not(unix))]
pub(super) fn of(_: &Path) -> io::Result<Volume> {
    Err(io::ErrorKind::Unsupported.into())
}
