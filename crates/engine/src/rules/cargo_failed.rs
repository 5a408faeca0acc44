//! Cargo failed for a reason other than a compile error.
//!
//! Cargo couldn't build the crate, but not because of an error in the Rust code: a manifest asks for something that
//! doesn't exist, a dependency couldn't be fetched, or a build script failed.
//!
//! ## Example
//!
//! ```text
//! error: no matching package named `pyo4` found
//! ```
//!
//! ## What to do
//!
//! Read cargo's own message: it names the manifest or the dependency. If a build script failed,
//! its last lines say why. If something killed the build, the machine most likely ran out of memory.
//!
//! ## Where it is specified
//!
//! The cargo book, "The Manifest Format" and "Build Scripts".

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new("WR0352", "cargo-failed", include_str!("cargo_failed.rs"));

/// How many lines of cargo's output become evidence. All of it is printed below the finding.
const MOST_LINES: usize = 6;

pub(crate) fn finding(output: &str) -> Diagnostic {
    if let Some(script) = BuildScript::of(output) {
        return script.finding();
    }
    let first = output
        .lines()
        .map(str::trim)
        .find_map(|line| line.strip_prefix("error: "))
        .unwrap_or("cargo did not say why");
    RULE.finding(format!("cargo could not build the crate: {first}"))
        .because(Evidence::output("cargo", from_error(output)))
        .hint(
            "cargo's own message names the manifest, the dependency or the build script to look at",
        )
}

/// The first lines of the output from the error on.
fn from_error(output: &str) -> String {
    let lines: Vec<&str> = output
        .lines()
        .skip_while(|line| !line.trim_start().starts_with("error"))
        .filter(|line| !line.trim().is_empty())
        .take(MOST_LINES)
        .collect();
    if lines.is_empty() {
        output.trim().to_owned()
    } else {
        lines.join("\n")
    }
}

/// A build script that failed: cargo names the script, and what the script printed says why.
struct BuildScript<'a> {
    package: &'a str,
    /// Where it panicked and with which message.
    why: Option<(&'a str, String)>,
    /// The first sentence that it wrote to standard error.
    first: String,
    /// The sentences that say what to install or to set.
    asks_for: Vec<String>,
}

impl<'a> BuildScript<'a> {
    fn of(output: &'a str) -> Option<Self> {
        let (_, rest) = output.split_once("failed to run custom build command for `")?;
        let package = rest.split(['`', '(']).next()?.trim();
        let (_, printed) = rest.split_once("--- stderr")?;
        let why = printed.split_once(" panicked at ").and_then(|(_, rest)| {
            let (place, message) = rest.split_once('\n')?;
            let place = place.trim_end().trim_end_matches(':');
            let message = paragraphs(message).into_iter().next()?;
            // A script that has printed everything may panic without a message.
            let has_message = !message.starts_with("note: ");
            has_message.then(|| (place, sentence(&message)))
        });
        let all = paragraphs(printed);
        let asks_for = all.iter().flat_map(|paragraph| asking(paragraph)).collect();
        Some(Self {
            package,
            why,
            first: all.first().map(|first| sentence(first)).unwrap_or_default(),
            asks_for,
        })
    }

    fn finding(&self) -> Diagnostic {
        let package = self.package;
        let finding = match &self.why {
            Some((place, message)) => RULE.finding(format!(
                "the build script of `{package}` panicked at {place}: {message}"
            )),
            None => RULE.finding(format!(
                "the build script of `{package}` failed: {}",
                self.first
            )),
        };
        if self.asks_for.is_empty() {
            return finding
                .because(Evidence::output("build script", self.first.clone()))
                .hint("install the library or set the variable that it asks for (see its documentation); if the script is yours, fix `build.rs`");
        }
        finding
            .because(Evidence::output("build script", self.asks_for.join("\n")))
            .hint(format!(
                "the build script of `{package}` says what it needs: {}",
                self.asks_for.last().cloned().unwrap_or_default()
            ))
    }
}

