//! Places in Rust sources, as they are shown and as they are found.

use std::path::{Path, PathBuf};

use diagnostic::SourceLocation;

use super::{Subject, search};
use crate::system::System;

/// Shows the file names that rustc writes into messages and panics. They are relative to where cargo ran rustc, which is
/// the root of a workspace, and not to the exercise.
pub(crate) fn shown_source<'a>(
    system: &'a dyn System,
    manifest: &'a Path,
    root: &'a Path,
) -> impl Fn(&str) -> String + 'a {
    move |file| {
        let path = manifest
            .ancestors()
            .skip(1)
            .map(|dir| dir.join(file))
            .find(|path| system.kind(path).is_some())
            .unwrap_or_else(|| PathBuf::from(file));
        path.strip_prefix(root)
            .unwrap_or(&path)
            .display()
            .to_string()
    }
}

/// Where a function or class of this name is written in the crate, if it is.
pub(crate) fn find_function(
    system: &dyn System,
    manifest: &Path,
    subject: &Subject,
    name: &str,
) -> Option<SourceLocation> {
    let sources = manifest.parent()?.join("src");
    for file in search::files(system, &sources, &search::is_rust) {
        let Ok(bytes) = system.read(&file) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        for (number, line) in text.lines().enumerate() {
            let code = line
                .trim_start()
                .trim_start_matches("pub ")
                .trim_start_matches("pub(crate) ");
            let defined = ["fn ", "struct ", "enum "]
                .iter()
                .find_map(|keyword| code.strip_prefix(keyword))
                .map(|rest| {
                    rest.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                        .next()
                        .unwrap_or_default()
                });
            if defined == Some(name) {
                let line = u32::try_from(number + 1).unwrap_or(u32::MAX);
                return Some(SourceLocation::line(subject.shown(&file), line));
            }
        }
    }
    None
}
