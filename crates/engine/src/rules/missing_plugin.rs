//! A missing pytest plugin that the tests need, recognised from pytest's output.

/// Prefixes of pytest plugins' options, and the distribution that provides each.
const OPTIONS: [(&str, &str); 22] = [
    ("--asyncio-", "pytest-asyncio"),
    ("--benchmark-", "pytest-benchmark"),
    ("--codspeed", "pytest-codspeed"),
    ("--cov", "pytest-cov"),
    ("--dist", "pytest-xdist"),
    ("--doctest-plus", "pytest-doctestplus"),
    ("--ds", "pytest-django"),
    ("--forked", "pytest-forked"),
    ("--html", "pytest-html"),
    ("--hypothesis-", "hypothesis"),
    ("--memray", "pytest-memray"),
    ("--mypy", "pytest-mypy"),
    ("--numprocesses", "pytest-xdist"),
    ("--parallel-threads", "pytest-run-parallel"),
    ("--randomly-", "pytest-randomly"),
    ("--reruns", "pytest-rerunfailures"),
    ("--run-parallel", "pytest-run-parallel"),
    ("--ruff", "pytest-ruff"),
    ("--snapshot-", "syrupy"),
    ("--timeout", "pytest-timeout"),
    ("-n", "pytest-xdist"),
    ("--xdist", "pytest-xdist"),
];

/// The distributions whose options pytest didn't recognise. Empty if pytest refused for another reason or the options are
/// of no plugin listed here.
pub(crate) fn of_options(output: &str) -> Vec<&'static str> {
    let Some((_, rest)) = output.split_once("error: unrecognized arguments:") else {
        return Vec::new();
    };
    let arguments = rest.lines().next().unwrap_or_default();
    let mut found: Vec<&str> = arguments
        .split_whitespace()
        .filter_map(|argument| {
            let is_it = |option: &&(&str, &str)| match option.0 {
                // Short options take their value with or without a space.
                "-n" => argument.strip_prefix("-n").is_some_and(|value| {
                    matches!(value, "" | "auto" | "logical") || value.parse::<u32>().is_ok()
                }),
                long => argument.starts_with(long),
            };
            OPTIONS.iter().find(is_it).map(|(_, name)| *name)
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// What to do about them.
pub(crate) fn hint(plugins: &[&str]) -> String {
    let (it, group) = match plugins {
        [_] => ("that plugin", "it"),
        _ => ("those plugins", "them"),
    };
    format!(
        "install {it}: name {} among the project's test dependencies, such as `[dependency-groups] test` in pyproject.toml, \
         and `wr` installs {group}",
        plugins.join(" and ")
    )
}

/// What to do when pytest says that it didn't run the body of an `async def`.
pub(crate) fn of_async_tests(output: &str) -> Option<&'static str> {
    output.starts_with("async def functions are not natively supported").then_some(
        "pytest needs a plugin to run `async def` tests: name pytest-asyncio (with `asyncio_mode = \"auto\"` under \
         `[tool.pytest.ini_options]`) or anyio among the project's test dependencies",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plugins_are_recognised_by_their_options() {
        let output = |rest: &str| {
            format!(
                "ERROR: usage: x\npytest.main(): error: unrecognized arguments: {rest}\n  inifile: x\n"
            )
        };
        assert_eq!(
            of_options(&output("--cov=covd -n")),
            ["pytest-cov", "pytest-xdist"]
        );
        assert_eq!(
            of_options(&output("-n4 --timeout=3")),
            ["pytest-timeout", "pytest-xdist"]
        );
        assert!(of_options(&output("--no-such-thing -nice")).is_empty());
        assert!(of_options("ERROR: file or directory not found: --cov").is_empty());
    }
}
