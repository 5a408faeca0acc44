//! rustc's rendered errors, with displayable paths, and cut down to the user's own code.

use anstream::adapter::strip_str;

/// How many lines of one error are shown.
const MOST_LINES: usize = 12;

/// Parts of paths that belong to third-party sources.
const FOREIGN: [&str; 4] = [
    "/registry/src/",
    "/git/checkouts/",
    "/rustc/",
    "/rustlib/src/",
];

/// The same text, with its paths converted by `shown`.
pub(super) fn relocated(rendered: &str, shown: &dyn Fn(&str) -> String) -> String {
    rendered
        .split_inclusive('\n')
        .map(|line| {
            let plain = strip_str(line).to_string();
            match place(&plain).and_then(|place| place.rsplitn(3, ':').nth(2)) {
                // The name is the last in its line, with colours only before it.
                Some(file) => line.replacen(file, &shown(file), 1),
                None => line.to_owned(),
            }
        })
        .collect()
}

/// The place in a line `--> src/lib.rs:3:1`.
fn place(plain: &str) -> Option<&str> {
    let line = plain.trim();
    line.strip_prefix("--> ")
        .or_else(|| line.strip_prefix("::: "))
}

/// The useful part of a rendered error: without lists of alternatives, without the sources of PyO3 and the standard library, and
/// without details internal to its macros.
pub(crate) fn excerpt(rendered: &str) -> String {
    let lines: Vec<(&str, String)> = rendered
        .lines()
        .map(|line| (line, strip_str(line).to_string()))
        .filter(|(_, plain)| !plain.trim().is_empty())
        .collect();
    let mut kept: Vec<&str> = Vec::new();
    // The number of lines that say why an item is missing. They are always shown, wherever they point to.
    let mut gates = 0;
    let mut rest = lines.as_slice();
    while let Some((_, others)) = rest.split_first() {
        let length = 1 + others
            .iter()
            .take_while(|(_, plain)| !begins_part(plain))
            .count();
        let (part, after) = rest.split_at(length);
        rest = after;
        if let Some(gate) = gate(part) {
            gates += gate.len();
            kept.extend(gate);
            continue;
        }
        if says_nothing(part) {
            continue;
        }
        // A part is shown completely or not at all; the error itself is always shown.
        if !kept.is_empty() && kept.len() + part.len() > MOST_LINES {
            break;
        }
        kept.extend(part.iter().map(|(line, _)| *line));
    }
    // The rest of a frame whose text was removed.
    while kept
        .last()
        .is_some_and(|line| strip_str(line).to_string().trim() == "|")
    {
        kept.pop();
    }
    let most = MOST_LINES + gates;
    let is_cut = kept.len() > most;
    kept.truncate(most);
    let mut text = kept.join("\n");
    if is_cut {
        text.push_str("\n   …");
    }
    text.push('\n');
    text
}

/// The note that an item was configured out, and the frame that shows the cause.
fn gate<'l>(part: &[(&'l str, String)]) -> Option<Vec<&'l str>> {
    let (first, rest) = part.split_first()?;
    let is_gate = |(_, plain): &(&str, String)| plain.contains("the item is gated ");
    let gated = rest.iter().position(is_gate)?;
    // The frame is the gate's line with the place above it.
    let begins = rest[..gated]
        .iter()
        .rposition(|(_, plain)| place(plain).is_some())
        .unwrap_or_default();
    let frame = rest[begins..=gated].iter();
    Some(
        std::iter::once(first)
            .chain(frame)
            .map(|(line, _)| *line)
            .collect(),
    )
}

/// Whether a line starts a new part: the error, or a note, help or list below it.
fn begins_part(plain: &str) -> bool {
    let text = plain.trim_start();
    let text = text.strip_prefix("= ").unwrap_or(text);
    let is_at_margin = !plain.starts_with(' ') || plain.trim_start().starts_with("= ");
    is_at_margin
        && ["note: ", "help: ", "error", "warning"]
            .iter()
            .any(|word| text.starts_with(word))
}

