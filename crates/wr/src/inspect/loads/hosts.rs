//! The Pythons to answer for: given as a version, for which the rules are enough, or as an interpreter, which is
//! queried.

use std::path::Path;

use anatomy::facts::Version;
use anatomy::loads::{Host, Python, System};
use anatomy::{Implementation, PythonVersion};
use engine::Cancel;

use super::{Asked, machine};
use crate::cli;
use crate::error::CommandError;
use crate::inspect::Surroundings;
use crate::inspect::environment::InUse;

/// Parses the value of `--for`. `platform` is the value of `--platform`.
pub(crate) fn resolve(
    named: &[String],
    platform: Option<&str>,
    cancel: &Cancel,
) -> Result<Vec<Asked>, CommandError> {
    let system = platform.map(parse_system).transpose()?;
    named
        .iter()
        .map(|text| {
            if !is_interpreter(text) {
                let python = text.parse::<Python>().map_err(|error| {
                    CommandError::new(error.to_string()).help(
                        "a version such as 3.15 doesn't need an interpreter; to name an interpreter, pass its path or a \
                         program such as python3.12",
                    )
                })?;
                let system = match &system {
                    Some(system) => system.clone(),
                    None => this_machine()?,
                };
                return Ok(Asked {
                    host: Host::new(python, system),
                    interpreter: None,
                });
            }
            if let Some(platform) = platform {
                return Err(CommandError::new(format!(
                    "`--platform {platform}` can't be combined with the interpreter `{text}`, which has its own platform"
                ))
                .help("to ask about another platform, pass a version, such as --for 3.15"));
            }
            let found = Surroundings::find(Some(&cli::from_here(text)), cancel)?;
            let in_use = found.in_use.map_err(CommandError::new)?;
            of_interpreter(&in_use)
        })
        .collect()
}

fn parse_system(text: &str) -> Result<System, CommandError> {
    text.parse()
        .map_err(|error: anatomy::loads::ParseSystemError| {
            CommandError::new(error.to_string())
                .help("--platform takes a platform tag, like the one at the end of a wheel's name")
        })
}

fn this_machine() -> Result<System, CommandError> {
    machine::this().ok_or_else(|| {
        CommandError::new("this machine's platform can't be determined")
            .help("pass it, such as --platform manylinux_2_28_x86_64")
    })
}

/// Whether a string names an interpreter: by path, by its environment's directory, or as a program such as
/// `python3.12`.
fn is_interpreter(text: &str) -> bool {
    let path = Path::new(text);
    text.contains(std::path::is_separator)
        || path.join("pyvenv.cfg").is_file()
        || text.starts_with("python")
}

/// What an interpreter reports about itself.
pub(super) fn of_interpreter(in_use: &InUse) -> Result<Asked, CommandError> {
    let interpreter = &in_use.asked.interpreter;
    let executable = interpreter.executable.display();
    let (major, minor, _) = interpreter.version;
    let number = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
    let version = PythonVersion::new(number(major), number(minor));
    let python = match interpreter.implementation.as_str() {
        "CPython" if interpreter.free_threaded => Python::free_threaded(version),
        "CPython" => Python::cpython(version),
        "PyPy" => Python::pypy(version),
        other => {
            return Err(CommandError::new(format!(
                "{executable} is {other}, which this question doesn't support"
            )));
        }
    };
    let system = system_of(in_use).ok_or_else(|| {
        CommandError::new(format!("the platform of {executable} can't be determined"))
    })?;
    let mut host = Host::new(python, system).suffixes(interpreter.suffixes.clone());
    let library = interpreter.library.clone().filter(|_| interpreter.shared);
    if let Some(library) = library {
        // Extensions request the library by its own name: `libpython3.12.so.1.0`.
        let own = if library.strip_suffix(".so").is_some() {
            format!("{library}.1.0")
        } else {
            library
        };
        host = host.library(own);
    }
    if python.implementation == Implementation::CPython
        && let Some(offered) = &in_use.offered
    {
        host = host.offered(offered.clone());
    }
    Ok(Asked {
        host,
        interpreter: Some(interpreter.executable.clone()),
    })
}

fn system_of(in_use: &InUse) -> Option<System> {
    let interpreter = &in_use.asked.interpreter;
    let is_narrow = interpreter.pointer_width == 32;
    let machine = match interpreter.machine.as_str() {
        "x86_64" if is_narrow => "i686",
        "aarch64" if is_narrow => "armv8l",
        other => other,
    };
    let this = machine::this()?;
    Some(match &this {
        System::MacOs { version, .. } => machine::macos(*version, machine),
        System::Windows(_) if is_narrow => System::Windows("win32".to_owned()),
        System::Glibc { .. } | System::Musl { .. } => {
            let architecture = machine.to_owned();
            let glibc = in_use.asked.libc.as_deref();
            let version = glibc
                .and_then(|text| text.strip_prefix("glibc "))
                .and_then(Version::parse);
            match (version, &this) {
                (Some(version), _) => System::Glibc {
                    version: version.major_minor(),
                    architecture,
                },
                (None, System::Musl { version, .. }) => System::Musl {
                    version: *version,
                    architecture,
                },
                (None, _) => return None,
            }
        }
        _ => this,
    })
}
