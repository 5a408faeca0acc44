//! What manifests and sources say of an error. The words are rustc 1.95's, of real builds with PyO3 0.23, 0.24 and 0.30.

use super::*;

const LOCK: &str = "[[package]]\nname = \"pyo3\"\nversion = \"0.";

/// A crate with these dependencies and this source, and the PyO3 that was chosen.
struct Crate {
    dependencies: Dependencies,
    sources: Texts,
}

fn a_crate(minor: u32, dependencies: &str, source: &str) -> Crate {
    let manifest = format!("[package]\nname = \"x\"\n\n[dependencies]\n{dependencies}\n");
    let lock = format!("{LOCK}{minor}.1\"\n");
    let texts = Texts::from([
        ("Cargo.toml".to_owned(), manifest),
        ("Cargo.lock".to_owned(), lock),
    ]);
    Crate {
        dependencies: Dependencies::read(&texts),
        sources: Texts::from([("src/lib.rs".to_owned(), source.to_owned())]),
    }
}

/// The findings as code and help.
fn advised(of: &Crate, errors: &[CompilerError]) -> Vec<(String, String)> {
    judge(errors, &of.sources, &of.dependencies)
        .findings
        .into_iter()
        .map(|one| (one.code.to_string(), one.hint.unwrap_or_default()))
        .collect()
}

