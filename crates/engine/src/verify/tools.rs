//! The first exercise's report on the tools.

use std::path::Path;
use std::time::Duration;

use diagnostic::Diagnostic;

use super::{Engine, Work};
use crate::environment::Environment;
use crate::process::run;
use crate::rules;
use crate::system::Command;

/// How long a tool may take to print its version.
const LIMIT: Duration = Duration::from_secs(20);

impl Engine<'_> {
    /// The finding that everything is ready: cargo has just compiled, and the environment exists.
    pub(super) fn tools_ready(&self, work: &Work<'_>, environment: &Environment) -> Diagnostic {
        let mut tools = Vec::new();
        for program in ["rustc", "cargo"] {
            if let Some(version) = self.version_of(work, Path::new(program)) {
                tools.push((program.to_owned(), version));
            }
        }
        tools.push((
            "Python".to_owned(),
            format!(
                "{} at {}",
                environment.interpreter.version_text(),
                environment.interpreter.executable.display()
            ),
        ));
        tools.push((
            "virtual environment".to_owned(),
            environment.dir.display().to_string(),
        ));
        tools.push((
            "uv".to_owned(),
            self.version_of(work, Path::new("uv"))
                .unwrap_or_else(|| "not installed; `venv` and pip are used instead".to_owned()),
        ));
        rules::tools_ready::finding(&tools)
    }

    /// The number of rustc's version, such as `1.95.0`: what it says about an error depends on it.
    /// Asked once, because starting it takes as long as many a failed build.
    pub(super) fn rustc_version(&self, work: &Work<'_>) -> Option<String> {
        let root = &work.subject.root;
        if let Some(known) = self.rustc_versions.borrow().get(root) {
            return Some(known.clone());
        }
        let version = self.version_of(work, Path::new("rustc"))?;
        let version = version.split_whitespace().next()?.to_owned();
        let mut known = self.rustc_versions.borrow_mut();
        known.insert(root.clone(), version.clone());
        Some(version)
    }

    fn version_of(&self, work: &Work<'_>, program: &Path) -> Option<String> {
        let command = Command::new(program, &work.subject.root)
            .arg("--version")
            .envs(&self.settings.env);
        let finished = run(self.system, &command, LIMIT, work.cancel).ok()?;
        let line = finished.stdout.last_line();
        let name = program.file_stem()?.to_string_lossy().into_owned();
        let version = line.strip_prefix(&format!("{name} ")).unwrap_or(&line);
        (!version.is_empty()).then(|| version.to_owned())
    }
}
