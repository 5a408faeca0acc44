//! The mutants that an author accepts, each with a reason: `mutants.toml` next to the solution.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::AuthorError;

/// What an author accepts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Accepted(BTreeMap<String, String>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    survivor: Vec<Survivor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Survivor {
    mutant: String,
    reason: String,
}

impl Accepted {
    /// Reads the file; if there is none, nothing is accepted. The inner error says what is wrong with the file.
    pub(super) fn load(file: &Path) -> Result<Result<Self, String>, AuthorError> {
        match std::fs::read_to_string(file) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Ok(Self::default())),
            Err(source) => Err(AuthorError::file(file)(source)),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let document: Document =
            toml::from_str(text).map_err(|error| error.message().to_owned())?;
        let mut all = BTreeMap::new();
        for survivor in document.survivor {
            if survivor.reason.trim().is_empty() {
                return Err(format!("the reason for {:?} is empty", survivor.mutant));
            }
            all.insert(survivor.mutant, survivor.reason);
        }
        Ok(Self(all))
    }

    /// Why a mutant needn't be noticed.
    pub(super) fn reason(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The accepted mutants.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_needed() {
        let accepted = Accepted::parse("[[survivor]]\nmutant = 'a'\nreason = 'b'\n").unwrap();
        assert_eq!(accepted.reason("a"), Some("b"));
        assert_eq!(accepted.reason("b"), None);
        for text in [
            "[[survivor]]\nmutant = 'a'\nreason = ' '\n",
            "[[survivor]]\nmutant = 'a'\n",
            "[[survivors]]\nmutant = 'a'\nreason = 'b'\n",
        ] {
            assert!(Accepted::parse(text).is_err(), "{text}");
        }
    }
}
