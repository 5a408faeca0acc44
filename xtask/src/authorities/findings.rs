//! The rules that fire on published wheels.

use super::wheel::Inspected;

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fired {
    pub(super) wheel: String,
    pub(super) code: String,
    pub(super) message: String,
}

/// All of them, and whatever could not be read, which isn't a rule but just as alarming. The same message for several
/// members of a wheel counts once.
pub(super) fn fired(wheels: &[Inspected]) -> Vec<Fired> {
    let mut all: Vec<Fired> = wheels.iter().flat_map(of_wheel).collect();
    all.sort();
    all.dedup();
    all
}

fn of_wheel(wheel: &Inspected) -> impl Iterator<Item = Fired> {
    let diagnostics = wheel.inspection.diagnostics.iter().map(|finding| Fired {
        wheel: wheel.file.clone(),
        code: finding.code.to_string(),
        message: finding.message.clone(),
    });
    let unreadable = wheel.inspection.facts.unreadable.iter();
    diagnostics.chain(unreadable.map(|entry| Fired {
        wheel: wheel.file.clone(),
        code: "unreadable".to_owned(),
        message: format!("{}: {}", entry.path, entry.reason),
    }))
}