fn only(of: &Crate, errors: &[CompilerError]) -> (String, String) {
    let mut found = advised(of, errors);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[track_caller]
fn asks_for(minor: u32, dependencies: &str, error: &CompilerError, line: &str) {
    let of = a_crate(minor, dependencies, "use pyo3::prelude::*;");
    let (code, hint) = only(&of, std::slice::from_ref(error));
    assert_eq!(code, "WR0231", "{}: {hint}", error.message);
    assert_eq!(hint, format!("write `{line}` in Cargo.toml"));
}

fn argument(of_type: &str) -> CompilerError {
    let message = format!("`{of_type}` cannot be used as a Python function argument");
    error("E0277", &message, 6)
}

#[test]
fn a_conversion_that_is_behind_a_feature_names_the_line_to_write() {
    let pyo3 = "pyo3 = \"0.30\"\n";
    let with = |dependency: &str| format!("{pyo3}{dependency} = \"1\"");
    let line =
        |feature: &str| format!(r#"pyo3 = {{ version = "0.30", features = ["{feature}"] }}"#);
    for (package, of_type, feature) in [
        ("chrono", "NaiveDate", "chrono"),
        ("chrono", "chrono::DateTime<Utc>", "chrono"),
        ("chrono", "chrono::DateTime<Local>", "chrono-local"),
        ("chrono-tz", "Tz", "chrono-tz"),
        ("jiff", "Zoned", "jiff-02"),
        ("time", "OffsetDateTime", "time"),
        ("num-bigint", "BigInt", "num-bigint"),
        ("num-complex", "Complex<f64>", "num-complex"),
        ("num-rational", "Ratio<i64>", "num-rational"),
        ("rust_decimal", "Decimal", "rust_decimal"),
        ("bigdecimal", "Vec<BigDecimal>", "bigdecimal"),
        ("indexmap", "IndexMap<String, u32>", "indexmap"),
        ("hashbrown", "hashbrown::HashMap<String, u32>", "hashbrown"),
        ("smallvec", "SmallVec<[u32; 4]>", "smallvec"),
        ("either", "Either<u32, String>", "either"),
        ("uuid", "std::option::Option<Uuid>", "uuid"),
        ("bytes", "bytes::Bytes", "bytes"),
        ("ordered-float", "OrderedFloat<f64>", "ordered-float"),
    ] {
        asks_for(30, &with(package), &argument(of_type), &line(feature));
    }
    let given = error(
        "E0277",
        "`time::Date` cannot be converted to a Python object",
        3,
    );
    asks_for(30, &with("time"), &given, &line("time"));
    let raised = error(
        "E0277",
        "the trait bound `PyErr: From<anyhow::Error>` is not satisfied",
        3,
    );
    asks_for(30, &with("anyhow"), &raised, &line("anyhow"));
    let question = labelled(
        error("E0277", "`?` couldn't convert the error to `PyErr`", 3),
        "the trait `From<ErrReport>` is not implemented for `PyErr`",
    );
    asks_for(30, &with("eyre"), &question, &line("eyre"));
    let locked = labelled(
        error(
            "E0599",
            "no method named `lock_py_attached` found for struct `parking_lot::lock_api::Mutex<R, T>` in the current scope",
            3,
        ),
        "method not found in `parking_lot::lock_api::Mutex<parking_lot::RawMutex, u32>`",
    );
    asks_for(30, &with("parking_lot"), &locked, &line("parking_lot"));
    let written = error(
        "E0277",
        "the trait bound `pyo3::Py<Point>: serde::Serialize` is not satisfied",
        3,
    );
    asks_for(30, &with("serde"), &written, &line("serde"));
}

#[test]
fn older_words_are_understood_and_their_consequences_left_out() {
    let of = a_crate(24, "pyo3 = \"0.24\"\nchrono = \"0.4\"", "");
    let found = advised(
        &of,
        &[
            error(
                "E0277",
                "the trait bound `NaiveDate: pyo3::impl_::extract_argument::PyFunctionArgument<'_, '_, false>` is not satisfied",
                6,
            ),
            error(
                "E0277",
                "`NaiveDate` cannot be converted to a Python object",
                6,
            ),
            error(
                "E0599",
                "no method named `map_err` found for struct `NaiveDate` in the current scope",
                6,
            ),
        ],
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1.contains("features = [\"chrono\"]"), "{found:?}");
}

#[test]
fn several_features_are_one_line() {
    let of = a_crate(30, "pyo3 = \"0.30\"\nuuid = \"1\"\ntime = \"1\"", "");
    let (_, hint) = only(&of, &[argument("Uuid"), argument("OffsetDateTime")]);
    assert!(hint.contains(r#"features = ["uuid", "time"]"#), "{hint}");
}

#[test]
fn a_feature_that_is_on_or_too_young_is_not_advised() {
    let young = a_crate(23, "pyo3 = \"0.23\"\nuuid = \"1\"", "");
    let (code, hint) = only(&young, &[argument("Uuid")]);
    assert_eq!(code, "WR0231");
    assert!(hint.starts_with("PyO3 0.24 and later can"), "{hint}");
    for (dependencies, source) in [
        // It is on: something else is wrong, such as two versions of the crate.
        (
            "pyo3 = { version = \"0.30\", features = [\"uuid\"] }\nuuid = \"1\"",
            "",
        ),
        (
            "pyo3 = { version = \"0.30\", features = [\"full\"] }\nuuid = \"1\"",
            "",
        ),
        // Another type of the same name.
        ("pyo3 = \"0.30\"\nuuid = \"1\"", "struct Uuid(u128);"),
        ("pyo3 = \"0.30\"", ""),
    ] {
        let of = a_crate(30, dependencies, source);
        let (code, _) = only(&of, &[argument("Uuid")]);
        assert_eq!(code, "WR0351", "{dependencies} {source}");
    }
    // `std` has types of these names too, and PyO3 knows them.
    let of = a_crate(
        30,
        "pyo3 = \"0.30\"\nhashbrown = \"0.15\"\ntime = \"1\"",
        "",
    );
    let (code, _) = only(&of, &[argument("HashMap<String, Rule>")]);
    assert_eq!(code, "WR0351");
}

#[test]
fn macros_that_are_off_are_one_cause() {
    let errors = [
        error("", "cannot find attribute `pymodule` in this scope", 6),
        error("", "cannot find macro `wrap_pyfunction` in this scope", 8),
        error("", "cannot find attribute `pyfunction` in this scope", 3),
    ]
    .map(|mut error| {
        error.number = None;
        error
    });
    let off = "pyo3 = { version = \"0.30\", default-features = false }";
    let of = a_crate(30, off, "use pyo3::prelude::*;");
    let (code, hint) = only(&of, &errors);
    assert_eq!(code, "WR0231");
    assert_eq!(
        hint,
        r#"write `pyo3 = { version = "0.30", default-features = false, features = ["macros"] }` in Cargo.toml"#
    );
    // With the macros on, the import is missing.
    let on = a_crate(30, "pyo3 = \"0.30\"", "");
    let found = advised(&on, &errors);
    assert!(found.iter().all(|(code, _)| code == "WR0351"), "{found:?}");
}

#[test]
fn a_dependency_that_does_not_compile_is_named_and_its_file_is_not() {
    let mut foreign = error("E0282", "type annotations needed for `Box<_>`", 83);
    foreign.dependency = Some(crate::build::Package {
        name: "time".to_owned(),
        version: "0.3.34".to_owned(),
    });
    let check = |dependencies: &str, expect: &str| {
        let of = a_crate(30, dependencies, "");
        let found = judge(
            std::slice::from_ref(&foreign),
            &of.sources,
            &of.dependencies,
        )
        .findings;
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].code.as_str(), "WR0232");
        let hint = found[0].hint.as_deref().unwrap();
        assert!(hint.contains(expect), "{hint}");
        // No place in somebody else's sources.
        let place = found[0].location().map(|place| place.file.as_str());
        assert!(place.is_none_or(|file| file == "Cargo.toml"), "{place:?}");
    };
    check(
        "time = { version = \"=0.3.34\" }",
        "write `0.3.34` instead of `=0.3.34`, then run `cargo update -p time`",
    );
    check(
        "time = \"0.3\"",
        "run `cargo update -p time`; if that finds nothing newer, ask for",
    );
    check("cookie = \"0.18\"", "`cargo tree -i time` shows which");
}

#[test]
fn a_name_of_another_version_is_advised_in_the_one_in_use() {
    let method = |name: &str, of: &str| {
        let message = format!("no method named `{name}` found for {of} in the current scope");
        error("E0599", &message, 3)
    };
    let token = "struct `pyo3::Python<'py>`";
    let any = "reference `&pyo3::Bound<'_, pyo3::PyAny>`";
    let check = |minor: u32, error: &CompilerError, expect: &str| {
        let of = a_crate(minor, &format!("pyo3 = \"0.{minor}\""), "");
        let (_, hint) = only(&of, std::slice::from_ref(error));
        assert!(hint.contains(expect), "{}: {hint}", error.message);
    };
    check(
        30,
        &method("allow_threads", token),
        "called `detach` in this PyO3",
    );
    check(
        23,
        &method("detach", token),
        "PyO3 0.23 that this project uses it is called `allow_threads`",
    );
    check(30, &method("downcast", any), "called `cast` in this PyO3");
    check(23, &method("cast", any), "it is called `downcast`");
    check(
        30,
        &error("E0603", "struct `GILOnceCell` is private", 2),
        "`use pyo3::sync::PyOnceLock;`",
    );
    check(
        23,
        &error("E0432", "unresolved import `pyo3::sync::PyOnceLock`", 2),
        "it is called `GILOnceCell`",
    );
    check(
        30,
        &error("E0425", "cannot find type `PyObject` in this scope", 5),
        "called `Py<PyAny>`",
    );
    check(
        30,
        &method("into_py", "struct `pyo3::Bound<'_, PyDict>`"),
        "`.into_any().unbind()`",
    );
    check(
        30,
        &method("into_py", "type `i64`"),
        "`value.into_pyobject(py)?`",
    );
    check(
        30,
        &method("import_bound", token),
        "it is `import` again, without `_bound`",
    );
}

#[test]
fn what_was_renamed_is_not_told_of_other_types() {
    let of = a_crate(30, "pyo3 = \"0.30\"", "struct Pool;");
    let own = error(
        "E0599",
        "no method named `detach` found for struct `Pool` in the current scope",
        3,
    );
    assert_eq!(only(&of, &[own]).1, "");
    let other = error(
        "E0599",
        "no method named `head_bound` found for struct `Pool` in the current scope",
        3,
    );
    assert_eq!(only(&of, &[other]).1, "");
}

#[test]
fn old_code_is_told_once_where_all_changes_are_listed() {
    let of = a_crate(30, "pyo3 = \"0.30\"", "");
    let found = advised(
        &of,
        &[
            error("E0425", "cannot find type `PyObject` in this scope", 5),
            error(
                "E0599",
                "no method named `add_function` found for reference `&pyo3::types::PyModule` in the current scope",
                13,
            ),
            error(
                "E0277",
                "the trait bound `&pyo3::types::PyModule: From<&pyo3::Bound<'_, pyo3::types::PyModule>>` is not satisfied",
                11,
            ),
            error(
                "E0277",
                "the trait bound `&pyo3::types::PyModule: pyo3::impl_::pyfunction::WrapPyFunctionArg<'_, _>` is not satisfied",
                13,
            ),
        ],
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].1.contains("pyo3.rs/latest/migration.html"),
        "{found:?}"
    );
    assert!(
        found[1].1.contains("`m: &Bound<'_, PyModule>`"),
        "{found:?}"
    );
    assert!(!found[1].1.contains("migration"), "{found:?}");
}

#[test]
fn types_of_python_are_held_by_a_pointer() {
    let of = a_crate(30, "pyo3 = \"0.30\"", "");
    let found = advised(
        &of,
        &[
            error(
                "E0599",
                "no method named `len` found for struct `PyTuple` in the current scope",
                4,
            ),
            argument("PyTuple"),
        ],
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].1.contains("take `&Bound<'_, PyTuple>`"),
        "{found:?}"
    );
    for (of_type, name) in [
        ("PyList", "PyList"),
        ("pyo3::PyAny", "PyAny"),
        ("Option<PyDict>", "PyDict"),
    ] {
        let (_, hint) = only(&of, &[argument(of_type)]);
        assert!(hint.contains(&format!("`&Bound<'_, {name}>`")), "{hint}");
    }
    // A method that a `Bound` lacks is another mistake.
    let held = error(
        "E0599",
        "no method named `push` found for reference `&pyo3::Bound<'_, PyList>` in the current scope",
        4,
    );
    assert!(!only(&of, &[held]).1.contains("never holds"));
    let own = a_crate(30, "pyo3 = \"0.30\"", "struct PyTuple;");
    assert!(!only(&own, &[argument("PyTuple")]).1.contains("never holds"));
}

