//! Completes what is typed in a shell: verbs, flags, and the names of this course's exercises.
//!
//! A shell's script, which `wr completions` writes, starts `wr` with a variable set whenever someone presses Tab. So a script
//! never goes stale, and the names are those of the course that the shell is in.

use std::ffi::OsStr;
use std::process::ExitCode;

use clap::ValueEnum;
use clap_complete::CompleteEnv;
use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter};
use clap_complete::env::Shells;
use course::{Course, Exercise};

use crate::{cli, rules};

/// The variable that names the shell that asks.
const VARIABLE: &str = "WR_COMPLETE";

/// Zsh loads a file called `_wr` when Tab is pressed for the first time, and takes it for the function that answers. clap's
/// script only defines that function.
const AUTOLOADED: &str =
    "\nif [[ \"$funcstack[1]\" == _wr ]]; then\n    _clap_dynamic_completer_wr \"$@\"\nfi\n";

/// A shell for which there is a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    /// Bash, 4.4 or newer for all of it
    Bash,
    /// Elvish
    Elvish,
    /// fish
    Fish,
    /// PowerShell
    Powershell,
    /// Z shell
    Zsh,
}

impl Shell {
    fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Zsh => "zsh",
        }
    }
}

/// Answers a shell, if it was one that started this process.
pub(crate) fn answer() -> Option<ExitCode> {
    // Looked at first, because every start of `wr` comes through here.
    std::env::var_os(VARIABLE)?;
    let here = std::env::current_dir().ok();
    let env = CompleteEnv::with_factory(cli::definition).var(VARIABLE);
    match env.try_complete(std::env::args_os(), here.as_deref()) {
        Ok(true) => Some(ExitCode::SUCCESS),
        Ok(false) => None,
        // A shell shows nothing of this, and has nothing to complete.
        Err(_) => Some(ExitCode::FAILURE),
    }
}

/// The script that makes a shell ask. `None` if clap doesn't know the shell.
pub(crate) fn script(shell: Shell) -> Option<std::io::Result<Vec<u8>>> {
    let shells = Shells::builtins();
    let completer = shells.completer(shell.name())?;
    let mut text = Vec::new();
    let written = completer.write_registration(VARIABLE, "wr", "wr", "wr", &mut text);
    if shell == Shell::Zsh {
        text.extend_from_slice(AUTOLOADED.as_bytes());
    }
    Some(written.map(|()| text))
}

fn exercises_here() -> Vec<Exercise> {
    let course = std::env::current_dir()
        .ok()
        .and_then(|here| Course::find(&here).ok());
    course.map_or_else(Vec::new, |course| course.exercises().to_vec())
}

/// The exercises of the course around the current directory.
pub(crate) fn exercises(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates(current, &exercises_here())
}

/// The chapters of that course.
pub(crate) fn chapters(current: &OsStr) -> Vec<CompletionCandidate> {
    let exercises = exercises_here();
    let mut names: Vec<&str> = exercises
        .iter()
        .map(|one| one.id().chapter().as_str())
        .collect();
    names.dedup();
    beginning_with(current, names)
}

/// Exercises and chapters.
pub(crate) fn parts(current: &OsStr) -> Vec<CompletionCandidate> {
    let mut found = chapters(current);
    found.extend(exercises(current));
    found
}

/// Exercises and directories.
pub(crate) fn targets(current: &OsStr) -> Vec<CompletionCandidate> {
    let mut found = exercises(current);
    found.extend(PathCompleter::dir().complete(current));
    found
}

/// The codes of findings.
pub(crate) fn codes(current: &OsStr) -> Vec<CompletionCandidate> {
    let typed = current.to_string_lossy().to_uppercase();
    let matching = |code: &&str| code.starts_with(&typed);
    let rules = rules::all();
    let found = rules.iter().filter(|rule| matching(&rule.code().as_str()));
    found
        .map(|rule| {
            CompletionCandidate::new(rule.code().as_str()).help(Some(rule.name().to_owned().into()))
        })
        .collect()
}

/// The exercises that `current` may become: by their full names, or by their folders' names alone.
fn candidates(current: &OsStr, exercises: &[Exercise]) -> Vec<CompletionCandidate> {
    let ids: Vec<String> = exercises.iter().map(|one| one.id().to_string()).collect();
    let full = beginning_with(current, ids.iter().map(String::as_str));
    if full.is_empty() {
        let names = exercises.iter().map(|one| one.id().name().as_str());
        return beginning_with(current, names);
    }
    full
}

fn beginning_with<'n>(
    current: &OsStr,
    names: impl IntoIterator<Item = &'n str>,
) -> Vec<CompletionCandidate> {
    let typed = current.to_string_lossy();
    let matching = names.into_iter().filter(|name| name.starts_with(&*typed));
    matching.map(CompletionCandidate::new).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn shown(found: &[CompletionCandidate]) -> Vec<String> {
        let value = |one: &CompletionCandidate| one.get_value().to_string_lossy().into_owned();
        found.iter().map(value).collect()
    }

    #[test]
    fn an_exercise_is_completed_by_its_full_name_or_its_own() {
        let exercises: Vec<Exercise> = ["01_intro/01_setup", "01_intro/02_modules", "02_more/01_x"]
            .iter()
            .map(|id| Exercise::new(id.parse().unwrap(), Path::new("/c").join(id)))
            .collect();
        let complete = |text: &str| shown(&candidates(OsStr::new(text), &exercises));
        assert_eq!(complete("02"), ["02_more/01_x"]);
        assert_eq!(complete("01_intro/02"), ["01_intro/02_modules"]);
        assert_eq!(complete("01_s"), ["01_setup"]);
        assert_eq!(complete("").len(), 3);
        assert!(complete("zzz").is_empty());
    }

    #[test]
    fn codes_are_completed_in_either_case() {
        assert_eq!(
            shown(&codes(OsStr::new("wr010"))).len(),
            shown(&codes(OsStr::new("WR010"))).len()
        );
        assert!(shown(&codes(OsStr::new("wr0101"))).contains(&"WR0101".to_owned()));
    }

    #[test]
    fn there_is_a_script_for_every_shell() {
        for shell in Shell::value_variants() {
            let script = script(*shell).unwrap().unwrap();
            let script = String::from_utf8(script).unwrap();
            assert!(script.contains(VARIABLE), "{shell:?}\n{script}");
        }
    }
}