/// Whether a part is of no use to the user: it's about the internals of PyO3 and the compiler, or about third-party sources.
fn says_nothing(part: &[(&str, String)]) -> bool {
    const SAYS_NOTHING: [&str; 10] = [
        "the following other types implement",
        "this error originates in the",
        "required for `",
        "required because ",
        "redundant requirements hidden",
        "pyo3::impl_::",
        "pyo3::internal::",
        // These are about a file with the rest of a long type.
        "the full name for the type has been written to",
        "consider using `--verbose`",
        "has a name defined in the doc alias attribute",
    ];
    let Some((_, first)) = part.first() else {
        return true;
    };
    if first.starts_with("error") || first.starts_with("warning") {
        return false;
    }
    // The linker's command line, which fills whole screens.
    let is_command = first
        .split_once("note: ")
        .is_some_and(|(_, text)| text.trim_start().starts_with('"'));
    is_command
        || first.contains("use `--verbose` to show all linker arguments")
        || SAYS_NOTHING.iter().any(|words| first.contains(words))
        || part
            .iter()
            .find_map(|(_, plain)| place(plain))
            .is_some_and(is_elsewhere)
}

/// Whether a place is in third-party sources.
pub(super) fn is_elsewhere(place: &str) -> bool {
    let place = place.replace('\\', "/");
    FOREIGN.iter().any(|mark| place.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As rustc 1.95 prints it for a class that isn't frozen, apart from colours and directories.
    const NOT_FROZEN: &str = "\
error[E0271]: type mismatch resolving `<Counter as PyClass>::Frozen == True`
   --> 03_x/05_y/src/lib.rs:5:44
    |
  5 | fn read(c: &Bound<'_, Counter>) -> u32 { c.get().n }
    |                                            ^^^ type mismatch resolving `<Counter as PyClass>::Frozen == True`
    |
note: expected this to be `pyo3::pyclass::boolean_struct::True`
   --> 03_x/05_y/src/lib.rs:2:1
    |
  2 | #[pyclass]
    | ^^^^^^^^^^
note: required by a bound in `pyo3::Bound::<'py, T>::get`
   --> /home/me/.cargo/registry/src/index/pyo3-0.30.1/src/instance.rs:645:20
    |
643 |     pub fn get(&self) -> &T
    |            --- required by a bound in this associated function
    = note: this error originates in the attribute macro `pyclass` (in Nightly builds, run with -Z macro-backtrace for more info)

";

    #[test]
    fn third_party_sources_and_lists_are_left_out() {
        let text = excerpt(NOT_FROZEN);
        assert!(text.contains("  2 | #[pyclass]"), "{text}");
        assert!(!text.contains("instance.rs"), "{text}");
        assert!(!text.contains("originates"), "{text}");
        let list = "\
error[E0277]: `Point` cannot be converted to a Python object
    |
    = note: `IntoPyObject` is automatically implemented by the `#[pyclass]` macro
    = help: the following other types implement trait `IntoPyObject<'py>`:
              &&'a T
              &&OsStr
            and 148 others
";
        let text = excerpt(list);
        assert!(text.contains("`#[pyclass]` macro"), "{text}");
        assert!(!text.contains("OsStr") && !text.contains("148"), "{text}");
    }

    #[test]
    fn a_long_error_is_cut() {
        let long = format!("error: long\n{}", "  | x\n".repeat(40));
        let text = excerpt(&long);
        assert_eq!(text.lines().count(), MOST_LINES + 1, "{text}");
        assert!(text.ends_with("…\n"), "{text}");
    }

    #[test]
    fn paths_are_relative_to_the_exercise() {
        let shown = |file: &str| file.replace("03_x/05_y/", "");
        let text = relocated(NOT_FROZEN, &shown);
        assert!(text.contains("   --> src/lib.rs:5:44\n"), "{text}");
        assert!(text.contains("   --> src/lib.rs:2:1\n"), "{text}");
        assert!(!text.contains("03_x"), "{text}");
        let coloured = "\u{1b}[1m\u{1b}[94m--> \u{1b}[0m03_x/05_y/src/lib.rs:5:44\n";
        assert_eq!(
            relocated(coloured, &shown),
            "\u{1b}[1m\u{1b}[94m--> \u{1b}[0msrc/lib.rs:5:44\n"
        );
    }
}
