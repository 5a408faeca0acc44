//! Extensions that build and import, but really fail when they're used: PyO3's own messages, from a real extension in a
//! real interpreter. Each fault has a correct use next to it, which must not be reported.
//!
//! One extension contains all the faults, so that PyO3 is compiled once and linked twice.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // Anything that can't be run fails the test.
#![allow(
    clippy::disallowed_methods,
    reason = "the test makes the extension, and the messages, that it gives to the crate"
)]

mod builds;

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use builds::{Project, target_dir};
use wr_anatomy::{OutputContext, explain_output};

const SHARED: &str = "\
use pyo3::prelude::*;

#[pyclass(subclass)]
pub struct Base;

#[pymethods]
impl Base {
    #[new]
    fn new() -> Self {
        Self
    }
}
";

const FIRST: &str = "\
use pyo3::prelude::*;

#[pymodule]
mod first {
    use super::*;

    #[pymodule_export]
    use shared::Base;

    #[pyfunction]
    fn takes_base(_base: &Bound<'_, Base>) {}

    #[pyfunction]
    fn double(number: i64) -> i64 {
        2 * number
    }

    #[pyfunction]
    fn joined(parts: Vec<String>) -> String {
        parts.concat()
    }

    #[pyfunction]
    fn half(number: f64) -> f64 {
        number / 2.0
    }

    #[pyfunction]
    fn small(number: u8) -> u8 {
        number
    }

    #[pyfunction]
    fn divided(by: i64) -> i64 {
        100 / by
    }

    #[pyfunction]
    fn later(now: bool) -> i64 {
        if now { 1 } else { todo!() }
    }

    #[pyclass]
    struct Counter {
        count: u32,
    }

    #[pymethods]
    impl Counter {
        #[new]
        fn new() -> Self {
            Self { count: 0 }
        }

        fn count_with(&mut self, py: Python<'_>, also: Py<PyAny>) -> PyResult<u32> {
            self.count += 1;
            also.call0(py)?;
            Ok(self.count)
        }

        fn read(&self) -> u32 {
            self.count
        }
    }

    #[pyclass]
    struct Closed;

    #[pyclass(unsendable)]
    struct Local;

    #[pymethods]
    impl Local {
        #[new]
        fn new() -> Self {
            Self
        }

        fn touch(&self) {}
    }
}
";

const SECOND: &str = "\
use pyo3::prelude::*;

#[pymodule]
mod second {
    #[pymodule_export]
    use shared::Base;
}
";

/// The directory with both modules, built once for all tests.
fn modules() -> &'static PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let crate_of = |name: &str, kind: &str| {
            let shared = if name == "shared" { "" } else { "shared = { path = \"../shared\" }\n" };
            format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"{kind}\"]\n\n[dependencies]\npyo3 = \"0.30\"\n{shared}"
            )
        };
        let project = Project::new("running")
            .write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"shared\", \"first\", \"second\"]\n")
            .write("shared/Cargo.toml", &crate_of("shared", "rlib"))
            .write("shared/src/lib.rs", SHARED)
            .write("first/Cargo.toml", &crate_of("first", "cdylib"))
            .write("first/src/lib.rs", FIRST)
            .write("second/Cargo.toml", &crate_of("second", "cdylib"))
            .write("second/src/lib.rs", SECOND);
        // The way maturin builds.
        let env = [("PYO3_BUILD_EXTENSION_MODULE", "1"), ("RUSTFLAGS", flags())];
        project.is_healthy(&["build", "--workspace"], &env);
        for name in ["first", "second"] {
            let end = if cfg!(target_os = "macos") { "dylib" } else { "so" };
            let built = target_dir().join(format!("debug/lib{name}.{end}"));
            std::fs::copy(built, project.dir.join(format!("{name}.so"))).unwrap();
        }
        project.dir
    })
}

/// An extension's Python symbols come from the process that loads it; on macOS the linker has to know that.
fn flags() -> &'static str {
    if cfg!(target_os = "macos") {
        "-Clink-arg=-undefined -Clink-arg=dynamic_lookup"
    } else {
        ""
    }
}

