//! Recognises the tool that made a build from the build's variables.

use std::collections::BTreeMap;
use std::path::Path;

/// The tool that built, from the variables that it sets for build scripts.
pub(super) fn of(variables: &BTreeMap<String, Option<String>>) -> &'static str {
    let value = |name: &str| variables.get(name).and_then(Option::as_deref);
    let python = value("PYO3_PYTHON").unwrap_or_default();
    if value("PYO3_CONFIG_FILE").is_some_and(is_of_wr) {
        "wr"
    } else if python.contains("/builds-v0/") {
        // uv's cache bucket for isolated builds.
        "uv (in an isolated build environment)"
    } else if python.contains("pip-build-env-") {
        "pip (in an isolated build environment)"
    } else if value("PYO3_ENVIRONMENT_SIGNATURE").is_some() {
        // Only maturin sets it, so that PyO3 doesn't depend on PATH.
        "maturin"
    } else {
        "cargo (by hand or from an editor)"
    }
}

/// Whether it uses a different interpreter path each time.
pub(super) fn is_isolated(tool: &str) -> bool {
    tool.ends_with("isolated build environment)")
}

/// Whether a configuration file is one that `wr` writes.
pub(super) fn is_of_wr(file: &str) -> bool {
    let file = Path::new(file);
    let has_name = file
        .file_stem()
        .is_some_and(|stem| stem.to_string_lossy().starts_with("pyo3-"));
    let dir = file.parent().and_then(Path::file_name);
    has_name
        && dir.is_some_and(|dir| dir == "pyo3")
        && file.extension().is_some_and(|end| end == "txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool(pairs: &[(&str, &str)]) -> &'static str {
        let set = |(name, value): &(&str, &str)| ((*name).to_owned(), Some((*value).to_owned()));
        of(&pairs.iter().map(set).collect())
    }

    #[test]
    fn tools_are_recognised_by_their_variables() {
        let python = ("PYO3_PYTHON", "/v/bin/python");
        let signature = ("PYO3_ENVIRONMENT_SIGNATURE", "cpython-3.11-64bit");
        let isolated = (
            "PYO3_PYTHON",
            "/root/.cache/uv/builds-v0/.tmpc4wQF0/bin/python",
        );
        assert_eq!(tool(&[python, signature]), "maturin");
        assert!(is_isolated(tool(&[isolated, signature])));
        assert!(tool(&[isolated]).starts_with("uv"));
        assert!(tool(&[python]).starts_with("cargo"));
        assert_eq!(
            tool(&[("PYO3_CONFIG_FILE", "/c/.wr/pyo3/pyo3-3.11-0123456789ab.txt")]),
            "wr"
        );
        assert!(tool(&[("PYO3_CONFIG_FILE", "/c/pyo3.txt")]).starts_with("cargo"));
    }
}
