//! Features of PyO3 that are off. The words are rustc 1.95's, from real builds with PyO3 0.24 and 0.30.

use super::*;

#[track_caller]
fn asks_for(minor: u32, dependencies: &str, error: &CompilerError, line: &str) {
    let of = a_crate(minor, dependencies, "use pyo3::prelude::*;");
    let (code, hint) = only(&of, std::slice::from_ref(error));
    assert_eq!(code, "WR0231", "{}: {hint}", error.message);
    assert_eq!(hint, format!("write `{line}` in Cargo.toml"));
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
    for (dependencies, source, expected) in [
        // It is on: something else is wrong, such as two versions of the crate.
        (
            "pyo3 = { version = \"0.30\", features = [\"uuid\"] }\nuuid = \"1\"",
            "",
            "WR0351",
        ),
        (
            "pyo3 = { version = \"0.30\", features = [\"full\"] }\nuuid = \"1\"",
            "",
            "WR0351",
        ),
        // Another type of the same name.
        (
            "pyo3 = \"0.30\"\nuuid = \"1\"",
            "struct Uuid(u128);",
            "WR0727",
        ),
        ("pyo3 = \"0.30\"", "", "WR0351"),
    ] {
        let of = a_crate(30, dependencies, source);
        let (code, _) = only(&of, &[argument("Uuid")]);
        assert_eq!(code, expected, "{dependencies} {source}");
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
fn missing_macros_have_one_cause() {
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
    assert!(found.iter().all(|(code, _)| code == "WR0744"), "{found:?}");
}
