//! A source project as text: the names that have to agree, the crate's layout, the versions.

use anatomy::project::{CargoManifest, ProjectFacts, PyModule, PyprojectManifest};

use diagnostic::some;

use super::{all, counted, fact, headline, more};
use crate::render::style::DIM;
use crate::render::text::Text;

/// How many names of a kind are shown without `--verbose`.
const SHOWN: usize = 6;

pub(super) fn write(out: &mut Text, target: &str, facts: &ProjectFacts, verbose: bool) {
    headline(out, target, &what(facts));
    // If nothing names the file that cargo builds, its name isn't known.
    if facts.names_decide()
        && let Some((leaf, said_by)) = facts.module_leaf()
    {
        fact(out, "module", format!("`{leaf}`, from {said_by}"));
    }
    if let Some(pyproject) = &facts.pyproject {
        self::pyproject(out, pyproject);
    }
    if let Some(cargo) = &facts.cargo {
        self::cargo(out, cargo);
    }
    locked(out, facts, verbose);
    init_functions(out, facts);
    functions(out, facts, verbose);
}

fn what(facts: &ProjectFacts) -> String {
    // What can't be read may still exist.
    if let Some(broken) = facts.broken.first() {
        return format!(
            "a project that isn't fully known: {} can't be read",
            broken.path
        );
    }
    let builder = facts.pyproject.as_ref().and_then(|pyproject| {
        if pyproject.is_maturin() {
            Some("maturin")
        } else {
            pyproject
                .setuptools_rust
                .as_ref()
                .map(|_| "setuptools-rust")
        }
    });
    let Some(cargo) = &facts.cargo else {
        return match (builder, &facts.pyproject) {
            (Some(builder), _) => {
                format!("a project built by {builder}, whose crate wasn't found")
            }
            (None, Some(_)) => "a Python project without a crate".to_owned(),
            (None, None) => "a Cargo workspace without an extension".to_owned(),
        };
    };
    match (builder, cargo.pyo3.is_some()) {
        (Some(builder), true) => format!("a PyO3 extension, built by {builder}"),
        (Some(builder), false) => format!("a project built by {builder}, without PyO3"),
        (None, true) => "a crate that uses PyO3".to_owned(),
        (None, false) => "a Rust crate that doesn't use Python".to_owned(),
    }
}

fn pyproject(out: &mut Text, pyproject: &PyprojectManifest) {
    let mut parts = Vec::new();
    let mut add = |what: &str, value: &Option<String>| {
        parts.extend(value.as_ref().map(|value| format!("{what} {value}")));
    };
    add("", &pyproject.name);
    add("for Python", &pyproject.requires_python);
    add("built by", &pyproject.build_backend);
    add("sources in", &pyproject.python_source);
    if !parts.is_empty() {
        fact(out, "python", parts.join(", ").trim_start());
    }
}

fn cargo(out: &mut Text, cargo: &CargoManifest) {
    let kinds = match cargo.crate_types.as_slice() {
        [] => "no crate-type".to_owned(),
        kinds => kinds.join(" and "),
    };
    let library = cargo.lib_name.as_deref().unwrap_or(&cargo.package);
    fact(
        out,
        "crate",
        format!(
            "{} in {}: library `{library}`, {kinds}",
            cargo.package, cargo.path
        ),
    );
    if let Some(pyo3) = &cargo.pyo3 {
        let features = if pyo3.features.is_empty() {
            String::new()
        } else {
            format!(", with {}", pyo3.features.join(", "))
        };
        let wanted = pyo3.requirement.as_deref().unwrap_or("(no version)");
        more(out, format!("requires PyO3 {wanted}{features}"));
    }
}

fn locked(out: &mut Text, facts: &ProjectFacts, verbose: bool) {
    let mut versions: Vec<String> = facts
        .locked
        .iter()
        .map(|package| format!("{} {}", package.name, package.version))
        .collect();
    versions.sort();
    if !versions.is_empty() {
        fact(out, "locked", versions.join(", "));
    }
    if verbose {
        let needed = facts.locked.iter().flat_map(|package| {
            let name = &package.name;
            package
                .needed_by
                .iter()
                .map(move |by| format!("{name} is needed by {by}"))
        });
        all(out, "", needed);
    }
}

fn init_functions(out: &mut Text, facts: &ProjectFacts) {
    let describe = |module: &PyModule, note: &str| {
        let conditional = if module.is_conditional {
            ", under a `cfg`"
        } else {
            ""
        };
        format!(
            "`{}` at {}:{}{conditional}{note}",
            module.name, module.file, module.line
        )
    };
    let reached = facts.pymodules.iter().map(|module| describe(module, ""));
    let unreached = facts
        .unreached_pymodules
        .iter()
        .map(|module| describe(module, ", in a file that no `mod` declares"));
    let init_functions: Vec<String> = reached.chain(unreached).collect();
    if init_functions.is_empty() {
        if facts
            .cargo
            .as_ref()
            .is_some_and(|cargo| cargo.pyo3.is_some())
        {
            fact(out, "pymodule", format!("{DIM}no #[pymodule] found{DIM:#}"));
        }
    } else {
        all(out, "pymodule", init_functions);
    }
}

fn functions(out: &mut Text, facts: &ProjectFacts, verbose: bool) {
    if facts.pyfunctions.is_empty() {
        return;
    }
    let names: Vec<&str> = facts
        .pyfunctions
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    let shown = if verbose { names.len() } else { SHOWN };
    fact(
        out,
        "exposes",
        format!(
            "{}: {}",
            counted(names.len(), "function"),
            some(&names, shown)
        ),
    );
}
