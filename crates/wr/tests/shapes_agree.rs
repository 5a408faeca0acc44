//! Projects of many shapes, each judged by `wr` and by `maturin develop` and pytest: the same tests fail, and the
//! verdicts agree.
//!
//! The first run installs the ordinary tools from the package index, so it needs the network.
#![cfg(unix)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use engine::{Outcome as TestOutcome, Status, Verdict};
use tempfile::TempDir;

use support::ordinary::{Outcome, Tools};
use support::{kept, python, tree, wr};

const SOURCE: &str = "\
use pyo3::prelude::*;

#[pyfunction]
fn twice(x: i64) -> i64 {
    x * 2
}

#[pymodule]
#[pyo3(name = \"LEAF\")]
fn shape(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(twice, m)?)
}
";

/// A shape: a name, the contents of `[tool.maturin]` and what follows it, the extension's own name, and Python files.
struct Shape {
    name: &'static str,
    lines: &'static str,
    leaf: &'static str,
    files: &'static [(&'static str, &'static str)],
    /// The result, with either tool.
    passes: bool,
}

const IMPORT: &str = "from NAME import twice\n\n\ndef test_twice():\n    assert twice(2) == 4\n\n\ndef test_wrong():\n    assert twice(2) == 5\n";
const PASS: &str = "from NAME import twice\n\n\ndef test_twice():\n    assert twice(2) == 4\n";
const INIT: (&str, &str) = ("NAME/__init__.py", "from ._core import twice\n");

const SHAPES: [Shape; 11] = [
    Shape {
        name: "agree_alone",
        lines: "",
        leaf: "agree_alone",
        files: &[("tests/test_it.py", IMPORT)],
        passes: false,
    },
    Shape {
        name: "agree_flat",
        lines: "module-name = \"agree_flat._core\"",
        leaf: "_core",
        files: &[INIT, ("tests/test_it.py", PASS)],
        passes: true,
    },
    Shape {
        name: "agree_python",
        lines: "module-name = \"agree_python._core\"\npython-source = \"python\"",
        leaf: "_core",
        files: &[
            ("python/NAME/__init__.py", "from ._core import twice\n"),
            ("tests/test_it.py", IMPORT),
        ],
        passes: false,
    },
    // maturin uses `src` only next to a crate in `rust`.
    Shape {
        name: "agree_src",
        lines: "module-name = \"agree_src._core\"",
        leaf: "_core",
        files: &[
            ("src/NAME/__init__.py", "from ._core import twice\n"),
            ("tests/test_it.py", PASS),
        ],
        passes: false,
    },
    // A standard library module and a file among the tests take precedence.
    Shape {
        name: "colorsys",
        lines: "",
        leaf: "colorsys",
        files: &[(
            "tests/test_it.py",
            "import colorsys\n\n\ndef test_twice():\n    assert colorsys.twice(2) == 4\n",
        )],
        passes: false,
    },
    Shape {
        name: "agree_hidden",
        lines: "",
        leaf: "agree_hidden",
        files: &[
            ("tests/NAME.py", ""),
            (
                "tests/test_it.py",
                "import NAME\n\n\ndef test_it():\n    assert NAME.twice(2) == 4\n",
            ),
        ],
        passes: false,
    },
    Shape {
        name: "agree_same",
        lines: "",
        leaf: "agree_same",
        files: &[("tests/a/test_it.py", PASS), ("tests/b/test_it.py", PASS)],
        passes: false,
    },
    Shape {
        name: "agree_names",
        lines: "\n[tool.pytest.ini_options]\npython_files = \"check_*.py\"",
        leaf: "agree_names",
        files: &[
            ("checks/check_it.py", IMPORT),
            ("tests/test_it.py", "assert False\n"),
        ],
        passes: false,
    },
    Shape {
        name: "agree_doctest",
        lines: "\n[tool.pytest.ini_options]\naddopts = \"--doctest-glob='*.md'\"",
        leaf: "agree_doctest",
        files: &[("notes.md", ">>> from NAME import twice\n>>> twice(2)\n4\n")],
        passes: true,
    },
    Shape {
        name: "agree_plugin",
        lines: "module-name = \"agree_plugin._core\"\npython-source = \"python\"\n\n\
                [project.entry-points.pytest11]\nfour = \"agree_plugin.plugin\"\n\n\
                [project.scripts]\nagree-twice = \"agree_plugin:main\"",
        leaf: "_core",
        files: &[
            (
                "python/NAME/__init__.py",
                "from ._core import twice\n\n\ndef main():\n    return twice(2)\n",
            ),
            (
                "python/NAME/plugin.py",
                "import pytest\n\nfrom . import twice\n\n\n@pytest.fixture\ndef four():\n    return twice(2)\n",
            ),
            (
                "tests/test_it.py",
                "import subprocess\n\n\ndef test_plugin(four):\n    assert four == 4\n\n\n\
                 def test_command():\n    assert subprocess.run([\"agree-twice\"]).returncode == 4\n",
            ),
        ],
        passes: true,
    },
    // Files next to the manifest aren't installed just by being there.
    Shape {
        name: "agree_helper",
        lines: "",
        leaf: "agree_helper",
        files: &[
            ("helper.py", ""),
            (
                "tests/test_it.py",
                "import helper\n\n\ndef test_it():\n    pass\n",
            ),
        ],
        passes: false,
    },
];

