//! One target: what's inspected, and the answer for each Python.

use std::collections::HashSet;
use std::path::Path;

use anatomy::loads::{self, PackageAnswer};
use anatomy::wheel::Hashes;
use environments::Distribution;

use super::libraries::Loader;
use super::{Answer, Answered, Asked, Kind, locked};
use crate::inspect::disk::Disk;
use crate::inspect::environment::InUse;
use crate::inspect::report::{Installed, InstalledAs, Trouble, What};
use crate::inspect::{Job, Surroundings};

/// Answers for one target.
pub(crate) fn answer(
    job: &Job,
    asked: &[Asked],
    around: &Surroundings,
) -> Result<Answered, Vec<Trouble>> {
    if let Job::Binary { target, path } = job
        && locked::is_lock(path)
    {
        let lock = locked::read(path).map_err(|trouble| vec![trouble])?;
        return Ok(Answered {
            target: target.clone(),
            kind: Kind::Lock,
            answers: asked
                .iter()
                .map(|one| Answer::Lock(lock.judge(&one.host)))
                .collect(),
        });
    }
    if let Job::Project { target, .. } = job {
        let trouble = Trouble::new(
            target,
            "this is a project: it has to be built before `wr` can say whether its extension loads",
        )
        .help("pass the built wheel or library, or the project's uv.lock or pylock.toml");
        return Err(vec![trouble]);
    }
    let (report, troubles) = job.run(around, Hashes::OfTexts);
    let Some(report) = report else {
        return Err(troubles);
    };
    let (kind, answers) = match &report.what {
        What::Binary(facts) => {
            let path = report
                .path
                .as_deref()
                .and_then(|path| path.file_name())
                .unwrap_or_default()
                .to_string_lossy();
            let of = |one: &Asked| {
                let module = loads::ModuleAnswer {
                    path: path.clone().into_owned(),
                    answer: loads::judge(facts, &path, None, &one.host),
                };
                let mut answer = PackageAnswer::new(Vec::new(), vec![module]);
                if let (Some(loader), Some(file)) = (Loader::of(one), report.path.as_deref()) {
                    let beside = names_in(file.parent().unwrap_or(file));
                    answer.amend(|module| loader.check(module, facts, file, &beside));
                }
                answer
            };
            (Kind::Binary, asked.iter().map(of).collect::<Vec<_>>())
        }
        What::Wheel(facts) => {
            let of = |one: &Asked| loads::judge_wheel(facts, &one.host);
            (Kind::Wheel, asked.iter().map(of).collect())
        }
        What::Installed(found) => (Kind::Installed, installed(found, asked, around)),
        What::Project(_) => (Kind::Binary, Vec::new()),
    };
    Ok(Answered {
        target: report.target,
        kind,
        answers: answers.into_iter().map(Answer::Package).collect(),
    })
}

fn installed(found: &Installed, asked: &[Asked], around: &Surroundings) -> Vec<PackageAnswer> {
    let required: Vec<(String, String)> = match &around.in_use {
        Ok(in_use) => found
            .distributions
            .iter()
            .filter_map(|(name, version)| {
                Some((format!("{name} {version}"), required_by(name, in_use)?))
            })
            .collect(),
        Err(_) => Vec::new(),
    };
    asked
        .iter()
        .map(|one| {
            let findings = required
                .iter()
                .filter_map(|(package, required)| {
                    loads::judge_requirement(required, package, &one.host)
                })
                .collect();
            // A single-file module is an extension, whatever else it looks like.
            let is_one = found.found_as == InstalledAs::Extension;
            let modules = found
                .binaries
                .iter()
                .filter(|binary| is_one || loads::is_module(&binary.path, &binary.facts))
                .map(|binary| (binary.path.as_str(), &binary.facts));
            let mut answer = PackageAnswer::new(findings, loads::judge_modules(modules, &one.host));
            if let Some(loader) = Loader::of(one) {
                let beside = found
                    .binaries
                    .iter()
                    .map(|binary| last_part(&binary.path).to_owned())
                    .collect();
                answer.amend(|module| {
                    let file = found.base.join(&module.path);
                    let facts = found.binaries.iter().find(|one| one.path == module.path);
                    if let Some(binary) = facts {
                        loader.check(module, &binary.facts, &file, &beside);
                    }
                });
            }
            answer
        })
        .collect()
}

/// The last part of a path, as shown in reports.
fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The names of the files in a directory.
fn names_in(dir: &Path) -> HashSet<String> {
    let dir = if dir.as_os_str().is_empty() {
        Path::new(".")
    } else {
        dir
    };
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// An installed distribution's `Requires-Python`.
fn required_by(name: &str, in_use: &InUse) -> Option<String> {
    Distribution::find(name, &in_use.path.sites, &Disk)?.requires_python(&Disk)
}
