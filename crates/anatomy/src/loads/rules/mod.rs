//! The rules that only make sense for a specific Python that should load the extension, one per file.

pub(crate) mod export_function_too_new;
pub(crate) mod no_wheel;
pub(crate) mod other_python_library;
pub(crate) mod other_system;
pub(crate) mod python_excluded;
pub(crate) mod tags_refused;
