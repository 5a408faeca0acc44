//! Manifests that aren't valid TOML, and where they break.

use serde::Serialize;
use toml::Table;

/// A manifest that can't be parsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BrokenManifest {
    /// Its path inside the project.
    pub path: String,
    /// The line where it breaks, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
    /// What's wrong there.
    pub reason: String,
}

/// The place of the syntax error, if a string isn't valid TOML.
pub(super) fn look(path: &str, text: &str) -> Option<BrokenManifest> {
    let error = text.parse::<Table>().err()?;
    let offset = error.span().map_or(0, |span| span.start);
    let before = text.get(..offset).unwrap_or(text);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Some(BrokenManifest {
        path: path.to_owned(),
        line: number(before.matches('\n').count() + 1),
        column: number(before.rsplit('\n').next().unwrap_or("").chars().count() + 1),
        reason: error.message().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_position_of_an_error_is_reported() {
        let broken = look("Cargo.toml", "[package]\nname = \"x\nversion = 1\n").unwrap();
        assert_eq!((broken.line, broken.column), (2, 10));
        assert_eq!(look("Cargo.toml", "[package]\n"), None);
    }
}
