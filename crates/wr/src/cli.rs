//! The command line.

mod author;
mod lazy_args;
mod shown;

use std::ffi::OsString;
use std::num::NonZeroU8;
use std::path::Path;
use std::time::Duration;

use anatomy::why::Goal;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use self::author::{Author, Check as AuthorCheck, New, Renumber};
use self::lazy_args::LazyArgs;

/// A workshop runner for Python extension modules written in Rust.
///
/// Without a command, wr verifies the exercises that you have opened, in order. It stops at the first that is not
/// solved and tells you what to do about it; when all are solved it offers the next one.
///
/// In a project that maturin builds, wr builds the extension and runs the project's tests.
#[derive(Debug, Parser)]
#[command(name = "wr", version, max_term_width = 100, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Verb>,
    #[command(flatten)]
    pub(crate) global: Global,
}

const AFTER_HELP: &str = "\
Examples:
  wr                      go on with the course
  wr watch                verify on every save
  wr check                verify the exercise or project you are in
  wr open 1/2             go to an exercise by its numbers, or by its name
  wr list                 all exercises, and how far you are
  wr hint                 a first hint; `wr hint 2` for more
  wr explain WR0101       what a finding means
  wr inspect numpy        what is in an extension module, and what is wrong with it
  wr doctor               what the machine lacks, and how to mend it

Exit status: 0 solved, 1 not solved, 2 wrong usage or wr itself failed, 130 interrupted.";

/// Flags that work before and after the command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// Verify again what is solved already, and what has not changed since its last verdict
    #[arg(long, global = true)]
    pub(crate) recheck: bool,
    /// Open the next exercise and verify it, and so on, until one is not solved
    #[arg(long, global = true)]
    pub(crate) keep_going: bool,
    /// Show all that the tools print, as they print it
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
    /// When to use colours; `auto` respects `NO_COLOR`, `CLICOLOR_FORCE` and pipes
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// How to write the result; the JSON is described in the book, "JSON output"
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    /// The Python to use: a path, a name such as python3.12, or a version such as 3.12
    #[arg(long, global = true, value_name = "PYTHON")]
    pub(crate) python: Option<String>,
    /// How long tests may run, in seconds, whatever the course says; by default 60 in an exercise, 600 in a project, and 900
    /// for each command of a course
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) time_limit: Option<Duration>,
    /// How long each build may take, in seconds, whatever the course says; by default 600 in an exercise and 3600 in a project
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) build_time_limit: Option<Duration>,
    /// How much memory tests may hold, such as 4GiB, whatever the course says; half of the machine's by default
    #[arg(long, global = true, value_name = "SIZE", value_parser = bytes)]
    pub(crate) memory_limit: Option<u64>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How to write the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// The verbs, one file each in `command/`.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Verify the exercise or project you are in
    ///
    /// Without a target this is the exercise of the current directory, also from below it; elsewhere in the course it
    /// is the current exercise; outside a course's exercises it is the maturin project around the current directory. Several targets,
    /// or `--all`, are verified side by side, with one call of cargo for what shares a workspace.
    Check(LazyArgs<Check>),
    /// Verify on every save, at once
    ///
    /// Watches the exercise or project that `wr check` would verify. Every save is judged within a moment; a save made
    /// meanwhile ends the run that it makes stale. Keys: n next exercise, h hint, Enter again, q quit.
    Watch(LazyArgs<Target>),
    /// Go to an exercise
    ///
    /// Marks it as opened and makes it the current one, which `wr` verifies first.
    Open(LazyArgs<Open>),
    /// Show the chapters, the exercises, and how far you are
    List(LazyArgs<List>),
    /// Show the next hint for the current exercise
    ///
    /// Each time it shows the one after the last; when all were shown, it begins again.
    Hint(LazyArgs<Hint>),
    /// Explain a finding by its code, such as WR0101
    Explain(LazyArgs<Explain>),
    /// Not a verb of ours, but one that is looked for
    #[command(hide = true, alias = "restore")]
    Reset {
        /// What was to be brought back
        target: Option<String>,
    },
    /// For authors of a course: prove it, add an exercise, move exercises
    Author(LazyArgs<AuthorVerbs>),
    /// See into an extension, a wheel, an installed module or a project
    ///
    /// Shows what kind of thing it is, which init function Python calls, what it asks of Python and of the system, how it was
    /// built, and what is wrong with it. Nothing is loaded, imported or run, whatever the target is.
    ///
    /// A target is a file, a wheel, a directory of wheels or of libraries, a project's directory, or the name of a module or
    /// distribution that is installed in the environment in use: the active one, `.venv`, the course's own, or that of
    /// --python or `python3`. A name that is both a file and a module means the file. A file is judged for any Python, or for
    /// the one that --python names.
    ///
    /// With --for the question is another one: does the target load under the Pythons that you name, and if not, what stops it? With
    /// --environment it's asked for everything that is installed.
    ///
    /// Three questions have views of their own: --diff (what differs from the last release?), --release (who gets which
    /// wheel?) and --why (what makes it ask for so much?).
    ///
    /// Exit status: 0 everything could be read, 1 with --check and a finding, 2 something could not be read.
    Inspect(LazyArgs<Inspect>),
    /// Look at the machine: tool chain, Python, environments, variables, disk
    ///
    /// Says of each thing that a build needs what was seen, and the command that mends it on this system. Works in a
    /// course, in a project, and elsewhere. The exit status is 0 when nothing is wrong, advice or not, and 1 when something is;
    /// with --why-rebuild 1 when there is something to explain.
    Doctor(LazyArgs<Doctor>),
}

