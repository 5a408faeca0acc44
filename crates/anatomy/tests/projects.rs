//! Projects that will fail, each next to a healthy twin.
#![allow(clippy::unwrap_used)] // A missing finding fails the test.

mod sources;

use sources::{CARGO, PYPROJECT, SOURCE, project};
use wr_anatomy::project::{ProjectInspection, inspect_project};
use wr_anatomy::{Expectation, PythonVersion};

const DECLARATIVE: &str = "use pyo3::prelude::*;\n\n#[pymodule]\nmod fast {\n    use super::*;\n\n    #[pyfunction]\n    \
                           fn double(x: i64) -> i64 {\n        x * 2\n    }\n}\n";

fn look(files: &[(&str, &str)]) -> ProjectInspection {
    inspect_project(&project(files), &Expectation::new())
}

fn codes(files: &[(&str, &str)]) -> Vec<String> {
    look(files)
        .diagnostics
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}

#[test]
fn a_healthy_project_has_no_findings() {
    let inspection = look(&[]);
    assert_eq!(inspection.diagnostics, []);
    assert_eq!(inspection.facts.pymodules[0].name, "fast");
    assert_eq!(inspection.facts.pymodules[0].line, 9);
    assert_eq!(codes(&[("src/lib.rs", DECLARATIVE)]), [""; 0]);
}

#[test]
fn wr0101_the_names_disagree() {
    let renamed = SOURCE.replace("fn fast", "fn fats");
    let inspection = look(&[("src/lib.rs", &renamed)]);
    let finding = &inspection.diagnostics[0];
    assert_eq!(finding.code.as_str(), "WR0101");
    assert_eq!(finding.location().unwrap().to_string(), "src/lib.rs:9");
    assert!(
        finding.message.contains("`[lib] name`"),
        "{}",
        finding.message
    );

    let named = renamed.replace("#[pymodule]", "#[pymodule]\n#[pyo3(name = \"fast\")]");
    assert_eq!(codes(&[("src/lib.rs", &named)]), [""; 0]);
    let qualified = renamed.replace(
        "#[pymodule]",
        "#[pyo3::pymodule(name = \"fast\", gil_used = false)]",
    );
    assert_eq!(codes(&[("src/lib.rs", &qualified)]), [""; 0]);
    let maturin = PYPROJECT.replace("strip = true", "module-name = \"pkg.fats\"");
    assert_eq!(
        codes(&[("src/lib.rs", &renamed), ("pyproject.toml", &maturin)]),
        [""; 0]
    );
    assert_eq!(codes(&[("pyproject.toml", &maturin)]), ["WR0101"]);
    // It isn't known which of two modules a feature selects.
    let conditional = renamed.replace("#[pymodule]", "#[cfg(feature = \"x\")]\n#[pymodule]");
    assert_eq!(codes(&[("src/lib.rs", &conditional)]), [""; 0]);
}

#[test]
fn wr0101_names_matter_only_if_they_name_the_file() {
    let renamed = SOURCE.replace("fn fast", "fn _fast");
    let with = |pyproject: &str| codes(&[("src/lib.rs", &renamed), ("pyproject.toml", pyproject)]);
    let setuptools = "[build-system]\nbuild-backend = \"setuptools.build_meta\"\n";
    // A script, or setuptools, may give the library another name.
    assert_eq!(with(setuptools), [""; 0]);
    let mut texts = project(&[("src/lib.rs", &renamed)]);
    texts.remove("pyproject.toml");
    let judged = |texts, expected: &Expectation| inspect_project(texts, expected).diagnostics;
    assert_eq!(judged(&texts, &Expectation::new()), []);
    // The caller that builds it knows the name it's imported by.
    let wanted = Expectation::new().module("fast".parse().unwrap());
    assert_eq!(judged(&texts, &wanted)[0].code.as_str(), "WR0101");

    let target = |name: &str| {
        format!(
            "{setuptools}[[tool.setuptools-rust.ext-modules]]\ntarget = \"{name}\"\nbinding = \"PyO3\"\n"
        )
    };
    assert_eq!(with(&target("pkg._fast")), [""; 0]);
    assert_eq!(with(&target("pkg.fast")), ["WR0101"]);
}

#[test]
fn wr0101_the_project_names_the_module_if_the_library_does_not() {
    let unnamed = CARGO
        .replace("[lib]\nname = \"fast\"", "[lib]")
        .replace("name = \"fast\"", "name = \"the-crate\"");
    assert_eq!(codes(&[("Cargo.toml", &unnamed)]), [""; 0]);
    let other = PYPROJECT.replace("name = \"fast\"", "name = \"slow\"");
    let files = [("Cargo.toml", &*unnamed), ("pyproject.toml", &*other)];
    let finding = look(&files).diagnostics.remove(0);
    assert_eq!(finding.code.as_str(), "WR0101");
    assert!(finding.message.contains("according to the project's name"));
}

