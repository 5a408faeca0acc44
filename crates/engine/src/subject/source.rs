//! Places in Rust sources: how to display them, and how to find them.

use std::path::{Path, PathBuf};

use anatomy::project::{Definition, Texts, find_definition};
use diagnostic::SourceLocation;

use super::{Subject, search};
use crate::system::System;
use crate::test::Defined;

/// Converts the file names in rustc's messages and panics for display. They are relative to the directory where cargo ran rustc,
/// which is the root of a workspace, not the exercise.
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

/// The Rust sources of a crate, by the names that users see.
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

/// Where a name is defined in the crate, if it is.
pub(crate) fn find_defined(
    system: &dyn System,
    manifest: &Path,
    subject: &Subject,
    name: &str,
) -> Option<Defined> {
    let sources = manifest.parent()?.join("src");
    let mut found: Option<(SourceLocation, Definition)> = None;
    let mut has_declarative_module = false;
    let mut texts = Vec::new();
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
        texts.push((file, text.into_owned()));
    }
    found.map(|(place, definition)| Defined {
        added: texts.iter().find_map(|(file, text)| {
            let line = line_that_adds(text, &definition.name)?;
            Some(SourceLocation::line(subject.shown(file), line))
        }),
        place,
        definition,
        has_declarative_module,
    })
}

/// The line that adds a function or class to a module, counted from 1: with `wrap_pyfunction!`, with `add_class`, or with a `use`
/// under `#[pymodule_export]`.
fn line_that_adds(text: &str, name: &str) -> Option<u32> {
    let is_named = |part: &str| {
        part.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
            .any(|word| word == name)
    };
    let at = [
        ("wrap_pyfunction!", ')'),
        ("add_class::<", '>'),
        ("pymodule_export]", ';'),
    ]
    .iter()
    .flat_map(|(words, end)| text.match_indices(words).map(move |found| (found, end)))
    .filter(|((at, words), end)| {
        let rest = &text[at + words.len()..];
        let line = text[..*at].rsplit('\n').next().unwrap_or_default();
        !line.trim_start().starts_with("//")
            && is_named(rest.split(**end).next().unwrap_or_default())
    })
    .map(|((at, _), _)| at)
    .min()?;
    u32::try_from(text[..at].matches('\n').count() + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::line_that_adds;

    #[test]
    fn the_line_that_adds_is_found_in_every_form() {
        let check = |text: &str, expect: Option<u32>| {
            assert_eq!(line_that_adds(text, "twice"), expect, "{text}");
        };
        check("a\nm.add_function(wrap_pyfunction!(twice, m)?)?;", Some(2));
        check(
            "m.add_function(wrap_pyfunction!(inner::twice)(m)?)",
            Some(1),
        );
        check("m.add_class::<twice>()?;", Some(1));
        check("#[pymodule_export]\nuse super::{thrice, twice};", Some(1));
        check("m.add_function(wrap_pyfunction!(twice_as_much, m)?)", None);
        check("// m.add_function(wrap_pyfunction!(twice, m)?)", None);
        check(
            "#[pymodule_export]\nuse super::thrice;\nfn twice() {}",
            None,
        );
    }
}