/// Python's output when it runs these lines with both modules available.
fn says(lines: &str) -> String {
    let output = Command::new("python3")
        .args(["-I", "-c"])
        .arg(format!(
            "import sys; sys.path.insert(0, sys.argv[1])\n{lines}"
        ))
        .arg(modules())
        .output()
        .unwrap_or_else(|error| panic!("this test needs `python3`: {error}"));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Requires that the first lines fail for this cause, and the second ones don't fail.
#[track_caller]
fn fails(code: &str, sick: &str, healthy: &str) {
    let said = says(sick);
    let context = OutputContext::new().speaker("python3");
    let found: Vec<_> = explain_output(&said, &context)
        .iter()
        .map(|finding| finding.code.to_string())
        .collect();
    assert_eq!(found, [code], "{said}");
    assert_eq!(says(healthy), "");
}

#[test]
fn wr0115_one_class_in_two_extensions() {
    fails(
        "WR0115",
        "import first, second; first.takes_base(second.Base())",
        "import first, second; first.takes_base(first.Base())",
    );
}

#[test]
fn wr0301_a_todo_is_left() {
    fails(
        "WR0301",
        "import first; first.later(False)",
        "import first; first.later(True)",
    );
}

#[test]
fn wr0302_a_panic_crosses_into_python() {
    fails(
        "WR0302",
        "import first; first.divided(0)",
        "import first; first.divided(5)",
    );
}

#[test]
fn wr0303_an_argument_of_another_type() {
    fails(
        "WR0303",
        "import first; first.double('two')",
        "import first; first.double(2)",
    );
}

#[test]
fn wr0303_not_a_sequence_or_an_item_of_the_wrong_type() {
    for sick in [
        "joined(3)",
        "joined(True)",
        "joined(part for part in 'ab')",
        "joined('ab')",
        "joined([1])",
        "joined(None)",
        "half('two')",
    ] {
        fails(
            "WR0303",
            &format!("import first; first.{sick}"),
            "import first; first.joined(['a']); first.half(2)",
        );
    }
}

#[test]
fn wr0304_an_integer_that_does_not_fit() {
    fails(
        "WR0304",
        "import first; first.small(300)",
        "import first; first.small(200)",
    );
}

#[test]
fn wr0305_a_nested_borrow() {
    fails(
        "WR0305",
        "import first; c = first.Counter(); c.count_with(c.read)",
        "import first; c = first.Counter(); c.count_with(lambda: None); c.read()",
    );
}

#[test]
fn wr0306_no_constructor() {
    fails(
        "WR0306",
        "import first; first.Closed()",
        "import first; first.Counter()",
    );
}

#[test]
fn wr0307_an_object_of_one_thread_in_another() {
    let in_thread = "import first, threading; one = first.Local()\n\
        t = threading.Thread(target=WHAT); t.start(); t.join()";
    fails(
        "WR0307",
        &in_thread.replace("WHAT", "one.touch"),
        &in_thread.replace("WHAT", "lambda: first.Local().touch()"),
    );
}

#[test]
fn wr0113_a_second_interpreter() {
    // The PyO3 in the other tests can be loaded twice; this older one says that it can't.
    let project = Project::new("older")
        .write("src/lib.rs", "use pyo3::prelude::*;\n\n#[pymodule]\nfn older(_module: &Bound<'_, PyModule>) -> PyResult<()> {\n    Ok(())\n}\n")
        .manifest("[lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\npyo3 = { version = \"0.25\", default-features = false, features = [\"macros\"] }\n");
    let env = [("PYO3_BUILD_EXTENSION_MODULE", "1"), ("RUSTFLAGS", flags())];
    project.is_healthy(&["build"], &env);
    let end = if cfg!(target_os = "macos") {
        "dylib"
    } else {
        "so"
    };
    let built = target_dir().join(format!("debug/libolder.{end}"));
    std::fs::copy(built, modules().join("older.so")).unwrap();
    let import = "import older; import sys\n\
        try:\n    import _interpreters as interpreters\n\
        except ImportError:\n    import _xxsubinterpreters as interpreters\n\
        one = interpreters.create()\n\
        said = interpreters.run_string(one, f'import sys; sys.path.insert(0, {sys.argv[1]!r}); import older')\n\
        sys.exit(said and str(said))";
    fails("WR0113", import, "import older");
}
