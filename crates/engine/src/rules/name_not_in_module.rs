//! The extension imports, but what the test asks of it is not in it.
//!
//! A `#[pyfunction]` or `#[pyclass]` by itself is only Rust code. Python sees it once it has been added to the module.
//!
//! ## Example
//!
//! ```text
//! ImportError: cannot import name 'it_works' from 'setup'
//! ```
//!
//! ## What to do
//!
//! In a function-like module add it by hand:
//!
//! ```rust,ignore
//! #[pymodule]
//! fn setup(m: &Bound<'_, PyModule>) -> PyResult<()> {
//!     m.add_function(wrap_pyfunction!(it_works, m)?)?;
//!     Ok(())
//! }
//! ```
//!
//! In a declarative module (`#[pymodule] mod setup { … }`) the attributes `#[pyfunction]` and `#[pyclass]` inside the
//! module suffice, and `#[pymodule_export] use super::it_works;` brings in what stands outside.
//!
//! ## Where it is specified
//!
//! PyO3's guide, "Python modules".

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new(
    "WR0356",
    "name-not-in-module",
    include_str!("name_not_in_module.rs"),
);

pub(crate) fn finding(
    name: &str,
    module: &str,
    error: &str,
    place: Option<SourceLocation>,
    defined: Option<&SourceLocation>,
) -> Diagnostic {
    let finding = RULE.finding(format!("the module `{module}` has no `{name}`"));
    let finding = match defined {
        Some(defined) => finding.because(Evidence::at_text(
            defined.clone(),
            format!("`{name}` is written here, and added to no module"),
        )),
        None => finding,
    };
    let finding = match place {
        Some(place) => finding.because(Evidence::at_text(place, error)),
        None => finding.because(Evidence::output("Python", error)),
    };
    finding.hint(match defined {
        Some(_) => format!(
            "add it in the `#[pymodule]`: `m.add_function(wrap_pyfunction!({name}, m)?)?;`, or `#[pymodule_export]` in a declarative module"
        ),
        None => format!("write `{name}` and add it in the `#[pymodule]`, or mend the name in the import"),
    })
}
