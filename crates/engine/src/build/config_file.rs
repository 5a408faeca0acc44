//! PyO3's configuration file, which describes the interpreter to PyO3's build script so that it doesn't have to run
//! it.
//!
//! By default, PyO3's build script runs the interpreter that `PYO3_PYTHON`, `VIRTUAL_ENV` or `PATH` point to. It
//! runs again whenever one of those changes, and then PyO3 and everything that depends on it is compiled again.
//! With a file whose path never changes, and which is written only when its content does, PyO3 is compiled once.
//!
//! The keys are those that `PYO3_PRINT_CONFIG=1` prints, restricted to the ones that every PyO3 since 0.20 reads.
//! Settings that depend on a crate's own features, such as the stable ABI, are left out: they apply to one crate,
//! but the file is for all. Only PyO3 before 0.23 takes the file as final and ignores its features, so for it the
//! file includes what the features ask for.

use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use anatomy::PythonVersion;

use crate::interpreter::Interpreter;
use crate::system::System;

/// Writes the file for an interpreter below `dir` and returns its path. `stable_abi` is the Python version whose stable ABI is
/// targeted, if the file has to say so.
pub(crate) fn write(
    system: &dyn System,
    dir: &Path,
    interpreter: &Interpreter,
    stable_abi: Option<PythonVersion>,
) -> io::Result<PathBuf> {
    let text = text(interpreter, stable_abi);
    let (major, minor, _) = interpreter.version;
    // The name contains a digest, so that two interpreters of the same version don't overwrite each other's file.
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
    // Not the program that was found: an interpreter with several names would get several configurations.
    line("executable", &interpreter.base.display().to_string());
    line("pointer_width", &interpreter.pointer_width.to_string());
    line("build_flags", &flags.join(","));
    line("suppress_build_script_link_lines", "false");
    text
}
