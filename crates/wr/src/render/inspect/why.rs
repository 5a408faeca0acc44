//! Why a binary asks for so much, as text.

use anatomy::facts::{Architecture, CrateVersion, Version};
use anatomy::python_api::Membership;
use anatomy::why::{
    Binding, Cause, GlibcFloor, GlibcNeed, Goal, Naming, Obstacle, PartKind, PythonFloor, SizeFacts,
};
use diagnostic::some;
use serde::Serialize;

use super::{counted, size};
use crate::cli::Question;
use crate::render::plain::{held, name, say, sentence, show};
use crate::render::style::{BOLD, DIM, GOOD, WARN};
use crate::render::wrap::wrapped;

/// How many symbols are shown of one cause without `--verbose`.
const SYMBOLS: usize = 8;

/// How many crates are shown without `--verbose`.
const CRATES: usize = 20;

/// How many sections of a part are named.
const SECTIONS: usize = 4;

/// Where the text of a line begins.
const COLUMN: usize = 4;

/// The answers for one target.
#[derive(Debug, Serialize)]
pub(crate) struct Answered {
    pub(crate) target: String,
    #[serde(rename = "binaries")]
    pub(crate) answers: Vec<Answer>,
}

/// The answer for one binary.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    /// Its path in what it is part of.
    #[serde(rename = "path")]
    pub(crate) part: Option<String>,
    /// Of a universal file, which architecture.
    pub(crate) architecture: Option<Architecture>,
    #[serde(flatten)]
    pub(crate) found: Found,
}

/// What was found.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Found {
    Glibc(Option<GlibcFloor>),
    Python(Box<PythonFloor>),
    #[serde(untagged)]
    Size {
        size: Box<SizeFacts>,
        /// Crates that left their paths, whatever became of the names of their functions.
        traces: Vec<CrateVersion>,
    },
}

pub(crate) fn print(question: Question, answered: &[Answered], verbose: bool) {
    for one in answered {
        show(&held(|| {
            say!("{BOLD}{}{BOLD:#}", name(&one.target));
            if one.answers.is_empty() {
                say!("\n  there's no binary in it that this question is about");
            }
            let floor = match question {
                Question::Glibc => floor_of_all(one),
                _ => None,
            };
            if let Some(floor) = floor {
                say!("\n  {}", wrapped(&floor, 2));
            }
            for answer in &one.answers {
                self::answer(answer, verbose);
            }
            say!();
        }));
    }
}

/// Of several binaries, which one sets the floor.
fn floor_of_all(answered: &Answered) -> Option<String> {
    if answered.answers.len() < 2 {
        return None;
    }
    let floor = |answer: &Answer| match &answer.found {
        Found::Glibc(floor) => floor.as_ref().map(|floor| floor.floor.clone()),
        _ => None,
    };
    let highest = answered.answers.iter().filter_map(floor).max()?;
    let names: Vec<String> = answered
        .answers
        .iter()
        .filter(|answer| floor(answer).as_ref() == Some(&highest))
        .filter_map(|answer| {
            answer
                .part
                .as_deref()
                .map(|part| sentence(part).into_owned())
        })
        .collect();
    Some(format!(
        "All of it needs glibc {highest} or newer, because of {}.",
        some(&names, SECTIONS)
    ))
}

fn answer(answer: &Answer, verbose: bool) {
    let architecture = answer
        .architecture
        .map_or_else(String::new, |one| format!(" for {one}"));
    if answer.part.is_some() || answer.architecture.is_some() {
        say!(
            "\n  {BOLD}{}{BOLD:#}{architecture}",
            name(answer.part.as_deref().unwrap_or("the slice"))
        );
    } else {
        say!();
    }
    match &answer.found {
        Found::Glibc(None) => say!("  {GOOD}it asks for no version of glibc{GOOD:#}"),
        Found::Glibc(Some(floor)) => glibc(floor, verbose),
        Found::Python(floor) => python(floor, verbose),
        Found::Size { size, traces } => self::sizes(size, traces, verbose),
    }
}

