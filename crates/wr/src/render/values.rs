//! Two values that a test compared, one above the other, with the parts that differ marked.
//!
//! pytest writes a comparison on one line (`assert 3 == 2`), Rust's `assert_eq!` on two (`left: 3` and `right: 2`). Neither marks
//! where two long values differ.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::style::{BAD, DIM};
use crate::render::text::{Text, say};

/// Longer values aren't compared letter by letter: nobody would see the marks.
const LONGEST: usize = 2000;

/// Two compared values, as their framework writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Values<'t> {
    left: &'t str,
    right: &'t str,
}

impl<'t> Values<'t> {
    /// Finds them in the text of a failed assertion.
    pub(super) fn find(text: &'t str) -> Option<Self> {
        of_rust(text).or_else(|| of_pytest(text))
    }
}

/// `assertion `left == right` failed`, then a line for each.
fn of_rust(text: &str) -> Option<Values<'_>> {
    let mut lines = text.lines();
    lines
        .next()?
        .strip_prefix("assertion `left == right` failed")?;
    let value = |side: &str| {
        text.lines()
            .find_map(|line| line.trim_start().strip_prefix(side)?.strip_prefix(": "))
    };
    Some(Values {
        left: value("left")?,
        right: value("right")?,
    })
}

/// `assert LEFT == RIGHT` on the first line, if it compares nothing but these two.
fn of_pytest(text: &str) -> Option<Values<'_>> {
    let first = text.lines().next()?;
    let compared = first
        .strip_prefix("AssertionError: ")
        .unwrap_or(first)
        .strip_prefix("assert ")?;
    let at = only_equation(compared)?;
    let (left, right) = (compared.get(..at)?, compared.get(at + 4..)?);
    (!left.is_empty() && !right.is_empty()).then_some(Values { left, right })
}

/// The place of ` == ` outside all brackets and strings, if there is exactly one and no other operator of the same kind.
fn only_equation(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut found = None;
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (Some(_), '\\') => {
                letters.next();
            }
            (Some(open), _) if letter == open => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.checked_sub(1)?,
            (None, ' ') if depth == 0 => {
                let rest = text.get(at..)?;
                if rest.starts_with(" == ") && found.replace(at).is_some() {
                    return None;
                }
                if [" and ", " or ", " if ", " in "]
                    .iter()
                    .any(|word| rest.starts_with(word))
                {
                    return None;
                }
            }
            (Some(_) | None, _) => {}
        }
    }
    found.filter(|_| quote.is_none() && depth == 0)
}

/// Writes two values, indented by this many characters.
pub(super) fn write(out: &mut Text, values: &Values<'_>, indent: usize) {
    let pad = " ".repeat(indent);
    let (left, right) = marked(values);
    say!(out, "{pad}{DIM}left {DIM:#}  {left}");
    say!(out, "{pad}{DIM}right{DIM:#}  {right}");
}

/// Both values, with the parts that only one of them has in a colour.
fn marked(values: &Values<'_>) -> (String, String) {
    let words = |text: &str| -> Vec<String> { parts(text) };
    let (left, right) = (words(values.left), words(values.right));
    let mut shown = (String::new(), String::new());
    // pytest shortens long values, and nobody knows what differs in the parts that it left out.
    let is_whole = !values.left.contains("...") && !values.right.contains("...");
    if !is_whole || values.left.len() + values.right.len() > LONGEST {
        return (values.left.to_owned(), values.right.to_owned());
    }
    for op in capture_diff_slices(Algorithm::Myers, &left, &right) {
        for change in op.iter_changes(&left, &right) {
            let part = change.value();
            match change.tag() {
                ChangeTag::Equal => {
                    shown.0.push_str(&part);
                    shown.1.push_str(&part);
                }
                ChangeTag::Delete => shown.0.push_str(&format!("{BAD}{part}{BAD:#}")),
                ChangeTag::Insert => shown.1.push_str(&format!("{BAD}{part}{BAD:#}")),
            }
        }
    }
    shown
}

/// Words, numbers, and everything between them one by one.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut was_word = false;
    for letter in text.chars() {
        let is_word = letter.is_alphanumeric() || letter == '_';
        match parts.last_mut() {
            Some(last) if is_word && was_word => last.push(letter),
            _ => parts.push(letter.to_string()),
        }
        was_word = is_word;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, &str)> {
        Values::find(text).map(|values| (values.left, values.right))
    }

    #[test]
    fn compared_values_are_found() {
        assert_eq!(found("assert 3 == 2"), Some(("3", "2")));
        assert_eq!(
            found("assert (0, 0) == (None, None)\n  \n  At index 0 diff: 0 != None"),
            Some(("(0, 0)", "(None, None)"))
        );
        assert_eq!(
            found("assert 'a == b' == \"a\\\" == c\""),
            Some(("'a == b'", "\"a\\\" == c\""))
        );
        assert_eq!(
            found("assertion `left == right` failed: the price\n  left: 1\n right: 2"),
            Some(("1", "2"))
        );
    }

    #[test]
    fn anything_but_one_comparison_is_left_alone() {
        for text in [
            "assert False",
            "assert f(1 == 2)",
            "assert 1 == 2 == 3",
            "assert 1 == 2 or 3 == 4",
            "assert 1 == 2 and x",
            "assert 'it == ",
            "assert ) == (",
            "assertion `left != right` failed\n  left: 1\n right: 1",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn shortened_values_are_shown_without_marks() {
        let values = Values::find("assert [1, 2, 3, ...] == [4]").unwrap();
        let shown = ("[1, 2, 3, ...]".to_owned(), "[4]".to_owned());
        assert_eq!(marked(&values), shown);
    }

    #[test]
    fn only_the_difference_is_marked() {
        let values = Values::find("assert (10, 'ab') == (12, 'ab')").unwrap();
        let mut out = Text::with_width(None);
        write(&mut out, &values, 2);
        assert_eq!(
            out.as_str(),
            "  \u{1b}[2mleft \u{1b}[0m  (\u{1b}[1m\u{1b}[31m10\u{1b}[0m, 'ab')\n  \u{1b}[2mright\u{1b}[0m  (\u{1b}[1m\u{1b}[31m12\u{1b}[0m, 'ab')\n"
        );
    }
}
