//! A binary that an installed package lists is not there any more.
//!
//! `RECORD` lists every file that an installation put into the environment. A binary on that list is gone: it was deleted by
//! hand, by a cleaner of caches, or by an installation of another package over it. The import of the package fails, or the
//! package goes on without its fast part and says nothing.
//!
//! ## Example
//!
//! ```text
//! `markupsafe/_speedups.cpython-311-x86_64-linux-gnu.so` is listed in RECORD and missing
//! ```
//!
//! ## What to do
//!
//! Install the package again; pip takes it for installed, so it has to be told:
//!
//! ```console
//! $ pip install --force-reinstall --no-deps markupsafe==3.0.3
//! ```
//!
//! ## Where it is specified
//!
//! The Python packaging guide under
//! [recording installed projects](https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file).

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new(
    "WR0414",
    "installed-file-missing",
    include_str!("installed_file_missing.rs"),
);

/// More files than these say nothing more.
const SHOWN: usize = 5;

/// Judges the binaries that a distribution lists in the file `record` and that are missing, by their paths in that.
pub fn missing_binaries(
    distribution: &str,
    version: &str,
    record: &str,
    missing: &[String],
) -> Option<Diagnostic> {
    let (first, rest) = missing.split_first()?;
    let message = match rest.len() {
        0 => format!("`{first}` is listed in RECORD and missing"),
        more => format!("`{first}` and {more} more are listed in RECORD and missing"),
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
    fn what_is_missing_is_named_and_counted() {
        let missing = ["a.so", "b.so"].map(str::to_owned);
        assert_eq!(missing_binaries("fast", "1.0", "RECORD", &[]), None);
        let one = missing_binaries("fast", "1.0", "RECORD", &missing[..1]).unwrap();
        assert_eq!(one.message, "`a.so` is listed in RECORD and missing");
        assert!(one.hint.unwrap().contains("fast==1.0"));
        let two = missing_binaries("fast", "1.0", "RECORD", &missing).unwrap();
        assert!(two.message.starts_with("`a.so` and 1 more"));
    }
}
