//! One thing to inspect.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use anatomy::Expectation;
use anatomy::wheel::{Hashes, WheelError, inspect_wheel_from};

use super::binary;
use super::bytes;
use super::directory::is_wheel;
use super::environment::Surroundings;
use super::report::{Report, Trouble, What};
use super::{expected, installed, project};

/// One thing to inspect.
#[derive(Debug)]
pub(crate) enum Job {
    /// A file whose name isn't a wheel's.
    Binary { target: String, path: PathBuf },
    /// A wheel.
    Wheel { target: String, path: PathBuf },
    /// A source project.
    Project { target: String, root: PathBuf },
    /// The name of a module or distribution.
    Installed { name: String },
}

impl Job {
    /// A file.
    pub(super) fn file(target: String, path: PathBuf) -> Self {
        if is_wheel(&path) {
            Self::Wheel { target, path }
        } else {
            Self::Binary { target, path }
        }
    }

    /// Its name in progress messages.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Binary { target, .. }
            | Self::Wheel { target, .. }
            | Self::Project { target, .. } => target,
            Self::Installed { name } => name,
        }
    }

    /// Whether the result depends on the interpreter in use. A single file is judged for any Python, unless one was
    /// named.
    pub(crate) fn needs_interpreter(&self, is_named: bool) -> bool {
        match self {
            Self::Project { .. } | Self::Installed { .. } => true,
            Self::Binary { .. } => is_named,
            Self::Wheel { .. } => false,
        }
    }

    /// Inspects it: returns the results and the problems.
    pub(crate) fn run(
        &self,
        around: &Surroundings,
        hashes: Hashes,
    ) -> (Option<Report>, Vec<Trouble>) {
        let result = match self {
            Self::Binary { target, path } => {
                let named = around.in_use.as_ref().ok().filter(|_| around.is_named);
                let expected = named.map_or_else(Expectation::new, expected::by);
                library(target, path, expected)
            }
            Self::Wheel { target, path } => wheel(target, path, hashes),
            Self::Project { target, root } => {
                let expected = around.in_use.as_ref().map_or_else(
                    |_| Expectation::new(),
                    |in_use| in_use.asked.interpreter.expectation(),
                );
                match project::read(target, root, &expected) {
                    Ok((report, troubles)) => return (Some(report), troubles),
                    Err(trouble) => Err(trouble),
                }
            }
            Self::Installed { name } => match &around.in_use {
                Ok(in_use) => installed::look_up(name, in_use),
                Err(reason) => Err(Trouble::new(
                    name,
                    format!(
                        "there's no file with this name, and no environment to look in: {reason}"
                    ),
                )
                .help(
                    "install Python, activate an environment, or pass an interpreter with --python",
                )),
            },
        };
        match result {
            Ok(report) => (Some(report), Vec::new()),
            Err(trouble) => (None, vec![trouble]),
        }
    }
}

/// Judges a file by an interpreter's expectations, if one was named.
fn library(target: &str, path: &Path, expected: Expectation) -> Result<Report, Trouble> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let inspection = binary::inspect(target, path, &expected.file_name(&name))?;
    Ok(Report {
        target: target.to_owned(),
        path: Some(path.to_owned()),
        what: What::Binary(Box::new(inspection.facts)),
        diagnostics: inspection.diagnostics,
    })
}

fn wheel(target: &str, path: &Path, hashes: Hashes) -> Result<Report, Trouble> {
    let (file, _) = bytes::open(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let inspection = inspect_wheel_from(BufReader::new(file), &name, hashes)
        .map_err(|error| no_wheel(target, &error))?;
    Ok(Report {
        target: target.to_owned(),
        path: Some(path.to_owned()),
        what: What::Wheel(Box::new(inspection.facts)),
        diagnostics: inspection.diagnostics,
    })
}

fn no_wheel(target: &str, error: &WheelError) -> Trouble {
    let trouble = Trouble::new(target, error.to_string());
    match error {
        WheelError::Name(_) => trouble.help("restore the name it was built or published with"),
        WheelError::Zip(_) => trouble.help("download or build it again"),
        WheelError::Compression { .. } => {
            trouble.help("unpack it with `wheel unpack`, and repack it with `wheel pack`")
        }
        WheelError::TooLarge { .. } => {
            trouble.help("unpack it with `wheel unpack`, and pass the directory or a file inside")
        }
        _ => trouble.help(
            "no build tool writes such a wheel, so `wr` stopped reading it: don't install it",
        ),
    }
}
