//! The rules for binaries, one per file. A rule's module documentation is the page that `wr explain` shows.

pub(crate) mod build_search_path;
pub(crate) mod executable_stack;
pub(crate) mod glibc_too_new;
pub(crate) mod init_function_missing;
pub(crate) mod init_function_name;
pub(crate) mod initial_exec_tls;
pub(crate) mod links_libpython;
pub(crate) mod not_loadable;
pub(crate) mod other_libc;
pub(crate) mod outside_stable_abi;
pub(crate) mod shadowed;
pub(crate) mod small_pages;
pub(crate) mod undefined_python_symbols;
pub(crate) mod unsigned;
pub(crate) mod wrong_architecture;
pub(crate) mod wrong_suffix;

pub use shadowed::{Candidate, judge_candidates};

use diagnostic::{Diagnostic, Severity};

use crate::expectation::Expectation;
use crate::facts::Facts;

/// Judges a binary. One cause yields one finding: a file that can't be loaded at all isn't also blamed for what it
/// lacks, and when all images of a universal file have the same fault, they share one finding.
pub(crate) fn judge(facts: &Facts, expected: &Expectation) -> Vec<Diagnostic> {
    // A Rust `dylib` does load, and may have other faults as well.
    let kind = not_loadable::check(facts, expected);
    if let Some(finding) = &kind
        && finding.severity == Severity::Error
    {
        return kind.into_iter().collect();
    }
    // Code for another processor or C library fails for that reason, whatever else is wrong with it.
    let foreign = [wrong_architecture::check, other_libc::check]
        .into_iter()
        .find_map(|check| check(facts, expected));
    if let Some(finding) = foreign {
        return vec![finding];
    }
    // A file for another Python naturally needs symbols that this one doesn't have.
    let versions = wrong_suffix::check(facts, expected)
        .or_else(|| undefined_python_symbols::check(facts, expected));
    let rest = [
        init_function_name::check,
        init_function_missing::check,
        outside_stable_abi::check,
        glibc_too_new::check,
        links_libpython::check,
        initial_exec_tls::check,
        executable_stack::check,
        small_pages::check,
        unsigned::check,
    ];
    kind.into_iter()
        .chain(versions)
        .chain(rest.into_iter().filter_map(|check| check(facts, expected)))
        .collect()
}

/// The last part of the module name that the file should provide: the caller's, or the file's own.
fn expected_leaf(expected: &Expectation) -> Option<String> {
    match (expected.expected_module(), expected.expected_file()) {
        (Some(module), _) => Some(module.leaf().to_owned()),
        (None, Some(file)) => file.module().map(str::to_owned),
        (None, None) => None,
    }
}
