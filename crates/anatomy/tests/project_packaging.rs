//! What a project's manifests and layout mean for a wheel, for an installed copy, and for uv.
#![allow(clippy::unwrap_used)] // A missing finding fails the test.

mod sources;

use diagnostic::{Diagnostic, Severity};
use sources::{CARGO, PYPROJECT, project};
use wr_anatomy::Expectation;
use wr_anatomy::project::{inspect_metadata, inspect_project};

/// The findings about the metadata of a project with these lines under `[project]`, and these files.
fn metadata(lines: &str, files: &[&str]) -> Vec<Diagnostic> {
    let line = "name = \"fast\"\n";
    let manifest = PYPROJECT.replace(line, &format!("{line}{lines}\n"));
    let texts = project(&[("pyproject.toml", &manifest)]);
    inspect_metadata(&texts, &|path| files.contains(&path))
}

#[track_caller]
fn check(lines: &str, files: &[&str], expect: &[&str]) {
    let found = metadata(lines, files);
    assert_eq!(found.len(), expect.len(), "{lines}: {found:#?}");
    for (finding, words) in found.iter().zip(expect) {
        assert_eq!(finding.code.as_str(), "WR0225");
        assert_eq!(finding.severity, Severity::Warning);
        assert!(finding.message.contains(words), "{finding:#?}");
        assert!(finding.location().unwrap().line.is_some(), "{finding:#?}");
    }
}

#[test]
fn wr0225_a_named_file_that_does_not_exist() {
    let version = "version = \"1\"\n";
    let with = |lines: &str| format!("{version}{lines}");
    check(version, &[], &[]);
    check(&with("readme = \"README.md\""), &[], &["`README.md`"]);
    check(&with("readme = \"README.md\""), &["README.md"], &[]);
    check(
        &with("readme = { file = \"./docs/R.rst\" }"),
        &["docs/R.rst"],
        &[],
    );
    check(&with("readme = { file = \"R.rst\" }"), &[], &["`R.rst`"]);
    check(&with("readme = { text = \"words\" }"), &[], &[]);
    check(
        &with("license = { file = \"LICENSE.txt\" }"),
        &[],
        &["`LICENSE.txt`"],
    );
    check(&with("license = { text = \"MIT\" }"), &[], &[]);
    check(&with("license = \"MIT\""), &[], &[]);
}

#[test]
fn wr0225_the_readme_of_the_crate() {
    let cargo = CARGO.replace("edition", "readme = \"../R.md\"\nedition");
    let pyproject = PYPROJECT.replace("name = \"fast\"\n", "name = \"fast\"\nversion = \"1\"\n");
    let texts = project(&[("Cargo.toml", &cargo), ("pyproject.toml", &pyproject)]);
    assert_eq!(inspect_metadata(&texts, &|_| false).len(), 1);
    assert_eq!(inspect_metadata(&texts, &|path| path == "../R.md"), []);
}

#[test]
fn wr0225_licence_files_are_for_newer_maturins() {
    let of = |requires: &str, patterns: &str| {
        let manifest = PYPROJECT.replace("maturin>=1.9,<2", requires).replace(
            "name = \"fast\"\n",
            &format!("name = \"fast\"\nversion = \"1\"\nlicense-files = {patterns}\n"),
        );
        let texts = project(&[("pyproject.toml", &manifest)]);
        inspect_metadata(&texts, &|_| true).len()
    };
    let list = "[\"LICENSE*\"]";
    for old in [
        "maturin>=1.4,<1.5",
        "maturin==1.8.1",
        "maturin ~= 1.8.0, <1.8.2",
    ] {
        assert_eq!(of(old, list), 1, "{old}");
    }
    for new in [
        "maturin",
        "maturin>=1,<2",
        "maturin==1.8.2",
        "maturin<1.9",
        "maturin[patchelf]>=1.4,<1.5",
        "maturin~=1.10",
    ] {
        assert_eq!(of(new, list), 0, "{new}");
    }
    assert_eq!(of("maturin>=1,<2", "[\"../LICENSE\"]"), 1);
    // Old versions know the table from an earlier draft.
    assert_eq!(of("maturin>=1.4,<1.5", "{ paths = [\"LICENSE\"] }"), 0);
}

#[test]
fn wr0225_an_invalid_version() {
    check("", &[], &["no version"]);
    check("dynamic = [\"version\"]", &[], &[]);
    check("dynamic = [\"readme\"]", &[], &["no version"]);
    check("version = \"one\"", &[], &["`one`"]);
    check("version = \"0.1.0-alpha.1\"", &[], &[]);
}

