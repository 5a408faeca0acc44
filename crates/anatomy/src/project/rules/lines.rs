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
        self.line(self.manifest(), |line| {
            let kind = line.section.rsplit('.').next().unwrap_or_default();
            (kind == "dependencies" && line.has_key("pyo3"))
                || (line.is_header && line.section.ends_with("dependencies.pyo3"))
        })
    }

    fn line(&self, file: &str, is_it: impl Fn(&Line<'_>) -> bool) -> Evidence {
        let text = self.texts.get(file).map_or("", String::as_str);
        let mut section = "";
        for (number, text) in (1_u32..).zip(text.lines()) {
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
            if is_it(&line) {
                return Evidence::at_text(SourceLocation::line(file, number), text);
            }
        }
        Evidence::at(SourceLocation::file(file))
    }

    /// The path of the crate's manifest.
    pub(super) fn manifest(&self) -> &str {
        self.facts
            .cargo
            .as_ref()
            .map_or("Cargo.toml", |cargo| &cargo.path)
    }
}

/// A line of a manifest.
struct Line<'t> {
    text: &'t str,
    /// The section that it is in, or begins.
    section: &'t str,
    is_header: bool,
}

impl Line<'_> {
    fn has_key(&self, key: &str) -> bool {
        !self.is_header
            && self
                .text
                .strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with(['=', '.']))
    }
}
