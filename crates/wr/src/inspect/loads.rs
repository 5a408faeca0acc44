//! Whether extensions load on the given Pythons: the questions, the targets, and the answers. `render` shows them.
//!
//! Extensions and wheels are read but never run, as everywhere in `wr inspect`. An interpreter is only run if it was
//! named, or if an environment has to be found.

mod environment;
mod hosts;
mod index;
mod libraries;
mod locked;
mod machine;
mod subject;

use std::path::PathBuf;

use anatomy::loads::{Host, LockAnswer, PackageAnswer};
use diagnostic::Diagnostic;

pub(crate) use environment::Environment;
pub(crate) use hosts::resolve;
pub(crate) use index::{Index, is_list, is_requirement};
pub(crate) use subject::answer;

/// A Python on a system to answer for.
#[derive(Debug)]
pub(crate) struct Asked {
    /// What's known about it.
    pub(crate) host: Host,
    /// The interpreter that reported it; `None` if the answer is only based on rules.
    pub(crate) interpreter: Option<PathBuf>,
}

/// The answers for one target.
#[derive(Debug)]
pub(crate) struct Answered {
    /// The target, as given.
    pub(crate) target: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// An answer for each Python, in order.
    pub(crate) answers: Vec<Answer>,
}

/// The kind of target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file.
    Binary,
    /// A wheel.
    Wheel,
    /// An installed module or distribution.
    Installed,
    /// Everything installed in an environment.
    Environment,
    /// A lock file.
    Lock,
    /// A requirement or a list of them, looked up on the package index.
    Requirements,
}

/// An answer.
#[derive(Debug)]
pub(crate) enum Answer {
    /// For a file, a wheel, or something installed.
    Package(PackageAnswer),
    /// For all distributions in an environment.
    Environment(EnvironmentAnswer),
    /// For a lock file.
    Lock(LockAnswer),
}

/// The answers for an environment.
#[derive(Debug)]
pub(crate) struct EnvironmentAnswer {
    /// The distributions with extensions, and those that are ruled out as a whole, sorted by name.
    pub(crate) distributions: Vec<DistributionAnswer>,
    /// How many distributions are pure Python and have no problems.
    pub(crate) pure: usize,
}

/// The answer for a distribution.
#[derive(Debug)]
pub(crate) struct DistributionAnswer {
    /// Its name; `None` for extensions that no installer put there.
    pub(crate) name: Option<String>,
    /// Its version.
    pub(crate) version: Option<String>,
    /// Whether its extensions load.
    pub(crate) answer: PackageAnswer,
}

impl Answer {
    /// Keeps the findings that count.
    pub(crate) fn retain(&mut self, counts: impl Fn(&Diagnostic) -> bool) {
        match self {
            Self::Package(answer) => answer.retain(counts),
            Self::Environment(answer) => {
                for one in &mut answer.distributions {
                    one.answer.retain(&counts);
                }
            }
            Self::Lock(answer) => {
                answer.findings.retain(&counts);
                for package in &mut answer.packages {
                    package.findings.retain(&counts);
                }
            }
        }
    }

    /// The number of findings.
    pub(crate) fn findings(&self) -> usize {
        match self {
            Self::Package(answer) => answer.all_findings().count(),
            Self::Environment(answer) => answer
                .distributions
                .iter()
                .map(|one| one.answer.all_findings().count())
                .sum(),
            Self::Lock(answer) => {
                let of_packages = answer.packages.iter().map(|package| package.findings.len());
                answer.findings.len() + of_packages.sum::<usize>()
            }
        }
    }
}
