//! What an interpreter expects of the extensions that it is to load.

use anatomy::facts::{Architecture, Version};
use anatomy::{Expectation, Implementation, Libc, PythonVersion, Threading};

use super::environment::InUse;

/// What the interpreter in use expects of an extension.
pub(super) fn by(in_use: &InUse) -> Expectation {
    let interpreter = &in_use.asked.interpreter;
    let mut expected = version(in_use);
    // A 32-bit interpreter on a 64-bit machine says the machine's name.
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

/// The interpreter's version and build alone, which is what a project must suit.
pub(super) fn version(in_use: &InUse) -> Expectation {
    let interpreter = &in_use.asked.interpreter;
    let number = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
    let (major, minor, _) = interpreter.version;
    let expected = Expectation::new()
        .python(PythonVersion::new(number(major), number(minor)))
        .threading(if interpreter.free_threaded {
            Threading::FreeThreaded
        } else {
            Threading::Gil
        });
    match interpreter.implementation.as_str() {
        "CPython" => expected.implementation(Implementation::CPython),
        "PyPy" => expected.implementation(Implementation::PyPy),
        "GraalVM" => expected.implementation(Implementation::GraalPy),
        _ => expected,
    }
}
