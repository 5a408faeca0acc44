//! The book's page with the figures: one section for each part of the benchmark, replaced whenever that part is
//! measured again.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;

/// The measurements are between these lines of the page.
const BEGIN: &str = "<!-- What was measured: written by `cargo xtask bench --write`. -->";
const END: &str = "<!-- End of what was measured. -->";

/// A section starts after a line with the name of its part.
const SECTION: &str = "<!-- part: ";
const SECTION_END: &str = " -->\n";

/// The page, and the machine and tools that its figures come from.
pub(super) struct Page {
    file: PathBuf,
    machine: String,
}

impl Page {
    pub(super) fn new(file: PathBuf, machine: &str) -> Self {
        Self {
            file,
            machine: machine.to_owned(),
        }
    }

    /// Replaces the section of a part. Sections measured on another machine or with other tools are dropped: the
    /// figures on one page are comparable.
    pub(super) fn write(&self, part: &str, order: &[&str], text: &str) -> anyhow::Result<()> {
        let place = || format!("{} cannot be written", self.file.display());
        let page = fs::read_to_string(&self.file).with_context(place)?;
        fs::write(&self.file, self.replaced(&page, part, order, text)?).with_context(place)
    }

    fn replaced(
        &self,
        page: &str,
        part: &str,
        order: &[&str],
        text: &str,
    ) -> anyhow::Result<String> {
        let missing = |line: &str| format!("{}: the line `{line}` is missing", self.file.display());
        let (before, rest) = page.split_once(BEGIN).with_context(|| missing(BEGIN))?;
        let (present, after) = rest.split_once(END).with_context(|| missing(END))?;
        let (machine, sections) = present.split_once(SECTION).unwrap_or((present, ""));
        let kept = if machine.trim() == self.machine {
            sections
        } else {
            ""
        };
        let kept: Vec<(&str, &str)> = kept
            .split(SECTION)
            .filter_map(|section| section.split_once(SECTION_END))
            .collect();
        let mut written = format!("{before}{BEGIN}\n\n{}\n\n", self.machine);
        for name in order {
            let section = if *name == part {
                Some(text)
            } else {
                kept.iter()
                    .find(|(kept, _)| kept == name)
                    .map(|(_, text)| *text)
            };
            if let Some(section) = section {
                let section = section.trim();
                written.push_str(&format!("{SECTION}{name}{SECTION_END}\n{section}\n\n"));
            }
        }
        Ok(format!("{written}{END}{after}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, Page};

    const ORDER: [&str; 3] = ["small", "medium", "idle"];

    fn written(machine: &str, page: &str, part: &str, text: &str) -> String {
        Page::new("speed.md".into(), machine)
            .replaced(page, part, &ORDER, text)
            .unwrap()
    }

    #[test]
    fn a_part_replaces_only_its_own_section() {
        let empty = format!("before\n{BEGIN}\n{END}\nafter\n");
        let page = written("here", &empty, "idle", "nothing");
        let page = written("here", &page, "small", "old");
        let page = written("here", &page, "small", "new");
        assert_eq!(
            page,
            format!(
                "before\n{BEGIN}\n\nhere\n\n<!-- part: small -->\n\nnew\n\n<!-- part: idle -->\n\nnothing\n\n{END}\nafter\n"
            )
        );
    }

    #[test]
    fn figures_of_another_machine_are_dropped() {
        let empty = format!("{BEGIN}\n{END}\n");
        let page = written("here", &empty, "idle", "nothing");
        let page = written("there", &page, "small", "new");
        assert!(
            !page.contains("nothing") && page.contains("there"),
            "{page}"
        );
    }
}
