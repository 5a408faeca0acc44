//! The generated projects: the same sources on every machine.

use std::fs;
use std::path::Path;

use super::edits::Edit;

/// How large a project is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Small,
    Medium,
    Large,
}

/// How many classes the medium project has, one per file.
const CLASSES: u32 = 30;
/// How many methods each class has; this makes about 3,000 lines in total.
const METHODS: u32 = 14;

/// A project.
#[derive(Debug, Clone, Copy)]
pub(super) struct Project {
    size: Size,
}

impl Project {
    pub(super) fn new(size: Size) -> Self {
        Self { size }
    }

    pub(super) fn name(self) -> &'static str {
        match self.size {
            Size::Small => "bench_small",
            Size::Medium => "bench_medium",
            Size::Large => "bench_large",
        }
    }

    pub(super) fn describe(self) -> &'static str {
        match self.size {
            Size::Small => "small: one function",
            Size::Medium => "medium: about 3,000 lines with thirty classes",
            Size::Large => "large: heavy dependencies",
        }
    }

    pub(super) fn test_file(self) -> String {
        format!("tests/test_{}.py", self.name())
    }

    /// Writes the whole project in its state before the first edit. Files that already match stay untouched.
    pub(super) fn write(self, dir: &Path) -> anyhow::Result<()> {
        let mut files = vec![
            ("Cargo.toml".to_owned(), self.cargo_toml()),
            ("pyproject.toml".to_owned(), self.pyproject()),
            ("src/lib.rs".to_owned(), self.library(Edit::Body, 0)),
            (self.test_file(), self.tests(0)),
            ("expected.txt".to_owned(), "0".to_owned()),
        ];
        if self.size == Size::Medium {
            files.extend((0..CLASSES).map(|n| (format!("src/shelf_{n:02}.rs"), class(n))));
        }
        for (name, text) in files {
            let path = dir.join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            if !fs::read_to_string(&path).is_ok_and(|present| present == text) {
                fs::write(&path, text)?;
            }
        }
        Ok(())
    }

    fn cargo_toml(self) -> String {
        let name = self.name();
        let heavy = match self.size {
            Size::Large => {
                "chrono = { version = \"0.4\", features = [\"serde\"] }\nndarray = \"0.17\"\nrayon = \"1.11\"\nregex = \"1.12\"\n\
                 serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n\
                 tokio = { version = \"1\", features = [\"full\"] }\n"
            }
            Size::Small | Size::Medium => "",
        };
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\npyo3 = \"0.30.1\"\n{heavy}\n[workspace]\n"
        )
    }

    fn pyproject(self) -> String {
        let name = self.name();
        format!(
            "[build-system]\nrequires = [\"maturin>=1.9.4,<2\"]\nbuild-backend = \"maturin\"\n\n\
             [project]\nname = \"{name}\"\nversion = \"0.1.0\"\nrequires-python = \">=3.11\"\n\n\
             [dependency-groups]\ntest = [\"pytest>=8.4,<10\"]\n\n\
             [tool.pytest.ini_options]\ntestpaths = [\"tests\"]\n\n\
             [tool.uv]\ndefault-groups = [\"test\"]\n\
             cache-keys = [{{ file = \"pyproject.toml\" }}, {{ file = \"Cargo.toml\" }}, {{ file = \"src/**/*.rs\" }}]\n"
        )
    }

    /// The library's root module after an edit.
    pub(super) fn library(self, edit: Edit, count: u32) -> String {
        let modules = match self.size {
            Size::Medium => (0..CLASSES)
                .map(|n| format!("mod shelf_{n:02};\n"))
                .collect(),
            Size::Small | Size::Large => String::new(),
        };
        let exports = match self.size {
            Size::Medium => (0..CLASSES)
                .map(|n| {
                    format!("    #[pymodule_export]\n    use crate::shelf_{n:02}::Shelf{n:02};\n")
                })
                .collect(),
            Size::Small => String::new(),
            Size::Large => HEAVY.to_owned(),
        };
        let parameter = match edit {
            Edit::Signature => format!("rate: i64, rebate_{count}: Option<i64>"),
            _ => "rate: i64".to_owned(),
        };
        let defaults = match edit {
            Edit::Signature => format!("rate, rebate_{count} = None"),
            _ => "rate".to_owned(),
        };
        let used = match edit {
            Edit::Signature => format!("rebate_{count}.unwrap_or(0)"),
            _ => "0".to_owned(),
        };
        let new = match edit {
            Edit::NewFunction => format!(
                "    #[pyfunction]\n    fn new_{count}(text: &str) -> usize {{\n        text.len() + {count}\n    }}\n\n"
            ),
            _ => String::new(),
        };
        let end = if edit.compiles() {
            "}\n"
        } else {
            "    fn unfinished(\n}\n"
        };
        format!(
            "use pyo3::prelude::*;\n\n{modules}\n#[pymodule]\nmod {name} {{\n    use super::*;\n\n{exports}\n\
             {new}    #[pyfunction]\n    fn count() -> u32 {{\n        {count}\n    }}\n\n    \
             #[pyfunction]\n    #[pyo3(signature = (net, {defaults}))]\n    \
             fn gross(net: i64, {parameter}) -> i64 {{\n        net + net * rate / 100 - {used}\n    }}\n{end}",
            name = self.name(),
        )
    }

    /// The tests; `count` makes every edit of them different.
    pub(super) fn tests(self, count: u32) -> String {
        let name = self.name();
        let more = match self.size {
            Size::Small => String::new(),
            Size::Medium => (0..CLASSES)
                .map(|n| {
                    format!(
                        "def test_shelf_{n:02}():\n    shelf = {name}.Shelf{n:02}(\"a\")\n    shelf.put_00(3)\n    \
                         assert shelf.put_01(4) == {}\n\n\n",
                        3 + 4 + 1
                    )
                })
                .collect(),
            Size::Large => format!(
                "def test_the_text_is_counted():\n    assert {name}.words(\"to be or not to be\") == {{\"to\": 2, \"be\": 2, \"or\": 1, \"not\": 1}}\n\n\n\
                 def test_the_year_is_found():\n    assert {name}.year('{{\"day\": \"2024-05-06\"}}') == 2024\n\n\n"
            ),
        };
        format!(
            "from pathlib import Path\n\nimport {name}\n\n# Edit {count}.\n\n\n\
             def test_the_extension_is_the_fresh_one():\n    \
             expected = int(Path(__file__, \"../../expected.txt\").resolve().read_text())\n    \
             assert {name}.count() == expected\n\n\n\
             {more}def test_gross():\n    assert {name}.gross(100, 20) == 120\n"
        )
    }
}

