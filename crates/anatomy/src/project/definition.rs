//! Where a Rust source defines a name, and the attributes above it: whether Python can see it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::rust_source::plain;

/// More deeply nested modules are ignored.
const DEEPEST: usize = 24;

/// A named item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// What it is.
    pub kind: DefinitionKind,
    /// Its name in Rust. An attribute may give it another one in Python.
    pub name: String,
    /// The line of its name, counted from 1.
    pub line: u32,
    /// Whether it's in a `#[pymodule] mod`.
    pub is_inside_module: bool,
    /// The attributes above it: each with its line and the text between the brackets, without spaces.
    pub attributes: Vec<(u32, String)>,
}

/// The kind of a named item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefinitionKind {
    /// A function.
    Function,
    /// A struct or an enum.
    Type,
    /// A constant, with its type.
    Constant(String),
    /// A `use` that imports something under this name, with its text.
    Use(String),
}

impl Definition {
    /// The line of the attribute whose text starts with this word, regardless of its path.
    pub fn attribute(&self, word: &str) -> Option<u32> {
        self.attributes
            .iter()
            .find(|(_, text)| {
                let path = text.split(['(', '=']).next().unwrap_or_default();
                path.rsplit("::").next() == Some(word)
            })
            .map(|(line, _)| *line)
    }

    /// The Python name, if an attribute sets one: `name="…"`.
    pub fn python_name(&self) -> Option<&str> {
        python_name(&self.attributes)
    }

    /// Whether one of the attributes has this word among its arguments.
    pub fn has_argument(&self, word: &str) -> bool {
        self.attributes.iter().any(|(_, text)| {
            text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .skip(1)
                .any(|part| part == word)
        })
    }
}

/// The Python name that one of the attributes sets.
pub(super) fn python_name(attributes: &[(u32, String)]) -> Option<&str> {
    attributes.iter().find_map(|(_, text)| {
        let (before, rest) = text.split_once("name=\"")?;
        let is_whole_word = before.ends_with(['(', ',']);
        rest.split('"').next().filter(|_| is_whole_word)
    })
}

/// The item with this name in Rust or Python: a function, a type, a constant, or, in a `#[pymodule] mod`, a `use`.
/// Items without a different Python name come first, then those inside such a module.
pub fn find_definition(text: &str, name: &str) -> Option<Definition> {
    find_definitions(text, name).into_iter().next()
}

/// All items with this name, in the order of [`find_definition`]; none if the text can't be tokenised as Rust.
pub fn find_definitions(text: &str, name: &str) -> Vec<Definition> {
    let mut found = Vec::new();
    if let Ok(tokens) = text.parse::<TokenStream>() {
        items(tokens, name, false, DEEPEST, &mut found);
    }
    found.sort_by_key(|one| {
        let is_other = one.python_name().is_some_and(|other| other != name);
        (is_other, !one.is_inside_module)
    });
    found
}

fn items(
    tokens: TokenStream,
    name: &str,
    is_inside_module: bool,
    depth: usize,
    found: &mut Vec<Definition>,
) {
    let mut tokens = tokens.into_iter().peekable();
    let mut attributes: Vec<(u32, String)> = Vec::new();
    let add =
        |kind, ident: &str, line, attributes: &[(u32, String)], found: &mut Vec<Definition>| {
            found.push(Definition {
                kind,
                name: ident.to_owned(),
                line,
                is_inside_module,
                attributes: attributes.to_vec(),
            });
        };
    while let Some(token) = tokens.next() {
        let line = line_of(&token);
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                if let Some(TokenTree::Group(group)) = tokens.peek() {
                    attributes.push((line, text_of(&group.stream())));
                    tokens.next();
                }
            }
            TokenTree::Punct(mark) if mark.as_char() == ';' => attributes.clear(),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => attributes.clear(),
            TokenTree::Ident(word) if word == "fn" || word == "struct" || word == "enum" => {
                let kind = if word == "fn" {
                    DefinitionKind::Function
                } else {
                    DefinitionKind::Type
                };
                if let Some(TokenTree::Ident(found_name)) = tokens.peek()
                    && (plain(found_name) == name || python_name(&attributes) == Some(name))
                {
                    let line = line_of(&TokenTree::Ident(found_name.clone()));
                    add(kind, &plain(found_name), line, &attributes, found);
                }
            }
            TokenTree::Ident(word) if word == "const" => {
                // A `const fn` is a function, and `*const u8` a type; a constant's name is followed by a colon.
                let mut ahead = tokens.clone();
                if let Some(TokenTree::Ident(found_name)) = ahead.next()
                    && plain(&found_name) == name
                    && ahead.next().is_some_and(|token| is_mark(&token, ':'))
                {
                    tokens.next();
                    let of_type = tokens
                        .by_ref()
                        .take_while(|token| !is_mark(token, '='))
                        .skip_while(|token| is_mark(token, ':'))
                        .collect::<TokenStream>();
                    let kind = DefinitionKind::Constant(type_text(&of_type));
                    add(kind, name, line, &attributes, found);
                }
            }
            TokenTree::Ident(word) if word == "mod" => {
                tokens.next();
                let is_module = attributes
                    .iter()
                    .any(|(_, text)| text.ends_with("pymodule"))
                    || attributes
                        .iter()
                        .any(|(_, text)| text.contains("pymodule("));
                if let Some(TokenTree::Group(body)) = tokens.peek()
                    && let Some(depth) = depth.checked_sub(1)
                {
                    items(
                        body.stream(),
                        name,
                        is_inside_module || is_module,
                        depth,
                        found,
                    );
                    tokens.next();
                }
                attributes.clear();
            }
            TokenTree::Ident(word) if word == "use" => {
                let line_tokens: Vec<TokenTree> = tokens
                    .by_ref()
                    .take_while(
                        |token| !matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';'),
                    )
                    .collect();
                let is_it = matches!(line_tokens.last(), Some(TokenTree::Ident(last)) if plain(last) == name);
                if is_it && is_inside_module {
                    let kind = DefinitionKind::Use(use_text(&line_tokens));
                    add(kind, name, line, &attributes, found);
                }
                attributes.clear();
            }
            _ => {}
        }
    }
}

