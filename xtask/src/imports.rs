//! `cargo xtask imports`: compares what `wr inspect --for` says about loading an extension with what `import` does.
//!
//! Every extension in the wheels is tried with every interpreter: under its own name, and under the names of a file for
//! any Python (`fast.so`) and for the stable ABI (`fast.abi3.so`), where the symbols decide. The answers rest only on
//! the rules, for the interpreter's version and system. Each import runs in a separate process, which may crash.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anatomy::loads::{self, Host, Loads, Python, System};
use anatomy::wheel::WheelInspection;
use anatomy::{AbiTag, Expectation, Facts, FileName};
use anyhow::{Context as _, ensure};
use clap::Args;
use rayon::prelude::*;
use serde::Deserialize;

use crate::authorities;

/// The arguments of `cargo xtask imports`.
#[derive(Debug, Args)]
pub(crate) struct Imports {
    /// An interpreter: a path, or a command that starts one, such as `.ci/newer-python python3`
    #[arg(long = "interpreter", required = true, value_name = "COMMAND")]
    interpreters: Vec<String>,
    /// A directory of wheels to use instead of those that `cargo xtask authorities` fetches
    #[arg(long, value_name = "DIR")]
    wheels: Option<PathBuf>,
    /// List every pair
    #[arg(long)]
    all: bool,
}

/// How many extensions of one wheel to try; the others are similar.
const MOST_OF_A_WHEEL: usize = 3;

/// Prints what the interpreter is, and which tags its pip accepts, if it has one.
const PROBE: &str = r#"
import json, os, sys, sysconfig
try:
    from pip._vendor.packaging.tags import sys_tags
    tags = [str(tag) for tag in sys_tags()]
except ImportError:
    tags = []
libc = os.confstr("CS_GNU_LIBC_VERSION").split()[1].split(".")
print(json.dumps({
    "python": "%d.%d%s" % (*sys.version_info[:2], "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""),
    "system": "manylinux_%s_%s_%s" % (*libc[:2], os.uname().machine),
    "tags": tags,
}))
"#;

/// Imports one file the way Python would find it in its directory, and prints how far that got.
const IMPORT: &str = r#"
import sys
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, FileFinder
from importlib.util import module_from_spec
directory, file, module = sys.argv[1:]
spec = FileFinder(directory, (ExtensionFileLoader, EXTENSION_SUFFIXES)).find_spec(module)
if spec is None or not spec.origin.endswith("/" + file):
    print("not looked at")
    sys.exit()
try:
    loaded = module_from_spec(spec)
except Exception as error:
    text = str(error)
    stops = ("undefined symbol", "cannot open shared object", "invalid ELF", "wrong ELF class", "not found (required by",
             "dynamic module does not define", "cannot allocate memory in static TLS", "cannot be loaded", "incompatible")
    print("stopped: " + text if any(stop in text for stop in stops) else "loaded")
    sys.exit()
print("loaded")
"#;

struct Interpreter {
    command: Vec<String>,
    host: Host,
}

#[derive(Deserialize)]
struct Probed {
    python: String,
    system: String,
    tags: Vec<String>,
}

/// A file to try.
struct Offered {
    directory: PathBuf,
    file: String,
    module: String,
    facts: Facts,
}

/// Compares, prints, and returns whether everything agreed.
pub(crate) fn run(arguments: &Imports) -> anyhow::Result<bool> {
    let root = crate::tidy::workspace_root()?;
    let place = root.join("target/imports");
    let interpreters = arguments
        .interpreters
        .iter()
        .map(|command| Interpreter::ask(command, &root))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let wheels = match &arguments.wheels {
        Some(directory) => wheels_in(directory)?,
        None => authorities::fetch()?,
    };
    let offered: Vec<Offered> = wheels
        .par_iter()
        .map(|wheel| unpack(wheel, &place))
        .collect::<anyhow::Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    let pairs: Vec<(&Offered, &Interpreter)> = offered
        .iter()
        .flat_map(|one| {
            interpreters
                .iter()
                .map(move |interpreter| (one, interpreter))
        })
        .collect();
    let results = pairs
        .par_iter()
        .map(|(one, interpreter)| compare(one, interpreter, &root))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let count = |wanted: Loads| {
        results
            .iter()
            .filter(|result| result.predicted == wanted)
            .count()
    };
    let differing = results.iter().filter(|result| !result.agrees()).count();
    for ((one, interpreter), result) in pairs.iter().zip(&results) {
        if arguments.all || !result.agrees() {
            let mark = if result.agrees() { "agrees" } else { "DIFFERS" };
            println!(
                "{mark}  {}/{} under {}: predicted {:?} ({}), and {}",
                one.directory.file_name().unwrap_or_default().display(),
                one.file,
                interpreter.host,
                result.predicted,
                result.why,
                result.happened
            );
        }
    }
    println!(
        "{} pairs of {} files and {} interpreters: {} load, {} don't, {} may; {differing} differ",
        results.len(),
        offered.len(),
        interpreters.len(),
        count(Loads::Yes),
        count(Loads::No),
        count(Loads::Unknown)
    );
    ensure!(!results.is_empty(), "there is nothing to compare");
    Ok(differing == 0)
}

struct Compared {
    predicted: Loads,
    why: String,
    happened: String,
}

impl Compared {
    /// "May load" is right either way.
    fn agrees(&self) -> bool {
        match self.predicted {
            Loads::Yes => self.happened == "loaded",
            Loads::No => self.happened != "loaded",
            Loads::Unknown => true,
        }
    }
}

fn compare(one: &Offered, interpreter: &Interpreter, root: &Path) -> anyhow::Result<Compared> {
    let answer = loads::judge(&one.facts, &one.file, None, &interpreter.host);
    let output = interpreter
        .start(root, IMPORT)?
        .arg(&one.directory)
        .args([&one.file, &one.module])
        .output()?;
    let output_text = String::from_utf8_lossy(&output.stdout);
    let happened = match output_text.lines().last() {
        Some(line) => line.to_owned(),
        None => format!("crashed ({})", output.status),
    };
    let why = answer
        .findings
        .first()
        .map(|finding| format!("{} {}", finding.code, finding.message))
        .or(answer.undecided)
        .unwrap_or_default();
    Ok(Compared {
        predicted: answer.loads,
        why,
        happened,
    })
}

/// `cp312-none-any`.
fn is_of_one_for_all(tag: &str) -> bool {
    tag.starts_with("cp") && tag.ends_with("-none-any")
}

impl Interpreter {
    fn ask(command: &str, root: &Path) -> anyhow::Result<Self> {
        let mut interpreter = Self {
            command: command.split_whitespace().map(str::to_owned).collect(),
            host: Host::new(
                Python::cpython(anatomy::PythonVersion::new(3, 0)),
                System::Other(String::new()),
            ),
        };
        let output = interpreter.start(root, PROBE)?.output()?;
        let probed: Probed = serde_json::from_slice(&output.stdout)
            .with_context(|| format!("`{command}`: {}", String::from_utf8_lossy(&output.stderr)))?;
        interpreter.host = Host::new(probed.python.parse()?, probed.system.parse()?);
        let own: Vec<String> = interpreter
            .host
            .tags()
            .iter()
            .map(|tag| tag.to_string())
            // Before pip 24 this one was missing.
            .filter(|tag| !is_of_one_for_all(tag) || probed.tags.contains(tag))
            .collect();
        ensure!(
            probed.tags.is_empty() || probed.tags == own,
            "the pip of `{command}` accepts different tags than `anatomy` says"
        );
        println!(
            "{}: {} tags, {}",
            interpreter.host,
            own.len(),
            if probed.tags.is_empty() {
                "and no pip to compare them with"
            } else {
                "as its pip says"
            }
        );
        Ok(interpreter)
    }

    fn start(&self, root: &Path, program: &str) -> anyhow::Result<Command> {
        let (first, rest) = self
            .command
            .split_first()
            .context("an interpreter has no name")?;
        let mut command = Command::new(first);
        command
            .args(rest)
            .args(["-I", "-c", program])
            .current_dir(root);
        Ok(command)
    }
}

fn wheels_in(directory: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs::read_dir(directory)
        .with_context(|| directory.display().to_string())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "whl"))
        .collect();
    found.sort();
    Ok(found)
}

