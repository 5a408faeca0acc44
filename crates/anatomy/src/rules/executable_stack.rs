//! The extension asks for an executable stack, which newer versions of glibc refuse.
//!
//! A library's `PT_GNU_STACK` header says whether code may run on the stack. Hardly any code needs that, and it makes
//! attacks easier. Up to glibc 2.40, loading such a library made the stack of the whole process executable. Since glibc
//! 2.41 the loader refuses it:
//!
//! ```text
//! ImportError: fast.so: cannot enable executable stack as shared object requires: Invalid argument
//! ```
//!
//! The usual cause is an assembly file without the line that says it doesn't need an executable stack: the linker then
//! plays it safe and asks for one. C code that takes the address of a nested function is another cause. A library for
//! x86 or 32-bit ARM that doesn't have this header at all is treated the same way.
//!
//! ## Example
//!
//! A crate compiles an assembly file with `cc`, and the file doesn't end with
//!
//! ```text
//! .section .note.GNU-stack,"",@progbits
//! ```
//!
//! ## What to do
//!
//! Add that line to the file (`%progbits` on ARM). `readelf -S` shows which object files lack it. If you're sure that
//! no code runs on the stack, tell the linker with `-C link-arg=-Wl,-z,noexecstack`, or fix an existing library with
//! `patchelf --clear-execstack`.
//!
//! If the library isn't yours, `GLIBC_TUNABLES=glibc.rtld.execstack=2 python …` allows it again for a single program
//! (glibc 2.42 and later).
//!
//! ## Where it is specified
//!
//! The [release notes of glibc 2.41](https://sourceware.org/git/?p=glibc.git;a=blob;f=NEWS;hb=glibc-2.41), and the C library's
//! manual under [Dynamic Linking
//! Tunables](https://www.gnu.org/software/libc/manual/html_node/Dynamic-Linking-Tunables.html).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::expectation::{Expectation, Libc};
use crate::facts::{Facts, Platform};

pub(crate) static RULE: Rule = Rule::new(
    "WR0118",
    "executable-stack",
    include_str!("executable_stack.rs"),
);

/// The first version of glibc, major and minor, that refuses an executable stack.
const REFUSED_SINCE: (u32, u32) = (2, 41);

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    facts.images.iter().find(|image| {
        image.is_loadable()
            && image.platform == Platform::LinuxGnu
            && image.hardening.executable_stack == Some(true)
    })?;
    let (severity, who) = match expected.expected_libc() {
        Some(Libc::Musl) => return None,
        Some(Libc::Gnu(version)) if version.major_minor() >= REFUSED_SINCE => {
            (Severity::Error, format!("glibc {version} refuses"))
        }
        _ => (Severity::Warning, "glibc 2.41 and later refuse".to_owned()),
    };
    Some(
        RULE.finding(format!(
            "the library asks for an executable stack, which {who}"
        ))
        .severity(severity)
        .because(Evidence::Section {
            name: "PT_GNU_STACK".to_owned(),
            binary: expected.artifact(),
        })
        .hint(
            "add `.section .note.GNU-stack,\"\",@progbits` to its assembly files, or link with `-Wl,-z,noexecstack`",
        ),
    )
}
