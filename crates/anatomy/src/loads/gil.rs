//! Whether a free-threaded Python turns the GIL on when it loads an extension.
//!
//! It does unless the extension declares that it doesn't need it: with the slot `Py_mod_gil` in its definition, which
//! symbols don't show, or by calling `PyUnstable_Module_SetGIL` (PEP 703).

use super::answer::{Gil, GilAnswer};
use crate::facts::{Facts, InitProtocol};
use crate::python_api::minor_of;

/// The function that modules without slots call to declare it.
const CALL: &str = "PyUnstable_Module_SetGIL";

/// The first PyO3 whose modules can declare it, with `gil_used = false`.
const FIRST_TO_SAY: u32 = 23;

/// The first PyO3 whose modules declare it by default, unless they say `gil_used = true`.
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
                    "PyO3 {version} modules declare that they don't need it, unless they say `gil_used = true`"
                ),
            ),
            FIRST_TO_SAY.. => answer(
                Gil::Unknown,
                format!(
                    "with PyO3 {version} it only stays off if the module says `gil_used = false`, which symbols don't show"
                ),
            ),
            _ => answer(
                Gil::TurnsOn,
                format!("PyO3 {version} modules can't declare that they don't need it"),
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
    let imports = |wanted: &str| {
        facts
            .images
            .iter()
            .flat_map(|image| &image.python_api.symbols)
            .any(|symbol| symbol.name == wanted)
    };
    let is_export = facts
        .init_functions()
        .iter()
        .any(|function| function.protocol == InitProtocol::Export);
    // A module with single-phase initialisation has no slots.
    if imports("PyModule_Create2") && !imports("PyModuleDef_Init") && !is_export {
        return answer(
            Gil::TurnsOn,
            format!("its module has no slots and doesn't call `{CALL}`"),
        );
    }
    answer(
        Gil::Unknown,
        "it depends on the slot `Py_mod_gil`, which symbols don't show".to_owned(),
    )
}

fn answer(gil: Gil, reason: String) -> GilAnswer {
    GilAnswer { gil, reason }
}
