//! The name of a new project, in each of its forms. Pure: a string in, names or a reason out.

use std::fmt;

/// The modules of Python's standard library, from 3.10 to 3.15 (`sys.stdlib_module_names`), except private ones.
const STDLIB: &str = include_str!("../../data/stdlib.txt");

/// Python's keywords (The Python Language Reference, "Keywords"): `import class` is a syntax error.
const PYTHON_KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Rust's keywords that aren't Python's, in lower case (The Rust Reference, "Keywords"): cargo refuses them as package names.
const RUST_KEYWORDS: [&str; 37] = [
    "abstract", "become", "box", "const", "crate", "do", "dyn", "enum", "extern", "false", "final",
    "fn", "gen", "impl", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv",
    "pub", "ref", "self", "static", "struct", "super", "trait", "true", "type", "typeof", "unsafe",
    "unsized", "use", "virtual",
];

/// Packages that a Rust crate finds without declaring them, and cargo's own names: cargo refuses them, or warns.
const RUST_PACKAGES: [&str; 13] = [
    "alloc",
    "bench",
    "benches",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "pyo3",
    "proc_macro",
    "std",
    "test",
    "where",
];

/// Modules that the tests or the tools import under these names, and directories that the project has.
const TOOLS: [&str; 13] = [
    "conftest",
    "dist",
    "maturin",
    "pip",
    "pytest",
    "pluggy",
    "packaging",
    "iniconfig",
    "python",
    "setuptools",
    "src",
    "target",
    "tests",
];

/// Names that Windows keeps for devices ("Naming Files, Paths, and Namespaces").
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// The names of a project, which belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    /// The distribution, as people write it in requirements, and the crate.
    distribution: String,
    /// The package to import.
    module: String,
}

impl Names {
    /// Derives the names from what someone typed. The distribution's name is normalized (PEP 503), so that the index, the
    /// crate and the directory agree, and the module's has underscores instead of hyphens.
    pub(crate) fn parse(typed: &str) -> Result<Self, BadName> {
        let bad = |why| BadName {
            typed: typed.to_owned(),
            why,
        };
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if typed.is_empty() {
            return Err(bad(Why::Empty));
        }
        if let Some(other) = typed.chars().find(|c| !is_allowed(*c)) {
            return Err(bad(Why::Character(other)));
        }
        let distribution = normalized(typed);
        let starts_well = typed.starts_with(|c: char| c.is_ascii_alphabetic());
        let ends_well = typed.ends_with(|c: char| c.is_ascii_alphanumeric());
        if !starts_well || !ends_well {
            return Err(bad(Why::Ends));
        }
        let module = distribution.replace('-', "_");
        // The longest name that a crate on crates.io may have, and long enough for anybody.
        if module.len() > 64 {
            return Err(bad(Why::TooLong));
        }
        let is = |names: &[&str]| names.iter().any(|name| name.to_lowercase() == module);
        let numbered = module
            .strip_prefix("com")
            .or_else(|| module.strip_prefix("lpt"));
        let is_device = numbered.is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
        if is(&PYTHON_KEYWORDS) {
            Err(bad(Why::PythonKeyword))
        } else if is(&RUST_KEYWORDS) {
            Err(bad(Why::RustKeyword))
        } else if STDLIB.lines().any(|name| name.to_lowercase() == module) {
            Err(bad(Why::Stdlib))
        } else if is(&RUST_PACKAGES) {
            Err(bad(Why::RustPackage))
        } else if is(&TOOLS) {
            Err(bad(Why::Tool))
        } else if is(&DEVICES) || is_device {
            Err(bad(Why::Device))
        } else {
            Ok(Self {
                distribution,
                module,
            })
        }
    }

    pub(crate) fn distribution(&self) -> &str {
        &self.distribution
    }

    pub(crate) fn module(&self) -> &str {
        &self.module
    }
}