/// The paragraphs of a string, each as one line.
fn paragraphs(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in text.lines().map(str::trim) {
        // The rest only helps to debug the script itself.
        if line.starts_with("stack backtrace:") {
            break;
        }
        let begins_another = line.is_empty() || line.starts_with("note: ");
        if begins_another && found.last().is_some_and(|last| !last.is_empty()) {
            found.push(String::new());
        }
        if let Some(last) = found.last_mut().filter(|_| !line.is_empty()) {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(line);
        }
    }
    found.retain(|paragraph| !paragraph.is_empty());
    found
}

/// The first sentence of a paragraph.
fn sentence(paragraph: &str) -> String {
    let mut sentences = sentences(paragraph);
    sentences.next().unwrap_or(paragraph).to_owned()
}

/// A full stop ends a sentence if a space and a capital letter follow it.
fn sentences(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(paragraph);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.match_indices(". ").find_map(|(at, _)| {
            let next = text.get(at + 2..)?.trim_start().chars().next()?;
            next.is_uppercase().then_some(at + 1)
        });
        let (one, others) = match end {
            Some(end) => text.split_at_checked(end)?,
            None => (text, ""),
        };
        rest = Some(others.trim_start()).filter(|others| !others.is_empty());
        Some(one.trim())
    })
}

/// The sentences of a paragraph that say what to install or which variable to set. The last is the most precise.
fn asking(paragraph: &str) -> Vec<String> {
    const LONGEST: usize = 400;
    let names_a_package = |text: &str| {
        text.split(|c: char| c.is_whitespace() || ['`', '\'', '"', ',', '(', ')'].contains(&c))
            .map(|word| word.trim_end_matches('.'))
            .any(|word| word.len() > 4 && (word.ends_with("-dev") || word.ends_with("-devel")))
    };
    let installs = |text: &str| {
        [
            "apt install",
            "apt-get install",
            "dnf install",
            "brew install",
            "pacman -S",
        ]
        .iter()
        .any(|command| text.contains(command))
    };
    let sets = |text: &str| text.contains("environment variable") && text.contains("set ");
    let mut found: Vec<String> = sentences(paragraph)
        .filter(|text| text.len() <= LONGEST)
        .filter(|text| names_a_package(text) || installs(text) || sets(text))
        .map(str::to_owned)
        .collect();
    // A package name helps more than a variable's name.
    found.sort_by_key(|text| names_a_package(text) || installs(text));
    found
}

/// The finding for a manifest whose path isn't valid UTF-8: cargo doesn't accept such an argument.
pub(crate) fn path_not_text(manifest: &std::path::Path) -> Diagnostic {
    let shown = manifest.display().to_string();
    RULE.finding(format!(
        "cargo cannot build {shown}: its path is not valid UTF-8"
    ))
    .because(Evidence::at(SourceLocation::file(&shown)))
    .hint("rename the directory whose name is shown with a replacement character (`�`)")
}

/// The finding when cargo needs a package but may not download it.
pub(crate) fn offline(output: &str) -> Diagnostic {
    Diagnostic {
        hint: Some("run this once with network access; cargo keeps what it downloads and then works offline".to_owned()),
        ..finding(output)
    }
}

/// The finding when something killed cargo or a program that it started. `line` is the output that says so.
pub(crate) fn killed(line: &str) -> Diagnostic {
    RULE.finding("something killed the build before it finished")
        .because(Evidence::output("cargo", line.trim()))
        .hint("most likely the machine ran out of memory: close programs that use a lot of it, or set CARGO_BUILD_JOBS=1")
}

