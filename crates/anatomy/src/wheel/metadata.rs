//! A wheel's metadata: the files `METADATA` and `WHEEL` in `.dist-info`.

use serde::Serialize;

use super::name::{Tag, parse_tag};

/// More requirements than any distribution has.
const MOST_REQUIREMENTS: usize = 10_000;

/// The wheel's metadata.
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
    /// The requirements on other distributions: `Requires-Dist` in `METADATA`.
    pub requires_dist: Vec<String>,
    /// Every `Classifier` in `METADATA`, including the Pythons it claims to support.
    pub classifiers: Vec<String>,
    /// `Wheel-Version` in `WHEEL`: its format version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wheel_version: Option<String>,
    /// `Generator` in `WHEEL`: the tool that built it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generator: Option<String>,
    /// `Root-Is-Purelib` of `WHEEL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_purelib: Option<bool>,
    /// The tags in `WHEEL`.
    pub tags: Vec<Tag>,
}

impl Metadata {
    /// The names of the distributions that are always installed with it.
    pub(super) fn always_required(&self) -> impl Iterator<Item = &str> {
        self.requires_dist
            .iter()
            .filter(|one| {
                let marker = one.split_once(';').map_or("", |(_, marker)| marker);
                !marker.contains("extra")
            })
            .filter_map(|one| {
                let is_of_name =
                    |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
                let end = one.find(|letter| !is_of_name(letter)).unwrap_or(one.len());
                one.get(..end).filter(|name| !name.is_empty())
            })
    }

    pub(super) fn read_metadata(&mut self, text: &str) {
        self.name = header(text, "Name");
        self.version = header(text, "Version");
        self.requires_python = header(text, "Requires-Python");
        let all = |key| {
            headers(text, key)
                .take(MOST_REQUIREMENTS)
                .map(str::to_owned)
                .collect()
        };
        self.requires_dist = all("Requires-Dist");
        self.classifiers = all("Classifier");
    }

    pub(super) fn read_wheel(&mut self, text: &str) {
        self.wheel_version = header(text, "Wheel-Version");
        self.generator = header(text, "Generator");
        self.is_purelib =
            header(text, "Root-Is-Purelib").map(|value| value.eq_ignore_ascii_case("true"));
        self.tags = headers(text, "Tag")
            .flat_map(parse_tag)
            .take(1000)
            .collect();
    }
}

/// A header's values; everything after the first empty line is the description.
fn headers<'text>(text: &'text str, key: &str) -> impl Iterator<Item = &'text str> {
    text.lines()
        .take_while(|line| !line.is_empty())
        .filter_map(move |line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case(key).then(|| value.trim())
        })
}

fn header(text: &str, key: &str) -> Option<String> {
    headers(text, key)
        .find(|value| !value.is_empty())
        .map(str::to_owned)
}
