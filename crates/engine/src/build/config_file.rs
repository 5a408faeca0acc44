//! PyO3's configuration file, by which its build script learns of the interpreter without running it.
//!
//! Left to itself, PyO3's build script runs the interpreter that `PYO3_PYTHON`, `VIRTUAL_ENV` or `PATH` lead to, and is run
//! again whenever one of those changes, after which PyO3 and everything above it is compiled again. With a file at
//! a path that does not change, written only when its content does, PyO3 is compiled once.
//!
//! The keys are those that `PYO3_PRINT_CONFIG=1` prints, restricted to the ones that every PyO3 since 0.20 reads. What
//! a crate's own features decide, such as the stable ABI, is left out: they hold for one crate, the file for all. Only PyO3 before
//! 0.23 takes the file for the last word and does not look at its features, so that for it the file says what they ask for.

use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use anatomy::PythonVersion;

use crate::interpreter::Interpreter;
use crate::system::System;

/// Writes the file for an interpreter below `dir` and says where it is. `stable_abi` is the Python whose stable ABI is built for,
/// where the file has to say so.
pub(crate) fn write(
    system: &dyn System,
    dir: &Path,
    interpreter: &Interpreter,
    stable_abi: Option<PythonVersion>,
) -> io::Result<PathBuf> {
    let text = text(interpreter, stable_abi);
    let (major, minor, _) = interpreter.version;
    // The name carries a digest, so that two interpreters of one version do not take turns in one file.
    let digest = blake3::hash(text.as_bytes()).to_hex();
    let file = dir.join(format!("pyo3-{major}.{minor}-{}.txt", &digest[..12]));
    system.write(&file, text.as_bytes())?;
    Ok(file)
}

fn text(interpreter: &Interpreter, stable_abi: Option<PythonVersion>) -> String {
    let (major, minor, _) = interpreter.version;
    let threading = if interpreter.free_threaded { "t" } else { "" };
    let mut flags = Vec::new();
    if interpreter.debug {
        flags.push("Py_DEBUG");
        flags.push("Py_REF_DEBUG");
    }
    if interpreter.free_threaded {
        flags.push("Py_GIL_DISABLED");
    }
    let mut text = String::new();
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(text, "{key}={value}");
    };
    line("implementation", &interpreter.implementation);
    match stable_abi {
        Some(oldest) => {
            line("version", &oldest.to_string());
            line("abi3", "true");
        }
        None => line("version", &format!("{major}.{minor}")),
    }
    line("shared", if interpreter.shared { "true" } else { "false" });
    if cfg!(windows) {
        line("lib_name", &format!("python{major}{minor}{threading}"));
    } else {
        let debug = if interpreter.debug { "d" } else { "" };
        line(
            "lib_name",
            &format!("python{major}.{minor}{threading}{debug}"),
        );
    }
    if let Some(dir) = &interpreter.library_dir {
        line("lib_dir", &dir.display().to_string());
    }
    // Not the program that was found: one interpreter by several names would be one configuration for each.
    line("executable", &interpreter.base.display().to_string());
    line("pointer_width", &interpreter.pointer_width.to_string());
    line("build_flags", &flags.join(","));
    line("suppress_build_script_link_lines", "false");
    text
}
