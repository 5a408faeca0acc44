//! Causes from the manifests and sources, for failures where the tools report only the consequence.
//!
//! The manifests are read before anything is built, which costs nothing. The Rust sources are read only after a
//! failure. Nothing here stops a build that might succeed: a finding explains a failure that has happened, and each
//! cause gives only one finding.

use std::path::Path;

use anatomy::project::{Dependencies, ProjectInspection, Texts, inspect_metadata, inspect_project};
use anatomy::shared::{
    ABI3_ABOVE_INTERPRETER, FLAT_LAYOUT, FREE_THREADED_UNSUPPORTED, HYPHEN_IN_NAME,
    INIT_FUNCTION_MISSING, INIT_FUNCTION_NAME, METADATA_REFUSED, MISSPELT_MATURIN_KEY,
    OUTSIDE_STABLE_ABI, PYTHON_SOURCE_MISSING, PYTHON_TOO_NEW, PYTHON_TOO_OLD, REQUIRES_PYTHON,
    TWO_PYO3, UV_CACHE_KEYS,
};
use anatomy::{Expectation, PythonVersion};
use diagnostic::{Diagnostic, Evidence as Proof, Rule, Severity};

use super::{Engine, Work};
use crate::interpreter::Interpreter;
use crate::judge::{Evidence, Project};
use crate::manifest;
use crate::rules;
use crate::subject::{EnvironmentPolicy, Extension, Kind, Subject, rust_sources, search};
use crate::system::SystemExt;
use crate::test::{Failure, Suite};

/// Causes that always stop a build, even if cargo's message isn't recognised.
const STOPS_A_BUILD: [&Rule; 6] = [
    &HYPHEN_IN_NAME,
    &TWO_PYO3,
    &PYTHON_TOO_NEW,
    &PYTHON_TOO_OLD,
    &ABI3_ABOVE_INTERPRETER,
    &FREE_THREADED_UNSUPPORTED,
];

/// Findings that are worth reporting even if everything works, because they cause failures elsewhere.
const WORTH_REPORTING: [&Rule; 6] = [
    &MISSPELT_MATURIN_KEY,
    &REQUIRES_PYTHON,
    &PYTHON_SOURCE_MISSING,
    &METADATA_REFUSED,
    &FLAT_LAYOUT,
    &UV_CACHE_KEYS,
];

/// The keys of `[tool.maturin]` that decide the extension's import name.
const KEYS_OF_NAMES: [&str; 3] = ["`module-name`", "`python-source`", "`manifest-path`"];

