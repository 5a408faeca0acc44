//! Whether extensions load under Pythons that are named: what is asked, of what, and the answers. How they are shown is `render`'s
//! affair.
//!
//! Extensions and wheels are read and never run, as everywhere in `wr inspect`. An interpreter is asked only where it was named, or
//! where an environment has to be found.

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

/// A Python on a system that was asked about.
#[derive(Debug)]
pub(crate) struct Asked {
    /// What is known of it.
    pub(crate) host: Host,
    /// The interpreter that said it; nothing where the answer rests on the rules alone.
    pub(crate) interpreter: Option<PathBuf>,
}

/// The answers for one target.
#[derive(Debug)]
pub(crate) struct Answered {
    /// The target as it was named.
    pub(crate) target: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// An answer for each Python, in their order.
    pub(crate) answers: Vec<Answer>,
}

/// What was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file.
    Binary,
    /// A wheel.
    Wheel,
    /// A module or distribution that is installed.
    Installed,
    /// All that is installed in an environment.
    Environment,
    /// A lock file.
    Lock,
    /// A requirement or a list of them, which the package index answered for.
    Requirements,
}

/// An answer.
#[derive(Debug)]
pub(crate) enum Answer {
    /// For a file, a wheel, or what is installed.
    Package(PackageAnswer),
    /// For all distributions of an environment.
    Environment(EnvironmentAnswer),
    /// For a lock file.
    Lock(LockAnswer),
}

/// What is known of an environment.
#[derive(Debug)]
pub(crate) struct EnvironmentAnswer {
    /// The distributions with extensions, and those that are stopped as a whole, sorted by name.
    pub(crate) distributions: Vec<DistributionAnswer>,
    /// How many distributions are pure Python and nothing stops.
    pub(crate) pure: usize,
}

/// What is known of a distribution.
#[derive(Debug)]
pub(crate) struct DistributionAnswer {
    /// Its name; nothing for extensions that no installer put there.
    pub(crate) name: Option<String>,
    /// Its version.
    pub(crate) version: Option<String>,
    /// Whether its extensions load.
    pub(crate) answer: PackageAnswer,
}

impl Answer {
    /// Leaves the findings that count.
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

    /// How many findings there are.
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
