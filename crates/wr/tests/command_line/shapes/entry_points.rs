//! What a project announces to other programs: plugins, and commands of its own.

use testkit::{Workshop, workshop};

use super::{check, codes, project};

/// A project whose package is `NAME`, with the extension in it as `_core`, and the entry points given.
fn package(at: &Workshop, entry_points: &str) -> String {
    let project = project(at, Some("_core"));
    project.put_into(at);
    let name = project.name;
    let manifest = at
        .read("pyproject.toml")
        .replace("[project]\n", &format!("{entry_points}\n[project]\n"))
        .replace("NAME", &name);
    at.write(
        "pyproject.toml",
        manifest
            + &format!(
                "\n[tool.maturin]\nmodule-name = \"{name}._core\"\npython-source = \"python\"\n"
            ),
    );
    at.write(
        format!("python/{name}/__init__.py"),
        "from ._core import twice\n\n\ndef main():\n    import sys\n\n    print(twice(int(sys.argv[1])))\n",
    );
    name
}

#[test]
fn a_plugin_of_the_project_is_loaded_by_pytest() {
    let at = workshop!("shape-plugin");
    let name = package(
        &at,
        "[project.entry-points.pytest11]\nNAME = \"NAME.plugin\"\n",
    );
    at.write(
        format!("python/{name}/plugin.py"),
        "import pytest\n\nfrom . import twice\n\n\n@pytest.fixture\ndef four():\n    return twice(2)\n",
    );
    at.write(
        "tests/test_it.py",
        format!(
            "from importlib.metadata import entry_points\n\n\ndef test_fixture(four):\n    assert four == 4\n\n\n\
             def test_listed():\n    assert \"{name}\" in {{one.name for one in entry_points(group=\"pytest11\")}}\n"
        ),
    );
    check(&at).run().status(0);
    // A change of the plugin is seen, and the removal of its announcement.
    at.replace(format!("python/{name}/plugin.py"), "twice(2)", "twice(3)");
    let verdict = check(&at).run().status(1).verdict();
    assert_eq!(codes(&verdict), ["WR0353"]);
    at.replace(format!("python/{name}/plugin.py"), "twice(3)", "twice(2)");
    at.replace("pyproject.toml", "pytest11", "other");
    check(&at).run().status(1);
}

#[test]
fn a_command_of_the_project_is_found_by_its_name() {
    let at = workshop!("shape-command");
    let name = package(&at, "[project.scripts]\nNAME-twice = \"NAME:main\"\n");
    at.write(
        "tests/test_it.py",
        format!(
            "import subprocess\n\n\ndef test_it():\n    assert subprocess.check_output(['{name}-twice', '4'], text=True) == '8\\n'\n"
        ),
    );
    check(&at).run().status(0);
    at.replace("pyproject.toml", "-twice =", "-other =");
    check(&at).run().status(1);
}
