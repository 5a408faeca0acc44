//! The proofs that an exercise can be put through.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A proof. They run in this order: quick ones come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Proof {
    /// Folders are named and numbered by the rules of a course.
    Names,
    /// Page, hints, solution and wrong answers exist, without placeholders.
    Files,
    /// The manifests agree with each other, with the exercise's name, and with those of the other exercises.
    Manifests,
    /// The recorded digests match the tests.
    Protected,
    /// Nothing in the starter gives the solution away.
    Giveaway,
    /// The starter fails the way its configuration says.
    Starter,
    /// Each wrong answer is rejected the way its configuration says.
    Wrong,
    /// The solution passes.
    Solution,
    /// The solution is formatted, and neither the compiler nor clippy warns.
    Clean,
    /// The solution passes again and again while every processor is busy.
    Load,
    /// The tests notice when the solution does something different.
    Mutants,
    /// Copied out of the repository, the exercise works with the ordinary tools.
    Copied,
}

impl Proof {
    /// Every proof, in order.
    pub const ALL: [Self; 12] = [
        Self::Names,
        Self::Files,
        Self::Manifests,
        Self::Protected,
        Self::Giveaway,
        Self::Starter,
        Self::Wrong,
        Self::Solution,
        Self::Clean,
        Self::Load,
        Self::Mutants,
        Self::Copied,
    ];

    /// Whether it applies to every course; the others are this project's own rules.
    pub fn applies_to_every_course(self) -> bool {
        matches!(
            self,
            Self::Names | Self::Protected | Self::Starter | Self::Wrong | Self::Solution
        )
    }

    /// The name on the command line, in the table and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Files => "files",
            Self::Manifests => "manifests",
            Self::Protected => "protected",
            Self::Giveaway => "giveaway",
            Self::Starter => "starter",
            Self::Wrong => "wrong",
            Self::Solution => "solution",
            Self::Clean => "clean",
            Self::Load => "load",
            Self::Mutants => "mutants",
            Self::Copied => "copied",
        }
    }

    /// What it proves, in one line.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Names => "folders are named and numbered by the rules",
            Self::Files => "page, hints, solution and wrong answers exist",
            Self::Manifests => "manifests agree on names and versions",
            Self::Protected => "the digests of the tests are up to date",
            Self::Giveaway => "the starter doesn't give the solution away",
            Self::Starter => "the starter fails the way its .wr.toml says",
            Self::Wrong => "each wrong answer is rejected the way its .wr.toml says",
            Self::Solution => "the solution passes",
            Self::Clean => "the solution is formatted and without warnings",
            Self::Load => "the solution passes again and again under load",
            Self::Mutants => "the tests notice when the solution is changed",
            Self::Copied => "copied out of the repository, it works with the ordinary tools",
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Proof {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl FromStr for Proof {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|proof| proof.name() == text)
            .ok_or_else(|| {
                let names: Vec<_> = Self::ALL.iter().map(|proof| proof.name()).collect();
                format!("the proofs are {}", names.join(", "))
            })
    }
}
