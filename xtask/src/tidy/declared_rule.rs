//! The rules as declared in the source, and the documentation that explains them.

use super::tokens::{Kind, RustFile, Token};

/// A rule, as passed to its constructor.
pub(super) struct DeclaredRule {
    /// The line of the call.
    pub(super) line: usize,
    /// Its code.
    pub(super) code: String,
    /// Its short name.
    pub(super) name: String,
    /// The file whose documentation becomes the page.
    pub(super) page: Option<String>,
}

/// The calls of `Rule::new` in a file, outside tests.
pub(super) fn in_file(file: &RustFile<'_>) -> Vec<DeclaredRule> {
    let tokens = file.tokens();
    let mut rules = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let is_call = token.name() == Some("Rule")
            && tokens.get(at + 3).and_then(Token::name) == Some("new")
            && tokens.get(at + 4).map(|open| &open.kind) == Some(&Kind::Open('('));
        if token.in_test || !is_call {
            continue;
        }
        if let Some(code) = tokens.get(at + 5).and_then(string) {
            let mut rest = tokens[at + 6..].iter();
            let name = rest.by_ref().take(2).find_map(string).unwrap_or_default();
            let included = rest
                .by_ref()
                .take(12)
                .any(|token| token.name() == Some("include_str"));
            let page = rest.take(3).find_map(string).filter(|_| included);
            rules.push(DeclaredRule {
                line: token.line,
                code,
                name,
                page,
            });
        }
    }
    rules
}

/// The contents of a string literal without escapes.
fn string(token: &Token) -> Option<String> {
    match &token.kind {
        Kind::Literal(text) => Some(text.strip_prefix('"')?.strip_suffix('"')?.to_owned()),
        _ => None,
    }
}

/// The page in a file: its module documentation, the way `diagnostic::Rule::page` reads it.
pub(super) fn page(file: &RustFile<'_>) -> String {
    let lines = file.text.lines().map_while(|line| line.strip_prefix("//!"));
    lines
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect()
}
