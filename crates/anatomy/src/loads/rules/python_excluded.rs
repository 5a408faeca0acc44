//! `Requires-Python` excludes the Python that you ask about.
//!
//! A package's metadata says which Pythons it supports. Installers refuse it for any other, whatever its tags are:
//!
//! ```text
//! ERROR: Package 'fast' requires a different Python: 3.15.0 not in '<3.15,>=3.9'
//! ```
//!
//! ## Example
//!
//! `requires-python = ">=3.9,<3.15"` was written before Python 3.15 was released, although the wheel's tag `cp39-abi3`
//! fits every later version.
//!
//! ## What to do
//!
//! Use a later version of the package that allows this Python. If the package is yours and works there, drop the upper
//! bound: the packaging guide advises against having one.
//!
//! ## Where it is specified
//!
//! The Python packaging guide under
//! [Requires-Python](https://packaging.python.org/en/latest/specifications/core-metadata/#requires-python).

use diagnostic::{Diagnostic, Evidence, Rule};
use pep440_rs::{Version, VersionSpecifiers};

use crate::loads::Host;
use crate::target::PythonVersion;

pub(crate) static RULE: Rule = Rule::new(
    "WR0133",
    "python-excluded",
    include_str!("python_excluded.rs"),
);

/// No honest requirement is longer.
const LONGEST: usize = 500;

/// Later than the last patch release of any version.
const LAST_PATCH: u64 = 60;

pub(in crate::loads) fn check(required: &str, package: &str, host: &Host) -> Option<Diagnostic> {
    let python = host.python();
    if admits(required, python.version) {
        return None;
    }
    Some(
        RULE.finding(format!(
            "`{package}` requires Python {required}, which excludes {}",
            host.name()
        ))
        .because(Evidence::mismatch("Requires-Python", required, host.name()))
        .hint("use a version of the package that allows this Python"),
    )
}

/// Whether a requirement allows a version with any patch number. Like installers, treats an unreadable requirement as
/// allowing everything.
pub(in crate::loads) fn admits(required: &str, version: PythonVersion) -> bool {
    if required.len() > LONGEST {
        return true;
    }
    let Ok(wanted) = required.parse::<VersionSpecifiers>() else {
        return true;
    };
    (0..=LAST_PATCH).any(|patch| {
        wanted.contains(&Version::new([
            u64::from(version.major),
            u64::from(version.minor),
            patch,
        ]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_allowed_with_any_patch() {
        let check = |required: &str, minor: u8, expected: bool| {
            assert_eq!(
                admits(required, PythonVersion::new(3, minor)),
                expected,
                "{required} 3.{minor}"
            );
        };
        check(">=3.9", 15, true);
        check(">=3.9,<3.15", 15, false);
        check(">=3.9,<3.15", 14, true);
        check(">=3.13.2", 13, true);
        check("==3.12.*", 13, false);
        check("~=3.9", 15, true);
        check("nonsense", 15, true);
        check("", 15, true);
    }
}
