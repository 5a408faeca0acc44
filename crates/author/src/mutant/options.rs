//! Leaves out one option that the learner adds to a class or function: `eq` in `#[pyclass(eq, frozen)]`, or the whole
//! of `#[staticmethod]`.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, Meta};

use super::{Edit, Mutant, line_of};
use crate::rust_source::range;

/// The PyO3 attributes whose options are left out one by one.
const WITH_OPTIONS: [&str; 4] = ["pyclass", "pyfunction", "pymodule", "pyo3"];

/// The PyO3 attributes that are left out as a whole.
const WHOLE: [&str; 6] = [
    "classattr",
    "classmethod",
    "getter",
    "setter",
    "staticmethod",
    "deleter",
];

/// An option, and the item that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    /// The item: `Version`, `Version.major`, `total`.
    owner: String,
    /// The option as written, without spaces.
    text: String,
    /// The range to remove.
    range: Range<usize>,
}

pub(super) fn of(given: Option<&syn::File>, solved: &syn::File, solution: &str) -> Vec<Mutant> {
    let present: BTreeSet<(String, String)> = given
        .map(collected)
        .unwrap_or_default()
        .into_iter()
        .map(|one| (one.owner, one.text))
        .collect();
    collected(solved)
        .into_iter()
        .filter(|one| !present.contains(&(one.owner.clone(), one.text.clone())))
        .map(|one| Mutant {
            name: format!("{} without `{}`", one.owner, one.text),
            line: line_of(solution, one.range.start),
            rank: 2,
            edits: vec![Edit {
                range: one.range,
                text: String::new(),
            }],
        })
        .collect()
}

fn collected(file: &syn::File) -> Vec<Found> {
    let mut options = Options {
        owner: Vec::new(),
        found: Vec::new(),
    };
    options.visit_file(file);
    options.found
}

struct Options {
    owner: Vec<String>,
    found: Vec<Found>,
}

impl Options {
    fn within<T>(&mut self, name: String, attributes: &[Attribute], node: T, go: fn(&mut Self, T)) {
        self.owner.push(name);
        for attribute in attributes {
            self.attribute(attribute);
        }
        go(self, node);
        self.owner.pop();
    }

    fn attribute(&mut self, attribute: &Attribute) {
        let Some(name) = attribute
            .path()
            .segments
            .last()
            .map(|last| last.ident.to_string())
        else {
            return;
        };
        let owner = self.owner.join(".");
        if WHOLE.contains(&name.as_str()) {
            self.found.push(Found {
                owner,
                text: plain(&attribute.to_token_stream()),
                range: range(attribute),
            });
            return;
        }
        let Meta::List(list) = &attribute.meta else {
            return;
        };
        if !WITH_OPTIONS.contains(&name.as_str()) {
            return;
        }
        for (text, range) in options(&list.tokens) {
            self.found.push(Found {
                owner: owner.clone(),
                text,
                range,
            });
        }
    }
}

impl<'ast> Visit<'ast> for Options {
    fn visit_item_struct(&mut self, node: &'ast syn::ItemStruct) {
        self.within(node.ident.to_string(), &node.attrs, node, |this, node| {
            visit::visit_item_struct(this, node);
        });
    }

    fn visit_item_enum(&mut self, node: &'ast syn::ItemEnum) {
        self.within(node.ident.to_string(), &node.attrs, node, |this, node| {
            visit::visit_item_enum(this, node);
        });
    }

    fn visit_item_impl(&mut self, node: &'ast syn::ItemImpl) {
        let name = crate::rust_source::type_name(&node.self_ty);
        self.within(name, &[], node, |this, node| {
            visit::visit_item_impl(this, node);
        });
    }

    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.within(
            node.sig.ident.to_string(),
            &node.attrs,
            node,
            |this, node| {
                visit::visit_item_fn(this, node);
            },
        );
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.within(
            node.sig.ident.to_string(),
            &node.attrs,
            node,
            |this, node| {
                visit::visit_impl_item_fn(this, node);
            },
        );
    }

    fn visit_field(&mut self, node: &'ast syn::Field) {
        let name = node
            .ident
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        self.within(name, &node.attrs, node, |this, node| {
            visit::visit_field(this, node);
        });
    }

    fn visit_variant(&mut self, node: &'ast syn::Variant) {
        self.within(node.ident.to_string(), &node.attrs, node, |this, node| {
            visit::visit_variant(this, node);
        });
    }

    fn visit_item_mod(&mut self, node: &'ast syn::ItemMod) {
        // A module has few options, and its name is part of all its items.
        for attribute in &node.attrs {
            self.owner.push(node.ident.to_string());
            self.attribute(attribute);
            self.owner.pop();
        }
        visit::visit_item_mod(self, node);
    }
}

/// The options in a list, each with the bytes it spans, including its comma.
fn options(tokens: &TokenStream) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    let mut current = TokenStream::new();
    let mut last_comma: Option<Range<usize>> = None;
    let mut close =
        |current: &mut TokenStream, comma: Option<Range<usize>>, before: &Option<Range<usize>>| {
            let taken = std::mem::take(current);
            let covered = range(&taken);
            if covered.is_empty() {
                return;
            }
            let whole = match (comma, before) {
                (Some(after), _) => covered.start..after.end,
                (None, Some(before)) => before.start..covered.end,
                (None, None) => covered,
            };
            found.push((plain(&taken), whole));
        };
    for token in tokens.clone() {
        match &token {
            TokenTree::Punct(sign) if sign.as_char() == ',' => {
                let comma = sign.span().byte_range();
                close(&mut current, Some(comma.clone()), &last_comma);
                last_comma = Some(comma);
            }
            _ => current.extend([token]),
        }
    }
    close(&mut current, None, &last_comma);
    found
}

fn plain(tokens: &TokenStream) -> String {
    tokens
        .to_string()
        .replace(" ,", ",")
        .replace("# [", "#[")
        .replace(" (", "(")
        .replace("( ", "(")
        .replace(" )", ")")
}

#[cfg(test)]
mod tests {
    use crate::mutants;

    fn check(starter: &str, solution: &str, expect: &[(&str, &str)]) {
        let found: Vec<(String, String)> = mutants(starter, solution)
            .into_iter()
            .map(|one| (one.name.clone(), one.apply(solution)))
            .collect();
        let expect: Vec<(String, String)> = expect
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn an_option_is_left_out_with_its_comma() {
        check(
            "#[pyclass(frozen)] struct A { b: u8 }",
            "#[pyclass(frozen, eq, name = \"C\")] struct A { #[pyo3(get)] b: u8 }",
            &[
                (
                    "A without `eq`",
                    "#[pyclass(frozen,  name = \"C\")] struct A { #[pyo3(get)] b: u8 }",
                ),
                (
                    "A without `name = \"C\"`",
                    "#[pyclass(frozen, eq)] struct A { #[pyo3(get)] b: u8 }",
                ),
                (
                    "A.b without `get`",
                    "#[pyclass(frozen, eq, name = \"C\")] struct A { #[pyo3()] b: u8 }",
                ),
            ],
        );
    }

    #[test]
    fn an_attribute_without_options_is_left_out() {
        check(
            "impl A { fn b() {} }",
            "impl A { #[staticmethod] fn b() {} }",
            &[("A.b without `#[staticmethod]`", "impl A {  fn b() {} }")],
        );
    }
}
