//! What the judge knows about the project, so that advice refers to its actual code and not to guesses.

use anatomy::project::{Dependencies, Field, Function, Texts, find_fields, find_functions};

/// The project's manifests and sources, independent of any run.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// The package that it's installed as, if its manifest names one: nothing else provides that package.
    pub package: Option<String>,
    /// The dependencies in its manifests.
    pub dependencies: Dependencies,
    /// Its Rust sources, by the names that users see.
    pub sources: Texts,
}

impl Project {
    /// A file in a panic's message, by the name that users see. The compiler names files relative to the workspace, which may be
    /// a directory above the subject.
    pub(super) fn shown(&self, file: &str) -> String {
        let is_of_workspace = std::path::Path::new(file).is_relative();
        let known = self
            .sources
            .keys()
            .filter(|name| {
                let above = file.strip_suffix(name.as_str());
                above.is_some_and(|above| above.is_empty() || above.ends_with('/'))
            })
            .max_by_key(|name| name.len());
        match known {
            Some(name) if is_of_workspace => name.clone(),
            _ => file.to_owned(),
        }
    }

    /// The function with this name in Python, with its file, if there is exactly one.
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

    /// Whether a string occurs in the sources outside comments.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.sources.values().any(|source| {
            source
                .lines()
                .map(|line| line.split("//").next().unwrap_or(line))
                .any(|line| line.contains(text))
        })
    }

    /// Whether the PyO3 in use has at least this minor version, or an unknown one.
    pub(super) fn has_pyo3(&self, minor: u32) -> bool {
        self.dependencies
            .pyo3_minor()
            .is_none_or(|in_use| in_use >= minor)
    }
}
