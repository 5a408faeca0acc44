//! Whether a package's extensions load, in a wheel or installed.

use std::collections::BTreeMap;

use diagnostic::Diagnostic;
use serde::Serialize;

use super::Host;
use super::answer::{Answer, Gil, Loads, is_stopped};
use super::judge::judge;
use super::rules::{python_excluded, tags_refused};
use crate::facts::Facts;
use crate::names::FileName;
use crate::rules::init_function_missing::is_meant_to_be_imported;
use crate::wheel::{WheelFacts, WheelName};

/// Whether a module loads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleAnswer {
    /// Its file's path.
    pub path: String,
    /// Whether it loads.
    #[serde(flatten)]
    pub answer: Answer,
}

/// Whether a package's extensions load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageAnswer {
    /// The worst answer for the package and its modules.
    pub loads: Loads,
    /// The worst outcome for the GIL, if the Python is free-threaded and everything may load.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gil: Option<Gil>,
    /// What rules out the package as a whole: installers don't accept it.
    pub findings: Vec<Diagnostic>,
    /// Its extensions, sorted by path. They aren't checked if the package as a whole is ruled out.
    pub modules: Vec<ModuleAnswer>,
}

impl PackageAnswer {
    /// Builds the answer from findings about the package and the answers for its modules.
    pub fn new(findings: Vec<Diagnostic>, modules: Vec<ModuleAnswer>) -> Self {
        let own = if is_stopped(&findings) {
            Loads::No
        } else {
            Loads::Yes
        };
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

    /// Keeps the findings that count, and updates the answer.
    pub fn retain(&mut self, counts: impl Fn(&Diagnostic) -> bool) {
        let (mut findings, mut modules) = (
            std::mem::take(&mut self.findings),
            std::mem::take(&mut self.modules),
        );
        findings.retain(&counts);
        for module in &mut modules {
            module.answer.retain(&counts);
        }
        *self = Self::new(findings, modules);
    }

    /// Applies a function to each module's answer, and updates the overall answer.
    pub fn amend(&mut self, amend: impl FnMut(&mut ModuleAnswer)) {
        self.modules.iter_mut().for_each(amend);
        let (findings, modules) = (
            std::mem::take(&mut self.findings),
            std::mem::take(&mut self.modules),
        );
        *self = Self::new(findings, modules);
    }

    /// All findings about the package and its modules.
    pub fn all_findings(&self) -> impl Iterator<Item = &Diagnostic> {
        let of_modules = self
            .modules
            .iter()
            .flat_map(|module| &module.answer.findings);
        self.findings.iter().chain(of_modules)
    }
}

/// Whether a file is an extension module, and not a library next to one.
pub fn is_module(path: &str, facts: &Facts) -> bool {
    let file = FileName::parse(path);
    let is_for_debuggers = path.contains(".dSYM/");
    file.module().is_some()
        && !is_for_debuggers
        && (!facts.init_functions().is_empty() || is_meant_to_be_imported(facts, &file))
}

/// Whether modules load. If a module has several files, Python uses the first one it considers; files for other Pythons
/// may be next to it.
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

/// Whether a wheel's extensions load, once an installer has accepted the wheel.
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

/// Whether an installer accepts a wheel, based on its name and `Requires-Python`.
pub fn judge_package(
    name: &WheelName,
    requires_python: Option<&str>,
    host: &Host,
) -> Vec<Diagnostic> {
    let package = format!("{} {}", name.distribution, name.version);
    tags_refused::check(name, host)
        .into_iter()
        .chain(requires_python.and_then(|required| judge_requirement(required, &package, host)))
        .collect()
}

/// Whether a package's `Requires-Python` excludes the Python.
pub fn judge_requirement(required: &str, package: &str, host: &Host) -> Option<Diagnostic> {
    python_excluded::check(required, package, host)
}