impl Shape {
    fn write(&self, root: &Path) {
        let name = self.name;
        let manifest = format!(
            "[build-system]\nrequires = [\"maturin>=1.9,<2\"]\nbuild-backend = \"maturin\"\n\n[project]\nname = \"{name}\"\nversion = \"0.1.0\"\n\n\
             [dependency-groups]\ntest = [\"pytest>=8\"]\n\n[tool.maturin]\n{}\n",
            self.lines
        );
        let cargo = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\nname = \"{}\"\ncrate-type = [\"cdylib\"]\n\n\
             [dependencies]\npyo3 = \"0.30\"\n\n[workspace]\n",
            self.leaf
        );
        tree::write(&root.join("pyproject.toml"), &manifest);
        tree::write(&root.join("Cargo.toml"), &cargo);
        tree::write(&root.join("src/lib.rs"), &SOURCE.replace("LEAF", self.leaf));
        for (path, text) in self.files {
            tree::write(
                &root.join(path.replace("NAME", name)),
                &text.replace("NAME", name),
            );
        }
    }
}

#[test]
fn the_verdict_is_that_of_maturin_and_pytest() {
    let python = python::any();
    let tools = Tools::install(&python);
    let outside = TempDir::new().expect("a temporary directory can be made");
    let mut environment = None;
    for shape in &SHAPES {
        let dir = outside.path().join(shape.name).join("ordinary");
        shape.write(&dir);
        let environment = environment.get_or_insert_with(|| tools.environment(&dir));
        let ordinary = environment.maturin(&dir);
        environment.uninstall(shape.name);
        let Outcome::Ran(tested) = &ordinary else {
            panic!("{} was not built: {}", shape.name, ordinary.ended());
        };
        let dir = outside.path().join(shape.name).join("wr");
        shape.write(&dir);
        let mut command = wr::command(&dir);
        command
            .args(["check", "--recheck", "--format", "json", "--python"])
            .arg(&python.program)
            .env("WR_STATE_DIR", kept("state"));
        let ended = wr::run(&mut command);
        let verdict = wr::verdict(&ended);
        let name = shape.name;
        assert_eq!(
            tested.ended.succeeded(),
            shape.passes,
            "{name}: {}",
            tested.ended
        );
        assert_eq!(
            verdict.status == Status::Solved,
            shape.passes,
            "{name}: {ended}"
        );
        assert_eq!(
            failed(&verdict, &tested.failed),
            tested.failed,
            "{name}: {ended}"
        );
    }
}

/// The failed tests. Files that could not be collected aren't tests, and a verdict mentions them in its findings.
fn failed(verdict: &Verdict, ordinary: &BTreeSet<String>) -> BTreeSet<String> {
    let is_mentioned = |file: &&String| {
        let told = serde_json::to_string(verdict).unwrap_or_default();
        !file.contains("::") && told.contains(file.as_str())
    };
    verdict
        .tests
        .iter()
        .filter(|test| test.outcome == TestOutcome::Failed)
        .map(|test| test.id.clone())
        .chain(ordinary.iter().filter(is_mentioned).cloned())
        .collect()
}
