//! Whether a crate's documentation holds examples that `cargo test` runs.

use std::path::Path;

use super::search;
use crate::manifest::CargoToml;
use crate::system::{System, SystemExt};

/// The words after an opening fence by which rustdoc takes the lines for Rust (rustdoc book, "Documentation tests").
const WORDS: [&str; 8] = [
    "rust",
    "ignore",
    "should_panic",
    "no_run",
    "compile_fail",
    "test_harness",
    "standalone_crate",
    "standalone",
];

/// Whether `cargo test` looks for examples in a crate and most likely finds some.
pub(super) fn are_run(system: &dyn System, crate_dir: &Path, cargo: &CargoToml) -> bool {
    let has_library = cargo.has_library() || system.is_file(&crate_dir.join("src/lib.rs"));
    has_library
        && cargo.tests_documentation()
        && search::any_source(system, &crate_dir.join("src"), &may_hold_some)
}

/// Whether a source may hold an example in its documentation: rustdoc has the last word.
fn may_hold_some(text: &str) -> bool {
    let mut is_open = false;
    let mut is_block = false;
    for line in text.lines() {
        let line = line.trim_start();
        if line.contains("doc = include_str!") || line.contains("doc=include_str!") {
            return true;
        }
        let said = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        let said = match said {
            Some(said) => said,
            None if is_block => line.trim_start_matches(['*', ' ']),
            None if line.starts_with("/**") || line.starts_with("/*!") => {
                is_block = true;
                &line[3..]
            }
            None => {
                is_open = false;
                continue;
            }
        };
        is_block &= !line.contains("*/");
        // Lines that are indented are an example as well (CommonMark, "Indented code blocks").
        if !is_open && said.starts_with("     ") && !is_item(said) {
            return true;
        }
        let said = said.trim_start();
        let Some(fence) = ["```", "~~~"]
            .iter()
            .find_map(|mark| said.strip_prefix(mark))
        else {
            continue;
        };
        if !is_open && is_rust(fence) {
            return true;
        }
        is_open = !is_open;
    }
    false
}

/// Whether an indented line goes on with a list, or with the text of one.
fn is_item(said: &str) -> bool {
    let said = said.trim_start();
    said.starts_with(['-', '*', '+']) || said.starts_with(|first: char| first.is_ascii_digit())
}

/// Whether rustdoc takes what follows a fence for Rust.
fn is_rust(after: &str) -> bool {
    let mut words = after
        .split(|letter: char| letter == ',' || letter.is_whitespace())
        .map(|word| word.trim_matches(['`', '~', '{', '}', '.']))
        .filter(|word| !word.is_empty());
    let is_known = |word: &str| {
        WORDS.contains(&word)
            || word.starts_with("ignore-")
            || word.starts_with("edition")
            || (word.starts_with('E') && word.len() == 5)
    };
    words.clone().any(|word| word == "rust") || words.all(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_known_by_their_fences() {
        for text in [
            "/// ```\n/// f();\n/// ```\n",
            "//! ```rust,no_run\n",
            "    /// ```should_panic\n",
            "/** Does it.\n ```\n f();\n ```\n */\n",
            "///     assert!(true);\n",
            "#![doc = include_str!(\"../README.md\")]\n",
            "/// ```python\n/// f()\n/// ```\n/// ```\n",
            "/// ~~~edition2021\n",
        ] {
            assert!(may_hold_some(text), "{text}");
        }
        for text in [
            "/// ```python\n/// f()\n/// ```\n",
            "/// ```text\n///     f()\n/// ```\nfn f() {}\n",
            "// ```\n",
            "/// Says.\nfn f() {\n        g();\n}\n",
            "/// - one\n///     - two\n",
        ] {
            assert!(!may_hold_some(text), "{text}");
        }
    }
}