/// A module of the medium project: a class with about a hundred lines.
fn class(n: u32) -> String {
    let mut text = format!(
        "use pyo3::prelude::*;\n\n/// A shelf.\n#[pyclass]\npub struct Shelf{n:02} {{\n    label: String,\n    items: Vec<i64>,\n}}\n\n\
         #[pymethods]\nimpl Shelf{n:02} {{\n    #[new]\n    fn new(label: String) -> Self {{\n        Self {{ label, items: Vec::new() }}\n    }}\n\n    \
         #[getter]\n    fn label(&self) -> &str {{\n        &self.label\n    }}\n\n    \
         fn __len__(&self) -> usize {{\n        self.items.len()\n    }}\n"
    );
    for method in 0..METHODS {
        text.push_str(&format!(
            "\n    /// Puts an item there, and says what all are worth.\n    fn put_{method:02}(&mut self, worth: i64) -> i64 {{\n        \
             self.items.push(worth);\n        self.items.iter().sum::<i64>() + {method}\n    }}\n"
        ));
    }
    text.push_str("}\n");
    text
}

/// What the large project does with its dependencies.
const HEAVY: &str = "    use std::collections::HashMap;

    use rayon::prelude::*;

    #[derive(serde::Deserialize)]
    struct Entry {
        day: chrono::NaiveDate,
    }

    #[pyfunction]
    fn words(text: &str) -> HashMap<String, usize> {
        let word = regex::Regex::new(r\"\\w+\").unwrap();
        let found: Vec<_> = word.find_iter(text).map(|found| found.as_str()).collect();
        let lower: Vec<_> = found.par_iter().map(|word| word.to_lowercase()).collect();
        let mut counts = HashMap::new();
        for word in lower {
            *counts.entry(word).or_default() += 1;
        }
        counts
    }

    #[pyfunction]
    fn year(json: &str) -> PyResult<i32> {
        use chrono::Datelike;
        let entry: Entry = serde_json::from_str(json)
            .map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?;
        Ok(entry.day.year())
    }

    #[pyfunction]
    fn mean(values: Vec<f64>) -> Option<f64> {
        ndarray::Array1::from(values).mean()
    }

    #[pyfunction]
    fn waited() -> bool {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async { tokio::task::yield_now().await });
        true
    }
";
