//! The corpus of mistakes that the compiler finds: the wrong code, what has to be said about it, the code as that advice corrects it, and
//! what rustc printed, recorded with several versions of PyO3.
//!
//! Each case is a directory in `crates/engine/tests/corpus`. `cargo xtask record` writes its `recorded.json`.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A mistake.
#[derive(Debug, Clone)]
pub struct Case {
    /// The name of its directory.
    pub name: String,
    /// What has to be said about it.
    pub expected: Expected,
    /// The code that the compiler refuses.
    pub wrong: Source,
    /// The code with the advice followed.
    pub fixed: Source,
    /// What the compiler printed about the wrong code.
    pub recorded: Vec<Recording>,
}

/// What has to be said about a mistake.
#[derive(Debug, Clone, Deserialize)]
pub struct Expected {
    /// The name of the rule that explains it. Without one, no rule does, and the help is rustc's own.
    pub rule: Option<String>,
    /// The line and column of the finding; several where versions of PyO3 disagree.
    pub place: Vec<String>,
    /// What the help says, among other things. Without it, there is no help.
    #[serde(default)]
    pub help: String,
    /// The first and the last minor version of PyO3 that the case is about.
    pub pyo3: [u32; 2],
    /// The oldest Python that PyO3 has the corrected code's API for.
    pub python: Option<String>,
}

/// A crate with one source file.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its `src/lib.rs`.
    pub text: String,
    /// What its manifest says.
    pub manifest: Manifest,
}

/// What differs between the manifests of the cases.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Manifest {
    /// The edition; empty where the manifest names none.
    pub edition: String,
    /// The features of PyO3.
    pub features: Vec<String>,
    /// Lines for other dependencies.
    pub dependencies: String,
}

/// What the compiler printed about a case, with versions of PyO3 that lead to the same words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// The versions of PyO3.
    pub pyo3: Vec<String>,
    /// The version of rustc.
    pub rustc: String,
    /// Its errors, as it prints them in JSON. Positions in other people's sources are left out.
    pub messages: Vec<serde_json::Value>,
}

/// `case.toml`.
#[derive(Debug, Deserialize)]
struct Description {
    #[serde(flatten)]
    expected: Expected,
    #[serde(default)]
    wrong: Manifest,
    #[serde(default)]
    fixed: Manifest,
}

impl Default for Manifest {
    fn default() -> Self {
        Self {
            edition: "2024".to_owned(),
            features: Vec::new(),
            dependencies: String::new(),
        }
    }
}

impl Manifest {
    /// The text of `Cargo.toml` for a crate of this name, with this requirement for PyO3.
    #[must_use]
    pub fn text(&self, name: &str, pyo3: &str) -> String {
        let edition = match self.edition.as_str() {
            "" => String::new(),
            edition => format!("edition = \"{edition}\"\n"),
        };
        let features = match self.features.as_slice() {
            [] => String::new(),
            features => format!(", features = {features:?}"),
        };
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n{edition}\n[lib]\npath = \"src/lib.rs\"\n\n\
             [dependencies]\npyo3 = {{ version = \"{pyo3}\"{features} }}\n{}\n",
            self.dependencies
        )
    }
}

impl Case {
    /// Whether the case is about a minor version of PyO3.
    #[must_use]
    pub fn covers(&self, minor: u32) -> bool {
        let [first, last] = self.expected.pyo3;
        (first..=last).contains(&minor)
    }

    /// The file with what the compiler printed.
    #[must_use]
    pub fn recorded_file(&self) -> PathBuf {
        dir().join(&self.name).join("recorded.json")
    }
}

/// All cases, in the order of their names.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut names: Vec<String> = fs::read_dir(dir())
        .expect("the corpus can be read")
        .map(|entry| entry.expect("the corpus can be read").file_name())
        .map(|name| name.into_string().expect("names are UTF-8"))
        .collect();
    names.sort();
    names.into_iter().map(read).collect()
}

fn read(name: String) -> Case {
    let file = |file: &str| dir().join(&name).join(file);
    let text = |path: &Path| {
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let described = text(&file("case.toml"));
    let description: Description =
        toml::from_str(&described).unwrap_or_else(|error| panic!("{name}/case.toml: {error}"));
    let recorded = file("recorded.json");
    Case {
        expected: description.expected,
        wrong: Source {
            text: text(&file("wrong.rs")),
            manifest: description.wrong,
        },
        fixed: Source {
            text: text(&file("fixed.rs")),
            manifest: description.fixed,
        },
        // A new case has none yet.
        recorded: if recorded.exists() {
            serde_json::from_str(&text(&recorded))
                .unwrap_or_else(|error| panic!("{}: {error}", recorded.display()))
        } else {
            Vec::new()
        },
        name,
    }
}

fn dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/tests/corpus")
}
