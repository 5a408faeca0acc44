//! The name of a chapter's or exercise's folder: a number, an underscore, and whatever the author chose.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// The number before the underscore: `7`, `07` and `007` are equal.
///
/// The significant digits are kept as a string, so that no folder name has too large a number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// Parses decimal digits and nothing else.
    pub fn parse(digits: &str) -> Option<Self> {
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Some(Self(digits.trim_start_matches('0').to_owned()))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        // Without leading zeros, the longer number is the larger one.
        (self.0.len(), &self.0).cmp(&(other.0.len(), &other.0))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(if self.0.is_empty() { "0" } else { &self.0 })
    }
}

/// A folder name such as `01_intro`: two or more digits, an underscore, and a name.
///
/// Names are ordered by number, then alphabetically, which is the order of the course.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FolderName {
    number: Number,
    text: String,
}

impl FolderName {
    /// The number before the underscore.
    pub fn number(&self) -> &Number {
        &self.number
    }

    /// The whole folder name.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The name without its number: `intro` in `01_intro`.
    pub fn title(&self) -> &str {
        self.text
            .split_once('_')
            .map_or(self.text.as_str(), |(_, title)| title)
    }
}

impl fmt::Display for FolderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Serialize for FolderName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// The input isn't the name of a chapter's or exercise's folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not two or more digits, an underscore and a name, such as 01_intro")]
pub struct ParseNameError(String);

impl FromStr for FolderName {
    type Err = ParseNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || ParseNameError(text.to_owned());
        let (digits, title) = text.split_once('_').ok_or_else(refused)?;
        let number = Number::parse(digits).ok_or_else(refused)?;
        // Input that couldn't be the name of a single folder must not become one just because someone typed it.
        if digits.len() < 2 || title.is_empty() || text.contains(['/', '\0']) {
            return Err(refused());
        }
        Ok(Self {
            number,
            text: text.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expect: Option<&str>) {
        let number = text
            .parse::<FolderName>()
            .ok()
            .map(|name| name.number().to_string());
        assert_eq!(number.as_deref(), expect, "{text:?}");
    }

    #[test]
    fn two_or_more_digits_and_any_name() {
        check("01_intro", Some("1"));
        check("00_welcome", Some("0"));
        check("007_bond", Some("7"));
        check("100_century", Some("100"));
        check("01_return-values", Some("1"));
        check("02_größe und maß", Some("2"));
        check("03_名前", Some("3"));
        check("04_a_b_c", Some("4"));
        check("05__", Some("5"));
        check(
            "999999999999999999999999999999_x",
            Some("999999999999999999999999999999"),
        );
    }

    #[test]
    fn other_names_are_refused() {
        for text in [
            "", "_", "1_intro", "01", "01_", "01-intro", "x01_a", ".01_a", "+1_a", "٠١_a", "01_a/b",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn order_is_by_number_then_by_name() {
        let mut names: Vec<FolderName> = [
            "10_a",
            "9999999999999999999999999_a",
            "02_b",
            "002_c",
            "02_a",
        ]
        .iter()
        .map(|text| text.parse().unwrap())
        .collect();
        names.sort();
        let names: Vec<_> = names.iter().map(FolderName::as_str).collect();
        assert_eq!(
            names,
            [
                "002_c",
                "02_a",
                "02_b",
                "10_a",
                "9999999999999999999999999_a"
            ]
        );
    }

    #[test]
    fn the_title_is_what_follows_the_number() {
        assert_eq!("01_a_b".parse::<FolderName>().unwrap().title(), "a_b");
    }

    proptest! {
        #[test]
        fn no_input_panics(text in any::<String>()) {
            let _ = text.parse::<FolderName>();
        }

        #[test]
        fn a_name_round_trips(digits in "[0-9]{2,40}", title in "[^/\0]{1,20}") {
            let text = format!("{digits}_{title}");
            let name: FolderName = text.parse().unwrap();
            prop_assert_eq!(name.as_str(), text);
            prop_assert_eq!(name.title(), title);
        }

        #[test]
        fn numbers_are_ordered_as_numbers(a in any::<u64>(), b in any::<u64>()) {
            let parse = |n: u64| Number::parse(&format!("{n:025}")).unwrap();
            prop_assert_eq!(parse(a).cmp(&parse(b)), a.cmp(&b));
        }
    }
}
