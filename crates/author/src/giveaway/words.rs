//! A text as words: names and numbers, and signs each by itself. Spaces and line ends do not matter.

/// A word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    /// A name, or a number.
    Name(String),
    /// A sign.
    Sign(char),
}

impl Word {
    /// Whether it is a name.
    pub(super) fn is_name(&self) -> bool {
        matches!(self, Self::Name(text) if !text.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether it is a sign that prose has no use for.
    pub(super) fn is_of_code(&self) -> bool {
        matches!(self, Self::Sign(sign) if ".=:&|+*<>{}[];?!".contains(*sign))
    }

    /// As it is written.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Name(text) => text.clone(),
            Self::Sign(sign) => sign.to_string(),
        }
    }
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut name = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            name.push(c);
            continue;
        }
        if !name.is_empty() {
            found.push(Word::Name(std::mem::take(&mut name)));
        }
        if !c.is_whitespace() {
            found.push(Word::Sign(c));
        }
    }
    if !name.is_empty() {
        found.push(Word::Name(name));
    }
    found
}
