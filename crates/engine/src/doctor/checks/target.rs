//! The directories that cargo builds in.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::doctor::{Check, CheckOutcome, Machine, SiteKind};
use crate::shell::word;
use crate::system::{FileKind, SystemExt};

pub(super) const CHECK: Check = Check::new("target", "build directory", look);

/// A directory whose size takes longer than this to add up is large; its exact size doesn't matter.
const PATIENCE: Duration = Duration::from_millis(1500);

/// From this size on, in bytes, the report says that deleting it frees space.
const LARGE: u64 = 10 * 1024 * 1024 * 1024;

/// File systems that handle a build's many small files slowly, and whose time stamps may be coarse.
const SLOW: [&str; 7] = ["nfs", "cifs", "smb2", "9p", "fuse", "afs", "ceph"];

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let Some(site) = &machine.site else {
        return Vec::new();
    };
    let own = machine.state_dir().map(|dir| dir.join("target"));
    let of_project = matches!(site.kind, SiteKind::Project).then(|| site.root.join("target"));
    own.into_iter()
        .chain(of_project)
        .filter_map(|dir| examine(machine, &dir))
        .collect()
}

fn examine(machine: &Machine<'_>, dir: &Path) -> Option<CheckOutcome> {
    let shown = dir.display();
    let kind = machine.system.volume(dir).ok().and_then(|one| one.kind);
    let on = kind.map(|kind| format!(" on {kind}")).unwrap_or_default();
    if !machine.system.is_dir(dir) {
        return None;
    }
    let (bytes, is_all) = size(machine, dir);
    let more = if is_all { "" } else { "more than " };
    let seen = format!("{shown}: {more}{}{on}", shown_bytes(bytes));
    Some(if kind.is_some_and(|kind| SLOW.contains(&kind)) {
        CheckOutcome::advice(
            seen,
            "builds are slow on a file system like this; WR_STATE_DIR names a directory on a local disk",
        )
    } else if bytes >= LARGE {
        CheckOutcome::advice(
            seen,
            "you can delete it if you need space; the next build then compiles everything once",
        )
        .command(format!("rm -r {}", word(dir)))
    } else {
        CheckOutcome::fine(seen)
    })
}

/// The size of all files below a directory in bytes, and whether all were counted.
fn size(machine: &Machine<'_>, dir: &Path) -> (u64, bool) {
    let deadline = machine.system.now() + PATIENCE;
    let mut bytes = 0;
    let mut ahead: Vec<PathBuf> = vec![dir.to_owned()];
    while let Some(dir) = ahead.pop() {
        if machine.system.now() > deadline || machine.cancel.is_cancelled() {
            return (bytes, false);
        }
        for entry in machine.system.list(&dir).unwrap_or_default() {
            match entry.kind {
                FileKind::Directory => ahead.push(entry.path),
                FileKind::File => {
                    bytes += machine.system.stamp(&entry.path).map_or(0, |one| one.size);
                }
                FileKind::Other => {}
            }
        }
    }
    (bytes, true)
}

/// A size as people read it.
pub(super) fn shown_bytes(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    let unit = UNITS.iter().find(|(size, _)| bytes >= *size);
    match unit {
        Some((size, name)) => format!("{}.{} {name}", bytes / size, bytes % size * 10 / size),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::shown_bytes;

    #[test]
    fn sizes_are_shown_in_the_unit_that_fits() {
        assert_eq!(shown_bytes(12), "12 B");
        assert_eq!(shown_bytes(1536), "1.5 KiB");
        assert_eq!(shown_bytes(3 << 30), "3.0 GiB");
    }
}
