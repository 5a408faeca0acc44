//! Names that were not imported, attributes that stand where none knows them, and what a module cannot export.

use diagnostic::SourceLocation;

use super::{ErrorMatcher, Kind, Meaning, between, line_of};
use crate::build::CompilerError;
use crate::judge::compiler::sources::{Item, Sources};

pub(super) const READINGS: &[ErrorMatcher] =
    &[missing, attribute, exported, constant, lifetime, lent];

/// What is in `pyo3::types`.
pub(super) const TYPES: [&str; 36] = [
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

/// What is in `pyo3::prelude`.
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

/// What is in `pyo3::sync`.
const SYNC: [&str; 6] = [
    "PyMutex",
    "PyOnceLock",
    "OnceExt",
    "OnceLockExt",
    "MutexExt",
    "RwLockExt",
];

/// A name of PyO3's that was not imported. rustc proposes nothing for what a macro made, and something odd for others.
fn missing(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let message = &error.message;
    let name = message
        .strip_prefix("cannot find ")
        .and_then(|rest| rest.split_once(" `")?.1.split_once("` in this scope"))
        .map(|(name, _)| name)
        .or_else(|| between(message, "use of undeclared type `", "`"))?;
    let minor = sources.dependencies.pyo3_minor();
    let line = if is_exception(name) {
        format!("use pyo3::exceptions::{name};")
    } else if TYPES.contains(&name) {
        format!("use pyo3::types::{name};")
    } else if name == "PyMutex" && minor.is_some_and(|minor| minor < 26) {
        let advice = "`PyMutex` came with PyO3 0.26, and this project uses an older one: use `std::sync::Mutex`";
        return Some(Meaning::new(Kind::Name, name, advice));
    } else if name == "PyMutex" && minor.is_some_and(|minor| minor < 30) {
        "use pyo3::types::PyMutex;".to_owned()
    } else if name == "PyOnceLock" && minor.is_some_and(|minor| minor < 26) {
        "use pyo3::sync::GILOnceCell;".to_owned()
    } else if SYNC.contains(&name) {
        format!("use pyo3::sync::{name};")
    } else if PRELUDE.contains(&name) {
        "use pyo3::prelude::*;".to_owned()
    } else {
        return None;
    };
    let file = error.place.as_ref().map(|(place, _)| place.file.as_str());
    let is_outside = file.is_some_and(|file| {
        sources.imports(file, name)
            || (PRELUDE.contains(&name) && sources.imports(file, "pyo3::prelude"))
    });
    let advice = if is_outside {
        format!("a `mod` does not see the `use` lines outside: write `{line}` inside it")
    } else {
        format!("write `{line}` beside the other `use` lines")
    };
    Some(Meaning::new(Kind::Name, name, advice))
}

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

/// An attribute that only one of PyO3's macros understands, where that macro is missing.
fn attribute(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    const OF_METHODS: [&str; 7] = [
        "new",
        "getter",
        "setter",
        "deleter",
        "staticmethod",
        "classmethod",
        "classattr",
    ];
    let name = between(&error.message, "cannot find attribute `", "` in this scope")?;
    let (place, _) = error.place.as_ref()?;
    let item = sources.item_after(place);
    let around = sources.impl_around(place);
    let block = || match &around {
        Some((_, true)) => None,
        Some((class, false)) => Some(format!("write `#[pymethods]` above `impl {class}`")),
        None => Some("it belongs into an `impl` below `#[pymethods]`".to_owned()),
    };
    let advice = match (name, item) {
        ("getter" | "setter", Some(Item::Field)) => {
            let option = if name == "getter" { "get" } else { "set" };
            format!("a field is shown to Python by `#[pyo3({option})]`; `#[{name}]` is for a method")
        }
        ("pymethod", Some(Item::Function)) => {
            "`#[pymethods]` stands once above the `impl`, and what is in it needs no attribute of its own".to_owned()
        }
        ("pymethod", _) => "write `#[pymethods]`".to_owned(),
        ("pyo3", Some(Item::Field | Item::Type)) => {
            "write `#[pyclass]` above the definition of the type".to_owned()
        }
        ("pyo3", Some(Item::Function)) => match &around {
            Some((_, true)) => return None,
            Some((class, false)) if is_indented(place) => {
                format!("write `#[pymethods]` above `impl {class}`")
            }
            _ => "write `#[pyfunction]` above it".to_owned(),
        },
        ("pymodule_export" | "pymodule_init", _) => {
            "write `#[pymodule]` above the `mod` that it stands in".to_owned()
        }
        _ if OF_METHODS.contains(&name) && item == Some(Item::Function) => block()?,
        _ => return None,
    };
    Some(Meaning::new(Kind::Attribute, name, advice))
}

/// Whether an attribute stands inside something.
fn is_indented(place: &SourceLocation) -> bool {
    // The column is that of its name, behind `#[`.
    place.column.is_some_and(|column| column > 3)
}

/// A function that is to be seen by Python, and is not made for it.
fn exported(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let missing = between(
        &error.message,
        "cannot find module or crate `",
        "` in this scope",
    )?;
    let line = line_of(error);
    let name = if missing == "wrapped_pyfunction" {
        let (_, call) = line.split_once("wrap_pyfunction!(")?;
        call.split([',', ')']).next()?.rsplit("::").next()?.trim()
    } else {
        missing
    };
    sources.is_plain_function(name).then(|| {
        Meaning::new(
            Kind::Export,
            name,
            format!("write `#[pyfunction]` above `fn {name}`"),
        )
    })
}

/// A constant that a `use` line is to export.
fn constant(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let name = between(&error.message, "cannot find type `", "` in this scope")?;
    let label = error.label.as_deref()?;
    let is_use = line_of(error).starts_with("use ");
    (is_use && label.contains("is declared as a constant") && sources.is_constant(name)).then(
        || {
            Meaning::new(
                Kind::Export,
                name,
                format!("a `use` line exports functions, classes and modules; a constant is defined in the module: `#[pymodule_export] const {name}: … = super::{name};`"),
            )
        },
    )
}

/// An object that is given back without the lifetime of the interpreter's token.
fn lifetime(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let is_missing = error.number.as_deref() == Some("E0106");
    let line = line_of(error);
    let has_own = line.contains("<'py>(");
    let (_, result) = line.split_once("-> ").filter(|_| is_missing && !has_own)?;
    let gives_object = result.contains("Bound<");
    (gives_object && line.contains("Python<")).then(|| {
        Meaning::new(
            Kind::Name,
            "'py",
            "what is given back lives as long as the interpreter is held: name that lifetime, as in `fn name<'py>(py: Python<'py>) -> Bound<'py, PyAny>`",
        )
    })
}

/// A reference that is returned, and has nothing to point to or nothing that says how long it does.
fn lent(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    const LENT: [(&str, &str); 3] = [
        ("&str", "String"),
        ("&[u8]", "Vec<u8>"),
        ("&Path", "PathBuf"),
    ];
    let (place, line) = error.place.as_ref()?;
    let is_unnamed = error.number.as_deref() == Some("E0106");
    let is_gone = error.number.as_deref() == Some("E0515")
        && (error.message.contains("temporary value")
            || error.message.contains("local variable")
            || error.message.contains("function parameter"));
    if !(is_unnamed || is_gone) {
        return None;
    }
    // The head of the function, in this line or above it.
    let head = if line.contains("fn ") {
        line.clone()
    } else {
        sources.function_head(place)?
    };
    let name = super::super::sources::words(head.split_once("fn ")?.1).next()?;
    let is_for_python = sources.is_for_python(name)
        || sources
            .impl_around(place)
            .is_some_and(|(_, is_for_python)| is_for_python);
    if !is_for_python {
        return None;
    }
    let (_, result) = head.split_once("->")?;
    let (lent, owned) = LENT
        .iter()
        .find(|(lent, _)| result.trim_start().starts_with(lent))?;
    Some(Meaning::new(
        Kind::Lent,
        lent,
        format!("return `{owned}` instead of `{lent}`: Python gets a copy in any case"),
    ))
}