pub(super) fn line_of(token: &TokenTree) -> u32 {
    u32::try_from(token.span().start().line).unwrap_or(u32::MAX)
}

pub(super) fn text_of(tokens: &TokenStream) -> String {
    tokens.to_string().replace([' ', '\n'], "")
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == mark)
}

/// A type as usually written: `&'static str`.
fn type_text(tokens: &TokenStream) -> String {
    let mut text = tokens.to_string();
    for (spaced, tight) in [("& ", "&"), (" :: ", "::"), (" < ", "<"), (" >", ">")] {
        text = text.replace(spaced, tight);
    }
    text
}

/// `use super::gross as with_vat;` as usually written.
fn use_text(tokens: &[TokenTree]) -> String {
    let mut text = "use ".to_owned();
    for token in tokens {
        match token {
            TokenTree::Ident(word) if word == "as" => text.push_str(" as "),
            other => text.push_str(&other.to_string()),
        }
    }
    text.push(';');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
#[pymodule]
mod prices {
    use pyo3::prelude::*;

    use super::gross as with_vat;

    #[pymodule_export]
    use super::net;

    const MOTTO: &'static str = super::MOTTO;

    fn it_works() -> bool { let fn_name = 1; true }

    #[pyo3::pyfunction]
    #[pyo3(name = \"b\")]
    fn a() {}
}

#[pyclass(unsendable, subclass)]
pub struct Prices<T> { of: T }

fn gross() {}

pub const MOTTO: &str = \"fair\";

#[pyo3::pyfunction(name = \"total\")]
const fn sum(numbers: [u8; 2]) -> *const u8 {}
";

    fn found(name: &str) -> Definition {
        find_definition(SOURCE, name).unwrap_or_else(|| panic!("no {name}"))
    }

    #[test]
    fn items_inside_the_module_are_distinguished_from_those_outside() {
        let inside = found("it_works");
        assert!(inside.is_inside_module && inside.attributes.is_empty());
        assert_eq!((inside.kind, inside.line), (DefinitionKind::Function, 12));
        assert!(!found("gross").is_inside_module);
        assert_eq!(find_definition(SOURCE, "fn_name"), None);
    }

    #[test]
    fn attributes_are_found_by_the_end_of_their_path() {
        let function = found("a");
        assert_eq!(function.attribute("pyfunction"), Some(14));
        assert_eq!(function.attribute("pyclass"), None);
        let class = found("Prices");
        assert_eq!(class.kind, DefinitionKind::Type);
        assert_eq!(class.attribute("pyclass"), Some(19));
        assert!(class.has_argument("unsendable") && !class.has_argument("frozen"));
    }

    #[test]
    fn a_name_may_be_imported() {
        let brought = found("with_vat");
        let text = "use super::gross as with_vat;".to_owned();
        assert_eq!(brought.kind, DefinitionKind::Use(text));
        assert_eq!(brought.attribute("pymodule_export"), None);
        assert!(found("net").attribute("pymodule_export").is_some());
    }

    #[test]
    fn a_constant_has_a_type() {
        let inside = found("MOTTO");
        let of_type = DefinitionKind::Constant("&'static str".to_owned());
        assert_eq!((inside.kind, inside.line), (of_type, 10));
        assert!(inside.is_inside_module);
        assert_eq!(find_definition(SOURCE, "u8"), None);
    }

    #[test]
    fn a_name_may_exist_only_in_python() {
        let function = found("total");
        assert_eq!(function.name, "sum");
        assert_eq!(function.python_name(), Some("total"));
        assert_eq!(found("sum").kind, DefinitionKind::Function);
        assert_eq!(found("a").python_name(), Some("b"));
        assert_eq!(found("b").name, "a");
    }

    #[test]
    fn text_that_is_not_rust_defines_nothing() {
        assert_eq!(find_definition("fn f( {", "f"), None);
    }
}