impl Engine<'_> {
    /// Inspects the manifests, including contradictions between them.
    pub(super) fn inspect_manifests(
        &self,
        work: &Work<'_>,
        extension: &Extension,
        interpreter: &Interpreter,
    ) -> ProjectInspection {
        let mut texts = self.manifests(work.subject, &extension.manifest);
        // Only the existence of these files matters.
        for file in search::files(self.system, &work.subject.root, &search::is_python) {
            texts.insert(key(work.subject, &file), String::new());
        }
        for file in [".venv/pyvenv.cfg", "uv.lock"] {
            if let Ok(bytes) = self.system.read(&work.subject.root.join(file)) {
                texts.insert(
                    file.to_owned(),
                    String::from_utf8_lossy(&bytes).into_owned(),
                );
            }
        }
        let mut inspection = inspect_project(&texts, &expected(extension, interpreter));
        let root = &work.subject.root;
        let is_file = |path: &str| self.system.is_file(&root.join(path));
        // Exercises aren't packaged as wheels.
        if work.subject.environment == EnvironmentPolicy::OwnFirst {
            inspection
                .diagnostics
                .extend(inspect_metadata(&texts, &is_file));
        } else {
            inspection
                .diagnostics
                .retain(|finding| !is_one_of(finding, &[&FLAT_LAYOUT, &UV_CACHE_KEYS]));
        }
        inspection
    }

    /// The same evidence, with consequences replaced by their causes.
    pub(super) fn with_causes(
        &self,
        work: &Work<'_>,
        extension: &Extension,
        interpreter: &Interpreter,
        from_manifests: Vec<Diagnostic>,
        evidence: Evidence,
    ) -> Evidence {
        match evidence {
            Evidence::NotBuilt {
                finding,
                ran_away: false,
                output,
            } => Evidence::NotBuilt {
                finding: cause_of_build(finding, &from_manifests),
                ran_away: false,
                output,
            },
            Evidence::NotImportable { findings } => {
                let mut texts = self.manifests(work.subject, &extension.manifest);
                self.add_sources(work.subject, extension, &mut texts);
                let inspected =
                    inspect_project(&texts, &expected(extension, interpreter)).diagnostics;
                Evidence::NotImportable {
                    findings: findings
                        .into_iter()
                        .map(|finding| cause_of_missing_init_function(finding, &inspected))
                        .collect(),
                }
            }
            Evidence::Tested {
                suites,
                warnings,
                advice,
                wants_tests,
            } => {
                let reported = from_manifests
                    .into_iter()
                    .filter(|finding| is_one_of(finding, &WORTH_REPORTING));
                let advice = advice
                    .into_iter()
                    .chain(reported)
                    .map(|finding| cause_of_import(finding, extension, &suites))
                    .collect();
                Evidence::Tested {
                    suites,
                    warnings,
                    advice,
                    wants_tests,
                }
            }
            other => other,
        }
    }

    /// The Python version whose stable ABI an extension targets, if PyO3 doesn't learn it from its features.
    pub(super) fn stable_abi_for_config(
        &self,
        subject: &Subject,
        extension: &Extension,
        interpreter: &Interpreter,
    ) -> Option<PythonVersion> {
        let texts = self.manifests(subject, &extension.manifest);
        let expected = interpreter.expectation();
        let facts = inspect_project(&texts, &expected).facts;
        facts.stable_abi_beside_config_file(&expected)
    }

    /// The project of a subject that has a crate.
    pub(super) fn project_of(&self, subject: &Subject) -> Option<Project> {
        let of_commands = subject.root.join("Cargo.toml");
        let manifest = match &subject.kind {
            Kind::Commands(_) => &of_commands,
            Kind::Extension(extension) => &extension.manifest,
            Kind::Rust(rust) => &rust.manifest,
            Kind::Wheel(project) => &project.rust.manifest,
            Kind::Python(_) => return None,
        };
        let named = match &subject.kind {
            Kind::Extension(extension) => extension.options.module_name.as_deref(),
            _ => None,
        };
        Some(Project {
            package: named.and_then(|name| Some(name.split('.').next()?.to_owned())),
            dependencies: Dependencies::read(&self.manifests(subject, manifest)),
            sources: rust_sources(self.system, manifest, subject),
        })
    }

    fn manifests(&self, subject: &Subject, of_crate: &Path) -> Texts {
        let sources = of_crate.parent().unwrap_or(&subject.root);
        let workspace = manifest::workspace_of(self.system, of_crate);
        let of_workspace = workspace
            .into_iter()
            .flat_map(|manifest| [manifest.with_file_name("Cargo.lock"), manifest]);
        [
            of_crate.to_owned(),
            sources.join("Cargo.lock"),
            subject.root.join("Cargo.toml"),
            subject.root.join("Cargo.lock"),
            subject.root.join("pyproject.toml"),
        ]
        .into_iter()
        .chain(of_workspace)
        .filter_map(|file| {
            let bytes = self.system.read(&file).ok()?;
            Some((key(subject, &file), String::from_utf8(bytes).ok()?))
        })
        .collect()
    }

    fn add_sources(&self, subject: &Subject, extension: &Extension, texts: &mut Texts) {
        let sources = extension.manifest.parent().unwrap_or(&subject.root);
        for file in search::files(self.system, sources, &search::is_rust) {
            if let Ok(bytes) = self.system.read(&file)
                && let Ok(text) = String::from_utf8(bytes)
            {
                texts.insert(key(subject, &file), text);
            }
        }
    }
}

