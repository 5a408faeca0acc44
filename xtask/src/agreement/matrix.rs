//! The matrix: a small extension with several versions of PyO3, on several versions of Python, in several states.
//!
//! We know what each state is, because we create it. For each pair of versions, the verdict and the main finding have
//! to be the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use super::tools::Tools;
use super::ways::{self, Said};
use super::{emptied, program};

const PYO3: [&str; 4] = ["0.23", "0.26", "0.28", "0.30"];

const PYTHONS: [&str; 4] = ["3.11", "3.13", "3.14", "3.15"];

/// The newest Python that each PyO3 supports (`SUPPORTED_VERSIONS_CPYTHON` in the build script of its `pyo3-ffi`).
fn newest_python(pyo3: &str) -> u32 {
    match pyo3 {
        "0.23" => 13,
        "0.26" | "0.28" => 14,
        _ => 15,
    }
}

/// From this version on, Python comes from the directory of `.ci/newer-python`, unless it's on `PATH`.
const FIRST_NEWER: u32 = 14;

/// A state of the sources, and the expected result.
struct State {
    name: &'static str,
    /// What to replace in the library, and with what.
    change: (&'static str, &'static str),
    status: &'static str,
    /// The code of the main finding.
    code: Option<&'static str>,
}

const STATES: [State; 5] = [
    State {
        name: "solved",
        change: ("", ""),
        status: "solved",
        code: None,
    },
    State {
        name: "a compile error",
        change: ("number * 2", "\"twice\""),
        status: "does_not_compile",
        code: Some("WR0351"),
    },
    State {
        name: "a failing test",
        change: ("number * 2", "number * 3"),
        status: "tests_fail",
        code: Some("WR0353"),
    },
    State {
        name: "a missing function",
        change: (
            "    module.add_function(wrap_pyfunction!(double, module)?)?;\n",
            "",
        ),
        status: "tests_fail",
        code: Some("WR0356"),
    },
    State {
        name: "todo!()",
        change: ("number * 2", "todo!(\"{number}\")"),
        status: "unfinished",
        code: Some("WR0301"),
    },
];

const LIBRARY: &str = "use pyo3::prelude::*;

#[pyfunction]
fn double(number: i64) -> i64 {
    number * 2
}

#[pyfunction]
fn half(number: i64) -> i64 {
    number / 2
}

#[pymodule]
fn matrix(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(double, module)?)?;
    module.add_function(wrap_pyfunction!(half, module)?)?;
    Ok(())
}
";

const TEST: &str = "import matrix


def test_double():
    assert matrix.double(21) == 42


def test_half():
    assert matrix.half(42) == 21
";

