//! The file's suffix is for another Python, so this one doesn't even consider it.
//!
//! Python only imports files whose suffix is in its own list (`importlib.machinery.EXTENSION_SUFFIXES`). Python 3.12
//! doesn't see a file called `fast.cpython-313-x86_64-linux-gnu.so`, and a free-threaded build doesn't see
//! `fast.abi3.so`. Either way you get
//!
//! ```text
//! ModuleNotFoundError: No module named 'fast'
//! ```
//!
//! although the file is where it should be.
//!
//! ## Example
//!
//! A virtual environment was recreated with another Python, and the extension for the old one was left in the source
//! tree. Or someone unpacked or copied a wheel by hand; an installer would have refused it.
//!
//! ## What to do
//!
//! Rebuild it with the interpreter that should import it (`maturin develop` inside its environment), or use the
//! interpreter that the suffix names. To get one file for many versions, build with one of PyO3's `abi3-py3…` features;
//! there's no such file for free-threaded builds of Python before 3.15.
//!
//! ## Where it is specified
//!
//! [PEP 3149](https://peps.python.org/pep-3149/) for suffixes with a version, [PEP
//! 384](https://peps.python.org/pep-0384/) for `abi3`, [PEP 703](https://peps.python.org/pep-0703/) for the `t` of
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
            "Python ignores `{}`: it's for {found}, but the interpreter is {wanted}",
            file.as_str()
        ))
        .because(Evidence::mismatch("suffix", wanted, found))
        .hint(
            "rebuild it with the interpreter in use, or use the interpreter that the suffix names",
        ),
    )
}

/// Windows has no suffix for the stable ABI: Python only looks for `.cp312-win_amd64.pyd` and `.pyd`
/// (`_PyImport_DynLoadFiletab` in CPython's `dynload_win.c`).
fn stable_abi_on_windows(file: &FileName) -> Option<Diagnostic> {
    let is_stable = matches!(file.tag(), Some(AbiTag::Abi3 | AbiTag::Abi3t));
    if !is_stable || file.as_str().strip_suffix(".pyd").is_none() {
        return None;
    }
    let wanted = format!("{}.pyd", file.module()?);
    Some(
        RULE.finding(format!(
            "Python ignores `{}`: Windows has no separate suffix for the stable ABI",
            file.as_str()
        ))
        .because(Evidence::mismatch("file name", &wanted, file.as_str()))
        .hint(format!("rename it to `{wanted}`")),
    )
}

/// What the interpreter is and what the suffix is for, if the two differ. Unknown parts aren't compared.
pub(crate) fn mismatch(tag: AbiTag, expected: &Expectation) -> Option<(String, String)> {
    let free_threaded = expected.expected_threading() == Some(Threading::FreeThreaded);
    match tag {
        AbiTag::Untagged => None,
        AbiTag::Abi3 => free_threaded.then(|| {
            (
                "free-threaded".to_owned(),
                "the stable ABI of builds with the GIL".to_owned(),
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
            // GraalPy's suffix contains its own version and the language version, in an order that has changed.
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
