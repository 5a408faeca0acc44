//! Which libraries a macOS wheel contains and which it takes from the system, compared with `delocate-listdeps`.
//!
//! delocate reads libraries with Apple's `otool`; on other systems it gets LLVM's.

use std::collections::BTreeSet;
use std::process::Command;

use anatomy::facts::Format;

use super::Answer;
use super::difference::ComparisonSite;
use super::tools::{self, Tools};
use super::wheel::Inspected;

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    if !wheel.file.contains("-macosx") {
        return Ok(Answer::default());
    }
    let text = tools::run(
        Command::new(tools.script("delocate-listdeps"))
            .env("PATH", tools.path_with_otool()?)
            .args(["--all", "--depending"])
            .arg(&wheel.path),
    )?;
    let theirs: BTreeSet<String> = text
        .lines()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.strip_suffix(':'))
        .map(str::to_owned)
        .collect();
    let (ours, theirs) = (libraries(wheel), theirs);
    let is_bundled = |name: &&String| !name.starts_with('/');
    let part = |names: &BTreeSet<String>| -> (BTreeSet<String>, BTreeSet<String>) {
        let (bundled, system): (Vec<_>, Vec<_>) = names.iter().partition(is_bundled);
        let own = |names: Vec<&String>| names.into_iter().cloned().collect();
        (own(bundled), own(system))
    };
    let ((our_bundled, our_system), (their_bundled, their_system)) = (part(&ours), part(&theirs));
    let place = ComparisonSite {
        authority: "delocate",
        wheel: &wheel.file,
        member: "",
    };
    Ok(Answer {
        compared: 1,
        differences: [
            place.sets("libraries in the wheel", &our_bundled, &their_bundled),
            place.sets("libraries from outside", &our_system, &their_system),
        ]
        .into_iter()
        .flatten()
        .collect(),
    })
}

/// The libraries that something in the wheel is linked with: a path in the wheel if the library is there, otherwise the
/// name.
fn libraries(wheel: &Inspected) -> BTreeSet<String> {
    let formats = [Format::MachO, Format::UniversalMachO];
    let paths: BTreeSet<&str> = wheel
        .binaries(&formats)
        .map(|binary| binary.path.as_str())
        .collect();
    let mut libraries = BTreeSet::new();
    for binary in wheel.binaries(&formats) {
        let directory = binary
            .path
            .rsplit_once('/')
            .map_or("", |(directory, _)| directory);
        for image in &binary.facts.images {
            for library in &image.libraries {
                let name = &library.name;
                // A library that is linked with itself tells us nothing.
                if image.own_name.as_ref() == Some(name) {
                    continue;
                }
                let at = |place: &str, rest: &str| joined(place, rest);
                let found = match name.split_once('/') {
                    Some(("@loader_path", rest)) => Some(at(directory, rest)),
                    Some(("@rpath", rest)) => image
                        .rpath
                        .iter()
                        .filter_map(|path| path.strip_prefix("@loader_path"))
                        .map(|path| joined(&joined(directory, path), rest))
                        .find(|path| paths.contains(path.as_str())),
                    _ => None,
                };
                libraries.insert(found.unwrap_or_else(|| name.clone()));
            }
        }
    }
    libraries
}

/// A path relative to a directory, without `.` and `..`.
fn joined(directory: &str, path: &str) -> String {
    let mut parts: Vec<&str> = directory
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined() {
        assert_eq!(
            joined("PIL", ".dylibs/libz.dylib"),
            "PIL/.dylibs/libz.dylib"
        );
        assert_eq!(joined("a/b", "../../c.dylib"), "c.dylib");
        assert_eq!(joined("a", "/.."), "");
    }
}
