//! Finds Rust panics in the output of a process.

use diagnostic::SourceLocation;

/// A panic, as the standard library's hook prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Panic {
    /// The place, with the file path that rustc was given.
    pub(crate) place: SourceLocation,
    /// The panic's message.
    pub(crate) text: String,
}

impl Panic {
    /// Whether it comes from a marker for unfinished work.
    pub(crate) fn is_todo(&self) -> bool {
        is_todo(&self.text)
    }
}

/// Whether a panic's text is that of `todo!()` or `unimplemented!()`.
pub(crate) fn is_todo(text: &str) -> bool {
    text.starts_with("not yet implemented") || text.starts_with("not implemented")
}

/// Every panic in the text: `thread 'x' (12) panicked at src/lib.rs:5:9:`, then the message up to the line about backtraces.
/// Before Rust 1.73, message and place were on one line; such a toolchain is too old for PyO3.
pub(crate) fn find(text: &str) -> Vec<Panic> {
    let mut found = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(place) = line
            .split_once(" panicked at ")
            .filter(|(before, _)| before.trim_start().starts_with("thread '"))
            .and_then(|(_, place)| parse_place(place.trim_end().strip_suffix(':')?))
        else {
            continue;
        };
        let mut message = Vec::new();
        while let Some(next) = lines.peek() {
            if next.starts_with("note: ")
                || next.starts_with("stack backtrace:")
                || next.contains(" panicked at ")
            {
                break;
            }
            message.push(*next);
            lines.next();
            // A message rarely has more than a few lines, and its end isn't marked.
            if message.len() >= 12 {
                break;
            }
        }
        found.push(Panic {
            place,
            text: message.join("\n").trim_end().to_owned(),
        });
    }
    found
}

/// The owner of a source file that isn't the user's own: the standard library, or a dependency.
pub(crate) fn owner(file: &str) -> Option<String> {
    let file = file.replace('\\', "/");
    if file.contains("/rustc/") || file.contains("/rustlib/src/") {
        return Some("the standard library".to_owned());
    }
    if let Some((_, below)) = file.split_once("/registry/src/") {
        // The registry's own directory, then the crate's.
        let name = below.split('/').nth(1)?;
        return Some(format!("the crate `{name}`"));
    }
    file.contains("/git/checkouts/")
        .then(|| "a dependency".to_owned())
}

/// The text without the panics in it: the test's own output.
pub(crate) fn without(text: &str) -> String {
    let mut kept = Vec::new();
    let mut in_panic = false;
    for line in text.lines() {
        if line.contains(" panicked at ") && line.trim_start().starts_with("thread '") {
            in_panic = true;
        } else if in_panic && (line.starts_with("note: ") || line.trim().is_empty()) {
            in_panic = false;
        } else if !in_panic {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

/// Parses `src/lib.rs:5:9`; the path itself may contain colons.
fn parse_place(text: &str) -> Option<SourceLocation> {
    let (rest, column) = text.rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    Some(SourceLocation::column(
        file,
        line.parse().ok()?,
        column.parse().ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, &str)]) {
        let found: Vec<(String, String)> = find(text)
            .into_iter()
            .map(|panic| (panic.place.to_string(), panic.text))
            .collect();
        let expect: Vec<(String, String)> = expect
            .iter()
            .map(|(place, text)| ((*place).to_owned(), (*text).to_owned()))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn the_place_and_the_message_are_found() {
        check(
            "before\n\nthread '<unnamed>' (4021) panicked at src/lib.rs:5:5:\nnot yet implemented\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n",
            &[("src/lib.rs:5:5", "not yet implemented")],
        );
        check(
            "thread 'tests::adds' panicked at C:\\x\\src\\lib.rs:50:9:\nassertion `left == right` failed\n  left: 1\n right: 2\nnote: run",
            &[(
                "C:\\x\\src\\lib.rs:50:9",
                "assertion `left == right` failed\n  left: 1\n right: 2",
            )],
        );
    }

    #[test]
    fn a_source_has_an_owner() {
        let check = |file: &str, expect: Option<&str>| {
            assert_eq!(owner(file).as_deref(), expect, "{file}");
        };
        let library = "/rustc/59807616e1/library/core/src/iter/traits/accum.rs";
        check(library, Some("the standard library"));
        let of_a_crate =
            "/home/a/.cargo/registry/src/index.crates.io-1949/pyo3-0.30.1/src/instance.rs";
        check(of_a_crate, Some("the crate `pyo3-0.30.1`"));
        check("src/lib.rs", None);
    }

    #[test]
    fn other_output_is_kept() {
        let text = "before\n\nthread '<unnamed>' (4) panicked at src/lib.rs:5:5:\nout of\nbounds\nnote: run with\nafter\n";
        assert_eq!(without(text), "before\n\nafter");
        assert_eq!(without("he panicked at it\n"), "he panicked at it");
    }

    #[test]
    fn text_about_panics_is_not_a_panic() {
        check("he panicked at the sight of it:\nnothing", &[]);
        check("thread 'x' panicked at nowhere\n", &[]);
    }

    #[test]
    fn a_second_panic_ends_the_first() {
        check(
            "thread 'a' panicked at a.rs:1:1:\none\nthread 'b' panicked at b.rs:2:2:\ntwo\n",
            &[("a.rs:1:1", "one"), ("b.rs:2:2", "two")],
        );
    }
}
