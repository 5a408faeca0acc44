//! Parses cargo's messages (cargo book, "External tools", JSON messages).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cargo_metadata::Message;
use cargo_metadata::diagnostic::{
    Applicability, Diagnostic as Rendered, DiagnosticLevel, DiagnosticSpan,
};
use diagnostic::SourceLocation;

use super::rendered::{is_elsewhere, relocated};
use super::{Artifact, CompilerError, Note, Package};

/// The errors among rustc's own messages, as it prints them in JSON, for a crate that people edit.
pub fn compiler_errors<'m>(messages: impl IntoIterator<Item = &'m str>) -> Vec<CompilerError> {
    let mut collected = Collected::default();
    for message in messages {
        if let Ok(message) = serde_json::from_str::<Rendered>(message) {
            collected.diagnostic(&message, None, &|file| file.to_owned());
        }
    }
    collected.errors
}

/// What was built of a local package, which the user may edit, as opposed to one from a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LocalArtifact {
    /// The package's manifest.
    pub(super) manifest: PathBuf,
    /// What was built, including a program.
    pub(super) files: Vec<PathBuf>,
}

impl LocalArtifact {
    /// What a message says was built, if it belongs to a local package and isn't a build script.
    pub(super) fn of(artifact: &cargo_metadata::Artifact) -> Option<Self> {
        let is_local =
            artifact.package_id.repr.starts_with("path+") && !artifact.target.is_custom_build();
        is_local.then(|| Self {
            manifest: artifact.manifest_path.clone().into(),
            files: artifact
                .filenames
                .iter()
                .chain(&artifact.executable)
                .map(PathBuf::from)
                .collect(),
        })
    }
}

/// Everything collected from the messages of one build.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) artifacts: Vec<Artifact>,
    /// What was built of local packages, including the requested one.
    pub(super) local: Vec<LocalArtifact>,
    pub(super) errors: Vec<CompilerError>,
    pub(super) warnings: Vec<String>,
    /// The packages that were started but aren't finished, by name.
    unfinished: BTreeMap<String, Unfinished>,
}

/// The progress of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unfinished {
    /// It is being compiled.
    Compiling,
    /// Its build script has been compiled and hasn't finished.
    RunningScript,
}

impl Collected {
    /// Processes a line of JSON. `shown` converts a path in a message to the form that users see.
    pub(super) fn line(&mut self, line: &str, manifest: &Path, shown: &dyn Fn(&str) -> String) {
        let Ok(message) = serde_json::from_str::<Message>(line) else {
            return;
        };
        match message {
            Message::CompilerArtifact(artifact) => {
                self.local.extend(LocalArtifact::of(&artifact));
                self.note_progress(&artifact);
                if artifact.manifest_path.as_std_path() == manifest {
                    self.artifacts.extend(built(artifact));
                }
            }
            Message::CompilerMessage(message) => {
                let dependency = foreign(&message.package_id.repr);
                self.diagnostic(&message.message, dependency, shown);
            }
            Message::BuildScriptExecuted(script) => {
                if let Some(at) = self.unfinished.get_mut(name_of(&script.package_id.repr)) {
                    *at = Unfinished::Compiling;
                }
            }
            _ => {}
        }
    }

    /// Processes a line of cargo's progress output.
    pub(super) fn stderr_line(&mut self, line: &str) {
        if let Some(package) = line.trim_start().strip_prefix("Compiling ") {
            let name = package.split(' ').next().unwrap_or(package).to_owned();
            self.unfinished.insert(name, Unfinished::Compiling);
        }
    }

    /// What the build was doing when it was stopped, in words.
    pub(super) fn at_work(&self) -> Option<String> {
        let scripts = self
            .unfinished
            .iter()
            .find(|(_, at)| **at == Unfinished::RunningScript);
        if let Some((name, _)) = scripts {
            return Some(format!("the build script of `{name}` was running"));
        }
        let (name, _) = self.unfinished.iter().next()?;
        Some(match self.unfinished.len() {
            1 => format!("`{name}` was being compiled"),
            more => format!("`{name}` and {} more were being compiled", more - 1),
        })
    }

    /// Adds a warning from one of many packages.
    pub(super) fn warning(&mut self, message: &Rendered) {
        self.diagnostic(message, None, &|file| file.to_owned());
    }

    fn note_progress(&mut self, artifact: &cargo_metadata::Artifact) {
        let name = name_of(&artifact.package_id.repr);
        if !artifact.target.is_custom_build() {
            self.unfinished.remove(name);
        } else if let Some(at) = self.unfinished.get_mut(name) {
            *at = Unfinished::RunningScript;
        }
    }

    fn diagnostic(
        &mut self,
        message: &Rendered,
        dependency: Option<Package>,
        shown: &dyn Fn(&str) -> String,
    ) {
        let rendered = message.rendered.clone().unwrap_or_default();
        match message.level {
            DiagnosticLevel::Error | DiagnosticLevel::Ice => {
                // The closing count, "aborting due to 2 previous errors", isn't an error itself.
                if message.message.starts_with("aborting due to") {
                    return;
                }
                let span = message
                    .spans
                    .iter()
                    .find(|span| span.is_primary)
                    .or(message.spans.first());
                let error = CompilerError {
                    message: message.message.clone(),
                    dependency,
                    number: message.code.as_ref().map(|code| code.code.clone()),
                    place: span.map(in_own_code).map(|span| {
                        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
                        let text = span.text.first().map(|text| text.text.trim().to_owned());
                        (
                            SourceLocation::column(
                                shown(&span.file_name),
                                number(span.line_start),
                                number(span.column_start),
                            ),
                            text.unwrap_or_default(),
                        )
                    }),
                    label: span.and_then(|span| span.label.clone()),
                    notes: message.children.iter().map(note).collect(),
                    rendered: relocated(&rendered, shown),
                };
                // A library is compiled once by itself and once with its tests, and fails both times for the same reason.
                if !self.errors.contains(&error) {
                    self.errors.push(error);
                }
            }
            // The closing count, "`x` generated 1 warning", has no place.
            DiagnosticLevel::Warning if !message.spans.is_empty() => {
                let rendered = relocated(&rendered, shown);
                if self.warnings.contains(&rendered) {
                    return;
                }
                self.warnings.push(rendered);
            }
            _ => {}
        }
    }
}

