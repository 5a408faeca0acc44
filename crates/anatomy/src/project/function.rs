//! A Rust source's functions and fields: enough to work out from a failing run what the code lacks. As everywhere here,
//! this only looks at tokens and doesn't parse expressions.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::definition::{line_of, python_name, text_of};
use super::rust_source::plain;

/// More deeply nested modules and blocks are ignored.
const DEEPEST: usize = 24;

/// A function or method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name in Rust.
    pub name: String,
    /// The line of its name, counted from 1.
    pub line: u32,
    /// Its parameters without `self`: name and type, the type without spaces.
    pub parameters: Vec<(String, String)>,
    /// Its return type, without spaces; empty if it has none.
    pub returns: String,
    /// The attributes above it, without spaces.
    pub attributes: Vec<(u32, String)>,
    /// The lines of its loops.
    pub loops: Vec<u32>,
    words: BTreeSet<String>,
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The struct.
    pub of: String,
    /// The line of its name, counted from 1.
    pub line: u32,
    /// Its type, without spaces.
    pub kind: String,
    /// The attributes above it, without spaces.
    pub attributes: Vec<(u32, String)>,
}

impl Function {
    /// Its name in Python.
    pub fn python_name(&self) -> &str {
        python_name(&self.attributes).unwrap_or(&self.name)
    }

    /// Whether its body contains a word.
    pub fn mentions(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// The words in its body.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether it has an attribute with this word, regardless of its path.
    pub fn has_attribute(&self, word: &str) -> bool {
        self.attributes.iter().any(|(_, text)| {
            let path = text.split(['(', '=']).next().unwrap_or_default();
            path.rsplit("::").next() == Some(word)
        })
    }

    /// Whether its attributes give it a signature.
    pub fn has_signature(&self) -> bool {
        self.attributes
            .iter()
            .any(|(_, text)| text.contains("signature="))
    }
}

/// A source's functions, including those in modules and `impl` blocks; none if it can't be tokenised as Rust.
pub fn find_functions(text: &str) -> Vec<Function> {
    let mut found = Found::default();
    if let Ok(tokens) = text.parse::<TokenStream>() {
        found.items(tokens, DEEPEST);
    }
    found.functions
}

/// The fields of a source's structs.
pub fn find_fields(text: &str) -> Vec<Field> {
    let mut found = Found::default();
    if let Ok(tokens) = text.parse::<TokenStream>() {
        found.items(tokens, DEEPEST);
    }
    found.fields
}

#[derive(Default)]
struct Found {
    functions: Vec<Function>,
    fields: Vec<Field>,
}

impl Found {
    fn items(&mut self, tokens: TokenStream, depth: usize) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut attributes: Vec<(u32, String)> = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    if let Some(TokenTree::Group(group)) = tokens.get(at) {
                        attributes.push((line_of(token), text_of(&group.stream())));
                        at += 1;
                    }
                }
                TokenTree::Punct(mark) if mark.as_char() == ';' => attributes.clear(),
                TokenTree::Ident(word) if word == "fn" => {
                    at = self.function(&tokens, at, std::mem::take(&mut attributes));
                }
                TokenTree::Ident(word) if word == "struct" => {
                    if let (Some(TokenTree::Ident(name)), Some(body)) =
                        (tokens.get(at), braces_after(&tokens, at))
                    {
                        self.fields_of(&plain(name), body);
                    }
                    attributes.clear();
                }
                TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
                    attributes.clear();
                    if depth > 0 {
                        self.items(body.stream(), depth - 1);
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads a function, starting at its name, and returns where to continue.
    fn function(
        &mut self,
        tokens: &[TokenTree],
        at: usize,
        attributes: Vec<(u32, String)>,
    ) -> usize {
        let Some(TokenTree::Ident(name)) = tokens.get(at) else {
            return at;
        };
        let rest = tokens.get(at + 1..).unwrap_or_default();
        let is_group = |delimiter: Delimiter| move |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter);
        let Some(parameters_at) = rest.iter().position(is_group(Delimiter::Parenthesis)) else {
            return at + 1;
        };
        let end = rest
            .iter()
            .skip(parameters_at)
            .position(|token| {
                is_group(Delimiter::Brace)(token)
                    || matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';')
            })
            .map_or(rest.len(), |found| found + parameters_at);
        let Some(TokenTree::Group(parameters)) = rest.get(parameters_at) else {
            return at + 1;
        };
        let returns = rest.get(parameters_at + 1..end).unwrap_or_default();
        let returns = text_of(&returns.iter().cloned().collect());
        let mut function = Function {
            name: plain(name),
            line: line_of(&TokenTree::Ident(name.clone())),
            parameters: parameters_of(parameters.stream()),
            returns: returns.trim_start_matches("->").to_owned(),
            attributes,
            loops: Vec::new(),
            words: BTreeSet::new(),
        };
        if let Some(TokenTree::Group(body)) = rest.get(end) {
            look_through(body, DEEPEST, &mut function);
        }
        self.functions.push(function);
        at + 1 + end + 1
    }

    fn fields_of(&mut self, of: &str, body: &Group) {
        for part in split_at_commas(body.stream()) {
            let mut attributes = Vec::new();
            let mut at = 0;
            while let Some(TokenTree::Punct(mark)) = part.get(at) {
                if mark.as_char() != '#' {
                    break;
                }
                if let Some(TokenTree::Group(group)) = part.get(at + 1) {
                    attributes.push((line_of(&part[at]), text_of(&group.stream())));
                }
                at += 2;
            }
            let colon = part
                .iter()
                .position(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':'));
            let Some((TokenTree::Ident(name), colon)) =
                colon.and_then(|colon| Some((part.get(colon.checked_sub(1)?)?, colon)))
            else {
                continue;
            };
            let kind = part.get(colon + 1..).unwrap_or_default();
            self.fields.push(Field {
                name: plain(name),
                of: of.to_owned(),
                line: line_of(&TokenTree::Ident(name.clone())),
                kind: text_of(&kind.iter().cloned().collect()),
                attributes,
            });
        }
    }
}

