//! What the manifests and sources say of a failure: the cause, where the tools only tell its consequence.
//!
//! The manifests are read before anything is built, which costs nothing. The Rust sources are read after a failure alone.
//! Nothing here ends a build that might succeed: what is found explains a failure that happened, and of one cause only one
//! finding is left.

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

/// What stops a build for certain, though cargo may say so in words that nobody knows.
const STOPS_A_BUILD: [&Rule; 6] = [
    &HYPHEN_IN_NAME,
    &TWO_PYO3,
    &PYTHON_TOO_NEW,
    &PYTHON_TOO_OLD,
    &ABI3_ABOVE_INTERPRETER,
    &FREE_THREADED_UNSUPPORTED,
];

/// What is worth saying though everything works: it fails elsewhere.
const WORTH_SAYING: [&Rule; 6] = [
    &MISSPELT_MATURIN_KEY,
    &REQUIRES_PYTHON,
    &PYTHON_SOURCE_MISSING,
    &METADATA_REFUSED,
    &FLAT_LAYOUT,
    &UV_CACHE_KEYS,
];

/// The keys of `[tool.maturin]` that decide under which name the extension is imported.
const KEYS_OF_NAMES: [&str; 3] = ["`module-name`", "`python-source`", "`manifest-path`"];

impl Engine<'_> {
    /// What the manifests say, and where they contradict each other.
    pub(super) fn said_by_manifests(
        &self,
        work: &Work<'_>,
        extension: &Extension,
        interpreter: &Interpreter,
    ) -> ProjectInspection {
        let mut texts = self.manifests(work.subject, &extension.manifest);
        // Only that they are there matters.
        for file in search::files(self.system, &work.subject.root, &search::is_python) {
            texts.insert(key(work.subject, &file), String::new());
        }
        for sign in [".venv/pyvenv.cfg", "uv.lock"] {
            if let Ok(bytes) = self.system.read(&work.subject.root.join(sign)) {
                texts.insert(
                    sign.to_owned(),
                    String::from_utf8_lossy(&bytes).into_owned(),
                );
            }
        }
        let mut inspection = inspect_project(&texts, &expected(extension, interpreter));
        let root = &work.subject.root;
        let is_file = |path: &str| self.system.is_file(&root.join(path));
        // Nobody makes a wheel of an exercise.
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

    /// The same evidence, in which a consequence has made room for its cause.
    pub(super) fn with_causes(
        &self,
        work: &Work<'_>,
        extension: &Extension,
        interpreter: &Interpreter,
        said: Vec<Diagnostic>,
        evidence: Evidence,
    ) -> Evidence {
        match evidence {
            Evidence::NotBuilt {
                finding,
                ran_away: false,
                output,
            } => Evidence::NotBuilt {
                finding: cause_of_build(finding, &said),
                ran_away: false,
                output,
            },
            Evidence::NotImportable { findings } => {
                let mut texts = self.manifests(work.subject, &extension.manifest);
                self.add_sources(work.subject, extension, &mut texts);
                let said = inspect_project(&texts, &expected(extension, interpreter)).diagnostics;
                Evidence::NotImportable {
                    findings: findings
                        .into_iter()
                        .map(|finding| cause_of_missing_init_function(finding, &said))
                        .collect(),
                }
            }
            Evidence::Tested {
                suites,
                warnings,
                advice,
                wants_tests,
            } => {
                let said = said
                    .into_iter()
                    .filter(|finding| is_one_of(finding, &WORTH_SAYING));
                let advice = advice
                    .into_iter()
                    .chain(said)
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

    /// The Python whose stable ABI an extension is for, where its PyO3 does not learn that from its features.
    pub(super) fn stable_abi_to_be_told(
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

    /// What is known of a subject that has a crate.
    pub(super) fn known_of(&self, subject: &Subject) -> Option<Project> {
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

/// What the library is to suit: the interpreter, and the name by which it is imported here.
fn expected(extension: &Extension, interpreter: &Interpreter) -> Expectation {
    let expected = interpreter.expectation();
    match extension.module.parse() {
        Ok(module) => expected.module(module),
        Err(_) => expected,
    }
}

/// A path as the inspector of projects knows it: from the root, with `/` between the parts, and `..` to what lies above.
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

/// What cargo said and what the manifests say is one thing: the words of the tool with the line of the manifest.
fn cause_of_build(finding: Diagnostic, said: &[Diagnostic]) -> Diagnostic {
    if let Some(same) = said.iter().find(|one| one.code == finding.code) {
        return with_evidence_first(finding, same);
    }
    let is_unexplained = finding.code == *rules::cargo_failed::RULE.code();
    match said.iter().find(|one| is_one_of(one, &STOPS_A_BUILD)) {
        Some(cause) if is_unexplained => with_consequence(cause.clone(), &finding),
        _ => finding,
    }
}

/// The library's door is wrong, and the sources say in which line.
fn cause_of_missing_init_function(finding: Diagnostic, said: &[Diagnostic]) -> Diagnostic {
    let doors: [&Rule; 2] = [&INIT_FUNCTION_NAME, &INIT_FUNCTION_MISSING];
    if !is_one_of(&finding, &doors) {
        return finding;
    }
    let is_cause = |one: &&Diagnostic| {
        is_one_of(one, &doors)
            || is_one_of(one, &[&HYPHEN_IN_NAME])
            || (is_one_of(one, &[&MISSPELT_MATURIN_KEY]) && is_about_names(one))
    };
    match said.iter().find(is_cause) {
        Some(cause) => with_consequence(cause.clone(), &finding),
        None => finding,
    }
}

/// What is wrong without keeping the extension from being built is an error where Python then could not import it for that
/// reason, and else a warning.
fn cause_of_import(finding: Diagnostic, extension: &Extension, suites: &[Suite]) -> Diagnostic {
    // What the manifest says, though a package that is not there is not what the extension goes into.
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
                || (is_misplaced && is_not_where_it_was_looked_for(text))
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

/// Whether Python found no package, or a directory that is none.
fn is_not_where_it_was_looked_for(said: &str) -> bool {
    said.contains("(unknown location)") || said.contains("No module named")
}

/// Whether the loader missed one of the symbols that a finding names.
fn lacks_a_symbol_of(finding: &Diagnostic, said: &str) -> bool {
    let is_missed = said.contains("undefined symbol") || said.contains("symbol not found");
    is_missed
        && finding.evidence.iter().any(|proof| match proof {
            Proof::Symbol { name, .. } => {
                let name = name.split(' ').next().unwrap_or_default();
                said.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
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
    fn one_cause_is_told_once_with_both_proofs() {
        let told = PYTHON_TOO_NEW
            .finding("cargo's words")
            .because(Proof::output("cargo", "error: …"));
        let merged = cause_of_build(told, &[at_line(&PYTHON_TOO_NEW, "the manifest's words")]);
        assert_eq!(merged.message, "cargo's words");
        assert_eq!(merged.evidence.len(), 2);
        assert_eq!(merged.location().and_then(|place| place.line), Some(3));
    }

    #[test]
    fn what_cargo_cannot_explain_is_explained_by_what_stops_a_build() {
        let told = || rules::cargo_failed::finding("error: something");
        let cause = cause_of_build(told(), &[at_line(&TWO_PYO3, "two")]);
        assert_eq!(cause.code, *TWO_PYO3.code());
        // What does not stop builds is not blamed for one that failed.
        let other = cause_of_build(told(), &[at_line(&MISSPELT_MATURIN_KEY, "a key")]);
        assert_eq!(other, told());
    }

    #[test]
    fn a_known_cause_is_not_overridden_by_another() {
        let told = anatomy::shared::LINKER_MISSING.finding("no cc");
        assert_eq!(
            cause_of_build(told.clone(), &[at_line(&TWO_PYO3, "two")]),
            told
        );
    }

    #[test]
    fn the_missing_init_function_is_shown_in_the_sources() {
        let told = INIT_FUNCTION_NAME.finding("the library's words");
        let cause = cause_of_missing_init_function(
            told.clone(),
            &[at_line(&INIT_FUNCTION_NAME, "in line 3")],
        );
        assert_eq!(cause.message, "in line 3");
        let key = at_line(&MISSPELT_MATURIN_KEY, "it is spelt `module-name`");
        assert_eq!(
            cause_of_missing_init_function(told.clone(), &[key]).code,
            *MISSPELT_MATURIN_KEY.code()
        );
        let harmless = at_line(&MISSPELT_MATURIN_KEY, "it is spelt `sdist-include`");
        assert_eq!(
            cause_of_missing_init_function(told.clone(), &[harmless]),
            told
        );
    }
}
