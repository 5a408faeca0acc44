//! What kind of file it is.

use std::fmt;

use serde::Serialize;

/// What kind of binary it is; only a shared library can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An ordinary shared library, such as Rust's `cdylib`; on macOS also a bundle.
    SharedLibrary,
    /// Rust's `dylib`: a shared library with metadata for the compiler that built it.
    RustDylib,
    /// A program, position-independent or not.
    Executable,
    /// A compiler's output for the linker: not linked yet.
    ObjectFile,
    /// A collection of object files: not linked yet.
    Archive(ArchiveKind),
    /// Debug information split off from a library or program (`objcopy --only-keep-debug`), without the code.
    DebugFile,
    /// Anything else, such as a core dump.
    Other,
}

/// What an archive contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveKind {
    /// Rust's `rlib`: object files and metadata for the compiler.
    Rlib,
    /// A Windows import library: it only lists what a DLL exports.
    ImportLibrary,
    /// A static library, such as Rust's `staticlib`.
    StaticLibrary,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::SharedLibrary => "shared library",
            Self::RustDylib => "Rust `dylib`",
            Self::Executable => "executable",
            Self::ObjectFile => "object file",
            Self::Archive(ArchiveKind::Rlib) => "Rust `rlib`",
            Self::Archive(ArchiveKind::ImportLibrary) => "import library",
            Self::Archive(ArchiveKind::StaticLibrary) => "static library",
            Self::DebugFile => "debug information",
            Self::Other => "unknown kind of file",
        })
    }
}
