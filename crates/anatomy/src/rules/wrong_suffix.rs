//! The file's suffix is for another Python, so this one does not even look at it.
//!
//! Python imports only files whose suffix is in its own list (`importlib.machinery.EXTENSION_SUFFIXES`). A file called
//! `fast.cpython-313-x86_64-linux-gnu.so` is invisible to Python 3.12, a `fast.abi3.so` to a free-threaded build, and
//! either says
//!
//! ```text
//! ModuleNotFoundError: No module named 'fast'
//! ```
//!
//! though the file lies where it should.
//!
//! ## Example
//!
//! A virtual environment was made anew with another Python, and the extension of the old one was left in the source
//! tree. Or a wheel was unpacked or copied by hand instead of being installed, which would have refused it.
//!
//! ## What to do
//!
//! Build again with the interpreter that is to import it (`maturin develop` inside its environment), or use the
//! interpreter that the suffix names. To have one file for many versions, build with one of PyO3's `abi3-py3…`
//! features; for free-threaded builds of Python before 3.15 there is no such shared file.
//!
//! ## Where it is specified
//!
//! [PEP 3149](https://peps.python.org/pep-3149/) for the suffixes with a version,
//! [PEP 384](https://peps.python.org/pep-0384/) for `abi3`, [PEP 703](https://peps.python.org/pep-0703/) for the `t` of
//! free-threaded builds, [PEP 803](https://peps.python.org/pep-0803/) for `abi3t`.

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::Expectation;
use crate::facts::Facts;
use crate::names::{AbiTag, FileName};
use crate::python_api::FIRST_ABI3T;
use crate::target::{Implementation, PythonVersion, Threading};

pub(crate) static RULE: Rule = Rule::new("WR0107", "wrong-suffix", include_str!("wrong_suffix.rs"));

pub(super) fn check(_: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let file = expected.expected_file()?;
    if let Some(finding) = stable_abi_on_windows(file) {
        return Some(finding);
    }
    let (wanted, found) = mismatch(file.tag()?, expected)?;
    Some(
        RULE.finding(format!(
            "Python does not look at `{}`: it is for {found}, the interpreter is {wanted}",
            file.as_str()
        ))
        .because(Evidence::mismatch("suffix", wanted, found))
        .hint("build it again with the interpreter in use, or use the interpreter that the suffix names"),
    )
}

/// Windows has no suffix for the stable ABI: Python looks for `.cp312-win_amd64.pyd` and `.pyd` alone
/// (`_PyImport_DynLoadFiletab` in CPython's `dynload_win.c`).
fn stable_abi_on_windows(file: &FileName) -> Option<Diagnostic> {
    let is_stable = matches!(file.tag(), Some(AbiTag::Abi3 | AbiTag::Abi3t));
    if !is_stable || file.as_str().strip_suffix(".pyd").is_none() {
        return None;
    }
    let wanted = format!("{}.pyd", file.module()?);
    Some(
        RULE.finding(format!(
            "Python does not look at `{}`: Windows has no suffix of its own for the stable ABI",
            file.as_str()
        ))
        .because(Evidence::mismatch("file name", &wanted, file.as_str()))
        .hint(format!("rename it to `{wanted}`")),
    )
}

/// What the interpreter is, and what the suffix is for, where the two differ. What is not known is not compared.
pub(crate) fn mismatch(tag: AbiTag, expected: &Expectation) -> Option<(String, String)> {
    let free_threaded = expected.expected_threading() == Some(Threading::FreeThreaded);
    match tag {
        AbiTag::Untagged => None,
        AbiTag::Abi3 => free_threaded.then(|| {
            (
                "free-threaded".to_owned(),
                "the stable ABI of builds with the lock".to_owned(),
            )
        }),
        AbiTag::Abi3t => expected
            .expected_python()
            .filter(|version| *version < FIRST_ABI3T)
            .map(|version| {
                (
                    format!("Python {version}"),
                    format!("Python {FIRST_ABI3T} and later"),
                )
            }),
        AbiTag::Version {
            implementation,
            version,
            threading,
        } => {
            let wanted = (
                expected.expected_implementation().unwrap_or(implementation),
                expected.expected_python().unwrap_or(version),
                expected.expected_threading().unwrap_or(threading),
            );
            let found = (implementation, version, threading);
            // GraalPy's suffix carries its own version and the language's in an order that has changed.
            let is_comparable = implementation != Implementation::GraalPy || wanted.0 != found.0;
            (wanted != found && is_comparable).then(|| (describe(wanted), describe(found)))
        }
    }
}

fn describe(
    (implementation, version, threading): (Implementation, PythonVersion, Threading),
) -> String {
    let threading = match threading {
        Threading::Gil => "",
        Threading::FreeThreaded => " (free-threaded)",
    };
    format!("{implementation} {version}{threading}")
}
