//! Splits text into words: names, numbers, and individual symbols. Spaces and line ends don't matter.

/// A word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    /// A name or a number.
    Name(String),
    /// A symbol.
    Sign(char),
}

impl Word {
    /// Whether it is a name.
    pub(super) fn is_name(&self) -> bool {
        matches!(self, Self::Name(text) if !text.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether it's a symbol that doesn't occur in prose.
    pub(super) fn is_code(&self) -> bool {
        matches!(self, Self::Sign(sign) if ".=:&|+*<>{}[];?!".contains(*sign))
    }

    /// The word as written.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Name(text) => text.clone(),
            Self::Sign(sign) => sign.to_string(),
        }
    }
}

/// The words of a string.
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
