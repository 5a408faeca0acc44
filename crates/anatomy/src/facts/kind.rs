//! What kind of thing a file is.

use std::fmt;

use serde::Serialize;

/// What kind of thing a binary is; only a shared library can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A shared library of the plain sort, such as Rust's `cdylib`; on macOS also a bundle.
    SharedLibrary,
    /// Rust's `dylib`: a shared library that carries metadata for the compiler that made it.
    RustDylib,
    /// A program, position independent or not.
    Executable,
    /// What a compiler writes for the linker: not yet linked.
    ObjectFile,
    /// A collection of object files: not yet linked.
    Archive(ArchiveKind),
    /// Debug information that was taken out of a library or program (`objcopy --only-keep-debug`), without the code.
    DebugFile,
    /// Anything else, such as a core dump.
    Other,
}

/// What is in an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveKind {
    /// Rust's `rlib`: object files and metadata for the compiler.
    Rlib,
    /// An import library of Windows: only says what a DLL exports.
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
            Self::Other => "file of another kind",
        })
    }
}
