//! Processor architectures.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A processor architecture, as far as loading code depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names speak for themselves.
pub enum Architecture {
    X86,
    X86_64,
    Arm,
    Aarch64,
    Powerpc,
    Powerpc64,
    Powerpc64Le,
    Riscv32,
    Riscv64,
    S390x,
    Loongarch64,
    Mips,
    Mips64,
    Sparc64,
    Wasm32,
    Wasm64,
    /// One that this crate doesn't know.
    Other,
}

impl Architecture {
    /// Parses the name that a platform tag, `platform.machine()` or a target triple starts or ends with.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "i386" | "i486" | "i586" | "i686" | "x86" | "win32" => Self::X86,
            "x86_64" | "amd64" | "x64" => Self::X86_64,
            "arm" | "armv6l" | "armv7" | "armv7l" | "armv8l" | "armhf" => Self::Arm,
            "aarch64" | "arm64" | "arm64e" => Self::Aarch64,
            "ppc" | "powerpc" => Self::Powerpc,
            "ppc64" | "powerpc64" => Self::Powerpc64,
            "ppc64le" | "powerpc64le" => Self::Powerpc64Le,
            "riscv32" => Self::Riscv32,
            "riscv64" => Self::Riscv64,
            "s390x" => Self::S390x,
            "loongarch64" => Self::Loongarch64,
            "mips" | "mipsel" => Self::Mips,
            "mips64" | "mips64el" => Self::Mips64,
            "sparc64" | "sparcv9" => Self::Sparc64,
            "wasm32" => Self::Wasm32,
            "wasm64" => Self::Wasm64,
            _ => return None,
        })
    }

    /// The name that Rust's target triples start with.
    pub fn name(self) -> &'static str {
        match self {
            Self::X86 => "x86",
            Self::X86_64 => "x86_64",
            Self::Arm => "arm",
            Self::Aarch64 => "aarch64",
            Self::Powerpc => "powerpc",
            Self::Powerpc64 => "powerpc64",
            Self::Powerpc64Le => "powerpc64le",
            Self::Riscv32 => "riscv32",
            Self::Riscv64 => "riscv64",
            Self::S390x => "s390x",
            Self::Loongarch64 => "loongarch64",
            Self::Mips => "mips",
            Self::Mips64 => "mips64",
            Self::Sparc64 => "sparc64",
            Self::Wasm32 => "wasm32",
            Self::Wasm64 => "wasm64",
            Self::Other => "an unknown architecture",
        }
    }

    pub(crate) fn from_object(architecture: object::Architecture, little_endian: bool) -> Self {
        use object::Architecture as Object;
        match architecture {
            Object::I386 => Self::X86,
            Object::X86_64 | Object::X86_64_X32 => Self::X86_64,
            Object::Arm => Self::Arm,
            Object::Aarch64 | Object::Aarch64_Ilp32 => Self::Aarch64,
            Object::PowerPc => Self::Powerpc,
            Object::PowerPc64 if little_endian => Self::Powerpc64Le,
            Object::PowerPc64 => Self::Powerpc64,
            Object::Riscv32 => Self::Riscv32,
            Object::Riscv64 => Self::Riscv64,
            Object::S390x => Self::S390x,
            Object::LoongArch64 => Self::Loongarch64,
            Object::Mips => Self::Mips,
            Object::Mips64 | Object::Mips64_N32 => Self::Mips64,
            Object::Sparc64 => Self::Sparc64,
            _ => Self::Other,
        }
    }
}

impl fmt::Display for Architecture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
