//! Places in Rust sources, as they are shown and as they are found.

use std::path::{Path, PathBuf};

use anatomy::project::{Definition, Texts, find_definition};
use diagnostic::SourceLocation;

use super::{Subject, search};
use crate::system::System;
use crate::test::Defined;

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

/// The Rust sources of a crate, by the names under which they are shown.
pub(crate) fn rust_sources(system: &dyn System, manifest: &Path, subject: &Subject) -> Texts {
    let root = manifest.parent().unwrap_or(&subject.root);
    search::files(system, root, &search::is_rust)
        .into_iter()
        .filter_map(|file| {
            let text = String::from_utf8(system.read(&file).ok()?).ok()?;
            Some((subject.shown(&file), text))
        })
        .collect()
}

/// Where a name is written in the crate, if it is.
pub(crate) fn find_defined(
    system: &dyn System,
    manifest: &Path,
    subject: &Subject,
    name: &str,
) -> Option<Defined> {
    let sources = manifest.parent()?.join("src");
    let mut found: Option<(SourceLocation, Definition)> = None;
    let mut has_declarative_module = false;
    for file in search::files(system, &sources, &search::is_rust) {
        let Ok(bytes) = system.read(&file) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        has_declarative_module |= anatomy::project::has_declarative_module(&text);
        if found.is_none()
            && let Some(definition) = find_definition(&text, name)
        {
            let place = SourceLocation::line(subject.shown(&file), definition.line);
            found = Some((place, definition));
        }
    }
    found.map(|(place, definition)| Defined {
        place,
        definition,
        has_declarative_module,
    })
}
