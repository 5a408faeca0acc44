//! An object of a class is taken out of Python by value.
//!
//! The value of a class lives in its Python object, so Rust can borrow it, keep the object, or make a copy. A copy has to be asked for: since PyO3 0.30 with
//! `from_py_object`, before by deriving `Clone`.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: the trait bound `Trade: FromPyObjectOwned<'_>` is not satisfied
//!  --> src/lib.rs:5:62
//!   | Ok(all.extract::<Vec<Trade>>()?.len())
//! ```
//!
//! ## What to do
//!
//! Borrow the value with `PyRef`, or keep the object with `Py`:
//!
//! ```rust,ignore
//! let trades = all.extract::<Vec<PyRef<'_, Trade>>>()?;
//! ```
//!
//! To get copies, let the class ask for them:
//!
//! ```rust,ignore
//! #[pyclass(from_py_object)]
//! #[derive(Clone)]
//! struct Trade { w: u32 }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Conversion traits](https://pyo3.rs/latest/conversions/traits.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::TypeOrigin;
use super::super::words::{is_own, own_names, wanted_from_python};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0725",
        "object-taken-by-value",
        include_str!("object_taken_by_value.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let wanted = wanted_from_python(error)?;
    let is_argument = error.message.contains("as a Python function argument")
        || error.message.contains("PyFunctionArgument<");
    let name = if is_own(&wanted) && !is_argument {
        wanted.as_str()
    } else {
        item(&wanted, sources)?
    };
    let class = format!(
        "an object of a class stays in Python: take `PyRef<'_, {name}>` to read it or `Py<{name}>` to keep it"
    );
    let advice = match sources.whose(name) {
        TypeOrigin::Class(definition)
            if sources.is_clone(name, &definition)
                && !definition.has_argument("from_py_object")
                && sources.has_from_py_object() =>
        {
            format!(
                "`{name}` is `Clone`, but PyO3 only copies it out of Python if the class asks for it: write `#[pyclass(from_py_object)]`; or take `PyRef<'_, {name}>`, which copies nothing"
            )
        }
        TypeOrigin::Class(_) => class,
        TypeOrigin::Plain(_) => format!(
            "`#[derive(FromPyObject)]` above `{name}` reads it from attributes; for a class write `#[pyclass]`, and take `PyRef<'_, {name}>`"
        ),
        TypeOrigin::Unknown => format!("{class}; a plain struct needs `#[derive(FromPyObject)]`"),
        TypeOrigin::Elsewhere => return None,
    };
    Some(Advice::new(name, advice))
}

/// The type of this crate in a collection of values: older versions of PyO3 name only the whole.
fn item<'t>(wanted: &'t str, sources: &Sources<'_>) -> Option<&'t str> {
    let is_held = ["&", "PyRef<", "PyRefMut<", "Py<", "Bound<"]
        .iter()
        .any(|pointer| wanted.contains(pointer));
    let (_, items) = wanted.split_once('<').filter(|_| !is_held)?;
    own_names(items).find(|name| {
        matches!(
            sources.whose(name),
            TypeOrigin::Class(_) | TypeOrigin::Plain(_)
        )
    })
}

/// PyO3 0.27 to 0.29 then looks for a class that is `Clone`.
fn is_consequence(name: &str, error: &CompilerError) -> bool {
    ["PyClass", "Clone"].iter().any(|wanted| {
        error.message == format!("the trait bound `{name}: {wanted}` is not satisfied")
    })
}
