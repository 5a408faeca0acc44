//! Rust sources: the modules and functions that they declare for Python.
//!
//! This only looks at tokens, down to a fixed depth, and doesn't parse expressions: a parser for whole files recurses
//! with their nesting, so a hostile file could exhaust the stack. `syn` parses the contents of attributes.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde::Serialize;

use super::attributes::Attributes;

/// More deeply nested modules and blocks are ignored.
const DEEPEST: usize = 24;

/// A `#[pymodule]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PyModule {
    /// Its name in Python.
    pub name: String,
    /// The file that contains it.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// Whether it's a `mod` with a body rather than a function.
    pub is_declarative: bool,
    /// Whether a `cfg` decides if it's compiled.
    pub is_conditional: bool,
}

/// A `#[pyfunction]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PyFunction {
    /// Its name in Rust.
    pub name: String,
    /// The file that contains it.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// Whether it's inside a `#[pymodule] mod`, which adds it automatically.
    pub is_inside_module: bool,
    /// Whether it's inside such a module, or is named in a macro call, a function or a `use` line that may add it to a
    /// module.
    pub is_added: bool,
}

/// The declarations in one file.
#[derive(Debug, Default)]
pub(super) struct RustFile {
    pub(super) pymodules: Vec<PyModule>,
    pub(super) pyfunctions: Vec<PyFunction>,
    /// The files that it declares: a module's name, its `#[path]`, and the inline modules around it.
    pub(super) declares: Vec<Declared>,
    /// Every word in macro calls and `use` lines: anything named there may be added to a module.
    pub(super) mentioned: BTreeSet<String>,
    /// Whether it contains something that hides declarations, such as `include!`.
    pub(super) has_hidden_parts: bool,
}

/// `mod name;`
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) path: Option<String>,
    pub(super) inside: Vec<String>,
}

/// Reads a file; `None` if it can't be tokenised as Rust.
pub(super) fn read(file: &str, text: &str) -> Option<RustFile> {
    let tokens: TokenStream = text.parse().ok()?;
    let mut found = RustFile::default();
    let place = Cursor {
        file,
        inside: Vec::new(),
        in_pymodule: false,
        is_conditional: false,
    };
    items(tokens, &place, &mut found);
    Some(found)
}

/// The scanner's position in a file.
#[derive(Clone)]
struct Cursor<'file> {
    file: &'file str,
    inside: Vec<String>,
    in_pymodule: bool,
    is_conditional: bool,
}

fn items(tokens: TokenStream, place: &Cursor<'_>, found: &mut RustFile) {
    let mut tokens = tokens.into_iter().peekable();
    let mut attributes = Attributes::default();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                // An inner attribute has a `!` in between.
                if matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '!') {
                    tokens.next();
                }
                if let Some(TokenTree::Group(group)) = tokens.peek() {
                    attributes.read(group);
                    tokens.next();
                }
            }
            TokenTree::Punct(mark) if mark.as_char() == ';' => attributes = Attributes::default(),
            TokenTree::Punct(mark) if mark.as_char() == '!' => {
                // A macro at this level may expand to anything.
                attributes = Attributes::default();
            }
            TokenTree::Ident(word) if word == "fn" => {
                if let Some(TokenTree::Ident(name)) = tokens.peek() {
                    function(name, &attributes, place, found);
                }
            }
            TokenTree::Ident(word) if word == "mod" => {
                let Some(TokenTree::Ident(name)) = tokens.next() else {
                    continue;
                };
                let name_text = plain(&name);
                match tokens.peek() {
                    Some(TokenTree::Group(body)) if body.delimiter() == Delimiter::Brace => {
                        let inner = inner_module(&name, &attributes, place, found);
                        if place.inside.len() < DEEPEST {
                            items(body.stream(), &inner, found);
                        } else {
                            found.has_hidden_parts = true;
                        }
                        tokens.next();
                        attributes = Attributes::default();
                    }
                    _ => found.declares.push(Declared {
                        name: name_text,
                        path: attributes.path.take(),
                        inside: place.inside.clone(),
                    }),
                }
            }
            TokenTree::Ident(word) if word == "use" => {
                let line: TokenStream = tokens
                    .by_ref()
                    .take_while(
                        |token| !matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';'),
                    )
                    .collect();
                mentions(line, found);
                attributes = Attributes::default();
            }
            TokenTree::Ident(word) if word == "include" || word == "macro_rules" => {
                found.has_hidden_parts = true;
            }
            TokenTree::Group(group) => {
                mentions(group.stream(), found);
                if group.delimiter() == Delimiter::Brace {
                    attributes = Attributes::default();
                }
            }
            _ => {}
        }
    }
}

fn function(
    name: &proc_macro2::Ident,
    attributes: &Attributes,
    place: &Cursor<'_>,
    found: &mut RustFile,
) {
    let rust_name = plain(name);
    let line = u32::try_from(name.span().start().line).unwrap_or(u32::MAX);
    if attributes.pymodule {
        found.pymodules.push(PyModule {
            name: attributes
                .python_name
                .clone()
                .unwrap_or_else(|| rust_name.clone()),
            file: place.file.to_owned(),
            line,
            is_declarative: false,
            is_conditional: attributes.is_conditional || place.is_conditional,
        });
    }
    if attributes.pyfunction {
        found.pyfunctions.push(PyFunction {
            name: rust_name,
            file: place.file.to_owned(),
            line,
            is_inside_module: place.in_pymodule,
            is_added: place.in_pymodule,
        });
    }
}

/// The position inside a `mod name { … }`; a top-level module for Python is added to the results.
fn inner_module<'file>(
    name: &proc_macro2::Ident,
    attributes: &Attributes,
    place: &Cursor<'file>,
    found: &mut RustFile,
) -> Cursor<'file> {
    let mut inner = place.clone();
    inner.inside.push(plain(name));
    inner.is_conditional |= attributes.is_conditional;
    if attributes.pymodule {
        // A nested module isn't an entry point.
        if !place.in_pymodule {
            found.pymodules.push(PyModule {
                name: attributes
                    .python_name
                    .clone()
                    .unwrap_or_else(|| plain(name)),
                file: place.file.to_owned(),
                line: u32::try_from(name.span().start().line).unwrap_or(u32::MAX),
                is_declarative: true,
                is_conditional: inner.is_conditional,
            });
        }
        inner.in_pymodule = true;
    }
    inner
}

/// Collects every word in these tokens at any depth, without recursion.
fn mentions(tokens: TokenStream, found: &mut RustFile) {
    let mut open = vec![tokens.into_iter()];
    while let Some(tokens) = open.last_mut() {
        match tokens.next() {
            None => {
                open.pop();
            }
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(TokenTree::Ident(word)) => {
                found.mentioned.insert(plain(&word));
            }
            Some(_) => {}
        }
    }
}

/// A word without the `r#` that turns a keyword into a name.
pub(super) fn plain(word: &proc_macro2::Ident) -> String {
    let text = word.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}
