//! The command line of `wr author`.

use author::{Kind, Proof};
use clap::{Args, Subcommand, ValueEnum};

/// What an author does.
#[derive(Debug, Subcommand)]
pub(crate) enum Author {
    /// Prove that exercises work as their author claims
    ///
    /// Without arguments, wr checks the whole course. Quick proofs come first. The starter must fail the way its
    /// .wr.toml says, the solution must pass, every wrong answer must be rejected, and the tests must notice when the
    /// solution is changed. The book's page "Proving a course" describes every proof.
    #[command(after_help = PROOFS)]
    Check(Check),
    /// Write a new exercise for you to fill in: starter, tests, solution, wrong answers, hints and a page
    New(New),
    /// Move exercises, with their solutions, pages, links and learners' progress
    ///
    /// Exercises between the old place and the new one shift to make room. What a learner has solved stays solved: wr
    /// writes the old name into the exercise's .wr.toml, under `formerly`.
    Renumber(Renumber),
}

const PROOFS: &str = "\
Proofs, in order:
  names      folders are named and numbered by the rules
  files      page, hints, solution and wrong answers exist, without placeholders
  manifests  manifests agree on names and versions
  protected  the digests of the tests are up to date
  giveaway   the starter doesn't give the solution away
  starter    the starter fails the way its .wr.toml says
  wrong      each wrong answer is rejected the way its .wr.toml says
  solution   the solution passes
  clean      the solution is formatted, and neither the compiler nor clippy warns
  load       the solution passes again and again while every processor is busy
  mutants    the tests notice when the solution is changed
  copied     copied out of the repository, it works with maturin and pytest (only on request)

A course with neither solutions next to its exercises nor [expect] gets only the proofs that apply
to every course: names, protected, starter, wrong and solution. --house-rules runs all of them.

Exit status: 0 no defects, 1 defects, 2 wrong usage or wr itself failed, 130 interrupted.";

/// `wr author check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Exercises (`01_intro/01_setup`, `1/1`, `01_setup`), or chapters by folder name; by default the whole course
    pub(crate) exercises: Vec<String>,
    /// Run only these proofs
    #[arg(
        long,
        value_name = "PROOF",
        value_delimiter = ',',
        conflicts_with = "skip"
    )]
    pub(crate) only: Vec<Proof>,
    /// Run all proofs except these
    #[arg(long, value_name = "PROOF", value_delimiter = ',')]
    pub(crate) skip: Vec<Proof>,
    /// Take the solutions from another revision of the repository, such as a branch on which the exercises are solved
    #[arg(long, value_name = "REV")]
    pub(crate) solutions: Option<String>,
    /// Run every proof, even if the course doesn't follow this project's own rules
    #[arg(long, conflicts_with = "only")]
    pub(crate) house_rules: bool,
    /// Also test copies outside the repository with maturin and pytest, which come from the package index
    #[arg(long)]
    pub(crate) copied: bool,
    /// How many times a solution must pass under load
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) times: u16,
    /// The most mutants to try for one solution
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) mutants: u16,
    /// How many to test at a time; by default as many as there are processors
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
}

/// What kind of exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NewKind {
    /// A Python extension module written in Rust
    Extension,
    /// Rust only
    Rust,
    /// Python only
    Python,
}

impl From<NewKind> for Kind {
    fn from(kind: NewKind) -> Self {
        match kind {
            NewKind::Extension => Self::Extension,
            NewKind::Rust => Self::Rust,
            NewKind::Python => Self::Python,
        }
    }
}

/// `wr author new`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::AUTHOR_NEW)]
pub(crate) struct New {
    /// The chapter, by folder name or number; if there is no such folder, wr creates it
    pub(crate) chapter: String,
    /// The exercise's name, without its number: `moving_averages`
    pub(crate) name: String,
    /// What kind of exercise
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: NewKind,
    /// The exercise's number; later exercises shift to make room. By default the next free one
    #[arg(long, value_name = "N")]
    pub(crate) at: Option<u32>,
    /// The title of its page; by default derived from the name
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Make room even if there are uncommitted changes
    #[arg(long, requires = "at")]
    pub(crate) force: bool,
}

/// `wr author renumber`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::AUTHOR_RENUMBER)]
pub(crate) struct Renumber {
    /// The exercise to move, or the chapter that `--close` or `--insert-at` is about
    pub(crate) what: String,
    /// The exercise's new number
    #[arg(long, value_name = "N", required_unless_present_any = ["insert_at", "close"])]
    pub(crate) to: Option<u32>,
    /// The chapter to move the exercise to
    #[arg(long, value_name = "CHAPTER", requires = "to")]
    pub(crate) chapter: Option<String>,
    /// Free this number in the chapter for a new exercise
    #[arg(long, value_name = "N", conflicts_with_all = ["to", "close"])]
    pub(crate) insert_at: Option<u32>,
    /// Number the chapter's exercises without gaps
    #[arg(long, conflicts_with = "to")]
    pub(crate) close: bool,
    /// Only show what would be done
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Go ahead even if there are uncommitted changes
    #[arg(long)]
    pub(crate) force: bool,
}
