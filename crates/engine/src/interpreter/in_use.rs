//! The interpreter in use, and where it would find modules.

use std::path::{Path, PathBuf};

use environments::SiteLayout;
use serde::Deserialize;

use super::ask::{NOT_PYTHON, PATIENCE, Question};
use super::probe::SCRIPT;
use super::{Interpreter, Interpreters, NoInterpreter, in_environment};
use crate::system::{System, SystemExt, SystemFiles};

/// A script that prints a second line of JSON.
const SEARCH_PATH: &str = include_str!("search_path.py");

/// An interpreter and where it looks for modules, determined without running any installed code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InUse {
    /// The interpreter.
    pub interpreter: Interpreter,
    /// The directories of the standard library.
    pub standard_library: Vec<PathBuf>,
    /// The directories of installed packages (`site-packages`), in search order.
    pub site_directories: Vec<PathBuf>,
    /// The modules that are part of the interpreter's own program.
    pub built_in: Vec<String>,
    /// The C library, such as `glibc 2.36`, if its version is known.
    pub libc: Option<String>,
}

#[derive(Deserialize)]
struct SearchPath {
    standard_library: Vec<PathBuf>,
    #[serde(flatten)]
    sites: SiteLayout,
    built_in: Vec<String>,
    libc: Option<String>,
}

impl Interpreters<'_> {
    /// The interpreter in use: the requested one, otherwise that of the active virtual environment, otherwise that of the first
    /// existing environment in `environments`, otherwise the default `python3`. Any version that can describe itself is accepted.
    pub fn in_use(
        &self,
        system: &dyn System,
        environments: &[PathBuf],
    ) -> Result<InUse, NoInterpreter> {
        let mut missed = NoInterpreter {
            unfit: Vec::new(),
            silent: Vec::new(),
            requested: self.requested.map(str::to_owned),
        };
        for program in self.candidates_in_use(system, environments) {
            match self.ask(system, &program) {
                Ok(found) => return Ok(found),
                Err(reason) => missed.silent.push((program, reason)),
            }
        }
        Err(missed)
    }

    fn candidates_in_use(&self, system: &dyn System, environments: &[PathBuf]) -> Vec<PathBuf> {
        if let Some(requested) = self.requested {
            return self.requested_candidates(system, requested).concat();
        }
        let active = self
            .variable("VIRTUAL_ENV")
            .map(|dir| in_environment(Path::new(dir)));
        let nearby = environments
            .iter()
            .map(|dir| in_environment(dir))
            .filter(|program| system.is_file(program));
        let default = ["python3", "python"]
            .iter()
            .filter_map(|name| self.on_path(system, name));
        active.into_iter().chain(nearby).chain(default).collect()
    }

    fn ask(&self, system: &dyn System, program: &Path) -> Result<InUse, String> {
        let question = Question {
            script: &format!("{SCRIPT}\n{SEARCH_PATH}"),
            env: self.env,
            limit: PATIENCE,
            cancel: self.cancel,
        };
        let text = question.ask(system, program)?;
        let mut lines = text.lines().rev();
        let mut next = || lines.next().unwrap_or_default();
        let (path, interpreter) = (next(), next());
        let not_python = |_| NOT_PYTHON.to_owned();
        let path: SearchPath = serde_json::from_str(path).map_err(not_python)?;
        let interpreter: Interpreter = serde_json::from_str(interpreter).map_err(not_python)?;
        let files = SystemFiles(system);
        Ok(InUse {
            site_directories: path.sites.site_directories(&interpreter.executable, &files),
            interpreter,
            standard_library: path.standard_library,
            built_in: path.built_in,
            libc: path.libc,
        })
    }
}
