//! The rules over binaries: one per file, whose module documentation is the page that `wr explain` shows.

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

/// Judges a binary. One cause yields one finding: a file that cannot be loaded at all is not also blamed for what it
/// lacks, and the images of a universal file that all have one fault share one finding.
pub(crate) fn judge(facts: &Facts, expected: &Expectation) -> Vec<Diagnostic> {
    // A Rust `dylib` does load, and may have other faults beside.
    let kind = not_loadable::check(facts, expected);
    if let Some(finding) = &kind
        && finding.severity == Severity::Error
    {
        return kind.into_iter().collect();
    }
    // Code of another processor or C library brings everything else with it.
    let foreign = [wrong_architecture::check, other_libc::check]
        .into_iter()
        .find_map(|check| check(facts, expected));
    if let Some(finding) = foreign {
        return vec![finding];
    }
    // A file for another Python lacks that one's symbols as a matter of course.
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

/// The last part of the name of the module that the file should serve: the caller's, or the file's own.
fn expected_leaf(expected: &Expectation) -> Option<String> {
    match (expected.expected_module(), expected.expected_file()) {
        (Some(module), _) => Some(module.leaf().to_owned()),
        (None, Some(file)) => file.module().map(str::to_owned),
        (None, None) => None,
    }
}
