//! One wheel as text: its tags, its metadata, its contents.

use anatomy::Facts;
use anatomy::wheel::{UnreadableEntry, WheelExtension, WheelFacts};

use diagnostic::some;

use super::{all, binary, counted, fact, headline, in_a_line, more, part, python, size};
use crate::inspect::Promise;
use crate::render::style::{DIM, WARN};
use crate::render::text::{Text, say};

/// How many names of a kind are shown without `--verbose`.
const SHOWN: usize = 4;

/// How many extensions are listed without `--verbose`.
const EXTENSIONS: usize = 12;

pub(super) fn write(out: &mut Text, target: &str, facts: &WheelFacts, verbose: bool) {
    headline(
        out,
        target,
        &format!(
            "wheel of {} {}",
            facts.name.distribution, facts.name.version
        ),
    );
    let tags: Vec<String> = facts.name.tags.iter().map(ToString::to_string).collect();
    let shown = if verbose { tags.len() } else { SHOWN };
    fact(out, "tags", some(&tags, shown));
    if let Some(policy) = policy(facts) {
        more(out, format!("complies with {policy} and later"));
    }
    metadata(out, facts);
    contents(out, facts, verbose);
    built(out, facts, verbose);
    let promise = Promise::of_wheel(facts);
    match facts.extensions.as_slice() {
        [] => {}
        [one] => whole(out, one, promise, verbose),
        many if verbose => many
            .iter()
            .for_each(|one| whole(out, one, promise, verbose)),
        many => {
            for one in many.iter().take(EXTENSIONS) {
                in_a_line(
                    out,
                    &one.path,
                    &python_and_size(&one.path, &one.facts, promise),
                );
            }
            if many.len() > EXTENSIONS {
                say!(
                    out,
                    "  {DIM}and {}, shown with --verbose{DIM:#}",
                    counted(many.len() - EXTENSIONS, "further extension")
                );
            }
        }
    }
    if verbose {
        facts
            .libraries
            .iter()
            .for_each(|one| whole(out, one, promise, verbose));
    }
}

/// The oldest policy that the wheel complies with, unless its tag already names it.
fn policy(facts: &WheelFacts) -> Option<&'static str> {
    let is_tagged = |policy: &str| {
        facts.name.tags.iter().any(|tag| {
            tag.platform.starts_with(policy)
                || (policy == "manylinux_2_17" && tag.platform.starts_with("manylinux2014"))
                || (policy == "manylinux_2_12" && tag.platform.starts_with("manylinux2010"))
                || (policy == "manylinux_2_5" && tag.platform.starts_with("manylinux1_"))
        })
    };
    let family = |family: &str| {
        facts
            .name
            .tags
            .iter()
            .any(|tag| tag.platform.starts_with(family))
    };
    let oldest = if family("musllinux") {
        facts.oldest_musllinux()
    } else {
        facts.oldest_manylinux()
    };
    oldest.filter(|policy| !is_tagged(policy) && !facts.extensions.is_empty())
}

fn metadata(out: &mut Text, facts: &WheelFacts) {
    let metadata = &facts.metadata;
    let mut parts = Vec::new();
    if let Some(required) = &metadata.requires_python {
        parts.push(format!("requires Python {required}"));
    }
    if let Some(generator) = &metadata.generator {
        parts.push(format!("built by {generator}"));
    }
    if !parts.is_empty() {
        fact(out, "metadata", parts.join(", "));
    }
}