#[test]
fn a_call_without_the_token_says_how_to_get_one() {
    let of = a_crate(30, "pyo3 = \"0.30\"", "");
    let call = noted(
        error(
            "E0061",
            "this method takes 2 arguments but 1 argument was supplied",
            3,
        ),
        "provide the argument",
        Some("(/* Python<'_> */, (1,))"),
    );
    let (_, hint) = only(&of, &[call]);
    assert!(hint.contains("pass `(py, (1,))`"), "{hint}");
    let other = noted(
        error(
            "E0061",
            "this function takes 1 argument but 0 arguments were supplied",
            3,
        ),
        "provide the argument",
        Some("(/* u32 */)"),
    );
    assert_eq!(only(&of, &[other]).1, "provide the argument: `(/* u32 */)`");
}

#[test]
fn a_default_in_single_quotes_is_written_in_double_ones() {
    let source = "#[pyfunction]\n#[pyo3(signature=(a, separator='-'))]\nfn f(a: String, separator: String) {}\n";
    let of = a_crate(30, "pyo3 = \"0.30\"", source);
    let default = labelled(
        error("E0308", "`?` operator has incompatible types", 3),
        "expected `String`, found `char`",
    );
    let (_, hint) = only(&of, &[default]);
    assert!(hint.contains("`separator = \"-\"`"), "{hint}");
    let number = labelled(
        error("E0308", "`?` operator has incompatible types", 3),
        "expected `u32`, found `&str`",
    );
    let (_, hint) = only(&of, &[number]);
    assert!(
        hint.contains("is a `&str`, and its parameter a `u32`"),
        "{hint}"
    );
}

