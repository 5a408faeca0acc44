//! Requirements: whether the package index has a wheel that pip would choose for a Python on a system.
//!
//! pip reports what it would install (`pip install --dry-run --report`), restricted to wheels, so that no package code
//! is built or run. It's the pip of the interpreter in use, with the user's own index settings.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anatomy::loads::{self, Installs, LockAnswer, LockedPackage};
use anatomy::wheel::WheelName;
use anatomy::{Implementation, normalized_distribution};
use engine::{Cancel, Command, Ended, Finished};
use rayon::prelude::*;
use serde::Deserialize;

use super::{Answer, Answered, Asked, Kind};
use crate::environment;
use crate::error::CommandError;
use crate::inspect::Surroundings;
use crate::inspect::bytes;
use crate::inspect::report::{Trouble, shown};
use crate::session;

/// Longer lists aren't read.
const LARGEST_LIST: u64 = 16 << 20;

/// How long pip may take for one requirement: a distant index may be slow.
const LIMIT: Duration = Duration::from_mins(3);

/// What pip prints if nothing matches.
const NOTHING_FITS: &str = "No matching distribution found";

/// The package index, as pip knows it.
pub(crate) struct Index {
    python: PathBuf,
    cancel: Cancel,
}

/// A requirement, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Requirement {
    /// Without its marker.
    text: String,
    marker: Option<String>,
}

/// Whether a target can only be a requirement, because it compares a version.
pub(crate) fn is_requirement(text: &str) -> bool {
    text.contains(['<', '>', '=', '~', '!'])
        && !text.contains(['/', '\\'])
        && !Path::new(text).exists()
}

/// Whether a file's name is that of a requirements list.
pub(crate) fn is_list(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.contains("requirements") && (name.ends_with(".txt") || name.ends_with(".in"))
}

impl Index {
    /// The index used by the pip of the interpreter in use, or of the given one.
    pub(crate) fn find(python: Option<&str>, cancel: &Cancel) -> Result<Self, CommandError> {
        let in_use = Surroundings::find(python, cancel)?
            .in_use
            .map_err(|reason| {
                CommandError::new(format!("there's no pip to ask: {reason}"))
                    .help("activate an environment, or pass an interpreter with --python")
            })?;
        Ok(Self {
            python: in_use.asked.interpreter.executable.clone(),
            cancel: cancel.clone(),
        })
    }

    /// Answers for a requirement, or a list of them.
    pub(crate) fn answer(
        &self,
        target: &str,
        asked: &[Asked],
        count: impl Fn(String) + Sync,
    ) -> Result<(Answered, Vec<Trouble>), Trouble> {
        let path = Path::new(target);
        let (requirements, mut troubles) = if path.is_file() {
            let text = bytes::text(path, LARGEST_LIST)
                .ok_or_else(|| Trouble::new(target, "it isn't UTF-8 text"))?;
            listed(path, &text)
        } else {
            (vec![Requirement::new(target)], Vec::new())
        };
        let mut answers = Vec::new();
        for one in asked {
            let mut left_out = 0;
            let mut packages = Vec::new();
            let wanted: Vec<&Requirement> = requirements
                .iter()
                .filter(|requirement| requirement.is_for(one))
                .collect();
            left_out += requirements.len() - wanted.len();
            let found: Vec<Result<LockedPackage, Trouble>> = wanted
                .par_iter()
                .map(|requirement| {
                    count(format!("asking the index for {}", requirement.text));
                    self.ask(&requirement.text, one)
                })
                .collect();
            for package in found {
                match package {
                    Ok(package) => packages.push(package),
                    Err(trouble) if !troubles.contains(&trouble) => troubles.push(trouble),
                    Err(_) => {}
                }
            }
            packages.sort_by_key(|package| normalized_distribution(&package.name));
            answers.push(Answer::Lock(LockAnswer {
                findings: Vec::new(),
                packages,
                left_out,
            }));
        }
        let answered = Answered {
            target: target.to_owned(),
            kind: Kind::Requirements,
            answers,
        };
        Ok((answered, troubles))
    }

