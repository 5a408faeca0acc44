//! A whole environment: the extensions of everything installed in it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anatomy::loads::{self, PackageAnswer};
use anatomy::{Expectation, Facts};
use environments::Distribution;
use rayon::prelude::*;

use super::hosts::of_interpreter;
use super::libraries::Loader;
use super::{Answer, Answered, Asked, DistributionAnswer, EnvironmentAnswer, Kind};
use crate::cli;
use crate::error::CommandError;
use crate::inspect::binary;
use crate::inspect::directory::{self, Enter};
use crate::inspect::disk::Disk;
use crate::inspect::environment::Surroundings;
use crate::inspect::report::{Trouble, shown};
use engine::Cancel;

/// An environment: where its packages are, and what its interpreter reports.
pub(crate) struct Environment {
    /// Its name.
    name: String,
    /// The directories with installed packages.
    sites: Vec<PathBuf>,
    /// Additional ones named by `.pth` files: editable installs.
    beside: Vec<PathBuf>,
    /// Its own Python, if it has one.
    own: Option<Asked>,
    /// Nearby environments whose interpreters aren't run.
    pub(crate) left_aside: Vec<PathBuf>,
}

impl Environment {
    /// Finds the given environment, or the one in use. A directory with packages but no interpreter, such as one filled
    /// by `pip install --target`, counts too.
    pub(crate) fn find(
        named: Option<&str>,
        python: Option<&str>,
        cancel: &Cancel,
    ) -> Result<Self, CommandError> {
        if let Some(named) = named {
            let dir = Path::new(named);
            if dir.is_dir() && !engine::interpreter_in(dir).is_file() {
                return Self::without_interpreter(named, dir);
            }
        }
        let requested = named.or(python).map(cli::from_here);
        let around = Surroundings::find(requested.as_deref(), cancel)?;
        let in_use = around.in_use.map_err(|reason| {
            CommandError::new(format!("no environment was found: {reason}"))
                .help("activate one, or pass its directory or interpreter: --environment .venv")
        })?;
        let real = &in_use.asked.site_directories;
        let beside = in_use
            .path
            .sites
            .iter()
            .filter(|site| !real.contains(site))
            .cloned()
            .collect();
        Ok(Self {
            name: in_use.asked.interpreter.executable.display().to_string(),
            sites: real.clone(),
            beside,
            own: Some(of_interpreter(&in_use)?),
            left_aside: around.left_aside,
        })
    }

    fn without_interpreter(named: &str, dir: &Path) -> Result<Self, CommandError> {
        let sites = vec![dir.to_owned()];
        if Distribution::all(&sites, &Disk).is_empty() {
            return Err(CommandError::new(format!(
                "`{named}` isn't an environment: it has neither an interpreter nor any package metadata"
            ))
            .help("pass an environment's directory, such as .venv, or a directory of packages"));
        }
        Ok(Self {
            name: named.to_owned(),
            sites,
            beside: Vec::new(),
            own: None,
            left_aside: Vec::new(),
        })
    }

    /// Its own Python.
    pub(crate) fn own(&mut self) -> Option<Asked> {
        self.own.take()
    }

    /// Inspects all its extensions, reporting progress to `count`.
    pub(crate) fn answer(
        &self,
        asked: &[Asked],
        count: impl Fn(String) + Sync,
    ) -> (Answered, Vec<Trouble>) {
        let (packages, mut troubles) = self.packages();
        let files: Vec<(usize, &Path, &Path)> = packages
            .iter()
            .enumerate()
            .flat_map(|(index, package)| {
                let files = package.binaries.iter();
                files.map(move |file| (index, package.base.as_path(), file.as_path()))
            })
            .collect();
        let done = AtomicUsize::new(0);
        let read: Vec<(usize, String, Option<Facts>)> = files
            .par_iter()
            .map(|(index, base, file)| {
                let path = shown(file.strip_prefix(base).unwrap_or(file));
                let inspected = binary::inspect(&path, file, &Expectation::new());
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                count(format!("{done} of {} files read: {path}", files.len()));
                // A file that isn't a binary despite its name isn't a module either; what Python itself would say is a
                // different question.
                (
                    *index,
                    path,
                    inspected.ok().map(|inspection| inspection.facts),
                )
            })
            .collect();
        let mut modules: BTreeMap<usize, Vec<(&str, &Facts)>> = BTreeMap::new();
        for (index, path, facts) in &read {
            if let Some(facts) = facts
                && loads::is_module(path, facts)
            {
                modules.entry(*index).or_default().push((path, facts));
            }
        }
        let answers = asked
            .iter()
            .map(|one| Answer::Environment(of_all(&packages, &modules, one)))
            .collect();
        troubles.sort_by(|one, other| one.target.cmp(&other.target));
        let answered = Answered {
            target: self.name.clone(),
            kind: Kind::Environment,
            answers,
        };
        (answered, troubles)
    }

