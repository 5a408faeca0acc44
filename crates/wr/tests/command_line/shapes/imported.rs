//! Which module Python imports under the extension's name.

use testkit::workshop;

use super::{check, codes, finding, project, says};

#[test]
fn a_module_of_the_standard_library_wins() {
    let at = workshop!("shape-stdlib-name");
    let mut project = project(&at, Some("colorsys"));
    "colorsys".clone_into(&mut project.name);
    project.put_into(&at);
    at.write(
        "tests/test_it.py",
        "import colorsys\n\n\ndef test_twice():\n    assert colorsys.twice(2) == 4\n",
    );
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(verdict["status"], "does_not_import");
    assert_eq!(codes(&verdict)[0], "WR0111");
    says(&finding(&verdict, "WR0111")["message"], "lib/python3");
    says(
        &finding(&verdict, "WR0111")["hint"],
        "rename your module `colorsys`",
    );
    // If nothing fails, the extension wasn't tested either.
    at.write(
        "tests/test_it.py",
        "import colorsys\n\n\ndef test_it():\n    assert colorsys.rgb_to_hsv\n",
    );
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0111"]);
}

#[test]
fn a_file_among_the_tests_wins() {
    let at = workshop!("shape-test-name");
    let project = project(&at, None);
    project.put_into(&at);
    let name = &project.name;
    at.write(format!("tests/{name}.py"), "NUMBERS = [1, 2]\n");
    at.write(
        "tests/test_it.py",
        format!("import {name}\n\n\ndef test_twice():\n    assert {name}.twice(2) == 4\n"),
    );
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0111"]);
    says(
        &finding(&verdict, "WR0111")["message"],
        &format!("tests/{name}.py"),
    );
    // A file with another name hides nothing.
    at.rename(format!("tests/{name}.py"), "tests/helpers.py");
    check(&at).run().status(0);
}

#[test]
fn a_file_that_hides_the_package_is_reported_even_if_the_extension_has_another_name() {
    let at = workshop!("shape-package-name");
    let mut project = project(&at, Some("_core"));
    let name = project.name.clone();
    project = project.maturin(&format!(
        "module-name = \"{name}._core\"\npython-source = \"python\""
    ));
    project.put_into(&at);
    at.write(
        format!("python/{name}/__init__.py"),
        "from ._core import twice\n",
    );
    at.write(format!("tests/{name}.py"), "");
    at.write(
        "tests/test_it.py",
        format!("from {name} import twice\n\n\ndef test_twice():\n    assert twice(2) == 4\n"),
    );
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0111"]);
    says(
        &finding(&verdict, "WR0111")["message"],
        &format!("nothing can import `{name}._core`"),
    );
    at.remove(format!("tests/{name}.py"));
    check(&at).run().status(0);
}

#[test]
fn sources_that_maturin_does_not_install_are_not_importable() {
    let at = workshop!("shape-src");
    let mut project = project(&at, Some("_core"));
    let name = project.name.clone();
    project = project.maturin(&format!("module-name = \"{name}._core\""));
    project.put_into(&at);
    at.write(
        format!("src/{name}/__init__.py"),
        "from ._core import twice\n",
    );
    at.write(
        "tests/test_it.py",
        format!("from {name} import twice\n\n\ndef test_twice():\n    assert twice(2) == 4\n"),
    );
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0217"]);
    says(
        &finding(&verdict, "WR0217")["hint"],
        "`python-source = \"src\"`",
    );
    at.replace(
        "pyproject.toml",
        "[tool.maturin]",
        "[tool.maturin]\npython-source = \"src\"",
    );
    check(&at).run().status(0);
}

#[test]
fn programs_started_by_a_test_find_the_extension() {
    let at = workshop!("shape-subprocess");
    let project = project(&at, None);
    project.put_into(&at);
    let name = &project.name;
    at.write(
        "tests/test_it.py",
        format!(
            "import subprocess\nimport sys\n\n\ndef test_apart():\n    \
             code = \"import {name}, sys; d = sys.path; print({name}.twice(2), d.index([p for p in d if 'site-packages' in p][0]) > 2)\"\n    \
             said = subprocess.check_output([sys.executable, '-c', code], text=True)\n    assert said == '4 True\\n'\n"
        ),
    );
    check(&at).run().status(0);
}

