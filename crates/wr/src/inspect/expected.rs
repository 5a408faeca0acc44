//! What an interpreter expects of the extensions it should load.

use anatomy::facts::{Architecture, Version};
use anatomy::{Expectation, Libc};

use super::environment::InUse;

/// What the interpreter in use expects of an extension.
pub(super) fn by(in_use: &InUse) -> Expectation {
    let interpreter = &in_use.asked.interpreter;
    let mut expected = interpreter.expectation();
    // A 32-bit interpreter on a 64-bit machine reports the machine's name.
    if interpreter.pointer_width == 64
        && let Some(architecture) = Architecture::parse(&interpreter.machine)
    {
        expected = expected.architecture(architecture);
    }
    if let Some(offered) = &in_use.offered {
        expected = expected.offered(offered.clone());
    }
    let glibc = in_use.asked.libc.as_deref();
    if let Some(version) = glibc
        .and_then(|text| text.strip_prefix("glibc "))
        .and_then(Version::parse)
    {
        expected = expected.libc(Libc::Gnu(version));
    }
    expected
}
