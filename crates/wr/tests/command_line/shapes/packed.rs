//! Projects that maturin packages differently, that other tools build, or whose metadata no tool accepts.

use testkit::{Workshop, workshop};

use super::{check, codes, finding, project, says};

const BUILD_SYSTEM: &str =
    "[build-system]\nrequires = [\"maturin>=1.9,<2\"]\nbuild-backend = \"maturin\"\n";

/// A crate without dependencies, so that it needs no lock file.
fn crate_named(at: &Workshop, name: &str, sections: &str) {
    at.folder(".git");
    at.write(
        "Cargo.toml",
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{sections}\n[workspace]\n"
        ),
    );
}

#[test]
fn a_program_is_built_and_found_by_its_name() {
    let at = workshop!("shape-bin");
    crate_named(&at, "shape-bin", "");
    at.write("src/main.rs", "fn main() { println!(\"hello\"); }\n");
    at.write("pyproject.toml", format!("{BUILD_SYSTEM}\n[project]\nname = \"shape-bin\"\nversion = \"0.1.0\"\n\n[tool.maturin]\nbindings = \"bin\"\n"));
    at.write("tests/test_it.py", "import subprocess\n\n\ndef test_it():\n    assert subprocess.check_output(['shape-bin'], text=True) == 'hello\\n'\n");
    // Otherwise maturin would end up in the environment of every other test.
    let verdict = check(&at).own_state().run().status(0).verdict();
    assert_eq!(codes(&verdict), [""; 0]);
    // maturin finds out on its own what it is.
    at.replace("pyproject.toml", "[tool.maturin]\nbindings = \"bin\"\n", "");
    at.replace("src/main.rs", "hello", "bye");
    let verdict = check(&at).own_state().run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0353"]);
    at.write("src/main.rs", "fn main() { let x: i32 = \"hello\"; }\n");
    let verdict = check(&at).own_state().run().status(1).verdict();
    assert_eq!(verdict["status"], "does_not_compile");
    // The error is explained like any crate's.
    assert_eq!(codes(&verdict), ["WR0351"]);
    let shown = finding(&verdict, "WR0351").to_string();
    assert!(shown.contains("src/main.rs"), "{shown}");
    // Its Rust tests count as well.
    at.write(
        "src/main.rs",
        "fn main() { println!(\"hello\"); }\n\n#[test]\nfn it_holds() { assert_eq!(1 + 1, 3); }\n",
    );
    let verdict = check(&at).own_state().run().status(1).verdict();
    let tests = verdict["tests"].as_array().unwrap();
    let outcomes: Vec<_> = tests.iter().map(|test| &test["outcome"]).collect();
    assert_eq!(outcomes, ["failed", "passed"]);
}

#[test]
fn a_library_for_cffi_is_built_and_imported() {
    let at = workshop!("shape-cffi");
    crate_named(&at, "shape_cffi", "[lib]\ncrate-type = [\"cdylib\"]\n");
    at.write(
        "src/lib.rs",
        "#[no_mangle]\npub extern \"C\" fn add(a: i32, b: i32) -> i32 { a + b }\n",
    );
    at.write("header.h", "int add(int a, int b);\n");
    at.write("pyproject.toml", format!("{BUILD_SYSTEM}\n[project]\nname = \"shape_cffi\"\nversion = \"0.1.0\"\ndependencies = [\"cffi\"]\n"));
    at.write(
        "tests/test_it.py",
        "from shape_cffi import lib\n\n\ndef test_add():\n    assert lib.add(1, 2) == 3\n",
    );
    let verdict = check(&at).own_state().run().status(0).verdict();
    assert_eq!(codes(&verdict), [""; 0]);
}

