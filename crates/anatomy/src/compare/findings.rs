//! Findings that appeared and disappeared.
//!
//! In another release, the same finding contains different names and numbers. So two findings from one rule that differ
//! only in digits count as the same; a raised minimum is a separate change.

use diagnostic::Diagnostic;

use super::{Aspect, Change, Effect};

/// The findings that only one of the two has.
pub(super) fn changes(old: &[Diagnostic], new: &[Diagnostic]) -> Vec<Change> {
    let (gained, lost) = (missing_in(old, new), missing_in(new, old));
    [
        (gained, Vec::new(), Effect::Worse),
        (Vec::new(), lost, Effect::Better),
    ]
    .into_iter()
    .filter_map(|(gained, lost, effect)| {
        Some(Change::of_list(Aspect::Findings, gained, lost)?.with(effect))
    })
    .collect()
}

/// The findings in `those` without a match in `these`; each match counts once.
fn missing_in(these: &[Diagnostic], those: &[Diagnostic]) -> Vec<String> {
    let mut left: Vec<(&str, String)> = these
        .iter()
        .map(|finding| (finding.code.as_str(), kind_of(&finding.message)))
        .collect();
    those
        .iter()
        .filter(|finding| {
            let kind = (finding.code.as_str(), kind_of(&finding.message));
            match left.iter().position(|one| *one == kind) {
                Some(at) => {
                    left.swap_remove(at);
                    false
                }
                None => true,
            }
        })
        .map(|finding| format!("{} {}", finding.code, finding.message))
        .collect()
}

/// A message without its numbers: each run of digits, including hexadecimal ones that start with a digit, becomes a
/// placeholder.
fn kind_of(message: &str) -> String {
    let mut kind = String::with_capacity(message.len());
    let mut in_number = false;
    for letter in message.chars() {
        let goes_on = in_number && (letter.is_ascii_hexdigit() || letter == '.');
        if letter.is_ascii_digit() || goes_on {
            if !in_number {
                kind.push('#');
            }
            in_number = true;
        } else {
            in_number = false;
            kind.push(letter);
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_differ_by_names_but_not_by_numbers() {
        assert_eq!(kind_of("needs glibc 2.34"), kind_of("needs glibc 2.28"));
        assert_ne!(kind_of("`_fast` is empty"), kind_of("`_slow` is empty"));
    }
}
