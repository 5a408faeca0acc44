//! A crate whose manifest asks for no library that Python can load.

use anatomy::shared::NO_CDYLIB as RULE;
use diagnostic::{Diagnostic, Evidence, Severity, SourceLocation};

/// The manifest asks for no such library, but `wr` built one anyway: like maturin, it passes the crate type itself.
pub(crate) fn built_anyway(manifest: &str, crate_types: &[String]) -> Diagnostic {
    let mut finding = finding(manifest, crate_types).severity(Severity::Warning);
    "the manifest doesn't ask for a library that Python can load; `wr` built one anyway"
        .clone_into(&mut finding.message);
    finding.hint(format!(
        "maturin does the same, but `cargo build` doesn't: write `crate-type = [\"cdylib\"]` under `[lib]` in {manifest}"
    ))
}

pub(crate) fn finding(manifest: &str, crate_types: &[String]) -> Diagnostic {
    let found = if crate_types.is_empty() {
        "no crate-type, which means `rlib`".to_owned()
    } else {
        format!("crate-type = {crate_types:?}")
    };
    RULE.finding("the crate builds no library that Python can load")
        .because(Evidence::at(SourceLocation::file(manifest)))
        .because(Evidence::mismatch(
            "crate type",
            "crate-type = [\"cdylib\"]",
            found,
        ))
        .hint(format!(
            "write `crate-type = [\"cdylib\"]` under `[lib]` in {manifest}"
        ))
}