fn glibc(floor: &GlibcFloor, verbose: bool) {
    say!(
        "  needs {BOLD}glibc {}{BOLD:#} or newer: {}",
        floor.floor,
        tags(&floor.floor)
    );
    // What is older than the next step doesn't matter before the steps above are taken.
    let shown = if verbose { usize::MAX } else { 4 };
    for need in floor.needs.iter().take(shown) {
        self::need(need, verbose);
    }
    if floor.needs.len() > shown {
        let (oldest, newest) = (
            floor.needs.last().map(|need| &need.version),
            floor.needs.get(shown).map(|need| &need.version),
        );
        if let (Some(oldest), Some(newest)) = (oldest, newest) {
            say!(
                "  {DIM}and {}, {oldest} to {newest}; --verbose lists all{DIM:#}",
                counted(floor.needs.len() - shown, "older version")
            );
        }
    }
    say!();
    let help = match &floor.relinked {
        _ if floor.floor <= oldest_in_use() => {
            "every glibc in use is newer than that: nothing has to be done".to_owned()
        }
        Some(relinked) => {
            let policy = tags(relinked);
            format!(
                "linked against an older glibc, the same code would need no newer one than {relinked}: build in a {policy} container, or with `maturin build --zig --compatibility {policy}`"
            )
        }
        None => {
            "linking against an older glibc changes nothing: what asks for this version is new in it, and the code has to do without".to_owned()
        }
    };
    say!("  {BOLD}help{BOLD:#}: {}", wrapped(&help, 8));
}

/// The glibc of manylinux2014, the oldest for which wheels are built today.
fn oldest_in_use() -> Version {
    Version::parse("2.17").unwrap_or_else(|| unreachable!("it's a version"))
}

/// The tag of a wheel that may need a version.
fn tags(version: &Version) -> String {
    let text = version.to_string();
    let minor: u32 = text
        .split('.')
        .nth(1)
        .and_then(|minor| minor.parse().ok())
        .unwrap_or(0);
    // Older policies than that of manylinux2014 have no build images any more.
    format!("manylinux_2_{}", minor.max(17))
}

fn need(need: &GlibcNeed, verbose: bool) {
    say!("\n  {BOLD}{}{BOLD:#}", need.version);
    let mut relink: Vec<(String, Vec<String>)> = Vec::new();
    let mut new = Vec::new();
    let mut first = Vec::new();
    let mut tools: Vec<(&str, Vec<String>)> = Vec::new();
    for symbol in &need.symbols {
        let weak = if symbol.weak { " (optional)" } else { "" };
        let shown = format!("{}{weak}", sentence(&symbol.name));
        match &symbol.cause {
            Cause::Relink { older } => {
                let older = older.to_string();
                match relink.iter_mut().find(|(known, _)| *known == older) {
                    Some((_, names)) => names.push(shown),
                    None => relink.push((older, vec![shown])),
                }
            }
            Cause::New => new.push(shown),
            Cause::First => first.push(shown),
            Cause::ToolChain { advice, .. } => {
                match tools.iter_mut().find(|(known, _)| known == advice) {
                    Some((_, names)) => names.push(shown),
                    None => tools.push((advice, vec![shown])),
                }
            }
        }
    }
    let shown = if verbose { usize::MAX } else { SYMBOLS };
    let line = |names: &[String], what: &str| {
        if !names.is_empty() {
            say!(
                "    {}",
                wrapped(&format!("{}: {what}", some(names, shown)), COLUMN)
            );
        }
    };
    line(&new, "new in this version");
    for (advice, names) in &tools {
        line(names, advice);
    }
    for (older, names) in &relink {
        line(
            names,
            &format!("there since {older}; linked against an older glibc, the code asks for that"),
        );
    }
    line(&first, "there's none older on this architecture");
}

