//! An installed module or distribution, as text.

use diagnostic::some;

use super::{all, binary, counted, fact, headline, in_a_line, more, part, size, wheel};
use crate::inspect::{Binary, Installed, InstalledAs, Promise, Report};
use crate::render::style::DIM;
use crate::render::text::{Text, say};

/// How many binaries are listed without `--verbose`.
const SHOWN: usize = 12;

/// How many files outside of a module are listed without `--verbose`.
const ELSEWHERE: usize = 4;

pub(super) fn write(out: &mut Text, report: &Report, found: &Installed, verbose: bool) {
    headline(out, &report.target, &what(found));
    if let Some(path) = &report.path {
        fact(out, "path", path.display());
    }
    fact(
        out,
        "for",
        format!(
            "Python {}, {}",
            found.python_version,
            found.python.display()
        ),
    );
    source(out, found);
    match found.binaries.as_slice() {
        [] => nothing(out, found),
        [one] => {
            part(out, &one.path, &binary::what(&one.facts));
            binary::body(out, &one.path, &one.facts, found.promise, verbose);
        }
        many => {
            fact(out, "contains", counted(many.len(), "binary"));
            let shown = if verbose { many.len() } else { SHOWN };
            for one in many.iter().take(shown) {
                if verbose {
                    part(out, &one.path, &binary::what(&one.facts));
                    binary::body(out, &one.path, &one.facts, found.promise, verbose);
                } else {
                    in_a_line(
                        out,
                        &one.path,
                        &wheel::python_and_size(&one.path, &one.facts, found.promise),
                    );
                }
            }
            if many.len() > shown {
                say!(
                    out,
                    "  {DIM}and {} more, shown with --verbose{DIM:#}",
                    many.len() - shown
                );
            }
        }
    }
    all(
        out,
        "unread",
        found
            .unreadable
            .iter()
            .map(|(path, reason)| format!("{path}: {reason}")),
    );
    all(out, "missing", found.missing.iter());
    also(out, found, verbose);
    programs(out, &found.programs, verbose);
}

fn programs(out: &mut Text, programs: &[Binary], verbose: bool) {
    let in_full = |one: &Binary| {
        part(out, &one.path, &binary::what(&one.facts));
        // Programs aren't tied to a Python version.
        binary::body(out, &one.path, &one.facts, Promise::default(), verbose);
    };
    if verbose || programs.len() == 1 {
        programs.iter().for_each(in_full);
        return;
    }
    for one in programs.iter().take(SHOWN) {
        in_a_line(
            out,
            &one.path,
            &format!("{}, {}", binary::what(&one.facts), size(one.facts.size)),
        );
    }
    if programs.len() > SHOWN {
        say!(
            out,
            "  {DIM}and {}, shown with --verbose{DIM:#}",
            counted(programs.len() - SHOWN, "further program")
        );
    }
}

/// Where it's imported from, if that isn't the environment itself.
fn source(out: &mut Text, found: &Installed) {
    let Some(editable) = &found.editable else {
        return;
    };
    all(
        out,
        "source",
        editable.directories.iter().map(|dir| dir.display()),
    );
    if editable.hook {
        more(out, "found by an import hook, which was not run");
    }
}

/// Says that there's no binary, and why.
fn nothing(out: &mut Text, found: &Installed) {
    let is_reported = !found.unreadable.is_empty()
        || !found.missing.is_empty()
        || found.found_as == InstalledAs::BuiltIn;
    if is_reported {
        return;
    }
    let what = if let Some(editable) = &found.editable {
        if editable.hook {
            "no extension found without running the hook"
        } else {
            "no extension"
        }
    } else if !found.programs.is_empty() {
        "no extension"
    } else if !found.elsewhere.is_empty() {
        "no extension of its own"
    } else {
        "no extension: it's pure Python"
    };
    fact(out, "contains", format!("{DIM}{what}{DIM:#}"));
}

/// What the module's distribution installs outside the module.
fn also(out: &mut Text, found: &Installed, verbose: bool) {
    let shown = if verbose { usize::MAX } else { ELSEWHERE };
    if let ([(name, version)], false) = (found.distributions.as_slice(), found.elsewhere.is_empty())
    {
        fact(
            out,
            "outside",
            format!(
                "{name} {version} also installs {}",
                some(&found.elsewhere, shown)
            ),
        );
    }
}

fn what(found: &Installed) -> String {
    let what = match found.found_as {
        InstalledAs::Extension => "an installed extension module",
        InstalledAs::Package => "an installed package",
        InstalledAs::Namespace => "an installed namespace package",
        InstalledAs::Source => "an installed Python module",
        InstalledAs::BuiltIn => "a module built into the interpreter",
        InstalledAs::Distribution => "an installed distribution",
    };
    let distributions: Vec<String> = found
        .distributions
        .iter()
        .map(|(name, version)| format!("{name} {version}"))
        .collect();
    match distributions.as_slice() {
        [] => what.to_owned(),
        [one] => format!("{what} ({one})"),
        all => format!("{what}, shared by {}", all.join(", ")),
    }
}
