//! What manifests and sources say about an error. The words are rustc 1.95's, from real builds with PyO3 0.23 and 0.30.

use super::*;

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
            None,
        )
        .findings;
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].code.as_str(), "WR0232");
        let hint = found[0].hint.as_deref().unwrap();
        assert!(hint.contains(expect), "{hint}");
        // The finding names no place in the dependency's sources.
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
fn renamed_methods_of_other_types_get_no_advice() {
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
fn old_code_gets_one_link_to_the_list_of_changes() {
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
fn python_types_need_a_pointer() {
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
    // The option is already written, or this PyO3 has none.
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
    // rustc's own note on it is shown, although it's about one of PyO3's files.
    let told = judge(
        std::slice::from_ref(&gated),
        &of.sources,
        &of.dependencies,
        None,
    );
    assert!(
        told.excerpt.contains("the item is gated here"),
        "{}",
        told.excerpt
    );
    assert!(!told.excerpt.contains("pub mod buffer"), "{}", told.excerpt);
    // Without the stable ABI, a different setting gates the item.
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
