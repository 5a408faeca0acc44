//! Parses the message of `pytest.raises` if nothing was raised.

/// What `pytest.raises` expected, as part of a sentence: pytest says `DID NOT RAISE ValueError`; before version 9 it said
/// `DID NOT RAISE <class 'ValueError'>`, or several classes in parentheses.
pub(super) fn expected(text: &str) -> Option<String> {
    let rest = text.strip_prefix("DID NOT RAISE ")?.trim();
    if rest.starts_with("any exception") {
        return Some("an exception".to_owned());
    }
    let several = rest.strip_prefix("any of ").unwrap_or(rest);
    let names: Vec<&str> = several
        .trim_start_matches('(')
        .trim_end_matches(')')
        .split(", ")
        .map(|name| {
            let name = name.trim_start_matches("<class '").trim_end_matches("'>");
            name.rsplit('.').next().unwrap_or(name)
        })
        .collect();
    let is_name = |name: &&str| {
        !name.is_empty()
            && name
                .chars()
                .all(|letter| letter.is_alphanumeric() || letter == '_')
    };
    if !names.iter().all(is_name) {
        return None;
    }
    Some(match names.as_slice() {
        [name] if name.starts_with(['A', 'E', 'I', 'O', 'U']) => format!("an `{name}`"),
        [name] => format!("a `{name}`"),
        several => format!("one of `{}`", several.join("`, `")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expected_exception_is_named() {
        let check = |words: &str, expect: Option<&str>| {
            assert_eq!(expected(words).as_deref(), expect, "{words}");
        };
        check("DID NOT RAISE ValueError", Some("a `ValueError`"));
        check("DID NOT RAISE any exception", Some("an exception"));
        check(
            "DID NOT RAISE any of (ValueError, TypeError)",
            Some("one of `ValueError`, `TypeError`"),
        );
        check(
            "DID NOT RAISE <class 'shop.OutOfStock'>",
            Some("an `OutOfStock`"),
        );
        check(
            "DID NOT RAISE (<class 'ValueError'>, <class 'TypeError'>)",
            Some("one of `ValueError`, `TypeError`"),
        );
        check("DID NOT RAISE to the occasion, sadly", None);
        check("enough", None);
    }
}