#[test]
fn a_function_in_quotes_is_named_without_them() {
    let mut quoted = error("", "expected identifier", 6);
    quoted.number = None;
    quoted.place = Some((
        SourceLocation::column("src/lib.rs", 6, 33),
        "fn length(#[pyo3(from_py_with = \"get_length\")] n: usize) -> usize { n }".to_owned(),
    ));
    let of = a_crate(30, "pyo3 = \"0.30\"", "");
    let (_, hint) = only(&of, &[quoted]);
    assert!(hint.contains("`from_py_with = get_length`"), "{hint}");
}

#[test]
fn a_class_that_is_clone_only_has_to_ask_for_the_copy() {
    let point = |derive: &str, options: &str| {
        format!("#[pyclass{options}]\n{derive}struct Point {{ x: i64 }}\n")
    };
    let message = "the trait bound `for<'a> Point: FromPyObject<'a, '_>` is not satisfied";
    let help = |minor: u32, source: &str| {
        let of = a_crate(minor, &format!("pyo3 = \"0.{minor}\""), source);
        only(&of, &[error("E0277", message, 14)]).1
    };
    let clone = "#[derive(Clone)]\n";
    assert!(help(30, &point(clone, "")).contains("write `#[pyclass(from_py_object)]`"));
    assert!(!help(30, &point("", "")).contains("from_py_object"));
    // Already written, and not there yet.
    assert!(
        !help(30, &point(clone, "(from_py_object)")).contains("write `#[pyclass(from_py_object)]`")
    );
    assert!(!help(25, &point(clone, "")).contains("from_py_object"));
}