/// What the library has to fit: the interpreter, and its import name.
fn expected(extension: &Extension, interpreter: &Interpreter) -> Expectation {
    let expected = interpreter.expectation();
    match extension.module.parse() {
        Ok(module) => expected.module(module),
        Err(_) => expected,
    }
}

/// A path in the form that the project inspector uses: relative to the root, with `/` as separator and `..` for parents.
fn key(subject: &Subject, file: &Path) -> String {
    let mut above = subject.root.ancestors().enumerate();
    let (up, below) = above
        .find_map(|(up, dir)| Some((up, file.strip_prefix(dir).ok()?)))
        .unwrap_or((0, file));
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    format!("{}{}", "../".repeat(up), parts.join("/"))
}

fn is_one_of(finding: &Diagnostic, rules: &[&Rule]) -> bool {
    rules.iter().any(|rule| *rule.code() == finding.code)
}

/// Merges cargo's error and the manifest's finding if they have one cause: the tool's message with the manifest's line.
fn cause_of_build(finding: Diagnostic, inspected: &[Diagnostic]) -> Diagnostic {
    if let Some(same) = inspected.iter().find(|one| one.code == finding.code) {
        return with_evidence_first(finding, same);
    }
    let is_unexplained = finding.code == *rules::cargo_failed::RULE.code();
    let stops = |one: &&Diagnostic| is_one_of(one, &STOPS_A_BUILD);
    match inspected.iter().find(stops) {
        Some(cause) if is_unexplained => with_consequence(cause.clone(), &finding),
        _ => finding,
    }
}

/// If the library's init function is wrong or missing, the sources say in which line.
fn cause_of_missing_init_function(finding: Diagnostic, inspected: &[Diagnostic]) -> Diagnostic {
    let init_function: [&Rule; 2] = [&INIT_FUNCTION_NAME, &INIT_FUNCTION_MISSING];
    if !is_one_of(&finding, &init_function) {
        return finding;
    }
    let is_cause = |one: &&Diagnostic| {
        is_one_of(one, &init_function)
            || is_one_of(one, &[&HYPHEN_IN_NAME])
            || (is_one_of(one, &[&MISSPELT_MATURIN_KEY]) && is_about_names(one))
    };
    match inspected.iter().find(is_cause) {
        Some(cause) => with_consequence(cause.clone(), &finding),
        None => finding,
    }
}

/// A mistake that doesn't stop the build is an error if Python couldn't import the extension because of it, otherwise a
/// warning.
fn cause_of_import(finding: Diagnostic, extension: &Extension, suites: &[Suite]) -> Diagnostic {
    // The manifest's name, even if there is no such package for the extension to go into.
    let named = extension.options.module_name.as_ref();
    let module = named.unwrap_or(&extension.module);
    let package = module.split('.').next().unwrap_or_default();
    let missed = suites
        .iter()
        .flat_map(|suite| &suite.failed)
        .find_map(|failed| match &failed.failure {
            Failure::Import { text, .. } if text.contains(package) => Some(text),
            _ => None,
        });
    let is_misnamed = is_one_of(&finding, &[&MISSPELT_MATURIN_KEY]) && is_about_names(&finding);
    let is_misplaced = is_one_of(&finding, &[&PYTHON_SOURCE_MISSING]);
    let is_outside = is_one_of(&finding, &[&OUTSIDE_STABLE_ABI]);
    match missed {
        Some(text)
            if is_misnamed
                || (is_misplaced && is_not_found(text))
                || (is_outside && lacks_a_symbol_of(&finding, text)) =>
        {
            let first = text.lines().next().unwrap_or_default();
            finding
                .severity(Severity::Error)
                .because(Proof::output("Python", first))
        }
        _ => {
            let severity = finding.severity.min(Severity::Warning);
            finding.severity(severity)
        }
    }
}

