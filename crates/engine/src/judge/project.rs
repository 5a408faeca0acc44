//! What is known of the project when it is judged, so that advice is about what is written there and not about what might be.

use anatomy::project::{Dependencies, Field, Function, Texts, find_fields, find_functions};

/// What is known of the project apart from what ran.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// The package that it is installed as, where its manifest names one: nobody else provides that.
    pub package: Option<String>,
    /// What its manifests ask for.
    pub dependencies: Dependencies,
    /// Its Rust sources, by the names under which they are shown.
    pub sources: Texts,
}

impl Project {
    /// The function that Python knows by this name, with its file, where there is just one.
    pub(super) fn function(&self, name: &str) -> Option<(&str, Function)> {
        let mut found = self.functions().filter(|(_, one)| {
            one.python_name() == name && (one.has_attribute("pyfunction") || one.name != "new")
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// All functions, with their files.
    pub(super) fn functions(&self) -> impl Iterator<Item = (&str, Function)> {
        self.sources.iter().flat_map(|(file, text)| {
            find_functions(text)
                .into_iter()
                .map(move |one| (file.as_str(), one))
        })
    }

    /// The fields of this name, with their files.
    pub(super) fn fields(&self, name: &str) -> Vec<(&str, Field)> {
        self.sources
            .iter()
            .flat_map(|(file, text)| {
                find_fields(text)
                    .into_iter()
                    .map(move |one| (file.as_str(), one))
            })
            .filter(|(_, one)| one.name == name)
            .collect()
    }

    /// Whether a text occurs in the sources outside of comments.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.sources.values().any(|source| {
            source
                .lines()
                .map(|line| line.split("//").next().unwrap_or(line))
                .any(|line| line.contains(text))
        })
    }

    /// Whether the PyO3 in use is at least of this minor version; also where it is unknown.
    pub(super) fn has_pyo3(&self, minor: u32) -> bool {
        self.dependencies
            .pyo3_minor()
            .is_none_or(|in_use| in_use >= minor)
    }
}
