//! Test frameworks: what one has to provide, and the list of those that `wr` runs.

use std::path::Path;

use super::python::Pytest;
use super::rust::Libtest;
use super::{Engine, Stop, Work};
use crate::environment::Environment;
use crate::event::Step;
use crate::subject::{Extension, Kind, PythonTests, RustCrate, WheelProject};
use crate::test::Suite;

/// The frameworks, in the order in which their tests run.
pub(crate) const FRAMEWORKS: [&dyn TestFramework; 2] = [&Libtest, &Pytest];

/// A test framework. Verdicts are made from its suites alone.
pub(crate) trait TestFramework: Sync {
    /// The step in which its tests run.
    fn step(&self) -> Step;

    /// Whether a subject of this kind has tests for it.
    fn applies(&self, kind: &Kind) -> bool;

    /// Runs the tests as the step, with what the compiler warned of if they had to be built; `None` if there are none.
    fn run(
        &self,
        engine: &mut Engine<'_>,
        work: &mut Work<'_>,
        built: &Built<'_>,
    ) -> Result<Option<(Suite, Vec<String>)>, Stop>;

    /// The suite in what a command of the course printed, if the command ran this framework. `shown` shows a path of a Rust
    /// source, relative to `root`.
    fn read_printed(
        &self,
        text: &str,
        root: &Path,
        shown: &dyn Fn(&str) -> String,
    ) -> Option<Suite>;
}

/// What to test.
#[derive(Clone, Copy)]
pub(crate) enum Built<'b> {
    /// An extension module.
    Extension {
        extension: &'b Extension,
        environment: &'b Environment,
        /// The directory that makes it importable.
        exposed: &'b Path,
        /// PyO3's configuration.
        config: &'b Path,
    },
    /// A wheel that was unpacked in a directory.
    Wheel {
        project: &'b WheelProject,
        environment: &'b Environment,
        dir: &'b Path,
    },
    /// A Rust crate, of which nothing is built before its tests.
    Rust {
        rust: &'b RustCrate,
        /// The environment whose Python its programs embed.
        embedded: Option<&'b Environment>,
    },
    /// Python alone.
    Python {
        tests: &'b PythonTests,
        environment: &'b Environment,
    },
}

impl Engine<'_> {
    /// Runs the tests of all frameworks; what the compiler warned of comes with the suites.
    pub(super) fn test(
        &mut self,
        work: &mut Work<'_>,
        built: Built<'_>,
    ) -> Result<(Vec<Suite>, Vec<String>), Stop> {
        let mut suites = Vec::new();
        let mut warnings = Vec::new();
        for framework in FRAMEWORKS {
            if let Some((suite, said)) = framework.run(self, work, &built)? {
                work.note_parts(&suite);
                suites.push(suite);
                warnings.extend(said);
            }
        }
        Ok((suites, warnings))
    }
}
