//! The lines of a `.pth` file (Python's documentation of `site`).
//!
//! Python's versions differ in details. This follows CPython 3.13, which accepts a byte order mark and splits lines like
//! `str.splitlines`; older ones take the mark for part of the first line and only know `\n`, `\r` and `\r\n`.

/// A line that isn't a comment and isn't blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PthLine<'t> {
    /// A path relative to the file's directory. Python ignores it if it doesn't exist.
    Path(&'t str),
    /// Code, which Python runs every time it starts.
    Code(&'t str),
}

/// The lines of a file that Python acts on, in order.
pub fn pth_lines(text: &str) -> impl Iterator<Item = PthLine<'_>> {
    lines(text).filter_map(|line| {
        if line.starts_with('#') || line.trim().is_empty() {
            None
        } else if line.starts_with("import ") || line.starts_with("import\t") {
            Some(PthLine::Code(line))
        } else {
            Some(PthLine::Path(line.trim_end()))
        }
    })
}

/// A text's lines without its byte order mark, as `str.splitlines` splits them. `\r\n` also has an empty line in it.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.split(|letter| {
        matches!(
            letter,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'
                ..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<PthLine<'_>> {
        pth_lines(text).collect()
    }

    #[test]
    fn lines_name_paths_or_run_code() {
        use PthLine::{Code, Path};
        assert_eq!(
            read("# /comment\n\n  \n../src \nimport x\nimport\ty\nimporter\n import z\n/abs\t\r\n"),
            [
                Path("../src"),
                Code("import x"),
                Code("import\ty"),
                Path("importer"),
                Path(" import z"),
                Path("/abs"),
            ]
        );
    }

    #[test]
    fn code_is_seen_after_every_kind_of_line_end_and_a_byte_order_mark() {
        for end in ["\n", "\r", "\r\n", "\u{c}", "\u{85}", "\u{2028}"] {
            let text = format!("# harmless{end}import x");
            assert_eq!(read(&text), [PthLine::Code("import x")], "{end:?}");
        }
        assert_eq!(read("\u{feff}import x"), [PthLine::Code("import x")]);
    }
}