/// The package of an identifier, if it comes from a registry or a repository: `registry+https://…#time@0.3.34`, or, if the
/// address ends with the name, `git+https://…/time?rev=1#0.3.34` (cargo book, "Package ID Specifications").
fn foreign(id: &str) -> Option<Package> {
    let is_local = id.starts_with("path+");
    let (source, fragment) = id.split_once('#').filter(|_| !is_local)?;
    let (name, version) = fragment.split_once('@').or_else(|| {
        let address = source.split('?').next()?;
        Some((address.rsplit('/').next()?, fragment))
    })?;
    Some(Package {
        name: name.trim_end_matches(".git").to_owned(),
        version: version.to_owned(),
    })
}

/// The name in a package's identifier (cargo book, "Package ID Specifications"): `…#name@version`, or `…/name#version`.
fn name_of(id: &str) -> &str {
    let (source, rest) = id.rsplit_once('#').unwrap_or(("", id));
    match rest.split_once('@') {
        Some((name, _)) => name,
        None if rest.starts_with(|c: char| c.is_ascii_digit()) => {
            source.rsplit('/').next().unwrap_or(source)
        }
        None => rest,
    }
}

fn note(child: &Rendered) -> Note {
    let mut proposals = child
        .spans
        .iter()
        .filter_map(|span| span.suggested_replacement.as_deref());
    let proposal = match (proposals.next(), proposals.next()) {
        (Some(only), None) if !only.trim().is_empty() => Some(only.trim().to_owned()),
        _ => None,
    };
    Note {
        text: child.message.clone(),
        proposal,
        with_additions: with_additions(child),
    }
}

/// The place in the user's own code: for code from someone else's macro, where the macro was called.
fn in_own_code(span: &DiagnosticSpan) -> &DiagnosticSpan {
    let mut outer = span;
    while is_elsewhere(&outer.file_name)
        && let Some(expansion) = &outer.expansion
    {
        outer = &expansion.span;
    }
    if is_elsewhere(&outer.file_name) {
        span
    } else {
        outer
    }
}

/// The line with a note's suggestion applied, if that only adds to one line and is certain.
fn with_additions(child: &Rendered) -> Option<String> {
    let first = child.spans.first()?;
    let line: Vec<char> = first.text.first()?.text.chars().collect();
    let mut additions: Vec<(usize, &str)> = Vec::new();
    for span in &child.spans {
        let is_here = span.file_name == first.file_name
            && span.line_start == first.line_start
            && span.column_start == span.column_end
            && !is_elsewhere(&span.file_name);
        let is_sure = span.suggestion_applicability == Some(Applicability::MachineApplicable)
            || names_a_lifetime(&child.message);
        let addition = span
            .suggested_replacement
            .as_deref()
            .filter(|text| is_here && is_sure && !text.contains('\n'))?;
        let at = span.column_start.checked_sub(1)?;
        // Two suggestions at the same place are alternatives.
        if at > line.len() || additions.iter().any(|(other, _)| *other == at) {
            return None;
        }
        additions.push((at, addition));
    }
    additions.sort_unstable();
    let mut changed = String::new();
    let mut from = 0;
    for (at, addition) in additions {
        changed.extend(&line[from..at]);
        changed.push_str(addition);
        from = at;
    }
    changed.extend(&line[from..]);
    Some(changed.trim().to_owned())
}

/// rustc never calls a lifetime certain, but one that already has a name, or is used without being declared, is right.
fn names_a_lifetime(text: &str) -> bool {
    // `'static` is a guess that is rarely right.
    (text.starts_with("consider using the `'") && !text.contains("this is uncommon"))
        || text.starts_with("consider introducing lifetime `'")
}

/// What a message says was built, unless it's a build script.
pub(super) fn built(artifact: cargo_metadata::Artifact) -> Option<Artifact> {
    if artifact.target.is_custom_build() {
        return None;
    }
    Some(Artifact {
        target: artifact.target.name.clone(),
        kinds: artifact
            .target
            .crate_types
            .iter()
            .map(ToString::to_string)
            .chain(artifact.target.kind.iter().map(ToString::to_string))
            .collect(),
        files: artifact.filenames.into_iter().map(PathBuf::from).collect(),
        executable: artifact.executable.map(PathBuf::from),
        is_test: artifact.profile.test,
        is_tested: artifact.target.test,
        fresh: artifact.fresh,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_party_package_is_distinguished_from_a_local_one() {
        let check = |id: &str, expect: Option<(&str, &str)>| {
            let found = foreign(id);
            let found = found
                .as_ref()
                .map(|one| (one.name.as_str(), one.version.as_str()));
            assert_eq!(found, expect, "{id}");
        };
        let index = "registry+https://github.com/rust-lang/crates.io-index";
        check(&format!("{index}#time@0.3.34"), Some(("time", "0.3.34")));
        check(
            "git+https://example.org/a/fast.git?branch=main#0.1.0",
            Some(("fast", "0.1.0")),
        );
        check(
            "git+https://example.org/a/fast?rev=1#other@0.1.0",
            Some(("other", "0.1.0")),
        );
        check("path+file:///home/a/core#0.1.0", None);
        check("path+file:///home/a/x#core@0.1.0", None);
    }
}
