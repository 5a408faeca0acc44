//! Test requirements in every form that projects use.

use std::path::Path;

use super::*;
use crate::system::NativeSystem;

fn system() -> NativeSystem {
    NativeSystem::new("wr".into())
}

/// A project's files in a temporary directory.
struct Files(tempfile::TempDir);

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let file = dir.path().join(name);
            system().write(&file, text.as_bytes()).unwrap();
        }
        Self(dir)
    }

    fn requirements(&self, below: &str) -> Requirements {
        let system = system();
        let root = self.0.path().join(below);
        let root = root.as_path();
        let pyproject = crate::manifest::read(&system, &root.join("pyproject.toml"));
        of_project(&system, root, &pyproject.unwrap().unwrap())
    }

    #[track_caller]
    fn check(&self, expect: &[&str]) {
        assert_eq!(self.requirements("").wanted, expect);
    }
}

#[test]
fn requirements_come_from_all_conventions() {
    let text = r#"
[project]
name = "My.Ext"
dependencies = ["numpy>=2", "sample", "my_ext[extra]"]
[project.optional-dependencies]
test = ["hypothesis"]
docs = ["sphinx"]
[dependency-groups]
dev = ["pytest>=8", { include-group = "Lint" }]
lint = ["ruff"]
bench = ["pyperf"]
[tool.uv]
dev-dependencies = ["trio"]
default-groups = ["bench"]
[tool.uv.sources]
sample = { workspace = true }
"#;
    Files::new(&[("pyproject.toml", text)]).check(&[
        "hypothesis",
        "numpy>=2",
        "pyperf",
        "pytest>=8",
        "ruff",
        "trio",
    ]);
}

#[test]
fn extras_may_include_the_projects_other_extras() {
    let text = r#"
[project]
name = "me"
[project.optional-dependencies]
all = ["pandas", "Me[fast]"]
fast = ["numba", "me[all]"]
dev = ["pytest-mock", "me[all]"]
docs = ["sphinx"]
[dependency-groups]
test = ["me[docs-theme]"]
"#;
    Files::new(&[("pyproject.toml", text)]).check(&["numba", "pandas", "pytest-mock"]);
}

#[test]
fn a_workspace_member_uses_the_workspaces_groups_and_lock_file() {
    let root = r#"
[project]
name = "root"
dependencies = ["not-for-members"]
[dependency-groups]
dev = ["pytest-cov", "me"]
[tool.uv.workspace]
members = ["packages/*"]
exclude = ["packages/alone"]
[tool.uv.sources]
me = { workspace = true }
"#;
    let files = Files::new(&[
        ("pyproject.toml", root),
        (
            "uv.lock",
            "version = 1\n[[package]]\nname = \"numpy\"\nversion = \"2.0.0\"\nsource = { registry = \"x\" }\n",
        ),
        (
            "packages/me/pyproject.toml",
            "[project]\nname = \"me\"\ndependencies = [\"numpy\"]\n",
        ),
        (
            "packages/alone/pyproject.toml",
            "[project]\nname = \"alone\"\ndependencies = [\"numpy\"]\n",
        ),
    ]);
    let member = files.requirements("packages/me");
    assert_eq!(member.wanted, ["numpy", "pytest-cov"]);
    assert_eq!(member.locked, ["numpy==2.0.0"]);
    assert!(
        member
            .lock_file
            .is_some_and(|file| file.ends_with("uv.lock"))
    );
    let alone = files.requirements("packages/alone");
    assert_eq!(
        (alone.wanted, alone.locked),
        (vec!["numpy".to_owned()], vec![])
    );
}

