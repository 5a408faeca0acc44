//! All rules in this crate, in one list.

use diagnostic::Rule;

use crate::output::{building, importing, running};
use crate::{loads, project, release, rules, wheel};

/// Every rule in this crate, in code order.
pub const RULES: &[&Rule] = &[
    &rules::init_function_name::RULE,
    &rules::init_function_missing::RULE,
    &rules::links_libpython::RULE,
    &rules::not_loadable::RULE,
    &rules::wrong_architecture::RULE,
    &rules::undefined_python_symbols::RULE,
    &rules::wrong_suffix::RULE,
    &rules::outside_stable_abi::RULE,
    &rules::glibc_too_new::RULE,
    &rules::other_libc::RULE,
    &rules::shadowed::RULE,
    &importing::library_missing::RULE,
    &importing::second_interpreter::RULE,
    &importing::gil_enabled::RULE,
    &running::same_class_twice::RULE,
    &importing::no_module_returned::RULE,
    &rules::initial_exec_tls::RULE,
    &rules::executable_stack::RULE,
    &rules::build_search_path::RULE,
    &rules::small_pages::RULE,
    &rules::unsigned::RULE,
    &loads::rules::tags_refused::RULE,
    &loads::rules::other_python_library::RULE,
    &loads::rules::export_function_too_new::RULE,
    &loads::rules::python_excluded::RULE,
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
    &running::library_not_found::RULE,
    &wheel::rules::names_differ::RULE,
    &wheel::rules::platform_mismatch::RULE,
    &wheel::rules::policy_unmet::RULE,
    &wheel::rules::suffix_against_tag::RULE,
    &wheel::rules::record::RULE,
    &wheel::rules::pure_tag::RULE,
    &wheel::rules::unportable::RULE,
    &wheel::rules::refused::RULE,
    &wheel::rules::python_excluded::RULE,
    &wheel::rules::same_name::RULE,
    &wheel::rules::macos_too_old::RULE,
    &wheel::rules::zip_irregular::RULE,
    &wheel::rules::damaged::RULE,
    &wheel::rules::uncompared::RULE,
    &wheel::rules::other_python::RULE,
    &wheel::rules::mobile_too_old::RULE,
    &wheel::rules::library_missing::RULE,
    &wheel::rules::disguised::RULE,
    &wheel::rules::startup::RULE,
    &release::METADATA_DIFFERS,
    &release::PROMISE_UNMET,
];

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
