//! Extensions that really fail: built by the C compiler, imported by Python, and judged both from their bytes and from
//! Python's output. Each has a healthy twin.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // Anything that can't be built or run fails the test.
#![allow(
    clippy::disallowed_methods,
    reason = "the test makes the binaries, and the messages, that it gives to the crate"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use wr_anatomy::{
    Candidate, Expectation, OutputContext, explain_output, inspect, inspect_parts, judge_candidates,
};

/// This test's own directory, which is deleted with the value.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("really-fails-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Compiles C into a file in this directory. Python's functions are declared by hand, so no headers are needed.
    fn compile(&self, file: &str, source: &str, arguments: &[&str]) -> PathBuf {
        let c = self.0.join("source.c");
        std::fs::write(&c, source).unwrap();
        let target = self.0.join(file);
        let output = Command::new("cc")
            .arg("-o")
            .arg(&target)
            .arg(&c)
            .args(arguments)
            .output()
            .unwrap_or_else(|error| panic!("this test needs `cc`: {error}"));
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        target
    }

    /// What Python prints for these lines, with this directory first on the path.
    fn python(&self, lines: &str) -> String {
        let output = Command::new("python3")
            .arg("-c")
            .arg(format!(
                "import sys; sys.path.insert(0, sys.argv[1]); {lines}"
            ))
            .arg(&self.0)
            .output()
            .unwrap_or_else(|error| panic!("this test needs `python3`: {error}"));
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Imports a module from this directory, and returns Python's output.
    fn import(&self, module: &str) -> String {
        let output = Command::new("python3")
            .args([
                "-c",
                "import sys; sys.path.insert(0, sys.argv[1]); __import__(sys.argv[2])",
            ])
            .arg(&self.0)
            .arg(module)
            .output()
            .unwrap_or_else(|error| panic!("this test needs `python3`: {error}"));
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn from_bytes(file: &Path) -> Vec<String> {
    let name = file.file_name().unwrap().to_str().unwrap();
    let expected = Expectation::new()
        .file_name(name)
        .module("fast".parse().unwrap());
    inspect(&std::fs::read(file).unwrap(), &expected)
        .unwrap()
        .diagnostics
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}

fn from_output(said: &str) -> Vec<String> {
    explain_output(said, &OutputContext::new().speaker("python3"))
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}

/// The smallest possible module: multi-phase initialisation with nothing in it.
fn healthy(name: &str) -> String {
    format!(
        "#include <stddef.h>\n\
         struct definition {{ struct {{ size_t refs; void *type; void *init; size_t index; void *copy; }} base;\n\
         const char *name; const char *doc; size_t size; void *methods, *slots, *traverse, *clear, *free; }};\n\
         struct slot {{ int id; void *value; }};\n\
         static struct slot slots[] = {{ {{0, 0}} }};\n\
         static struct definition module = {{ .base = {{ 1 }}, .name = \"{name}\", .slots = slots }};\n\
         extern void *PyModuleDef_Init(struct definition *);\n\
         void *PyInit_{name}(void) {{ return PyModuleDef_Init(&module); }}\n"
    )
}

const LIBRARY: &[&str] = &["-shared", "-fPIC"];

#[test]
fn the_healthy_twin_imports() {
    let place = Place::new("healthy");
    let file = place.compile("fast.so", &healthy("fast"), LIBRARY);
    assert_eq!(place.import("fast"), "");
    assert_eq!(from_bytes(&file), [""; 0]);
}

#[test]
fn without_section_headers() {
    let place = Place::new("sections");
    // A function from the C library is needed in a specific version.
    let source = format!(
        "{}void *malloc(unsigned long);\nvoid *hold(void) {{ return malloc(1); }}\n",
        healthy("fast")
    );
    let file = place.compile("fast.so", &source, LIBRARY);
    let mut bytes = std::fs::read(&file).unwrap();
    let whole = inspect(&bytes, &Expectation::new())
        .unwrap()
        .facts
        .images
        .remove(0);
    // The headers' offset, their number, and which of them contains the names (64 bits).
    bytes[40..48].fill(0);
    bytes[58..64].fill(0);
    std::fs::write(&file, &bytes).unwrap();
    assert_eq!(place.import("fast"), "");
    assert_eq!(from_bytes(&file), [""; 0]);
    let stripped = inspect(&bytes, &Expectation::new())
        .unwrap()
        .facts
        .images
        .remove(0);
    assert_eq!(stripped.init_functions, whole.init_functions);
    assert_eq!(stripped.libraries, whole.libraries);
    assert_eq!(stripped.imports, whole.imports);
    assert!(!whole.version_needs.is_empty());
    assert_eq!(stripped.version_needs, whole.version_needs);
}

#[test]
fn without_a_section_of_the_dynamic_table() {
    let place = Place::new("dynamic");
    let file = place.compile("fast.so", &healthy("fast"), LIBRARY);
    let mut bytes = std::fs::read(&file).unwrap();
    let number = |bytes: &[u8], at: usize, size: usize| {
        let digits = bytes[at..at + size].iter().rev();
        digits.fold(0, |number, byte| number << 8 | usize::from(*byte))
    };
    // The section headers (64 bits, little-endian): their offset, and the type of each one.
    let (first, count) = (number(&bytes, 40, 8), number(&bytes, 60, 2));
    let types = (0..count).map(|at| first + 64 * at + 4);
    let dynamic = types
        .filter(|at| number(&bytes, *at, 4) == 6)
        .collect::<Vec<_>>();
    bytes[dynamic[0]] = 1;
    std::fs::write(&file, &bytes).unwrap();
    assert_eq!(place.import("fast"), "");
    assert_eq!(from_bytes(&file), [""; 0]);
    // The loader uses the segment. The sections don't show which parts of it are read.
    let read = |start: u64, part: &mut [u8]| {
        let start = usize::try_from(start).ok()?;
        part.copy_from_slice(bytes.get(start..start + part.len())?);
        Some(())
    };
    let length = bytes.len() as u64;
    assert_eq!(inspect_parts(length, &Expectation::new(), read), None);
}

#[test]
fn another_name() {
    let place = Place::new("name");
    let file = place.compile("fast.so", &healthy("fats"), LIBRARY);
    assert_eq!(from_output(&place.import("fast")), ["WR0101"]);
    assert_eq!(from_bytes(&file), ["WR0101"]);
}

#[test]
fn no_init_function() {
    let place = Place::new("none");
    let file = place.compile("fast.so", "int double_it(int x) { return 2 * x; }", LIBRARY);
    assert_eq!(from_output(&place.import("fast")), ["WR0101"]);
    assert_eq!(from_bytes(&file), ["WR0102"]);
}

#[test]
fn libpython_is_needed_but_missing() {
    let place = Place::new("libpython");
    place.compile(
        "libpython3.77.so.1.0",
        "int nothing;",
        &["-shared", "-fPIC", "-Wl,-soname,libpython3.77.so.1.0"],
    );
    let library = place.0.join("libpython3.77.so.1.0");
    let file = place.compile(
        "fast.so",
        &healthy("fast"),
        &[
            "-shared",
            "-fPIC",
            "-Wl,--no-as-needed",
            library.to_str().unwrap(),
        ],
    );
    std::fs::remove_file(library).unwrap();
    assert_eq!(from_output(&place.import("fast")), ["WR0103"]);
    assert_eq!(from_bytes(&file), ["WR0103"]);
}

#[test]
fn a_library_is_missing() {
    let place = Place::new("library");
    let library = place.compile(
        "libother.so.1",
        "int other;",
        &["-shared", "-fPIC", "-Wl,-soname,libother.so.1"],
    );
    let arguments = [
        "-shared",
        "-fPIC",
        "-Wl,--no-as-needed",
        library.to_str().unwrap(),
    ];
    let file = place.compile("fast.so", &healthy("fast"), &arguments);
    std::fs::remove_file(&library).unwrap();
    assert_eq!(from_output(&place.import("fast")), ["WR0112"]);
    // Whether it's found depends on the system: the file itself isn't at fault.
    assert_eq!(from_bytes(&file), [""; 0]);
}

#[test]
fn not_a_library() {
    let place = Place::new("program");
    let file = place.compile(
        "fast.so",
        "int main(void) { return 0; }",
        &["-pie", "-fPIE"],
    );
    assert_eq!(from_output(&place.import("fast")), ["WR0104"]);
    assert_eq!(from_bytes(&file), ["WR0104"]);
    let object = place.compile("fast.so", &healthy("fast"), &["-c", "-fPIC"]);
    assert_eq!(from_output(&place.import("fast")), ["WR0104"]);
    assert_eq!(from_bytes(&object), ["WR0104"]);
}

#[test]
fn a_symbol_that_no_python_has() {
    let place = Place::new("symbol");
    let source = healthy("fast").replace("PyModuleDef_Init", "PyModuleDef_InitFromTheFuture");
    place.compile("fast.so", &source, &["-shared", "-fPIC", "-Wl,-z,now"]);
    assert_eq!(from_output(&place.import("fast")), ["WR0106"]);
}

#[test]
fn a_symbol_outside_the_promised_stable_abi() {
    let place = Place::new("promise");
    let file = place.compile("fast.abi3.so", &healthy("fast"), LIBRARY);
    assert_eq!(place.import("fast"), "");
    assert_eq!(from_bytes(&file), [""; 0]);
    // It loads wherever the symbol exists; here it doesn't.
    let source = healthy("fast").replace("PyModuleDef_Init", "PyModuleDef_InitFromTheFuture");
    let file = place.compile("fast.abi3.so", &source, &["-shared", "-fPIC", "-Wl,-z,now"]);
    assert_eq!(from_output(&place.import("fast")), ["WR0106"]);
    // The file name says what the loader can't know: that it should load everywhere.
    assert_eq!(from_bytes(&file), ["WR0108"]);
}

#[test]
#[cfg(target_env = "gnu")]
fn a_c_library_of_the_future() {
    let place = Place::new("glibc");
    let version = place.0.join("version");
    std::fs::write(&version, "GLIBC_9.99 { later; };\n").unwrap();
    let script = format!("-Wl,--version-script={}", version.display());
    let future = place.compile(
        "libc-of-the-future.so",
        "void later(void) {}",
        &[
            "-shared",
            "-fPIC",
            "-nostdlib",
            "-Wl,-soname,libc.so.6",
            &script,
        ],
    );
    let calls = |function: &str| {
        format!(
            "{}extern void {function}(void);\nvoid *hold(void) {{ return (void *){function}; }}\n",
            healthy("fast")
        )
    };
    let arguments = ["-shared", "-fPIC", future.to_str().unwrap()];
    let file = place.compile("fast.so", &calls("later"), &arguments);
    assert_eq!(from_output(&place.import("fast")), ["WR0109"]);
    let host = place.python("import platform; print(platform.libc_ver()[1])");
    let host = wr_anatomy::facts::Version::parse(host.trim()).unwrap();
    let expected = Expectation::new()
        .file_name("fast.so")
        .libc(wr_anatomy::Libc::Gnu(host));
    let codes = |file: &Path| {
        let found = inspect(&std::fs::read(file).unwrap(), &expected).unwrap();
        let codes = found.diagnostics.iter().map(|one| one.code.to_string());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(codes(&file), ["WR0109"]);
    let file = place.compile("fast.so", &calls("abort"), LIBRARY);
    assert_eq!(place.import("fast"), "");
    assert_eq!(codes(&file), [""; 0]);
}

#[test]
#[cfg(target_env = "gnu")]
fn more_static_thread_local_storage_than_there_is() {
    let place = Place::new("tls");
    let source = |model: &str| {
        format!(
            "{}static __thread char block[1 << 16] __attribute__((tls_model(\"{model}\")));\n\
             char *hold(int at) {{ return &block[at]; }}\n",
            healthy("fast")
        )
    };
    let file = place.compile("fast.so", &source("initial-exec"), LIBRARY);
    assert_eq!(from_output(&place.import("fast")), ["WR0117"]);
    let static_tls = |file: &Path| {
        let found = inspect(&std::fs::read(file).unwrap(), &Expectation::new()).unwrap();
        found.facts.images[0].static_tls
    };
    assert_eq!(static_tls(&file), 1 << 16);
    // Whether there's room depends on what was loaded before: the file itself isn't at fault.
    assert_eq!(from_bytes(&file), [""; 0]);
    let file = place.compile("fast.so", &source("global-dynamic"), LIBRARY);
    assert_eq!(place.import("fast"), "");
    assert_eq!(static_tls(&file), 0);
    // musl has no room, whatever was loaded before. A file that names its library was linked for it.
    let musl = "libc.musl-x86_64.so.1";
    let soname = format!("-Wl,-soname,{musl}");
    let musl = place.compile(musl, "int nothing;", &["-shared", "-nostdlib", &soname]);
    let arguments = [
        "-shared",
        "-fPIC",
        "-nostdlib",
        "-Wl,--no-as-needed",
        musl.to_str().unwrap(),
    ];
    let file = place.compile("fast.so", &source("initial-exec"), &arguments);
    assert_eq!(from_bytes(&file), ["WR0117"]);
    let file = place.compile("fast.so", &source("global-dynamic"), &arguments);
    assert_eq!(from_bytes(&file), [""; 0]);
}

#[test]
fn an_init_function_that_returns_nothing() {
    let place = Place::new("nothing");
    place.compile("fast.so", "void *PyInit_fast(void) { return 0; }", LIBRARY);
    assert_eq!(from_output(&place.import("fast")), ["WR0116"]);
}

#[test]
fn a_suffix_that_this_python_ignores() {
    let place = Place::new("suffix");
    place.compile("fast.cpython-31-nowhere.so", &healthy("fast"), LIBRARY);
    let said = place.import("fast");
    assert!(
        said.contains("ModuleNotFoundError: No module named 'fast'"),
        "{said}"
    );
    let expected = Expectation::new()
        .file_name("fast.cpython-31-nowhere.so")
        .python(wr_anatomy::PythonVersion::new(3, 12));
    let bytes = std::fs::read(place.0.join("fast.cpython-31-nowhere.so")).unwrap();
    assert_eq!(
        inspect(&bytes, &expected).unwrap().diagnostics[0]
            .code
            .as_str(),
        "WR0107"
    );
}

#[test]
fn an_older_build_is_found_first() {
    let place = Place::new("shadow");
    let suffix = place.python("import sysconfig; print(sysconfig.get_config_var('EXT_SUFFIX'))");
    let older = format!("fast{}", suffix.trim());
    place.compile(&older, &healthy("fast"), LIBRARY);
    place.compile("fast.abi3.so", &healthy("fast"), LIBRARY);
    let taken = || {
        let said = place.python("import fast; print(fast.__file__)");
        Path::new(said.trim())
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    };
    // No message at all: Python uses the older file.
    assert_eq!(taken(), older);
    let candidate = |file: &str, modified| Candidate {
        path: file.to_owned(),
        modified,
    };
    let module = "fast".parse().unwrap();
    let both = [candidate(&older, 1), candidate("fast.abi3.so", 2)];
    let finding = judge_candidates(&module, &both).unwrap();
    assert_eq!(finding.code.as_str(), "WR0111");
    // As the hint says.
    std::fs::remove_file(place.0.join(&older)).unwrap();
    assert_eq!(taken(), "fast.abi3.so");
    assert_eq!(judge_candidates(&module, &both[1..]), None);
}

#[test]
fn wr0309_a_program_that_does_not_find_pythons_library() {
    let place = Place::new("rpath");
    place.compile(
        "libpython3.99.so",
        "int Py_Answer(void) { return 0; }",
        &["-shared", "-fPIC"],
    );
    let dir = place.0.display();
    let ran = |name: &str, more: &[&str]| {
        let search = format!("-L{dir}");
        let arguments = [&[&*search, "-lpython3.99"], more].concat();
        let program = place.compile(
            name,
            "int Py_Answer(void); int main(void) { return Py_Answer(); }",
            &arguments,
        );
        let output = Command::new(program).output().unwrap();
        from_output(&String::from_utf8_lossy(&output.stderr))
    };
    assert_eq!(ran("host", &[]), ["WR0309"]);
    assert_eq!(ran("healthy", &[&format!("-Wl,-rpath,{dir}")]), [""; 0]);
}
