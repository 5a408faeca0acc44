//! The extension only exports `PyModExport_`, which this Python doesn't look for.
//!
//! Since Python 3.15 an extension may export `PyModExport_` plus the module's name, a function that returns the
//! module's slots. Earlier Pythons only look for `PyInit_`. If an extension has the new function but not the old one,
//! importing it there fails with
//!
//! ```text
//! ImportError: dynamic module does not define module export function (PyInit_fast)
//! ```
//!
//! ## Example
//!
//! A wheel for the stable ABI of free-threaded builds (`abi3t`) only has the new function, because the structure that
//! the old one returns has no fixed layout there. Its library was copied into a Python 3.14 environment.
//!
//! ## What to do
//!
//! Use Python 3.15 or later, or build the extension for the older Python: PyO3 then writes `PyInit_`.
//!
//! ## Where it is specified
//!
//! [PEP 793](https://peps.python.org/pep-0793/) for `PyModExport_`, [PEP 803](https://peps.python.org/pep-0803/) for `abi3t`.

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::facts::Facts;
use crate::loads::Host;

pub(crate) static RULE: Rule = Rule::new(
    "WR0132",
    "export-function-too-new",
    include_str!("export_function_too_new.rs"),
);

pub(in crate::loads) fn check(
    facts: &Facts,
    module: &str,
    artifact: &str,
    host: &Host,
) -> Option<Diagnostic> {
    let functions = facts.init_functions();
    let mut own = functions
        .iter()
        .filter(|function| function.module == module)
        .peekable();
    let first = own.peek().map(|function| function.symbol.clone())?;
    let version = host.python().version;
    let begins = own
        .map(|function| function.protocol.first_python())
        .min()
        .flatten()
        .filter(|begins| version < *begins)?;
    Some(
        RULE.finding(format!(
            "{} looks for `PyInit_{module}`, but the extension only has `{first}`, which needs Python {begins} or later",
            host.name()
        ))
        .because(Evidence::Symbol {
            name: first,
            binary: artifact.to_owned(),
        })
        .hint(format!("use Python {begins} or later, or build it for {}", host.name())),
    )
}