/// The finding when `wr` stopped cargo at this time limit; `at_work` says what cargo was doing.
pub(crate) fn timed_out(limit: std::time::Duration, at_work: Option<&str>) -> Diagnostic {
    let limit = match limit.as_secs() {
        seconds if seconds < 120 => format!("{} s", limit.as_secs_f64()),
        seconds => format!("{} minutes", seconds / 60),
    };
    let at_work = at_work.unwrap_or("cargo did not say what it was doing");
    RULE.finding(format!(
        "the build was stopped at its time limit of {limit}: {at_work}"
    ))
    .because(Evidence::output("wr", at_work))
    .hint(
        "look there for an endless loop, or for something waiting for the network or a lock; if the build is just slow, raise `build_time_limit` in `.wr.toml` or pass `--build-time-limit`",
    )
}

/// The finding when a build exceeded one of its limits.
pub(crate) fn took_too_much(what: &str, used: u64, most: u64, at_work: Option<&str>) -> Diagnostic {
    let [used, most] = [used, most].map(|value| super::limit_exceeded::amount(what, value));
    let at_work = at_work.map_or_else(String::new, |at_work| format!(": {at_work}"));
    RULE.finding(format!(
        "the build was stopped because it exceeded its limit of {most} {what}{at_work}"
    ))
    .because(Evidence::mismatch(what, most, used))
    .hint("look for a build script or a macro that keeps allocating memory or starting processes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_script_failure_shows_the_scripts_message() {
        let output = "   Compiling fast v0.3.0 (/p)\nerror: failed to run custom build command for `fast v0.3.0 (/p)`\n\n\
                    Caused by:\n  process didn't exit successfully: `/t/build-script-build` (exit status: 101)\n  --- stderr\n\n  \
                    thread 'main' (7) panicked at build.rs:1:48:\n  BLAS_DIR not set: NotPresent\n  stack backtrace:\n";
        assert_eq!(
            finding(output).message,
            "the build script of `fast v0.3.0` panicked at build.rs:1:48: BLAS_DIR not set: NotPresent"
        );
        let (head, _) = output.split_once("\n  thread").unwrap();
        let other = format!("{head}  error: no C compiler\n");
        assert_eq!(
            finding(&other).message,
            "the build script of `fast v0.3.0` failed: error: no C compiler"
        );
    }

    /// As openssl-sys 0.9.118 prints it, with cargo's frame.
    const OPENSSL: &str = "error: failed to run custom build command for `openssl-sys v0.9.118`\n\nCaused by:\n  \
        process didn't exit successfully: `/t/build-script-main` (exit status: 101)\n  --- stdout\n  cargo:rustc-check-cfg=cfg(openssl)\n\n  --- stderr\n\n\n  \
        Could not find directory of OpenSSL installation, and this `-sys` crate cannot\n  proceed without this knowledge. If OpenSSL is installed and this crate had\n  \
        trouble finding it,  you can set the `OPENSSL_DIR` environment variable for the\n  compilation process.\n\n  \
        Make sure you also have the development packages of openssl installed.\n  For example, `libssl-dev` on Ubuntu or `openssl-devel` on Fedora.\n\n  \
        If you're in a situation where you think the directory *should* be found\n  automatically, please open a bug.\n\n  note: run with `RUST_BACKTRACE=1`\n";

    #[test]
    fn the_help_names_the_package_that_a_build_script_asks_for() {
        let found = finding(OPENSSL);
        assert_eq!(
            found.message,
            "the build script of `openssl-sys v0.9.118` failed: Could not find directory of OpenSSL installation, and this `-sys` crate cannot proceed without this knowledge."
        );
        let hint = found.hint.unwrap();
        assert!(
            hint.ends_with("For example, `libssl-dev` on Ubuntu or `openssl-devel` on Fedora."),
            "{hint}"
        );
    }

    #[test]
    fn evidence_starts_with_the_error() {
        let output = "    Updating index\nerror: failed to select a version for `x`.\n\n  why\n";
        let found = finding(output);
        assert!(
            matches!(&found.evidence[0], Evidence::Output { text, .. } if text.starts_with("error: ") && text.ends_with("why"))
        );
    }
}
