//! What other threads may not have: the interpreter's token, guards, cells.

use super::{ErrorMatcher, Kind, Meaning, between};
use crate::build::CompilerError;
use crate::judge::compiler::sources::Sources;

pub(super) const READINGS: &[ErrorMatcher] = &[needs_interpreter, guard, not_for_threads];

/// Something of the interpreter's in a closure that runs without it.
fn needs_interpreter(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let is_token = ["`*mut pyo3::Python<", "`*mut Python<"]
        .iter()
        .any(|words| error.message.starts_with(words));
    if !is_token {
        return None;
    }
    if is_in_a_static(error) {
        return Some(Meaning::new(
            Kind::NeedsInterpreter,
            "",
            "a `Bound` is tied to its thread: keep a `Py`, as in `Py<PyAny>`, made by `.unbind()`",
        ));
    }
    let holder = error
        .notes
        .iter()
        .find_map(|note| between(&note.text, "within `", "`, the trait"))
        // A closure has no name that anybody wrote.
        .filter(|name| !name.starts_with("{closure"))
        .map_or("a value".to_owned(), |name| {
            format!("a `{}`", name.replace("pyo3::", ""))
        });
    Some(Meaning::new(
        Kind::NeedsInterpreter,
        &holder,
        format!(
            "{holder} is used in code that runs without the interpreter, or in another thread: take what is needed out of it before, or pass a `Py`"
        ),
    ))
}

/// A lock's guard that leaves the code that runs without the interpreter.
fn guard(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let name = between(
        &error.message,
        "the trait bound `",
        ": Ungil` is not satisfied",
    )?;
    let (kind, _) = name.split_once('<')?;
    let (guard, call) = match kind.rsplit("::").next()? {
        "MutexGuard" => ("MutexGuard", "lock_py_attached(py)"),
        "RwLockReadGuard" => ("RwLockReadGuard", "read_py_attached(py)"),
        "RwLockWriteGuard" => ("RwLockWriteGuard", "write_py_attached(py)"),
        _ => return None,
    };
    let of = if guard == "MutexGuard" {
        "MutexExt"
    } else {
        "RwLockExt"
    };
    // `MutexExt` came with 0.24, `RwLockExt` with 0.27.
    let since = if guard == "MutexGuard" { 24 } else { 27 };
    if sources
        .dependencies
        .pyo3_minor()
        .is_some_and(|minor| minor < since)
    {
        let advice = "a guard cannot come out of the closure: do all the locked work inside it";
        return Some(Meaning::new(Kind::Guard, guard, advice));
    }
    Some(Meaning::new(
        Kind::Guard,
        guard,
        format!(
            "a guard cannot come out of `detach`: use `{call}` (with `use pyo3::sync::{of};`), or do all the locked work inside the closure"
        ),
    ))
}

/// A class, or a `static`, that holds what only one thread may use.
fn not_for_threads(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
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
    let is_class = error
        .notes
        .iter()
        .any(|note| note.text.contains("assert_pyclass_send_sync"));
    let (kind, content) = name.split_once('<').unwrap_or((name, ""));
    let content = content.strip_suffix('>').unwrap_or(content);
    let other = match kind.rsplit("::").next()? {
        "Rc" => "take `Arc` in the place of `Rc`".to_owned(),
        "RefCell" => "take `Mutex` in the place of `RefCell`".to_owned(),
        "OnceCell" => "take `PyOnceLock` of `pyo3::sync` in the place of `OnceCell`".to_owned(),
        "Cell" => match atomic(content) {
            Some(atomic) => format!("take `{atomic}` in the place of `{name}`"),
            None => "take `Mutex` in the place of `Cell`".to_owned(),
        },
        _ if is_class => {
            "`Arc` in the place of `Rc`, `Mutex` in the place of `RefCell` or `Cell`".to_owned()
        }
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
    Some(Meaning::new(Kind::NotForThreads, name, advice))
}

fn is_in_a_static(error: &CompilerError) -> bool {
    let is_static = |text: &str| text.starts_with("shared static variables");
    error.notes.iter().any(|note| is_static(&note.text))
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