#[test]
fn test_requirements_of_continuous_integration_are_used() {
    let text = "[project]\nname = \"me\"\n[project.optional-dependencies]\ntest-all = [\"polars\"]\ndocs = [\"sphinx\"]\nqa-tests = [\"tox\"]\n\
                [dependency-groups]\nunit-tests = [\"respx\"]\n";
    let workflow = "jobs:\n  test:\n    steps:\n      - run: pip install -e \".[test-all,docs]\"\n      # pip install .[qa-tests]\n      \
                    - run: pip install -r requirements/dev.txt -r docs/requirements.txt\n      - run: uv sync --group unit-tests\n";
    let listed = "# tools\n-r more.txt\n-c bounds.txt\nrequests[socks] >= 2 ; python_version >= '3.8'  # http\n\
                  attrs==23.1 \\\n    --hash=sha256:00\n-e .\n./local\n--index-url https://i\n";
    Files::new(&[
        ("pyproject.toml", text),
        (".github/workflows/ci.yml", workflow),
        ("requirements/dev.txt", listed),
        ("requirements/more.txt", "trio\n-r dev.txt\n"),
        ("requirements/bounds.txt", "trio<1\n"),
        ("docs/requirements.txt", "furo\n"),
        ("requirements-unnamed-test.txt", "nose\n"),
    ])
    .check(&[
        "attrs==23.1",
        "polars",
        "requests[socks] >= 2 ; python_version >= '3.8'",
        "respx",
        "trio",
    ]);
}

#[test]
fn constraints_of_requirements_files_are_used() {
    let files = Files::new(&[
        ("pyproject.toml", "[project]\nname = \"me\"\n"),
        (
            "tox.ini",
            "[testenv]\ndeps = -r{toxinidir}/requirements-test.txt\n",
        ),
        ("requirements-test.txt", "trio\n-c bounds.txt\n"),
        ("bounds.txt", "trio<1\n"),
    ]);
    let found = files.requirements("");
    assert_eq!(found.wanted, ["trio"]);
    assert_eq!(found.locked, ["trio<1"]);
}

#[test]
fn requirements_of_toxs_test_environments_are_used() {
    let ini = "[tox]\nenvlist = py\n\n[testenv]\n# what tests need\ndeps =\n    pytest>=5.0\n    hypothesis  # data\n    py27: mock\n    \
               test: respx\n    {env:PINNED:}\n    -r{toxinidir}/more.txt\ncommands = pytest {posargs}\n\n\
               [testenv:lint]\ndeps = ruff\n\n[testenv:py313-lint]\ndeps = mypy\n\n[testenv:py313]\ndeps = trio\n";
    let me = "[project]\nname = \"me\"\n";
    Files::new(&[
        ("pyproject.toml", me),
        ("tox.ini", ini),
        ("more.txt", "attrs\n"),
    ])
    .check(&["attrs", "hypothesis", "pytest>=5.0", "respx", "trio"]);
    let native = "[env_run_base]\ndeps = [\"pytest\"]\n[env.docs]\ndeps = [\"furo\"]\n[env.\"3.13\"]\ndeps = [\"trio\"]\n";
    Files::new(&[("pyproject.toml", me), ("tox.toml", native)]).check(&["pytest", "trio"]);
    let in_pyproject = format!("{me}[tool.tox.env_run_base]\ndeps = [\"anyio\"]\n");
    Files::new(&[("pyproject.toml", &in_pyproject)]).check(&["anyio"]);
    // An unreadable file adds nothing.
    Files::new(&[
        ("pyproject.toml", me),
        ("tox.ini", "deps = [testenv\n = \n"),
    ])
    .check(&[]);
}

#[test]
fn requirements_of_poetry_and_hatch_are_used() {
    let text = r#"
[project]
name = "me"
[tool.poetry.dependencies]
python = "^3.9"
attrs = "^23"
[tool.poetry.group.test.dependencies]
pytest-mock = { version = "~3.1", extras = ["x"] }
[tool.poetry.group.docs.dependencies]
sphinx = "*"
[tool.hatch.envs.hatch-test]
extra-dependencies = ["respx"]
[tool.hatch.envs.docs]
dependencies = ["furo"]
"#;
    Files::new(&[("pyproject.toml", text)]).check(&[
        "attrs>=23,<24",
        "pytest-mock[x]>=3.1,<3.2",
        "respx",
    ]);
}

