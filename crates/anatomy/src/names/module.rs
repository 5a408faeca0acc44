//! A module's dotted name, and what follows from it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::punycode;

/// The name that a module is imported by, such as `package.fast`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ModuleName(String);

/// The given name can't be imported as a module.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` isn't a module name: module names are Python identifiers joined by dots")]
pub struct ParseModuleNameError(String);

impl ModuleName {
    /// The full dotted name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, which names the init function and the file. A module in `__init__` is the package itself.
    pub fn leaf(&self) -> &str {
        let name = self.0.strip_suffix(".__init__").unwrap_or(&self.0);
        name.rsplit('.').next().unwrap_or(name)
    }

    /// The function that Python calls to initialise the module: `PyInit_` plus the last part of the name, or `PyInitU_`
    /// plus its punycode if it isn't ASCII (PEP 489).
    pub fn init_function(&self) -> String {
        symbol(self.leaf(), "PyInit_", "PyInitU_")
    }

    /// The function that returns the module's slots, which Python tries first since 3.15 (PEP 793).
    pub fn export_function(&self) -> String {
        symbol(self.leaf(), "PyModExport_", "PyModExportU_")
    }
}

fn symbol(leaf: &str, plain: &str, coded: &str) -> String {
    if leaf.is_ascii() {
        return format!("{plain}{leaf}");
    }
    match punycode::encode(leaf, '_') {
        Some(code) => format!("{coded}{}", code.replace('-', "_")),
        None => format!("{plain}{leaf}"),
    }
}

/// Whether `text` can be a part of a dotted module name. Python's own rule uses Unicode classes; letters, digits and
/// underscores are close enough, because a name refused here is only reported, never renamed.
pub(crate) fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|first| first == '_' || first.is_alphabetic())
        && characters.all(|next| next == '_' || next.is_alphanumeric())
}

impl FromStr for ModuleName {
    type Err = ParseModuleNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.split('.').all(is_identifier) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseModuleNameError(text.to_owned()))
        }
    }
}

impl TryFrom<String> for ModuleName {
    type Error = ParseModuleNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ModuleName> for String {
    fn from(name: ModuleName) -> Self {
        name.0
    }
}

impl fmt::Display for ModuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> ModuleName {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_part_names_the_functions() {
        assert_eq!(name("package.fast").leaf(), "fast");
        assert_eq!(name("package.fast").init_function(), "PyInit_fast");
        assert_eq!(name("fast").export_function(), "PyModExport_fast");
        assert_eq!(name("módulo").init_function(), "PyInitU_mdulo_0ta");
    }

    #[test]
    fn names_that_cannot_be_imported_are_refused() {
        for text in ["", ".", "a..b", "my-crate", "1st", "a b", "a."] {
            assert!(text.parse::<ModuleName>().is_err(), "{text}");
        }
    }
}
