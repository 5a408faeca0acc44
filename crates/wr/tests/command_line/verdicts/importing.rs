//! Extension modules: built, looked into, imported, tested.

use testkit::{Extension, workshop};

use super::{check, check_extension};

#[test]
fn solved_then_broken_then_solved_again() {
    let at = workshop!("ext-solved");
    let extension = Extension::named_after(&at);
    check_extension(&at, &extension).is("solved", "", "");
    let source = format!("{}/src/lib.rs", extension.dir());
    at.replace(&source, "42", "41");
    check(&at, &extension.id)
        .is("tests_fail", "test-failed", "sample/tests/test_sample.py:5")
        .mentions("assert 41 == 42");
    at.replace(&source, "41", "42");
    check(&at, &extension.id).is("solved", "", "");
}

#[test]
fn a_todo_names_the_line_in_rust() {
    let at = workshop!("ext-todo");
    let extension = Extension::named_after(&at).answering("todo!()");
    check_extension(&at, &extension).is("unfinished", "unfinished", "src/lib.rs:7");
}

#[test]
fn a_panic_names_the_line_in_rust() {
    let at = workshop!("ext-panic");
    let extension = Extension::named_after(&at).answering("[1, 2][std::hint::black_box(2)]");
    check_extension(&at, &extension)
        .is("tests_fail", "panic", "src/lib.rs:7")
        .mentions("index out of bounds");
}

#[test]
fn a_compile_error_stops_before_any_test() {
    let at = workshop!("ext-compile-error");
    let extension = Extension::named_after(&at)
        .answering("\"forty-two\"")
        .tests("open('was-run', 'w')\n\n\ndef test_a():\n    pass\n");
    check_extension(&at, &extension).is("does_not_compile", "compile-error", "src/lib.rs:7");
    assert!(!at.path(extension.dir()).join("was-run").exists());
}

#[test]
fn an_init_function_of_another_name_is_found_before_python_is_asked() {
    let at = workshop!("ext-init-name");
    let extension = Extension::named_after(&at);
    let other = extension.source.replace("mod MODULE", "mod another_name");
    let gist = check_extension(&at, &extension.clone().source(&other));
    assert_eq!(
        (&*gist.status, &*gist.rule),
        ("does_not_import", "init-function-name"),
        "{gist:?}"
    );
    gist.mentions("PyInit_another_name")
        .mentions("PyInit_ext_ext_init_name")
        .mentions("src/lib.rs");
}

#[test]
fn a_library_without_an_init_function_is_no_module() {
    let at = workshop!("ext-no-init");
    let extension = Extension::named_after(&at).source("pub fn answer() -> u32 {\n    42\n}\n");
    let gist = check_extension(&at, &extension);
    assert_eq!(
        (&*gist.status, &*gist.rule),
        ("does_not_import", "init-function-missing"),
        "{gist:?}"
    );
}

#[test]
fn a_function_that_was_not_added_is_shown_where_it_is_written() {
    let at = workshop!("ext-not-added");
    let extension = Extension::named_after(&at).source(
        "use pyo3::prelude::*;\n\n#[pyfunction]\nfn answer() -> u32 {\n    42\n}\n\n\
         #[pymodule]\nmod MODULE {\n    #[pymodule_export]\n    use super::other;\n}\n\n\
         #[pyfunction]\nfn other() -> u32 {\n    answer()\n}\n",
    );
    check_extension(&at, &extension)
        .is("does_not_import", "name-not-in-module", "src/lib.rs:4")
        .mentions("has no `answer`");
}

#[test]
fn a_crate_without_cdylib_is_built_as_maturin_builds_it_and_told_of() {
    let at = workshop!("ext-no-cdylib");
    let extension = Extension::named_after(&at);
    at.course();
    extension.put_into(&at);
    at.replace(
        format!("{}/Cargo.toml", extension.dir()),
        "\"cdylib\"",
        "\"rlib\"",
    );
    check(&at, &extension.id).is("solved", "no-cdylib", "Cargo.toml:null");
}

