//! The interpreter doesn't fit the locked PyO3 and the requested features (`WR0201` to `WR0204`).

use diagnostic::Diagnostic;

use super::Project;
use crate::output::building::{
    abi3_above_interpreter, free_threaded_unsupported, python_too_new, python_too_old,
};
use crate::project::Pyo3Dependency;
use crate::project::pyo3::StableAbi;
use crate::python_api::Pyo3Release;
use crate::target::{Implementation, PythonVersion, Threading};

/// Since this minor version, PyO3 with plain `abi3` builds for the newest stable ABI it knows when the interpreter is
/// newer.
const FIRST_THAT_FALLS_BACK: u32 = 26;

/// What PyO3's build script checks.
struct Build<'a> {
    python: PythonVersion,
    threading: Threading,
    pyo3: &'a Pyo3Dependency,
    /// The PyO3 version in the lock file, and what's known about it.
    locked: Option<(&'a str, Pyo3Release)>,
}

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let expected = project.expected;
    let implementation = expected
        .expected_implementation()
        .unwrap_or(Implementation::CPython);
    if implementation != Implementation::CPython {
        return None;
    }
    let build = Build {
        python: expected.expected_python()?,
        threading: expected.expected_threading().unwrap_or(Threading::Gil),
        pyo3: project.facts.cargo.as_ref()?.pyo3.as_ref()?,
        locked: project
            .facts
            .locked_pyo3()
            .and_then(|version| Some((version, Pyo3Release::of(version)?))),
    };
    // In the order of the build script, which stops at the first problem.
    let finding = build
        .abi3_above()
        .or_else(|| build.too_old())
        .or_else(|| build.too_new())
        .or_else(|| build.free_threaded_unsupported())?;
    Some(finding.because(project.pyo3()))
}

impl Build<'_> {
    fn stable_abi(&self) -> Option<StableAbi> {
        self.pyo3.stable_abi_under(self.python, self.threading)
    }

    /// The version that's compared with the newest supported one: a build for the stable ABI of an older Python counts
    /// as a build for that (`fixup_for_abi3_version` in `pyo3-build-config` up to 0.28, `builder_from_stable_abi`
    /// since).
    fn target(&self, release: Pyo3Release) -> PythonVersion {
        let lowered = match self.stable_abi() {
            Some(StableAbi::Since(oldest)) => Some(oldest),
            Some(StableAbi::OfInterpreter) if release.minor() >= FIRST_THAT_FALLS_BACK => {
                release.newest_python
            }
            _ => None,
        };
        lowered.map_or(self.python, |lowered| self.python.min(lowered))
    }

    fn abi3_above(&self) -> Option<Diagnostic> {
        let Some(StableAbi::Since(wanted)) = self.stable_abi() else {
            return None;
        };
        let python = self.python;
        if wanted <= python {
            return None;
        }
        Some(
            abi3_above_interpreter::RULE
                .finding(format!(
                    "the feature `abi3-py{}{}` requires Python {wanted}, but the interpreter is {python}",
                    wanted.major, wanted.minor
                ))
                .hint(format!(
                    "lower the feature to `abi3-py{}{}`, or build with Python {wanted} or later",
                    python.major, python.minor
                )),
        )
    }

    fn too_old(&self) -> Option<Diagnostic> {
        let (locked, release) = self.locked?;
        let (python, oldest) = (self.python, release.oldest_python);
        if python >= oldest {
            return None;
        }
        Some(
            python_too_old::RULE
                .finding(format!(
                    "Python {python} is too old for PyO3 {locked}, which supports {oldest} and later"
                ))
                .hint(format!("use Python {oldest} or later")),
        )
    }

    fn too_new(&self) -> Option<Diagnostic> {
        let (locked, release) = self.locked?;
        let newest = release.newest_python?;
        if self.target(release) <= release.newest_accepted()? {
            return None;
        }
        let python = self.python;
        Some(
            python_too_new::RULE
                .finding(format!(
                    "Python {python} is too new for PyO3 {locked}, which supports versions up to {newest}"
                ))
                .hint(format!(
                    "upgrade PyO3, or use Python {newest} or older"
                )),
        )
    }

    fn free_threaded_unsupported(&self) -> Option<Diagnostic> {
        let (locked, release) = self.locked?;
        let oldest = release.oldest_free_threaded?;
        let python = self.python;
        if self.threading != Threading::FreeThreaded || python >= oldest {
            return None;
        }
        Some(
            free_threaded_unsupported::RULE
                .finding(format!(
                    "PyO3 {locked} doesn't support the free-threaded build of Python {python}, only that of {oldest} and later"
                ))
                .hint(free_threaded_unsupported::hint(&oldest)),
        )
    }
}
