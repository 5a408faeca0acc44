//! Finding the line of a manifest that a finding rests on.

use diagnostic::{Evidence, SourceLocation};

use super::Project;

impl Project<'_> {
    /// The line where a key of a section is written: as evidence with its text, or the whole file where it is not found.
    pub(super) fn key(&self, file: &str, section: &str, key: &str) -> Evidence {
        let text = self.texts.get(file).map_or("", String::as_str);
        let mut here = "";
        for (number, line) in (1_u32..).zip(text.lines()) {
            let line = line.trim();
            if let Some(name) = line.strip_prefix('[') {
                here = name
                    .trim_start_matches('[')
                    .split(']')
                    .next()
                    .unwrap_or("")
                    .trim();
            } else if here == section
                && line
                    .strip_prefix(key)
                    .is_some_and(|rest| rest.trim_start().starts_with(['=', '.']))
            {
                return Evidence::at_text(SourceLocation::line(file, number), line);
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
