//! The dependency graph contains two versions of PyO3.
//!
//! `pyo3-ffi` declares that it links `python`, and cargo only allows one package to do that: two of them would each
//! have their own idea of the interpreter, and their types wouldn't fit together. So cargo stops:
//!
//! ```text
//! error: failed to select a version for `pyo3-ffi`.
//! Only one package in the dependency graph may specify the same links value.
//! ```
//!
//! ## Example
//!
//! The crate uses `pyo3 = "0.30"`, and a dependency such as `numpy = "0.20"` still uses PyO3 0.20.
//!
//! ## What to do
//!
//! Move all of them to one version: crates that build on PyO3 (`numpy`, `pyo3-async-runtimes`, `pythonize`, …) each
//! support a certain PyO3 version, often with a matching version number. If both are already locked,
//! `cargo tree -i pyo3` shows which crate asks for which.
//!
//! ## Where it is specified
//!
//! The cargo book under [the links
//! field](https://doc.rust-lang.org/cargo/reference/build-scripts.html#the-links-manifest-key) and [links in the
//! resolver](https://doc.rust-lang.org/cargo/reference/resolver.html#links).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new("WR0212", "two-pyo3", include_str!("two_pyo3.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output
        .line_with(&["links to the native library `python`"])
        .or_else(|| output.line_with(&["`links = \"python\"`"]))?;
    let asking = asking(output);
    let message = match asking.as_slice() {
        [(one, for_one), (other, for_other)] => format!(
            "the dependency graph contains two versions of PyO3: `{one}` asks for {for_one}, `{other}` for {for_other}"
        ),
        _ => "the dependency graph contains two versions of PyO3".to_owned(),
    };
    let mut finding = output.finding(&RULE, line, message);
    // Cargo's explanation names the crate that asks for each version.
    for line in output
        .lines()
        .filter(|line| {
            line.contains("pyo3")
                && (line.contains("satisfies dependency") || line.contains("package `"))
        })
        .filter(|line| !line.contains("links to the native library"))
        .take(4)
    {
        finding = finding.because(output.evidence(line));
    }
    Some(finding.hint(
        "move every crate that uses PyO3 to one version: use another release of the crate that asks for the older one, or \
         an older `pyo3` in your own crate",
    ))
}

/// Which packages ask for which PyO3, without duplicates, from cargo's explanation of the conflict: "… which satisfies
/// dependency pyo3 = "^0.25.0" of package numpy v0.25.0", with both in backticks.
fn asking<'said>(output: &'said Output<'_>) -> Vec<(&'said str, &'said str)> {
    let mut found = Vec::new();
    for line in output.lines() {
        let Some((wanted, package)) = line
            .split_once("satisfies dependency `pyo3 = \"")
            .and_then(|(_, rest)| rest.split_once("\"` of package `"))
        else {
            continue;
        };
        // For a package that isn't from a registry, the path follows.
        let package = package.split(['`', '(']).next().unwrap_or(package).trim();
        if !found.contains(&(package, wanted)) {
            found.push((package, wanted));
        }
    }
    found
}
