//! Whether Rust builds for the processor that the interpreter runs on.

use anatomy::facts::Architecture;
use diagnostic::Evidence;

use crate::doctor::{Check, CheckOutcome, Machine};

pub(super) const CHECK: Check = Check::new("architecture", "architecture", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let (Some(Ok(rustc)), Ok(python)) = (machine.rustc(), machine.interpreter()) else {
        // Each of them has its own check.
        return Vec::new();
    };
    let triple = rustc.host.split('-').next().unwrap_or_default();
    let rust = Architecture::parse(triple);
    // A 32-bit Python on a 64-bit system reports the system's architecture; only its pointer width gives it away.
    let is_narrow = python.pointer_width == 32;
    let of_python = Architecture::parse(&python.machine);
    let rust_width = rust.and_then(width);
    if let Some(rust_width) = rust_width
        && rust_width != python.pointer_width
    {
        let finding = anatomy::shared::POINTER_WIDTH
            .finding(format!(
                "Rust builds for {rust_width}-bit, but the interpreter is {}-bit",
                python.pointer_width
            ))
            .because(Evidence::mismatch(
                "architecture",
                format!("{} ({}-bit)", python.machine, python.pointer_width),
                rustc.host.clone(),
            ))
            .hint(format!(
                "use a {rust_width}-bit Python, or build for a {}-bit Rust target",
                python.pointer_width
            ));
        return vec![CheckOutcome::found(finding)];
    }
    if let (Some(rust), Some(of_python)) = (rust, of_python)
        && rust != of_python
        && !is_narrow
    {
        let finding = anatomy::shared::OTHER_ARCHITECTURE
            .finding(format!(
                "Rust builds for {}, but the interpreter runs on {}",
                rust.name(),
                of_python.name()
            ))
            .because(Evidence::mismatch(
                "architecture",
                python.machine.clone(),
                rustc.host.clone(),
            ))
            .hint("install the Rust toolchain for the interpreter's architecture, or an interpreter for Rust's");
        return vec![CheckOutcome::found(finding)];
    }
    vec![CheckOutcome::fine(format!(
        "Rust builds for {triple}, and Python runs on {}, {}-bit",
        python.machine, python.pointer_width
    ))]
}

/// The width of a pointer in bits.
fn width(architecture: Architecture) -> Option<u32> {
    use Architecture as A;
    Some(match architecture {
        A::X86 | A::Arm | A::Powerpc | A::Riscv32 | A::Mips | A::Wasm32 => 32,
        A::X86_64
        | A::Aarch64
        | A::Powerpc64
        | A::Powerpc64Le
        | A::Riscv64
        | A::S390x
        | A::Loongarch64
        | A::Mips64
        | A::Sparc64
        | A::Wasm64 => 64,
        A::Other => return None,
    })
}
