//! The outcomes of tests, under names that both sides share.

use std::collections::BTreeMap;

/// The outcome of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Skipped,
    Passed,
    Failed,
}

impl Outcome {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// The tests of a run, by name. If two tests share a name, the worst outcome counts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Outcomes(pub(super) BTreeMap<String, Outcome>);

impl Outcomes {
    pub(super) fn add(&mut self, name: String, outcome: Outcome) {
        let present = self.0.entry(name).or_insert(outcome);
        *present = outcome.max(*present);
    }

    pub(super) fn count(&self, outcome: Outcome) -> usize {
        self.0.values().filter(|one| **one == outcome).count()
    }

    /// How many there are of each kind, in words.
    pub(super) fn counts(&self) -> String {
        let counts: Vec<String> = [Outcome::Passed, Outcome::Failed, Outcome::Skipped]
            .into_iter()
            .filter(|outcome| self.count(*outcome) > 0)
            .map(|outcome| format!("{} {}", self.count(outcome), outcome.name()))
            .collect();
        if counts.is_empty() {
            "no tests".to_owned()
        } else {
            counts.join(", ")
        }
    }
}

/// The name of a pytest test in a `JUnit` report, which pytest itself writes: the file's path with dots, the classes,
/// and the function with its parameters (`mangle_test_address` in `_pytest/junitxml.py`).
pub(super) fn junit_name(id: &str) -> String {
    let (address, parameters) = match id.find('[') {
        Some(at) => id.split_at(at),
        None => (id, ""),
    };
    let mut parts = address.split("::");
    let file = parts.next().unwrap_or_default().replace('/', ".");
    let mut name = file.strip_suffix(".py").unwrap_or(&file).to_owned();
    for part in parts {
        name.push('.');
        name.push_str(part);
    }
    name + &escaped(parameters)
}

/// Escapes what XML can't contain, as pytest does (`bin_xml_escape`).
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match u32::from(character) {
            0x9 | 0xA | 0xD | 0x20..=0x7E | 0x80..=0xD7FF | 0xE000..=0xFFFD | 0x1_0000.. => {
                escaped.push(character);
            }
            code @ ..=0xFF => escaped.push_str(&format!("#x{code:02X}")),
            code => escaped.push_str(&format!("#x{code:04X}")),
        }
    }
    escaped
}

/// Whether a test ID from `wr` belongs to a Rust test: its first part names a cargo target rather than a file.
pub(super) fn is_of_rust(id: &str, file: Option<&str>) -> bool {
    let has_extension = |path: &str, extension: &str| {
        std::path::Path::new(path)
            .extension()
            .is_some_and(|one| one == extension)
    };
    match file {
        Some(file) => has_extension(file, "rs"),
        None => !id
            .split("::")
            .next()
            .is_some_and(|first| first.contains('.')),
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Outcomes, is_of_rust, junit_name};

    #[test]
    fn an_identifier_becomes_the_name_that_pytest_writes() {
        for (id, name) in [
            ("tests/test_a.py::test_b", "tests.test_a.test_b"),
            (
                "test_a.py::TestB::test_c[1.5-x]",
                "test_a.TestB.test_c[1.5-x]",
            ),
            (
                "a/test_b.py::test_c[d::e/f.py]",
                "a.test_b.test_c[d::e/f.py]",
            ),
            ("test_a.py::test_b[\u{0}]", "test_a.test_b[#x00]"),
        ] {
            assert_eq!(junit_name(id), name);
        }
    }

    #[test]
    fn the_worst_outcome_of_a_name_counts() {
        let mut outcomes = Outcomes::default();
        outcomes.add("a".to_owned(), Outcome::Failed);
        outcomes.add("a".to_owned(), Outcome::Passed);
        outcomes.add("b".to_owned(), Outcome::Skipped);
        assert_eq!(outcomes.counts(), "1 failed, 1 skipped");
    }

    #[test]
    fn rust_tests_are_distinguished_from_pytest_tests() {
        assert!(is_of_rust("my_crate::tests::it_works", None));
        assert!(!is_of_rust("tests/test_a.py::test_b", None));
        assert!(!is_of_rust("README.md::README.md", None));
        assert!(is_of_rust("my_crate::it", Some("src/lib.rs")));
    }
}
