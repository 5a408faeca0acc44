//! Why PyO3 was or will be recompiled, as text.

use engine::{SeenBuild, TargetDirOwner, TargetReport};

use super::diagnostic;
use super::snippet::Sources;
use super::style::{BOLD, DIM, GOOD};
use crate::render::text::{Text, say};

/// Writes the findings for each target directory.
pub(super) fn write(out: &mut Text, reports: &[TargetReport], place: &str) {
    say!(out, "{BOLD}{place}{BOLD:#}");
    for report in reports {
        let owner = match report.owner {
            TargetDirOwner::Wr => "wr builds in",
            TargetDirOwner::Project => "cargo, maturin and editors build in",
        };
        say!(out, "\n{owner} {}", report.dir.display());
        if report.builds.is_empty() {
            say!(out, "  {DIM}PyO3 has not been built there{DIM:#}");
            continue;
        }
        for build in &report.builds {
            built(out, build);
        }
        say!(out);
        if report.findings.is_empty() {
            let sentence = "nothing to explain: the next build reuses what is compiled";
            say!(out, "  {GOOD}✓{GOOD:#} {}", out.wrapped(sentence, 4));
        }
        for finding in &report.findings {
            diagnostic::write(out, finding, &Sources::default());
        }
    }
}

fn built(out: &mut Text, build: &SeenBuild) {
    let minutes = build.seconds_ago / 60;
    let when = match minutes {
        0 => "just now".to_owned(),
        1..120 => format!("{minutes} min ago"),
        _ => format!("{} h ago", minutes / 60),
    };
    say!(
        out,
        "  {DIM}{}, {when}, by {}{DIM:#}",
        build.profile,
        build.by
    );
    for (name, value) in &build.variables {
        let shown = if name == "PATH" {
            "…"
        } else {
            value.as_str()
        };
        say!(out, "    {DIM}{name}={shown}{DIM:#}");
    }
}
