//! Extension modules: built, inspected, imported, tested.

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
fn a_misnamed_init_function_is_found_before_python_is_asked() {
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
fn a_library_without_an_init_function_is_not_a_module() {
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
fn a_crate_without_cdylib_is_built_like_maturin_and_reported() {
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
fn a_misspelt_key_is_the_cause_when_python_misses_the_module() {
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
    // If everything works anyway, the same slip is reported, but doesn't prevent the exercise from being solved.
    let test = format!("{}/sample/tests/test_sample.py", extension.dir());
    at.replace(&test, "._core", "");
    check(&at, &extension.id)
        .is("solved", "misspelt-maturin-key", "pyproject.toml:11")
        .mentions("module-name");
}

#[test]
fn a_function_without_its_attribute_is_shown_with_its_source() {
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
fn an_object_bound_to_its_thread_is_one_finding_at_its_class() {
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

#[test]
fn an_unraisable_exception_is_reported_even_if_all_tests_pass() {
    let at = workshop!("ext-untaken");
    let extension = Extension::named_after(&at)
        .source(
            "#[pyo3::pymodule]\nmod MODULE {\n    use pyo3::prelude::*;\n\n    #[pyclass]\n    struct Prices {}\n\n    \
             #[pymethods]\n    impl Prices {\n        #[new]\n        fn new() -> Self {\n            Self {}\n        }\n    }\n\n    \
             impl Drop for Prices {\n        fn drop(&mut self) {\n            panic!(\"not for sale\");\n        }\n    }\n}\n",
        )
        .tests("from MODULE import Prices\n\n\ndef test_prices():\n    Prices()\n\n\ndef test_again():\n    Prices()\n");
    at.course();
    extension.put_into(&at);
    let outcome = at.wr(["check", &extension.id, "--format", "json"]).run();
    let verdict = outcome.status(0).verdict();
    let found = verdict["diagnostics"].as_array().unwrap();
    assert_eq!(found.len(), 1, "{verdict:#}");
    assert_eq!(found[0]["code"], "WR0302");
    assert_eq!(found[0]["severity"], "warning");
    super::Gist::of(&verdict)
        .mentions("not for sale")
        .mentions("test_prices");
}
