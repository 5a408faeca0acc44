//! Reads cargo's fingerprints (`.fingerprint/PACKAGE-HASH/*.json`), as far as they are needed here.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Note {
    /// Of a compiled library.
    Compiled(Compiled),
    /// Of a build script run.
    BuildScriptRun(BuildScriptRun),
}

/// What identifies a compiled library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Compiled {
    /// The features that it was compiled with.
    pub(super) features: Vec<String>,
    /// The flags from `RUSTFLAGS` and the configuration.
    pub(super) rustflags: Vec<String>,
    /// A digest of the compiler's version.
    pub(super) rustc: u64,
    /// A digest of the profile's settings.
    pub(super) profile: u64,
    /// A digest of the target given with `--target`; 0 without one.
    pub(super) target: u64,
    /// The digests of the units that it depends on, including the run of its build script.
    pub(super) depends_on: Vec<u64>,
}

/// What identifies a build script run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BuildScriptRun {
    /// The variables that it declared, with their values; `None` for one that wasn't set.
    pub(super) variables: BTreeMap<String, Option<String>>,
}

#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    rustc: u64,
    #[serde(default)]
    features: String,
    #[serde(default)]
    profile: u64,
    #[serde(default)]
    rustflags: Vec<String>,
    #[serde(default)]
    compile_kind: u64,
    #[serde(default)]
    deps: Vec<(u64, String, bool, u64)>,
    #[serde(default)]
    local: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Variable {
    var: String,
    val: Option<String>,
}

/// Reads a fingerprint from its file name and content; `None` for one of another kind or in an unknown format.
pub(super) fn read(name: &str, text: &[u8]) -> Option<Note> {
    let is_run = name.starts_with("run-build-script");
    if !is_run && !name.starts_with("lib-") {
        return None;
    }
    let raw: Raw = serde_json::from_slice(text).ok()?;
    if !is_run {
        return Some(Note::Compiled(Compiled {
            // The list is stored as a string.
            features: serde_json::from_str(&raw.features).ok()?,
            rustflags: raw.rustflags,
            rustc: raw.rustc,
            profile: raw.profile,
            target: raw.compile_kind,
            depends_on: raw.deps.into_iter().map(|(.., digest)| digest).collect(),
        }));
    }
    let variables = raw
        .local
        .into_iter()
        .filter_map(|one| {
            let value = one.get("RerunIfEnvChanged")?.clone();
            let variable: Variable = serde_json::from_value(value).ok()?;
            Some((variable.var, variable.val))
        })
        .collect();
    Some(Note::BuildScriptRun(BuildScriptRun { variables }))
}

/// The digest of a unit, from the file next to its fingerprint: the bytes of a little-endian number in hexadecimal.
pub(super) fn digest(text: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let number = u64::from_str_radix(text, 16).ok()?;
    (text.len() == 16).then(|| number.swap_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_scripts_variables_are_read() {
        let text = br#"{"rustc":1,"features":"","profile":0,"local":[
            {"RerunIfChanged":{"output":"o","paths":["/v/pyvenv.cfg"]}},
            {"RerunIfEnvChanged":{"var":"PYO3_PYTHON","val":null}},
            {"RerunIfEnvChanged":{"var":"VIRTUAL_ENV","val":"/v"}}],"rustflags":[],"compile_kind":0}"#;
        let Some(Note::BuildScriptRun(ran)) =
            read("run-build-script-build-script-build.json", text)
        else {
            panic!("it is the fingerprint of a run");
        };
        assert_eq!(ran.variables.get("PYO3_PYTHON"), Some(&None));
        assert_eq!(
            ran.variables.get("VIRTUAL_ENV"),
            Some(&Some("/v".to_owned()))
        );
    }

    #[test]
    fn the_features_of_a_library_are_read() {
        let text = br#"{"rustc":7,"features":"[\"abi3\", \"default\"]","profile":3,"rustflags":["-g"],"deps":[[1,"build_script_build",false,9]]}"#;
        let Some(Note::Compiled(compiled)) = read("lib-pyo3_ffi.json", text) else {
            panic!("it is the fingerprint of a library");
        };
        assert_eq!(compiled.features, ["abi3", "default"]);
        assert_eq!(compiled.rustflags, ["-g"]);
        assert_eq!(compiled.depends_on, [9]);
    }

    #[test]
    fn a_digest_is_the_number_that_other_units_refer_to() {
        assert_eq!(
            digest(b"37972359e3bdecee"),
            Some(17_216_344_259_681_294_135)
        );
        assert_eq!(digest(b"37"), None);
    }

    #[test]
    fn unknown_formats_are_skipped() {
        assert_eq!(read("lib-pyo3.json", b"{\"features\":3}"), None);
        assert_eq!(read("lib-pyo3.json", b"\xff"), None);
        assert_eq!(read("build-script-build.json", b"{}"), None);
    }
}
