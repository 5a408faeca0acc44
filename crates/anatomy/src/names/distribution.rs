//! Distribution names, which have several spellings.

/// A distribution's name in its normalized form: `Pydantic_Core` and `pydantic-core` are the same (PEP 503).
#[must_use]
pub fn normalized_distribution(name: &str) -> String {
    let mut out = String::new();
    for letter in name.trim().chars() {
        if !matches!(letter, '-' | '_' | '.') {
            out.extend(letter.to_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_distribution_are_equal() {
        for (a, b) in [("Pydantic_Core", "pydantic-core"), ("a.b", "a-_-b")] {
            assert_eq!(normalized_distribution(a), normalized_distribution(b));
        }
        assert_ne!(
            normalized_distribution("ab"),
            normalized_distribution("a-b")
        );
    }
}
