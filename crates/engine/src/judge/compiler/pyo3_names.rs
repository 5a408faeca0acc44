//! Names that PyO3 has outside its crate's root, and the `use` lines for them, version by version.

/// How a name gets into scope.
pub(super) enum Import {
    /// By this `use` line.
    Line(String),
    /// The version in use doesn't have the name. This is what to do instead.
    Other(&'static str),
}

/// The contents of `pyo3::types`.
const TYPES: [&str; 36] = [
    "PyBool",
    "PyByteArray",
    "PyBytes",
    "PyCapsule",
    "PyCFunction",
    "PyCode",
    "PyComplex",
    "PyDate",
    "PyDateTime",
    "PyDelta",
    "PyDict",
    "PyEllipsis",
    "PyFloat",
    "PyFrozenSet",
    "PyFunction",
    "PyInt",
    "PyIterator",
    "PyList",
    "PyMapping",
    "PyMappingProxy",
    "PyMemoryView",
    "PyNone",
    "PyNotImplemented",
    "PyRange",
    "PySequence",
    "PySet",
    "PySlice",
    "PyString",
    "PySuper",
    "PyTime",
    "PyTraceback",
    "PyTuple",
    "PyType",
    "PyTzInfo",
    "PyWeakrefReference",
    "IntoPyDict",
];

/// The types added to `pyo3::types` after PyO3 0.23, with the first minor version that has it.
const YOUNG_TYPES: [(&str, u32); 1] = [("PyRange", 25)];

/// The contents of `pyo3::prelude`.
const PRELUDE: [&str; 18] = [
    "Py",
    "PyAny",
    "PyErr",
    "PyModule",
    "PyRef",
    "PyRefMut",
    "PyResult",
    "Bound",
    "Borrowed",
    "Python",
    "PyClassInitializer",
    "FromPyObject",
    "IntoPyObject",
    "wrap_pyfunction",
    "pyclass",
    "pyfunction",
    "pymethods",
    "pymodule",
];

/// The contents of `pyo3::sync`, with the first minor version that has it.
const SYNC: [(&str, u32); 6] = [
    ("PyMutex", 30),
    ("PyOnceLock", 26),
    ("OnceExt", 23),
    ("OnceLockExt", 23),
    ("MutexExt", 24),
    ("RwLockExt", 27),
];

/// How to get a name into scope with a minor version of PyO3, if it is one of PyO3's.
pub(super) fn import_of(name: &str, minor: u32) -> Option<Import> {
    if is_exception(name) {
        return Some(Import::Line(format!("use pyo3::exceptions::{name};")));
    }
    if is_python_type(name) {
        let is_missing = |(young, since): &(&str, u32)| *young == name && *since > minor;
        if YOUNG_TYPES.iter().any(is_missing) {
            return None;
        }
        return Some(Import::Line(format!("use pyo3::types::{name};")));
    }
    if PRELUDE.contains(&name) {
        return Some(Import::Line("use pyo3::prelude::*;".to_owned()));
    }
    let (_, since) = SYNC.iter().find(|(one, _)| *one == name)?;
    if *since <= minor {
        return Some(Import::Line(format!("use pyo3::sync::{name};")));
    }
    match name {
        "PyMutex" if minor >= 26 => Some(Import::Line("use pyo3::types::PyMutex;".to_owned())),
        "PyMutex" => Some(Import::Other(
            "`PyMutex` came with PyO3 0.26, and this project uses an older one: use `std::sync::Mutex`",
        )),
        "MutexExt" => Some(Import::Other(
            "`MutexExt` came with PyO3 0.24, and this project uses an older one: upgrade PyO3, or do all the locked work inside `allow_threads`",
        )),
        "RwLockExt" => Some(Import::Other(
            "`RwLockExt` came with PyO3 0.27, and this project uses an older one: upgrade PyO3, or do all the locked work inside the closure that runs detached",
        )),
        _ => None,
    }
}

/// Whether a name is that of a Python type that isn't in the prelude.
pub(super) fn is_python_type(name: &str) -> bool {
    TYPES.contains(&name)
}

/// Whether a name is that of one of PyO3's exceptions.
pub(super) fn is_exception(name: &str) -> bool {
    name.strip_prefix("Py").is_some_and(|kind| {
        kind.ends_with("Error")
            || kind.ends_with("Warning")
            || [
                "Exception",
                "BaseException",
                "StopIteration",
                "KeyboardInterrupt",
            ]
            .contains(&kind)
    })
}
