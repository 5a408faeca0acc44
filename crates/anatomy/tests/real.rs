//! Real binaries: those of the Python on this machine, and the C compiler's output.
#![allow(clippy::unwrap_used)] // Anything that can't be read fails the test.
#![allow(
    clippy::disallowed_methods,
    reason = "the test finds and makes the binaries whose bytes it gives to the crate"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use wr_anatomy::facts::Kind;
use wr_anatomy::python_api::OfferedSymbols;
use wr_anatomy::{Expectation, PythonVersion, inspect};

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("this test needs `{program}`: {error}"));
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_standard_library_has_no_findings() {
    let code = "import sysconfig; print(sysconfig.get_config_var('DESTSHARED') or '')";
    let directory = PathBuf::from(run("python3", &["-c", code]).trim());
    if !directory.is_dir() {
        // Some Pythons have every module built in, so there's nothing to read.
        return;
    }
    let (offered, _) = offered_by_python();
    let mut seen = 0;
    for entry in std::fs::read_dir(&directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if Path::new(name)
            .extension()
            .is_none_or(|extension| extension != "so")
        {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let expected = Expectation::new().file_name(name).offered(offered.clone());
        let inspection = inspect(&bytes, &expected).unwrap();
        let findings: Vec<&str> = inspection
            .diagnostics
            .iter()
            .map(|finding| finding.code.as_str())
            // A Python built as a shared library links its own modules with it.
            .filter(|code| *code != "WR0103")
            .collect();
        assert_eq!(findings, [""; 0], "{name}");
        assert_eq!(inspection.facts.kind, Kind::SharedLibrary, "{name}");
        assert!(!inspection.facts.images[0].imports.is_empty(), "{name}");
        seen += 1;
    }
    assert!(seen > 10, "only {seen} modules in {}", directory.display());
}

#[test]
fn the_interpreter_is_a_program() {
    let python = run(
        "python3",
        &[
            "-c",
            "import sys, os; print(os.path.realpath(sys.executable))",
        ],
    );
    let bytes = std::fs::read(python.trim()).unwrap();
    let facts = inspect(&bytes, &Expectation::new()).unwrap().facts;
    assert_eq!(facts.kind, Kind::Executable);
}

/// The interpreter's own symbols: its executable's if Python is built into it, otherwise its libpython's.
fn offered_by_python() -> (OfferedSymbols, PythonVersion) {
    let code = "import sys, os, sysconfig as s; print(os.path.realpath(sys.executable)); \
                print(os.path.join(s.get_config_var('LIBDIR') or '', s.get_config_var('INSTSONAME') or '')); \
                print('%d.%d' % sys.version_info[:2])";
    let output = run("python3", &["-c", code]);
    let lines: Vec<&str> = output.lines().collect();
    let offered_by = |file: &str| {
        let bytes = std::fs::read(file).unwrap();
        OfferedSymbols::of(&inspect(&bytes, &Expectation::new()).unwrap().facts)
    };
    let of_program = offered_by(lines[0]);
    let offered = if of_program.is_empty() {
        offered_by(lines[1])
    } else {
        of_program
    };
    (offered, PythonVersion::parse(lines[2]).unwrap())
}

#[test]
fn the_interpreter_offers_the_stable_abi_of_its_version() {
    let (offered, version) = offered_by_python();
    let missing: Vec<&str> = wr_anatomy::python_api::stable_symbols()
        .filter(|symbol| symbol.since <= version && symbol.condition.is_none())
        .map(|symbol| symbol.name)
        // Python 3.9 forgot to export this one.
        .filter(|name| !(version == PythonVersion::new(3, 9) && *name == "PyCFunction_New"))
        .filter(|name| !offered.contains(name))
        .collect();
    assert_eq!(missing, [""; 0], "of Python {version}");
    assert!(!offered.contains("PyNothing_OfTheKind"));
}