#[test]
fn wr0225_a_byte_order_mark() {
    let marked = format!(
        "\u{feff}{}",
        PYPROJECT.replace("name = \"fast\"\n", "name = \"fast\"\nversion = \"1\"\n")
    );
    let found = inspect_metadata(&project(&[("pyproject.toml", &marked)]), &|_| true);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].message.contains("byte order mark"));
}

#[test]
fn other_tools_have_their_own_rules() {
    let other = PYPROJECT
        .replace(
            "build-backend = \"maturin\"",
            "build-backend = \"hatchling.build\"",
        )
        .replace("[tool.maturin]\nstrip = true\n", "");
    assert_eq!(
        inspect_metadata(&project(&[("pyproject.toml", &other)]), &|_| false),
        []
    );
}

fn codes(files: &[(&str, &str)]) -> Vec<String> {
    let found = inspect_project(&project(files), &Expectation::new()).diagnostics;
    found.iter().map(|one| one.code.to_string()).collect()
}

#[test]
fn wr0226_sources_next_to_the_manifest() {
    let mixed = |lines: &str| PYPROJECT.replace("strip = true", lines);
    let dotted = mixed("module-name = \"fast._core\"");
    let source = "#[pymodule]\nfn _core() {}\n";
    let files = |manifest, package| {
        codes(&[
            ("pyproject.toml", manifest),
            ("src/lib.rs", source),
            (package, ""),
        ])
    };
    assert_eq!(files(&dotted, "fast/__init__.py"), ["WR0226"]);
    let elsewhere = mixed("module-name = \"fast._core\"\npython-source = \"python\"");
    assert_eq!(files(&elsewhere, "python/fast/__init__.py"), [""; 0]);
    // Where maturin finds the sources in `src` by default.
    let split = [
        ("pyproject.toml", dotted.as_str()),
        ("rust/Cargo.toml", CARGO),
        ("rust/src/lib.rs", source),
        ("src/fast/__init__.py", ""),
    ];
    assert_eq!(codes(&split), [""; 0]);
    // Another package next to the manifest isn't the extension's.
    assert_eq!(codes(&[("docs/__init__.py", "")]), [""; 0]);
}

#[test]
fn wr0217_knows_src_only_as_maturin_does() {
    let manifest = PYPROJECT.replace("strip = true", "module-name = \"fast.fast\"");
    let package = ("src/fast/__init__.py", "");
    assert_eq!(codes(&[("pyproject.toml", &manifest), package]), ["WR0217"]);
    let split = [
        ("pyproject.toml", manifest.as_str()),
        ("rust/Cargo.toml", CARGO),
        ("rust/src/lib.rs", sources::SOURCE),
        package,
    ];
    assert_eq!(codes(&split), [""; 0]);
}

#[test]
fn wr0227_uv_does_not_know_the_rust_sources() {
    let with = |lines: &str| format!("{PYPROJECT}\n[tool.uv]\n{lines}\n");
    let of = |manifest: &str, sign: (&str, &str)| codes(&[("pyproject.toml", manifest), sign]);
    let lock = ("uv.lock", "version = 1\n");
    let none = ("notes.txt", "");
    assert_eq!(of(PYPROJECT, none), [""; 0]);
    assert_eq!(of(PYPROJECT, lock), ["WR0227"]);
    assert_eq!(
        of(
            PYPROJECT,
            (".venv/pyvenv.cfg", "home = /usr/bin\nuv = 0.9.1\n")
        ),
        ["WR0227"]
    );
    assert_eq!(
        of(PYPROJECT, (".venv/pyvenv.cfg", "home = /usr/bin\n")),
        [""; 0]
    );
    assert_eq!(of(&with("dev-dependencies = []"), none), ["WR0227"]);
    assert_eq!(of(&with("package = false"), lock), [""; 0]);
    assert_eq!(
        of(
            &with("cache-keys = [{ file = \"pyproject.toml\" }, { dir = \"src\" }]"),
            lock
        ),
        ["WR0227"]
    );
    assert_eq!(
        of(&with("cache-keys = [{ file = \"**/*.rs\" }]"), lock),
        [""; 0]
    );
    assert_eq!(
        of(&with("cache-keys = [{ git = { commit = true } }]"), lock),
        [""; 0]
    );
}
