//! A field or a method of a class is used on a pointer to the object.
//!
//! `Bound<'py, C>` and `Py<C>` point to a Python object. Other code may use the object at the same time, so its Rust value has to be borrowed first.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0609]: no field `n` on type `&pyo3::Bound<'_, C>`
//!  --> src/lib.rs:5:35
//!   | fn f(c: &Bound<'_, C>) -> u32 { c.n }
//! ```
//!
//! ## What to do
//!
//! Borrow the value:
//!
//! | you have | to read | to change |
//! |---|---|---|
//! | `Bound<'py, C>` | `c.borrow().n` | `c.borrow_mut().n = 1` |
//! | `Py<C>` | `c.borrow(py).n` | `c.borrow_mut(py).n = 1` |
//!
//! A frozen class is never changed, so `get()` lends its value without a check.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [`Bound` and interior mutability](https://pyo3.rs/latest/class.html#bound-and-interior-mutability).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{between, missing_method, pointer_and_class, searched_type};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0743",
        "member-behind-pointer",
        include_str!("member_behind_pointer.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let field = between(&error.message, "no field `", "` on type `")
        .or_else(|| between(&error.message, "attempted to take value of method `", "`"));
    let method = missing_method(error);
    let name = field.or(method)?;
    let searched = searched_type(error)?;
    let (pointer, class) = pointer_and_class(&searched)?;
    let definition = sources.class(class)?;
    let is_there = match method {
        Some(_) => sources.has_method(name, &["&self", "&mut self"]),
        None => sources.has_field(name),
    };
    let token = match pointer {
        "Bound" | "Borrowed" => "",
        "Py" => "py",
        _ => return None,
    };
    let how = if definition.has_argument("frozen") {
        "`.get()` lends it".to_owned()
    } else {
        format!("`.borrow({token})` lends it to be read, `.borrow_mut({token})` to be changed")
    };
    is_there.then(|| {
        Advice::new(
            class,
            format!("a `{pointer}` only points to the `{class}`: {how}"),
        )
    })
}
