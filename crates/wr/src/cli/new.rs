//! The arguments of `wr new`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::examples;
use crate::scaffold::Layout;

#[derive(Debug, Args)]
#[command(after_help = examples::NEW)]
pub(crate) struct NewProject {
    /// The project's directory, which is created; its last part is the project's name
    #[arg(value_name = "NAME", value_hint = ValueHint::DirPath)]
    pub(crate) path: PathBuf,
    /// The project's name, if it isn't that of the directory
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Where the project's Python code is
    #[arg(long, value_enum, default_value = "mixed", value_name = "LAYOUT")]
    pub(crate) layout: Layout,
    /// Use Python's stable ABI: one wheel for this version and all newer ones
    #[arg(long, value_name = "VERSION", num_args = 0..=1, default_missing_value = "3.11", value_parser = version)]
    pub(crate) abi3: Option<u8>,
}

/// The versions of the stable ABI that PyO3 0.30 has a feature for, and that pytest runs on.
const STABLE: std::ops::RangeInclusive<u8> = 9..=14;

/// The minor version in a version such as `3.11`.
fn version(text: &str) -> Result<u8, String> {
    text.strip_prefix("3.")
        .and_then(|minor| minor.parse().ok())
        .filter(|minor| STABLE.contains(minor))
        .ok_or_else(|| {
            format!(
                "expected a version from 3.{} to 3.{}, such as 3.11",
                STABLE.start(),
                STABLE.end()
            )
        })
}
