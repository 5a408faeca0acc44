//! A panic in Rust code during a test.

use anatomy::shared::PANIC as RULE;
use diagnostic::{Diagnostic, Evidence, SourceLocation};

/// `inside` says whose code panicked, if it isn't the user's own.
pub(crate) fn finding(
    text: &str,
    place: Option<SourceLocation>,
    inside: Option<&str>,
    test: &str,
) -> Diagnostic {
    let first = text.lines().next().unwrap_or_default();
    let inside = inside
        .map(|owner| format!(" inside {owner}"))
        .unwrap_or_default();
    let mut finding = RULE.finding(match &place {
        // If Rust reports a place in the standard library, the test's own line is shown instead.
        Some(place) if is_python(place) => {
            format!("the Rust code panicked{inside}, called at {place}: {first}")
        }
        Some(place) => format!("the Rust code panicked{inside} at {place}: {first}"),
        None => format!("the Rust code panicked{inside}: {first}"),
    });
    if let Some(place) = place {
        finding = finding.because(Evidence::at(place));
    }
    finding
        .because(Evidence::output("test", format!("during {test}")))
        .hint(help(first))
}

/// Whether a panic results from an earlier one: in a thread that was joined, or while a lock was held.
pub(crate) fn is_of_another(text: &str) -> bool {
    text.contains("on an `Err` value: Any {") || text.contains("PoisonError")
}

fn is_python(place: &SourceLocation) -> bool {
    std::path::Path::new(&place.file)
        .extension()
        .is_some_and(|ending| ending == "py")
}

/// Wording for code that Python calls, and its replacement for other code.
pub(crate) const OF_PYTHON: &[(&str, &str)] = &[
    ("the Rust code panicked", "the code panicked"),
    (
        ", and return a `PyErr` if it gives `None`",
        ", and decide what to do if it gives `None`",
    ),
    ("; and return a `PyErr` then", ""),
    (" or call Python, which may call back:", ":"),
    (
        "return a `PyErr` if input can cause this",
        "return a `Result` if input can cause this",
    ),
];

/// What to do, depending on the panic's message.
fn help(text: &str) -> String {
    if let Some(checked) = checked(text) {
        return format!(
            "use a wider type, or `{checked}`, and return a `PyErr` if it gives `None`"
        );
    }
    let is_out_of_bounds = text.starts_with("index out of bounds: ")
        || text.starts_with("slice index starts at ")
        || text.contains(" out of range for slice of length ")
        || text.contains(" is out of bounds of ");
    if is_out_of_bounds {
        return "use `.get(..)`, which gives `None` if nothing is there, or check the bounds first; and return a `PyErr` then"
            .to_owned();
    }
    if text.starts_with("Already borrowed: PyBorrowMutError")
        || text.starts_with("Already mutably borrowed: PyBorrowError")
    {
        return "this object is borrowed already, most likely by a method that is running on it: take `slf: &Bound<'_, Self>` instead of `&mut self` there, and borrow only for the lines that need it"
            .to_owned();
    }
    let is_borrowed = text.starts_with("already borrowed")
        || text.starts_with("already mutably borrowed")
        || text.starts_with("RefCell already");
    if is_borrowed {
        return "end the first borrow before you borrow again or call Python, which may call back: clone what you need, or drop the guard"
            .to_owned();
    }
    if text.starts_with("there is no reactor running") {
        return "tokio needs a runtime here: keep one in a `static RUNTIME: LazyLock<tokio::runtime::Runtime>`, and write `RUNTIME.spawn(…)` instead of `tokio::spawn(…)`, or `let _inside = RUNTIME.enter();` before the call"
            .to_owned();
    }
    if text.starts_with("Cannot start a runtime from within a runtime") {
        return "this already runs on one of the runtime's threads: `.await` the future instead of calling `block_on`, or move the blocking call into `spawn_blocking`"
            .to_owned();
    }
    if text.contains("on an `Err` value: PyErr {") {
        return "write `?` instead of `unwrap()`, and return a `PyResult`: then Python gets the exception itself".to_owned();
    }
    if is_of_another(text) {
        return "another panic came first, in a thread or under the same lock: fix that one"
            .to_owned();
    }
    "return a `PyErr` if input can cause this; a panic is for what can't happen".to_owned()
}

/// The method that does the same without a panic.
fn checked(text: &str) -> Option<&'static str> {
    let operation = text
        .strip_prefix("attempt to ")?
        .strip_suffix(" with overflow")?;
    Some(match operation {
        "add" => "checked_add",
        "subtract" => "checked_sub",
        "multiply" => "checked_mul",
        "divide" => "checked_div",
        "calculate the remainder" => "checked_rem",
        "negate" => "checked_neg",
        "shift left" => "checked_shl",
        "shift right" => "checked_shr",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The message of a panic.
    fn message_of(panics: impl FnOnce() + std::panic::UnwindSafe) -> String {
        let payload = std::panic::catch_unwind(panics).unwrap_err();
        payload
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| {
                payload
                    .downcast_ref::<&str>()
                    .map(|text| (*text).to_owned())
            })
            .unwrap()
    }

    #[track_caller]
    fn check(panics: impl FnOnce() + std::panic::UnwindSafe, expect: &str) {
        let text = message_of(panics);
        let help = help(&text);
        assert!(help.contains(expect), "{text}: {help}");
    }

    #[test]
    fn the_help_fits_the_kind_of_panic() {
        use std::hint::black_box;
        check(
            || {
                black_box(black_box(u64::MAX) * 2);
            },
            "`checked_mul`",
        );
        check(
            || {
                black_box(black_box(0_usize) - 1);
            },
            "`checked_sub`",
        );
        check(
            || {
                black_box([1, 2][black_box(2)]);
            },
            "`.get(..)`",
        );
        check(
            || {
                black_box(&[1, 2][..black_box(3)]);
            },
            "`.get(..)`",
        );
        check(
            || {
                black_box(&[1, 2][black_box(2)..black_box(1)]);
            },
            "`.get(..)`",
        );
        check(
            || {
                black_box(&black_box("ab")[..black_box(3)]);
            },
            "`.get(..)`",
        );
        // As tokio 1.54 prints it.
        check(
            || {
                panic!(
                    "there is no reactor running, must be called from the context of a Tokio 1.x runtime"
                )
            },
            "`RUNTIME.spawn(…)`",
        );
        check(
            || panic!("out of order"),
            "a panic is for what can't happen",
        );
    }

    #[test]
    fn a_panic_inside_the_standard_library_says_so() {
        let found = finding(
            "attempt to add with overflow",
            Some(SourceLocation::line("test_it.py", 4)),
            Some("the standard library"),
            "test_it.py::test_a",
        );
        assert_eq!(
            found.message,
            "the Rust code panicked inside the standard library, called at test_it.py:4: attempt to add with overflow"
        );
    }
}
