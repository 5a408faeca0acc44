//! The words of source text.

/// Whether a text contains a word, and not just as a part of another one.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    words(text).any(|one| one == word)
}

/// The words of a string: runs of the characters that names consist of.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
}
