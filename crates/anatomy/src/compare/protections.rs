//! Protections that were added and removed. If only one of the two has information, it isn't compared.

use std::collections::BTreeMap;

use super::{Aspect, Change, Effect};
use crate::facts::{Facts, Hardening, Relro};

/// A lost protection is worse, and a new one is better.
pub(super) fn changes(old: &Facts, new: &Facts) -> Vec<Change> {
    let (old, new) = (of_all(old), of_all(new));
    let turned = |to: bool| -> Vec<String> {
        old.iter()
            .filter(|(name, is_on)| **is_on != to && new.get(*name) == Some(&to))
            .map(|(name, _)| (*name).to_owned())
            .collect()
    };
    let (gained, lost) = (turned(true), turned(false));
    let came = Change::of_list(Aspect::Protections, gained, Vec::new());
    let went = Change::of_list(Aspect::Protections, Vec::new(), lost);
    went.map(|change| change.with(Effect::Worse))
        .into_iter()
        .chain(came.map(|change| change.with(Effect::Better)))
        .collect()
}

/// The protections that every image has, out of those that any image has information about.
fn of_all(facts: &Facts) -> BTreeMap<&'static str, bool> {
    let mut all = BTreeMap::new();
    for image in &facts.images {
        for (name, is_on) in of_one(&image.hardening) {
            all.entry(name)
                .and_modify(|known| *known &= is_on)
                .or_insert(is_on);
        }
    }
    all
}

fn of_one(hardening: &Hardening) -> impl Iterator<Item = (&'static str, bool)> {
    [
        (
            "stack without code",
            hardening
                .executable_stack
                .map(|is_executable| !is_executable),
        ),
        ("RELRO", hardening.relro.map(|relro| relro != Relro::None)),
        (
            "full RELRO",
            hardening.relro.map(|relro| relro == Relro::Full),
        ),
        ("BIND_NOW", hardening.bind_now),
        (
            "write-protected code",
            hardening.text_relocations.map(|is_written| !is_written),
        ),
        ("PIE", hardening.position_independent),
        ("ASLR", hardening.aslr),
        ("ASLR in 64 bits", hardening.high_entropy_aslr),
        ("DEP", hardening.dep),
        ("control flow guard", hardening.control_flow_guard),
        ("code signature", hardening.code_signature),
    ]
    .into_iter()
    .filter_map(|(name, is_on)| Some((name, is_on?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_protections_are_not_compared() {
        let hardening = Hardening {
            relro: Some(Relro::Partial),
            executable_stack: Some(true),
            ..Hardening::default()
        };
        let found: Vec<(&str, bool)> = of_one(&hardening).collect();
        assert_eq!(
            found,
            [
                ("stack without code", false),
                ("RELRO", true),
                ("full RELRO", false)
            ]
        );
    }
}