fn contents(out: &mut Text, facts: &WheelFacts, verbose: bool) {
    let mut parts = vec![
        counted(facts.files, "file"),
        counted(facts.extensions.len(), "extension"),
    ];
    let others = facts.libraries.len() + facts.other_binaries.len();
    if others > 0 {
        parts.push(counted(others, "other binary"));
    }
    if !facts.sboms.is_empty() {
        parts.push(format!(
            "{} of materials",
            counted(facts.sboms.len(), "bill")
        ));
    }
    parts.push(record(facts));
    fact(out, "contains", parts.join(", "));
    let libraries: Vec<&str> = facts
        .libraries
        .iter()
        .map(|one| one.path.as_str())
        .collect();
    let shown = if verbose { usize::MAX } else { SHOWN };
    if !libraries.is_empty() && !verbose {
        more(out, format!("other binaries: {}", some(&libraries, shown)));
    }
    if !facts.archives.is_empty() {
        more(
            out,
            format!("{WARN}not opened{WARN:#}: {}", some(&facts.archives, shown)),
        );
    }
    let disguised: Vec<String> = facts
        .other_binaries
        .iter()
        .map(|one| format!("{} ({})", one.path, binary::what(&one.facts)))
        .collect();
    if !disguised.is_empty() {
        more(
            out,
            format!("misleading names: {}", some(&disguised, shown)),
        );
    }
    let components: Vec<String> = facts
        .components
        .iter()
        .map(|one| one.purl.clone())
        .collect();
    if !components.is_empty() {
        more(out, format!("from elsewhere: {}", some(&components, shown)));
    }
    let startup: Vec<&str> = facts
        .startup
        .iter()
        .filter(|file| file.runs_code())
        .map(|file| file.path.as_str())
        .collect();
    if !startup.is_empty() {
        more(
            out,
            format!(
                "{WARN}runs every time Python starts{WARN:#}: {}",
                some(&startup, shown)
            ),
        );
    }
    let because = |one: &UnreadableEntry| format!("{}: {}", one.path, one.reason);
    all(out, "unread", facts.unreadable.iter().map(because));
    all(out, "damaged", facts.damaged.iter().map(because));
    // If they should have been compared, the finding names them too.
    all(out, "unhashed", facts.uncompared.iter().map(because));
}

/// How the contents compare with `RECORD`: paths and sizes of all files, hashes of those that were read.
fn record(facts: &WheelFacts) -> String {
    if !facts.has_record {
        return "no RECORD".to_owned();
    }
    let mut wrong = Vec::new();
    if !facts.unrecorded.is_empty() {
        wrong.push(format!("leaves out {}", facts.unrecorded.len()));
    }
    if !facts.missing.is_empty() {
        wrong.push(match facts.missing.len() {
            1 => "lists 1 missing file".to_owned(),
            count => format!("lists {count} missing files"),
        });
    }
    if !facts.altered.is_empty() {
        wrong.push(format!("is wrong about {}", facts.altered.len()));
    }
    let (weak, none) = (facts.weakly_hashed.len(), facts.unhashed.len());
    if weak > 0 {
        wrong.push(format!("has {} too weak", hashes(weak)));
    }
    if none > 0 {
        wrong.push(format!("has no hash for {none}"));
    }
    let compared = match (facts.hashed, facts.hashes) {
        (_, 0) => String::new(),
        (compared, all) if compared == all => match all {
            1 => " (its only hash compared)".to_owned(),
            all => format!(" (all {all} hashes compared)"),
        },
        (compared, all) => format!(" ({compared} of {} compared)", hashes(all)),
    };
    match wrong.as_slice() {
        [] => format!("RECORD lists all{compared}"),
        wrong => format!("RECORD {}{compared}", wrong.join(" and ")),
    }
}

fn hashes(count: usize) -> String {
    match count {
        1 => "1 hash".to_owned(),
        count => format!("{count} hashes"),
    }
}

fn built(out: &mut Text, facts: &WheelFacts, verbose: bool) {
    let pyo3 = facts
        .crates
        .iter()
        .find(|one| one.name == "pyo3")
        .map(|one| format!("with PyO3 {}", one.version));
    // A bill of materials isn't a trace: it states what's in the wheel.
    let where_from = if facts.sboms.is_empty() {
        "left traces"
    } else {
        "listed"
    };
    let crates = binary::traces(facts.crates.len(), where_from);
    let said: Vec<String> = pyo3.into_iter().chain(crates).collect();
    if !said.is_empty() {
        fact(out, "built", said.join("; "));
    }
    if verbose {
        let crates = facts
            .crates
            .iter()
            .map(|one| format!("{} {}", one.name, one.version));
        all(out, "crates", crates);
    }
}

fn whole(out: &mut Text, binary: &WheelExtension, promise: Promise, verbose: bool) {
    part(out, &binary.path, &binary::what(&binary.facts));
    binary::body(out, &binary.path, &binary.facts, promise, verbose);
}

/// The key facts about an extension, in one line.
pub(super) fn python_and_size(path: &str, facts: &Facts, promise: Promise) -> String {
    format!(
        "{}, {}",
        python::in_a_few_words(path, facts, promise),
        size(facts.size)
    )
}
