//! A frozen class is changed.
//!
//! `#[pyclass(frozen)]` promises that nobody gets a `&mut` to the value. Methods then take `&self`, and can't assign to fields.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0271]: type mismatch resolving `<Counter as PyClass>::Frozen == False`
//!  --> src/lib.rs:4:1
//!   | impl Counter { fn up(&mut self) { self.n += 1; } }
//! ```
//!
//! ## What to do
//!
//! Keep what changes in a type that can be changed through `&self`, such as an atomic or a `Mutex`:
//!
//! ```rust,ignore
//! #[pyclass(frozen)]
//! struct Counter { n: AtomicU32 }
//!
//! #[pymethods]
//! impl Counter {
//!     fn up(&self) { self.n.fetch_add(1, Ordering::Relaxed); }
//! }
//! ```
//!
//! Or take `frozen` away.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [frozen classes](https://pyo3.rs/latest/class.html#frozen-classes-opting-out-of-interior-mutability).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0712",
        "frozen-class-changed",
        include_str!("frozen_class_changed.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    if let Some(class) = between(&error.message, "`<", " as PyClass>::Frozen == False`") {
        return Some(keep_in_a_cell(class));
    }
    // A field is changed through `&self`. rustc proposes `&mut self`, which is the next mistake.
    let is_change = matches!(error.number.as_deref(), Some("E0594" | "E0596"));
    let is_of_self = is_change && error.message.contains("`self");
    let (place, _) = error.place.as_ref().filter(|_| is_of_self)?;
    let (name, _) = sources.impl_around(place)?;
    let class = sources.class(&name)?;
    class.has_argument("frozen").then(|| keep_in_a_cell(&name))
}

fn keep_in_a_cell(class: &str) -> Advice {
    Advice::new(
        class,
        format!(
            "a frozen class lends no `&mut self`: take `&self` and keep the values that change in an atomic or a `Mutex`, or remove `frozen` from `{class}`"
        ),
    )
}

fn is_consequence(class: &str, error: &CompilerError) -> bool {
    error.message.contains(&format!("`PyRefMut<'_, {class}>`"))
}
