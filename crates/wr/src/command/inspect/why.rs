//! `wr inspect --why WHAT TARGET`: why a binary requires so much.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::process::ExitCode;

use anatomy::wheel::{Hashes, binaries_of_wheel};
use anatomy::why::{SizeFacts, binding, glibc_floor, python_floor, sizes};
use anatomy::{Facts, facts::Image};

use super::{UNREADABLE, look_at};
use crate::cli::{self, Global, Question};
use crate::error::CommandError;
use crate::inspect::{Job, Report, Target, Trouble, What};
use crate::render::{self, Answer, Answered};

/// Larger binaries aren't read whole.
const LARGEST_READ: u64 = 1 << 30;

pub(super) fn run(
    inspect: &cli::Inspect,
    question: Question,
    global: &Global,
) -> Result<ExitCode, CommandError> {
    let targets = Target::resolve_all(&inspect.targets);
    let jobs: Vec<&Job> = targets.iter().flat_map(|target| &target.jobs).collect();
    let mut answered = Vec::new();
    let mut troubles = Vec::new();
    for (report, met) in look_at(&jobs, Hashes::OfTexts, global)? {
        troubles.extend(met);
        if let Some(report) = report {
            match answers(&report, question) {
                Ok(answers) => answered.push(Answered {
                    target: report.target,
                    answers,
                }),
                Err(trouble) => troubles.push(trouble),
            }
        }
    }
    troubles.extend(targets.into_iter().flat_map(|target| target.troubles));
    let shown = render::answers(question, &answered, &troubles, global);
    Ok(if shown.is_err() || !troubles.is_empty() {
        ExitCode::from(UNREADABLE)
    } else {
        ExitCode::SUCCESS
    })
}

/// A binary that the question is about.
struct Asked<'r> {
    /// Its path in the target it belongs to; nothing if it is the target itself.
    path: Option<&'r str>,
    facts: &'r Facts,
    /// Whether Python imports it.
    is_extension: bool,
}

fn answers(report: &Report, question: Question) -> Result<Vec<Answer>, Trouble> {
    let asked = asked(report)?;
    let mut answers = Vec::new();
    let mut answer = |one: &Asked<'_>, bytes: Option<&[u8]>| {
        for (at, image) in one.facts.images.iter().enumerate() {
            answers.extend(self::answer(one, image, at, bytes, question));
        }
    };
    if question == Question::Glibc {
        for one in &asked {
            answer(one, None);
        }
        return Ok(answers);
    }
    match &report.what {
        What::Wheel(_) => {
            let path = report.path.as_deref().unwrap_or(Path::new(&report.target));
            let file = File::open(path).map_err(|error| unreadable(report, &error))?;
            binaries_of_wheel(BufReader::new(file), |path, bytes| {
                asked
                    .iter()
                    .filter(|one| one.path == Some(path))
                    .for_each(|one| answer(one, Some(bytes)));
            })
            .map_err(|error| Trouble::new(&report.target, error.to_string()))?;
        }
        What::Binary(_) => {
            let path = report.path.as_deref().unwrap_or(Path::new(&report.target));
            let bytes = bytes(path).map_err(|error| unreadable(report, &error))?;
            for one in &asked {
                answer(one, Some(&bytes));
            }
        }
        What::Installed(_) => {
            let directory = report.path.as_deref();
            for one in &asked {
                let file = directory
                    .zip(one.path)
                    .map(|(directory, path)| place(directory, path));
                let bytes = match file {
                    Some(file) => bytes(&file).ok(),
                    None => None,
                };
                answer(one, bytes.as_deref());
            }
        }
        What::Project(_) => {}
    }
    Ok(answers)
}

/// Finds a binary of an installed package: its path is relative to the package's directory or to one above it.
fn place(directory: &Path, path: &str) -> std::path::PathBuf {
    let found = directory
        .ancestors()
        .map(|above| above.join(path))
        .find(|file| file.is_file());
    found.unwrap_or_else(|| directory.to_owned())
}

fn unreadable(report: &Report, error: &std::io::Error) -> Trouble {
    Trouble::new(&report.target, format!("it can't be read: {error}"))
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST_READ)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn asked(report: &Report) -> Result<Vec<Asked<'_>>, Trouble> {
    Ok(match &report.what {
        What::Binary(facts) => vec![Asked {
            path: None,
            facts,
            is_extension: true,
        }],
        What::Wheel(facts) => {
            let extensions = facts.extensions.iter().map(|one| (one, true));
            let libraries = facts.libraries.iter().map(|one| (one, false));
            extensions
                .chain(libraries)
                .map(|(one, is_extension)| Asked {
                    path: Some(&one.path),
                    facts: &one.facts,
                    is_extension,
                })
                .collect()
        }
        What::Installed(found) => found
            .binaries
            .iter()
            .map(|one| Asked {
                path: Some(&one.path),
                facts: &one.facts,
                is_extension: !one.facts.init_functions().is_empty(),
            })
            .collect(),
        What::Project(_) => {
            return Err(Trouble::new(
                &report.target,
                "this is a project's source, but --why is about binaries",
            )
            .help("build it, then name the library or wheel"));
        }
    })
}

fn answer(
    asked: &Asked<'_>,
    image: &Image,
    at: usize,
    bytes: Option<&[u8]>,
    question: Question,
) -> Option<Answer> {
    let part = asked.path.map(str::to_owned);
    let architecture = (asked.facts.images.len() > 1).then_some(image.architecture);
    let found = match question {
        Question::Glibc => render::Found::Glibc(glibc_floor(image)),
        Question::Python(goal) => {
            // Libraries that Python doesn't import needn't stick to any Python ABI.
            if !asked.is_extension && image.python_api.symbols.is_empty() {
                return None;
            }
            let binding = bytes.and_then(|bytes| binding(bytes, image));
            render::Found::Python(Box::new(python_floor(image, goal, binding)))
        }
        Question::Size => {
            let found: Vec<SizeFacts> = sizes(bytes?).ok()?;
            render::Found::Size {
                size: Box::new(found.into_iter().nth(at)?),
                traces: image.provenance.crates.clone(),
            }
        }
    };
    Some(Answer {
        part,
        architecture,
        found,
    })
}
