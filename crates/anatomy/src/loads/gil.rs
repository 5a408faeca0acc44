//! Whether a free-threaded Python turns the GIL on when it loads an extension.
//!
//! It does unless the extension says that it can do without: by the slot `Py_mod_gil` of its definition, which no symbol
//! shows, or by a call of `PyUnstable_Module_SetGIL` (PEP 703).

use super::answer::{Gil, GilAnswer};
use crate::facts::{Facts, InitProtocol};
use crate::python_api::minor_of;

/// The call by which modules without slots say it.
const CALL: &str = "PyUnstable_Module_SetGIL";

/// The first PyO3 whose modules can say it, by `gil_used = false`.
const FIRST_TO_SAY: u32 = 23;

/// The first PyO3 whose modules say it unless they are told otherwise, by `gil_used = true`.
const FIRST_BY_DEFAULT: u32 = 28;

pub(super) fn after_loading(facts: &Facts) -> GilAnswer {
    let pyo3 = facts
        .images
        .iter()
        .find_map(|image| image.provenance.pyo3());
    if let Some((version, minor)) = pyo3.and_then(|version| Some((version, minor_of(version)?))) {
        return match minor {
            FIRST_BY_DEFAULT.. => answer(
                Gil::StaysOff,
                format!(
                    "modules of PyO3 {version} declare that they don't need it, unless they say `gil_used = true`"
                ),
            ),
            FIRST_TO_SAY.. => answer(
                Gil::Unknown,
                format!(
                    "with PyO3 {version} it stays off only where the module says `gil_used = false`, which no symbol shows"
                ),
            ),
            _ => answer(
                Gil::TurnsOn,
                format!("modules of PyO3 {version} can't declare that they don't need it"),
            ),
        };
    }
    let calls = facts
        .images
        .iter()
        .flat_map(|image| &image.python_api.symbols)
        .any(|symbol| symbol.name == CALL);
    if calls {
        return answer(Gil::StaysOff, format!("it calls `{CALL}`"));
    }
    // A module that makes itself in one step has no slots.
    let has_slots = facts
        .images
        .iter()
        .flat_map(|image| &image.python_api.symbols)
        .any(|symbol| symbol.name == "PyModuleDef_Init")
        || facts
            .init_functions()
            .iter()
            .any(|function| function.protocol == InitProtocol::Export);
    if has_slots {
        answer(
            Gil::Unknown,
            "it depends on the slot `Py_mod_gil`, which no symbol shows".to_owned(),
        )
    } else {
        answer(
            Gil::TurnsOn,
            format!("it has no slots, and doesn't call `{CALL}`"),
        )
    }
}

fn answer(gil: Gil, because: String) -> GilAnswer {
    GilAnswer { gil, because }
}
