//! Once the wheel is installed, Python runs code from it every time it starts.
//!
//! When Python starts, it reads every `.pth` file next to the installed packages and runs the lines that start with
//! `import`. Since Python 3.15 it also calls the functions that `.start` files name. And it imports `sitecustomize` and
//! `usercustomize` if they exist. None of this waits until someone imports the package: it happens in every program
//! that runs in the environment, including pip.
//!
//! There are good reasons for it, such as measuring the coverage of subprocesses, or patches that have to come first.
//! There are bad ones too, and a reviewer should know which it is. Code that build backends put there for editable
//! installs, for legacy namespace packages and for `distutils` is reported as a fact but isn't a finding. There can be
//! only one `sitecustomize`, so one from a wheel replaces the system's or another package's; that's a warning.
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
//! Read the code. If it's your wheel and the code isn't needed before your package is imported, move it into the
//! package.
//!
//! ## Where it is specified
//!
//! Python's documentation for the module [site](https://docs.python.org/3/library/site.html);
//! [PEP 829](https://peps.python.org/pep-0829/) for `.start` files.

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::others;
use crate::wheel::{StartupFile, StartupKind, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0619",
    "wheel-runs-at-startup",
    include_str!("startup.rs"),
);

/// The finding lists at most this many files.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let mut running: Vec<&StartupFile> = facts
        .startup
        .iter()
        .filter(|file| file.runs_code() && !is_known(file))
        .collect();
    // Modules that can only exist once come first.
    running.sort_by_key(|file| !is_module(file));
    let first = running.first()?;
    let others = others(running.len() - 1);
    let what = match first.kind {
        StartupKind::Pth => "runs its lines that start with `import`",
        StartupKind::Start => "calls the functions that it names",
        StartupKind::SiteCustomize | StartupKind::UserCustomize => "imports it",
    };
    let finding = RULE
        .finding(format!(
            "once `{}` is installed, Python {what} every time it starts{others}",
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
    Some(finding.hint("read what it runs; code that can wait belongs in the package"))
}

fn is_module(file: &StartupFile) -> bool {
    matches!(
        file.kind,
        StartupKind::SiteCustomize | StartupKind::UserCustomize
    )
}

/// Whether it only contains code that build backends generate.
fn is_known(file: &StartupFile) -> bool {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let all = |test: &dyn Fn(&str) -> bool| file.code.iter().all(|line| test(line.trim()));
    file.kind == StartupKind::Pth
        && (
            // setuptools: its own `distutils`.
            (name == "distutils-precedence.pth"
                && all(&|line| {
                    // One statement after another; the function it finally calls differs between versions.
                    let shim = "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == 'local'; enabled and __import__('_distutils_hack')";
                    matches!(line.strip_prefix(shim), Some("" | ";" | ".add_shim();"))
                }))
            // Editable installs.
            || (name.starts_with("__editable__") && all(&is_finder))
            || (name.starts_with('_') && name.ends_with("_editable.pth") && all(&|line| line == format!("import {}", name.trim_end_matches(".pth"))))
            // Namespace packages of setuptools.
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
