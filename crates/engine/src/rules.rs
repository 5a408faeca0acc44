//! The engine's own rules, one file each. Rules about a binary are in `anatomy`.

pub(crate) mod cargo_failed;
pub(crate) mod command_failed;
pub(crate) mod compile_error;
pub(crate) mod crashed;
pub(crate) mod dependency_does_not_compile;
pub(crate) mod ended_early;
pub(crate) mod environment_unusable;
pub(crate) mod hidden_module;
pub(crate) mod import_failed;
pub(crate) mod index_unreachable;
pub(crate) mod installed_file_missing;
pub(crate) mod interpreter_too_old;
pub(crate) mod limit_exceeded;
pub(crate) mod misleading_variable;
pub(crate) mod missing_plugin;
pub(crate) mod name_not_in_module;
pub(crate) mod no_cdylib;
pub(crate) mod no_interpreter;
pub(crate) mod no_space;
pub(crate) mod no_tests;
pub(crate) mod not_as_locked;
pub(crate) mod packages_not_installed;
pub(crate) mod program_missing;
pub(crate) mod progress_unusable;
pub(crate) mod pyo3_compiled_again;
pub(crate) mod pyo3_feature_missing;
pub(crate) mod pytest_refused;
pub(crate) mod pytest_too_old;
pub(crate) mod python_library_missing;
pub(crate) mod rust_panic;
pub(crate) mod same_module_name;
pub(crate) mod skipped_for_missing_package;
pub(crate) mod state_unwritable;
pub(crate) mod test_error;
pub(crate) mod test_failed;
pub(crate) mod tests_changed;
pub(crate) mod timed_out;
pub(crate) mod todo_reached;
pub(crate) mod tools_ready;
pub(crate) mod venv_unavailable;

use diagnostic::{Diagnostic, Rule};

/// Whether a finding only reports that an import failed, of which another finding may know the cause.
pub(crate) fn is_consequence(finding: &Diagnostic) -> bool {
    let rules: [&Rule; 3] = [
        &import_failed::RULE,
        &name_not_in_module::RULE,
        &anatomy::shared::UNDEFINED_PYTHON_SYMBOLS,
    ];
    rules.iter().any(|rule| *rule.code() == finding.code)
}

/// Whether a finding only says that a package lacks a name, which it may have only because Python found the wrong package.
pub(crate) fn is_missing_name_in(finding: &Diagnostic, package: &str) -> bool {
    finding.code == *test_error::RULE.code()
        && finding.message.contains(&format!(
            "AttributeError: module '{package}' has no attribute"
        ))
}