#[test]
fn the_lock_of_poetry_is_kept_to() {
    let pyproject = "[project]\nname = \"me\"\n[build-system]\nrequires = [\"maturin\"]\nbuild-backend = \"maturin\"\n\
                     [tool.poetry.group.dev.dependencies]\nattrs = \"^25\"\n";
    let poetry = r#"
[[package]]
name = "attrs"
version = "25.1.0"
optional = false
python-versions = ">=3.8"
groups = ["dev"]
[[package]]
name = "numpy"
version = "1.26.4"
groups = ["main", "dev"]
markers = "python_version < \"3.10\""
[[package]]
name = "numpy"
version = "2.1.0"
groups = ["main", "dev"]
markers = {main = "python_version >= \"3.10\"", dev = "python_version >= \"3.11\""}
[[package]]
name = "everywhere"
version = "1"
groups = ["main", "dev"]
markers = {main = "os_name == \"nt\""}
[[package]]
name = "for-extra"
version = "1"
groups = ["main"]
markers = "extra == \"cli\""
[[package]]
name = "old"
version = "1"
category = "main"
[[package]]
name = "old"
version = "2"
category = "main"
[[package]]
name = "private"
version = "3"
[package.source]
type = "legacy"
url = "https://h/simple"
reference = "h"
[[package]]
name = "forked"
version = "4"
[package.source]
type = "git"
url = "https://h/x"
[metadata]
lock-version = "2.1"
"#;
    let files = Files::new(&[("pyproject.toml", pyproject), ("poetry.lock", poetry)]);
    let found = files.requirements("");
    assert_eq!(found.wanted, ["attrs>=25,<26"]);
    assert_eq!(
        found.locked,
        [
            "attrs==25.1.0",
            "everywhere==1",
            "for-extra==1",
            "numpy==1.26.4 ; python_version < \"3.10\"",
            "numpy==2.1.0 ; (python_version >= \"3.11\") or (python_version >= \"3.10\")",
            "private==3",
        ]
    );
    assert!(
        found
            .lock_file
            .is_some_and(|file| file.ends_with("poetry.lock"))
    );
}

#[test]
fn several_versions_need_markers() {
    let of = |text: &str| lock::constraints(&text.parse().unwrap());
    let uv = r#"
[[package]]
name = "me"
source = { editable = "." }
[[package]]
name = "Numpy"
version = "1.26.4"
source = { registry = "x" }
resolution-markers = ["python_full_version < '3.10'", "python_full_version == '3.10.*'"]
[[package]]
name = "numpy"
version = "2.1.0"
source = { registry = "x" }
resolution-markers = ["python_full_version >= '3.11'"]
[[package]]
name = "torch"
version = "2.5.0+cpu"
source = { registry = "x" }
[[package]]
name = "both"
version = "1"
source = { registry = "x" }
[[package]]
name = "both"
version = "2"
source = { registry = "x" }
[[package]]
name = "forked"
version = "3"
source = { git = "https://h/x" }
"#;
    assert_eq!(
        of(uv),
        [
            "numpy==1.26.4 ; (python_full_version < '3.10') or (python_full_version == '3.10.*')",
            "numpy==2.1.0 ; python_full_version >= '3.11'",
            "torch==2.5.0",
        ]
    );
    let standard = "[[packages]]\nname = \"attrs\"\nversion = \"25.1.0\"\nmarker = \"os_name == 'posix'\"\n\
                    [[packages]]\nname = \"x\"\nversion = \"1\"\nvcs = { type = \"git\" }\n";
    assert_eq!(of(standard), ["attrs==25.1.0 ; os_name == 'posix'"]);
}

#[test]
fn a_module_is_matched_to_its_named_distribution() {
    let files = Files::new(&[
        (
            "pyproject.toml",
            "[project]\nname = \"me\"\n[project.optional-dependencies]\nframes = [\"pandas>=2\"]\n",
        ),
        ("requirements-dev.txt", "PyYAML\nscikit_learn\n"),
    ]);
    let named = Named::read(&system(), Path::new(files.0.path()));
    assert_eq!(
        named.of_module("pandas.core"),
        Some(("pandas", "pyproject.toml"))
    );
    assert_eq!(
        named.of_module("yaml"),
        Some(("pyyaml", "requirements-dev.txt"))
    );
    assert_eq!(
        named.of_module("sklearn"),
        Some(("scikit-learn", "requirements-dev.txt"))
    );
    assert_eq!(named.of_module("numpy"), None);
}
