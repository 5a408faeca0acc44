//! That the crate builds no library for Python, seen in its manifest.

use anatomy::shared::NO_CDYLIB as RULE;
use diagnostic::{Diagnostic, Evidence, SourceLocation};

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
