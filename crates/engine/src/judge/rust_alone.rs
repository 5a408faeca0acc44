//! Rewords advice for a crate that has nothing to do with Python.

use anatomy::shared::PANIC;
use diagnostic::Diagnostic;

use crate::rules::{rust_panic, timed_out};

/// Removes advice that helps only if Python calls the code.
pub(super) fn fit(finding: &mut Diagnostic) {
    let phrases = if finding.code == *PANIC.code() {
        rust_panic::OF_PYTHON
    } else if finding.code == *timed_out::RULE.code() {
        timed_out::OF_PYTHON
    } else {
        return;
    };
    for (with, without) in phrases {
        finding.message = finding.message.replace(with, without);
        if let Some(hint) = &mut finding.hint {
            *hint = hint.replace(with, without);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn advice_does_not_mention_python() {
        let panics = [
            "attempt to add with overflow",
            "index out of bounds: the len is 2 but the index is 2",
            "already borrowed: BorrowMutError",
            "out of order",
        ];
        let mut findings: Vec<_> = panics
            .map(|text| rust_panic::finding(text, None, None, "tests::a"))
            .to_vec();
        findings.push(timed_out::finding(Duration::from_secs(1), None, None, ""));
        for mut finding in findings {
            let hint = |finding: &Diagnostic| finding.hint.clone().unwrap();
            let before = hint(&finding);
            assert!(before.contains("Py"), "{before}");
            fit(&mut finding);
            let after = hint(&finding);
            assert!(!after.contains("Py"), "{after}");
            assert!(!after.is_empty());
        }
    }
}
