//! The command line.

mod author;
mod book;
mod completions;
mod examples;
mod hint;
mod lazy_args;
mod man;
mod new;
mod reset;
mod run;
mod shown;
mod watch;

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use anatomy::why::Goal;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::engine::ArgValueCompleter;

pub(crate) use self::author::{Author, Check as AuthorCheck, New, Renumber};
pub(crate) use self::book::Book;
pub(crate) use self::completions::Completions;
pub(crate) use self::hint::Hint;
use self::lazy_args::LazyArgs;
pub(crate) use self::man::Man;
pub(crate) use self::new::NewProject;
pub(crate) use self::reset::Reset;
pub(crate) use self::run::Run;
pub(crate) use self::watch::Watch;
use crate::completion;

/// A workshop runner for Python extension modules written in Rust.
///
/// Run without a command, wr verifies the exercises you have opened, in order. It stops at the first one that isn't
/// solved and tells you what to do about it. When all of them are solved, it offers you the next one.
///
/// In a maturin project, wr builds the extension and runs the project's tests.
#[derive(Debug, Parser)]
#[command(name = "wr", version, max_term_width = 100, after_help = examples::WR)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Verb>,
    #[command(flatten)]
    pub(crate) global: Global,
}

/// Flags that work before and after the command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// Verify again even what is already solved, or unchanged since its last verdict
    #[arg(long, global = true)]
    pub(crate) recheck: bool,
    /// When an exercise is solved, open and verify the next one, until one isn't solved
    #[arg(long, global = true)]
    pub(crate) keep_going: bool,
    /// Show everything the tools print, as they print it
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
    /// When to use colours; `auto` respects `NO_COLOR`, `CLICOLOR_FORCE` and pipes
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// Output format; the book's page "JSON output" describes the JSON
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    /// The Python to use: a path, a name such as python3.12, or a version such as 3.12
    #[arg(long, global = true, value_name = "PYTHON")]
    pub(crate) python: Option<String>,
    /// Time limit for tests, in seconds, instead of the course's; by default 60 in an exercise, 600 in a project, and
    /// 900 for each command of a course
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) time_limit: Option<Duration>,
    /// Time limit for each build, in seconds, instead of the course's; by default 600 in an exercise and 3600 in a
    /// project
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) build_time_limit: Option<Duration>,
    /// How much memory tests may use, such as 4GiB, instead of the course's limit; by default half of the machine's
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
    /// JUnit XML for CI, only with `wr check`
    Junit,
}