fn python(floor: &PythonFloor, verbose: bool) {
    let goal = floor.goal;
    if floor.symbols == 0 {
        say!("  {GOOD}it asks nothing of Python's C API{GOOD:#}");
        return;
    }
    if floor.is_reached() {
        let since = floor.stable_abi.map_or_else(String::new, |since| {
            format!(": by its symbols from Python {since} on")
        });
        say!(
            "  {GOOD}nothing that its symbols show keeps it from {goal}{GOOD:#}{since} ({})",
            counted(floor.symbols, "symbol")
        );
        unseen(goal);
        return;
    }
    if floor.obstacles.is_empty() {
        say!(
            "  all {} are in {goal}, and still:",
            counted(floor.symbols, "symbol")
        );
    } else {
        say!(
            "  {WARN}{} of {}{WARN:#} of Python's C API {} not in {goal}",
            floor.obstacles.len(),
            counted(floor.symbols, "symbol"),
            if floor.obstacles.len() == 1 {
                "is"
            } else {
                "are"
            },
        );
        if let Some(rest) = floor.without_obstacles {
            say!("  {DIM}without them it would load from Python {rest} on{DIM:#}");
        }
    }
    if let Some(library) = &floor.library_of_one_version {
        say!(
            "  {}",
            wrapped(
                &format!(
                    "it's linked with `{}`, which is that of one version: leave it out of the link, on Windows link `python3.dll`",
                    sentence(library)
                ),
                2
            )
        );
    }
    for function in &floor.init_functions {
        let what = match goal {
            Goal::Abi3t(_) => format!(
                "`{}` returns a structure that abi3t doesn't describe: export `PyModExport_…` as well (PEP 793)",
                sentence(function)
            ),
            Goal::Abi3(_) => format!(
                "`{}` is called from Python 3.15 on: export `PyInit_…` as well",
                sentence(function)
            ),
        };
        say!("  {}", wrapped(&what, 2));
    }
    say!();
    let shown = if verbose { usize::MAX } else { 24 };
    let width = floor
        .obstacles
        .iter()
        .take(shown)
        .map(|one| one.symbol.chars().count())
        .max()
        .unwrap_or(0)
        .min(34);
    for one in floor.obstacles.iter().take(shown) {
        obstacle(one, width);
    }
    if floor.obstacles.len() > shown {
        say!(
            "    {DIM}and {} more; --verbose lists all{DIM:#}",
            floor.obstacles.len() - shown
        );
    }
    if !floor.obstacles.is_empty() {
        say!();
    }
    if let Some(advice) = floor
        .binding
        .as_ref()
        .and_then(|binding| advice(binding, goal))
    {
        say!("  {BOLD}help{BOLD:#}: {}", wrapped(&advice, 8));
    }
    unseen(goal);
}

fn obstacle(obstacle: &Obstacle, width: usize) {
    let belongs = match obstacle.membership {
        Membership::StableAbi { since, .. } => format!("since {since}"),
        Membership::FullApi => "not stable".to_owned(),
        Membership::Private => "private".to_owned(),
        Membership::PyPy => "PyPy".to_owned(),
    };
    let instead = obstacle.replacement.unwrap_or("no replacement is known");
    let column = COLUMN + width + 2 + 12;
    let symbol = name(&obstacle.symbol);
    say!(
        "    {symbol:<width$}  {DIM}{belongs:<10}{DIM:#}  {}",
        wrapped(&instead.replace('`', ""), column)
    );
}

/// What a generator of bindings can be told.
fn advice(binding: &Binding, goal: Goal) -> Option<String> {
    let version = goal.version();
    let short = |fallback: &str| {
        version.map_or_else(
            || fallback.to_owned(),
            |version| format!("{}{}", version.major, version.minor),
        )
    };
    Some(match (binding, goal) {
        (Binding::Pyo3 { version }, Goal::Abi3(_)) => format!(
            "PyO3 {version} uses the stable functions itself when it's built with the feature `abi3-py{}`; what its code then still misses, the compiler names",
            short("311")
        ),
        (Binding::Pyo3 { version }, Goal::Abi3t(_)) => format!(
            "PyO3 {version} is in it; a PyO3 with a feature for abi3t uses the stable functions itself, and exports `PyModExport_…`"
        ),
        (Binding::Cython, _) => format!(
            "Cython 3.1 and later compile for the limited API with the macro `Py_LIMITED_API` set to 0x03{:02X}0000, and setuptools with `py_limited_api=True`",
            version.map_or(11, |version| version.minor)
        ),
        (Binding::Nanobind, _) => {
            "nanobind builds for the stable ABI with `STABLE_ABI` in `nanobind_add_module`, from Python 3.12 on".to_owned()
        }
        (Binding::Pybind11, _) => {
            "pybind11 has no mode for the stable ABI: another binding, such as nanobind, has".to_owned()
        }
        (Binding::Cffi, _) => {
            "CFFI's modules keep to the stable ABI when `py_limited_api` isn't switched off".to_owned()
        }
        (Binding::Swig, _) => {
            "SWIG 4.2 and later generate code for the limited API with the macro `Py_LIMITED_API`".to_owned()
        }
    })
}

/// What symbols don't show.
fn unseen(goal: Goal) {
    let fields = match goal {
        Goal::Abi3(_) => {
            "macros that read fields, such as `PyList_GET_ITEM`, `PyTuple_GET_ITEM` or `PyBytes_AS_STRING`, leave no symbol; the compiler refuses them with `Py_LIMITED_API`"
        }
        Goal::Abi3t(_) => {
            "what reads the fields of objects leaves no symbol, as `Py_TYPE` and `Py_REFCNT` in old headers; the compiler refuses it with `Py_TARGET_ABI3T`"
        }
    };
    say!(
        "  {DIM}{}{DIM:#}",
        wrapped(&format!("not seen here: {fields}"), 2)
    );
}

