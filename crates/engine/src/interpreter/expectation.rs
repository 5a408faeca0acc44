//! What an interpreter expects of the extensions that it loads.

use anatomy::{Expectation, Implementation, PythonVersion, Threading};

use super::Interpreter;

impl Interpreter {
    /// Its version, build and implementation, which a project and its libraries have to match.
    pub fn expectation(&self) -> Expectation {
        let (major, minor, _) = self.version;
        let number = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
        let expected = Expectation::new()
            .python(PythonVersion::new(number(major), number(minor)))
            .threading(if self.free_threaded {
                Threading::FreeThreaded
            } else {
                Threading::Gil
            });
        match self.implementation.as_str() {
            "CPython" => expected.implementation(Implementation::CPython),
            "PyPy" => expected.implementation(Implementation::PyPy),
            "GraalVM" => expected.implementation(Implementation::GraalPy),
            _ => expected,
        }
    }
}
