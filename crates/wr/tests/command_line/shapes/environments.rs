//! What is installed for a project's tests, and what is reported if that isn't what the project asks for.

use testkit::workshop;

use super::{check, codes, finding, project, says};

#[test]
fn a_lock_file_is_respected_and_a_skipped_test_is_noticed() {
    let at = workshop!("shape-lock");
    let project = project(&at, None);
    project.put_into(&at);
    let name = &project.name;
    at.write(
        "pyproject.toml",
        at.read("pyproject.toml")
            + "\n[project.optional-dependencies]\nall = [\"six\"]\nframes = [\"attrs\"]\n\n[dependency-groups]\ndev = [\"SELF[all]\"]\n"
                .replace("SELF", name)
                .as_str(),
    );
    let package = |name: &str, version: &str| {
        format!(
            "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = {{ registry = \"https://index.example/simple\" }}\n\n"
        )
    };
    at.write(
        "uv.lock",
        format!("version = 1\n\n{}", package("six", "1.16.0")),
    );
    at.write("tests/test_six.py", format!("import six\nimport {name}\n\n\ndef test_it():\n    assert six.__version__ == \"1.16.0\"\n    {name}.twice(1)\n"));
    at.write(
        "tests/test_frames.py",
        "import pytest\n\nattr = pytest.importorskip(\"attr\")\n\n\ndef test_it():\n    pass\n",
    );
    // Its own state: no other test may get these versions.
    let verdict = check(&at).own_state().run().status(0).verdict();
    assert_eq!(codes(&verdict), ["WR0363", "WR0227"]);
    says(
        &finding(&verdict, "WR0363")["message"],
        "attrs, which pyproject.toml lists, is missing",
    );
    // A version that doesn't exist can't be used.
    at.write(
        "uv.lock",
        format!("version = 1\n\n{}", package("six", "0.0.1")),
    );
    at.replace("tests/test_six.py", "== \"1.16.0\"", "!= \"0.0.1\"");
    let verdict = check(&at).own_state().run().status(0).verdict();
    assert_eq!(codes(&verdict), ["WR0415", "WR0363", "WR0227"]);
    says(
        &finding(&verdict, "WR0415")["message"],
        "aren't in uv.lock: six ",
    );
}

#[test]
fn plugins_that_are_missing_are_named() {
    let at = workshop!("shape-plugins");
    let project = project(&at, None);
    project.put_into(&at);
    at.write("tests/test_it.py", "async def test_nap():\n    pass\n");
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0353"]);
    says(&finding(&verdict, "WR0353")["hint"], "pytest-asyncio");
    at.write("pytest.ini", "[pytest]\naddopts = --cov=x --reruns 2\n");
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0362"]);
    says(
        &finding(&verdict, "WR0362")["message"],
        "pytest-cov and pytest-rerunfailures, which are not installed",
    );
}

/// A project's tests don't see what another project in the same state directory requested, or what this one used to.
#[test]
fn a_project_finds_what_it_asks_for_and_nothing_else() {
    let group = |wanted: &str| format!("\n[dependency-groups]\ntest = [{wanted}]\n");
    let of = |name: &str| {
        let at = workshop!(name);
        let project = project(&at, None);
        project.put_into(&at);
        let plain = at.read("pyproject.toml");
        at.write("pyproject.toml", plain.clone() + &group("\"six\""));
        (at, project.name, plain)
    };
    let (first, name, plain) = of("shape-exact-first");
    let test = format!(
        "import {name}\n\n\ndef test_it():\n    import six\n    assert {name}.twice(2) == 4\n"
    );
    first.write("tests/test_it.py", &test);
    check(&first).run().status(0);
    // No longer requested.
    first.write("pyproject.toml", &plain);
    let verdict = check(&first).run().status(1).verdict();
    assert_eq!(codes(&verdict)[0], "WR0355", "{verdict:#}");
    // Requested again, which needs no installation.
    first.write("pyproject.toml", plain.clone() + &group("\"six\""));
    check(&first).run().status(0);
    // Never requested, though in the same state directory.
    let (second, other, plain) = of("shape-exact-second");
    second.write("pyproject.toml", &plain);
    second.write("tests/test_it.py", test.replace(&name, &other));
    let verdict = check(&second).run().status(1).verdict();
    assert_eq!(codes(&verdict)[0], "WR0355", "{verdict:#}");
}