fn sizes(found: &SizeFacts, traces: &[CrateVersion], verbose: bool) {
    say!("  {BOLD}{}{BOLD:#} in the file", size(found.size));
    for part in &found.parts {
        let sections: Vec<String> = part
            .sections
            .iter()
            .map(|(section, bytes)| match part.sections.len() {
                1 => name(section).into_owned(),
                _ => format!("{} {}", name(section), size(*bytes)),
            })
            .collect();
        let shown = if verbose { sections.len() } else { SECTIONS };
        say!(
            "    {:>9} {:>5}  {:<12} {DIM}{}{DIM:#}",
            size(part.size),
            percent(part.size, found.size),
            part_name(part.kind),
            wrapped(&some(&sections, shown), 32)
        );
    }
    say!();
    match found.naming {
        Naming::None | Naming::Exported => stripped(found, traces, verbose),
        Naming::All => by_crate(found, verbose),
    }
    advise(found);
}

fn by_crate(found: &SizeFacts, verbose: bool) {
    say!(
        "  {BOLD}{}{BOLD:#} of code by crate, by the names of its functions",
        size(found.named_code)
    );
    let shown = if verbose { usize::MAX } else { CRATES };
    for one in found.crates.iter().take(shown) {
        say!(
            "    {:>9} {:>5}  {:<28} {DIM}{}{DIM:#}",
            size(one.size),
            percent(one.size, found.named_code),
            name(&one.name),
            counted(one.functions, "function")
        );
    }
    if found.crates.len() > shown {
        let rest: u64 = found.crates.iter().skip(shown).map(|one| one.size).sum();
        say!(
            "    {:>9} {:>5}  {DIM}{} more; --verbose lists all{DIM:#}",
            size(rest),
            percent(rest, found.named_code),
            counted(found.crates.len() - shown, "crate")
        );
    }
    say!();
}

/// What is known where the names of functions were taken out.
fn stripped(found: &SizeFacts, traces: &[CrateVersion], verbose: bool) {
    let names = if found.naming == Naming::Exported {
        "only exported functions have names here"
    } else {
        "no function has a name here"
    };
    say!(
        "  {}",
        wrapped(
            &format!(
                "Which crate the code is from isn't known: {names}. Build without stripping to see it, by `CARGO_PROFILE_RELEASE_STRIP=false`."
            ),
            2
        )
    );
    if !traces.is_empty() {
        let crates: Vec<String> = traces
            .iter()
            .map(|one| sentence(&format!("{} {}", one.name, one.version)).into_owned())
            .collect();
        let shown = if verbose { usize::MAX } else { CRATES };
        say!(
            "  {}",
            wrapped(
                &format!(
                    "These crates left their paths in it: {}.",
                    some(&crates, shown)
                ),
                2
            )
        );
    }
    say!();
}

/// What would make it smaller at once.
fn advise(found: &SizeFacts) {
    let of = |kind: PartKind| {
        found
            .parts
            .iter()
            .find(|part| part.kind == kind)
            .map_or(0, |part| part.size)
    };
    let debug = of(PartKind::Debug);
    let named = found
        .parts
        .iter()
        .filter(|part| part.kind == PartKind::Symbols)
        .flat_map(|part| &part.sections)
        .filter(|(section, _)| section == ".symtab" || section == ".strtab")
        .fold(0_u64, |sum, (_, size)| sum.saturating_add(*size));
    let saved = debug.saturating_add(named);
    if saved > 0 {
        say!(
            "  {BOLD}help{BOLD:#}: {}",
            wrapped(
                &format!(
                    "`strip = true` in `[profile.release]` takes out debug information and names: {} less",
                    size(saved)
                ),
                8
            )
        );
    }
}

fn part_name(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Code => "code",
        PartKind::Constants => "constants",
        PartKind::Data => "data",
        PartKind::Unwinding => "unwinding",
        PartKind::Relocations => "relocations",
        PartKind::Symbols => "symbols",
        PartKind::Debug => "debug",
        PartKind::Rest => "rest",
    }
}

fn percent(part: u64, whole: u64) -> String {
    let permille = part.saturating_mul(1000).checked_div(whole).unwrap_or(0);
    format!("{}.{}%", permille / 10, permille % 10)
}