    /// Everything that's installed, with its binaries.
    fn packages(&self) -> (Vec<Package>, Vec<Trouble>) {
        let mut owners: HashMap<PathBuf, usize> = HashMap::new();
        let mut packages: Vec<Package> = Vec::new();
        for one in Distribution::all(&self.sites, &Disk) {
            for file in one.files(&Disk).unwrap_or_default() {
                if directory::is_binary(&file) {
                    owners.entry(file).or_insert(packages.len());
                }
            }
            packages.push(Package {
                base: one.site().to_owned(),
                required: one.requires_python(&Disk),
                distribution: Some(one),
                binaries: Vec::new(),
            });
        }
        let mut troubles = Vec::new();
        let places = self
            .sites
            .iter()
            .map(|site| (site, Enter::All))
            .chain(self.beside.iter().map(|dir| (dir, Enter::Written)));
        for (site, enter) in places {
            let mut others = Vec::new();
            match directory::files(site, enter, directory::is_binary) {
                Ok((files, met)) => {
                    troubles.extend(met);
                    for file in files {
                        match owners.get(&file).and_then(|index| packages.get_mut(*index)) {
                            Some(package) => package.binaries.push(file),
                            None => others.push(file),
                        }
                    }
                }
                Err(trouble) => troubles.push(trouble),
            }
            if !others.is_empty() {
                packages.push(Package {
                    base: site.clone(),
                    required: None,
                    distribution: None,
                    binaries: others,
                });
            }
        }
        (packages, troubles)
    }
}

/// Files that belong together.
struct Package {
    distribution: Option<Distribution>,
    required: Option<String>,
    /// The directory that paths are shown relative to.
    base: PathBuf,
    binaries: Vec<PathBuf>,
}

fn of_all(
    packages: &[Package],
    modules: &BTreeMap<usize, Vec<(&str, &Facts)>>,
    asked: &Asked,
) -> EnvironmentAnswer {
    let mut pure = 0;
    let mut distributions = Vec::new();
    let loader = Loader::of(asked);
    for (index, package) in packages.iter().enumerate() {
        let named = package
            .distribution
            .as_ref()
            .map(|one| (one.name.clone(), one.version.clone()));
        let findings: Vec<_> = named
            .as_ref()
            .zip(package.required.as_ref())
            .and_then(|((name, version), required)| {
                loads::judge_requirement(required, &format!("{name} {version}"), &asked.host)
            })
            .into_iter()
            .collect();
        let files = modules.get(&index).into_iter().flatten().copied();
        let mut answer =
            PackageAnswer::new(findings, loads::judge_modules(files.clone(), &asked.host));
        if let Some(loader) = &loader {
            let beside = package
                .binaries
                .iter()
                .filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned()))
                .collect();
            let facts: HashMap<&str, &Facts> = files.collect();
            answer.amend(|module| {
                let file = package.base.join(&module.path);
                if let Some(facts) = facts.get(module.path.as_str()) {
                    loader.check(module, facts, &file, &beside);
                }
            });
        }
        if answer.modules.is_empty() && answer.findings.is_empty() {
            pure += usize::from(named.is_some());
            continue;
        }
        let (name, version) = named.unzip();
        distributions.push(DistributionAnswer {
            name,
            version,
            answer,
        });
    }
    distributions.sort_by(|one, other| {
        let key = |one: &DistributionAnswer| one.name.as_ref().map(|name| name.to_lowercase());
        (one.name.is_none(), key(one)).cmp(&(other.name.is_none(), key(other)))
    });
    EnvironmentAnswer {
        distributions,
        pure,
    }
}
