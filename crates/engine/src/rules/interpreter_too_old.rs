//! The project doesn't support any of the Python versions on this machine.
//!
//! `requires-python` in `pyproject.toml` says which Python versions a project supports, and none of the
//! interpreters on this machine is one of them. Every tool that builds the project would refuse for the same
//! reason. `wr` itself needs CPython 3.11 or newer. If a project has its own environment with pytest in it, only
//! that environment is considered.
//!
//! ## Example
//!
//! `pyproject.toml` says `requires-python = ">=3.13"`, and the newest Python on the machine is 3.11. Other tools
//! say
//!
//! ```text
//! ERROR: Package 'fast' requires a different Python: 3.11.7 not in '>=3.13'
//! ```
//!
//! ## What to do
//!
//! Install a suitable version, for example with `uv python install 3.13` or `pyenv install 3.13`, and start `wr`
//! again: it finds those by itself. Or name one with `--python PATH`. If the project is yours and would run on the
//! older version, widen `requires-python`.
//!
//! ## Where it is specified
//!
//! PEP 621 (`requires-python`), PEP 440 (version specifiers).

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

use crate::interpreter::{Interpreter, OLDEST_SUPPORTED};

pub(crate) const RULE: Rule = Rule::new(
    "WR0402",
    "interpreter-too-old",
    include_str!("interpreter_too_old.rs"),
);

/// `required` is the manifest and its specifier, if that's what rules the interpreters out.
pub(crate) fn finding(unfit: &[Interpreter], required: Option<(&str, &str)>) -> Diagnostic {
    let oldest = format!("CPython {}.{}", OLDEST_SUPPORTED.0, OLDEST_SUPPORTED.1);
    let wanted = match required {
        Some((_, specifier)) => format!("Python {specifier}"),
        None => format!("{oldest} or newer"),
    };
    let newest = unfit.iter().max_by_key(|one| one.version);
    let found = newest.map_or_else(
        || "none".to_owned(),
        |one| {
            format!(
                "{} {} at {}",
                one.implementation,
                one.version_text(),
                one.executable.display()
            )
        },
    );
    let mut finding = RULE.finding(format!(
        "this needs {wanted}, but the newest Python found is {found}"
    ));
    if let Some((manifest, specifier)) = required {
        finding = finding.because(Evidence::at_text(
            SourceLocation::file(manifest),
            format!("requires-python = \"{specifier}\""),
        ));
    }
    for one in unfit {
        finding = finding.because(Evidence::Program {
            name: one.executable.display().to_string(),
            detail: Some(format!("{} {}", one.implementation, one.version_text())),
        });
    }
    finding.hint(
        "install a suitable version (`uv python install` or your system's packages) and start again, or name one with --python PATH",
    )
}
