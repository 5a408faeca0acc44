//! Every rule of every crate.

use diagnostic::{Code, Rule};

/// The rules in the order of their codes.
pub(crate) fn all() -> Vec<&'static Rule> {
    let mut all: Vec<&Rule> = anatomy::RULES
        .iter()
        .copied()
        .chain(engine::rules())
        .collect();
    all.sort_by(|a, b| a.code().cmp(b.code()));
    all
}

/// The rule with a code, if there is one.
pub(crate) fn find(code: &Code) -> Option<&'static Rule> {
    all().into_iter().find(|rule| rule.code() == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_unique() {
        let rules = all();
        for pair in rules.windows(2) {
            assert_ne!(pair[0].code(), pair[1].code());
        }
        let mut names: Vec<_> = rules.iter().map(|rule| rule.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), rules.len());
    }

    #[test]
    fn every_page_begins_with_a_sentence() {
        for rule in all() {
            let page = rule.page();
            assert!(
                page.summary().ends_with('.'),
                "{} begins with {:?}",
                rule.code(),
                page.summary()
            );
        }
    }
}
