//! Markdown at the widths that terminals have, and without one.

use super::write;
use crate::render::style::BOLD;
use crate::render::text::Text;

const PAGE: &str = "\
The init function's name doesn't match
the module's name.

## Example

Run `wr check` and see [PEP 489](https://peps.python.org/pep-0489/#export-hook-name), or <https://pyo3.rs>.

```rust,ignore
fn fats(m: &Bound<'_, PyModule>) -> PyResult<()> { Ok(()) } // longer than any of the narrow terminals is wide
```

1. First, use the same name in **all three** places, as the paragraph above says.
2. Second:
   - rename the function, or write `#[pyo3(name = \"fast\")]` on it, whichever you like better
   - or set `[lib] name`

| instead of | take |
|---|---|
| `Rc` | `Arc` |
| `OnceCell` | `PyOnceLock` of `pyo3::sync`, which is `GILOnceCell` before PyO3 0.26 |
";

/// As shown at this width, without colours.
fn shown(markdown: &str, width: Option<usize>) -> String {
    let mut out = Text::with_width(width);
    write(&mut out, markdown);
    anstream::adapter::strip_str(out.as_str()).to_string()
}

#[test]
fn a_narrow_terminal_gets_narrow_lines() {
    let expected = "\
The init function's name doesn't match
the module's name.

Example

Run `wr check` and see PEP 489
<https://peps.python.org/pep-0489/#export-hook-name>,
or <https://pyo3.rs>.

    fn fats(m: &Bound<'_, PyModule>) -> PyResult<()> { Ok(()) } // longer than any of the narrow terminals is wide

1. First, use the same name in all three
   places, as the paragraph above says.
2. Second:
   - rename the function, or write
     `#[pyo3(name = \"fast\")]` on it,
     whichever you like better
   - or set `[lib] name`

`Rc`
  take: `Arc`
`OnceCell`
  take: `PyOnceLock` of `pyo3::sync`,
  which is `GILOnceCell` before PyO3
  0.26
";
    assert_eq!(shown(PAGE, Some(40)), expected);
}

#[test]
fn no_line_is_wider_than_the_terminal_except_code_and_urls() {
    for width in [40, 60, 80, 120] {
        for line in shown(PAGE, Some(width)).lines() {
            let may_be_longer = line.starts_with("    fn") || line.starts_with("<https");
            assert!(
                line.chars().count() <= width || may_be_longer,
                "{width}: {line}"
            );
        }
    }
}

#[test]
fn a_table_that_fits_is_shown_in_columns() {
    let columns = "\
instead of  take
----------  ---------------------------------------------------------------------
`Rc`        `Arc`
`OnceCell`  `PyOnceLock` of `pyo3::sync`, which is `GILOnceCell` before PyO3 0.26
";
    for width in [Some(120), None] {
        assert!(shown(PAGE, width).ends_with(columns));
    }
    assert!(shown(PAGE, Some(60)).contains("\n`OnceCell`\n  take: `PyOnceLock`"));
    let narrow = "| a | b |\n|---|---|\n| 1 | 2 |\n";
    assert_eq!(shown(narrow, Some(60)), "a  b\n-  -\n1  2\n");
}

#[test]
fn without_a_terminal_each_paragraph_is_one_line() {
    let whole = shown(PAGE, None);
    assert!(whole.starts_with(
        "The init function's name doesn't match the module's name.\n\nExample\n\nRun `wr check` and"
    ));
    assert!(whole.contains("   - rename the function, or write `#[pyo3(name = \"fast\")]` on it, whichever you like better\n"));
}

#[test]
fn headings_and_strong_words_are_bold() {
    let mut out = Text::with_width(None);
    write(&mut out, "## What to `do`\n\na **b c**d *e*\n");
    let mut expected = Text::with_width(None);
    expected.line(&format!("{BOLD}What to `do`{BOLD:#}\n"));
    expected.line(&format!("a {BOLD}b c{BOLD:#}d {BOLD}e{BOLD:#}"));
    assert_eq!(out.as_str(), expected.as_str());
}

#[test]
fn code_keeps_its_lines_and_spaces() {
    let code = "Before:\n\n```text\n$ wr   check\n\n    deep\n```\n\nafter";
    let expected = "Before:\n\n    $ wr   check\n\n        deep\n\nafter\n";
    for width in [None, Some(40), Some(80)] {
        assert_eq!(shown(code, width), expected);
    }
}

#[test]
fn blocks_in_a_list_are_aligned_with_its_text() {
    let list = "- one:\n\n  ```text\n  code\n  ```\n\n  more\n\n- two\n\n> quoted\n>\n> twice\n";
    let expected = "- one:\n\n      code\n\n  more\n\n- two\n\n> quoted\n>\n> twice\n";
    assert_eq!(shown(list, Some(80)), expected);
}

#[test]
fn names_in_angle_brackets_are_text() {
    assert_eq!(
        shown("Write <path> and Vec<T>.\n\n<file>\n\na  \nb", Some(80)),
        "Write <path> and Vec<T>.\n\n<file>\n\na\nb\n"
    );
}

#[test]
fn a_relative_link_is_only_its_text() {
    assert_eq!(
        shown("See [the page](../a.md).", Some(80)),
        "See the page.\n"
    );
}

#[test]
fn control_characters_are_escaped() {
    assert_eq!(
        shown("a\u{1b}[31m`b\u{7}`", Some(80)),
        "a\\u{1b}[31m`b\\u{7}`\n"
    );
}
