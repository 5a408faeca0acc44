//! The command line of `wr author`.

use author::{Kind, Proof};
use clap::{Args, Subcommand, ValueEnum};

/// What an author does.
#[derive(Debug, Subcommand)]
pub(crate) enum Author {
    /// Prove that exercises are what they claim to be
    ///
    /// Without exercises, all of the course. Quick proofs come first. The starter has to fail as its .wr.toml says, the
    /// solution has to pass, each wrong answer has to be rejected, and the tests have to notice when the solution is
    /// changed. The book's page "Proving a course" describes every proof.
    #[command(after_help = PROOFS)]
    Check(Check),
    /// Write a new exercise: starter, tests, solution, wrong answers, hints and a page, ready to be filled
    New(New),
    /// Move exercises, with their solutions, pages, links and learners' progress
    ///
    /// The exercises between the old place and the new one make room. What a learner has solved stays solved: the old
    /// name is written into the exercise's .wr.toml, under `formerly`.
    Renumber(Renumber),
}

const PROOFS: &str = "\
Proofs, in order:
  names      folders are named and numbered as a course's are
  files      page, hints, solution and wrong answers are there, with no placeholder
  manifests  manifests agree in names and versions
  protected  the digests of the tests are fresh
  giveaway   the starter does not give the solution away
  starter    the starter fails as its .wr.toml says
  wrong      each wrong answer is rejected as its .wr.toml says
  solution   the solution passes
  clean      the solution is formatted, without a warning of the compiler or clippy
  load       the solution passes again and again while every processor is busy
  mutants    the tests notice when the solution is changed
  copied     copied out, it works with maturin and pytest (only when asked for)

A course with neither solutions beside its exercises nor [expect] is asked for names, protected, starter, wrong and
solution, which hold for every course; --house-rules asks for all.

Exit status: 0 all holds, 1 there are defects, 2 wrong usage or wr itself failed, 130 interrupted.";

/// `wr author check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Exercises (`01_intro/01_setup`, `1/1`, `01_setup`), or chapters by their folder's name; all by default
    pub(crate) exercises: Vec<String>,
    /// Only these proofs
    #[arg(
        long,
        value_name = "PROOF",
        value_delimiter = ',',
        conflicts_with = "skip"
    )]
    pub(crate) only: Vec<Proof>,
    /// All but these proofs
    #[arg(long, value_name = "PROOF", value_delimiter = ',')]
    pub(crate) skip: Vec<Proof>,
    /// Take the solutions from another revision of the repository, such as a branch on which the exercises are solved
    #[arg(long, value_name = "REV")]
    pub(crate) solutions: Option<String>,
    /// Ask for everything, although the course doesn't follow this project's own rules
    #[arg(long, conflicts_with = "only")]
    pub(crate) house_rules: bool,
    /// Also try copies outside the repository with maturin and pytest, which are fetched from the package index
    #[arg(long)]
    pub(crate) copied: bool,
    /// How many times a solution has to pass under load
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) times: u16,
    /// How many mutants of a solution are tried at most
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) mutants: u16,
    /// How many are judged at a time; as many as there are processors by default
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
}

/// What kind of exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NewKind {
    /// A Python extension module written in Rust
    Extension,
    /// Rust alone
    Rust,
    /// Python alone
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
pub(crate) struct New {
    /// The chapter: its folder's name or number; a folder that is not there is made
    pub(crate) chapter: String,
    /// The exercise's name, without a number: `moving_averages`
    pub(crate) name: String,
    /// What kind of exercise
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: NewKind,
    /// The number that it gets, later ones making room; the next one of the chapter by default
    #[arg(long, value_name = "N")]
    pub(crate) at: Option<u32>,
    /// The title of its page; made of the name by default
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Move others to make room even though there are changes that git does not know yet
    #[arg(long, requires = "at")]
    pub(crate) force: bool,
}

/// `wr author renumber`.
#[derive(Debug, Args)]
pub(crate) struct Renumber {
    /// The exercise to move, or the chapter that `--close` or `--insert-at` is about
    pub(crate) what: String,
    /// The number that the exercise gets
    #[arg(long, value_name = "N", required_unless_present_any = ["insert_at", "close"])]
    pub(crate) to: Option<u32>,
    /// The chapter that the exercise goes to
    #[arg(long, value_name = "CHAPTER", requires = "to")]
    pub(crate) chapter: Option<String>,
    /// Free this number in the chapter, for an exercise to come
    #[arg(long, value_name = "N", conflicts_with_all = ["to", "close"])]
    pub(crate) insert_at: Option<u32>,
    /// Number the chapter's exercises without gaps
    #[arg(long, conflicts_with = "to")]
    pub(crate) close: bool,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Even though there are changes that git does not know yet
    #[arg(long)]
    pub(crate) force: bool,
}
