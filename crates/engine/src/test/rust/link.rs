//! How an extension's test programs are linked.

use std::path::Path;

use crate::interpreter::Interpreter;
use crate::system::{System, SystemExt};

/// The arguments that link an extension's test program against the interpreter's library: an extension module gets Python's
/// symbols from the process that loads it, but a test program has no such process.
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
                // With a static libpython, the program has to link its dependencies too (`python3-config --ldflags --embed`).
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
    // Without a libpython, the tests of a crate that uses nothing of Python still run. Others are reported when they start.
    if cfg!(target_os = "linux") {
        link("-Wl,--unresolved-symbols=ignore-all".to_owned());
    } else if cfg!(target_os = "macos") {
        link("-Wl,-undefined,dynamic_lookup".to_owned());
    }
    args
}