#[test]
fn an_extension_that_no_test_imports_is_imported_anyway() {
    let at = workshop!("shape-unimported");
    let mut project = project(&at, None);
    project.put_into(&at);
    at.write("tests/test_it.py", "def test_nothing():\n    pass\n");
    check(&at).run().status(0);
    project.source = project.source.replace(
        "    m.add_function(wrap_pyfunction!(abort",
        "    m.py().import(\"no_such_module\")?;\n    m.add_function(wrap_pyfunction!(abort",
    );
    project.put_into(&at);
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(verdict["status"], "does_not_import");
    says(&verdict["diagnostics"][0]["message"], "no_such_module");
}

#[test]
fn test_files_of_one_module_name_are_both_named() {
    let at = workshop!("shape-same-module-name");
    let project = project(&at, None);
    project.put_into(&at);
    let test = format!(
        "import {0}\n\n\ndef test_twice():\n    assert {0}.twice(2) == 4\n",
        project.name
    );
    for directory in ["a", "b"] {
        at.write(format!("tests/{directory}/test_it.py"), &test);
    }
    let verdict = check(&at).run().status(1).verdict();
    let found = finding(&verdict, "WR0364");
    assert_eq!(
        found["message"],
        "tests/a/test_it.py and tests/b/test_it.py have the same module name, `test_it`, so Python can import only one of them"
    );
    // As the help says.
    at.write("tests/a/__init__.py", "");
    at.write("tests/b/__init__.py", "");
    check(&at).run().status(0);
    std::fs::remove_file(at.path("tests/a/__init__.py")).unwrap();
    std::fs::remove_file(at.path("tests/b/__init__.py")).unwrap();
    at.write(
        "pytest.ini",
        "[pytest]\naddopts = --import-mode=importlib\n",
    );
    check(&at).run().status(0);
}

#[test]
fn pytest_decides_what_the_tests_are() {
    let at = workshop!("shape-collected");
    let project = project(&at, None);
    project.put_into(&at);
    let name = &project.name;
    // Without any tests, it's built and imported.
    let verdict = check(&at).run().status(0).verdict();
    assert_eq!(codes(&verdict), ["WR0357"]);
    assert_eq!(finding(&verdict, "WR0357")["severity"], "warning");
    // With file names that only the configuration knows.
    at.write("pytest.ini", "[pytest]\npython_files = check_*.py\n");
    at.write(
        "checks/check_it.py",
        format!("import {name}\n\n\ndef test_twice():\n    assert {name}.twice(2) == 5\n"),
    );
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0353"]);
    // With doctests.
    at.write("pytest.ini", "[pytest]\naddopts = --doctest-glob=*.md\n");
    at.write(
        "notes.md",
        format!(">>> import {name}\n>>> {name}.twice(2)\n4\n"),
    );
    let verdict = check(&at).run().status(0).verdict();
    assert_eq!(verdict["tests"].as_array().map(Vec::len), Some(1));
    // A configuration that leaves no tests is not a success.
    at.write("pytest.ini", "[pytest]\naddopts = -k nothing\n");
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0357"]);
}

#[test]
fn a_package_installed_by_another_distribution_wins_over_the_sources() {
    let at = workshop!("shape-taken");
    let keys = "module-name = \"six._core\"\npython-source = \"python\"";
    let project = project(&at, Some("_core")).maturin(keys);
    project.put_into(&at);
    at.write("python/six/__init__.py", "from ._core import twice\n");
    at.write(
        "tests/test_it.py",
        "from six import twice\n\n\ndef test_twice():\n    assert twice(2) == 4\n",
    );
    check(&at).own_state().run().status(0);
    let manifest = at.read("pyproject.toml") + "\n[dependency-groups]\ndev = [\"six\"]\n";
    at.write("pyproject.toml", manifest);
    let verdict = check(&at).own_state().run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0111"]);
    says(
        &finding(&verdict, "WR0111")["hint"],
        "an installed package is also called `six`",
    );
}
