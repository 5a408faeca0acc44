//! The files of `.dist-info`: `METADATA`, `WHEEL` and `RECORD`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::name::{Tag, parse_tag};

/// What the wheel says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Metadata {
    /// `Name` of `METADATA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Version` of `METADATA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `Requires-Python` of `METADATA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_python: Option<String>,
    /// `Generator` of `WHEEL`: what built it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generator: Option<String>,
    /// `Root-Is-Purelib` of `WHEEL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_purelib: Option<bool>,
    /// The tags of `WHEEL`.
    pub tags: Vec<Tag>,
}

impl Metadata {
    pub(super) fn read_metadata(&mut self, text: &str) {
        self.name = header(text, "Name");
        self.version = header(text, "Version");
        self.requires_python = header(text, "Requires-Python");
    }

    pub(super) fn read_wheel(&mut self, text: &str) {
        self.generator = header(text, "Generator");
        self.is_purelib =
            header(text, "Root-Is-Purelib").map(|value| value.eq_ignore_ascii_case("true"));
        self.tags = headers(text, "Tag")
            .flat_map(parse_tag)
            .take(1000)
            .collect();
    }
}

/// The values of a header; the text after the first empty line is the description.
fn headers<'text>(text: &'text str, key: &str) -> impl Iterator<Item = &'text str> {
    text.lines()
        .take_while(|line| !line.is_empty())
        .filter_map(move |line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case(key).then(|| value.trim())
        })
}

fn header(text: &str, key: &str) -> Option<String> {
    headers(text, key).next().map(str::to_owned)
}

/// A wheel with more files than these is not read at all, so more lines say nothing.
const MOST_RECORDED: usize = 200_000;

/// The paths that `RECORD` lists: the first field of each line, which may stand in quotation marks (CSV).
pub(super) fn recorded(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .take(MOST_RECORDED)
        .filter_map(|line| {
            let path = match line.strip_prefix('"') {
                Some(rest) => rest
                    .split_once("\",")
                    .map(|(path, _)| path.replace("\"\"", "\"")),
                None => line.split(',').next().map(str::to_owned),
            };
            path.map(|path| path.replace('\\', "/"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_as_csv() {
        let paths =
            recorded("a/b.py,sha256=x,1\n\"odd,name.txt\",sha256=y,2\r\nx.dist-info/RECORD,,\n");
        assert!(paths.contains("a/b.py") && paths.contains("odd,name.txt"));
        assert_eq!(paths.len(), 3);
    }
}
