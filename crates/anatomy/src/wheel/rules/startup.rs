//! Once the wheel is installed, Python runs code from it whenever it starts.
//!
//! When Python starts, it reads every `.pth` file beside the installed packages and runs the lines that begin with `import`; from
//! Python 3.15 on it calls the functions that `.start` files name; and it imports `sitecustomize` and `usercustomize` where there
//! are such modules. None of it waits until somebody imports the package: it happens in every program that runs in the
//! environment, pip among them.
//!
//! There are good reasons: measuring the coverage of subprocesses, patches that have to come first. There are bad ones too, and a
//! reviewer should know which it is. What build backends write there, for packages that are installed in place, for namespaces of
//! old and for `distutils`, is a fact in the report and not a finding. There can be only one `sitecustomize`, so one
//! from a wheel replaces that of the system or of another package, and is a warning.
//!
//! ## Example
//!
//! ```text
//! import os; exec(os.environ.get("FAST_STARTUP", ""))
//! ```
//!
//! in `fast.pth`, at the root of the wheel.
//!
//! ## What to do
//!
//! Read the lines. If it's your wheel and you don't need the code before your package is imported, put it into the package.
//!
//! ## Where it is specified
//!
//! Python's documentation of the module [site](https://docs.python.org/3/library/site.html);
//! [PEP 829](https://peps.python.org/pep-0829/) for `.start` files.

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::others;
use crate::wheel::{StartupFile, StartupKind, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0619",
    "wheel-runs-at-startup",
    include_str!("startup.rs"),
);

/// More files than these say nothing more.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let mut running: Vec<&StartupFile> = facts
        .startup
        .iter()
        .filter(|file| file.runs_code() && !is_known(file))
        .collect();
    // Modules that there can be only one of come first.
    running.sort_by_key(|file| !is_module(file));
    let first = running.first()?;
    let others = others(running.len() - 1);
    let what = match first.kind {
        StartupKind::Pth => "runs its lines that begin with `import`",
        StartupKind::Start => "calls the functions that it names",
        StartupKind::SiteCustomize | StartupKind::UserCustomize => "imports it",
    };
    let finding = RULE
        .finding(format!(
            "once `{}` is installed, Python {what} whenever it starts{others}",
            first.path
        ))
        .severity(if is_module(first) {
            Severity::Warning
        } else {
            Severity::Advice
        });
    let finding = running.iter().take(SHOWN).fold(finding, |finding, file| {
        finding.because(Evidence::Program {
            name: file.path.clone(),
            detail: file.code.first().cloned(),
        })
    });
    Some(finding.hint("read what it runs; code that can wait belongs into the package"))
}

fn is_module(file: &StartupFile) -> bool {
    matches!(
        file.kind,
        StartupKind::SiteCustomize | StartupKind::UserCustomize
    )
}

/// Whether all its code is of a kind that build backends write.
fn is_known(file: &StartupFile) -> bool {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let all = |test: &dyn Fn(&str) -> bool| file.code.iter().all(|line| test(line.trim()));
    file.kind == StartupKind::Pth
        && (
            // setuptools: its own `distutils`.
            (name == "distutils-precedence.pth"
                && all(&|line| {
                    // One statement after the other; which function it calls at last differs between versions.
                    let shim = "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == 'local'; enabled and __import__('_distutils_hack')";
                    matches!(line.strip_prefix(shim), Some("" | ";" | ".add_shim();"))
                }))
            // Packages that are installed in place.
            || (name.starts_with("__editable__") && all(&is_finder))
            || (name.starts_with('_') && name.ends_with("_editable.pth") && all(&|line| line == format!("import {}", name.trim_end_matches(".pth"))))
            // Namespaces of setuptools.
            || (name.ends_with("-nspkg.pth") && all(&|line| line.starts_with("import sys, types, os;") && line.contains("sys.modules.setdefault(") && !line.contains("exec(")))
        )
}

/// `import __editable___fast_1_0_finder; __editable___fast_1_0_finder.install()`
fn is_finder(line: &str) -> bool {
    line.strip_prefix("import ")
        .and_then(|rest| rest.split_once("; "))
        .is_some_and(|(module, call)| {
            module.starts_with("__editable___")
                && call.trim_end_matches(';') == format!("{module}.install()")
        })
}
