//! Names: of modules, of the functions that initialise them, and of the files that hold them.

mod file;
mod module;
mod punycode;

pub use file::{AbiTag, FileName};
pub use module::{ModuleName, ParseModuleNameError};

pub(crate) use module::is_identifier;
pub(crate) use punycode::decode as decode_punycode;