const PYPROJECT: &str = "[build-system]
requires = [\"maturin>=1.9,<2\"]
build-backend = \"maturin\"

[project]
name = \"matrix\"
version = \"0.1.0\"
requires-python = \">=3.11\"
";

fn manifest(pyo3: &str) -> String {
    format!(
        "[package]\nname = \"matrix\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n\
         [dependencies]\npyo3 = \"{pyo3}\"\n\n[workspace]\n"
    )
}

/// The results of the whole matrix.
#[derive(Debug, Default)]
pub(super) struct Matrix {
    rows: Vec<(String, [Option<String>; PYO3.len()])>,
    wrong: Vec<String>,
}

/// Runs the whole matrix.
pub(super) fn compare(only: Option<&str>, tools: &Tools) -> Matrix {
    let mut matrix = Matrix::default();
    for python in PYTHONS {
        let mut cells: [Option<String>; PYO3.len()] = Default::default();
        for (cell, pyo3) in cells.iter_mut().zip(PYO3) {
            let place = format!("Python {python}, PyO3 {pyo3}");
            if only.is_some_and(|only| !place.contains(only)) {
                continue;
            }
            if minor(python) > newest_python(pyo3) {
                println!("[{place}] not supported by that PyO3");
                *cell = Some("not supported".to_owned());
                continue;
            }
            let wrong =
                judged(python, pyo3, tools).unwrap_or_else(|error| vec![format!("{error:#}")]);
            println!(
                "[{place}] {}",
                if wrong.is_empty() {
                    "wr reports every state correctly".to_owned()
                } else {
                    wrong.join("\n  ")
                }
            );
            *cell = Some(if wrong.is_empty() {
                format!("{} of {0} states", STATES.len())
            } else {
                format!("{} wrong", wrong.len())
            });
            let wrong = wrong.into_iter().map(|one| format!("{place}: {one}"));
            matrix.wrong.extend(wrong);
        }
        matrix.rows.push((python.to_owned(), cells));
    }
    matrix
}

fn minor(python: &str) -> u32 {
    let minor = python.rsplit('.').next();
    minor.and_then(|minor| minor.parse().ok()).unwrap_or(0)
}

/// What is wrong for one pair.
fn judged(python: &str, pyo3: &str, tools: &Tools) -> anyhow::Result<Vec<String>> {
    let name = format!("python-{python}-pyo3-{pyo3}");
    let root = emptied(&tools.dir("matrix")?.join(&name))?;
    for dir in ["src", "tests", ".git"] {
        fs::create_dir_all(root.join(dir))?;
    }
    fs::write(root.join(".git/HEAD"), "ref: refs/heads/main\n")?;
    fs::write(root.join("Cargo.toml"), manifest(pyo3))?;
    fs::write(root.join("pyproject.toml"), PYPROJECT)?;
    fs::write(root.join("tests/test_matrix.py"), TEST)?;
    let state_dir = tools.dir(&format!("matrix-state/{python}"))?;
    let mut wrong = Vec::new();
    for state in &STATES {
        let (from, to) = state.change;
        fs::write(root.join("src/lib.rs"), LIBRARY.replace(from, to))?;
        let mut check = check(python, &root, tools)?;
        check.env("WR_STATE_DIR", &state_dir);
        let said = ways::asked(&mut check, &tools.logs(&format!("matrix/{name}")))
            .with_context(|| state.name)?;
        wrong.extend(mistake(state, &said));
    }
    Ok(wrong)
}

/// `wr check` with a version of Python: one on this machine, or one from the directory of newer ones.
fn check(python: &str, root: &Path, tools: &Tools) -> anyhow::Result<Command> {
    let arguments = ["check", "--format", "json", "--python"];
    if minor(python) < FIRST_NEWER || is_on_path(&format!("python{python}")) {
        let mut command = program::command(&tools.wr, root);
        command.args(arguments).arg(python);
        return Ok(command);
    }
    let script: PathBuf = crate::tidy::workspace_root()?.join(".ci/newer-python");
    let mut command = program::command(script, root);
    command
        .args(["--python", python])
        .arg(&tools.wr)
        .args(arguments)
        .arg("python3");
    Ok(command)
}

fn is_on_path(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

/// What is wrong with a verdict, if anything.
fn mistake(state: &State, said: &Said) -> Option<String> {
    let main = said
        .findings
        .iter()
        .find(|finding| finding.starts_with("error "));
    let is_right = said.status == state.status
        && match (main, state.code) {
            (None, None) => true,
            (Some(main), Some(code)) => main.starts_with(&format!("error {code}:")),
            _ => false,
        };
    (!is_right).then(|| {
        format!(
            "{}: `{}` with {}, where `{}` with {} is right",
            state.name,
            said.status,
            main.map_or("no error", String::as_str),
            state.status,
            state.code.unwrap_or("no error")
        )
    })
}

impl Matrix {
    pub(super) fn is_good(&self) -> bool {
        self.wrong.is_empty()
    }

    /// What doesn't hold, or a message that everything does.
    pub(super) fn verdict(&self) -> String {
        if self.is_good() {
            "every state has the right verdict and the right main finding".to_owned()
        } else {
            self.wrong.join("\n")
        }
    }

    pub(super) fn table(&self) -> String {
        let mut text = String::from("| CPython |");
        for pyo3 in PYO3 {
            text += &format!(" PyO3 {pyo3} |");
        }
        text += &format!("\n|---|{}\n", "---|".repeat(PYO3.len()));
        for (python, cells) in &self.rows {
            text += &format!("| {python} |");
            for cell in cells {
                text += &format!(" {} |", cell.as_deref().unwrap_or(""));
            }
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{LIBRARY, STATES};

    #[test]
    fn every_state_but_the_first_changes_the_library() {
        for state in &STATES[1..] {
            let (from, to) = state.change;
            assert_ne!(LIBRARY.replace(from, to), LIBRARY, "{}", state.name);
        }
    }
}
