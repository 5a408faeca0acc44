//! A class or a `static` holds a type that only one thread may use.
//!
//! Python may use an object from any thread, so PyO3 asks of a class that threads can share it (`Sync`) and pass it on (`Send`). Rust asks the same of a
//! `static`.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: `Cell<u64>` cannot be shared between threads safely
//!  --> src/lib.rs:4:8
//!   | struct C { n: Cell<u64> }
//! ```
//!
//! ## What to do
//!
//! | instead of | take |
//! |---|---|
//! | `Rc` | `Arc` |
//! | `Cell` of a number or a `bool` | an atomic, such as `AtomicU64` |
//! | `RefCell`, other `Cell`s | `Mutex` |
//! | `OnceCell` | `PyOnceLock` of `pyo3::sync`, which is `GILOnceCell` before PyO3 0.26 |
//!
//! `#[pyclass(unsendable)]` is the last resort: using such an object in another thread is a panic.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Thread safety](https://pyo3.rs/latest/class/thread-safety.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::is_in_a_static;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0735",
        "type-for-one-thread",
        include_str!("type_for_one_thread.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let (name, _) = error
        .message
        .strip_prefix('`')?
        .split_once("` cannot be sent between threads safely")
        .or_else(|| {
            error
                .message
                .strip_prefix('`')?
                .split_once("` cannot be shared between threads safely")
        })?;
    // The last two are PyO3's words before 0.28.
    let is_class = error.notes.iter().any(|note| {
        [
            "assert_pyclass_send_sync",
            "assert_pyclass_sync",
            "SendablePyClass",
        ]
        .iter()
        .any(|bound| note.text.contains(bound))
    });
    let (kind, content) = name.split_once('<').unwrap_or((name, ""));
    let content = content.strip_suffix('>').unwrap_or(content);
    let other = match kind.rsplit("::").next()? {
        "Rc" => "take `Arc` instead of `Rc`".to_owned(),
        "RefCell" => "take `Mutex` instead of `RefCell`".to_owned(),
        "OnceCell" => {
            let lock = if sources.has(26) {
                "PyOnceLock"
            } else {
                "GILOnceCell"
            };
            format!("take `{lock}` of `pyo3::sync` instead of `OnceCell`")
        }
        "Cell" => match atomic(content) {
            Some(atomic) => format!("take `{atomic}` instead of `{name}`"),
            None => "take `Mutex` instead of `Cell`".to_owned(),
        },
        _ if is_class => "`Arc` instead of `Rc`, `Mutex` instead of `RefCell` or `Cell`".to_owned(),
        _ => return None,
    };
    let advice = if is_class {
        format!(
            "Python may use an object from any thread: {other}; `#[pyclass(unsendable)]` is a last resort"
        )
    } else if is_in_a_static(error) {
        format!("any thread may use a `static`: {other}")
    } else {
        return None;
    };
    Some(Advice::new(name, advice))
}

/// The atomic type for a plain one.
fn atomic(plain: &str) -> Option<&'static str> {
    Some(match plain {
        "bool" => "AtomicBool",
        "u8" => "AtomicU8",
        "u16" => "AtomicU16",
        "u32" => "AtomicU32",
        "u64" => "AtomicU64",
        "usize" => "AtomicUsize",
        "i8" => "AtomicI8",
        "i16" => "AtomicI16",
        "i32" => "AtomicI32",
        "i64" => "AtomicI64",
        "isize" => "AtomicIsize",
        _ => return None,
    })
}