    fn ask(&self, requirement: &str, asked: &Asked) -> Result<LockedPackage, Trouble> {
        let host = &asked.host;
        let python = host.python();
        let implementation = match python.implementation {
            Implementation::PyPy => "pp",
            _ => "cp",
        };
        let mut arguments: Vec<String> = [
            "install",
            "--dry-run",
            "--ignore-installed",
            "--no-deps",
            "--quiet",
            "--only-binary=:all:",
            "--report=-",
            // pip requires it when a platform is given, but doesn't put anything there.
            "--target=.",
            "--implementation",
            implementation,
            "--python-version",
        ]
        .map(str::to_owned)
        .into();
        arguments.push(python.version.to_string());
        // The Python's own ABI comes first; the others follow from it, except `abi3t`, which older pips don't know.
        let own = host.tags().iter().next().map(|tag| tag.abi);
        let mut abis: Vec<String> = own.into_iter().collect();
        if python.is_free_threaded() {
            abis.push("abi3t".to_owned());
        }
        arguments.extend(abis.into_iter().map(|abi| format!("--abi={abi}")));
        let platforms = host.system().platforms();
        arguments.extend(platforms.iter().map(|one| format!("--platform={one}")));
        arguments.push("--".to_owned());
        arguments.push(requirement.to_owned());
        let finished = self.pip(requirement, &arguments)?;
        if succeeded(&finished) {
            let report: Report =
                serde_json::from_str(&finished.stdout.text()).map_err(|error| {
                    Trouble::new(requirement, format!("pip's report can't be read: {error}"))
                        .help("pip 23 or later writes it: upgrade pip")
                })?;
            return installed(requirement, &report);
        }
        if !finished.stderr.text().contains(NOTHING_FITS) {
            return Err(failed(requirement, &finished));
        }
        let name = name_of(requirement);
        let versions = self.pip(
            requirement,
            &["index".to_owned(), "versions".to_owned(), name.to_owned()],
        )?;
        if !succeeded(&versions) && !versions.stderr.text().contains(NOTHING_FITS) {
            return Err(failed(requirement, &versions));
        }
        // `name (1.0)` comes first.
        let newest = versions
            .stdout
            .lines()
            .next()
            .and_then(|line| Some(line.split_once('(')?.1.trim_end_matches(')').to_owned()));
        Ok(LockedPackage {
            name: name.to_owned(),
            version: None,
            installs: Installs::Nothing,
            findings: vec![loads::no_wheel_on_index(
                requirement,
                newest.as_deref(),
                host,
            )],
        })
    }

    fn pip(&self, requirement: &str, arguments: &[String]) -> Result<Finished, Trouble> {
        let unable = |reason: String| {
            Trouble::new(requirement, format!("pip can't be run: {reason}")).help(
                "the interpreter in use needs pip: activate an environment that has it, or pass one with --python",
            )
        };
        let system = session::system().map_err(|error| unable(error.message))?;
        let place = tempfile::tempdir().map_err(|error| unable(error.to_string()))?;
        let mut all: Vec<String> = [
            "-I",
            "-m",
            "pip",
            "--disable-pip-version-check",
            "--no-input",
        ]
        .map(str::to_owned)
        .into();
        all.extend_from_slice(arguments);
        let command = Command::new(&self.python, place.path())
            .envs(&environment::for_children())
            .args(all.iter().map(String::as_str));
        engine::run_program(&system, &command, LIMIT, &self.cancel)
            .map_err(|error| unable(error.to_string()))
    }
}

fn succeeded(finished: &Finished) -> bool {
    matches!(finished.ended, Ended::Exited(exit) if exit.success())
}

fn failed(requirement: &str, finished: &Finished) -> Trouble {
    let message = match finished.ended {
        Ended::TimedOut => format!("pip took longer than {} s", LIMIT.as_secs()),
        Ended::Cancelled => "`wr` stopped waiting for pip".to_owned(),
        Ended::Exited(_) => {
            let errors: Vec<&str> = finished
                .stderr
                .lines()
                .filter(|line| !line.trim().is_empty() && !line.starts_with("WARNING"))
                .collect();
            let said = errors.last().copied().unwrap_or("nothing");
            format!("pip says: {}", said.trim_start_matches("ERROR: "))
        }
    };
    Trouble::new(requirement, message)
        .help("check the network and pip's settings, and try `pip index versions` by hand")
}

