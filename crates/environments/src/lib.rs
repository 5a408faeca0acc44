//! Python environments, as their files describe them: which distributions are installed, which of them are editable, and
//! where Python would find a module.
//!
//! Everything is read through the trait [`Files`]. No interpreter is started and no installed code runs, so an environment
//! that nobody trusts can be examined too. The documentation of `site`, `importlib.metadata` and `importlib.machinery` says
//! what Python does; `tests/python.rs` compares this crate with a real interpreter.

mod direct_url;
mod distribution;
mod editable;
mod files;
mod lexical;
pub mod module_search;
mod owners;
mod programs;
mod pth;
mod search_path;
mod site;
mod venv;

#[cfg(test)]
mod fake;

pub use distribution::Distribution;
pub use editable::Editable;
pub use files::{Entry, FileKind, Files};
pub use module_search::Found;
pub use owners::{behind_a_hook, lists_extension, of as owners, outermost_package};
pub use pth::PthFile;
pub use search_path::SearchPath;
pub use site::{SiteLayout, site_directories};
pub use venv::{
    Settings as VenvSettings, comes_from_outside, interpreter_in, is_virtual_environment,
};
