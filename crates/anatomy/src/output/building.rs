//! Messages of a build.

pub(crate) mod abi3_above_interpreter;
pub(crate) mod config_file_relative;
pub(crate) mod crate_not_importable;
pub(crate) mod free_threaded_unsupported;
pub(crate) mod hyphen_in_name;
pub(crate) mod libpython_not_linked;
pub(crate) mod linker_missing;
pub(crate) mod macos_dynamic_lookup;
pub(crate) mod musl_cdylib;
pub(crate) mod no_cdylib;
pub(crate) mod no_environment;
pub(crate) mod no_python_found;
pub(crate) mod pointer_width;
pub(crate) mod python_library_missing;
pub(crate) mod python_source_missing;
pub(crate) mod python_too_new;
pub(crate) mod python_too_old;
pub(crate) mod rust_too_old;
pub(crate) mod two_environments;
pub(crate) mod two_pyo3;

use super::Check;

/// Specific checks come before general ones; a mere warning comes last.
pub(super) const CHECKS: &[Check] = &[
    python_too_new::check,
    python_too_old::check,
    abi3_above_interpreter::check,
    free_threaded_unsupported::check,
    pointer_width::check,
    no_python_found::check,
    no_environment::check,
    config_file_relative::check,
    macos_dynamic_lookup::check,
    libpython_not_linked::check,
    python_library_missing::check,
    two_pyo3::check,
    no_cdylib::check,
    hyphen_in_name::check,
    crate_not_importable::check,
    musl_cdylib::check,
    python_source_missing::check,
    linker_missing::check,
    rust_too_old::check,
    two_environments::check,
];
