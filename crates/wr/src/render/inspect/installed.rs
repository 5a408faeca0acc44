//! What is installed under a name, as text.

use super::{all, binary, counted, fact, headline, in_a_line, part, wheel};
use crate::inspect::{Installed, InstalledAs, Report};
use crate::render::plain::say;
use crate::render::style::DIM;

/// How many binaries are listed without `--verbose`.
const SHOWN: usize = 12;

pub(super) fn print(report: &Report, found: &Installed, verbose: bool) {
    headline(&report.target, &what(found));
    if let Some(path) = &report.path {
        fact("lies at", path.display());
    }
    fact(
        "for",
        format!(
            "Python {}, {}",
            found.python_version,
            found.python.display()
        ),
    );
    match found.binaries.as_slice() {
        [] if found.unreadable.is_empty() => {
            if found.found_as != InstalledAs::BuiltIn {
                fact(
                    "holds",
                    format!("{DIM}no extension: it is Python alone{DIM:#}"),
                );
            }
        }
        [one] => {
            part(&one.path, &binary::what(&one.facts));
            binary::body(&one.path, &one.facts, verbose);
        }
        many => {
            fact("holds", counted(many.len(), "binary"));
            let shown = if verbose { many.len() } else { SHOWN };
            for one in many.iter().take(shown) {
                if verbose {
                    part(&one.path, &binary::what(&one.facts));
                    binary::body(&one.path, &one.facts, verbose);
                } else {
                    in_a_line(&one.path, &wheel::python_and_size(&one.path, &one.facts));
                }
            }
            if many.len() > shown {
                say!(
                    "  {DIM}and {} more, shown with --verbose{DIM:#}",
                    many.len() - shown
                );
            }
        }
    }
    all(
        "unread",
        found
            .unreadable
            .iter()
            .map(|(path, reason)| format!("{path}: {reason}")),
    );
}

fn what(found: &Installed) -> String {
    let what = match found.found_as {
        InstalledAs::Extension => "an installed extension module",
        InstalledAs::Package => "an installed package",
        InstalledAs::Namespace => "an installed namespace package",
        InstalledAs::Source => "an installed module in Python",
        InstalledAs::BuiltIn => "a module that is built into the interpreter",
        InstalledAs::Distribution => "an installed distribution",
    };
    match &found.distribution {
        Some((name, version)) => format!("{what}, of {name} {version}"),
        None => what.to_owned(),
    }
}
