//! Hatch's environments (Hatch's documentation, "Environments"), which can also run tests of projects built with
//! maturin.

use toml::Value;

use super::ci::Ci;
use super::is_for_tests;
use crate::manifest::Pyproject;

/// The requirements of the environments that run tests. Hatch's own for tests is `hatch-test`, and the one without a name is
/// `default`.
pub(super) fn of(pyproject: &Pyproject, ci: &Ci) -> Vec<String> {
    let envs = pyproject
        .hatch()
        .and_then(|hatch| hatch.get("envs"))
        .and_then(Value::as_table);
    let runs_tests = |name: &str| {
        is_for_tests(name) || name == "default" || name == "hatch-test" || ci.names(name)
    };
    envs.into_iter()
        .flatten()
        .filter(|(name, _)| runs_tests(name))
        .flat_map(|(_, env)| {
            ["dependencies", "extra-dependencies"]
                .into_iter()
                .filter_map(|key| env.get(key)?.as_array())
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}