/// The verbs, one file each in `command/`.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Verify the exercise or project you are in
    ///
    /// Without a target, wr verifies the exercise you are in, even from a directory below it. Elsewhere in a course it
    /// verifies the current exercise, and outside a course's exercises the maturin project around the current directory.
    /// Several targets, or `--all`, are verified in parallel; crates that share a workspace are built with one call of
    /// cargo.
    Check(LazyArgs<Check>),
    /// Verify on every save
    ///
    /// Watches what `wr check` would verify, and gives you a verdict moments after every save. If you save again while
    /// a run is going on, wr stops that run and starts over.
    ///
    /// On a terminal, wr draws a screen: what's wrong with the code around it, hints, the course's exercises, and more.
    /// Press ? for all keys. In a pipe or with --plain it prints lines instead; their keys are n next exercise, p previous
    /// exercise, h hint, s solution, b the book, Enter run again, q quit.
    Watch(LazyArgs<Watch>),
    /// Read the course in your browser, with your exercise's state next to the text
    #[command(long_about = book::ABOUT)]
    Book(LazyArgs<Book>),
    /// Start Python with the extension of the exercise or project you are in
    ///
    /// Builds the extension if its sources have changed, and starts Python in the environment of the tests: the
    /// prompt, a script, `-c CODE` or `-m MODULE`. Python runs in your directory, and its exit status is that of
    /// `wr run`. If the extension can't be built or imported, wr says why, as `wr check` does, with exit status 1.
    Run(LazyArgs<Run>),
    /// Go to an exercise
    ///
    /// Opens it and makes it the current exercise, the one that `wr` verifies first.
    Open(LazyArgs<Open>),
    /// Go to the exercise after the one you are in
    ///
    /// Opens it even if you haven't solved the one before.
    Next(LazyArgs<Step>),
    /// Go back to the exercise before the one you are in
    #[command(alias = "previous")]
    Prev(LazyArgs<Step>),
    /// Compare your answer with the course's solution, and read why it's written that way
    ///
    /// Shows each difference: lines that only you have, and lines that only the solution has. Before an exercise is solved, wr shows the
    /// solution only with --anyway.
    Solution(LazyArgs<Solution>),
    /// Show the chapters, the exercises, and your progress
    List(LazyArgs<List>),
    /// Show the next hint for the current exercise
    ///
    /// Each call shows the next hint. After the last one it starts over.
    Hint(LazyArgs<Hint>),
    /// Explain a finding by its code, such as WR0101
    Explain(LazyArgs<Explain>),
    /// Restore an exercise's original files; yours are backed up first
    ///
    /// The original files come from git: from the newest commit that you share with the repository you cloned, otherwise
    /// from your last commit. Files that you added are moved into the backup, and what tools made, such as `target` and
    /// `.venv`, stays. The exercise counts as opened again.
    #[command(alias = "restore")]
    Reset(LazyArgs<Reset>),
    /// Start an extension project that works from the first build
    ///
    /// Writes a crate with PyO3, a pyproject.toml for maturin, type stubs, tests, a workflow for GitHub, a README and a
    /// .gitignore. The directory has to be missing or empty. The command is called `new` because it creates a directory,
    /// as `cargo new` and `maturin new` do.
    #[command(alias = "init")]
    New(LazyArgs<NewProject>),
    /// For course authors: prove a course, add exercises, move exercises
    Author(LazyArgs<AuthorVerbs>),
    /// Look inside an extension, a wheel, an installed module or a project
    ///
    /// Shows what kind of thing it is, which init function Python calls, what it requires of Python and of the system,
    /// how it was built, and what's wrong with it. Whatever the target is, nothing is loaded, imported or run.
    ///
    /// A target is a file, a wheel, a directory of wheels or libraries, a project's directory, or the name of a module
    /// or distribution installed in the environment in use: the active one, `.venv`, the course's own, or that of
    /// --python or `python3`. If a name is both a file and a module, wr takes the file. A file is judged for Python in
    /// general, or for the one that --python names.
    ///
    /// With --for, wr answers a different question: does the target load under the Pythons you name, and if not, what
    /// stops it? With --environment it answers that for everything installed.
    ///
    /// Three more questions have views of their own: --diff (what has changed since the last release?), --release (who
    /// gets which wheel?) and --why (why does it require so much?).
    ///
    /// Exit status: 0 everything could be read, 1 with --check and a finding, 2 something could not be read.
    Inspect(LazyArgs<Inspect>),
    /// Check this machine: toolchain, Python, environments, variables, disk
    ///
    /// For everything a build needs, shows what was found and, if something is wrong, the command that fixes it on this
    /// system. Works in a course, in a project, and anywhere else. Exit status: 0 nothing is wrong, even if there is
    /// advice; 1 something is wrong, or, with --why-rebuild, there is something to explain.
    Doctor(LazyArgs<Doctor>),
    /// Make your shell complete wr's commands, flags and the names of exercises
    ///
    /// Writes a script for the shell to standard output. The script asks wr whenever you press Tab, so it doesn't have
    /// to be updated with wr.
    Completions(LazyArgs<Completions>),
    /// Show the manual page of wr or of one of its commands
    ///
    /// The manual says the same as --help. If standard output isn't a terminal, wr writes the page's source.
    Man(LazyArgs<Man>),
}

#[derive(Debug, Args)]
pub(crate) struct Target {
    /// An exercise (`01_intro/01_setup`, `1/1`, `01_setup`) or a directory
    #[arg(add = ArgValueCompleter::new(completion::targets))]
    pub(crate) target: Option<OsString>,
    /// Arguments for pytest, in a project: `wr watch -- -k name`
    #[arg(last = true)]
    pub(crate) pytest_args: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = examples::CHECK)]
