//! What the names of a wheel's entries reveal before any of them is read.

use std::collections::BTreeSet;

use super::archive::Entry;

/// The `.dist-info` directories at the root of the wheel.
pub(super) fn dist_info(entries: &[Entry]) -> Vec<String> {
    let directories: BTreeSet<&str> = entries
        .iter()
        .filter_map(|entry| entry.name.split_once('/'))
        .map(|(directory, _)| directory)
        .filter(|directory| directory.ends_with(".dist-info"))
        .collect();
    directories.into_iter().map(str::to_owned).collect()
}

/// Files whose names differ only in case, each with the previous one.
pub(super) fn same_names(entries: &[Entry]) -> Vec<(String, String)> {
    let mut names: Vec<(String, &str)> = entries
        .iter()
        .map(|entry| (entry.name.to_lowercase(), entry.name.as_str()))
        .collect();
    names.sort_unstable();
    names
        .windows(2)
        .filter_map(|pair| match pair {
            [(one, first), (other, second)] if one == other => {
                Some(((*first).to_owned(), (*second).to_owned()))
            }
            _ => None,
        })
        .collect()
}

/// The path relative to a directory.
pub(super) fn below<'path>(directory: &str, path: &'path str) -> Option<&'path str> {
    path.strip_prefix(directory)?.strip_prefix('/')
}

/// Whether an entry's name and permissions suggest a program: it's executable, ends in `.exe`, or has no extension,
/// like scripts installed next to the interpreter.
pub(super) fn may_be_program(entry: &Entry) -> bool {
    let file = entry.name.rsplit('/').next().unwrap_or(&entry.name);
    let suffix = file.rsplit_once('.').map(|(_, suffix)| suffix);
    is_script(&entry.name)
        || suffix.is_none()
        || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("exe"))
        || (entry.is_executable() && suffix != Some("py"))
}

/// Whether an entry is installed next to the interpreter, where programs have no extension.
pub(super) fn is_script(path: &str) -> bool {
    path.split_once('/').is_some_and(|(directory, rest)| {
        directory.strip_suffix(".data").is_some() && rest.starts_with("scripts/")
    })
}

/// Whether a name is an archive's. Nested archives are how small files become large ones, and no installer unpacks
/// them, so their contents aren't installed.
pub(super) fn is_archive(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [
        ".whl", ".zip", ".egg", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz",
    ]
    .iter()
    .any(|suffix| path.ends_with(suffix))
}