#[test]
fn a_library_for_uniffi_is_built_and_imported() {
    let at = workshop!("shape-uniffi");
    // A `uniffi-bindgen` of the crate's own takes a minute to compile; the same program comes as a package.
    crate_named(
        &at,
        "shape_uniffi",
        "[lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\nuniffi = \"=0.31.0\"\n",
    );
    at.write(
        "src/lib.rs",
        "uniffi::setup_scaffolding!();\n\n#[uniffi::export]\nfn add(a: u32, b: u32) -> u32 {\n    a + b\n}\n",
    );
    let build_system = BUILD_SYSTEM.replace("<2\"", "<2\", \"uniffi-bindgen==0.31.0\"");
    at.write("pyproject.toml", format!("{build_system}\n[project]\nname = \"shape_uniffi\"\nversion = \"0.1.0\"\n\n[tool.maturin]\nbindings = \"uniffi\"\n"));
    at.write(
        "tests/test_it.py",
        "from shape_uniffi import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n",
    );
    let verdict = check(&at).own_state().run().status(0).verdict();
    assert_eq!(codes(&verdict), [""; 0]);
    at.replace("src/lib.rs", "a + b", "a * b");
    let verdict = check(&at).own_state().run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0353"]);
    says(
        &finding(&verdict, "WR0353")["message"],
        "tests/test_it.py::test_add",
    );
    // maturin finds out by itself what it is.
    at.replace(
        "pyproject.toml",
        "[tool.maturin]\nbindings = \"uniffi\"\n",
        "",
    );
    at.replace("src/lib.rs", "a * b", "a + b");
    check(&at).own_state().run().status(0);
}

#[test]
fn a_project_that_no_tool_would_package_is_reported_even_if_it_builds() {
    let at = workshop!("shape-metadata");
    let project = project(&at, None);
    project.put_into(&at);
    let name = &project.name;
    at.write(
        "tests/test_it.py",
        format!("import {name}\n\n\ndef test_it():\n    assert {name}.twice(2) == 4\n"),
    );
    check(&at).run().status(0);
    at.replace(
        "pyproject.toml",
        "[project]\n",
        "[project]\nreadme = \"README.md\"\n",
    );
    let verdict = check(&at).run().status(0).verdict();
    assert_eq!(codes(&verdict), ["WR0225"]);
    says(&finding(&verdict, "WR0225")["message"], "`README.md`");
    at.write("README.md", "");
    let verdict = check(&at).run().status(0).verdict();
    assert_eq!(codes(&verdict), [""; 0]);
    let marked = format!("\u{feff}{}", at.read("pyproject.toml"));
    at.write("pyproject.toml", marked);
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0225"]);
}

#[test]
fn the_promised_python_is_checked_with_and_without_a_lock_file() {
    let at = workshop!("shape-promise");
    let project = project(&at, None);
    project.put_into(&at);
    let name = &project.name;
    at.write(
        "tests/test_it.py",
        format!("import {name}\n\n\ndef test_it():\n    assert {name}.twice(2) == 4\n"),
    );
    let manifest = at.read("pyproject.toml");
    let manifest = manifest
        .lines()
        .filter(|line| !line.starts_with("requires-python"))
        .map(|line| format!("{line}\n"))
        .collect::<String>();
    at.write(
        "pyproject.toml",
        manifest.replace("[project]\n", "[project]\nrequires-python = \">=3.7\"\n"),
    );
    at.remove("Cargo.lock");
    for _ in 0..2 {
        let verdict = check(&at).run().status(0).verdict();
        assert_eq!(codes(&verdict), ["WR0221"]);
    }
}

#[test]
fn the_module_found_instead_is_reported() {
    let at = workshop!("shape-elsewhere");
    at.folder(".git");
    at.write("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n");
    at.write("crates/x-python/pyproject.toml", BUILD_SYSTEM);
    at.wr(["check"])
        .run()
        .fails("crates/x-python", "`wr check crates/x-python`");
    at.remove("crates");
    at.write("pyproject.toml", "[build-system]\nrequires = [\"setuptools\", \"setuptools-rust\"]\nbuild-backend = \"setuptools.build_meta\"\n");
    at.wr(["check"])
        .run()
        .fails("setuptools with setuptools-rust", "wr inspect");
}