#[test]
fn wr0102_no_module_is_compiled_in() {
    let inspection = look(&[
        ("src/lib.rs", "pub fn double() {}"),
        ("src/python.rs", SOURCE),
    ]);
    let finding = &inspection.diagnostics[0];
    assert_eq!(finding.code.as_str(), "WR0102");
    assert_eq!(
        finding.hint.as_deref(),
        Some("write `mod python;` in `src/lib.rs`")
    );
    assert_eq!(
        codes(&[("src/lib.rs", "mod python;"), ("src/python.rs", SOURCE)]),
        [""; 0]
    );
    let nested = [
        ("src/lib.rs", "mod a;"),
        ("src/a/mod.rs", "mod b;"),
        ("src/a/b.rs", SOURCE),
    ];
    assert_eq!(codes(&nested), [""; 0]);
    assert_eq!(codes(&[("src/lib.rs", "pub fn double() {}")]), ["WR0102"]);
    // An unreadable file or a macro may contain the module.
    assert_eq!(codes(&[("src/lib.rs", "mod elsewhere;")]), [""; 0]);
    assert_eq!(
        codes(&[("src/lib.rs", "include!(\"generated.rs\");")]),
        [""; 0]
    );
}

#[test]
fn wr0213_no_cdylib() {
    let rlib = CARGO.replace("crate-type = [\"cdylib\"]\n", "");
    assert_eq!(codes(&[("Cargo.toml", &rlib)]), ["WR0213"]);
    let both = CARGO.replace("[\"cdylib\"]", "[\"rlib\", \"cdylib\"]");
    assert_eq!(codes(&[("Cargo.toml", &both)]), [""; 0]);
}

#[test]
fn wr0214_a_hyphen() {
    let lib = CARGO.replace("[lib]\nname = \"fast\"", "[lib]\nname = \"fa-st\"");
    let inspection = look(&[("Cargo.toml", &lib)]);
    assert_eq!(inspection.diagnostics[0].code.as_str(), "WR0214");
    assert_eq!(inspection.diagnostics[0].location().unwrap().line, Some(7));
    let package = CARGO.replace("name = \"fast\"\nversion", "name = \"fa-st\"\nversion");
    assert_eq!(codes(&[("Cargo.toml", &package)]), [""; 0]);
}

#[test]
fn wr0217_the_python_package_is_missing() {
    let mixed = PYPROJECT.replace(
        "strip = true",
        "python-source = \"python\"\nmodule-name = \"pkg.fast\"",
    );
    let wrong = [
        ("pyproject.toml", mixed.as_str()),
        ("python/other/__init__.py", ""),
    ];
    assert_eq!(codes(&wrong), ["WR0217"]);
    let right = [
        ("pyproject.toml", mixed.as_str()),
        ("python/pkg/__init__.py", ""),
    ];
    assert_eq!(codes(&right), [""; 0]);
    assert_eq!(codes(&[("pyproject.toml", &mixed)]), [""; 0]);
}

#[test]
fn wr0217_says_where_the_package_is() {
    let hint = |lines: &str, file: &str| {
        let manifest = PYPROJECT.replace("strip = true", lines);
        let mut found = look(&[("pyproject.toml", &manifest), (file, "")]).diagnostics;
        found.retain(|one| one.code.as_str() == "WR0217");
        let hint = found.first().and_then(|one| one.hint.clone());
        (found.len(), hint.unwrap_or_default())
    };
    let dotted = "module-name = \"pkg.fast\"";
    let from = |source: &str| format!("{dotted}\npython-source = \"{source}\"");
    assert_eq!(hint(&from("python"), "python/pkg/__init__.py").0, 0);
    assert_eq!(hint(dotted, "pkg/__init__.py").0, 0);
    // An extension in a package with nothing else doesn't need a file.
    assert_eq!(hint(dotted, "tests/test_it.py").0, 0);
    for lines in [&from("src"), &from("pyhton"), dotted] {
        let (count, hint) = hint(lines, "python/pkg/__init__.py");
        assert_eq!(count, 1, "{lines}");
        assert!(hint.contains("`python-source = \"python\"`"), "{hint}");
    }
    let (_, renamed) = hint(&from("python"), "python/p_kg/__init__.py");
    assert!(renamed.contains("is called `p_kg`"), "{renamed}");
    let alone = from("python").replace("pkg.fast", "fast");
    let (_, inside) = hint(&alone, "python/pkg/__init__.py");
    assert!(inside.contains("`module-name = \"pkg.fast\"`"), "{inside}");
    let (_, nowhere) = hint(&from("python"), "tests/test_it.py");
    assert!(
        nowhere.contains("create `python/pkg/__init__.py`"),
        "{nowhere}"
    );
}

#[test]
fn wr0218_a_misspelt_key() {
    let misspelt = PYPROJECT.replace("strip = true", "module_name = \"fast\"");
    let inspection = look(&[("pyproject.toml", &misspelt)]);
    assert_eq!(inspection.diagnostics[0].code.as_str(), "WR0218");
    assert_eq!(inspection.diagnostics[0].location().unwrap().line, Some(10));
    let unknown = PYPROJECT.replace("strip = true", "brand-new-key = 1");
    assert_eq!(codes(&[("pyproject.toml", &unknown)]), [""; 0]);
}