#[test]
fn an_error_of_another_crate_gets_no_impl_of_its_own() {
    let check = |from: &str, source: &str| {
        let of = a_crate(30, "pyo3 = \"0.30\"", source);
        let question = labelled(
            error("E0277", "`?` couldn't convert the error to `PyErr`", 5),
            &format!("the trait `From<{from}>` is not implemented for `PyErr`"),
        );
        only(&of, &[question]).1
    };
    let foreign = check("serde_json::Error", "fn f() {}");
    assert!(
        foreign.contains(".map_err(") && !foreign.contains("impl From"),
        "{foreign}"
    );
    let own = check("ParseError", "enum ParseError { Empty }");
    assert!(own.contains("`impl From<ParseError> for PyErr`"), "{own}");
}

/// As rustc 1.95 renders it, its colours and directories aside.
const GATED: &str = "error[E0432]: unresolved import `pyo3::buffer`\n --> src/lib.rs:1:11\n  |\n1 | use pyo3::buffer::PyBuffer;\n  |           ^^^^^^ could not find `buffer` in `pyo3`\n  |\n\
    note: found an item that was configured out\n --> /home/me/.cargo/registry/src/index/pyo3-0.30.1/src/lib.rs:421:9\n  |\n421 | pub mod buffer;\n  |         ^^^^^^\n  |\n \
    ::: /home/me/.cargo/registry/src/index/pyo3-0.30.1/src/buffer.rs:3:11\n  |\n3 | #![cfg(any(not(Py_LIMITED_API), Py_3_11))]\n  |           ------------------------------ the item is gated here\n";

#[test]
fn what_the_stable_abi_lacks_names_the_python_that_has_it() {
    let mut gated = labelled(
        error("E0432", "unresolved import `pyo3::buffer`", 1),
        "could not find `buffer` in `pyo3`",
    );
    GATED.clone_into(&mut gated.rendered);
    let of = a_crate(
        30,
        "pyo3 = { version = \"0.30\", features = [\"abi3-py39\"] }",
        "",
    );
    let (_, hint) = only(&of, std::slice::from_ref(&gated));
    assert!(
        hint.contains(r#"write `pyo3 = { version = "0.30", features = ["abi3-py311"] }`"#),
        "{hint}"
    );
    // rustc's own note on it is shown, though it is in a file of PyO3's.
    let told = judge(std::slice::from_ref(&gated), &of.sources, &of.dependencies);
    assert!(
        told.excerpt.contains("the item is gated here"),
        "{}",
        told.excerpt
    );
    assert!(!told.excerpt.contains("pub mod buffer"), "{}", told.excerpt);
    // Without the stable ABI the gate is another.
    let plain = a_crate(30, "pyo3 = \"0.30\"", "");
    assert_eq!(only(&plain, &[gated]).1, "");
}

#[test]
fn a_feature_of_any_dependency_is_named_with_its_line() {
    let mut gated = labelled(
        error("E0432", "unresolved import `tokio::fs`", 1),
        "no `fs` in the root",
    );
    "error[E0432]: unresolved import `tokio::fs`\nnote: found an item that was configured out\n --> /r/tokio/src/lib.rs:1:1\n  |\n1 |     pub mod fs;\n  |             ^^\n2 | cfg_fs! {\n  | - the item is gated behind the `fs` feature\n"
        .clone_into(&mut gated.rendered);
    let of = a_crate(30, "tokio = { version = \"1\", features = [\"rt\"] }", "");
    let (_, hint) = only(&of, &[gated]);
    assert!(
        hint.contains(r#"write `tokio = { version = "1", features = ["rt", "fs"] }`"#),
        "{hint}"
    );
}