#[test]
fn the_crates_own_rust_tests_count() {
    let at = workshop!("ext-rust-tests");
    let extension = Extension::named_after(&at);
    let tests = "\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn sums() {\n        assert_eq!(1 + 1, 3);\n    }\n}\n";
    let with_tests = format!("{}{tests}", extension.source);
    check_extension(&at, &extension.clone().source(&with_tests))
        .is("tests_fail", "test-failed", "src/lib.rs:15")
        .mentions("right: 3");
}

#[test]
fn a_misspelt_key_is_the_cause_where_python_misses_the_module() {
    let at = workshop!("ext-misspelt");
    let extension = Extension::named_after(&at).tests(
        "from MODULE._core import answer\n\n\ndef test_answer():\n    assert answer() == 42\n",
    );
    at.course();
    extension.put_into(&at);
    let manifest = format!("{}/pyproject.toml", extension.dir());
    let keys = "[tool.maturin]\nmodule_name = \"ext_ext_misspelt._core\"\n";
    at.write(&manifest, format!("{}{keys}", at.read(&manifest)));
    let outcome = at.wr(["check", &extension.id, "--format", "json"]).run();
    let verdict = outcome.status(1).verdict();
    assert_eq!(verdict["status"], "does_not_import", "{verdict:#}");
    let codes: Vec<&str> = verdict["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["WR0218"], "{verdict:#}");
    // The same slip where everything works all the same is told, and keeps nothing from being solved.
    let test = format!("{}/sample/tests/test_sample.py", extension.dir());
    at.replace(&test, "._core", "");
    check(&at, &extension.id)
        .is("solved", "misspelt-maturin-key", "pyproject.toml:11")
        .mentions("module-name");
}

#[test]
fn a_function_without_its_attribute_is_shown_with_what_is_there() {
    let at = workshop!("import-no-attribute");
    at.course();
    let extension = Extension::named_after(&at).source(
        "#[pyo3::pymodule]\nmod MODULE {\n    use pyo3::prelude::*;\n\n    fn answer() -> u32 {\n        42\n    }\n\n    \
         #[pyfunction]\n    fn anwser() -> u32 {\n        answer()\n    }\n}\n",
    );
    extension.put_into(&at);
    check(&at, &extension.id)
        .is("does_not_import", "name-not-in-module", "src/lib.rs:5")
        .mentions("write `#[pyfunction]` above `fn answer`")
        .mentions("\"text\": \"anwser\"");
}

#[test]
fn an_object_that_may_not_leave_its_thread_is_one_finding_at_its_class() {
    let at = workshop!("ext-unsendable");
    let extension = Extension::named_after(&at)
        .source(
            "#[pyo3::pymodule]\nmod MODULE {\n    use pyo3::prelude::*;\n\n    #[pyclass(unsendable)]\n    struct Prices {}\n\n    \
             #[pymethods]\n    impl Prices {\n        #[new]\n        fn new() -> Self {\n            Self {}\n        }\n\n        \
             fn total(&self) -> u32 {\n            42\n        }\n    }\n}\n",
        )
        .tests(
            "from concurrent.futures import ThreadPoolExecutor\n\nimport pytest\nfrom MODULE import Prices\n\n\n\
             @pytest.mark.parametrize('n', range(3))\ndef test_total(n):\n    prices = Prices()\n    \
             with ThreadPoolExecutor(1) as pool:\n        assert pool.submit(prices.total).result() == 42\n",
        );
    at.course();
    extension.put_into(&at);
    let outcome = at.wr(["check", &extension.id, "--format", "json"]).run();
    let verdict = outcome.status(1).verdict();
    assert_eq!(verdict["diagnostics"].as_array().unwrap().len(), 1);
    super::Gist::of(&verdict)
        .is("tests_fail", "unsendable", "src/lib.rs:5")
        .mentions("test_total[1]");
}

const LACKING: &str = r#"
use pyo3::prelude::*;

#[pymodule]
mod MODULE {
    use pyo3::prelude::*;

    const VAT: u64 = 20;

    use super::gross as with_vat;

    #[pyclass(eq)]
    #[derive(PartialEq)]
    struct Cart {
        #[pyo3(get)]
        size: u32,
    }

    #[pymethods]
    impl Cart {
        #[new]
        fn new(size: u32) -> Self {
            Self { size }
        }

        fn mean(&self) -> u32 {
            with_vat(self.size)
        }

        fn parse(&self, _text: &str) {}
    }

    #[pyclass]
    struct Closed;

    #[pyfunction]
    fn joined(parts: Vec<String>) -> String {
        let _ = VAT;
        parts.concat()
    }

    #[pyfunction]
    fn total(parts: Vec<u32>) -> u32 {
        parts.into_iter().sum()
    }

    #[pyfunction]
    fn doubled(of: u32) -> u32 {
        2 * of
    }

    #[pyfunction]
    fn item(parts: Vec<u32>, at: usize) -> u32 {
        parts[at]
    }
}

#[pyfunction]
fn gross(net: u32) -> u32 {
    net
}
"#;

/// Each line is a test of its own, with what is to be said of it.
const ASKED: [(&str, &str); 20] = [
    (
        "type('Own', (m.Cart,), {})",
        "`#[pyclass(subclass)]` above `Cart`",
    ),
    ("setattr(m.Cart(1), 'size', 2)", "`#[setter]`"),
    ("{m.Cart(1)}", "`#[pyclass(eq, hash, frozen)]`"),
    ("m.Cart(1) < m.Cart(2)", "`#[pyclass(eq, ord)]`"),
    ("m.Cart(1) >= 2", "give `Cart` a `__ge__` that"),
    ("len(m.Cart(1))", "give `Cart` a `__len__`"),
    ("list(m.Cart(1))", "give `Cart` an `__iter__`"),
    (
        "m.Cart.parse('a')",
        "is `#[staticmethod]` or `#[classmethod]` missing",
    ),
    (
        "assert m.Cart(1).mean == 1",
        "is `#[getter]` missing above it?",
    ),
    (
        "m.joined(3)",
        "the argument `parts` does not fit: `int` where `Sequence` is expected",
    ),
    (
        "m.joined(p for p in 'ab')",
        "`generator` where `Sequence` is expected",
    ),
    ("m.joined([True])", "`bool` where `str` is expected"),
    (
        "m.doubled(-1)",
        "the argument `of` does not fit its Rust integer type",
    ),
    (
        "m.total([2**32 - 1, 1])",
        "panicked inside the standard library, called at sample/tests/test_sample.py",
    ),
    ("m.doubled(2**31)", "`checked_mul`"),
    ("m.item([], 0)", "ask with `.get(..)`"),
    ("m.VAT", "write `#[pymodule_export]` above `const VAT`"),
    (
        "m.with_vat(1)",
        "`as` renames for Rust alone: write `#[pymodule_export]` above `use super::gross as with_vat;`",
    ),
    ("m.Closed()", "the class `Closed` has no constructor"),
    ("m.Closed(1)", "also sample/tests/test_sample.py::test_19"),
];

#[test]
fn what_python_says_of_an_extension_leads_to_what_is_to_be_written() {
    let at = workshop!("ext-lacking");
    let tests = ASKED.iter().enumerate().fold(
        "import MODULE as m\n".to_owned(),
        |tests, (number, (line, _))| format!("{tests}\n\ndef test_{number}():\n    {line}\n"),
    );
    let extension = Extension::named_after(&at).source(LACKING).tests(&tests);
    let gist = check_extension(&at, &extension);
    assert_eq!(gist.status, "tests_fail", "{gist:?}");
    for (_, expect) in ASKED {
        gist.mentions(expect);
    }
    gist.mentions("while processing 'of'");
}
