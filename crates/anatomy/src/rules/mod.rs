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

use diagnostic::{Diagnostic, Rule, Severity};

use crate::expectation::Expectation;
use crate::facts::Facts;
use crate::loads;
use crate::output::{building, importing, running};
use crate::project;
use crate::wheel;

/// Every rule in this crate, in code order.
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
    &shadowed::RULE,
    &importing::library_missing::RULE,
    &importing::second_interpreter::RULE,
    &importing::gil_enabled::RULE,
    &running::same_class_twice::RULE,
    &importing::nothing_returned::RULE,
    &initial_exec_tls::RULE,
    &executable_stack::RULE,
    &build_search_path::RULE,
    &small_pages::RULE,
    &unsigned::RULE,
    &loads::rules::tags_refused::RULE,
    &loads::rules::other_python_library::RULE,
    &loads::rules::export_function_too_new::RULE,
    &loads::rules::python_not_admitted::RULE,
    &loads::rules::no_wheel::RULE,
    &loads::rules::other_system::RULE,
    &building::python_too_new::RULE,
    &building::python_too_old::RULE,
    &building::abi3_above_interpreter::RULE,
    &building::free_threaded_unsupported::RULE,
    &building::pointer_width::RULE,
    &building::no_python_found::RULE,
    &building::config_file_relative::RULE,
    &building::two_environments::RULE,
    &building::libpython_not_linked::RULE,
    &building::macos_dynamic_lookup::RULE,
    &building::python_library_missing::RULE,
    &building::two_pyo3::RULE,
    &building::no_cdylib::RULE,
    &building::hyphen_in_name::RULE,
    &building::crate_not_importable::RULE,
    &building::musl_cdylib::RULE,
    &building::python_source_missing::RULE,
    &project::rules::maturin_key::RULE,
    &building::linker_missing::RULE,
    &building::rust_too_old::RULE,
    &project::rules::requires_python::RULE,
    &project::rules::function_not_added::RULE,
    &building::no_environment::RULE,
    &project::rules::metadata::RULE,
    &project::rules::flat_layout::RULE,
    &project::rules::uv_cache::RULE,
    &running::unfinished::RULE,
    &running::panic::RULE,
    &running::conversion::RULE,
    &running::overflow::RULE,
    &running::borrowed::RULE,
    &running::no_constructor::RULE,
    &running::unsendable::RULE,
    &running::fatal_signal::RULE,
    &wheel::rules::names_differ::RULE,
    &wheel::rules::platform_untrue::RULE,
    &wheel::rules::policy_untrue::RULE,
    &wheel::rules::suffix_against_tag::RULE,
    &wheel::rules::record::RULE,
    &wheel::rules::pure_tag::RULE,
    &wheel::rules::unportable::RULE,
    &wheel::rules::refused::RULE,
    &wheel::rules::python_excluded::RULE,
    &wheel::rules::same_name::RULE,
    &wheel::rules::macos_untrue::RULE,
    &wheel::rules::zip_irregular::RULE,
    &wheel::rules::damaged::RULE,
    &wheel::rules::uncompared::RULE,
    &wheel::rules::other_python::RULE,
    &wheel::rules::mobile_untrue::RULE,
    &wheel::rules::library_missing::RULE,
    &wheel::rules::disguised::RULE,
    &wheel::rules::startup::RULE,
    &crate::release::METADATA_DIFFERS,
    &crate::release::PROMISE_UNSERVED,
];

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_pages_are_complete() {
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