/// Whether Python found no package, or a directory that isn't one.
fn is_not_found(message: &str) -> bool {
    message.contains("(unknown location)") || message.contains("No module named")
}

/// Whether the loader didn't find one of the symbols that a finding names.
fn lacks_a_symbol_of(finding: &Diagnostic, message: &str) -> bool {
    let is_missing = message.contains("undefined symbol") || message.contains("symbol not found");
    is_missing
        && finding.evidence.iter().any(|proof| match proof {
            Proof::Symbol { name, .. } => {
                let name = name.split(' ').next().unwrap_or_default();
                message
                    .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
                    .any(|word| word == name || word.strip_prefix('_') == Some(name))
            }
            _ => false,
        })
}

fn is_about_names(finding: &Diagnostic) -> bool {
    KEYS_OF_NAMES
        .iter()
        .any(|key| finding.message.contains(key))
}

fn with_consequence(mut cause: Diagnostic, consequence: &Diagnostic) -> Diagnostic {
    cause.evidence.extend(consequence.evidence.iter().cloned());
    cause
}

fn with_evidence_first(mut finding: Diagnostic, first: &Diagnostic) -> Diagnostic {
    finding
        .evidence
        .splice(0..0, first.evidence.iter().cloned());
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use diagnostic::SourceLocation;

    fn at_line(rule: &Rule, message: &str) -> Diagnostic {
        rule.finding(message)
            .because(Proof::at(SourceLocation::line("Cargo.toml", 3)))
    }

    #[test]
    fn one_cause_is_reported_once_with_both_proofs() {
        let finding = PYTHON_TOO_NEW
            .finding("cargo's message")
            .because(Proof::output("cargo", "error: …"));
        let inspected = [at_line(&PYTHON_TOO_NEW, "the manifest's message")];
        let merged = cause_of_build(finding, &inspected);
        assert_eq!(merged.message, "cargo's message");
        assert_eq!(merged.evidence.len(), 2);
        assert_eq!(merged.location().and_then(|place| place.line), Some(3));
    }

    #[test]
    fn an_unexplained_cargo_error_is_explained_by_what_stops_a_build() {
        let unexplained = || rules::cargo_failed::finding("error: something");
        let cause = cause_of_build(unexplained(), &[at_line(&TWO_PYO3, "two")]);
        assert_eq!(cause.code, *TWO_PYO3.code());
        // A mistake that doesn't stop builds isn't blamed for a failed one.
        let other = cause_of_build(unexplained(), &[at_line(&MISSPELT_MATURIN_KEY, "a key")]);
        assert_eq!(other, unexplained());
    }

    #[test]
    fn a_known_cause_is_not_overridden_by_another() {
        let known = anatomy::shared::LINKER_MISSING.finding("no cc");
        assert_eq!(
            cause_of_build(known.clone(), &[at_line(&TWO_PYO3, "two")]),
            known
        );
    }

    #[test]
    fn the_missing_init_function_is_shown_in_the_sources() {
        let found = INIT_FUNCTION_NAME.finding("the library's message");
        let cause = cause_of_missing_init_function(
            found.clone(),
            &[at_line(&INIT_FUNCTION_NAME, "in line 3")],
        );
        assert_eq!(cause.message, "in line 3");
        let key = at_line(&MISSPELT_MATURIN_KEY, "it is spelt `module-name`");
        assert_eq!(
            cause_of_missing_init_function(found.clone(), &[key]).code,
            *MISSPELT_MATURIN_KEY.code()
        );
        let harmless = at_line(&MISSPELT_MATURIN_KEY, "it is spelt `sdist-include`");
        assert_eq!(
            cause_of_missing_init_function(found.clone(), &[harmless]),
            found
        );
    }
}
