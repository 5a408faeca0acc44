//! A lock file: how many packages have a wheel, and which don't.

use anatomy::loads::{Installs, LockAnswer, LockedPackage, Origin};

use super::{all, headline};
use crate::inspect::loads::{Asked, Kind};
use crate::render::inspect::counted;
use crate::render::plain::name;
use crate::render::style::{BAD, DIM, GOOD, WARN};
use crate::render::text::{Text, say};

pub(super) fn write(out: &mut Text, answer: &LockAnswer, kind: Kind, asked: &Asked, verbose: bool) {
    let count = |wanted: &dyn Fn(&Installs) -> bool| {
        answer
            .packages
            .iter()
            .filter(|package| wanted(&package.installs))
            .count()
    };
    let total = answer.packages.len();
    let wheels = count(&|installs| matches!(installs, Installs::Wheel { .. }));
    let sources = count(&|installs| {
        matches!(
            installs,
            Installs::Source {
                origin: Origin::Index,
                ..
            }
        )
    });
    let own = count(
        &|installs| matches!(installs, Installs::Source { origin, .. } if *origin != Origin::Index),
    );
    let nothing = count(&|installs| *installs == Installs::Nothing);
    let style = if nothing > 0 || !answer.findings.is_empty() {
        BAD
    } else if sources > 0 {
        WARN
    } else {
        GOOD
    };
    let mut parts = vec![format!(
        "{wheels} of {} have a wheel",
        counted(total, "package")
    )];
    if sources > 0 {
        parts.push(format!("{sources} would be built from source"));
    }
    if nothing > 0 {
        // An index may have a source distribution too.
        parts.push(match kind {
            Kind::Requirements => format!("{nothing} have none"),
            _ => format!("{nothing} can't be installed"),
        });
    }
    if own > 0 {
        parts.push(format!("{own} from a directory or repository"));
    }
    if answer.left_out > 0 {
        parts.push(format!("{} not needed there", answer.left_out));
    }
    headline(out, asked, style, &parts.join(", "));
    if verbose {
        for package in &answer.packages {
            row(out, package);
        }
    }
    if super::first_of(answer).is_some() {
        say!(out);
    }
    all(out, answer.findings.iter());
    all(
        out,
        answer.packages.iter().flat_map(|package| &package.findings),
    );
}

fn row(out: &mut Text, package: &LockedPackage) {
    let what = match &package.installs {
        Installs::Wheel { file, .. } => file.clone(),
        Installs::Source {
            file: Some(file), ..
        } => format!("source: {file}"),
        Installs::Source {
            origin: Origin::Repository,
            ..
        } => "source: a repository".to_owned(),
        Installs::Source { .. } => "source: a directory".to_owned(),
        Installs::Nothing => "nothing".to_owned(),
    };
    let version = package.version.as_deref().unwrap_or_default();
    say!(
        out,
        "    {} {}  {DIM}{}{DIM:#}",
        name(&package.name),
        name(version),
        name(&what)
    );
}