/// A distribution's name as indexes compare it (PEP 503, "Normalized Names").
fn normalized(name: &str) -> String {
    let words = name.split(['-', '_', '.']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// Why a project can't have a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadName {
    typed: String,
    why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    Empty,
    Character(char),
    Ends,
    TooLong,
    PythonKeyword,
    RustKeyword,
    Stdlib,
    RustPackage,
    Tool,
    Device,
}

impl fmt::Display for BadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed = &self.typed;
        match self.why {
            Why::Empty => write!(f, "the project has to have a name"),
            Why::Character(c) => write!(
                f,
                "`{typed}` can't be the name of a project: it contains {c:?}"
            ),
            Why::Ends => write!(
                f,
                "`{typed}` can't be the name of a project: it has to start with a letter and end with a letter or digit"
            ),
            Why::TooLong => write!(
                f,
                "`{typed}` is too long for the name of a crate: 64 characters are allowed"
            ),
            Why::PythonKeyword => write!(
                f,
                "`{typed}` is a keyword of Python, so `import {typed}` would be a syntax error"
            ),
            Why::RustKeyword => write!(
                f,
                "`{typed}` is a keyword of Rust, and cargo refuses it as the name of a crate"
            ),
            Why::Stdlib => write!(
                f,
                "`{typed}` is a module of Python's standard library, which Python would import instead of yours"
            ),
            Why::RustPackage => write!(f, "`{typed}` has a meaning of its own for Rust or cargo"),
            Why::Tool => write!(
                f,
                "`{typed}` is a module or directory that the project's own tools and tests use"
            ),
            Why::Device => write!(
                f,
                "`{typed}` is the name of a device on Windows, where no file may be called that"
            ),
        }
    }
}

impl BadName {
    /// What to do.
    pub(crate) fn help(&self) -> String {
        match self.why {
            Why::Empty | Why::Character(_) | Why::Ends | Why::TooLong => {
                "use letters, digits and hyphens, as in `wr new fast-sums`".to_owned()
            }
            _ => format!(
                "choose another name, such as `{}-rs`",
                self.typed.to_lowercase()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(typed: &str, distribution: &str, module: &str) {
        let names = Names::parse(typed).unwrap();
        assert_eq!(
            (names.distribution(), names.module()),
            (distribution, module)
        );
    }

    fn refuse(typed: &str, why: Why) {
        let bad = Names::parse(typed).unwrap_err();
        assert_eq!(bad.why, why, "{typed}");
        assert!(!bad.to_string().is_empty() && !bad.help().is_empty());
    }

    #[test]
    fn the_names_of_a_project_agree() {
        check("fast", "fast", "fast");
        check("fast-sums", "fast-sums", "fast_sums");
        check("Fast_Sums.rs", "fast-sums-rs", "fast_sums_rs");
        check("a--b__c", "a-b-c", "a_b_c");
        check("json2", "json2", "json2");
    }

    #[test]
    fn names_that_do_not_work_are_refused() {
        refuse("", Why::Empty);
        refuse("fast sums", Why::Character(' '));
        refuse("größe", Why::Character('ö'));
        refuse("2fast", Why::Ends);
        refuse("-fast", Why::Ends);
        refuse("fast-", Why::Ends);
        refuse("_fast", Why::Ends);
        refuse(&"a".repeat(65), Why::TooLong);
        refuse("class", Why::PythonKeyword);
        refuse("none", Why::PythonKeyword);
        refuse("crate", Why::RustKeyword);
        refuse("json", Why::Stdlib);
        refuse("JSON", Why::Stdlib);
        refuse("test", Why::RustPackage);
        refuse("annotationlib", Why::Stdlib);
        refuse("core", Why::RustPackage);
        refuse("pytest", Why::Tool);
        refuse("tests", Why::Tool);
        refuse("com1", Why::Device);
        refuse("nul", Why::Device);
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_is_an_identifier_and_stays_what_it_is(typed in "[-._a-zA-Z0-9é ]{0,70}") {
            if let Ok(names) = Names::parse(&typed) {
                let module = names.module();
                prop_assert!(module.starts_with(|c: char| c.is_ascii_lowercase()));
                prop_assert!(module.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
                prop_assert_eq!(Names::parse(names.distribution()), Ok(names.clone()));
            }
        }
    }
}
