//! Pytest's message about a missing fixture, from its exception.

/// `fixture 'four' not found`, from `FixtureLookupError: ('four', <FixtureRequest for <Function test_it>>)`.
pub(super) fn missing(kind: &str, text: &str) -> Option<String> {
    let arguments = text.strip_prefix("('")?;
    let (name, _) = arguments.split_once("', <")?;
    (kind == "FixtureLookupError").then(|| format!("fixture '{name}' not found"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixture_is_named() {
        let text = "('four', <FixtureRequest for <Function test_a>>)";
        let found = missing("FixtureLookupError", text);
        assert_eq!(found.as_deref(), Some("fixture 'four' not found"));
        assert_eq!(missing("ValueError", text), None);
        assert_eq!(missing("FixtureLookupError", "four"), None);
    }
}
