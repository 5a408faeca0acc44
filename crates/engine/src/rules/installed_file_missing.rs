//! A binary that an installed package lists has been deleted.
//!
//! `RECORD` lists every file that an installation put into the environment. A binary on that list is gone: deleted
//! by hand, by a cache cleaner, or by installing another package over it. Importing the package fails, or the
//! package silently runs without its fast part.
//!
//! ## Example
//!
//! ```text
//! `markupsafe/_speedups.cpython-311-x86_64-linux-gnu.so` is listed in RECORD but missing
//! ```
//!
//! ## What to do
//!
//! Reinstall the package. pip thinks it's still installed, so you have to force it:
//!
//! ```console
//! $ pip install --force-reinstall --no-deps markupsafe==3.0.3
//! ```
//!
//! ## Where it is specified
//!
//! The Python packaging guide under [recording installed
//! projects](https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file).

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new(
    "WR0414",
    "installed-file-missing",
    include_str!("installed_file_missing.rs"),
);

/// How many of the missing files are shown.
const SHOWN: usize = 5;

/// Judges the missing binaries of a distribution, given by their paths in its file `record`.
pub fn missing_binaries(
    distribution: &str,
    version: &str,
    record: &str,
    missing: &[String],
) -> Option<Diagnostic> {
    let (first, rest) = missing.split_first()?;
    let message = match rest.len() {
        0 => format!("`{first}` is listed in RECORD but missing"),
        more => format!("`{first}` and {more} more are listed in RECORD but missing"),
    };
    let listed: Vec<&str> = missing.iter().take(SHOWN).map(String::as_str).collect();
    let finding = RULE.finding(message).because(Evidence::at_text(
        SourceLocation::file(record),
        listed.join("\n"),
    ));
    Some(finding.hint(format!(
        "install it again: `pip install --force-reinstall --no-deps {distribution}=={version}`"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_binaries_are_named_and_counted() {
        let missing = ["a.so", "b.so"].map(str::to_owned);
        assert_eq!(missing_binaries("fast", "1.0", "RECORD", &[]), None);
        let one = missing_binaries("fast", "1.0", "RECORD", &missing[..1]).unwrap();
        assert_eq!(one.message, "`a.so` is listed in RECORD but missing");
        assert!(one.hint.unwrap().contains("fast==1.0"));
        let two = missing_binaries("fast", "1.0", "RECORD", &missing).unwrap();
        assert!(two.message.starts_with("`a.so` and 1 more"));
    }
}
