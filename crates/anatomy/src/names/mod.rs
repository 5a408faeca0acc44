//! Names of modules, of their init functions, and of their files.

mod distribution;
mod file;
mod module;
mod punycode;

pub use distribution::normalized_distribution;
pub use file::{AbiTag, FileName, is_binary_name};
pub use module::{ModuleName, ParseModuleNameError};

pub(crate) use module::is_identifier;
pub(crate) use punycode::decode as decode_punycode;
