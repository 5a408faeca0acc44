//! A Rust file as the author's proofs see it: functions by path, with their position in the text.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Block, ImplItem, Item, Signature, TraitItem};

/// A function and its path: `Version::__str__`, `salutation`. The path has no modules: a file has few of them.
pub(crate) struct Function<'f> {
    pub(crate) path: String,
    pub(crate) attributes: &'f [Attribute],
    pub(crate) signature: &'f Signature,
    pub(crate) block: &'f Block,
    /// The whole item, attributes included.
    pub(crate) whole: std::ops::Range<usize>,
    /// The type, if it's a method in its `#[pymethods]`.
    pub(crate) class: Option<String>,
}

impl Function<'_> {
    /// Its contents without documentation: two functions with the same contents are the same.
    pub(crate) fn meaning(&self) -> String {
        let attributes: String = self
            .attributes
            .iter()
            .filter(|one| !one.path().is_ident("doc"))
            .map(|one| one.to_token_stream().to_string())
            .collect();
        format!(
            "{attributes}{}{}",
            self.signature.to_token_stream(),
            self.block.to_token_stream()
        )
    }

    /// The bytes between the braces of its body.
    pub(crate) fn body(&self) -> std::ops::Range<usize> {
        let braces = &self.block.brace_token.span;
        braces.open().byte_range().end..braces.close().byte_range().start
    }
}

/// The functions of a file, without tests.
pub(crate) fn functions(file: &syn::File) -> Vec<Function<'_>> {
    let mut found = Vec::new();
    of_items(&file.items, &mut found);
    found
}

fn of_items<'f>(items: &'f [Item], found: &mut Vec<Function<'f>>) {
    for item in items {
        match item {
            Item::Fn(item) if !is_test(&item.attrs) => found.push(Function {
                path: item.sig.ident.to_string(),
                attributes: &item.attrs,
                signature: &item.sig,
                block: &item.block,
                whole: range(item),
                class: None,
            }),
            Item::Mod(item) if !is_test(&item.attrs) => {
                if let Some((_, items)) = &item.content {
                    of_items(items, found);
                }
            }
            Item::Impl(item) if !is_test(&item.attrs) => {
                let owner = type_name(&item.self_ty);
                let is_class = item.attrs.iter().any(|one| {
                    let last = one.path().segments.last();
                    last.is_some_and(|last| last.ident == "pymethods")
                });
                for inner in &item.items {
                    let ImplItem::Fn(inner) = inner else { continue };
                    found.push(Function {
                        path: format!("{owner}::{}", inner.sig.ident),
                        attributes: &inner.attrs,
                        signature: &inner.sig,
                        block: &inner.block,
                        whole: range(inner),
                        class: is_class.then(|| owner.clone()),
                    });
                }
            }
            Item::Trait(item) => {
                for inner in &item.items {
                    let TraitItem::Fn(inner) = inner else {
                        continue;
                    };
                    let Some(block) = &inner.default else {
                        continue;
                    };
                    found.push(Function {
                        path: format!("{}::{}", item.ident, inner.sig.ident),
                        attributes: &inner.attrs,
                        signature: &inner.sig,
                        block,
                        whole: range(inner),
                        class: None,
                    });
                }
            }
            _ => {}
        }
    }
}

/// Whether an item exists only for tests.
pub(crate) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|one| {
        one.path().is_ident("test")
            || (one.path().is_ident("cfg") && one.to_token_stream().to_string().contains("test"))
    })
}

/// The last part of a type's path: `Version` in `crate::Version<'_>`.
pub(crate) fn type_name(kind: &syn::Type) -> String {
    match kind {
        syn::Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|last| last.ident.to_string())
            .unwrap_or_default(),
        other => other.to_token_stream().to_string(),
    }
}

/// The range of bytes that a syntax node spans.
pub(crate) fn range(tokens: &impl ToTokens) -> std::ops::Range<usize> {
    let mut bounds: Option<(usize, usize)> = None;
    for token in tokens.to_token_stream() {
        let range = token.span().byte_range();
        // Nodes that syn inserts have no position.
        if range.end > range.start {
            let (start, end) = bounds.unwrap_or((range.start, range.end));
            bounds = Some((start.min(range.start), end.max(range.end)));
        }
    }
    bounds.map_or(0..0, |(start, end)| start..end)
}

/// How often each identifier occurs in a file, not counting imports.
pub(crate) fn identifiers(file: &syn::File) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    of_items_but_imports(&file.items, &mut counts);
    counts
}

fn of_items_but_imports(items: &[Item], counts: &mut BTreeMap<String, usize>) {
    for item in items {
        match item {
            Item::Use(_) => {}
            Item::Mod(item) => match &item.content {
                Some((_, items)) => of_items_but_imports(items, counts),
                None => count(item.to_token_stream(), counts),
            },
            other => count(other.to_token_stream(), counts),
        }
    }
}

fn count(tokens: TokenStream, counts: &mut BTreeMap<String, usize>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => *counts.entry(name.to_string()).or_default() += 1,
            TokenTree::Group(group) => count(group.stream(), counts),
            TokenTree::Punct(_) => {}
            // A name may occur in a format string: `"{name}"`.
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                for part in text.split('{').skip(1) {
                    let name: String = part
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect();
                    if !name.is_empty() {
                        *counts.entry(name).or_default() += 1;
                    }
                }
            }
        }
    }
}
