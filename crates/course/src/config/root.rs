//! The configuration of the whole course.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::extras::{self, Extras};
use super::limits::Limits;
use super::source::{Source, TomlError};
use super::value::{self, Table};
use super::verification::{self, VerificationCommand};

/// What the `.wr.toml` at the root says.
#[derive(Debug, Clone)]
pub(crate) struct RootConfig {
    /// Where the exercises are, relative to the root.
    pub(crate) exercises_dir: PathBuf,
    /// Whether commands run without a build before them.
    pub(super) skip_build: bool,
    /// The commands for every exercise that has no configuration of its own.
    pub(super) verification: Option<Vec<VerificationCommand>>,
    /// The limits where an exercise sets none.
    pub(super) limits: Limits,
    /// What is added to exercises, by `chapter/exercise`.
    pub(super) exercises: BTreeMap<String, Extras>,
}

impl RootConfig {
    /// Reads the text of `file`.
    pub(crate) fn parse(file: &Path, bytes: &[u8]) -> Result<Self, TomlError> {
        let source = Source::new(file, bytes)?;
        let document = value::parse(source)?;
        let table = Table::outermost(source, &document);
        let exercises_dir = match table.get("exercises_dir") {
            Some(dir) => dir.string()?,
            None => "exercises",
        };
        let skip_build = match table.get("skip_build") {
            Some(skip) => skip.boolean()?,
            None => false,
        };
        Ok(Self {
            exercises_dir: PathBuf::from(exercises_dir),
            skip_build,
            verification: verification::read(&table)?,
            limits: Limits::read(&table)?,
            exercises: extras::of_root(&table)?,
        })
    }
}