/// Unpacks a wheel, and puts copies of its extensions under other names next to them.
fn unpack(wheel: &Path, place: &Path) -> anyhow::Result<Vec<Offered>> {
    let name = wheel.file_name().unwrap_or_default().to_string_lossy();
    let bytes = fs::read(wheel)?;
    let WheelInspection { facts, .. } = anatomy::wheel::inspect_wheel(&bytes, &name)?;
    let target = place.join(&*name);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes))?;
    if !target.is_dir() {
        archive.extract(&target)?;
    }
    let mut offered = Vec::new();
    for extension in facts.extensions.into_iter().take(MOST_OF_A_WHEEL) {
        let path = target.join(&extension.path);
        let (Some(directory), Some(file)) = (path.parent(), path.file_name()) else {
            continue;
        };
        let file = file.to_string_lossy().into_owned();
        let parsed = FileName::parse(&file);
        let Some(module) = parsed.module().map(str::to_owned) else {
            continue;
        };
        // A copy elsewhere wouldn't find the libraries next to it.
        let stands_alone = extension
            .facts
            .images
            .iter()
            .all(|image| image.rpath.is_empty() && image.runpath.is_empty());
        if stands_alone && path.is_file() {
            for (kind, suffix) in [("any", ".so"), ("stable", ".abi3.so")] {
                let other = format!("{module}{suffix}");
                let is_own = matches!(
                    (parsed.tag(), kind),
                    (Some(AbiTag::Untagged), "any") | (Some(AbiTag::Abi3), "stable")
                );
                if is_own {
                    continue;
                }
                let directory = place.join(format!("{name}-{kind}"));
                fs::create_dir_all(&directory)?;
                let copy = directory.join(&other);
                if !copy.is_file() {
                    fs::copy(&path, &copy)?;
                }
                offered.push(Offered {
                    directory,
                    file: other,
                    module: module.clone(),
                    facts: read(&copy)?,
                });
            }
        }
        offered.push(Offered {
            directory: directory.to_owned(),
            file,
            module,
            facts: extension.facts,
        });
    }
    Ok(offered)
}

fn read(path: &Path) -> anyhow::Result<Facts> {
    Ok(anatomy::inspect(&fs::read(path)?, &Expectation::new())?.facts)
}
