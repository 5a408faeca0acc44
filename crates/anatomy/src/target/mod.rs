//! What an extension is for: a Python, and the system that it runs on. Nothing here knows anything about binaries.

mod architecture;
mod implementation;
mod python;
mod system;
mod version;

pub use architecture::Architecture;
pub use implementation::{Implementation, Threading};
pub use python::{ParsePythonError, Python};
pub use system::{ParseSystemError, System};
pub use version::PythonVersion;
