//! The interpreter's library, which programs that start an interpreter are linked with: Rust tests of an extension, and
//! programs that embed Python. An extension itself doesn't need it.

use crate::doctor::{Check, CheckOutcome, Machine};
use crate::rules::python_library_missing;
use crate::system::SystemExt;

pub(super) const CHECK: Check = Check::new("libpython", "Python's library", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let Ok(python) = machine.interpreter() else {
        return Vec::new();
    };
    let file = python.library_file();
    if let Some(file) = file.filter(|file| machine.system.is_file(file)) {
        return vec![CheckOutcome::fine(format!(
            "{}: Rust tests can start an interpreter",
            file.display()
        ))];
    }
    let (major, minor, _) = python.version;
    let command =
        python_library_missing::command((major, minor), Some(&python.base), &machine.platform);
    let check_outcome = CheckOutcome::advice(
        format!(
            "not found ({}): extensions don't need it, but Rust tests that start an interpreter do",
            python_library_missing::lacks(python)
        ),
        match command {
            Some(_) => "install the package if your Rust tests, or programs, start an interpreter"
                .to_owned(),
            None => python_library_missing::advice(
                (major, minor),
                Some(&python.base),
                &machine.platform,
            ),
        },
    );
    vec![match command {
        Some(command) => check_outcome.command(command),
        None => check_outcome,
    }]
}
