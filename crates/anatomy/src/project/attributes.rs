//! What the attributes before an item say about it.

use proc_macro2::{Group, TokenStream, TokenTree};

use super::rust_source::plain;

/// What the attributes before an item say.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) pymodule: bool,
    pub(super) pyfunction: bool,
    pub(super) python_name: Option<String>,
    pub(super) path: Option<String>,
    pub(super) is_conditional: bool,
}

impl Attributes {
    /// Adds what one attribute says: the text between its brackets.
    pub(super) fn read(&mut self, group: &Group) {
        let mut tokens = group.stream().into_iter().peekable();
        let mut last = String::new();
        // The path before the arguments: its last part decides, because `pyo3::pymodule` is the same as `pymodule`.
        while let Some(TokenTree::Ident(word)) = tokens.peek() {
            last = plain(word);
            tokens.next();
            while matches!(tokens.peek(), Some(TokenTree::Punct(mark)) if mark.as_char() == ':') {
                tokens.next();
            }
        }
        match last.as_str() {
            "pymodule" => self.pymodule = true,
            "pyfunction" => self.pyfunction = true,
            "cfg" | "cfg_attr" => self.is_conditional = true,
            "path" => self.path = value(&mut tokens),
            "pyo3" => {}
            _ => return,
        }
        if matches!(last.as_str(), "pymodule" | "pyfunction" | "pyo3")
            && let Some(TokenTree::Group(arguments)) = tokens.next()
        {
            self.python_name = named(arguments.stream()).or(self.python_name.take());
        }
    }
}

/// The value of `name = "…"` among arguments.
fn named(arguments: TokenStream) -> Option<String> {
    let mut tokens = arguments.into_iter();
    while let Some(token) = tokens.next() {
        if matches!(&token, TokenTree::Ident(word) if word == "name") {
            return value(tokens);
        }
    }
    None
}

/// The value of `= "…"`.
fn value(mut tokens: impl Iterator<Item = TokenTree>) -> Option<String> {
    let TokenTree::Punct(mark) = tokens.next()? else {
        return None;
    };
    let literal = tokens.next().filter(|_| mark.as_char() == '=')?;
    syn::parse2::<syn::LitStr>(literal.into())
        .ok()
        .map(|text| text.value())
}
