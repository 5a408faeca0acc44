//! A Rust file as tokens, so that strings, comments and line breaks can't fool a check.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A Rust source file.
#[derive(Debug)]
pub(crate) struct RustFile<'a> {
    /// Its path relative to the root of the repository.
    pub(crate) path: &'a str,
    /// Its contents.
    pub(crate) text: &'a str,
}

/// A token, delimiters included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: Kind,
    /// The line it starts on, counted from 1.
    pub(crate) line: usize,
    /// Whether it's in a test-only module.
    pub(crate) in_test: bool,
    /// The bytes it spans.
    span: std::ops::Range<usize>,
}

/// The kinds of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or keyword.
    Name(String),
    /// A symbol such as `:`.
    Sign(char),
    /// A literal, as written.
    Literal(String),
    /// An opening `(`, `[` or `{`.
    Open(char),
    /// A closing `)`, `]` or `}`.
    Close,
}

impl Token {
    /// The name, if it's a name.
    pub(crate) fn name(&self) -> Option<&str> {
        match &self.kind {
            Kind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it's this symbol.
    pub(crate) fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

impl<'a> RustFile<'a> {
    /// A file.
    pub(crate) fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, text }
    }

    /// Its tokens. A file that isn't Rust has none: the compiler reports that better.
    pub(crate) fn tokens(&self) -> Vec<Token> {
        let mut tokens = Vec::new();
        if let Ok(stream) = self.text.parse::<TokenStream>() {
            flatten(stream, false, &mut tokens);
        }
        tokens
    }

    /// The contents with the insides of all literals blanked out, leaving code and comments.
    pub(crate) fn without_literals(&self) -> String {
        let mut bytes = self.text.as_bytes().to_vec();
        for token in self.tokens() {
            // A doc comment is an attribute with a literal, but still a comment.
            let is_comment = self.text[token.span.clone()].starts_with('/');
            if matches!(token.kind, Kind::Literal(_)) && !is_comment {
                for byte in &mut bytes[token.span] {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Every path that starts with `root`, with its line; `use root::{a, b::c}` counts as two. Tests are left out.
    pub(crate) fn paths_from(&self, root: &str) -> Vec<(String, usize)> {
        let tokens = self.tokens();
        let mut paths = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if !token.in_test && token.name() == Some(root) {
                follow(&tokens, at, root.to_owned(), &mut paths);
            }
        }
        paths
    }
}

/// Follows a path whose last part so far is the token at `at`.
fn follow(tokens: &[Token], at: usize, path: String, paths: &mut Vec<(String, usize)>) {
    let sign = |at: usize| tokens.get(at).is_some_and(|token| token.is(':'));
    let line = tokens[at].line;
    let goes_on = sign(at + 1) && sign(at + 2);
    match tokens.get(at + 3).map(|token| &token.kind) {
        Some(Kind::Name(name)) if goes_on => {
            follow(tokens, at + 3, format!("{path}::{name}"), paths);
        }
        Some(Kind::Open('{')) if goes_on => {
            let mut depth = 1;
            let mut starts = true;
            for (inner, token) in tokens.iter().enumerate().skip(at + 4) {
                match &token.kind {
                    Kind::Open(_) => depth += 1,
                    Kind::Close => depth -= 1,
                    Kind::Sign(',') if depth == 1 => starts = true,
                    Kind::Name(name) if depth == 1 && starts => {
                        starts = false;
                        follow(tokens, inner, format!("{path}::{name}"), paths);
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
        }
        _ => paths.push((path, line)),
    }
}

fn flatten(stream: TokenStream, in_test: bool, tokens: &mut Vec<Token>) {
    // Whether the item being read is preceded by `#[cfg(test)]`.
    let mut only_for_tests = false;
    for tree in stream {
        let span = tree.span();
        let mut push = |kind, span: proc_macro2::Span| {
            tokens.push(Token {
                kind,
                line: span.start().line,
                in_test,
                span: span.byte_range(),
            });
        };
        match tree {
            TokenTree::Ident(name) => push(Kind::Name(name.to_string()), span),
            TokenTree::Punct(sign) => {
                push(Kind::Sign(sign.as_char()), span);
                if sign.as_char() == ';' {
                    only_for_tests = false;
                }
            }
            TokenTree::Literal(literal) => push(Kind::Literal(literal.to_string()), span),
            TokenTree::Group(group) => {
                let open = match group.delimiter() {
                    Delimiter::Parenthesis => '(',
                    Delimiter::Bracket => '[',
                    Delimiter::Brace => '{',
                    Delimiter::None => ' ',
                };
                push(Kind::Open(open), group.span_open());
                let is_body = open == '{' && only_for_tests;
                flatten(group.stream(), in_test || is_body, tokens);
                tokens.push(Token {
                    kind: Kind::Close,
                    line: group.span_close().start().line,
                    in_test,
                    span: group.span_close().byte_range(),
                });
                match open {
                    '{' => only_for_tests = false,
                    '[' if is_cfg_test(&group.stream()) => only_for_tests = true,
                    _ => {}
                }
            }
        }
    }
}

fn is_cfg_test(stream: &TokenStream) -> bool {
    let text: String = stream.to_string().split_whitespace().collect();
    text == "cfg(test)"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let file = RustFile::new("a.rs", text);
        file.paths_from("std")
            .into_iter()
            .map(|(path, _)| path)
            .collect()
    }

    #[test]
    fn paths_are_found_however_they_are_written() {
        assert_eq!(paths("use std::fs::File;"), ["std::fs::File"]);
        assert_eq!(
            paths("use std::{fmt, fs::{self, File}, io};"),
            ["std::fmt", "std::fs::self", "std::fs::File", "std::io"]
        );
        assert_eq!(
            paths("fn f() { g(format!(\"{}\", ::std::env::var(\"X\"))) }"),
            ["std::env::var"]
        );
        assert_eq!(
            paths("fn f() { std::mem::take::<u8>(x) }"),
            ["std::mem::take"]
        );
    }

    #[test]
    fn paths_in_strings_comments_and_tests_are_ignored() {
        assert!(paths("// std::fs\nconst X: &str = \"std::fs\"; /* std::fs */").is_empty());
        assert!(paths("#[cfg(test)]\nmod tests { use std::fs; }").is_empty());
        assert_eq!(
            paths("#[cfg(test)]\nmod tests;\nmod a { use std::fs; }"),
            ["std::fs"]
        );
    }

    #[test]
    fn literals_are_blanked_and_comments_stay() {
        let text = "/// é doc\nlet a = \"é x\"; // note\nlet b = r#\"y\nz\"#;";
        let file = RustFile::new("a.rs", text);
        let masked = file.without_literals();
        assert_eq!(masked.lines().count(), 4);
        assert!(masked.contains("é doc") && masked.contains("// note"));
        assert!(!masked.contains('x') && !masked.contains('y') && !masked.contains('z'));
    }
}
