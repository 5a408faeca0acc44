//! The environment variables passed to tools and tests.

use std::collections::BTreeMap;
use std::ffi::OsString;

/// This process's environment, without what an outer cargo added to it. Otherwise the same work would run in a
/// different environment under `cargo run` than under an installed `wr`, and crates that look at those variables would
/// be compiled twice.
pub(crate) fn for_children() -> BTreeMap<OsString, OsString> {
    clean(std::env::vars_os().collect())
}

fn clean(mut env: BTreeMap<OsString, OsString>) -> BTreeMap<OsString, OsString> {
    let under_cargo = env.contains_key(std::ffi::OsStr::new("CARGO_MANIFEST_DIR"));
    if !under_cargo {
        return env;
    }
    env.retain(|name, _| {
        let name = name.to_string_lossy();
        let is_cargos = name.starts_with("CARGO_PKG_")
            || name.starts_with("CARGO_MANIFEST_")
            || name.starts_with("CARGO_BIN_")
            || matches!(
                &*name,
                "CARGO" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "OUT_DIR"
            );
        !is_cargos
    });
    // Cargo prepends its own build directories to the library path of what it runs.
    for name in ["LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"] {
        let name = OsString::from(name);
        let Some(value) = env.get(&name).cloned() else {
            continue;
        };
        let kept: Vec<_> = std::env::split_paths(&value)
            .filter(|dir| {
                let text = dir.to_string_lossy();
                !(text.contains("/target/")
                    || text.contains("/rustlib/")
                    || text.contains("/toolchains/"))
            })
            .collect();
        match std::env::join_paths(&kept) {
            Ok(joined) if !kept.is_empty() => {
                env.insert(name, joined);
            }
            _ => {
                env.remove(&name);
            }
        }
    }
    env
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> BTreeMap<OsString, OsString> {
        pairs
            .iter()
            .map(|(name, value)| (OsString::from(name), OsString::from(value)))
            .collect()
    }

    #[test]
    fn what_cargo_run_adds_is_removed() {
        let inside = env(&[
            ("CARGO_MANIFEST_DIR", "/c"),
            ("CARGO_PKG_NAME", "wr"),
            ("CARGO", "/bin/cargo"),
            ("CARGO_HOME", "/h"),
            ("LD_LIBRARY_PATH", "/r/toolchains/x/lib:/own"),
            ("PATH", "/bin"),
        ]);
        let outside = env(&[
            ("CARGO_HOME", "/h"),
            ("LD_LIBRARY_PATH", "/own"),
            ("PATH", "/bin"),
        ]);
        assert_eq!(clean(inside), outside);
        assert_eq!(clean(outside.clone()), outside);
    }
}
