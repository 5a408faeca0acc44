//! Finding the line of a manifest that a finding rests on.

use diagnostic::{Evidence, SourceLocation};

use super::Project;

impl Project<'_> {
    /// The line where a key of a section is written: as evidence with its text, or the whole file where it is not found.
    pub(super) fn key(&self, file: &str, section: &str, key: &str) -> Evidence {
        self.line(file, |line| line.section == section && line.has_key(key))
    }

    /// Where the crate's manifest asks for PyO3, in whichever table of dependencies it does.
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

    /// The path of the crate's manifest.
    pub(super) fn manifest(&self) -> &str {
        self.facts
            .cargo
            .as_ref()
            .map_or("Cargo.toml", |cargo| &cargo.path)
    }
}

/// The number and the text of the line in which a manifest of cargo asks for a dependency.
pub(in crate::project) fn find_dependency<'t>(text: &'t str, key: &str) -> Option<(u32, &'t str)> {
    find(text, |line| line.asks_for(key))
}

/// The number and the text of the line in which a key of a section is written.
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
    /// The section that it is in, or begins.
    section: &'t str,
    is_header: bool,
}

impl Line<'_> {
    /// Whether a manifest of cargo asks for a dependency here, in whichever table of dependencies.
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
