//! What keeps a binary from using a stable ABI, as text.

use diagnostic::some;

use super::super::counted;
use super::COLUMN;
use crate::render::plain::{name, sentence};
use crate::render::style::{DIM, GOOD, HELP, WARN};
use crate::render::text::{Text, say};
use anatomy::PythonVersion;
use anatomy::python_api::Membership;
use anatomy::why::{Binding, Goal, Obstacle, PythonFloor};

/// The oldest maintained Python: a wheel that loads there loads everywhere.
const OLDEST_MAINTAINED: PythonVersion = PythonVersion::new(3, 11);

/// How many of the newest symbols are listed.
const NEWEST: usize = 6;

pub(super) fn write(out: &mut Text, floor: &PythonFloor, verbose: bool) {
    let goal = floor.goal;
    if floor.symbols == 0 {
        say!(out, "  {GOOD}it doesn't use Python's C API{GOOD:#}");
        return;
    }
    if floor.is_reached() {
        let since = floor.stable_abi.map_or_else(String::new, |since| {
            format!("; it would load on Python {since} and later")
        });
        say!(
            out,
            "  {GOOD}judging by its symbols, nothing keeps it from {goal}{GOOD:#}{since} ({})",
            counted(floor.symbols, "symbol")
        );
        newest(out, floor);
        return;
    }
    if floor.obstacles.is_empty() {
        say!(
            out,
            "  all {} are in {goal}, but:",
            counted(floor.symbols, "symbol")
        );
    } else {
        say!(
            out,
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
            say!(
                out,
                "  {DIM}without them it would load on Python {rest} and later{DIM:#}"
            );
            newest(out, floor);
        }
    }
    if let Some(library) = &floor.library_of_one_version {
        say!(
out, "  {}",
            out.wrapped(
                &format!(
                    "it's linked with `{}`, which belongs to one version: don't link it, or, on Windows, link \
                     `python3.dll`",
                    sentence(library)
                ),
                2
            )
        );
    }
    for function in &floor.init_functions {
        let what = match goal {
            Goal::Abi3t(_) => format!(
                "`{}` returns a structure that abi3t doesn't define: export `PyModExport_…` as well (PEP 793)",
                sentence(function)
            ),
            Goal::Abi3(_) => format!(
                "`{}` is only called since Python 3.15: export `PyInit_…` as well",
                sentence(function)
            ),
        };
        say!(out, "  {}", out.wrapped(&what, 2));
    }
    say!(out);
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
        obstacle(out, one, width);
    }
    if floor.obstacles.len() > shown {
        say!(
            out,
            "    {DIM}and {} more; --verbose lists all{DIM:#}",
            floor.obstacles.len() - shown
        );
    }
}

/// Which symbols determine the version, if it's a recent one.
fn newest(out: &mut Text, floor: &PythonFloor) {
    if floor.without_obstacles > Some(OLDEST_MAINTAINED) && !floor.newest_symbols.is_empty() {
        let names: Vec<String> = floor
            .newest_symbols
            .iter()
            .map(|symbol| name(symbol).into_owned())
            .collect();
        say!(
            out,
            "  {DIM}{}{DIM:#}",
            out.wrapped(
                &format!("the newest of the others: {}", some(&names, NEWEST)),
                2
            )
        );
    }
}

/// Advice for several binaries at once: settings for their bindings, and what symbols don't show.
pub(super) fn conclude(out: &mut Text, floors: &[&PythonFloor]) {
    let mut given = Vec::new();
    for floor in floors.iter().filter(|floor| !floor.is_reached()) {
        let advice = floor
            .binding
            .as_ref()
            .map(|binding| advice(binding, floor.goal));
        if let Some(advice) = advice
            && !given.contains(&advice)
        {
            given.push(advice);
        }
    }
    for advice in &given {
        say!(out, "  {HELP}help{HELP:#}: {}", out.wrapped(advice, 8));
    }
    if let Some(floor) = floors.iter().find(|floor| floor.symbols > 0) {
        unseen(out, floor.goal);
    }
}

fn obstacle(out: &mut Text, obstacle: &Obstacle, width: usize) {
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
        out,
        "    {symbol:<width$}  {DIM}{belongs:<10}{DIM:#}  {}",
        out.wrapped(&instead.replace('`', ""), column)
    );
}

/// Settings for a binding generator.
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
            "PyO3 {version} uses the stable functions itself when built with the feature `abi3-py{}`; the compiler then \
             names anything your code still lacks",
            short("311")
        ),
        (Binding::Pyo3 { version }, Goal::Abi3t(_)) => format!(
            "it contains PyO3 {version}; a PyO3 with a feature for abi3t uses the stable functions itself, and exports \
             `PyModExport_…`"
        ),
        (Binding::Cython, _) => format!(
            "Cython 3.1 and later compile for the Limited API with the macro `Py_LIMITED_API` set to 0x03{:02X}0000, and \
             setuptools with `py_limited_api=True`",
            version.map_or(11, |version| version.minor)
        ),
        (Binding::Nanobind, _) => {
            "nanobind builds for the stable ABI with `STABLE_ABI` in `nanobind_add_module`, for Python 3.12 and later".to_owned()
        }
        (Binding::Pybind11, _) => {
            "pybind11 doesn't support the stable ABI; other bindings, such as nanobind, do".to_owned()
        }
        (Binding::Cffi, _) => {
            "CFFI modules use the stable ABI unless `py_limited_api` is turned off".to_owned()
        }
        (Binding::Swig, _) => {
            "SWIG 4.2 and later generate code for the Limited API with the macro `Py_LIMITED_API`".to_owned()
        }
    }
}

/// What symbols don't show.
fn unseen(out: &mut Text, goal: Goal) {
    let fields = match goal {
        Goal::Abi3(_) => {
            "macros that read fields, such as `PyList_GET_ITEM`, `PyTuple_GET_ITEM` or `PyBytes_AS_STRING`, leave no \
             symbol; with `Py_LIMITED_API` the compiler rejects them"
        }
        Goal::Abi3t(_) => {
            "code that reads object fields leaves no symbol, like `Py_TYPE` and `Py_REFCNT` in old headers; with \
             `Py_TARGET_ABI3T` the compiler rejects it"
        }
    };
    say!(
        out,
        "  {DIM}{}{DIM:#}",
        out.wrapped(&format!("not visible here: {fields}"), 2)
    );
}
