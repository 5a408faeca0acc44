//! How test programs of extensions are linked.

use std::path::Path;

use crate::interpreter::Interpreter;
use crate::system::{System, SystemExt};

/// How to link a test program of an extension against the interpreter's library: extension modules leave Python's
/// symbols to the process that loads them, and a test program has no such process around it.
pub(crate) fn link_arguments(system: &dyn System, interpreter: &Interpreter) -> Vec<String> {
    let mut args = Vec::new();
    let mut link = |arg: String| {
        args.push("-C".to_owned());
        args.push(format!("link-arg={arg}"));
    };
    if let (Some(dir), Some(library)) = (&interpreter.library_dir, &interpreter.library) {
        let file = dir.join(library);
        if system.is_file(&file) {
            link(file.display().to_string());
            if Path::new(library)
                .extension()
                .is_some_and(|ending| ending == "a")
            {
                // A static libpython leaves its own needs to the program (`python3-config --ldflags --embed`).
                for needed in interpreter.link_with.split_ascii_whitespace() {
                    link(needed.to_owned());
                }
                if cfg!(target_os = "linux") {
                    link("-Wl,--export-dynamic".to_owned());
                }
            } else {
                link(format!("-Wl,-rpath,{}", dir.display()));
            }
            return args;
        }
    }
    // Without a libpython the tests that do not touch Python still run.
    if cfg!(target_os = "linux") {
        link("-Wl,--unresolved-symbols=ignore-all".to_owned());
    } else if cfg!(target_os = "macos") {
        link("-Wl,-undefined,dynamic_lookup".to_owned());
    }
    args
}
