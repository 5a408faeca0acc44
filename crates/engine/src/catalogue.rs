//! All rules of the engine in one list.

use diagnostic::Rule;

use crate::judge::COMPILER_RULES;
use crate::rules::{self};

/// Every rule of the engine.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let of_compiler = COMPILER_RULES.iter().map(|one| &one.rule);
    RULES.iter().copied().chain(of_compiler)
}

/// Every rule that isn't about the compiler's words, in the order of their codes.
const RULES: &[&Rule] = &[
    &rules::pyo3_compiled_again::RULE,
    &rules::pyo3_feature_missing::RULE,
    &rules::dependency_does_not_compile::RULE,
    &rules::compile_error::RULE,
    &rules::cargo_failed::RULE,
    &rules::test_failed::RULE,
    &rules::test_error::RULE,
    &rules::import_failed::RULE,
    &rules::name_not_in_module::RULE,
    &rules::no_tests::RULE,
    &rules::ended_early::RULE,
    &rules::timed_out::RULE,
    &rules::limit_exceeded::RULE,
    &rules::command_failed::RULE,
    &rules::pytest_refused::RULE,
    &rules::skipped_for_missing_package::RULE,
    &rules::same_module_name::RULE,
    &rules::no_interpreter::RULE,
    &rules::interpreter_too_old::RULE,
    &rules::program_missing::RULE,
    &rules::venv_unavailable::RULE,
    &rules::packages_not_installed::RULE,
    &rules::no_space::RULE,
    &rules::state_unwritable::RULE,
    &rules::tools_ready::RULE,
    &rules::environment_unusable::RULE,
    &rules::index_unreachable::RULE,
    &rules::misleading_variable::RULE,
    &rules::installed_file_missing::RULE,
    &rules::not_as_locked::RULE,
    &rules::pytest_too_old::RULE,
    &rules::tests_changed::RULE,
    &rules::progress_unusable::RULE,
];
