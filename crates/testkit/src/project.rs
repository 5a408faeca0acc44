//! Maturin projects outside any course.

use crate::extension::{manifest, pyproject};
use crate::{Workshop, lock_file};

/// A maturin project.
#[derive(Debug, Clone)]
pub struct Project {
    /// The name of the project, crate and library; unique among all tests, which share one state directory.
    pub name: String,
    /// `src/lib.rs`.
    pub source: String,
    /// The `[tool.maturin]` table with its heading, or nothing.
    pub maturin: String,
    /// The rest of `Cargo.toml`, such as `[features]`.
    pub cargo: String,
    /// The crate's directory below the project, with a trailing slash, or nothing.
    pub crate_dir: String,
}

impl Project {
    /// A project named after the workshop, with this source, in which `MODULE` stands for its name.
    pub fn named_after(workshop: &Workshop, source: &str) -> Self {
        let name = format!("prj_{}", workshop.name().replace('-', "_"));
        Self {
            source: source.replace("MODULE", &name),
            name,
            maturin: String::new(),
            cargo: String::new(),
            crate_dir: String::new(),
        }
    }

    /// Sets these keys of `[tool.maturin]`.
    #[must_use]
    pub fn maturin(mut self, keys: &str) -> Self {
        self.maturin = format!("[tool.maturin]\n{keys}\n");
        self
    }

    /// Appends this to `Cargo.toml`.
    #[must_use]
    pub fn cargo(mut self, text: &str) -> Self {
        text.clone_into(&mut self.cargo);
        self
    }

    /// Puts the crate in this directory.
    #[must_use]
    pub fn crate_dir(mut self, dir: &str) -> Self {
        self.crate_dir = format!("{dir}/");
        self
    }

    /// Writes it to the workshop's directory.
    pub fn put_into(&self, workshop: &Workshop) {
        let Self {
            name, crate_dir, ..
        } = self;
        workshop
            .write(format!("{crate_dir}src/lib.rs"), &self.source)
            .write(
                format!("{crate_dir}Cargo.toml"),
                format!("{}\n{}", manifest(name, "cdylib"), self.cargo),
            )
            .write(format!("{crate_dir}Cargo.lock"), lock_file::with_pyo3(name))
            .write("pyproject.toml", pyproject(name, &self.maturin));
    }
}