#[derive(Debug, Args)]
pub(crate) struct Target {
    /// An exercise (`01_intro/01_setup`, `1/1`, `01_setup`) or a directory
    pub(crate) target: Option<OsString>,
    /// Arguments for pytest, in a project: `wr watch -- -k name`
    #[arg(last = true)]
    pub(crate) pytest_args: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Exercises (`01_intro/01_setup`, `1/1`, `01_setup`) or directories
    pub(crate) targets: Vec<OsString>,
    /// Every exercise of the course, opened or not
    #[arg(long, conflicts_with = "targets")]
    pub(crate) all: bool,
    /// The course's solutions in place of the learner's work, for authors; alone, all of them
    #[arg(long)]
    pub(crate) solutions: bool,
    /// How many are tested at a time; as many as there are processors by default
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
    /// Arguments for pytest, in a project: `wr check -- -k name`
    #[arg(last = true)]
    pub(crate) pytest_args: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Open {
    /// The exercise: `01_intro/01_setup`, `1/1`, or its folder's name
    #[arg(conflicts_with_all = ["chapter", "exercise"])]
    pub(crate) target: Option<String>,
    /// The chapter, by number or folder name
    #[arg(long, requires = "exercise")]
    pub(crate) chapter: Option<String>,
    /// The exercise, by number or folder name
    #[arg(long, requires = "chapter")]
    pub(crate) exercise: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct List {}

#[derive(Debug, Args)]
pub(crate) struct AuthorVerbs {
    #[command(subcommand)]
    pub(crate) verb: Author,
}

#[derive(Debug, Args)]
pub(crate) struct Hint {
    /// Which hint, if not the next; the later ones say more
    pub(crate) number: Option<NonZeroU8>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code, such as WR0101; without it, all codes are listed
    pub(crate) code: Option<String>,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[command(after_help = INSPECT_EXAMPLES)]
pub(crate) struct Inspect {
    /// Files, wheels, directories, or names of installed modules and distributions; with --for also lock files
    #[arg(required_unless_present = "environment", value_name = "TARGET")]
    pub(crate) targets: Vec<OsString>,
    /// Say whether it loads under these Pythons: `3.15`, `3.15t` (free-threaded), `pypy3.11`, or an interpreter's path
    ///
    /// No interpreter has to be there for a version: what it takes is known. May be repeated, or take a list with commas.
    #[arg(long = "for", value_name = "PYTHON", value_delimiter = ',')]
    pub(crate) wanted: Vec<String>,
    /// The platform to go with --for, as wheels name it, such as `manylinux_2_28_x86_64`; this machine's by default
    #[arg(long, value_name = "PLATFORM", requires = "wanted")]
    pub(crate) platform: Option<String>,
    /// With --for: targets may be requirements, such as `orjson>=3`, or requirements.txt; pip asks the package index for wheels
    #[arg(long, requires = "wanted")]
    pub(crate) index: bool,
    /// Say for everything that's installed in an environment whether it loads: under its own Python, or under those of --for
    // Without a value it's the environment in use, which an empty text stands for.
    #[arg(long, value_name = "DIR|PYTHON", num_args = 0..=1, default_missing_value = "")]
    pub(crate) environment: Option<String>,
    /// End with status 1 when there is a finding, for scripts and CI; compares all files in wheels with their hashes as well
    #[arg(long)]
    pub(crate) check: bool,
    /// Compare an old binary, wheel or directory of wheels with a new one: `--diff OLD NEW`
    ///
    /// Shows what differs, what's worse for those who install it first: findings that came, floors that rose, wheels that
    /// went. With --check the status is 1 when something is worse.
    #[arg(long, conflicts_with_all = ["release", "why"])]
    pub(crate) diff: bool,
    /// Show which Python on which system is served by which wheel of a directory, and what its metadata promises
    ///
    /// Also says how few wheels would do. With --check the status is 1 when a promise isn't kept.
    #[arg(long, conflicts_with = "why")]
    pub(crate) release: bool,
    /// Say why a binary asks for so much: `glibc`, `abi3`, `abi3t`, `3.11` (what keeps it from that version) or `size`
    #[arg(long, value_name = "WHAT", value_parser = question)]
    pub(crate) why: Option<Question>,
    /// Only findings of these codes, or beginning so: `--select WR01,WR0603`
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// No findings of these codes, or beginning so; of two that fit, the longer decides
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
}

/// What `--why` asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// What sets the oldest glibc.
    Glibc,
    /// What keeps it from a stable ABI.
    Python(Goal),
    /// What the size is made of.
    Size,
}

fn question(text: &str) -> Result<Question, String> {
    match text {
        "glibc" => Ok(Question::Glibc),
        "size" => Ok(Question::Size),
        other => Goal::parse(other).map(Question::Python).ok_or_else(|| {
            "ask about glibc, abi3, abi3t, size, or a version of Python such as 3.11".to_owned()
        }),
    }
}

const INSPECT_EXAMPLES: &str = "\
Examples:
  wr inspect numpy        an installed module, without importing it
  wr inspect fast.abi3.so a file; --verbose lists every symbol and section
  wr inspect dist         every wheel in a directory, one line each
  wr inspect .            the project here: do its names and versions agree?
  wr inspect dist --check --ignore WR0607
                          in CI, before wheels are published
  wr inspect --for 3.15t,3.14 fast.abi3.so
                          does it load there, and if not, what stops it?
  wr inspect --environment --for 3.15
                          which of all that's installed would not load under Python 3.15?
  wr inspect --for 3.15t uv.lock
                          which locked packages have no wheel for it?
  wr inspect --for 3.15t --index 'orjson>=3'
                          has the package index a wheel for it?
  wr inspect --diff old/fast.abi3.so new/fast.abi3.so
                          what changed, and whom it hurts; also two wheels or releases
  wr inspect --release dist
                          which Python on which system gets which wheel
  wr inspect --why glibc fast.abi3.so
                          which functions ask for a new glibc, and what would help
  wr inspect --why 3.11 fast.whl
                          what keeps it from the stable ABI of Python 3.11";

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Mend what wr may mend itself: its own environments and files, never your code or progress
    #[arg(long)]
    pub(crate) fix: bool,
    /// Say why PyO3 was, or will be, compiled again: which variable or feature changed, from what to what
    #[arg(long, conflicts_with = "fix")]
    pub(crate) why_rebuild: bool,
}

fn bytes(text: &str) -> Result<u64, String> {
    course::size(text)
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| "not a size such as 512MiB or 4GiB".to_owned())
}

