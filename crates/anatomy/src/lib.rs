//! Looks inside an extension module and explains why it fails.
//!
//! Everything here is a function from bytes or strings to values: [`inspect`] turns the bytes of a file into [`Facts`]
//! about it and the [`Diagnostic`](diagnostic::Diagnostic)s that follow from them. This crate opens no paths, starts no
//! processes, reads no environment variables, and never loads or runs what it inspects. It treats all input as hostile:
//! no bytes make it panic, and memory and time are bounded by the input's size and by fixed limits, never by what a
//! header claims.

mod catalogue;
pub mod compare;
mod expectation;
pub mod facts;
mod inspection;
pub mod loads;
mod names;
mod output;
pub mod project;
mod pth;
pub mod python_api;
mod read;
pub mod release;
mod rules;
mod target;
pub mod wheel;
pub mod why;

pub use catalogue::RULES;
pub use expectation::{Expectation, Libc};
pub use facts::Facts;
pub use inspection::{Inspection, inspect, inspect_parts};
pub use names::{
    AbiTag, FileName, ModuleName, ParseModuleNameError, is_binary_name, normalized_distribution,
};
pub use output::{OutputContext, explain_output};
pub use pth::{PthLine, pth_lines};
pub use read::{LooksLike, ReadError};
pub use rules::not_loadable::unreadable as unreadable_extension;
pub use rules::{Candidate, judge_candidates};
pub use target::{Implementation, PythonVersion, Threading};

/// Rules whose cause other crates also find, from evidence other than printed output: one cause has one code, no matter
/// who finds it.
pub mod shared {
    pub use crate::output::building::abi3_above_interpreter::RULE as ABI3_ABOVE_INTERPRETER;
    pub use crate::output::building::config_file_relative::RULE as CONFIG_FILE_RELATIVE;
    pub use crate::output::building::free_threaded_unsupported::RULE as FREE_THREADED_UNSUPPORTED;
    pub use crate::output::building::hyphen_in_name::RULE as HYPHEN_IN_NAME;
    pub use crate::output::building::linker_missing::RULE as LINKER_MISSING;
    pub use crate::output::building::no_cdylib::RULE as NO_CDYLIB;
    pub use crate::output::building::pointer_width::RULE as POINTER_WIDTH;
    pub use crate::output::building::python_library_missing::RULE as PYTHON_LIBRARY_MISSING;
    pub use crate::output::building::python_source_missing::RULE as PYTHON_SOURCE_MISSING;
    pub use crate::output::building::python_too_new::RULE as PYTHON_TOO_NEW;
    pub use crate::output::building::python_too_old::RULE as PYTHON_TOO_OLD;
    pub use crate::output::building::rust_too_old::RULE as RUST_TOO_OLD;
    pub use crate::output::building::two_environments::RULE as TWO_ENVIRONMENTS;
    pub use crate::output::building::two_pyo3::RULE as TWO_PYO3;
    pub use crate::output::importing::library_missing::RULE as LIBRARY_MISSING;
    pub use crate::output::running::fatal_signal::RULE as FATAL_SIGNAL;
    pub use crate::output::running::no_constructor::RULE as NO_CONSTRUCTOR;
    pub use crate::output::running::panic::RULE as PANIC;
    pub use crate::output::running::unfinished::RULE as UNFINISHED;
    pub use crate::output::running::unsendable::RULE as UNSENDABLE;
    pub use crate::project::rules::flat_layout::RULE as FLAT_LAYOUT;
    pub use crate::project::rules::maturin_key::RULE as MISSPELT_MATURIN_KEY;
    pub use crate::project::rules::metadata::RULE as METADATA_REFUSED;
    pub use crate::project::rules::requires_python::RULE as REQUIRES_PYTHON;
    pub use crate::project::rules::uv_cache::RULE as UV_CACHE_KEYS;
    pub use crate::rules::init_function_missing::RULE as INIT_FUNCTION_MISSING;
    pub use crate::rules::init_function_name::RULE as INIT_FUNCTION_NAME;
    pub use crate::rules::outside_stable_abi::RULE as OUTSIDE_STABLE_ABI;
    pub use crate::rules::shadowed::RULE as SHADOWED;
    pub use crate::rules::undefined_python_symbols::RULE as UNDEFINED_PYTHON_SYMBOLS;
    pub use crate::rules::wrong_architecture::RULE as OTHER_ARCHITECTURE;
}
