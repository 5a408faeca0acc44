//! The rules: one per file, whose module documentation is the page that `wr explain` shows.

mod glibc_too_new;
mod init_function_missing;
mod init_function_name;
mod links_libpython;
mod not_loadable;
mod other_libc;
mod outside_stable_abi;
mod undefined_python_symbols;
mod wrong_architecture;
mod wrong_suffix;

use diagnostic::{Diagnostic, Rule};

use crate::expectation::Expectation;
use crate::facts::Facts;

/// Every rule of this crate, in the order of their codes.
pub const RULES: &[&Rule] = &[
    &init_function_name::RULE,
    &init_function_missing::RULE,
    &links_libpython::RULE,
    &not_loadable::RULE,
    &wrong_architecture::RULE,
    &undefined_python_symbols::RULE,
    &wrong_suffix::RULE,
    &outside_stable_abi::RULE,
    &glibc_too_new::RULE,
    &other_libc::RULE,
];

/// Judges a binary. One cause yields one finding: a file that cannot be loaded at all is not also blamed for what it
/// lacks, and the images of a universal file that all have one fault share one finding.
pub(crate) fn judge(facts: &Facts, expected: &Expectation) -> Vec<Diagnostic> {
    if let Some(finding) = not_loadable::check(facts, expected) {
        return vec![finding];
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
    ];
    versions
        .into_iter()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_pages_are_pages() {
        let codes: Vec<&str> = RULES.iter().map(|rule| rule.code().as_str()).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        for rule in RULES {
            let page = rule.page();
            assert!(
                page.summary().ends_with('.'),
                "{} needs a summary",
                page.code
            );
            for heading in ["## Example", "## What to do", "## Where it is specified"] {
                assert!(
                    page.markdown.contains(heading),
                    "{} lacks {heading}",
                    page.code
                );
            }
        }
    }
}
