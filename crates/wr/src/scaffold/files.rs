//! The files of a new project. Pure: names and options in, texts out.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::ValueEnum;

use super::Names;

/// Where the project's Python code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// In a Python package that contains the native module
    Mixed,
    /// Nowhere: the native module is everything
    Rust,
}

/// Which Pythons a wheel is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abi {
    /// Each version has its own.
    Each,
    /// One is for all versions from 3.N on, through the stable ABI.
    Stable(u8),
}

/// What can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) layout: Layout,
    pub(crate) abi: Abi,
    /// Whether a directory above is a workspace that the project isn't meant to be part of.
    pub(crate) is_in_workspace: bool,
}

/// The oldest Python that a project supports unless its author chooses another.
const OLDEST_PYTHON: u8 = 11;

/// The files, by their paths relative to the project.
pub(crate) fn files(names: &Names, options: Options) -> BTreeMap<PathBuf, String> {
    let module = names.module();
    let is_mixed = options.layout == Layout::Mixed;
    let oldest = match options.abi {
        Abi::Each => OLDEST_PYTHON,
        Abi::Stable(minor) => minor,
    };
    let (library, path, maturin, doc) = if is_mixed {
        (
            "_core",
            format!("{module}._core"),
            format!("module-name = \"{module}._core\"\npython-source = \"python\""),
            format!("The native part of the Python package `{module}`."),
        )
    } else {
        (
            module,
            module.to_owned(),
            format!("module-name = \"{module}\""),
            format!("The Python module `{module}`."),
        )
    };
    let (pyo3, find) = match options.abi {
        Abi::Each => ("pyo3 = \"0.30.1\"".to_owned(), "--find-interpreter"),
        Abi::Stable(minor) => (
            format!(
                "# The stable ABI: one wheel for Python 3.{minor} and everything newer.\n\
                 pyo3 = {{ version = \"0.30.1\", features = [\"abi3-py3{minor}\"] }}"
            ),
            "",
        ),
    };
    let workspace = if options.is_in_workspace {
        "\n# It isn't part of the workspace in a directory above.\n[workspace]"
    } else {
        ""
    };
    let fill = |text: &str| {
        let filled = text
            .replace("@DISTRIBUTION@", names.distribution())
            .replace("@MODULE_PATH@", &path)
            .replace("@MODULE@", module)
            .replace("@LIBRARY@", library)
            .replace("@PYTHON@", &format!("3.{oldest}"))
            .replace("@PYO3@", &pyo3)
            .replace("@WORKSPACE@", workspace)
            .replace("@MATURIN@", &maturin)
            .replace("@DOC@", &doc)
            .replace(" @FIND@", &format!(" {find}"))
            .replace("@LAYOUT@", &layout(module, options.layout));
        let lines: Vec<&str> = filled.lines().map(str::trim_end).collect();
        format!("{}\n", lines.join("\n").trim_end())
    };
    macro_rules! template {
        ($name:literal) => {
            fill(include_str!(concat!("../../templates/project/", $name)))
        };
    }
    let mut files = BTreeMap::from([
        (PathBuf::from("Cargo.toml"), template!("Cargo.toml.txt")),
        ("pyproject.toml".into(), template!("pyproject.toml.txt")),
        ("README.md".into(), template!("README.md.txt")),
        (".gitignore".into(), template!("gitignore.txt")),
        (".github/workflows/ci.yml".into(), template!("ci.yml.txt")),
        ("src/lib.rs".into(), template!("lib.rs.txt")),
        (
            format!("tests/test_{module}.py").into(),
            template!("test.py.txt"),
        ),
    ]);
    let stub = template!("stub.pyi.txt");
    if is_mixed {
        let package = PathBuf::from("python").join(module);
        files.insert(package.join("__init__.py"), template!("init.py.txt"));
        files.insert(package.join("_core.pyi"), stub);
        // An empty file (PEP 561).
        files.insert(package.join("py.typed"), String::new());
    } else {
        // maturin adds `py.typed`.
        files.insert(format!("{module}.pyi").into(), stub);
    }
    files
}

/// The part of the README that says where things are.
fn layout(module: &str, layout: Layout) -> String {
    let rows = match layout {
        Layout::Mixed => format!(
            "| `src/lib.rs` | the native module, `{module}._core` |\n\
             | `python/{module}/__init__.py` | the package that people import |\n\
             | `python/{module}/_core.pyi` | the native module's types, for editors and type checkers |\n"
        ),
        Layout::Rust => format!(
            "| `src/lib.rs` | the module |\n\
             | `{module}.pyi` | its types, for editors and type checkers |\n"
        ),
    };
    format!("| file | what's in it |\n|---|---|\n{rows}| `tests` | the tests, for pytest |\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(layout: Layout, abi: Abi) -> BTreeMap<PathBuf, String> {
        let options = Options {
            layout,
            abi,
            is_in_workspace: false,
        };
        files(&Names::parse("fast-sums").unwrap(), options)
    }

    #[test]
    fn nothing_is_left_to_fill_in_and_manifests_parse() {
        for layout in [Layout::Mixed, Layout::Rust] {
            for abi in [Abi::Each, Abi::Stable(12)] {
                for (path, text) in texts(layout, abi) {
                    let is_typed_mark = path.ends_with("py.typed");
                    assert!(
                        !text.contains('@') || path.ends_with("ci.yml"),
                        "{path:?}\n{text}"
                    );
                    assert!(is_typed_mark || text.ends_with('\n'), "{path:?}");
                    assert!(
                        !text.contains(" \n") && !text.ends_with("\n\n"),
                        "{path:?}\n{text}"
                    );
                    if path.extension().is_some_and(|end| end == "toml") {
                        text.parse::<toml::Table>().unwrap();
                    }
                }
            }
        }
    }

    #[test]
    fn the_stable_abi_and_requires_python_agree() {
        let files = texts(Layout::Mixed, Abi::Stable(12));
        let at = |path: &str| &files[&PathBuf::from(path)];
        assert!(at("Cargo.toml").contains("abi3-py312"));
        assert!(at("pyproject.toml").contains("requires-python = \">=3.12\""));
        assert!(!at(".github/workflows/ci.yml").contains("--find-interpreter"));
    }
}
