//! Parses the human-readable output of cargo and rustc, for when a course's own command started them.

use diagnostic::SourceLocation;

use super::{CompilerError, Note, Package};

/// How cargo reports that it ran nothing because a crate doesn't compile.
const NOT_COMPILED: &str = "error: could not compile `";

/// How cargo's line starts if it couldn't start compiling.
const NOT_STARTED: [&str; 7] = [
    "error: failed to parse manifest at",
    "error: failed to load manifest for",
    "error: failed to select a version for",
    "error: failed to run custom build command for",
    "error: failed to get `",
    "error: no matching package named",
    "error: could not find `Cargo.toml` in",
];

/// The compiler errors in cargo's output; none unless cargo says that it couldn't compile.
pub(crate) fn errors(text: &str, shown: &dyn Fn(&str) -> String) -> Vec<CompilerError> {
    if !text.lines().any(|line| line.starts_with(NOT_COMPILED)) {
        return Vec::new();
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut found: Vec<CompilerError> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let block: Vec<&str> = lines[at..]
            .iter()
            .copied()
            .take_while(|line| !line.trim().is_empty())
            .collect();
        if let Some(error) = error(line, &block, shown)
            && !found.contains(&error)
        {
            found.push(error);
        }
    }
    found
}

/// Cargo's message if it couldn't even start compiling, with everything after it.
pub(crate) fn cargo_error(text: &str) -> Option<String> {
    let lines: Vec<&str> = text
        .lines()
        .skip_while(|line| !NOT_STARTED.iter().any(|begin| line.starts_with(begin)))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn error(line: &str, block: &[&str], shown: &dyn Fn(&str) -> String) -> Option<CompilerError> {
    let rest = line.strip_prefix("error")?;
    let (number, message) = match rest.strip_prefix('[') {
        Some(rest) => {
            let (number, message) = rest.split_once("]: ")?;
            (Some(number.to_owned()), message)
        }
        None => (None, rest.strip_prefix(": ")?),
    };
    let arrow = block
        .iter()
        .position(|line| line.trim_start().starts_with("--> "))?;
    // The message may have several lines, but its place comes before any source line.
    if block[..arrow]
        .iter()
        .any(|line| line.trim_start().starts_with('|'))
    {
        return None;
    }
    let place = location(block[arrow].trim_start().strip_prefix("--> ")?)?;
    let here = place.line.map(|line| line.to_string()).unwrap_or_default();
    let mut source = block[arrow..].iter().skip_while(|line| {
        line.split_once('|')
            .is_none_or(|(number, _)| number.trim() != here)
    });
    let text = source.next().and_then(|line| line.split_once('|'));
    let label = source
        .next()
        .and_then(|line| line.rsplit_once('^'))
        .map(|(_, label)| label.trim_start_matches(['-', ' ']).trim().to_owned())
        .filter(|label| !label.is_empty());
    Some(CompilerError {
        message: message.to_owned(),
        dependency: package(&place.file),
        number,
        place: Some((
            SourceLocation {
                file: shown(&place.file),
                ..place
            },
            text.map(|(_, text)| text.trim().to_owned())
                .unwrap_or_default(),
        )),
        label,
        notes: block[arrow..]
            .iter()
            .filter_map(|line| note(line))
            .collect(),
        rendered: format!("{}\n\n", block.join("\n")),
    })
}

/// The package that a source file in the registry belongs to: `…/registry/src/index/time-0.3.34/src/lib.rs`.
fn package(file: &str) -> Option<Package> {
    let (_, rest) = file.split_once("/registry/src/")?;
    let folder = rest.split('/').nth(1)?;
    let at = folder
        .match_indices('-')
        .map(|(at, _)| at)
        .find(|at| folder[at + 1..].starts_with(|first: char| first.is_ascii_digit()))?;
    Some(Package {
        name: folder[..at].to_owned(),
        version: folder[at + 1..].to_owned(),
    })
}

fn note(line: &str) -> Option<Note> {
    let line = line.trim_start();
    let line = line.strip_prefix("= ").unwrap_or(line);
    let text = line
        .strip_prefix("note: ")
        .or_else(|| line.strip_prefix("help: "))?;
    Some(Note {
        text: text.to_owned(),
        proposal: None,
        with_additions: None,
    })
}

/// The place in `src/lib.rs:2:5`.
fn location(text: &str) -> Option<SourceLocation> {
    let (rest, column) = text.trim().rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    Some(SourceLocation::column(
        file,
        line.parse().ok()?,
        column.parse().ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "
   Compiling a v0.1.0 (/ex)
error[E0308]: mismatched types
 --> src/lib.rs:2:5
  |
1 | pub fn two() -> u32 {
  |                 --- expected `u32` because of return type
2 |     \"x\"
  |     ^^^ expected `u32`, found `&str`
  |
  = note: a note

For more information about this error, try `rustc --explain E0308`.
error: could not compile `a` (lib) due to 1 previous error
warning: build failed, waiting for other jobs to finish...
error: could not compile `a` (lib test) due to 1 previous error
";

    #[test]
    fn an_error_is_read_with_its_place_and_label() {
        let all = errors(OUTPUT, &|file| file.to_owned());
        assert_eq!(all.len(), 1);
        let one = &all[0];
        assert_eq!(one.number.as_deref(), Some("E0308"));
        assert_eq!(one.message, "mismatched types");
        let (place, text) = one.place.clone().unwrap();
        assert_eq!(
            (place.to_string().as_str(), text.as_str()),
            ("src/lib.rs:2:5", "\"x\"")
        );
        assert_eq!(one.label.as_deref(), Some("expected `u32`, found `&str`"));
        assert_eq!(one.notes[0].text, "a note");
    }

    #[test]
    fn an_error_in_a_dependency_is_the_dependencys() {
        let file = "/home/me/.cargo/registry/src/index-1949/serde-derive-1.0.2/src/lib.rs";
        let printed = OUTPUT.replace("src/lib.rs", file);
        let all = errors(&printed, &|file| file.to_owned());
        let package = all[0].dependency.clone().unwrap();
        assert_eq!(
            (package.name.as_str(), package.version.as_str()),
            ("serde-derive", "1.0.2")
        );
    }

    #[test]
    fn an_error_that_only_a_test_prints_is_ignored() {
        let printed = OUTPUT.replace("error: could not compile", "could not compile");
        assert!(errors(&printed, &|file| file.to_owned()).is_empty());
    }
}
