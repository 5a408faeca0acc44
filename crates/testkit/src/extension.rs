//! Extension module fixtures.

use crate::{Workshop, lock_file};

/// An exercise with an extension module and a Python package next to it, like those of the course.
#[derive(Debug, Clone)]
pub struct Extension {
    /// The exercise, such as `01_a/01_x`. All tests share one state directory, so no two tests may use the same name.
    pub id: String,
    /// The name of the crate, its library and its module; unique among all tests for the same reason.
    pub module: String,
    /// `src/lib.rs`; `MODULE` stands for the module's name.
    pub source: String,
    /// `sample/tests/test_sample.py`; `MODULE` stands for the module's name.
    pub tests: String,
}

impl Extension {
    /// An extension with names derived from the workshop's, and one function, `answer`, that the tests call.
    pub fn named_after(workshop: &Workshop) -> Self {
        let name = workshop.name().replace('-', "_");
        Self {
            id: format!("01_ext/01_{name}"),
            module: format!("ext_{name}"),
            source: ANSWER.to_owned(),
            tests: "from MODULE import answer\n\n\ndef test_answer():\n    assert answer() == 42\n"
                .to_owned(),
        }
    }

    /// Replaces the source.
    #[must_use]
    pub fn source(mut self, source: &str) -> Self {
        source.clone_into(&mut self.source);
        self
    }

    /// Makes this expression the answer.
    #[must_use]
    pub fn answering(mut self, expression: &str) -> Self {
        self.source = ANSWER.replace("42\n", &format!("{expression}\n"));
        self
    }

    /// Replaces the tests.
    #[must_use]
    pub fn tests(mut self, tests: &str) -> Self {
        tests.clone_into(&mut self.tests);
        self
    }

    /// The exercise's directory below the workshop.
    pub fn dir(&self) -> String {
        format!("exercises/{}", self.id)
    }

    /// Writes it to the workshop's course.
    pub fn put_into(&self, workshop: &Workshop) {
        let dir = self.dir();
        let module = &self.module;
        let fill = |text: &str| text.replace("MODULE", module);
        workshop
            .write(format!("{dir}/src/lib.rs"), fill(&self.source))
            .write(
                format!("{dir}/sample/tests/test_sample.py"),
                fill(&self.tests),
            )
            .write(
                format!("{dir}/sample/src/sample/__init__.py"),
                "\"\"\"The package that uses the extension.\"\"\"\n",
            )
            .write(
                format!("{dir}/sample/pyproject.toml"),
                "[project]\nname = \"sample\"\nversion = \"0.1.0\"\n",
            )
            .write(format!("{dir}/Cargo.toml"), manifest(module, "cdylib"))
            .write(format!("{dir}/Cargo.lock"), lock_file::with_pyo3(module))
            .write(format!("{dir}/pyproject.toml"), pyproject(module, ""));
    }
}

/// The manifest of a crate that uses PyO3.
pub(crate) fn manifest(package: &str, crate_type: &str) -> String {
    format!(
        "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"{crate_type}\"]\n\n\
         [dependencies]\npyo3 = \"0.30.1\"\n\n[workspace]\n"
    )
}

/// The manifest of a maturin project.
pub(crate) fn pyproject(name: &str, maturin: &str) -> String {
    format!(
        "[build-system]\nrequires = [\"maturin>=1.9,<2\"]\nbuild-backend = \"maturin\"\n\n\
         [project]\nname = \"{name}\"\nversion = \"0.1.0\"\nrequires-python = \">=3.11\"\n\n{maturin}"
    )
}

const ANSWER: &str = "\
#[pyo3::pymodule]
mod MODULE {
    use pyo3::prelude::*;

    #[pyfunction]
    fn answer() -> u32 {
        42
    }
}
";
