//! What keeps a binary from a stable ABI, as text.

use diagnostic::some;

use super::super::counted;
use super::COLUMN;
use crate::render::plain::{name, say, sentence};
use crate::render::style::{BOLD, DIM, GOOD, WARN};
use crate::render::wrap::wrapped;
use anatomy::PythonVersion;
use anatomy::python_api::Membership;
use anatomy::why::{Binding, Goal, Obstacle, PythonFloor};

/// The oldest Python that is maintained: what loads there loads everywhere.
const OLDEST_MAINTAINED: PythonVersion = PythonVersion::new(3, 11);

/// How many of the newest symbols are named.
const NEWEST: usize = 6;

pub(super) fn print(floor: &PythonFloor, verbose: bool) {
    let goal = floor.goal;
    if floor.symbols == 0 {
        say!("  {GOOD}it asks nothing of Python's C API{GOOD:#}");
        return;
    }
    if floor.is_reached() {
        let since = floor.stable_abi.map_or_else(String::new, |since| {
            format!(": by its symbols from Python {since} on")
        });
        say!(
            "  {GOOD}nothing that its symbols show keeps it from {goal}{GOOD:#}{since} ({})",
            counted(floor.symbols, "symbol")
        );
        newest(floor);
        return;
    }
    if floor.obstacles.is_empty() {
        say!(
            "  all {} are in {goal}, and still:",
            counted(floor.symbols, "symbol")
        );
    } else {
        say!(
            "  {WARN}{} of {}{WARN:#} of Python's C API {} not in {goal}",
            floor.obstacles.len(),
            counted(floor.symbols, "symbol"),
            if floor.obstacles.len() == 1 {
                "is"
            } else {
                "are"
            },
        );
        if let Some(rest) = floor.without_obstacles {
            say!("  {DIM}without them it would load from Python {rest} on{DIM:#}");
            newest(floor);
        }
    }
    if let Some(library) = &floor.library_of_one_version {
        say!(
            "  {}",
            wrapped(
                &format!(
                    "it's linked with `{}`, which is that of one version: leave it out of the link, on Windows link `python3.dll`",
                    sentence(library)
                ),
                2
            )
        );
    }
    for function in &floor.init_functions {
        let what = match goal {
            Goal::Abi3t(_) => format!(
                "`{}` returns a structure that abi3t doesn't describe: export `PyModExport_…` as well (PEP 793)",
                sentence(function)
            ),
            Goal::Abi3(_) => format!(
                "`{}` is called from Python 3.15 on: export `PyInit_…` as well",
                sentence(function)
            ),
        };
        say!("  {}", wrapped(&what, 2));
    }
    say!();
    let shown = if verbose { usize::MAX } else { 24 };
    let width = floor
        .obstacles
        .iter()
        .take(shown)
        .map(|one| one.symbol.chars().count())
        .max()
        .unwrap_or(0)
        .min(34);
    for one in floor.obstacles.iter().take(shown) {
        obstacle(one, width);
    }
    if floor.obstacles.len() > shown {
        say!(
            "    {DIM}and {} more; --verbose lists all{DIM:#}",
            floor.obstacles.len() - shown
        );
    }
}

/// Which symbols set the version, where it is a recent one.
fn newest(floor: &PythonFloor) {
    if floor.without_obstacles > Some(OLDEST_MAINTAINED) && !floor.newest_symbols.is_empty() {
        let names: Vec<String> = floor
            .newest_symbols
            .iter()
            .map(|symbol| name(symbol).into_owned())
            .collect();
        say!(
            "  {DIM}{}{DIM:#}",
            wrapped(
                &format!("newest of the others: {}", some(&names, NEWEST)),
                2
            )
        );
    }
}

/// What can be said of several binaries at once: what their bindings can be told, and what no symbol shows.
pub(super) fn conclude(floors: &[&PythonFloor]) {
    let mut told = Vec::new();
    for floor in floors.iter().filter(|floor| !floor.is_reached()) {
        let advice = floor
            .binding
            .as_ref()
            .map(|binding| advice(binding, floor.goal));
        if let Some(advice) = advice
            && !told.contains(&advice)
        {
            told.push(advice);
        }
    }
    for advice in &told {
        say!("  {BOLD}help{BOLD:#}: {}", wrapped(advice, 8));
    }
    if let Some(floor) = floors.iter().find(|floor| floor.symbols > 0) {
        unseen(floor.goal);
    }
}

fn obstacle(obstacle: &Obstacle, width: usize) {
    let belongs = match obstacle.membership {
        Membership::StableAbi { since, .. } => format!("since {since}"),
        Membership::FullApi => "not stable".to_owned(),
        Membership::Private => "private".to_owned(),
        Membership::PyPy => "PyPy".to_owned(),
    };
    let instead = obstacle.replacement.unwrap_or("no replacement is known");
    let column = COLUMN + width + 2 + 12;
    let symbol = name(&obstacle.symbol);
    say!(
        "    {symbol:<width$}  {DIM}{belongs:<10}{DIM:#}  {}",
        wrapped(&instead.replace('`', ""), column)
    );
}

/// What a generator of bindings can be told.
fn advice(binding: &Binding, goal: Goal) -> String {
    let version = goal.version();
    let short = |fallback: &str| {
        version.map_or_else(
            || fallback.to_owned(),
            |version| format!("{}{}", version.major, version.minor),
        )
    };
    match (binding, goal) {
        (Binding::Pyo3 { version }, Goal::Abi3(_)) => format!(
            "PyO3 {version} uses the stable functions itself when it's built with the feature `abi3-py{}`; what its code then still misses, the compiler names",
            short("311")
        ),
        (Binding::Pyo3 { version }, Goal::Abi3t(_)) => format!(
            "PyO3 {version} is in it; a PyO3 with a feature for abi3t uses the stable functions itself, and exports `PyModExport_…`"
        ),
        (Binding::Cython, _) => format!(
            "Cython 3.1 and later compile for the limited API with the macro `Py_LIMITED_API` set to 0x03{:02X}0000, and setuptools with `py_limited_api=True`",
            version.map_or(11, |version| version.minor)
        ),
        (Binding::Nanobind, _) => {
            "nanobind builds for the stable ABI with `STABLE_ABI` in `nanobind_add_module`, from Python 3.12 on".to_owned()
        }
        (Binding::Pybind11, _) => {
            "pybind11 has no mode for the stable ABI: another binding, such as nanobind, has".to_owned()
        }
        (Binding::Cffi, _) => {
            "CFFI's modules keep to the stable ABI when `py_limited_api` isn't switched off".to_owned()
        }
        (Binding::Swig, _) => {
            "SWIG 4.2 and later generate code for the limited API with the macro `Py_LIMITED_API`".to_owned()
        }
    }
}

/// What symbols don't show.
fn unseen(goal: Goal) {
    let fields = match goal {
        Goal::Abi3(_) => {
            "macros that read fields, such as `PyList_GET_ITEM`, `PyTuple_GET_ITEM` or `PyBytes_AS_STRING`, leave no symbol; the compiler refuses them with `Py_LIMITED_API`"
        }
        Goal::Abi3t(_) => {
            "what reads the fields of objects leaves no symbol, as `Py_TYPE` and `Py_REFCNT` in old headers; the compiler refuses it with `Py_TARGET_ABI3T`"
        }
    };
    say!(
        "  {DIM}{}{DIM:#}",
        wrapped(&format!("not seen here: {fields}"), 2)
    );
}
