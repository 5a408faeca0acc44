//! A small healthy project.
#![allow(
    dead_code,
    reason = "every test program includes all of this and uses a part of it"
)]

use wr_anatomy::project::Texts;

pub(crate) const CARGO: &str = "[package]\nname = \"fast\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\nname = \"fast\"\n\
                     crate-type = [\"cdylib\"]\n\n[dependencies]\npyo3 = \"0.30\"\n";
pub(crate) const PYPROJECT: &str = "[build-system]\nrequires = [\"maturin>=1.9,<2\"]\nbuild-backend = \"maturin\"\n\n[project]\n\
                         name = \"fast\"\nrequires-python = \">=3.9\"\n\n[tool.maturin]\nstrip = true\n";
pub(crate) const SOURCE: &str = "use pyo3::prelude::*;\n\n#[pyfunction]\nfn double(x: i64) -> i64 {\n    x * 2\n}\n\n#[pymodule]\n\
                      fn fast(m: &Bound<'_, PyModule>) -> PyResult<()> {\n    \
                      m.add_function(wrap_pyfunction!(double, m)?)\n}\n";

pub(crate) fn project(files: &[(&str, &str)]) -> Texts {
    let mut texts: Texts = [
        ("Cargo.toml", CARGO),
        ("pyproject.toml", PYPROJECT),
        ("src/lib.rs", SOURCE),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .collect();
    for (path, text) in files {
        texts.insert((*path).to_owned(), (*text).to_owned());
    }
    texts
}
