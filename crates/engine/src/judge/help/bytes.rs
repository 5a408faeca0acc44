//! A `Vec<u8>` that a test expects to be a list of numbers: since PyO3 0.23 it becomes `bytes`.

use super::super::suite::Context;
use crate::test::{FailedTest, Failure};

pub(super) fn of_a_vector(test: &FailedTest, context: Context<'_>) -> Option<String> {
    let Failure::Assertion { text, .. } = &test.failure else {
        return None;
    };
    context.extension?;
    let compared = text.lines().find_map(|line| line.split_once("assert "))?.1;
    let (left, right) = compared.split_once(" == ")?;
    let (bytes, list) = if left.starts_with('b') {
        (left, right)
    } else {
        (right, left)
    };
    (numbers_of_bytes(bytes.trim())? == numbers_of_list(list.trim())?).then(|| {
        "PyO3 converts a `Vec<u8>` to `bytes`: compare with `bytes([…])`, or return a `Vec<u16>`, which becomes a list, or \
         `PyList::new(py, values)`"
            .to_owned()
    })
}

/// The numbers of a literal such as `b'\n\x14a'`.
fn numbers_of_bytes(literal: &str) -> Option<Vec<u8>> {
    let quoted = literal.strip_prefix('b')?;
    let quote = quoted.chars().next().filter(|c| ['\'', '"'].contains(c))?;
    let inside = quoted.strip_prefix(quote)?.strip_suffix(quote)?;
    let mut numbers = Vec::new();
    let mut letters = inside.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            numbers.push(u8::try_from(letter).ok()?);
            continue;
        }
        numbers.push(match letters.next()? {
            'n' => b'\n',
            'r' => b'\r',
            't' => b'\t',
            'x' => {
                let digits: String = letters.by_ref().take(2).collect();
                u8::from_str_radix(&digits, 16).ok()?
            }
            other => u8::try_from(other).ok()?,
        });
    }
    Some(numbers)
}

fn numbers_of_list(literal: &str) -> Option<Vec<u8>> {
    let inside = literal.strip_prefix('[')?.strip_suffix(']')?;
    inside
        .split(", ")
        .filter(|item| !item.is_empty())
        .map(|item| item.trim().parse().ok())
        .collect()
}