pub(crate) struct Check {
    /// Exercises (`01_intro/01_setup`, `1/1`, `01_setup`) or directories
    #[arg(add = ArgValueCompleter::new(completion::targets))]
    pub(crate) targets: Vec<OsString>,
    /// Verify every exercise of the course, opened or not
    #[arg(long, conflicts_with = "targets")]
    pub(crate) all: bool,
    /// Verify the course's solutions instead of your own work (for authors); without a target, all of them
    #[arg(long)]
    pub(crate) solutions: bool,
    /// How many to test at a time; by default as many as there are processors
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
    /// Arguments for pytest, in a project: `wr check -- -k name`
    #[arg(last = true)]
    pub(crate) pytest_args: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = examples::OPEN)]
pub(crate) struct Open {
    /// The exercise: `01_intro/01_setup`, `1/1`, or its folder's name
    #[arg(conflicts_with_all = ["chapter", "exercise"], add = ArgValueCompleter::new(completion::exercises))]
    pub(crate) target: Option<String>,
    /// The chapter, by number or folder name
    #[arg(long, requires = "exercise", add = ArgValueCompleter::new(completion::chapters))]
    pub(crate) chapter: Option<String>,
    /// The exercise, by number or folder name
    #[arg(long, requires = "chapter")]
    pub(crate) exercise: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = examples::STEP)]
pub(crate) struct Step {}

#[derive(Debug, Args)]
#[command(after_help = examples::SOLUTION)]
pub(crate) struct Solution {
    /// An exercise (`01_intro/01_setup`, `1/1`, `01_setup`); by default the one you are in, or the current one
    #[arg(add = ArgValueCompleter::new(completion::exercises))]
    pub(crate) target: Option<String>,
    /// Show it even though the exercise isn't solved
    #[arg(long)]
    pub(crate) anyway: bool,
}

#[derive(Debug, Args)]
#[command(after_help = examples::LIST)]
pub(crate) struct List {
    /// Chapters to list with all their exercises: numbers or folder names
    #[arg(add = ArgValueCompleter::new(completion::chapters))]
    pub(crate) chapters: Vec<String>,
    /// List the exercises of every chapter
    #[arg(long, conflicts_with = "chapters")]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AuthorVerbs {
    #[command(subcommand)]
    pub(crate) verb: Author,
}

#[derive(Debug, Args)]
#[command(after_help = examples::EXPLAIN)]
pub(crate) struct Explain {
    /// The code, such as WR0101; without it, wr lists all codes
    #[arg(add = ArgValueCompleter::new(completion::codes))]
    pub(crate) code: Option<String>,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate flag")]
#[command(after_help = examples::INSPECT)]
pub(crate) struct Inspect {
    /// Files, wheels, directories, or names of installed modules and distributions; with --for also lock files
    #[arg(required_unless_present = "environment", value_name = "TARGET", value_hint = ValueHint::AnyPath)]
    pub(crate) targets: Vec<OsString>,
    /// Say whether it loads under these Pythons: `3.15`, `3.15t` (free-threaded), `pypy3.11`, or the path of an
    /// interpreter
    ///
    /// A version needn't be installed: wr knows what it requires. Repeat the flag, or separate values with commas.
    #[arg(long = "for", value_name = "PYTHON", value_delimiter = ',')]
    pub(crate) wanted: Vec<String>,
    /// The platform to use with --for, as wheels name it, such as `manylinux_2_28_x86_64`; by default this machine's
    #[arg(long, value_name = "PLATFORM", requires = "wanted")]
    pub(crate) platform: Option<String>,
    /// With --for: also accept requirements, such as `orjson>=3` or requirements.txt; pip asks the package index for
    /// wheels
    #[arg(long, requires = "wanted")]
    pub(crate) index: bool,
    /// Say whether everything installed in an environment loads: under its own Python, or under those given by --for
    // Without a value it's the environment in use, which the empty string stands for.
    #[arg(long, value_name = "DIR|PYTHON", num_args = 0..=1, default_missing_value = "")]
    pub(crate) environment: Option<String>,
    /// Exit with status 1 if there is a finding, for scripts and CI; also compares every file in a wheel with its hash
    #[arg(long)]
    pub(crate) check: bool,
    /// Compare an old binary, wheel or directory of wheels with a new one: `--diff OLD NEW`
    ///
    /// Shows what differs, starting with what's worse for people who install it: new findings, higher minimum versions,
    /// missing wheels. With --check, the status is 1 if something is worse.
    #[arg(long, conflicts_with_all = ["release", "why"])]
    pub(crate) diff: bool,
    /// Show which wheel in a directory serves which Python on which system, and what the metadata promises
    ///
    /// Also says how few wheels would be enough. With --check, the status is 1 if a promise isn't kept.
    #[arg(long, conflicts_with = "why")]
    pub(crate) release: bool,
    /// Say why a binary requires so much: `glibc`, `abi3`, `abi3t`, `3.11` (what keeps it from that version) or `size`
    #[arg(long, value_name = "WHAT", value_parser = question)]
    pub(crate) why: Option<Question>,
    /// Show only findings whose codes start with one of these: `--select WR01,WR0603`
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Leave out findings whose codes start with one of these; if --select matches too, the longer one decides
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
}

/// What `--why` asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Which functions need the newest glibc.
    Glibc,
    /// What keeps it from a stable ABI.
    Python(Goal),
    /// What makes it so large.
    Size,
}