fn parameters_of(tokens: TokenStream) -> Vec<(String, String)> {
    split_at_commas(tokens)
        .into_iter()
        .filter_map(|part| {
            let colon = part.iter().position(
                |token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':'),
            )?;
            let TokenTree::Ident(name) = part.get(colon.checked_sub(1)?)? else {
                return None;
            };
            let kind = part.get(colon + 1..)?;
            let name = plain(name);
            (name != "self").then(|| (name, text_of(&kind.iter().cloned().collect())))
        })
        .collect()
}

/// The parts of a list; commas inside `<…>` don't separate.
fn split_at_commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let mut depth = 0_usize;
    let mut after_dash = false;
    for token in tokens {
        if let TokenTree::Punct(mark) = &token {
            match mark.as_char() {
                '<' => depth += 1,
                // The arrow in a function type doesn't close anything.
                '>' if !after_dash => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    parts.push(Vec::new());
                    after_dash = false;
                    continue;
                }
                _ => {}
            }
            after_dash = mark.as_char() == '-';
        } else {
            after_dash = false;
        }
        if let Some(last) = parts.last_mut() {
            last.push(token);
        }
    }
    parts
}

fn braces_after(tokens: &[TokenTree], at: usize) -> Option<&Group> {
    tokens
        .get(at..)?
        .iter()
        .take_while(|token| !matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';'))
        .find_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
            _ => None,
        })
}

fn look_through(body: &Group, depth: usize, function: &mut Function) {
    for token in body.stream() {
        match &token {
            TokenTree::Ident(word) => {
                let word = plain(word);
                if ["loop", "while", "for"].contains(&word.as_str()) {
                    function.loops.push(line_of(&token));
                }
                function.words.insert(word);
            }
            TokenTree::Group(group) if depth > 0 => look_through(group, depth - 1, function),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
#[pyclass]
pub struct Basket {
    #[pyo3(get, set)]
    pub fruits: Vec<HashMap<String, u32>>,
    n: u32,
}

#[pymethods]
impl Basket {
    #[pyo3(name = \"add_one\", signature = (n = None))]
    fn add(&mut self, py: Python<'_>, n: Option<u32>) -> PyResult<u32> {
        py.detach(|| loop { step() })
    }
}

#[pyfunction]
fn hello(name: &str, apply: fn(u32, u32) -> u32, greeting: Option<&str>) -> String { for x in y {} a() }
";

    #[test]
    fn functions_are_read_with_their_parameters() {
        let found = find_functions(SOURCE);
        let names: Vec<&str> = found.iter().map(Function::python_name).collect();
        assert_eq!(names, ["add_one", "hello"]);
        let kinds = |one: &Function| -> Vec<(String, String)> { one.parameters.clone() };
        assert_eq!(
            kinds(&found[0]),
            [
                ("py".to_owned(), "Python<'_>".to_owned()),
                ("n".to_owned(), "Option<u32>".to_owned())
            ]
        );
        assert_eq!(kinds(&found[1]).len(), 3, "{:?}", found[1]);
        assert_eq!(kinds(&found[1])[2].1, "Option<&str>");
        assert!(found[0].has_signature() && !found[1].has_signature());
        assert!(found[0].mentions("detach") && found[0].loops == [12]);
        assert!(found[1].has_attribute("pyfunction"));
        assert_eq!(found[1].returns, "String");
    }

    #[test]
    fn fields_are_read_with_their_types() {
        let found = find_fields(SOURCE);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].kind, "Vec<HashMap<String,u32>>");
        assert_eq!((found[0].of.as_str(), found[0].line), ("Basket", 4));
        assert_eq!(found[0].attributes[0].1, "pyo3(get,set)");
    }

    #[test]
    fn text_that_is_not_rust_has_no_functions() {
        assert!(find_functions("fn f( {").is_empty());
        assert!(find_functions("fn").is_empty());
        assert!(find_fields("struct").is_empty());
    }
}
