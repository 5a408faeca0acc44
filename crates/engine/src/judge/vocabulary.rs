//! Rewords advice for the PyO3 in use, so that the names in it exist there.
//!
//! All advice is written for the newest PyO3. If a project uses an older one, the names in this table are replaced
//! with that version's names (PyO3's changelog and migration guide).

use diagnostic::Diagnostic;

/// A name in advice, the first minor version of PyO3 that has it, and its equivalent before.
const SINCE: &[(&str, u32, &str)] = &[
    ("`pyo3::sync::PyMutex`", 30, "`std::sync::Mutex`"),
    ("`PyMutex`", 30, "`std::sync::Mutex`"),
    ("py.detach", 26, "py.allow_threads"),
    ("Python::detach", 26, "Python::allow_threads"),
    ("`detach`", 26, "`allow_threads`"),
    ("Python::attach", 26, "Python::with_gil"),
    (
        "Python::initialize",
        26,
        "pyo3::prepare_freethreaded_python",
    ),
    ("PyOnceLock", 26, "GILOnceCell"),
    ("`cast`", 26, "`downcast`"),
    ("`cast::<", 26, "`downcast::<"),
    (
        "`lock_py_attached`",
        24,
        "`py.allow_threads(|| …)` around the lock",
    ),
    ("`#[derive(IntoPyObject)]`", 23, "`impl IntoPy<PyObject>`"),
    ("`try_iter`", 23, "`iter`"),
    ("`as_super()`", 22, "`as_ref()`"),
    ("`.as_super()", 22, "`.as_ref()"),
];

/// Rewords a finding's hint for this minor version of PyO3.
pub(super) fn fit(finding: &mut Diagnostic, minor: u32) {
    let Some(hint) = &mut finding.hint else {
        return;
    };
    // A hint that names both versions, for example about a renamed item, is about the difference.
    if hint.contains("in this PyO3") || hint.contains("came with PyO3") {
        return;
    }
    for (now, since, before) in SINCE {
        if minor < *since && hint.contains(now) {
            *hint = hint.replace(now, before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hint: &str, minor: u32, expect: &str) {
        let mut finding = crate::rules::test_failed::RULE
            .finding("it failed")
            .hint(hint);
        fit(&mut finding, minor);
        assert_eq!(finding.hint.as_deref(), Some(expect));
    }

    #[test]
    fn advice_names_only_what_an_older_pyo3_has() {
        let hint = "wrap it in `py.detach(|| …)`, or take `PyMutex`";
        check(
            hint,
            23,
            "wrap it in `py.allow_threads(|| …)`, or take `std::sync::Mutex`",
        );
        check(
            hint,
            26,
            "wrap it in `py.detach(|| …)`, or take `std::sync::Mutex`",
        );
        check(hint, 30, hint);
        check(
            "begin with `Python::initialize();`",
            25,
            "begin with `pyo3::prepare_freethreaded_python();`",
        );
    }

    #[test]
    fn a_hint_about_a_change_is_kept() {
        let hint = "`detach` came with PyO3 0.26; in the PyO3 0.23 that this project uses it is called `allow_threads`";
        check(hint, 23, hint);
    }
}
