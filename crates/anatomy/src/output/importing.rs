//! Messages of an import.

pub(crate) mod gil_enabled;
pub(crate) mod library_missing;
pub(crate) mod loader;
pub(crate) mod no_module_returned;
pub(crate) mod second_interpreter;

use super::Check;

/// Specific checks come before general ones: what the loader says about the file itself comes before a missing library.
pub(super) const CHECKS: &[Check] = &[
    loader::initial_exec_tls,
    loader::libpython,
    loader::glibc,
    loader::other_libc,
    loader::wrong_architecture,
    loader::not_loadable,
    loader::undefined_symbol,
    loader::init_function,
    library_missing::check,
    no_module_returned::check,
    second_interpreter::check,
    gil_enabled::check,
];