#[test]
fn wr0212_two_versions_of_pyo3() {
    let package = |name: &str, version: &str, needs: &str| {
        format!(
            "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\ndependencies = [{needs}]\n\n"
        )
    };
    let one = format!(
        "version = 4\n\n{}{}",
        package("fast", "0.1.0", "\"pyo3\""),
        package("pyo3", "0.30.1", "")
    );
    assert_eq!(codes(&[("Cargo.lock", &one)]), [""; 0]);
    let two = format!(
        "version = 4\n\n{}{}{}{}",
        package("fast", "0.1.0", "\"numpy\", \"pyo3 0.30.1\""),
        package("numpy", "0.20.0", "\"pyo3 0.20.3\""),
        package("pyo3", "0.20.3", ""),
        package("pyo3", "0.30.1", "")
    );
    let inspection = look(&[("Cargo.lock", &two)]);
    assert_eq!(inspection.diagnostics[0].code.as_str(), "WR0212");
    assert!(format!("{:?}", inspection.diagnostics[0].evidence).contains("numpy 0.20.0"));
}

#[test]
fn wr0221_the_project_promises_more_than_it_builds() {
    let abi3 = CARGO.replace(
        "\"0.30\"",
        "{ version = \"0.30\", features = [\"abi3-py310\"] }",
    );
    assert_eq!(codes(&[("Cargo.toml", &abi3)]), ["WR0221"]);
    let raised = PYPROJECT.replace(">=3.9", ">=3.10");
    assert_eq!(
        codes(&[("Cargo.toml", &abi3), ("pyproject.toml", &raised)]),
        [""; 0]
    );
}

#[test]
fn wr0221_says_how_to_fix_the_actual_cause() {
    let promising = |text: &str| PYPROJECT.replace(">=3.9", text);
    let lock = |version: &str| format!("[[package]]\nname = \"pyo3\"\nversion = \"{version}\"\n");
    let hint = |cargo: &str, python: &str, locked: &str| {
        let files = [
            ("Cargo.toml", cargo),
            ("pyproject.toml", &*promising(python)),
            ("Cargo.lock", &*lock(locked)),
        ];
        look(&files).diagnostics.remove(0).hint.unwrap()
    };
    assert_eq!(
        hint(CARGO, ">=3.8", "0.30.1"),
        "write `requires-python = \">=3.9\"`, or use PyO3 0.29, the newest that supports Python 3.8"
    );
    assert_eq!(
        hint(CARGO, ">=3.2", "0.30.1"),
        "write `requires-python = \">=3.9\"`"
    );
    let abi3 = CARGO.replace(
        "\"0.30\"",
        "{ version = \"0.30\", features = [\"abi3-py310\"] }",
    );
    assert_eq!(
        hint(&abi3, ">=3.8", "0.30.1"),
        "write `requires-python = \">=3.10\"`, or lower the feature to `abi3-py39`"
    );
    assert_eq!(
        hint(&abi3, ">=3.8", "0.28.3"),
        "write `requires-python = \">=3.10\"`, or lower the feature to `abi3-py38`"
    );
}

#[test]
fn wr0222_a_function_that_is_never_added() {
    let forgotten = SOURCE.replace("m.add_function(wrap_pyfunction!(double, m)?)", "Ok(())");
    let inspection = look(&[("src/lib.rs", &forgotten)]);
    assert_eq!(inspection.diagnostics[0].code.as_str(), "WR0222");
    assert_eq!(inspection.diagnostics[0].location().unwrap().line, Some(4));
    let exported = "use pyo3::prelude::*;\n#[pyfunction]\nfn double() {}\n#[pymodule]\nmod fast {\n    \
                    #[pymodule_export]\n    use super::double;\n}\n";
    assert_eq!(codes(&[("src/lib.rs", exported)]), [""; 0]);
    let outside = exported.replace("    #[pymodule_export]\n    use super::double;\n", "");
    assert_eq!(codes(&[("src/lib.rs", &outside)]), ["WR0222"]);
}

#[test]
fn an_inherited_dependency_is_followed() {
    let root = "[workspace]\nmembers = [\"rust\"]\n[workspace.dependencies]\n\
                pyo3 = { version = \"0.30\", features = [\"abi3-py39\"] }\n";
    let member = CARGO.replace("pyo3 = \"0.30\"", "pyo3.workspace = true");
    let pyproject = PYPROJECT.replace("strip = true", "manifest-path = \"rust/Cargo.toml\"");
    let files = [
        ("Cargo.toml", root),
        ("rust/Cargo.toml", &member),
        ("rust/src/lib.rs", SOURCE),
        ("pyproject.toml", &pyproject),
    ];
    let inspection = look(&files);
    assert_eq!(inspection.diagnostics, []);
    let pyo3 = inspection.facts.cargo.unwrap().pyo3.unwrap();
    assert_eq!(pyo3.stable_abi(), Some(PythonVersion::new(3, 9)));
}