fn seconds(text: &str) -> Result<Duration, String> {
    let value: f64 = text
        .parse()
        .map_err(|_| "not a number of seconds".to_owned())?;
    if value <= 0.0 {
        return Err("a limit must be more than nothing".to_owned());
    }
    Duration::try_from_secs_f64(value).map_err(|error| error.to_string())
}

/// Reads the command line and settles the colours; clap answers `--help` and wrong usage by itself, with status 2.
pub(crate) fn parse() -> Cli {
    let mut cli = Cli::parse();
    cli.global.python = cli.global.python.map(|named| from_here(&named));
    let choice = match (cli.global.format, cli.global.color) {
        (Format::Json, Color::Auto) | (_, Color::Never) => anstream::ColorChoice::Never,
        (_, Color::Always) => anstream::ColorChoice::Always,
        (Format::Text, Color::Auto) => anstream::ColorChoice::Auto,
    };
    choice.write_global();
    cli
}

/// The Python that `--python` names by a path, as seen from the directory that the command was typed in: the command may go to
/// another one, and asks every interpreter in that of its own. Names and versions stay as they are.
pub(crate) fn from_here(named: &str) -> String {
    let path = Path::new(named);
    let is_path = named.contains(std::path::is_separator) || path.join("pyvenv.cfg").is_file();
    if !is_path {
        return named.to_owned();
    }
    std::path::absolute(path).map_or_else(
        |_| named.to_owned(),
        |path| path.to_string_lossy().into_owned(),
    )
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(args: &[&str]) -> Global {
        Cli::parse_from(args).global
    }

    #[test]
    fn a_python_is_named_from_here_and_a_version_from_everywhere() {
        for path in ["e/bin/python", "./e/bin/python", "/e/bin/python"] {
            let absolute = from_here(path);
            assert!(
                absolute.starts_with('/') && absolute.ends_with("/e/bin/python"),
                "{absolute}"
            );
            assert!(!absolute.contains("/./"));
        }
        for name in ["3.12", "python3.12", "python3"] {
            assert_eq!(from_here(name), name);
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_work_on_either_side_of_every_verb() {
        for verb in ["check", "inspect", "hint"] {
            let rest: &[&str] = if verb == "inspect" { &["x"] } else { &[] };
            for flags in [
                &["--verbose", "--recheck", "--format", "json"][..],
                &["--time-limit", "2"],
            ] {
                let before = [&["wr"], flags, &[verb], rest].concat();
                let after = [&["wr", verb], rest, flags].concat();
                let (before, after) = (parse(&before), parse(&after));
                let is_first = flags.len() > 2;
                for global in [before, after] {
                    assert_eq!(global.verbose && global.recheck, is_first, "{verb}");
                    assert_eq!(global.format == Format::Json, is_first, "{verb}");
                    assert_eq!(global.time_limit.is_none(), is_first, "{verb}");
                }
            }
        }
    }

    #[test]
    fn the_help_of_a_verb_lists_what_means_something_there() {
        let mut whole = Cli::command();
        whole.build();
        let mut help_of = |verb: &str| {
            let verb = whole.find_subcommand_mut(verb).unwrap();
            verb.render_long_help().to_string()
        };
        let inspect = help_of("inspect");
        for flag in ["--recheck", "--time-limit", "--memory-limit"] {
            assert!(!inspect.contains(flag), "{flag}\n{inspect}");
            assert!(help_of("check").contains(flag), "{flag}");
        }
        // Which exercise is next is a matter of `wr` alone.
        for verb in ["check", "watch", "author", "inspect"] {
            assert!(!help_of(verb).contains("--keep-going"), "{verb}");
        }
        assert!(inspect.contains("--python") && inspect.contains("--select"));
        assert!(inspect.contains("List every symbol") && inspect.contains("Inspection as JSON"));
        assert!(help_of("check").contains("Show all that the tools print"));
    }
}