fn question(text: &str) -> Result<Question, String> {
    match text {
        "glibc" => Ok(Question::Glibc),
        "size" => Ok(Question::Size),
        other => Goal::parse(other).map(Question::Python).ok_or_else(|| {
            "expected glibc, abi3, abi3t, size, or a Python version such as 3.11".to_owned()
        }),
    }
}

#[derive(Debug, Args)]
#[command(after_help = examples::DOCTOR)]
pub(crate) struct Doctor {
    /// Fix what wr can fix itself: its own environments and files, never your code or progress
    #[arg(long)]
    pub(crate) fix: bool,
    /// Say why PyO3 was, or will be, recompiled: which variable or feature changed, from what to what
    #[arg(long, conflicts_with = "fix")]
    pub(crate) why_rebuild: bool,
}

fn bytes(text: &str) -> Result<u64, String> {
    course::size(text)
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| "expected a size such as 512MiB or 4GiB".to_owned())
}

fn seconds(text: &str) -> Result<Duration, String> {
    let value: f64 = text
        .parse()
        .map_err(|_| "expected a number of seconds".to_owned())?;
    if value <= 0.0 {
        return Err("a limit must be greater than zero".to_owned());
    }
    Duration::try_from_secs_f64(value).map_err(|error| error.to_string())
}

/// The whole command line, for completions and manuals.
pub(crate) fn definition() -> clap::Command {
    Cli::command()
}

/// Parses the command line and sets up colours. clap handles `--help` and wrong usage itself, with status 2.
pub(crate) fn parse() -> Cli {
    let mut cli = Cli::parse();
    cli.global.python = cli.global.python.map(|named| from_here(&named));
    let choice = match (cli.global.format, cli.global.color) {
        (Format::Json | Format::Junit, Color::Auto) | (_, Color::Never) => {
            anstream::ColorChoice::Never
        }
        (_, Color::Always) => anstream::ColorChoice::Always,
        (Format::Text, Color::Auto) => anstream::ColorChoice::Auto,
    };
    choice.write_global();
    cli
}

/// Resolves the path in `--python` against the directory the command was typed in, because the command may change
/// directory and then starts interpreters from there. Names and versions stay as they are.
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
    use super::*;

    fn parse(args: &[&str]) -> Global {
        Cli::parse_from(args).global
    }

    #[test]
    fn a_python_path_is_made_absolute_and_a_version_is_kept() {
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
    fn the_help_of_a_verb_lists_only_flags_that_apply() {
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
        // Only `wr` without a verb and a watch move on to the next exercise.
        for verb in ["check", "book", "author", "inspect"] {
            assert!(!help_of(verb).contains("--keep-going"), "{verb}");
        }
        assert!(inspect.contains("--python") && inspect.contains("--select"));
        assert!(inspect.contains("List every symbol") && inspect.contains("Inspection as JSON"));
        assert!(help_of("check").contains("Show everything the tools print"));
    }
}
