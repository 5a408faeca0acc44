//! Locates the manifest line that a finding is based on.

use diagnostic::{Evidence, SourceLocation};

use super::Project;

impl Project<'_> {
    /// The line with a key in a section, as evidence with its text; the whole file if the key isn't found.
    pub(super) fn key(&self, file: &str, section: &str, key: &str) -> Evidence {
        self.line(file, |line| line.section == section && line.has_key(key))
    }

    /// Where the crate's manifest requests PyO3, in any dependency table.
    pub(super) fn pyo3(&self) -> Evidence {
        self.line(self.manifest(), |line| line.asks_for("pyo3"))
    }

    fn line(&self, file: &str, is_it: impl Fn(&Line<'_>) -> bool) -> Evidence {
        let text = self.texts.get(file).map_or("", String::as_str);
        match find(text, is_it) {
            Some((number, line)) => Evidence::at_text(SourceLocation::line(file, number), line),
            None => Evidence::at(SourceLocation::file(file)),
        }
    }

    /// The path to the crate's manifest.
    pub(super) fn manifest(&self) -> &str {
        self.facts
            .cargo
            .as_ref()
            .map_or("Cargo.toml", |cargo| &cargo.path)
    }
}

/// The number and text of the line where a Cargo manifest requests a dependency.
pub(in crate::project) fn find_dependency<'t>(text: &'t str, key: &str) -> Option<(u32, &'t str)> {
    find(text, |line| line.asks_for(key))
}

/// The number and text of the line with a key in a section.
pub(in crate::project) fn find_key<'t>(
    text: &'t str,
    section: &str,
    key: &str,
) -> Option<(u32, &'t str)> {
    find(text, |line| line.section == section && line.has_key(key))
}

fn find(text: &str, is_it: impl Fn(&Line<'_>) -> bool) -> Option<(u32, &str)> {
    let mut section = "";
    (1_u32..).zip(text.lines()).find_map(|(number, text)| {
        let text = text.trim();
        let header = text.strip_prefix('[');
        if let Some(name) = header {
            let name = name.trim_start_matches('[');
            section = name.split(']').next().unwrap_or_default().trim();
        }
        let line = Line {
            text,
            section,
            is_header: header.is_some(),
        };
        is_it(&line).then_some((number, text))
    })
}

/// A line of a manifest.
struct Line<'t> {
    text: &'t str,
    /// The section that it's in or that it starts.
    section: &'t str,
    is_header: bool,
}

impl Line<'_> {
    /// Whether a Cargo manifest requests a dependency here, in any dependency table.
    fn asks_for(&self, key: &str) -> bool {
        let kind = self.section.rsplit('.').next().unwrap_or_default();
        (kind == "dependencies" && self.has_key(key))
            || (self.is_header && self.section.ends_with(&format!("dependencies.{key}")))
    }

    fn has_key(&self, key: &str) -> bool {
        !self.is_header
            && self
                .text
                .strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with(['=', '.']))
    }
}
