//! Python's library is missing, and a program of the project needs it: a test program, or one that embeds Python.

use std::path::Path;

use anatomy::shared::PYTHON_LIBRARY_MISSING as RULE;
use diagnostic::{Diagnostic, Evidence};

use crate::interpreter::Interpreter;
use crate::platform::{Package, Platform};

/// Where distributions install the interpreters whose libraries are packages of theirs.
const OF_DISTRIBUTION: [&str; 2] = ["/usr/bin", "/bin"];

/// The finding for test programs that the dynamic linker can't start; `line` is what it printed.
pub(crate) fn finding(line: &str, interpreter: &Interpreter, platform: &Platform) -> Diagnostic {
    let (major, minor, _) = interpreter.version;
    RULE.finding(format!(
        "the crate's Rust tests need the library of Python {major}.{minor}, which isn't installed"
    ))
    .because(Evidence::output("the test program", line))
    .because(Evidence::Program {
        name: interpreter.base.display().to_string(),
        detail: Some(lacks(interpreter)),
    })
    .hint(advice((major, minor), Some(&interpreter.base), platform))
}

/// What to do about an interpreter without its library.
pub(crate) fn advice(
    (major, minor): (u32, u32),
    program: Option<&Path>,
    platform: &Platform,
) -> String {
    let other = format!(
        "use an interpreter that has it, such as one from `uv python install {major}.{minor}`"
    );
    let version = (major, minor);
    match (
        command(version, program, platform),
        program.and_then(Path::to_str),
    ) {
        (Some(command), _) => format!("install it with `{command}`, or {other}"),
        (None, Some(program)) if program.contains("/.pyenv/") => format!(
            "build it with `PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install --force {major}.{minor}`, or {other}"
        ),
        (None, _) => other,
    }
}

/// The command that installs the library, if a package of the system brings it.
pub(crate) fn command(
    version: (u32, u32),
    program: Option<&Path>,
    platform: &Platform,
) -> Option<String> {
    let is_of_system = program
        .and_then(Path::parent)
        .is_none_or(|dir| OF_DISTRIBUTION.iter().any(|known| dir == Path::new(known)));
    let package = Package::PythonLibrary { version };
    is_of_system.then(|| platform.install(package)).flatten()
}

/// The file that isn't there.
pub(crate) fn lacks(interpreter: &Interpreter) -> String {
    match interpreter.library_file() {
        Some(file) => format!("there is no {}", file.display()),
        None => "it was built without a library".to_owned(),
    }
}

/// The version in the linker's name for the library, such as `python3.12` or `python312`.
pub(crate) fn version_in(finding: &Diagnostic) -> Option<(u32, u32)> {
    let (_, rest) = finding.message.split_once("`python")?;
    let (version, _) = rest.split_once('`')?;
    let version = version.trim_end_matches(|last: char| !last.is_ascii_digit());
    let (major, minor) = version
        .split_once('.')
        .or_else(|| version.split_at_checked(1))?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_in_the_libraries_name() {
        let of = |name: &str| {
            version_in(&RULE.finding(format!("the linker can't find Python's library `{name}`")))
        };
        assert_eq!(of("python3.12"), Some((3, 12)));
        assert_eq!(of("python3.13t"), Some((3, 13)));
        assert_eq!(of("python312.lib"), Some((3, 12)));
        assert_eq!(of("pypy3.11-c"), None);
    }
}
