//! The settings in `book.toml`, without what would start other programs.
//!
//! mdBook runs preprocessors and renderers as programs. Here they would run outside the limits that `wr` sets for everything
//! it starts, and most readers don't have them. So only mdBook's own parts are used, and the rest is reported.

use std::fmt;
use std::fs;
use std::path::Path;

use mdbook_driver::config::Config;

use super::RenderError;

/// The preprocessors that are part of mdBook.
const OWN_PREPROCESSORS: [&str; 2] = ["index", "links"];

/// Something that `book.toml` asks for and that isn't done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Omitted {
    /// A preprocessor.
    Preprocessor(String),
    /// A renderer other than HTML.
    Output(String),
}

impl fmt::Display for Omitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Preprocessor(name) => write!(f, "the preprocessor `{name}`"),
            Self::Output(name) => write!(f, "the output `{name}`"),
        }
    }
}

/// Reads `book.toml`, and nothing from the environment.
pub(super) fn read(root: &Path) -> Result<(Config, Vec<Omitted>), RenderError> {
    let path = root.join("book.toml");
    let text = fs::read_to_string(&path).map_err(|error| RenderError::Read {
        path: path.clone(),
        error,
    })?;
    let wrong = |reason: String| RenderError::Settings {
        path: path.clone(),
        reason,
    };
    let mut table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| wrong(error.to_string()))?;
    let omitted = remove_programs(&mut table);
    let mut config: Config = table
        .to_string()
        .parse()
        .map_err(|error| wrong(format!("{error:#}")))?;
    // A page that doesn't exist is a mistake in the book, not a file to create among the sources.
    config.build.create_missing = false;
    Ok((config, omitted))
}

fn remove_programs(table: &mut toml::Table) -> Vec<Omitted> {
    let mut omitted = Vec::new();
    let mut keep = |section: &str, own: &[&str], name: fn(String) -> Omitted| {
        let Some(parts) = table.get_mut(section).and_then(toml::Value::as_table_mut) else {
            return;
        };
        parts.retain(|part, _| {
            let is_own = own.contains(&part);
            if !is_own {
                omitted.push(name(part.to_owned()));
            }
            is_own
        });
    };
    keep("preprocessor", &OWN_PREPROCESSORS, Omitted::Preprocessor);
    keep("output", &["html"], Omitted::Output);
    omitted
}
