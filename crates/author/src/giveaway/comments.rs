//! Finds the comments in source code without being fooled by strings.

use std::ops::Range;

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment {
    /// The line it starts on, counted from 1.
    pub(super) line: u32,
    /// Its text, without the comment markers.
    pub(super) text: String,
    /// The bytes it spans, without the line end.
    pub(super) range: Range<usize>,
}

/// The comments in Rust or Python source. Consecutive line comments are merged, since an answer may be spread over
/// them.
pub(super) fn comments(text: &str, is_python: bool) -> Vec<Comment> {
    let bytes = text.as_bytes();
    let mut found: Vec<Comment> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        if let Some(length) = comment_at(rest, is_python) {
            let range = at..at + length;
            push(&mut found, text, range.clone());
            at = range.end;
        } else {
            at += string_at(rest, is_python)
                .unwrap_or_else(|| rest.chars().next().map_or(1, char::len_utf8));
        }
    }
    found
}

/// The source with the contents of strings and characters removed.
pub(super) fn without_strings(text: &str, is_python: bool) -> String {
    let mut kept = String::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if let Some(length) = string_at(rest, is_python) {
            kept.push_str("\"\"");
            at += length;
        } else {
            let step = rest.chars().next().map_or(1, char::len_utf8);
            kept.push_str(&rest[..step]);
            at += step;
        }
    }
    kept
}

/// The length of the comment that starts here.
fn comment_at(rest: &str, is_python: bool) -> Option<usize> {
    let line = rest.find('\n').unwrap_or(rest.len());
    if is_python {
        return rest.starts_with('#').then_some(line);
    }
    if rest.starts_with("//") {
        return Some(line);
    }
    if !rest.starts_with("/*") {
        return None;
    }
    // Rust comments nest.
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    Some(rest.len())
}

/// The length of the string or character literal that starts here.
fn string_at(rest: &str, is_python: bool) -> Option<usize> {
    if is_python {
        for quote in ["\"\"\"", "'''", "\"", "'"] {
            if rest.starts_with(quote) {
                return Some(quoted(rest, quote));
            }
        }
        return None;
    }
    if let Some(after) = rest.strip_prefix('r') {
        let hashes = after.bytes().take_while(|byte| *byte == b'#').count();
        if after[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let from = 1 + hashes + 1;
            return Some(
                rest[from..]
                    .find(&end)
                    .map_or(rest.len(), |at| from + at + end.len()),
            );
        }
    }
    if rest.starts_with('"') {
        return Some(quoted(rest, "\""));
    }
    // A character, not a lifetime: `'a'`, `'\''`.
    let inner = rest.strip_prefix('\'')?;
    if inner.starts_with('\\') {
        return Some(quoted(rest, "'"));
    }
    let first = inner.chars().next()?;
    inner[first.len_utf8()..]
        .starts_with('\'')
        .then(|| first.len_utf8() + 2)
}

/// The length of a string that starts and ends with `quote`.
fn quoted(rest: &str, quote: &str) -> usize {
    let mut at = quote.len();
    while at < rest.len() {
        if rest[at..].starts_with(quote) {
            return at + quote.len();
        }
        let step = rest[at..].chars().next().map_or(1, char::len_utf8);
        at += step;
        if rest[at - step..].starts_with('\\') {
            at += rest[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    rest.len()
}

fn push(found: &mut Vec<Comment>, text: &str, range: Range<usize>) {
    let content = text[range.clone()]
        .trim_start_matches(['/', '*', '#', '!'])
        .trim_end_matches("*/")
        .trim();
    if let Some(last) = found.last_mut() {
        let between = &text[last.range.end..range.start];
        let follows = between.trim().is_empty() && between.matches('\n').count() == 1;
        if follows {
            last.text.push('\n');
            last.text.push_str(content);
            last.range.end = range.end;
            return;
        }
    }
    let line = text[..range.start].matches('\n').count() + 1;
    found.push(Comment {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        text: content.to_owned(),
        range,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, is_python: bool, expect: &[(u32, &str)]) {
        let found: Vec<(u32, String)> = comments(text, is_python)
            .into_iter()
            .map(|one| (one.line, one.text))
            .collect();
        let expect: Vec<(u32, String)> = expect
            .iter()
            .map(|(line, content)| (*line, (*content).to_owned()))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn comments_of_rust() {
        check("let a = \"// no\"; // yes\n", false, &[(1, "yes")]);
        check(
            "r#\"// \" no\"# /* a /* b */ c */ x",
            false,
            &[(1, "a /* b */ c")],
        );
        check(
            "'\"' // one\n    // two\n\n// three\n",
            false,
            &[(1, "one\ntwo"), (4, "three")],
        );
        check("fn f<'a>(x: &'a str) {} //! it's\n", false, &[(1, "it's")]);
        check("'\\'' // é\n", false, &[(1, "é")]);
    }

    #[test]
    fn comments_of_python() {
        check(
            "a = '# no'  # yes\n\"\"\"# no\n'\"\"\"\n# two\n",
            true,
            &[(1, "yes"), (4, "two")],
        );
    }
}
