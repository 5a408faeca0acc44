//! The advice of rustc itself, or of the author of a trait.

use crate::build::{CompilerError, Note};

/// A longer line is not shown with its additions.
const LONGEST_LINE: usize = 110;

/// The first note that proposes code or says something useful.
pub(super) fn of(error: &CompilerError) -> Option<String> {
    let notes = || error.notes.iter().filter(|note| !misleads(error, note));
    notes().find_map(proposed).or_else(|| {
        let mut texts = notes().map(|note| &note.text);
        texts
            .find(|text| is_useful(text) && !text.contains('\n'))
            .cloned()
    })
}

/// The code that a note proposes.
fn proposed(note: &Note) -> Option<String> {
    if let Some(proposal) = note
        .proposal
        .as_deref()
        .filter(|text| text.starts_with("use "))
    {
        return Some(format!("write `{proposal}` with the other `use` lines"));
    }
    if let Some(line) = note
        .with_additions
        .as_deref()
        .filter(|line| line.chars().count() <= LONGEST_LINE)
    {
        return Some(format!("{}: `{line}`", without_colon(&note.text)));
    }
    let proposal = note.proposal.as_deref()?;
    let is_short = !proposal.contains('\n') && is_useful(&note.text);
    is_short.then(|| {
        if note.text.contains(proposal) {
            note.text.clone()
        } else {
            format!("{}: `{proposal}`", note.text)
        }
    })
}

/// The text of a note without the colon at its end, if a proposal follows.
fn without_colon(text: &str) -> &str {
    text.trim_end_matches(':')
}

fn is_useful(text: &str) -> bool {
    const BEGINS: [&str; 18] = [
        // It ends with an ellipsis, and its proposal is in two pieces.
        "instead, you are more likely to want",
        "required ",
        "the trait ",
        "the following other types",
        "this error originates",
        "expected ",
        "found ",
        "items from traits",
        "within ",
        "all types which implement",
        "consider ",
        "`#[warn(",
        "the method ",
        "there is a method",
        "candidate #",
        // The actual mistake is a missing definition or `use` line.
        "you might be missing a type parameter",
        "one of the expressions' fields",
        // It names a file with the rest of a long type.
        "the full name for the type",
    ];
    // A sentence for a person, and not the command line of a tool.
    let is_command = text.trim_start().starts_with('"');
    // Of all that rustc asks you to consider, only an attribute is worth a line of its own.
    let is_attribute = text.starts_with("consider annotating ");
    (is_attribute || !BEGINS.iter().any(|words| text.starts_with(words)))
        && !is_command
        && !text.ends_with(" defined here")
        && !text.ends_with(" hidden")
}

/// Whether following a note wouldn't help: rustc knows nothing about PyO3's receivers.
fn misleads(error: &CompilerError, note: &Note) -> bool {
    const HOLDERS: [&str; 5] = ["PyRef<", "PyRefMut<", "Bound<", "Borrowed<", "Py<"];
    let is_held = HOLDERS.iter().any(|holder| error.message.contains(holder));
    // Such a call would lack the object that the method is called on.
    (is_held && note.text.starts_with("use associated function syntax"))
        || note
            .text
            .contains("has a name defined in the doc alias attribute")
}
