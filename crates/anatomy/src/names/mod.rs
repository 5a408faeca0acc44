//! Names: of modules, of the functions that initialise them, and of the files that hold them.

mod distribution;
mod file;
mod module;
mod punycode;

pub use distribution::normalized_distribution;
pub use file::{AbiTag, FileName, is_binary_name};
pub use module::{ModuleName, ParseModuleNameError};

pub(crate) use module::is_identifier;
pub(crate) use punycode::decode as decode_punycode;
