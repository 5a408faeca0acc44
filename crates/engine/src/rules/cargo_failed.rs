//! Cargo stopped before or beside the compiler.
//!
//! Cargo could not build the crate, and not because of an error in the Rust code: a manifest asks for something
//! that does not exist, a dependency could not be fetched, or a build script failed.
//!
//! ## Example
//!
//! ```text
//! error: no matching package named `pyo4` found
//! ```
//!
//! ## What to do
//!
//! Read cargo's own words, which follow the finding: they name the manifest or the dependency. When a build script failed,
//! its last lines say why. Where something ended the build before it was done, the machine most often had no memory left.
//!
//! ## Where it is specified
//!
//! The cargo book, "The Manifest Format" and "Build Scripts".

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new("WR0352", "cargo-failed", include_str!("cargo_failed.rs"));

/// No more lines of what cargo said are evidence: all of it is printed below.
const MOST_LINES: usize = 6;

pub(crate) fn finding(said: &str) -> Diagnostic {
    if let Some(script) = BuildScript::of(said) {
        return script.finding();
    }
    let first = said
        .lines()
        .map(str::trim)
        .find_map(|line| line.strip_prefix("error: "))
        .unwrap_or("cargo did not say why");
    RULE.finding(format!("cargo could not build the crate: {first}"))
        .because(Evidence::output("cargo", telling(said)))
        .hint("cargo's own words below name the manifest, the dependency or the build script to look at")
}

/// What begins with the error, in part.
fn telling(said: &str) -> String {
    let lines: Vec<&str> = said
        .lines()
        .skip_while(|line| !line.trim_start().starts_with("error"))
        .filter(|line| !line.trim().is_empty())
        .take(MOST_LINES)
        .collect();
    if lines.is_empty() {
        said.trim().to_owned()
    } else {
        lines.join("\n")
    }
}

/// A build script that failed: cargo names the script, and below what it printed is why.
struct BuildScript<'said> {
    package: &'said str,
    /// Where it panicked, and what it said; or else the first line that it wrote to standard error.
    why: Option<(&'said str, &'said str)>,
    first: &'said str,
}

impl<'said> BuildScript<'said> {
    fn of(said: &'said str) -> Option<Self> {
        let (_, rest) = said.split_once("failed to run custom build command for `")?;
        let package = rest.split(['`', '(']).next()?.trim();
        let (_, printed) = rest.split_once("--- stderr")?;
        let why = printed.split_once(" panicked at ").and_then(|(_, rest)| {
            let mut lines = rest.lines();
            let place = lines.next()?.trim_end_matches(':');
            Some((place, lines.next()?.trim()))
        });
        let first = printed.lines().map(str::trim).find(|line| !line.is_empty());
        Some(Self {
            package,
            why,
            first: first.unwrap_or_default(),
        })
    }

    fn finding(&self) -> Diagnostic {
        let package = self.package;
        let finding = match self.why {
            Some((place, message)) => RULE.finding(format!(
                "the build script of `{package}` panicked at {place}: {message}"
            )),
            None => RULE.finding(format!(
                "the build script of `{package}` failed: {}",
                self.first
            )),
        };
        finding
            .because(Evidence::output("build script", self.first))
            .hint("give it what it asks for, a library or a variable, which its documentation names; where it is yours, mend `build.rs`")
    }
}

/// The finding, where cargo wants a package that it may not download.
pub(crate) fn offline(said: &str) -> Diagnostic {
    Diagnostic {
        hint: Some("let cargo reach its index once; what it has downloaded it finds again without a network".to_owned()),
        ..finding(said)
    }
}

/// The finding, where something ended cargo or a program that it started. `line` says so.
pub(crate) fn killed(line: &str) -> Diagnostic {
    RULE.finding("something ended the build before it was done")
        .because(Evidence::output("cargo", line.trim()))
        .hint("most often the machine had no memory left: close what takes much of it, or set CARGO_BUILD_JOBS=1")
}

/// The finding, where cargo was ended because it took longer than this; `at_work` says what it was doing.
pub(crate) fn timed_out(limit: std::time::Duration, at_work: Option<&str>) -> Diagnostic {
    let limit = match limit.as_secs() {
        seconds if seconds < 120 => format!("{} s", limit.as_secs_f64()),
        seconds => format!("{} minutes", seconds / 60),
    };
    let at_work = at_work.unwrap_or("cargo did not say what it was doing");
    RULE.finding(format!(
        "the build was ended after its limit of {limit}: {at_work}"
    ))
    .because(Evidence::output("wr", at_work))
    .hint(
        "look there for a loop that never ends, or a wait for a network or a lock; an honest build gets more time by `build_time_limit` in `.wr.toml`, or by `--build-time-limit`",
    )
}

/// The finding, where a build used more than it may.
pub(crate) fn took_too_much(what: &str, used: u64, most: u64, at_work: Option<&str>) -> Diagnostic {
    let [used, most] = [used, most].map(|value| super::limit_exceeded::amount(what, value));
    let at_work = at_work.map_or_else(String::new, |at_work| format!(": {at_work}"));
    RULE.finding(format!(
        "the build was ended because it went beyond its limit of {most} {what}{at_work}"
    ))
    .because(Evidence::mismatch(what, most, used))
    .hint("look for a build script or a macro that allocates or starts processes without end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_script_is_told_by_what_it_said() {
        let said = "   Compiling fast v0.3.0 (/p)\nerror: failed to run custom build command for `fast v0.3.0 (/p)`\n\n\
                    Caused by:\n  process didn't exit successfully: `/t/build-script-build` (exit status: 101)\n  --- stderr\n\n  \
                    thread 'main' (7) panicked at build.rs:1:48:\n  BLAS_DIR not set: NotPresent\n  stack backtrace:\n";
        assert_eq!(
            finding(said).message,
            "the build script of `fast v0.3.0` panicked at build.rs:1:48: BLAS_DIR not set: NotPresent"
        );
        let (head, _) = said.split_once("\n  thread").unwrap();
        let other = format!("{head}  error: no C compiler\n");
        assert_eq!(
            finding(&other).message,
            "the build script of `fast v0.3.0` failed: error: no C compiler"
        );
    }

    #[test]
    fn evidence_begins_with_the_error() {
        let said = "    Updating index\nerror: failed to select a version for `x`.\n\n  why\n";
        let found = finding(said);
        assert!(
            matches!(&found.evidence[0], Evidence::Output { text, .. } if text.starts_with("error: ") && text.ends_with("why"))
        );
    }
}
