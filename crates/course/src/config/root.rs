//! The configuration of the whole course.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::extras::{self, Extras};
use super::limits::Limits;
use super::source::{Source, TomlError};
use super::value::{self, Table};
use super::verification::{self, VerificationCommand};

/// The contents of the `.wr.toml` at the root.
#[derive(Debug, Clone)]
pub(crate) struct RootConfig {
    /// Where the exercises are, relative to the root.
    pub(crate) exercises_dir: PathBuf,
    /// Whether commands run without a build first.
    pub(super) skip_build: bool,
    /// The commands for every exercise without a configuration of its own.
    pub(super) verification: Option<Vec<VerificationCommand>>,
    /// The limits for exercises that set none.
    pub(super) limits: Limits,
    /// Additions to exercises, by `chapter/exercise`.
    pub(super) exercises: BTreeMap<String, Extras>,
}

impl RootConfig {
    /// Parses the contents of `file`.
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
