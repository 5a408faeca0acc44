//! Whether the extensions of a package load: of a wheel, or of what is installed.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Severity};
use serde::Serialize;

use super::Host;
use super::answer::{Answer, Gil, Loads};
use super::judge::judge;
use super::rules::{python_not_admitted, tags_refused};
use crate::facts::Facts;
use crate::names::FileName;
use crate::rules::init_function_missing::is_meant_to_be_imported;
use crate::wheel::{WheelFacts, WheelName};

/// Whether a module loads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleAnswer {
    /// The path of its file.
    pub path: String,
    /// Whether it loads.
    #[serde(flatten)]
    pub answer: Answer,
}

/// Whether a package's extensions load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageAnswer {
    /// The worst of what is known of the package and its modules.
    pub loads: Loads,
    /// The worst of what becomes of the GIL, where the Python is free-threaded and everything may load.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gil: Option<Gil>,
    /// What stops the package as a whole: installers don't take it.
    pub findings: Vec<Diagnostic>,
    /// Its extensions, sorted by path. Nothing is asked of them where the package as a whole is stopped.
    pub modules: Vec<ModuleAnswer>,
}

impl PackageAnswer {
    /// From what stops the package, and the answers for its modules.
    pub fn new(findings: Vec<Diagnostic>, modules: Vec<ModuleAnswer>) -> Self {
        let is_stopped = findings
            .iter()
            .any(|finding| finding.severity == Severity::Error);
        let own = if is_stopped { Loads::No } else { Loads::Yes };
        let loads = modules
            .iter()
            .map(|module| module.answer.loads)
            .fold(own, Loads::max);
        let gil = modules
            .iter()
            .filter_map(|module| module.answer.gil.as_ref())
            .map(|answer| answer.gil)
            .max()
            .filter(|_| loads != Loads::No);
        Self {
            loads,
            gil,
            findings,
            modules,
        }
    }
}

/// Whether a file is an extension module, and no library that lies beside one.
pub fn is_module(path: &str, facts: &Facts) -> bool {
    let file = FileName::parse(path);
    let is_for_debuggers = path.contains(".dSYM/");
    file.module().is_some()
        && !is_for_debuggers
        && (!facts.init_functions().is_empty() || is_meant_to_be_imported(facts, &file))
}

/// Whether modules load. Of several files for one module Python takes the first that it looks at; files for other Pythons may
/// lie beside it.
pub fn judge_modules<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f Facts)>,
    host: &Host,
) -> Vec<ModuleAnswer> {
    let mut modules: BTreeMap<(String, String), Vec<(&str, &Facts)>> = BTreeMap::new();
    for (path, facts) in files {
        let file = FileName::parse(path);
        let directory = path
            .rsplit_once(['/', '\\'])
            .map_or("", |(directory, _)| directory);
        let module = file.module().unwrap_or(file.as_str()).to_owned();
        modules
            .entry((directory.to_owned(), module))
            .or_default()
            .push((path, facts));
    }
    let mut answers: Vec<ModuleAnswer> = modules
        .into_values()
        .filter_map(|files| {
            let (path, facts) = files
                .iter()
                .filter_map(|(path, facts)| Some((host.rank(path)?, path, facts)))
                .min_by_key(|(rank, ..)| *rank)
                .map(|(_, path, facts)| (*path, *facts))
                .or_else(|| files.first().copied())?;
            Some(ModuleAnswer {
                path: path.to_owned(),
                answer: judge(facts, path, None, host),
            })
        })
        .collect();
    answers.sort_by(|one, other| one.path.cmp(&other.path));
    answers
}

/// Whether the extensions of a wheel load, once an installer took the wheel.
pub fn judge_wheel(facts: &WheelFacts, host: &Host) -> PackageAnswer {
    let required = facts.metadata.requires_python.as_deref();
    let findings = judge_package(&facts.name, required, host);
    let modules = if findings.is_empty() {
        let files = facts
            .extensions
            .iter()
            .map(|extension| (extension.path.as_str(), &extension.facts));
        judge_modules(files, host)
    } else {
        Vec::new()
    };
    PackageAnswer::new(findings, modules)
}

/// Whether an installer takes a wheel, by its name and `Requires-Python`.
pub fn judge_package(
    name: &WheelName,
    requires_python: Option<&str>,
    host: &Host,
) -> Vec<Diagnostic> {
    let package = format!("{} {}", name.distribution, name.version);
    tags_refused::check(name, host)
        .into_iter()
        .chain(
            requires_python
                .and_then(|required| python_not_admitted::check(required, &package, host)),
        )
        .collect()
}
