//! Project mode: a maturin project outside any course.

use testkit::{Invocation, Project, Workshop, workshop};

/// A module with one function, whose value depends on a feature.
const SOURCE: &str = "\
use pyo3::prelude::*;

#[pymodule]
#[pyo3(name = \"NAME\")]
mod module {
    use super::*;

    #[pyfunction]
    fn answer() -> u32 {
        if cfg!(feature = \"loud\") { 43 } else { 42 }
    }
}
";

const LOUD: &str = "[features]\nloud = []\n";

/// A project whose module has this name, in a separate repository that isn't a course.
fn project(at: &Workshop, leaf: Option<&str>) -> Project {
    at.folder(".git");
    let mut project = Project::named_after(at, SOURCE).cargo(LOUD);
    let leaf = leaf.unwrap_or(&project.name).to_owned();
    project.source = project.source.replace("NAME", &leaf);
    project
}

fn test_answer(import: &str, expected: u32) -> String {
    format!(
        "{import}\n\n\ndef test_answer():\n    assert answer() == {expected}\n\n\ndef test_other():\n    pass\n"
    )
}

fn check(at: &Workshop) -> Invocation {
    at.wr(["check", "--format", "json"])
}

#[test]
fn a_module_alone_is_built_and_tested() {
    let at = workshop!("project-pure");
    let project = project(&at, None);
    project.put_into(&at);
    at.write(
        "tests/test_it.py",
        test_answer(&format!("from {} import answer", project.name), 42),
    );
    let verdict = check(&at).run().status(0).verdict();
    assert_eq!(
        verdict["exercise"],
        project.name.replace('_', "-").as_str().replace('-', "_")
    );
    assert_eq!(verdict["tests"].as_array().map(Vec::len), Some(2));
    // `wr` without a verb does the same, and it also works from a subdirectory.
    at.wr::<&str>([])
        .at("tests")
        .run()
        .status(0)
        .says("2 passed");
    at.replace("src/lib.rs", "42", "41");
    at.wr(["check"])
        .run()
        .status(1)
        .says("tests/test_it.py:5")
        .says("assert 41 == 42");
}

#[test]
fn features_of_the_manifest_are_switched_on() {
    let at = workshop!("project-features");
    let project = project(&at, None).maturin("features = [\"pyo3/extension-module\", \"loud\"]");
    project.put_into(&at);
    at.write(
        "tests/test_it.py",
        test_answer(&format!("from {} import answer", project.name), 43),
    );
    check(&at).run().status(0);
}

#[test]
fn features_may_depend_on_the_python() {
    let at = workshop!("project-features-by-python");
    let feature = "features = [{ feature = \"loud\", python-version = \"<3\" }]";
    let project = project(&at, None).maturin(feature);
    project.put_into(&at);
    at.write(
        "tests/test_it.py",
        test_answer(&format!("from {} import answer", project.name), 42),
    );
    check(&at).run().status(0);
}

#[test]
fn a_symbol_outside_the_promised_stable_abi() {
    let at = workshop!("project-stable-abi");
    let mut project = project(&at, None);
    let features = "[features]\ndefault = [\"stable\"]\nstable = [\"pyo3/abi3-py311\"]\n";
    project = project.cargo(features);
    let declared = "unsafe extern \"C\" {\n    fn PyUnicode_AsUTF8() -> u32;\n}\n\n#[pymodule]\n";
    project.source = project
        .source
        .replace("#[pymodule]\n", declared)
        .replace("{ 43 }", "{ unsafe { PyUnicode_AsUTF8() } }")
        .replace("cfg!(feature = \"loud\")", "std::env::args().count() == 99");
    project.put_into(&at);
    at.write(
        "tests/test_it.py",
        test_answer(&format!("from {} import answer", project.name), 42),
    );
    // It works with this Python, but needn't with others.
    let verdict = check(&at).run().status(0).verdict();
    let codes = |verdict: &serde_json::Value| -> Vec<String> {
        let found = verdict["diagnostics"].as_array().unwrap();
        let codes = found.iter().map(|one| &one["code"]);
        codes
            .map(|code| code.as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(codes(&verdict), ["WR0108"], "{verdict:#}");
    assert_eq!(verdict["diagnostics"][0]["severity"], "warning");
    // With this one it doesn't: the loader's complaint is the consequence.
    let source = at.read("src/lib.rs").replace("AsUTF8", "AsUTF99");
    at.write("src/lib.rs", source);
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(verdict["status"], "does_not_import", "{verdict:#}");
    assert_eq!(codes(&verdict), ["WR0108"], "{verdict:#}");
    assert_eq!(verdict["diagnostics"][0]["severity"], "error");
    // Without the promise, it's just a symbol that this Python lacks.
    at.replace("Cargo.toml", "default = [\"stable\"]\n", "");
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0106"], "{verdict:#}");
}

/// Cargo accepts `--profile` only once, and tests have their own profile.
#[test]
fn the_profile_of_the_library_is_not_that_of_its_unit_tests() {
    let at = workshop!("project-profile");
    let mut project = project(&at, None).maturin("editable-profile = \"dev\"");
    project.source.push_str(
        "\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn adds() {\n        assert_eq!(1 + 1, 2);\n    }\n}\n",
    );
    project.put_into(&at);
    at.write(
        "tests/test_it.py",
        test_answer(&format!("from {} import answer", project.name), 42),
    );
    let verdict = check(&at).run().status(0).verdict();
    assert_eq!(verdict["tests"].as_array().map(Vec::len), Some(3));
}

/// `cargo test` runs the files in `tests` too; they use the crate as other Rust code does.
#[test]
fn integration_tests_are_run_like_unit_tests() {
    let at = workshop!("project-integration");
    let mut project = project(&at, None);
    project
        .source
        .push_str("\npub fn twice(number: u32) -> u32 {\n    2 * number\n}\n");
    project.put_into(&at);
    at.replace("Cargo.toml", "[\"cdylib\"]", "[\"cdylib\", \"rlib\"]");
    let name = &project.name;
    at.write(
        "tests/from_rust.rs",
        format!(
            "use pyo3::prelude::*;\n\n#[test]\nfn doubles() {{\n    assert_eq!({name}::twice(2), 4);\n}}\n\n\
             #[test]\nfn starts_python() {{\n    Python::initialize();\n    \
             Python::attach(|py| assert!(py.version_info().major == 3));\n}}\n"
        ),
    )
    .write(
        "tests/test_it.py",
        test_answer(&format!("from {name} import answer"), 42),
    );
    let verdict = check(&at).run().status(0).verdict();
    assert_eq!(
        verdict["tests"].as_array().map(Vec::len),
        Some(4),
        "{verdict:#}"
    );
    at.replace("src/lib.rs", "2 * number", "3 * number");
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(verdict["status"], "tests_fail");
    let failed = verdict["tests"].as_array().unwrap().iter();
    let failed: Vec<_> = failed
        .filter(|test| test["outcome"] == "failed")
        .map(|test| test["id"].as_str().unwrap())
        .collect();
    assert_eq!(failed, ["from_rust::doubles"], "{verdict:#}");
}

/// A mixed Python and Rust project: the package in `python/`, with the extension inside it as `_native`.
fn mixed(at: &Workshop) -> Project {
    let mut mixed = project(at, Some("_native"));
    let name = mixed.name.clone();
    mixed = mixed.maturin(&format!(
        "module-name = \"{name}.deep._native\"\npython-source = \"python\""
    ));
    mixed.put_into(at);
    at.write(
        format!("python/{name}/__init__.py"),
        "from .deep import answer\n",
    )
    .write(
        format!("python/{name}/deep/__init__.py"),
        "from ._native import answer\n",
    );
    mixed
}

#[test]
fn a_dotted_name_below_its_python_source() {
    let at = workshop!("project-mixed");
    let name = mixed(&at).name;
    at.write(
        "tests/test_it.py",
        test_answer(&format!("from {name} import answer"), 42),
    );
    check(&at).run().status(0);
    // Nothing was written next to the sources.
    let entries = std::fs::read_dir(at.path(format!("python/{name}/deep"))).unwrap();
    assert_eq!(entries.count(), 1);
    // If the project is installed, what an earlier build left there takes precedence.
    let codes = || -> Vec<String> {
        let verdict = check(&at).run().status(0).verdict();
        let found = verdict["diagnostics"].as_array().unwrap();
        let codes = found
            .iter()
            .map(|one| one["code"].as_str().unwrap().to_owned());
        codes.collect()
    };
    let inner = format!("python/{name}/deep/_native/__init__.py");
    at.write(&inner, "");
    assert_eq!(codes(), ["WR0111"]);
    std::fs::remove_dir_all(at.path(format!("python/{name}/deep/_native"))).unwrap();
    assert_eq!(codes(), [""; 0]);
    // A package may look up its own version, as many do on import.
    let init = format!("python/{name}/__init__.py");
    let asks =
        format!("from importlib.metadata import version\n\n__version__ = version(\"{name}\")\n");
    at.write(&init, format!("{}{asks}", at.read(&init)));
    check(&at).run().status(0);
    // If the package isn't in the configured place, that is the cause, and it's reported once.
    at.replace(
        "pyproject.toml",
        "python-source = \"python\"",
        "python-source = \"src\"",
    );
    let verdict = check(&at).run().status(1).verdict();
    let found = verdict["diagnostics"].as_array().unwrap();
    assert_eq!(found.len(), 1, "{verdict:#}");
    assert_eq!(found[0]["code"], "WR0217");
    assert!(
        found[0]["hint"]
            .as_str()
            .unwrap()
            .contains("python-source = \"python\"")
    );
}

#[test]
fn a_program_started_by_a_test_finds_the_extension_too() {
    let at = workshop!("project-subprocess");
    let name = mixed(&at).name;
    let tests = format!(
        "import subprocess\nimport sys\n\n\ndef test_in_a_process_of_its_own():\n    \
         code = 'import {name}.deep._native as n; print(n.answer())'\n    \
         said = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True)\n    \
         assert said.stdout == '42\\n', said.stderr\n"
    );
    at.write("tests/test_it.py", tests);
    check(&at).run().status(0);
}

#[test]
fn the_crate_may_be_in_another_directory() {
    let at = workshop!("project-manifest-path");
    let project = project(&at, None)
        .crate_dir("native/core")
        .maturin("manifest-path = \"native/core/Cargo.toml\"");
    project.put_into(&at);
    at.write(
        "tests/test_it.py",
        test_answer(&format!("from {} import answer", project.name), 42),
    );
    check(&at).run().status(0);
    at.replace("native/core/src/lib.rs", "{ 42 }", "{ \"42\" }");
    at.wr(["check"])
        .run()
        .status(1)
        .says("native/core/src/lib.rs:10");
}

#[test]
fn arguments_go_to_pytest() {
    let at = workshop!("project-pytest-args");
    let project = project(&at, None);
    project.put_into(&at);
    at.write(
        "tests/test_it.py",
        test_answer(&format!("from {} import answer", project.name), 7),
    );
    check(&at).run().status(1);
    let outcome = at
        .wr(["check", "--format", "json", "--", "-k", "other"])
        .run();
    let verdict = outcome.status(0).verdict();
    assert_eq!(verdict["tests"][0]["id"], "tests/test_it.py::test_other");
    assert_eq!(verdict["tests"].as_array().map(Vec::len), Some(1));
    at.wr(["check", "--", "-k", "answer"])
        .run()
        .status(1)
        .says("1 failed")
        .never_says("passed");
}

#[test]
fn the_projects_pytest_configuration_is_used() {
    let at = workshop!("project-pytest-config");
    let project = project(&at, None);
    project.put_into(&at);
    let manifest = at.read("pyproject.toml");
    at.write(
        "pyproject.toml",
        format!("{manifest}\n[tool.pytest.ini_options]\ntestpaths = [\"checks\"]\npython_files = [\"check_*.py\"]\n"),
    );
    at.write(
        "checks/check_it.py",
        test_answer(&format!("from {} import answer", project.name), 42),
    );
    at.write(
        "elsewhere/test_not.py",
        "def test_never():\n    assert False\n",
    );
    check(&at).run().status(0);
}

#[cfg(unix)]
#[test]
fn the_projects_own_environment_is_used() {
    let at = workshop!("project-own-venv");
    let project = project(&at, None);
    project.put_into(&at);
    let made = std::process::Command::new(testkit::python())
        .args(["-m", "venv", "--without-pip"])
        .arg(at.path(".venv"))
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let packages = glob(&at, ".venv/lib", "site-packages");
    // It gets pytest through a link to the shared environment, and a package that no other environment has.
    at.write("warm/tests/test_a.py", "def test_a():\n    pass\n");
    let shared = shared_packages(&at);
    std::fs::write(packages.join("shared.pth"), shared.display().to_string()).unwrap();
    std::os::unix::fs::symlink(shared.join("pytest"), packages.join("pytest")).unwrap();
    std::fs::write(packages.join("only_here.py"), "VALUE = 42\n").unwrap();
    let import = format!(
        "from {} import answer\nfrom only_here import VALUE",
        project.name
    );
    at.write(
        "tests/test_it.py",
        format!("{}\nassert VALUE == 42\n", test_answer(&import, 42)),
    );
    check(&at).run().status(0);
}

/// The packages directory of the shared environment, which is created if it doesn't exist yet.
#[cfg(unix)]
fn shared_packages(at: &Workshop) -> std::path::PathBuf {
    let other = workshop!("project-own-venv-warm");
    other
        .course()
        .python_exercise("01_warm/01_up", "def test_a():\n    pass\n");
    other.wr(["check", "01_up"]).run().status(0);
    // Other tests make more of them at the same time, for other packages.
    std::fs::read_dir(at.shared_state().join("venv"))
        .unwrap()
        .map(|entry| entry.unwrap().path().join("lib"))
        .filter(|lib| lib.is_dir())
        .map(|lib| glob_in(&lib, "site-packages"))
        .find(|packages| packages.join("pytest/__init__.py").is_file())
        .unwrap()
}

#[cfg(unix)]
fn glob(at: &Workshop, dir: &str, name: &str) -> std::path::PathBuf {
    glob_in(&at.path(dir), name)
}

/// The directory `name` in the only directory in `dir`.
#[cfg(unix)]
fn glob_in(dir: &std::path::Path, name: &str) -> std::path::PathBuf {
    let mut found = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path().join(name))
        .filter(|path| path.is_dir());
    found
        .next()
        .unwrap_or_else(|| panic!("no {name} below {}", dir.display()))
}

#[test]
fn a_broken_manifest_is_reported_with_its_location() {
    let at = workshop!("project-broken");
    project(&at, None).put_into(&at);
    at.write("Cargo.toml", "[package\n");
    let place = format!("{}:1:9: ", at.path("Cargo.toml").display());
    at.wr(["check"]).run().status(2).complains(&place);
    at.write("pyproject.toml", "[project]\nname = \n");
    let place = format!("{}:2:8: ", at.path("pyproject.toml").display());
    at.wr(["check"]).run().status(2).complains(&place);
}

#[test]
fn a_directory_may_be_given() {
    let at = workshop!("project-named");
    let project = project(&at, None);
    project.put_into(&at);
    at.write(
        "tests/test_it.py",
        test_answer(&format!("from {} import answer", project.name), 42),
    );
    at.folder("notes");
    at.wr(["check", "..", "--format", "json"])
        .at("notes")
        .run()
        .status(0);
    let root = at.root().to_str().unwrap();
    at.wr(["check", root]).at("/").run().status(0);
}

#[test]
fn outside_of_course_and_project() {
    let at = workshop!("project-nowhere");
    at.folder(".git")
        .write("pyproject.toml", "[project]\nname = \"x\"\n");
    at.wr(["check"])
        .run()
        .fails("so this repository is not a course", "names maturin");
}

#[test]
fn a_project_inside_a_course_is_separate() {
    let at = workshop!("project-in-course");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    let inner = Project::named_after(&at, &SOURCE.replace("NAME", "MODULE")).crate_dir("mine");
    inner.put_into(&at);
    at.rename("pyproject.toml", "mine/pyproject.toml");
    at.write(
        "mine/tests/test_it.py",
        test_answer(&format!("from {} import answer", inner.name), 42),
    );
    let verdict = check(&at).at("mine").run().status(0).verdict();
    assert_eq!(verdict["exercise"], inner.name.as_str());
}
