//! How an extension's test programs are linked.

use crate::interpreter::Interpreter;
use crate::system::{System, SystemExt};
use crate::test::{End, Suite};

/// The arguments that link an extension's test program against the interpreter's library: an extension module gets Python's
/// symbols from the process that loads it, but a test program has no such process.
pub(crate) fn link_arguments(system: &dyn System, interpreter: &Interpreter) -> Vec<String> {
    let mut args = Vec::new();
    let mut link = |arg: String| {
        args.push("-C".to_owned());
        args.push(format!("link-arg={arg}"));
    };
    let file = interpreter.library_file();
    if let Some(file) = file.filter(|file| system.is_file(file)) {
        link(file.display().to_string());
        if file.extension().is_some_and(|ending| ending == "a") {
            // With a static libpython, the program has to link its dependencies too (`python3-config --ldflags --embed`).
            for needed in interpreter.link_with.split_ascii_whitespace() {
                link(needed.to_owned());
            }
            if cfg!(target_os = "linux") {
                link("-Wl,--export-dynamic".to_owned());
            }
        } else if let Some(dir) = &interpreter.library_dir {
            link(format!("-Wl,-rpath,{}", dir.display()));
        }
        return args;
    }
    // Without a libpython, the tests of a crate that uses nothing of Python still run. Others are reported when they start.
    if cfg!(target_os = "linux") {
        link("-Wl,--unresolved-symbols=ignore-all".to_owned());
    } else if cfg!(target_os = "macos") {
        link("-Wl,-undefined,dynamic_lookup".to_owned());
    }
    args
}

/// The dynamic linker's line about a test program that needs a libpython and was linked without one, so that it never
/// started.
pub(crate) fn unlinked(suite: &Suite) -> Option<&str> {
    // glibc: "symbol lookup error: …: undefined symbol: _Py_Dealloc"; musl: "Error relocating …: Py_IncRef: symbol not found";
    // macOS: "dyld: Symbol not found: _PyExc_ValueError", "symbol not found in flat namespace '_Py_Dealloc'".
    let is_about = |line: &&str| {
        let lower = line.to_lowercase();
        let is_missing = ["undefined symbol", "symbol not found"]
            .iter()
            .any(|words| lower.contains(words));
        is_missing
            && line
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|word| word.trim_start_matches('_').starts_with("Py"))
    };
    let has_failed = matches!(suite.end, End::Died { .. } | End::Finished { status: 1.. });
    // A program that reports nothing counts as one test, which has the program's name.
    let has_started = suite.tests.iter().any(|test| test.id.contains("::"));
    let mut lines = suite.output.lines();
    (has_failed && !has_started)
        .then(|| lines.find(is_about))
        .flatten()
}