/// What pip would install.
#[derive(Deserialize)]
struct Report {
    install: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    download_info: Download,
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Download {
    url: String,
}

#[derive(Deserialize)]
struct Metadata {
    name: String,
    version: String,
}

fn installed(requirement: &str, report: &Report) -> Result<LockedPackage, Trouble> {
    let item = report
        .install
        .first()
        .ok_or_else(|| Trouble::new(requirement, "pip would install nothing for it"))?;
    let url = item
        .download_info
        .url
        .split(['#', '?'])
        .next()
        .unwrap_or_default();
    let file = url
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .replace("%2B", "+");
    let is_pure = file
        .parse::<WheelName>()
        .is_ok_and(|name| name.tags.iter().all(|tag| tag.platform == "any"));
    Ok(LockedPackage {
        name: item.metadata.name.clone(),
        version: Some(item.metadata.version.clone()),
        installs: Installs::Wheel { file, is_pure },
        findings: Vec::new(),
    })
}

impl Requirement {
    fn new(text: &str) -> Self {
        match text.split_once(';') {
            Some((text, marker)) => Self {
                text: text.trim().to_owned(),
                marker: Some(marker.trim().to_owned()),
            },
            None => Self {
                text: text.trim().to_owned(),
                marker: None,
            },
        }
    }

    /// pip would evaluate the marker for its own Python, not for the one in question.
    fn is_for(&self, asked: &Asked) -> bool {
        self.marker
            .as_deref()
            .is_none_or(|marker| loads::marker_holds(marker, &asked.host) != Some(false))
    }
}

/// The name at the start of a requirement.
fn name_of(requirement: &str) -> &str {
    let end = requirement
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.')))
        .unwrap_or(requirement.len());
    requirement.get(..end).unwrap_or(requirement)
}

/// The requirements in a list, and the lines that aren't requirements. Options are left to pip.
fn listed(path: &Path, text: &str) -> (Vec<Requirement>, Vec<Trouble>) {
    let mut requirements = Vec::new();
    let mut troubles = Vec::new();
    // A backslash continues a line.
    for line in text.replace("\\\r\n", " ").replace("\\\n", " ").lines() {
        let line = line.split(" #").next().unwrap_or_default().trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(other) = ["-r", "--requirement", "-c", "--constraint"]
            .iter()
            .find_map(|option| line.strip_prefix(option))
        {
            troubles.push(
                Trouble::new(
                    shown(path),
                    format!(
                        "the file `{}` isn't followed",
                        other.trim_start_matches('=').trim()
                    ),
                )
                .help("pass it as a separate target"),
            );
        } else if line.starts_with('-') || line.contains("://") || line.starts_with('.') {
            // Options, and sources other than an index.
        } else {
            let line = line.split(" --").next().unwrap_or_default();
            requirements.push(Requirement::new(line));
        }
    }
    (requirements, troubles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirement_lists_are_parsed_like_pip_does() {
        let text = "# made by hand\n--index-url https://index.example\norjson>=3 # fast\nnumpy==2.0 \\\n    --hash=sha256:0\n\
                    pywin32; sys_platform == 'win32'\n-e .\n-r more.txt\nx @ https://files.example/x.whl\n";
        let (requirements, troubles) = listed(Path::new("requirements.txt"), text);
        let texts: Vec<&str> = requirements.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["orjson>=3", "numpy==2.0", "pywin32"]);
        assert_eq!(
            requirements[2].marker.as_deref(),
            Some("sys_platform == 'win32'")
        );
        assert_eq!(troubles.len(), 1);
        assert!(troubles[0].message.contains("`more.txt`"), "{troubles:?}");
    }

    #[test]
    fn requirements_are_distinguished_from_files_and_names() {
        for text in ["orjson>=3", "numpy==2.0", "x~=1.0"] {
            assert!(is_requirement(text), "{text}");
        }
        for text in ["orjson", "a/b>=3", "./x"] {
            assert!(!is_requirement(text), "{text}");
        }
        assert_eq!(name_of("ruamel.yaml[x]>=1"), "ruamel.yaml");
    }
}
