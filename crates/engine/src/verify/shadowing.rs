//! Files in the sources that shadow the extension: an earlier build, which `maturin develop` puts there, or a
//! package with the same name. `wr` exposes the extension elsewhere, but anyone who installs the project gets the
//! other file.

use std::path::Path;

use anatomy::{Candidate, ModuleName, PythonVersion, judge_candidates};
use diagnostic::{Diagnostic, Severity};

use super::Engine;
use crate::interpreter::Interpreter;
use crate::subject::{Extension, Subject};
use crate::system::SystemExt;

/// The file suffix of stable ABI builds, on systems other than Windows.
const STABLE: &str = ".abi3.so";

/// The number of nanoseconds per second, for converting time stamps.
const NANOSECONDS: i128 = 1_000_000_000;

impl Engine<'_> {
    /// The finding that Python would import something other than the newly built extension once that is installed among the
    /// sources. `promised` is the Python version whose stable ABI it's built for.
    pub(super) fn shadowing(
        &self,
        subject: &Subject,
        extension: &Extension,
        interpreter: &Interpreter,
        promised: Option<PythonVersion>,
    ) -> Option<Diagnostic> {
        let module: ModuleName = extension.module.parse().ok()?;
        let built = match promised {
            Some(_) if interpreter.suffixes.iter().any(|suffix| suffix == STABLE) => STABLE,
            _ => interpreter.extension_suffix(),
        };
        let paths = &extension.tests.paths;
        paths.iter().find_map(|root| {
            let place = root.join(extension.module.replace('.', "/"));
            // Without a package around it, it isn't installed among the sources.
            if !extension.module.contains('.') || !self.system.is_dir(place.parent()?) {
                return None;
            }
            let file = |suffix: &str| extension.file_below(root, suffix);
            let package = place.join("__init__.py");
            let extensions = interpreter.suffixes.iter().map(|suffix| file(suffix));
            let built = file(built);
            let candidates: Vec<Candidate> = std::iter::once(package.clone())
                .chain(extensions)
                .filter_map(|path| {
                    let modified = if path == built {
                        self.system.clock()
                    } else {
                        self.system.stamp(&path)?.modified
                    };
                    Some(candidate(subject, &path, modified))
                })
                .collect();
            let finding = judge_candidates(&module, &candidates)?.severity(Severity::Warning);
            // The extension isn't there yet, so the leftover is the package.
            Some(if self.system.is_file(&package) {
                finding.hint(format!(
                    "remove the directory `{}`, or give the extension another name in `module-name` under `[tool.maturin]`",
                    subject.shown(&place)
                ))
            } else {
                finding
            })
        })
    }
}

fn candidate(subject: &Subject, path: &Path, modified: i128) -> Candidate {
    Candidate {
        path: subject.shown(path),
        modified: u64::try_from(modified / NANOSECONDS).unwrap_or(u64::MAX),
    }
}
